/** Finds the manifests of one commit that matter, and plans on them. */
import { failure } from '../core/errors.ts';
import { FLUX_WORDS, mayHoldRepository } from '../manifests/flux-policies.ts';
import type { Repository } from '../git/repository.ts';
import type { Candidate } from '../git/search.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Log } from '../core/log.ts';
import { findNearMisses, IMAGE_WORDS } from '../manifests/near-misses.ts';
import { planRelease, type Plan } from '../manifests/plan.ts';
import { searchTerms } from '../manifests/search-terms.ts';
import { findRelated } from '../manifests/helm-split-values.ts';
import type { ManifestFile, ReleasedImage } from '../core/objects.ts';

/** Files that are read for the names of other images when none was found. */
const NEAR_MISS_FILES = 300;

export interface Planning {
  readonly inputs: Inputs;
  readonly log: Log;
  readonly repository: Repository;
}

/** The manifests of a commit that may hold a released image, and those that the targets name. */
export async function searchManifests(
  { inputs, log, repository }: Planning,
  commit: string,
): Promise<readonly Candidate[]> {
  const files = [...new Set((inputs.plan.targets ?? []).map(({ file }) => file))];
  const terms = { ...searchTerms(inputs.images), files, paths: inputs.paths };
  const { candidates, problems } = await repository.search(terms, commit);
  for (const problem of problems) log.problem(problem);
  return candidates;
}

/** Plans on fetched candidates. Throws SITE_NOT_FOUND for an image that none of them holds, and what planRelease throws. */
export async function planOn(planning: Planning, candidates: readonly Candidate[], commit: string): Promise<Plan> {
  const { inputs, log } = planning;
  const files = await readManifests(planning, candidates, commit);
  const plan = planRelease(inputs.images, files, inputs.plan);
  for (const problem of plan.problems) log.problem(problem);
  const [missing] = plan.missing;
  if (missing) throw await explainMissing(planning, missing, plan, commit);
  const places = plan.changes.length === 1 ? '1 place' : `${plan.changes.length} places`;
  log.step(`looked into ${files.length === 1 ? '1 file' : `${files.length} files`}: ${places} to change`);
  return plan;
}

/** The contents of fetched candidates, and of manifests that do not name the image and may hold its version all the same. */
export async function readManifests(
  planning: Planning,
  candidates: readonly Candidate[],
  commit: string,
): Promise<readonly ManifestFile[]> {
  const { repository } = planning;
  const files = await repository.read(candidates);
  const elsewhere = await searchElsewhere(planning, files, commit);
  const others = elsewhere.filter(({ path }) => !files.some((file) => file.path === path));
  return [...files, ...(await repository.read(others))];
}

/** Why an image has no site, with the names that it may have been meant to be. */
async function explainMissing(
  { inputs, repository }: Planning,
  { replaces }: ReleasedImage,
  { problems }: Plan,
  commit: string,
) {
  const { candidates } = await repository.search({ words: IMAGE_WORDS, paths: inputs.paths }, commit);
  const { notes, nearest } = findNearMisses(replaces, await repository.read(candidates.slice(0, NEAR_MISS_FILES)));
  const left = problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
  return failure('SITE_NOT_FOUND', { image: replaces, notes: [...left, ...notes], nearest });
}

async function searchElsewhere({ inputs, repository }: Planning, files: readonly ManifestFile[], commit: string) {
  const { folders, releases } = findRelated(inputs.images, files);
  const words = [...releases, ...(files.some(mayHoldRepository) ? FLUX_WORDS : [])];
  const marked = words.length > 0 ? (await repository.search({ words, paths: inputs.paths }, commit)).candidates : [];
  return [...marked, ...(await repository.below(folders, commit))];
}
