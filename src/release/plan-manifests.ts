/** Reads the manifests of one commit that matter for a release, and plans on them. */
import { failure } from '../core/errors.ts';
import { repositoryOf } from '../core/image-reference.ts';
import type { Log } from '../core/log.ts';
import type { Leftover, ReleasedImage } from '../core/objects.ts';
import type { ManifestStore, ReadManifests, ReadOptions, SearchTerms } from '../git/manifest-store.ts';
import { isCopy } from '../inputs/images.ts';
import type { Search } from '../inputs/inputs.ts';
import { FLUX_WORDS, mayHoldRepository } from '../manifests/flux-policies.ts';
import { findRelated } from '../manifests/helm-split-values.ts';
import { findNearMisses, IMAGE_WORDS } from '../manifests/near-misses.ts';
import { planRelease, type Plan } from '../manifests/plan.ts';
import { mayContain, searchTerms } from '../manifests/search-terms.ts';

/** Files that are read for the names of other images when none was found. */
const NEAR_MISS_FILES = 300;

/** Lines with the image that an error names. */
const MOST_SEEN = 10;

/** Where manifests are read. */
export interface Reading {
  readonly store: ManifestStore;
  readonly log: Log;
}

/** The images to look for, and where. */
export interface Wanted {
  readonly images: readonly ReleasedImage[];
  readonly search: Search;
}

/** What is read of a commit: manifests, and files of other kinds that have the name of a released image. */
export type ReadFiles = Pick<ReadManifests, 'manifests' | 'others'>;

/**
 * The manifests of a commit (the base's tip unless given) that may have a released image, those that targets name, and
 * those that may have its version without its name; with `others` also texts of other kinds with its name; and the tip of
 * `branch`, where one is named.
 */
export async function readManifests(
  { store, log }: Reading,
  { images, search }: Wanted,
  { others = false, ...options }: Pick<ReadOptions, 'commit' | 'branch'> & Pick<SearchTerms, 'others'> = {},
): Promise<ReadFiles & Pick<ReadManifests, 'tip'>> {
  const files = [...new Set((search.plan.targets ?? []).map(({ file }) => file))];
  const { words, registries } = searchTerms(images);
  const terms = { words, registries, files, paths: search.paths, others };
  const { manifests, others: unread, problems, tip } = await store.read(terms, options);
  const texts = unread.filter(({ bytes }) => mayContain(bytes, words) && !mayContain(bytes, ['\0']));
  for (const problem of problems) log.problem(problem);
  const { folders, releases } = findRelated(images, manifests);
  const more = [...releases, ...(manifests.some(mayHoldRepository) ? FLUX_WORDS : [])];
  if (folders.length === 0 && more.length === 0) return { manifests, others: texts, tip };
  const { commit } = options;
  const related = await store.read(
    { words: more, paths: more.length > 0 ? search.paths : [] },
    { below: folders, ...(commit !== undefined && { commit }) },
  );
  const known = new Set(manifests.map(({ path }) => path));
  const explaining = related.manifests.filter(({ path }) => !known.has(path));
  return { manifests: [...manifests, ...explaining], others: texts, tip };
}

/** Plans on manifests that were read. Throws SITE_NOT_FOUND for an image that none of them has, nor
 * a copy of it in another registry, and what planRelease throws. */
export async function planManifests(
  reading: Reading,
  wanted: Wanted,
  { manifests, others }: ReadFiles,
  commit: string,
): Promise<Plan> {
  const { log } = reading;
  const plan = planRelease(wanted.images, manifests, { ...wanted.search.plan, others });
  for (const problem of plan.problems) log.problem(problem);
  for (const { place, reason } of plan.left) log.debug(`left ${place.file}:${place.line} ${place.where}: it ${reason}`);
  for (const image of plan.missing) {
    const copy = wanted.images.find((other) => !plan.missing.includes(other) && isCopy(image, other));
    if (!copy) throw await explainMissing(reading, wanted, image, plan, commit);
    log.step(`${image.replaces} is in no manifest; skipped: ${copy.replaces} is the same build`);
  }
  const places = plan.changes.length === 1 ? '1 place' : `${plan.changes.length} places`;
  log.step(`read ${manifests.length === 1 ? '1 file' : `${manifests.length} files`}: ${places} to change`);
  return plan;
}

/** Why an image has no place, with the names that may have been meant. */
async function explainMissing(
  { store }: Reading,
  { search }: Wanted,
  { replaces }: ReleasedImage,
  { problems, leftovers }: Plan,
  commit: string,
) {
  const { manifests } = await store.read(
    { words: IMAGE_WORDS, paths: search.paths },
    { commit, limit: NEAR_MISS_FILES },
  );
  const { notes, nearest } = findNearMisses(replaces, manifests);
  const seen = leftovers.filter(({ image }) => repositoryOf(image) === repositoryOf(replaces));
  const read = problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
  const all = [...seen.slice(0, MOST_SEEN).map(noteOf), ...read, ...notes];
  return failure('SITE_NOT_FOUND', { image: replaces, notes: all, nearest, place: seen[0] });
}

const noteOf = ({ file, line, image, version, reason }: Leftover): string =>
  `${file}:${line} has ${image} ${version}, but it ${reason}`;
