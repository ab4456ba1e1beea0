/** Entry of the command line: dist/cli.cjs. */
import { endGitOnSignals } from '../git/run-git.ts';
import { runCommandLine } from './cli.ts';

// A reader that ends early, as `| head` does, ends neither the run nor its clean-up.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    process.exitCode = 1;
    if (stream === process.stdout) process.stderr.write(`error: stdout cannot be written: ${message}\n`);
  });
}

endGitOnSignals();
void runCommandLine(process.argv.slice(2)).then((exitCode) => {
  process.exitCode ||= exitCode;
});
