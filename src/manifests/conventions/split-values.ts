/** `image: {tag: 1.4.2}` in one values file, whose `repository` is at the same path in another. */
import { isDigest, parseVersion } from '../../core/image-reference.ts';
import { scalarOf, valueOf, walk, type ManifestDocument, type ManifestMap } from '../yaml/tree.ts';
import { fieldOf, type Convention, type FindContext, type ImageSite, type SplitValues } from './convention.ts';

export const splitValues: Convention = {
  name: 'split-values',
  *find(document: ManifestDocument, { splits }: FindContext): Generator<ImageSite> {
    if (splits.size === 0) return;
    for (const { node, path } of walk(document.root)) {
      if (node.kind !== 'map' || valueOf(node, 'repository')) continue;
      const candidates = (splits.get(path) ?? []).filter((split) => belongsTo(document, split));
      const images = new Map(candidates.map((split) => [split.image, split]));
      for (const split of images.values()) {
        const site = siteOf(node, split, images.size > 1 ? candidates : []);
        if (site) yield site;
      }
    }
  },
};

function siteOf(map: ManifestMap, split: SplitValues, candidates: readonly SplitValues[]): ImageSite | undefined {
  const [tag, digest] = [scalarOf(map, 'tag'), scalarOf(map, 'digest')];
  const inTag = parseVersion(tag?.text ?? '');
  const inDigest = digest && isDigest(digest.text) ? { digest: digest.text } : undefined;
  if ((!inTag && !inDigest) || (tag && !inTag && tag.text !== '')) return undefined;
  const fields = [
    ...(tag && inTag ? [fieldOf('tag', tag)] : []),
    ...(digest && (inDigest || inTag?.digest === undefined) ? [fieldOf('digest', digest)] : []),
  ];
  return {
    where: split.path,
    note: `(its repository is in ${split.source})`,
    name: split.name,
    version: { ...inTag, ...inDigest },
    of: split.image,
    fields,
    ...(candidates.length > 0 && { candidates: candidates.map(({ name, source }) => `${name} (${source})`) }),
  };
}

/** Whether a document may contain the tag that belongs to a repository: values of a chart are whole files, and others. */
function belongsTo({ path, root, name, label }: ManifestDocument, { home, source }: SplitValues): boolean {
  if ('release' in home) return name === `HelmRelease/${home.release}`;
  if (label !== '' || source.startsWith(`${path}:`)) return false;
  return isInChart(path, home.folder) && root?.kind === 'map' && valueOf(root, 'kind') === undefined;
}

/** True for a file of a chart that is neither a template nor of a chart inside it. */
export function isInChart(path: string, folder: string): boolean {
  const below = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
  return (
    below !== undefined && !/(?:^|\/)(?:templates|charts|crds)\//.test(below) && (folder !== '' || !below.includes('/'))
  );
}
