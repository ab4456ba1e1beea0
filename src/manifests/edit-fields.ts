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
import { isTypedBySet, rewriteScalar, writeScalar } from './yaml/scalar.ts';
import type { ImagePlace } from './inventory.ts';
import type { Change, Problem, ReleasedImage } from '../core/objects.ts';

/** A place and its reference after the release. */
export interface PlaceTarget {
  readonly place: ImagePlace;
  /** Absent for a place that stays as it is. */
  readonly image?: ReleasedImage;
  readonly reference: ImageReference;
}

/** What changes at a place; `undefined` where it has its target already. `text` is that of its file. */
export function changeOf(target: PlaceTarget, text: string): Change | undefined {
  const { place, image, reference } = target;
  const written = image ? writtenFields(target, text) : [];
  if (written.length === 0) return undefined;
  const moved = reference.name !== place.image;
  const shown = (value: ImageReference): string => (moved ? formatReference(value) : formatVersion(value));
  const { file, line, where } = place;
  const [from, to] = [shown(referenceAt(place)), shown(reference)];
  const notes = [
    ...(from === to && written.some(({ field, value }) => field.text === value) ? ['quoted'] : []),
    ...(written.some(({ field }) => field.role === 'force-string') ? ['forceString: true'] : []),
  ];
  return { file, line, where, image: place.image, from, to, ...(notes.length > 0 && { note: notes.join(', ') }) };
}

/** What a reader of a place makes of its version, where nothing can be written against that. */
export function problemOf(target: PlaceTarget): Problem | undefined {
  const { place, image } = target;
  const kept = image && keptDigest(target, image);
  if (kept !== undefined) {
    const { file, line } = place;
    return { file, line, message: `keeps its digest ${kept}, and no new digest was given` };
  }
  const tag = place.site.fields.find(isTagField);
  const value = image && tag && (textFor(tag, target) ?? tag.text);
  const { helmSet } = place.site;
  if (helmSet === undefined || value === undefined || !isTypedBySet(value)) return undefined;
  const { file, line } = place;
  return { file, line, message: `has ${value}, which ${helmSet}` };
}

/** The digest that stays in one value with the released tag: it may be of another version. */
function keptDigest(
  { place, reference }: PlaceTarget,
  { reference: given, digest }: ReleasedImage,
): string | undefined {
  const isOneValue = !place.site.fields.some(({ role }) => role === 'digest' || role === 'hex');
  return isOneValue && given.digest === undefined && digest === undefined ? reference.digest : undefined;
}

const isTagField = ({ role }: Field): boolean => role === 'tag' || role === 'bare-tag';

const NAMES: ReadonlySet<FieldRole> = new Set(['reference', 'name', 'registry', 'repository', 'folder', 'base']);

/**
 * What a place becomes: a whole reference becomes what was given, keys of their own get the part that they are for.
 * A place that has all that was given stays as it is, with a part that was not given too. Throws DIGEST_REQUIRED,
 * TAG_REQUIRED, NAME_ELSEWHERE.
 */
export function targetOf(place: ImagePlace, { reference, digest: known }: ReleasedImage): ImageReference {
  const present = formatReference(referenceAt(place));
  const { version, site } = place;
  const has = (role: FieldRole): boolean => site.fields.some((field) => field.role === role);
  const needsDigest = version.digest !== undefined || !(has('reference') || has('tag') || has('bare-tag'));
  const given = needsDigest && known !== undefined ? { digest: known, ...reference } : reference;
  const moves = repositoryOf(given.name) !== repositoryOf(place.image);
  if (moves && !site.fields.some(({ role }) => NAMES.has(role))) {
    throw failure('NAME_ELSEWHERE', { place, present, name: given.name });
  }
  if (!moves && hasAlready(version, given)) return referenceAt(place);
  const hasRoom = given.digest !== undefined && (!has('hex') || given.digest.startsWith('sha256:'));
  if (needsDigest && !hasRoom) throw failure('DIGEST_REQUIRED', { place, present });
  const isEmpty = formatVersion(version) === '';
  const isFilled = isEmpty && site.fields.some(({ role, text }) => role === 'tag' && text !== undefined);
  const needsTag = has('bare-tag') || ((version.tag !== undefined || isFilled) && !has('reference'));
  if (needsTag && given.tag === undefined) {
    throw failure('TAG_REQUIRED', { place, present });
  }
  const hasTag = has('reference') || needsTag || (isEmpty && has('tag'));
  const hasDigest = has('reference') || has('tag') || has('digest') || has('hex');
  const { tag, digest } = given;
  return {
    name: moves ? given.name : place.image,
    ...(tag !== undefined && hasTag && { tag }),
    ...(digest !== undefined && hasDigest && { digest }),
  };
}

