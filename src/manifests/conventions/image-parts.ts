/** The site of an image whose registry, repository, tag and digest are scalars of their own. */
import { isDigest, parseReference, parseVersion, type ImageVersion } from '../../core/image-reference.ts';
import type { ManifestScalar } from '../yaml/tree.ts';
import { fieldOf, isEmpty, type Field, type ImageSite } from './convention.ts';

export interface ImageParts {
  readonly registry?: ManifestScalar | undefined;
  readonly repository?: ManifestScalar | undefined;
  /** In place of `repository`: the name without its last part, and its last part. */
  readonly folder?: ManifestScalar | undefined;
  readonly base?: ManifestScalar | undefined;
  readonly tag?: ManifestScalar | undefined;
  readonly digest?: ManifestScalar | undefined;
  /** In place of `digest`: it may lack the algorithm. */
  readonly sha?: ManifestScalar | undefined;
}

/** The site at `where`; `undefined` when the parts are not an image, or a part belongs to another tool, as `${TAG}` does. */
export function siteOfParts(where: string, parts: ImageParts): ImageSite | undefined {
  if (!parts.tag && !parts.digest && !parts.sha) return undefined;
  const named = nameOf(parts);
  const versioned = named && versionFields(parts, named.algorithm);
  if (!named || !versioned) return undefined;
  return { where, name: named.name, version: versioned.version, fields: [...named.fields, ...versioned.fields] };
}

/** The first of each group of combinations that is an image; a scalar is in one site only. */
export function* sitesOfParts(where: string, groups: Iterable<readonly ImageParts[]>): Generator<ImageSite> {
  const taken = new Set<number>();
  for (const group of groups) {
    const sites = group.flatMap((parts) => siteOfParts(where, parts) ?? []);
    const site = sites.find(({ fields }) => fields.every(({ scalar }) => !taken.has(scalar)));
    if (!site) continue;
    for (const { scalar } of site.fields) taken.add(scalar);
    yield site;
  }
}

interface NamedParts {
  readonly name: string;
  readonly fields: readonly Field[];
  /** Behind the name, where the tag is the rest of a digest: `name@sha256` and the hexadecimal digits. */
  readonly algorithm?: string;
}

function nameOf({ registry, repository, folder, base }: ImageParts): NamedParts | undefined {
  if (folder && base) {
    const isOne = !base.text.includes('/') && !folder.text.endsWith(`/${base.text}`) && folder.text.includes('/');
    const name = isOne ? plainName(`${folder.text}/${base.text}`) : undefined;
    return name === undefined ? undefined : { name, fields: [fieldOf('folder', folder), fieldOf('base', base)] };
  }
  if (!repository) return undefined;
  const [, written = '', algorithm] = /^(.*?)(?:@(sha\d+))?$/s.exec(repository.text) ?? [];
  const hasRegistry = registry !== undefined && !isEmpty(registry);
  const name = plainName(hasRegistry ? `${registry.text}/${written}` : written);
  if (name === undefined) return undefined;
  if (algorithm !== undefined) return { name, fields: [fieldOf('match', repository)], algorithm };
  const fields = [fieldOf('repository', repository), ...(hasRegistry ? [fieldOf('registry', registry)] : [])];
  return { name, fields };
}

/** A name without a version. */
function plainName(text: string): string | undefined {
  const reference = parseReference(text);
  return reference?.tag === undefined && reference?.digest === undefined ? reference?.name : undefined;
}

/** The fields of a tag and a digest, and their version; `undefined` where a text is none. */
export function versionFields(
  { tag, sha, digest = sha }: Pick<ImageParts, 'tag' | 'digest' | 'sha'>,
  algorithm?: string,
): { readonly version: ImageVersion; readonly fields: readonly Field[] } | undefined {
  if (tag && algorithm !== undefined) {
    const whole = `${algorithm}:${tag.text}`;
    return isDigest(whole) ? { version: { digest: whole }, fields: [hexField(tag)] } : undefined;
  }
  const inTag = parseVersion(tag?.text ?? '');
  const isHex = sha !== undefined && isDigest(`sha256:${sha.text}`);
  const written = isHex ? `sha256:${sha.text}` : digest?.text;
  const inDigest = written !== undefined && isDigest(written) ? { digest: written } : undefined;
  if ((tag && !inTag && !isEmpty(tag)) || (digest && !inDigest && !isEmpty(digest))) return undefined;
  const hasDigest = digest && (inDigest || inTag?.digest === undefined);
  return {
    version: { ...inTag, ...inDigest },
    fields: [
      ...(tag ? [fieldOf('tag', tag)] : []),
      ...(hasDigest ? [isHex ? hexField(digest) : fieldOf('digest', digest)] : []),
    ],
  };
}

/** No quotes are added: of 64 hexadecimal digits one in 10¹² may be read as a number. */
function hexField(scalar: ManifestScalar): Field {
  const field = fieldOf('hex', scalar);
  return field.style === 'plain' ? { ...field, style: 'verbatim' } : field;
}
