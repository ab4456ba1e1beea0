/** Plans a release on the manifests of one commit. */
import { failure } from '../core/errors.ts';
import { searchWord } from '../core/image-reference.ts';
import type { Log } from '../core/log.ts';
import { counted, type Leftover, type ReleasedImage } from '../core/objects.ts';
import type { ManifestStore, ReadManifests } from '../git/manifest-store.ts';
import { isCopy } from '../inputs/images.ts';
import type { Search } from '../inputs/inputs.ts';
import { findMentions, findNearMisses, IMAGE_WORDS } from '../manifests/near-misses.ts';
import { planRelease, type Plan } from '../manifests/plan.ts';
import { suggestTarget } from '../manifests/suggest-target.ts';

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
  /** Images whose lines are reported and not changed. */
  readonly unused?: readonly ReleasedImage[] | undefined;
  readonly search: Search;
}

/** What is read of a commit: manifests, and files of other kinds that have the name of a released image. */
export type ReadFiles = Pick<ReadManifests, 'manifests' | 'others'>;

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
    if (!copy) throw await explainMissing(reading, wanted, image, plan, { manifests, others, commit });
    log.step(`${image.replaces} is in no manifest; skipped: ${copy.replaces} is the same build`);
  }
  const { unused = [] } = wanted;
  const more = unused.length > 0 ? planRelease(unused, manifests, { others }).leftovers : [];
  log.step(`read ${counted(manifests.length, 'file')}: ${counted(plan.changes.length, 'place')} to change`);
  return { ...plan, leftovers: [...plan.leftovers, ...more] };
}

/** Why an image has no place, with the lines that have it, and the names that may have been meant. */
async function explainMissing(
  { store }: Reading,
  { search }: Wanted,
  image: ReleasedImage,
  { problems, leftovers, emptyPlaces }: Plan,
  { manifests: files, others, commit }: ReadFiles & { readonly commit: string },
) {
  const { replaces } = image;
  // A variable may be in place of its registry.
  const seen = leftovers.filter((one) => searchWord(one.image) === searchWord(replaces)).slice(0, MOST_SEEN);
  const targets = seen.flatMap((one) => suggestTarget(one, image, files, search.plan) ?? []);
  const read = problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
  const empty = emptyPlaces.filter((one) => one.image === replaces).slice(0, MOST_SEEN);
  const mentions = seen.length + empty.length > 0 ? [] : findMentions(image, [...files, ...others]);
  const notes = [
    ...seen.map(noteOf),
    ...read,
    ...empty.map(({ file, line, where }) => `${file}:${line} ${where} has no version of it`),
    ...mentions,
  ];
  const place = seen[0] ?? empty[0];
  // Another name is meant only where this one is nowhere.
  const nearest = place ? [] : findNearMisses(replaces, await readNearby(store, search.paths, commit));
  const isOtherTag = seen.some(({ reason }) => reason.includes('only-tags'));
  const { paths } = search;
  return failure('SITE_NOT_FOUND', { image: replaces, notes, nearest, targets, empty, place, paths, isOtherTag });
}

/** Some of the manifests that name images. */
async function readNearby(store: ManifestStore, paths: readonly string[], commit: string) {
  const terms = { words: IMAGE_WORDS, paths };
  return (await store.read(terms, { commit, limit: NEAR_MISS_FILES })).manifests;
}

const noteOf = ({ file, line, image, version, reason }: Leftover): string =>
  `${file}:${line} has ${image} ${version}, but it ${reason}`;
