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
  const groups = new VersionGroups();
  for (const one of scalars.filter(({ image }) => parseReference(image))) {
    const value = valueOf(one);
    if ('refused' in value) {
      yield refusedSite(one, value.refused);
    } else if (isOther(value, one.image)) {
      yield refusedSite(one, 'is of another image');
    } else {
      groups.add({ ...one, value });
    }
  }
  for (const group of groups.all) yield* siteOf(group);
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

/** The parts of each version: one of each kind, of one image, in one map. A whole reference is a group of its own. */
class VersionGroups {
  readonly all: Read[][] = [];
  /** By image and map. */
  readonly #groups = new Map<string, Read[][]>();
  /** By image, map and part: how many of these groups have that part; they are the first. */
  readonly #filled = new Map<string, number>();

  add(one: Read): void {
    const key = one.part === 'reference' ? undefined : `${one.image}\n${one.parent}`;
    const groups = (key !== undefined && this.#groups.get(key)) || [];
    const filled = this.#filled.get(`${key}\n${one.part}`) ?? 0;
    const group = groups[filled];
    if (group) {
      group.push(one);
    } else {
      const added = [one];
      groups.push(added);
      this.all.push(added);
    }
    if (key === undefined) return;
    this.#groups.set(key, groups);
    this.#filled.set(`${key}\n${one.part}`, filled + 1);
  }
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
