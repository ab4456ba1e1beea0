/** Entry of the command line: dist/cli.cjs. */
import './old-node.ts';
import { endOnSignals } from '../git/end-on-signals.ts';
import { revokeIssuedTokens, runCommandLine } from './cli.ts';

// A reader that ends early, as `| head` does, ends neither the run nor its clean-up.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    process.exitCode = 1;
    if (stream === process.stdout) process.stderr.write(`error: stdout cannot be written: ${message}\n`);
  });
}

endOnSignals(revokeIssuedTokens);
void runCommandLine(process.argv.slice(2)).then((exitCode) => {
  process.exitCode ||= exitCode;
});
