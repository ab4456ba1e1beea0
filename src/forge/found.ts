/** What lists of pull requests are made into. The same for every forge that has a list for each state and branch. */
import type { PullRequest, PullRequests } from './forge.ts';

/** Each once, whatever lists it is in, the newest first. */
export function newestFirst<Facts>(all: readonly Facts[], numberOf: (one: Facts) => number): readonly Facts[] {
  const byNumber = new Map(all.map((one) => [numberOf(one), one]));
  return [...byNumber.values()].toSorted((one, other) => numberOf(other) - numberOf(one));
}

/** Open ones and past ones, in their order. */
export function byState(all: readonly PullRequest[]): PullRequests {
  return { open: all.filter(({ state }) => state === 'open'), past: all.filter(({ state }) => state !== 'open') };
}
