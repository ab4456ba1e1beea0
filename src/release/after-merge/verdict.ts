/** The verdict of agents on a commit, from the statuses of that commit and of those on top of it. Pure. */
import { isWatched, type Watched } from '../../inputs/wait.ts';
import type { CommitStatus } from '../../forge/merges.ts';

/** The statuses of one commit, the newest first. */
export interface CommitStatuses {
  readonly commit: string;
  readonly statuses: readonly CommitStatus[];
}

/** A status, and the commit that has it. */
export type StatusOnCommit = CommitStatus & { readonly commit: string };

export type Verdict =
  | { readonly kind: 'deployed'; readonly by: readonly StatusOnCommit[] }
  | { readonly kind: 'refused'; readonly by: StatusOnCommit }
  /** `missing` are the lines of the setting `verdict` that have no status at all. */
  | { readonly kind: 'pending'; readonly missing: readonly string[] };

/**
 * An agent applies the latest commit, which has ours below it, so that a success on a later commit is one for ours. A failure
 * counts while no success follows it, on the same commit or a later one. Of one context on one commit the latest status counts.
 * `onCommits` begins with our commit, then come those on top of it, the oldest first.
 */
export function verdictOf(watched: readonly Watched[], onCommits: readonly CommitStatuses[]): Verdict {
  const found = watched.map((one) => ({ ...one, final: finalStatuses(one, onCommits) }));
  const all = found.flatMap(({ final }) => final);
  const refused = all.find(({ state }) => state === 'failure');
  if (refused) return { kind: 'refused', by: refused };
  const missing = found.filter(({ final }) => final.length === 0).map(({ text }) => text);
  if (missing.length > 0 || all.some(({ state }) => state === 'pending')) return { kind: 'pending', missing };
  return { kind: 'deployed', by: all };
}

/** One status for each context: the first success, else the latest status. */
function finalStatuses(watched: Watched, onCommits: readonly CommitStatuses[]): readonly StatusOnCommit[] {
  const byContext = new Map<string, StatusOnCommit>();
  for (const { commit, statuses } of onCommits) {
    const own = statuses.filter((status) => isWatched(watched, status));
    const latest = own.filter((one) => own.find(({ context }) => context === one.context) === one);
    for (const status of latest) {
      if (byContext.get(status.context)?.state === 'success') continue;
      byContext.set(status.context, { ...status, commit });
    }
  }
  return [...byContext.values()];
}
