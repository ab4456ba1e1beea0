/** Finds the manifests of one commit that matter, and plans on them. */
import { failure } from '../core/errors.ts';
import { FLUX_WORDS, mayHoldRepository } from '../manifests/flux-policies.ts';
import type { ManifestStore, ReadManifests } from '../git/manifest-store.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Log } from '../core/log.ts';
import { findNearMisses, IMAGE_WORDS } from '../manifests/near-misses.ts';
import { planRelease, searchTerms, type Plan } from '../manifests/plan.ts';
import { findRelated } from '../manifests/helm-split-values.ts';
import type { ManifestFile, ReleasedImage } from '../core/objects.ts';

/** Files that are read for the names of other images when none was found. */
const NEAR_MISS_FILES = 300;

export interface Planning {
  readonly inputs: Inputs;
  readonly log: Log;
  readonly repository: ManifestStore;
}

/** The manifests of a commit that may contain a released image, and in the same request the tip of a branch. */
export async function readManifests(
  { inputs, log, repository }: Planning,
  commit: string,
  branch?: Promise<string | undefined>,
): Promise<Pick<ReadManifests, 'manifests' | 'tip'>> {
  const files = [...new Set((inputs.plan.targets ?? []).map(({ file }) => file))];
  const terms = { ...searchTerms(inputs.images), files, paths: inputs.paths };
  const { manifests, problems, tip } = await repository.read(terms, { commit, branch });
  for (const problem of problems) log.problem(problem);
  // Some do not name the image, and may contain its version all the same.
  const { folders, releases } = findRelated(inputs.images, manifests);
  const words = [...releases, ...(manifests.some(mayHoldRepository) ? FLUX_WORDS : [])];
  if (words.length + folders.length === 0) return { manifests, tip };
  const related = { words, paths: words.length > 0 ? inputs.paths : [] };
  const { manifests: more } = await repository.read(related, { commit, below: folders });
  const others = more.filter(({ path }) => !manifests.some((manifest) => manifest.path === path));
  return { manifests: [...manifests, ...others], tip };
}

/** Plans on manifests. Throws SITE_NOT_FOUND for an image that none of them holds, and what planRelease throws. */
export async function planOn(planning: Planning, files: readonly ManifestFile[], commit: string): Promise<Plan> {
  const { inputs, log } = planning;
  const plan = planRelease(inputs.images, files, inputs.plan);
  for (const problem of plan.problems) log.problem(problem);
  const [missing] = plan.missing;
  if (missing) throw await explainMissing(planning, missing, plan, commit);
  const places = plan.changes.length === 1 ? '1 place' : `${plan.changes.length} places`;
  log.step(`looked into ${files.length === 1 ? '1 file' : `${files.length} files`}: ${places} to change`);
  return plan;
}

/** Why an image has no site, with the names that it may have been meant to be. */
async function explainMissing(
  { inputs, repository }: Planning,
  { replaces }: ReleasedImage,
  { problems }: Plan,
  commit: string,
) {
  const terms = { words: IMAGE_WORDS, paths: inputs.paths };
  const { manifests } = await repository.read(terms, { commit, limit: NEAR_MISS_FILES });
  const { notes, nearest } = findNearMisses(replaces, manifests);
  const left = problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
  return failure('SITE_NOT_FOUND', { image: replaces, notes: [...left, ...notes], nearest });
}
