/** How two revisions are related. */
import type { Comparison } from './forge.ts';

export type Relation = 'ahead' | 'behind' | 'identical' | 'diverged';

/** Where one revision is, seen from another, by how many commits it has that the other lacks, and how many it lacks. */
export function relationOf(ahead: number, behind: number): Relation {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}

/** The same by their ids, and that of the latest commit that both have; `undefined` where there is none. */
export function relationBy(base: string, head: string, shared: string | undefined): Relation {
  if (base === head) return 'identical';
  if (shared === base) return 'ahead';
  return shared === head ? 'behind' : 'diverged';
}

/** The commits that the one has on top of the other, the oldest first; `undefined` where it does not have the other. */
export function commitsOnTop(comparison: Comparison): readonly string[] | undefined {
  const isOnTop = comparison.status === 'ahead' || comparison.status === 'identical';
  return isOnTop ? comparison.commits.map(({ id }) => id) : undefined;
}
