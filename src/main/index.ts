/** Entry of the Action: dist/index.cjs. */
import { endGitOnSignals } from '../git/run-git.ts';
import { runAction } from './action.ts';

endGitOnSignals();
void runAction().then((exitCode) => {
  process.exitCode = exitCode;
});
