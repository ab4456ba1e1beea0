/** What a release branch has beside the base: the files at its tip, and what changes on top of commits by others. */
import { ReleaseError } from '../core/errors.ts';
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
  if (!tip || areOurs) return { atTip: files, planOnTop: plan };
  try {
    const atTip = await readManifests(workspace, wanted, { commit: tip.id, others: true });
    return { atTip, planOnTop: onTop ? await planManifests(workspace, wanted, atTip, onTop.id) : plan };
  } catch (error) {
    if (!(error instanceof ReleaseError) || error.blame !== 'yours') throw error;
    if (!onTop) return { atTip: NO_FILES, planOnTop: plan };
    const cause = `This is on the branch ${branch}, which has commits by others (${nameOf(onTop)})`;
    throw error.followedBy(`${cause}: delete it, or overwrite it with on-foreign-commits: reset.`);
  }
}
