/** Entry of the Action: dist/index.cjs. */
import { runAction } from './action.ts';

void runAction().then((exitCode) => {
  process.exitCode = exitCode;
});
