/** A signal ends the program's children and removes its folders before it ends the program. */
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { endAllChildren } from '../core/children.ts';
import { removeAllTemporaryFolders } from './temporary.ts';

/** Milliseconds for the last work. */
const PATIENCE = 5000;

/**
 * From now on SIGINT, SIGTERM and SIGHUP end this process with 128 and the signal's number, after `last` or five seconds.
 * A second signal ends it at once.
 */
export function endOnSignals(last: () => Promise<unknown> = () => Promise.resolve()): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      endAllChildren();
      removeAllTemporaryFolders();
      const end = (): never => process.exit(128 + constants.signals[signal]);
      Promise.race([last(), sleep(PATIENCE)]).then(end, end);
    });
  }
}
