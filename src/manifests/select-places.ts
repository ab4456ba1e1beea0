/** Inventory -> the places that a release of images writes, and the reasons for the others. Pure. */
import { failure } from '../core/errors.ts';
import { formatVersion, repositoryOf, type ImageReference } from '../core/image-reference.ts';
import type { Problem, ReleasedImage } from '../core/objects.ts';
import { areOfTwoFamilies, familyOf } from '../core/tag-family.ts';
import { isSelected, type TagSelection } from '../core/tag-selection.ts';
import { isEmpty, type Field, type ImageSite } from './conventions/convention.ts';
import { reportDefect } from './defects.ts';
import type { ImagePlace, Inventory } from './inventory.ts';
import { TextSearch } from './text/text-references.ts';

export interface Selection {
  /** The places of each image, including those that have its version already. */
  readonly selected: ReadonlyMap<ImagePlace, ReleasedImage>;
  readonly left: readonly LeftPlace[];
  readonly problems: readonly Problem[];
}

/** A place of a released image that is not changed. */
export interface LeftPlace {
  readonly place: ImagePlace;
  /** The end of a sentence about the place, e.g. `has no version`. */
  readonly reason: string;
}

export interface SelectionOptions {
  readonly onlyTags?: TagSelection | undefined;
  readonly insert?: boolean;
}

/**
 * Selects the places of images: those with a tag of `onlyTags`, or else, where an image has places of several families of
 * tags and some are of the new tag's, only these. With `insert` also places without a version are selected where one belongs.
 * Throws PLACE_UNCLEAR, MANIFEST_UNREADABLE, MANIFEST_ENCRYPTED, TARGET_NOT_FOUND.
 */
export function selectPlaces(
  images: readonly ReleasedImage[],
  inventory: Inventory,
  { onlyTags, insert = false }: SelectionOptions = {},
): Selection {
  const search = new TextSearch(images);
  const problems = inventory.files.flatMap(({ manifest }) =>
    manifest.defect ? reportDefect(manifest, manifest.defect, search) : [],
  );
  const byRepository = new Map(
    images.flatMap((image) =>
      [image.replaces, image.reference.name].map((name) => [repositoryOf(name), image] as const),
    ),
  );
  const own = inventory.places.flatMap((place) => {
    const image = byRepository.get(place.repository);
    return image ? [{ place, image, left: reasonToLeave(place, image, { onlyTags, insert }) }] : [];
  });
  const divided = new Set<ReleasedImage>();
  for (const { place, image, left: other } of own) {
    if (!divided.has(image) && other === undefined && isOfFamily(place, image)) divided.add(image);
  }
  const selected = new Map<ImagePlace, ReleasedImage>();
  const left: LeftPlace[] = [];
  for (const { place, image, left: other } of own) {
    if (place.site.refused !== undefined) throw refusal(place, place.site.refused);
    const isDivided = !onlyTags && divided.has(image);
    const reason = other ?? (isDivided ? otherFamily(place, image.reference.tag ?? '') : undefined);
    if (reason !== undefined) left.push({ place, reason });
    else selected.set(place, image);
  }
  refuseLostTargets(inventory);
  return { selected, left, problems };
}

/** Why a place of an image is not selected; `undefined` for one that is. */
function reasonToLeave(
  { version, site }: ImagePlace,
  { reference }: ReleasedImage,
  { onlyTags, insert }: SelectionOptions,
): string | undefined {
  const present = formatVersion(version);
  if (present === '' && !site.named && !(insert && isInsertable(site, reference))) return NO_VERSION;
  if (site.candidates) return `may be of ${listed(site.candidates)}`;
  // A place with the released version counts as found even if it could not be changed.
  if (present === formatVersion(reference)) return undefined;
  if (site.doubt !== undefined) return site.doubt;
  if (/[.-]$/.test(formatVersion(reference)) && isInText(site)) return 'is part of a longer text';
  if (onlyTags && !isSelected(version.tag ?? '', onlyTags)) return `is not in only-tags: ${onlyTags.text}`;
  return undefined;
}

/** Whether a place is inside of a text, where a dot or dash behind a reference is no part of it. */
const isInText = ({ fields }: ImageSite): boolean =>
  fields.some(({ role, style, scalar, start }) => role === 'reference' && style === 'verbatim' && start !== scalar);

/** The images that a place may be of, as far as a person would read them. */
function listed(candidates: readonly string[]): string {
  const more = candidates.length - MOST_NAMED;
  return candidates.slice(0, MOST_NAMED).join(' or ') + (more > 0 ? ` or ${more} more` : '');
}

const MOST_NAMED = 10;

/** The reason for which a place without a version is left. */
export const NO_VERSION = 'has no version';

/** Whether a version may be inserted at a site that has none: nothing but a version is missing there. */
export function isInsertable({ fields, takesVersion }: ImageSite, { tag, digest }: ImageReference): boolean {
  const parts = fields.filter(({ role }) => role === 'tag' || role === 'bare-tag' || role === 'digest');
  const isTaken = (field: Field): boolean => (field.role === 'digest' ? digest : tag) !== undefined;
  const isFree = ({ text, start, end }: Field): boolean => text === undefined || isEmpty({ text, start, end });
  return takesVersion === true || (parts.some(isTaken) && parts.every(isFree));
}

function refusal(place: ImagePlace, reason: string) {
  const [field] = place.site.fields;
  return failure('PLACE_UNCLEAR', { place, where: place.where, image: place.image, value: field?.text, reason });
}

/** Whether a place has a tag of the family of the new one. */
function isOfFamily({ version }: ImagePlace, { reference }: ReleasedImage): boolean {
  const family = familyOf(version.tag ?? '');
  return family !== undefined && family === familyOf(reference.tag ?? '');
}

/** Why a place of an image that has places of the new tag's family is left; an explicit target never is. */
function otherFamily({ version: { tag = '' }, site }: ImagePlace, released: string): string | undefined {
  if (site.target !== undefined || !areOfTwoFamilies(tag, released)) return undefined;
  return `is of another family of tags than ${released} (only-tags: '*' changes it too)`;
}

/** Each explicit target must be a place. */
function refuseLostTargets({ files, places, context }: Inventory): void {
  const found = new Set(places.map(({ site }) => site.target));
  const lost = context.targets.find(({ text }) => !found.has(text));
  if (!lost) return;
  const isRead = files.some(({ manifest: { path, defect } }) => path === lost.file && !defect);
  const reason = isRead ? 'its path leads to no value' : `there is no readable manifest ${lost.file}`;
  throw failure('TARGET_NOT_FOUND', { target: lost.text, reason });
}
