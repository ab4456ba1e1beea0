/** What a shell starts: dist/cli.cjs. */
import { runCommandLine } from './cli.ts';

void runCommandLine(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
