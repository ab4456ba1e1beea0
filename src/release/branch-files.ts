/** What a release branch has beside the base: the files at its tip, and what changes on top of commits by others. */
import { ReleaseError } from '../core/errors.ts';
import { groupBy, type Change, type Leftover } from '../core/objects.ts';
import type { Plan } from '../manifests/plan.ts';
import type { ChosenBranch } from './choose-branch.ts';
import { nameOf } from './own-commits.ts';
import { planManifests, type ReadFiles, type Wanted } from './plan-manifests.ts';
import { readManifests } from './read-manifests.ts';
import type { Workspace } from './workspace.ts';

export interface BranchFiles {
  /** What was read of the branch's tip, where it has commits by others; the same as of the base where there are none. */
  readonly atTip: ReadFiles;
  /** What changes on top of commits by others; the same as on the base where there are none. */
  readonly planOnTop: Plan;
  /** What a merge of the branch changes on the base. */
  readonly changes: readonly Change[];
}

const NO_FILES: ReadFiles = { manifests: [], others: [] };

/**
 * Reads a branch with commits by others; any other is as the base, of which `files` and `plan` are. Throws what planManifests
 * throws, with the branch that is the cause. Of a branch that is overwritten nothing has to be readable.
 */
export async function readBranch(
  workspace: Workspace,
  wanted: Wanted,
  { branch, tip, areOurs, foreign: [onTop] }: ChosenBranch,
  { files, plan }: { readonly files: ReadFiles; readonly plan: Plan },
): Promise<BranchFiles> {
  const onBase = { planOnTop: plan, changes: plan.changes };
  if (!tip || areOurs) return { atTip: files, ...onBase };
  try {
    const atTip = await readManifests(workspace, wanted, { commit: tip.id, others: true });
    if (!onTop) return { atTip, ...onBase };
    const planOnTop = await planManifests(workspace, wanted, atTip, onTop.id);
    const alone = onBaseAlone(plan, planOnTop);
    const { base } = workspace.store;
    const reason = `is on ${base} and not on ${branch}, which has commits by others: merge ${base} into it, and run again`;
    const leftovers = [...planOnTop.leftovers, ...[...alone].flatMap((change) => leftoverOf(change, reason))];
    const changes = plan.changes.filter((change) => !alone.has(change));
    return { atTip, planOnTop: { ...planOnTop, leftovers }, changes };
  } catch (error) {
    if (!(error instanceof ReleaseError) || error.blame !== 'yours') throw error;
    if (!onTop) return { atTip: NO_FILES, ...onBase };
    const cause = `This is on the branch ${branch}, which has commits by others or of other inputs (${nameOf(onTop)})`;
    throw error.followedBy(`${cause}: delete it, or overwrite it with on-foreign-commits: reset.`);
  }
}

/**
 * Changes of places that came to the base after a branch with commits by others left it, which a merge does not change. A file that
 * was moved since, and a place that was moved in its file, are on both.
 */
function onBaseAlone(plan: Plan, planOnTop: Plan): ReadonlySet<Change> {
  const [base, branch] = [placesOf(plan), placesOf(planOnTop)];
  if (branch.length >= base.length) return new Set();
  const [onBase, onBranch] = [base, branch].map((places) => groupBy(places, ({ file }) => file));
  const alone = plan.changes.filter(({ file, where }) => {
    const there = onBranch?.get(file) ?? [];
    return there.length < (onBase?.get(file)?.length ?? 0) && !there.some((place) => place.where === where);
  });
  return new Set(alone);
}

const placesOf = ({ changes, left }: Plan): readonly Pick<Change, 'file' | 'where'>[] => [
  ...changes,
  ...left.map(({ place }) => place),
];

/** None for a place that has no version. */
const leftoverOf = ({ file, line, image, from }: Change, reason: string): Leftover[] =>
  from === '' ? [] : [{ file, line, image, version: from, reason }];
