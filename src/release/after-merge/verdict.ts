/** The verdict of agents on a commit, from the statuses of that commit and of those on top of it. Pure. */
import { isWatched, type Watched } from '../../inputs/wait.ts';
import type { CommitStatus } from '../../forge/merges.ts';

/** The statuses of one commit, the newest first. */
export interface Stated {
  readonly commit: string;
  readonly statuses: readonly CommitStatus[];
}

/** A status, and the commit that has it. */
export type Said = CommitStatus & { readonly commit: string };

export type Verdict =
  | { readonly kind: 'deployed'; readonly by: readonly Said[] }
  | { readonly kind: 'refused'; readonly by: Said }
  /** `missing` are the lines of the setting `verdict` that have no status at all. */
  | { readonly kind: 'pending'; readonly missing: readonly string[] };

/**
 * An agent applies the latest commit, which has ours below it, so that a success on a later commit is one for ours. A failure
 * counts while no success follows it, on the same commit or a later one. Of one context on one commit the latest status counts.
 * `stated` begins with our commit, then come those on top of it, the oldest first.
 */
export function verdictOf(watched: readonly Watched[], stated: readonly Stated[]): Verdict {
  const found = watched.map((one) => ({ ...one, said: finalStatuses(one, stated) }));
  const all = found.flatMap(({ said }) => said);
  const refused = all.find(({ state }) => state === 'failure');
  if (refused) return { kind: 'refused', by: refused };
  const missing = found.filter(({ said }) => said.length === 0).map(({ text }) => text);
  if (missing.length > 0 || all.some(({ state }) => state === 'pending')) return { kind: 'pending', missing };
  return { kind: 'deployed', by: all };
}

/** One status for each context: the first success, else the latest status. */
function finalStatuses(watched: Watched, stated: readonly Stated[]): readonly Said[] {
  const byContext = new Map<string, Said>();
  for (const { commit, statuses } of stated) {
    const own = statuses.filter((status) => isWatched(watched, status));
    const latest = own.filter((one) => own.find(({ context }) => context === one.context) === one);
    for (const status of latest) {
      if (byContext.get(status.context)?.state === 'success') continue;
      byContext.set(status.context, { ...status, commit });
    }
  }
  return [...byContext.values()];
}
