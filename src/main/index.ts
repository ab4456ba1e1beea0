/** Entry of the Action: dist/index.cjs. */
import { endOnSignals } from '../git/end-on-signals.ts';
import { runAction } from './action.ts';

endOnSignals();
void runAction().then((exitCode) => {
  process.exitCode = exitCode;
});
