/** Releases into several environments: those that leave the base as it is a few at a time, where they can. */
import { CloneNeeded } from '../core/repository-api.ts';
import { DeferredLog } from '../core/log.ts';
import type { Outcome } from '../release/outcome.ts';
import { orInClone, type Workspace } from '../release/workspace.ts';

/** Releases that are under way at once. A forge takes it amiss when a program writes much at a time. */
const AT_ONCE = 5;

/** One release that is to be made. */
export interface Delivery {
  /** For the log. */
  readonly title: string;
  /** Whether what comes behind it is to be planned on the commit that it makes. */
  readonly movesBase: boolean;
  readonly release: (workspace: Workspace) => Promise<Outcome>;
}

/** Makes the releases, in their order as far as the base and the log are concerned; gives what became of each. */
export async function releaseEach(
  workspace: Workspace,
  deliveries: readonly Delivery[],
): Promise<readonly PromiseSettledResult<Outcome>[]> {
  const results: PromiseSettledResult<Outcome>[] = [];
  // What is pushed from a clone is not seen without it: once there is one, all that comes behind goes on in it.
  let current: Workspace = {
    ...workspace,
    cloned: async (reason) => (current = await workspace.cloned(reason)),
  };
  for (const run of runsOf(deliveries)) {
    if (run.length > 1 && current.beside) results.push(...(await sideBySide(current, current.beside, run)));
    else for (const one of run) results.push(await settle(alone(current, one)));
  }
  return results;
}

/** Those that may be made at once, one run after the other. */
function runsOf(deliveries: readonly Delivery[]): readonly (readonly Delivery[])[] {
  const runs: Delivery[][] = [];
  for (const one of deliveries) {
    const last = runs.at(-1);
    if (last && !one.movesBase && last[0]?.movesBase === false) last.push(one);
    else runs.push([one]);
  }
  return runs;
}

function alone(workspace: Workspace, { title, release }: Delivery): Promise<Outcome> {
  workspace.log.group(title);
  return orInClone(workspace, release);
}

/** Each in a workspace of its own, so that none moves the base of another one. What needs a clone takes its turn in that. */
async function sideBySide(
  workspace: Workspace,
  beside: NonNullable<Workspace['beside']>,
  deliveries: readonly Delivery[],
): Promise<readonly PromiseSettledResult<Outcome>[]> {
  const attempts: Promise<{ readonly log: DeferredLog; readonly result: PromiseSettledResult<Outcome> }>[] = [];
  for (const [index, { title, release }] of deliveries.entries()) {
    const attempt = async () => {
      await attempts[index - AT_ONCE];
      const log = new DeferredLog();
      log.group(title);
      return { log, result: await settle(release(beside(log))) };
    };
    attempts.push(attempt());
  }
  const results: PromiseSettledResult<Outcome>[] = [];
  for (const [index, attempt] of attempts.entries()) {
    const { log, result } = await attempt;
    log.writeTo(workspace.log);
    const delivery = deliveries[index];
    const needsClone = result.status === 'rejected' && result.reason instanceof CloneNeeded;
    results.push(needsClone && delivery ? await settle(inClone(workspace, delivery, result.reason)) : result);
  }
  return results;
}

async function inClone(workspace: Workspace, { release }: Delivery, { message }: CloneNeeded): Promise<Outcome> {
  return release(await workspace.cloned(message));
}

async function settle(outcome: Promise<Outcome>): Promise<PromiseSettledResult<Outcome>> {
  const [settled] = await Promise.allSettled([outcome]);
  return settled;
}
