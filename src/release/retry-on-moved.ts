/** A branch that changed during the run is a lost race, and not a failure: the work is done again on its new tip. */
import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { ManifestStore } from '../git/manifest-store.ts';

/** What an attempt returns when a branch was not where it was seen. */
export interface Moved {
  readonly moved: string;
}

/** Whether a branch is there with another tip than the one that was seen. */
export async function hasMoved(store: Pick<ManifestStore, 'tip'>, branch: string, seen: string): Promise<boolean> {
  const tip = await store.tip(branch);
  return tip !== undefined && tip.id !== seen;
}

/** Attempts are made this often at least, and for this many milliseconds at least. */
const ATTEMPTS = 20;
const PATIENCE = 120_000;
/**
 * Milliseconds. As long as the attempt took and at least `DELAY`, tripled at each attempt up to the limit, and jittered so that
 * runs that met do not meet again: where an attempt takes long, most others come in between.
 */
const DELAY = 250;
const MAX_DELAY = 16_000;

/** Attempts until one does not meet a moved branch; `again` is true after the first. Throws RACE_LOST, and what an attempt throws. */
export async function retryOnMoved<Result extends object>(
  log: Log,
  attempt: (again: boolean) => Promise<Result | Moved>,
): Promise<Result> {
  const started = Date.now();
  for (let attempts = 1; ; attempts += 1) {
    const begun = Date.now();
    const result = await attempt(attempts > 1);
    if (!('moved' in result)) return result;
    const [took, elapsed] = [Date.now() - begun, Date.now() - started];
    if (attempts >= ATTEMPTS && elapsed >= PATIENCE) {
      throw failure('RACE_LOST', { branch: result.moved, attempts, seconds: Math.round(elapsed / 1000) });
    }
    log.step(`${result.moved} or its base changed during the run; retrying on the new tip`);
    await sleep(Math.min(Math.max(took, DELAY) * 3 ** attempts, MAX_DELAY) * Math.random());
  }
}
