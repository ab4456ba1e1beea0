/** The site of an image whose registry, repository, tag and digest are scalars of their own. */
import { isDigest, parseReference, parseVersion } from '../../core/image-reference.ts';
import type { ManifestScalar } from '../yaml/tree.ts';
import { fieldOf, isEmpty, type Field, type ImageSite } from './convention.ts';

export interface ImageParts {
  readonly registry?: ManifestScalar | undefined;
  readonly repository?: ManifestScalar | undefined;
  readonly tag?: ManifestScalar | undefined;
  readonly digest?: ManifestScalar | undefined;
}

/** The site at `where`; `undefined` when the parts are not an image, or a part belongs to another tool, as `${TAG}` does. */
export function siteOfParts(where: string, { registry, repository, tag, digest }: ImageParts): ImageSite | undefined {
  if (!repository || (!tag && !digest)) return undefined;
  const prefix = registry && !isEmpty(registry) ? `${registry.text}/` : '';
  const reference = parseReference(prefix + repository.text);
  if (!reference || reference.tag !== undefined || reference.digest !== undefined) return undefined;

  const inTag = parseVersion(tag?.text ?? '');
  const inDigest = digest && isDigest(digest.text) ? { digest: digest.text } : undefined;
  if ((tag && !inTag && !isEmpty(tag)) || (digest && !inDigest && !isEmpty(digest))) return undefined;

  const fields: Field[] = [fieldOf('repository', repository)];
  if (registry && prefix !== '') fields.push(fieldOf('registry', registry));
  if (tag) fields.push(fieldOf('tag', tag));
  if (digest && (inDigest || inTag?.digest === undefined)) fields.push(fieldOf('digest', digest));
  return { where, name: reference.name, version: { ...inTag, ...inDigest }, fields };
}
