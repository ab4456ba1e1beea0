/** What each place of a file becomes, and the edits for it. */
import type { Edit } from './apply-edits.ts';
import type { Field, FieldRole } from './conventions/convention.ts';
import { failure } from '../core/errors.ts';
import {
  formatReference,
  formatVersion,
  repositoryOf,
  splitName,
  type ImageReference,
} from '../core/image-reference.ts';
import { writeScalar } from './yaml/scalar.ts';
import type { ImagePlace } from './inventory.ts';
import type { Change, ReleasedImage } from '../core/objects.ts';

/** A place and its reference after the release. */
export interface PlaceTarget {
  readonly place: ImagePlace;
  /** Absent for a place that stays as it is. */
  readonly image?: ReleasedImage;
  readonly reference: ImageReference;
}

/** What changes at a place; `undefined` where it has its target already. */
export function changeOf({ place, image, reference }: PlaceTarget): Change | undefined {
  const present = referenceAt(place);
  if (!image || formatReference(present) === formatReference(reference)) return undefined;
  const moved = reference.name !== place.image;
  const shown = (value: ImageReference): string => (moved ? formatReference(value) : formatVersion(value));
  const { file, line, where } = place;
  return { file, line, where, image: place.image, from: shown(present), to: shown(reference) };
}

/**
 * What a place becomes: a whole reference becomes what was given, keys of their own get the part that they are for.
 * Throws DIGEST_REQUIRED, TAG_REQUIRED.
 */
export function targetOf(place: ImagePlace, { reference: given }: ReleasedImage): ImageReference {
  const present = formatReference(referenceAt(place));
  const { version, site } = place;
  const has = (role: FieldRole): boolean => site.fields.some((field) => field.role === role);
  const needsDigest = version.digest !== undefined || !(has('reference') || has('tag') || has('bare-tag'));
  if (needsDigest && given.digest === undefined) throw failure('DIGEST_REQUIRED', { place, present });
  const isEmpty = formatVersion(version) === '';
  const needsTag = has('bare-tag') || ((version.tag !== undefined || (isEmpty && has('tag'))) && !has('reference'));
  if (needsTag && given.tag === undefined) {
    throw failure('TAG_REQUIRED', { place, present });
  }
  const moves = repositoryOf(given.name) !== repositoryOf(place.image);
  const hasTag = has('reference') || needsTag;
  const hasDigest = has('reference') || has('tag') || has('digest');
  const { tag, digest } = given;
  return {
    name: moves ? given.name : place.image,
    ...(tag !== undefined && hasTag && { tag }),
    ...(digest !== undefined && hasDigest && { digest }),
  };
}

function referenceAt({ image, version }: ImagePlace): ImageReference {
  return { name: image, ...version };
}

/** The edits that turn all places into their targets. Throws ANCHOR_SHARED where two places need one scalar differently. */
export function editsOf(targets: readonly PlaceTarget[]): Edit[] {
  const wanted = new Map<string, { field: Field; value: string; target: PlaceTarget }>();
  for (const target of targets) {
    for (const field of target.place.site.fields) {
      const value = (target.image && textFor(field, target)) ?? field.text;
      if (value === undefined) continue;
      const key = `${field.start} ${field.before ?? ''}`;
      const first = wanted.get(key);
      if (first && first.value !== value) {
        const [changing, other] = target.image ? [target, first.target] : [first.target, target];
        throw failure('ANCHOR_SHARED', { place: changing.place, other: other.place, image: other.place.image });
      }
      wanted.set(key, { field, value, target });
    }
  }
  return [...wanted.values()].flatMap(({ field, value }) => {
    const { start, end, style, before = '', after = '' } = field;
    return value === field.text ? [] : { start, end, text: before + writeScalar(value, style) + after };
  });
}

/** The new text of a field; `undefined` for one that stays as it is, present or absent. */
function textFor({ role, text }: Field, { place, reference }: PlaceTarget): string | undefined {
  const apart = (other: FieldRole): boolean => place.site.fields.some((field) => field.role === other);
  const moved = reference.name !== place.image;
  switch (role) {
    case 'reference':
      return formatReference(reference);
    case 'tag':
      return apart('digest') ? reference.tag : formatVersion(reference);
    case 'bare-tag':
      return reference.tag;
    case 'digest':
      return reference.digest;
    case 'name':
      return moved || text === '' ? reference.name : undefined;
    case 'registry':
      return moved ? splitName(reference.name).registry : undefined;
    case 'repository':
      if (!moved) return undefined;
      return apart('registry') ? splitName(reference.name).path : reference.name;
    case 'match':
      return undefined;
  }
}
