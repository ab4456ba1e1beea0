/** `image: {tag: 1.4.2}` in one values file, whose `repository` stands at the same path in another. */
import { isDigest, parseVersion } from '../../core/image-reference.ts';
import { scalarOf, valueOf, walk, type ManifestDocument, type ManifestMap } from '../yaml/tree.ts';
import { belongsTo, type SplitValues } from '../helm-split-values.ts';
import { fieldOf, type Convention, type FindContext, type ImageSite } from './convention.ts';

export const splitValues: Convention = {
  name: 'split-values',
  *find(document: ManifestDocument, { splits }: FindContext): Generator<ImageSite> {
    const known = splits.filter((split) => belongsTo(document, split));
    if (known.length === 0) return;
    for (const { node, path } of walk(document.root)) {
      if (node.kind !== 'map' || valueOf(node, 'repository')) continue;
      const candidates = known.filter((split) => split.path === path);
      const images = new Map(candidates.map((split) => [split.image, split]));
      for (const split of images.values()) {
        const site = siteOf(node, split, images.size > 1 ? candidates : []);
        if (site) yield site;
      }
    }
  },
};

function siteOf(map: ManifestMap, split: SplitValues, rivals: readonly SplitValues[]): ImageSite | undefined {
  const [tag, digest] = [scalarOf(map, 'tag'), scalarOf(map, 'digest')];
  const inTag = parseVersion(tag?.text ?? '');
  const inDigest = digest && isDigest(digest.text) ? { digest: digest.text } : undefined;
  if ((!inTag && !inDigest) || (tag && !inTag && tag.text !== '')) return undefined;
  const fields = [
    ...(tag && inTag ? [fieldOf('tag', tag)] : []),
    ...(digest && (inDigest || inTag?.digest === undefined) ? [fieldOf('digest', digest)] : []),
  ];
  return {
    where: `${split.path} (its repository is in ${split.source})`,
    name: split.name,
    version: { ...inTag, ...inDigest },
    of: split.image,
    fields,
    ...(rivals.length > 0 && { rivals: rivals.map(({ name, source }) => `${name} (${source})`) }),
  };
}
