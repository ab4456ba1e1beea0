/** Sites from scalars with an annotation that names their image. */
import { parseReference, parseVersion, repositoryOf, type ImageVersion } from '../../core/image-reference.ts';
import type { ManifestScalar } from '../yaml/tree.ts';
import { fieldOf, type Field, type ImageSite } from './convention.ts';

export interface AnnotatedScalar {
  readonly scalar: ManifestScalar;
  readonly path: string;
  /** Path of the map or list around it. */
  readonly parent: string;
  /** The image that it is of. */
  readonly image: string;
  /** `reference`, `name`, `tag` or `digest`. */
  readonly part: string;
}

/** One site for the parts of one image in one map, and one for each whole reference. */
export function* sitesOf(scalars: readonly AnnotatedScalar[]): Generator<ImageSite> {
  const parts = new Map<string, AnnotatedScalar[]>();
  for (const one of scalars) {
    if (one.part === 'reference') {
      const site = siteOfReference(one);
      if (site) yield site;
    } else {
      const key = JSON.stringify([one.parent, one.image]);
      const group = parts.get(key);
      if (group) group.push(one);
      else parts.set(key, [one]);
    }
  }
  for (const group of parts.values()) {
    const site = siteOfParts(group);
    if (site) yield site;
  }
}

/** A whole reference; also one without a version, or of another image that this one is to replace. */
function siteOfReference({ scalar, path, image }: AnnotatedScalar): ImageSite | undefined {
  const reference = parseReference(scalar.text);
  if (!reference || !parseReference(image)) return undefined;
  const { name, ...version } = reference;
  return { where: path, name, version, of: repositoryOf(image), fields: [fieldOf('reference', scalar)] };
}

function siteOfParts(group: readonly AnnotatedScalar[]): ImageSite | undefined {
  const [first] = group;
  if (!first || !parseReference(first.image)) return undefined;
  const name = group.find(({ part }) => part === 'name')?.scalar.text ?? first.image;
  if (!parseReference(name)) return undefined;
  const versions = group.filter(({ part }) => part !== 'name').map(({ scalar }) => parseVersion(scalar.text));
  if (versions.length === 0) return undefined;
  const version = versions.reduce<ImageVersion>((all, one) => ({ ...all, ...one }), {});
  const fields = group.map(({ part, scalar }): Field => {
    if (part === 'name') return fieldOf('name', scalar);
    if (part === 'digest') return fieldOf('digest', scalar);
    return fieldOf(parseVersion(scalar.text)?.digest === undefined ? 'bare-tag' : 'tag', scalar);
  });
  return { where: group.length > 1 ? first.parent : first.path, name, version, of: repositoryOf(first.image), fields };
}
