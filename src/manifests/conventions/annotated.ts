/** Sites from scalars with an annotation that names their image. */
import { parseReference, repositoryOf, type ImageVersion } from '../../core/image-reference.ts';
import type { ManifestScalar } from '../yaml/tree.ts';
import type { Field, ImageSite } from './convention.ts';
import { readNamedValue, type NamedPart, type NamedValue, type Refusal } from './named-value.ts';

export interface AnnotatedScalar {
  readonly scalar: ManifestScalar;
  /** The characters of the scalar in its file. */
  readonly source: string;
  readonly path: string;
  /** Path of the map or list around it. */
  readonly parent: string;
  /** The image that it is of. */
  readonly image: string;
  readonly part: NamedPart;
  /** Start of the block of text that the scalar is a line of. */
  readonly block?: number;
  /** Why no value was found there, as the end of a sentence. */
  readonly refused?: string;
}

interface RefusedValue {
  readonly text?: string;
  readonly start: number;
}

interface Read extends AnnotatedScalar {
  readonly value: NamedValue;
}

/** One site for the parts of one image in one map, and one for each whole reference. */
export function* sitesOf(scalars: readonly AnnotatedScalar[]): Generator<ImageSite> {
  const groups: Read[][] = [];
  for (const one of scalars.filter(({ image }) => parseReference(image))) {
    const value = valueOf(one);
    if ('refused' in value) {
      yield refusedSite(one, value.refused);
    } else if (isOther(value, one.image)) {
      yield refusedSite(one, 'is of another image');
    } else {
      const group = groups.find((others) => belongTogether(others, one));
      if (group) group.push({ ...one, value });
      else groups.push([{ ...one, value }]);
    }
  }
  for (const group of groups) yield* siteOf(group);
}

function valueOf(one: AnnotatedScalar): NamedValue | Refusal {
  if (one.refused !== undefined) return { refused: one.refused };
  const value = readNamedValue(one);
  if (one.block === undefined || 'refused' in value) return value;
  return { ...value, field: { ...value.field, scalar: one.block } };
}

/** A place that is named for an image, and that no version of it can be written to; `text` is its value, where it has one. */
export function refusedSite(
  { scalar: { text, start }, path, image }: { scalar: RefusedValue; path: string; image: string },
  refused: string,
): ImageSite {
  const field: Field = { role: 'match', text, style: 'verbatim', scalar: start, start, end: start };
  return { where: path, name: image, version: {}, of: repositoryOf(image), named: true, fields: [field], refused };
}

/** A word alone may be there to be replaced. */
function isOther({ name, field }: NamedValue, image: string): boolean {
  if (name === undefined || field.role === 'name') return false;
  return name.includes('/') && repositoryOf(name) !== repositoryOf(image);
}

/** The parts of one version: each once. A whole reference is a site of its own. */
function belongTogether(group: readonly Read[], { parent, image, part }: AnnotatedScalar): boolean {
  return (
    part !== 'reference' &&
    group.every((one) => one.parent === parent && one.image === image && !['reference', part].includes(one.part))
  );
}

function* siteOf(group: readonly Read[]): Generator<ImageSite> {
  const [first] = group;
  if (!first || group.every(({ part }) => part === 'name')) return;
  const name = group.find(({ value }) => value.name !== undefined)?.value.name ?? first.image;
  const version = group.reduce<ImageVersion>((all, { value }) => ({ ...all, ...value.version }), {});
  const fields = group.map(({ value }) => value.field);
  yield {
    where: group.length > 1 ? first.parent : first.path,
    name,
    version,
    of: repositoryOf(first.image),
    named: true,
    fields,
  };
}