function hasAlready({ tag, digest }: ImagePlace['version'], given: ImageReference): boolean {
  return (given.tag ?? tag) === tag && (given.digest ?? digest) === digest;
}

function referenceAt({ image, version }: ImagePlace): ImageReference {
  return { name: image, ...version };
}

/**
 * The edits that turn all places of a file into their targets. `text` is that of the file. Throws ANCHOR_SHARED where two
 * places need one scalar differently.
 */
export function editsOf(targets: readonly PlaceTarget[], text: string): Edit[] {
  const wanted = new Map<string, { value: string; target: PlaceTarget }>();
  const edits = new Map<string, Edit>();
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
      wanted.set(key, { value, target });
    }
    for (const { field, value } of target.image ? writtenFields(target, text) : []) {
      const { start, end, style, before = '', after = '' } = field;
      const scalar = rewriteScalar(text.slice(start, end), field.text ?? '', value, style);
      const edit = { start, end, text: before + scalar + after };
      edits.set(`${start} ${before}`, edit);
    }
  }
  return [...edits.values()];
}

interface WrittenField {
  readonly field: Field;
  readonly value: string;
}

/** The fields of a place that are written: those with another text, and those that some reader takes for another value. */
function writtenFields(target: PlaceTarget, text: string): WrittenField[] {
  return target.place.site.fields.flatMap((field) => {
    const value = textFor(field, target);
    const isWritten = value !== undefined && (value !== field.text || isMisread(field, text));
    return isWritten ? [{ field, value }] : [];
  });
}

/** Characters of a tag and an anchor in front of a value. */
const LONGEST_TAG = 200;

/** True for a value without quotes or tag that is no string for some reader. */
function isMisread({ text: value, style, start, end }: Field, text: string): boolean {
  if (value === undefined || style === 'verbatim' || text.slice(start, end) !== value) return false;
  if (writeScalar(value, style) === value) return false;
  return !/(?:^|\s)!(?:!str)?(?:[ \t]+&\S+)?[ \t]+$/.test(text.slice(Math.max(start - LONGEST_TAG, 0), start));
}

/** The new text of a field; `undefined` for one that stays as it is, present or absent. */
function textFor({ role, text }: Field, { place, reference }: PlaceTarget): string | undefined {
  const apart = (other: FieldRole): boolean => place.site.fields.some((field) => field.role === other);
  const moved = reference.name !== place.image;
  const behindRegistry = (): string => (apart('registry') ? splitName(reference.name).path : reference.name);
  switch (role) {
    case 'reference':
      return formatReference(reference);
    case 'tag':
      return apart('digest') || apart('hex') ? reference.tag : formatVersion(reference);
    case 'bare-tag':
      return reference.tag;
    case 'digest':
      return reference.digest;
    case 'hex':
      return reference.digest?.replace(/^.*:/, '');
    case 'name':
      return moved || text === '' ? reference.name : undefined;
    case 'registry':
      return moved ? splitName(reference.name).registry : undefined;
    case 'repository':
      return moved ? behindRegistry() + (/@sha256$/.exec(text ?? '')?.[0] ?? '') : undefined;
    case 'folder':
      return moved ? behindRegistry().replace(/\/?[^/]*$/, '') : undefined;
    case 'base':
      return moved ? behindRegistry().replace(/^.*\//, '') : undefined;
    case 'force-string': {
      const tag = place.site.fields.find(isTagField);
      const value = tag && (textFor(tag, { place, reference }) ?? tag.text);
      return value !== undefined && isTypedBySet(value) ? 'true' : undefined;
    }
    case 'match':
      return undefined;
  }
}
