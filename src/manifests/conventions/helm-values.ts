/**
 * Helm values that keep an image's parts in keys of their own, in any order and with other keys between:
 * `{registry?, repository, tag, digest?}` and the other names that charts have for them.
 */
import { scalarOf, walk, type ManifestDocument, type ManifestMap, type ManifestScalar } from '../yaml/tree.ts';
import type { Convention, ImageSite } from './convention.ts';
import { siteOfParts } from './image-parts.ts';

/** Keys that belong together. `name` counts only where path, registry or digest show that it is an image. */
const NAMINGS: readonly { repository: string; tag: string; needsImage?: true }[] = [
  { repository: 'repository', tag: 'tag' },
  { repository: 'repository', tag: 'version' },
  { repository: 'image', tag: 'tag' },
  { repository: 'image', tag: 'version' },
  { repository: 'image', tag: 'imageTag' },
  { repository: 'imageName', tag: 'imageTag' },
  { repository: 'imageRepository', tag: 'imageTag' },
  { repository: 'repo', tag: 'tag', needsImage: true },
  { repository: 'name', tag: 'tag', needsImage: true },
  { repository: 'name', tag: 'version', needsImage: true },
];

export const helmValues: Convention = {
  name: 'helm-values',
  *find({ root }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      if (node.kind === 'map') yield* sitesIn(node, path);
    }
  },
};

function* sitesIn(map: ManifestMap, path: string): Generator<ImageSite> {
  const get = (key: string): ManifestScalar | undefined => scalarOf(map, key);
  const [registry, digest] = [get('registry'), get('digest')];
  const saysImage = registry !== undefined || digest !== undefined || /image/i.test(path);
  const named = NAMINGS.filter(({ repository, needsImage }) => get(repository) && (saysImage || !needsImage));
  const tagged = named.filter(({ tag }) => get(tag));
  for (const { repository, tag } of tagged.length > 0 ? tagged : named) {
    const site = siteOfParts(path, { registry, repository: get(repository), tag: get(tag), digest });
    if (site) {
      yield site;
      break;
    }
  }
  for (const prefix of prefixesOf(map)) {
    const parts = { repository: get(`${prefix}Image`), tag: get(`${prefix}Tag`) ?? get(`${prefix}ImageTag`) };
    const site = siteOfParts(path, parts);
    if (site) yield site;
  }
}

/** `web` for each key `webImage`. */
function prefixesOf({ entries }: ManifestMap): string[] {
  return entries.flatMap(({ key }) => /^(\w+)Image$/.exec(key)?.[1] ?? []);
}
