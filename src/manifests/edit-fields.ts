/** What each site of a file becomes, and the edits that make it so. */
import type { Field, FieldRole, ImageSite } from './conventions/convention.ts';
import type { Edit } from './verify.ts';
import { failure } from '../core/errors.ts';
import {
  formatReference,
  formatVersion,
  repositoryOf,
  splitName,
  type ImageReference,
} from '../core/image-reference.ts';
import { writeScalar } from './yaml/scalar.ts';
import type { Change, Place, ReleasedImage } from '../core/objects.ts';

/** A site with what it shall hold. */
export interface SiteTarget {
  readonly site: ImageSite;
  readonly image?: ReleasedImage;
  /** What the site shall hold. */
  readonly reference: ImageReference;
  readonly place: Place;
}

/** What changes at a site; nothing where it holds its target already. */
export function changeOf({ site, image, reference, place }: SiteTarget): Change | undefined {
  const present: ImageReference = { name: site.name, ...site.version };
  if (!image || formatReference(present) === formatReference(reference)) return undefined;
  const moved = reference.name !== site.name;
  const shown = (value: ImageReference): string => (moved ? formatReference(value) : formatVersion(value));
  return { ...place, where: site.where, image: site.name, from: shown(present), to: shown(reference) };
}

/** What a site becomes: a whole reference becomes what was given, keys of their own get the part they hold. */
export function targetOf(site: ImageSite, { reference: given }: ReleasedImage, place: Place): ImageReference {
  const present = formatReference({ name: site.name, ...site.version });
  const holds = (role: FieldRole): boolean => site.fields.some((field) => field.role === role);
  if (site.version.digest !== undefined && given.digest === undefined) {
    throw failure('DIGEST_REQUIRED', { place, present });
  }
  if (site.version.tag !== undefined && given.tag === undefined && !holds('reference')) {
    throw failure('TAG_REQUIRED', { place, present });
  }
  const moves = repositoryOf(given.name) !== repositoryOf(site.name);
  const hasTag = holds('reference') || holds('bare-tag') || site.version.tag !== undefined;
  const hasDigest = site.fields.some(({ role }) => role === 'reference' || role === 'tag' || role === 'digest');
  const { tag, digest } = given;
  return {
    name: moves ? given.name : site.name,
    ...(tag !== undefined && hasTag && { tag }),
    ...(digest !== undefined && hasDigest && { digest }),
  };
}

/** The edits that turn all sites into their targets. Throws ANCHOR_SHARED where two sites want one scalar differently. */
export function editsOf(targets: readonly SiteTarget[]): Edit[] {
  const wanted = new Map<string, { field: Field; value: string; target: SiteTarget }>();
  for (const target of targets) {
    for (const field of target.site.fields) {
      const value = (target.image && textFor(field, target)) ?? field.text;
      if (value === undefined) continue;
      const key = `${field.start} ${field.before ?? ''}`;
      const first = wanted.get(key);
      if (first && first.value !== value) {
        const [changing, other] = target.image ? [target, first.target] : [first.target, target];
        throw failure('ANCHOR_SHARED', { place: changing.place, other: other.place, image: other.site.name });
      }
      wanted.set(key, { field, value, target });
    }
  }
  return [...wanted.values()].flatMap(({ field, value }) => {
    const { start, end, style, before = '', after = '' } = field;
    return value === field.text ? [] : { start, end, text: before + writeScalar(value, style) + after };
  });
}

/** What a field shall hold; `undefined` for one that stays as it is, present or absent. */
function textFor({ role }: Field, { site, reference }: SiteTarget): string | undefined {
  const apart = (other: FieldRole): boolean => site.fields.some((field) => field.role === other);
  const moved = reference.name !== site.name;
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
      return moved ? reference.name : undefined;
    case 'registry':
      return moved ? splitName(reference.name).registry : undefined;
    case 'repository':
      if (!moved) return undefined;
      return apart('registry') ? splitName(reference.name).path : reference.name;
    case 'match':
      return undefined;
  }
}

const VERSION_ROLES: readonly FieldRole[] = ['tag', 'bare-tag', 'reference', 'digest'];

/** The field whose line is reported. */
export function versionField({ fields }: ImageSite): Field | undefined {
  return VERSION_ROLES.map((role) => fields.find((field) => field.role === role)).find((field) => field);
}
