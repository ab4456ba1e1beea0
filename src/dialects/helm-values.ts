/**
 * Helm values that keep an image's parts in keys of their own, in any order and with other keys between:
 * `{registry?, repository | name, tag, digest?}`.
 */
import { parseReference, parseVersion } from '../image.ts';
import { scalarOf, walk, type ManifestDocument, type ManifestMap } from '../manifest.ts';
import { fieldOf, isEmpty, type Dialect, type Field, type ImageSite } from './dialect.ts';

export const helmValues: Dialect = {
  name: 'helm-values',
  *find({ root }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      const site = node.kind === 'map' ? siteOf(node, path) : undefined;
      if (site) yield site;
    }
  },
};

function siteOf(map: ManifestMap, path: string): ImageSite | undefined {
  const registry = scalarOf(map, 'registry');
  const repository = scalarOf(map, 'repository') ?? scalarOf(map, 'name');
  const tag = scalarOf(map, 'tag');
  const digest = scalarOf(map, 'digest');
  if (!repository || (!tag && !digest)) return undefined;

  const prefix = registry && !isEmpty(registry) ? `${registry.text}/` : '';
  const reference = parseReference(prefix + repository.text);
  if (!reference || reference.tag !== undefined || reference.digest !== undefined) return undefined;

  const inTag = parseVersion(tag?.text ?? '');
  const inDigest = parseVersion(digest?.text ?? '');
  // A text that is no version, such as ${TAG}, belongs to another tool.
  if ((tag && !inTag && !isEmpty(tag)) || (digest && !inDigest && !isEmpty(digest))) return undefined;

  const fields: Field[] = [fieldOf('repository', repository)];
  if (registry && prefix !== '') fields.push(fieldOf('registry', registry));
  if (tag && inTag) fields.push(fieldOf('tag', tag));
  if (digest && (inDigest || inTag?.digest === undefined)) fields.push(fieldOf('digest', digest));
  return { where: path, name: reference.name, version: { ...inTag, ...inDigest }, fields };
}
