/** Any scalar that is exactly an image reference with a tag or a digest: `image: ghcr.io/acme/web:1.4.2`. */
import { parseReference, type ImageReference } from '../../core/image-reference.ts';
import { kindOfTag } from '../../core/tag-kind.ts';
import {
  mapOf,
  scalarOf,
  walk,
  type ManifestDocument,
  type ManifestList,
  type ManifestMap,
  type ManifestNode,
} from '../yaml/tree.ts';
import { fieldOf, isEmpty, type Convention, type ImageSite } from './convention.ts';

export const wholeReference: Convention = {
  name: 'whole-reference',
  *find({ root }: ManifestDocument): Generator<ImageSite> {
    const bare = new Set<ManifestNode>();
    const streamed = new Set<ManifestNode>();
    const tabled = new Set<ManifestNode>();
    for (const { node, path } of walk(root)) {
      if (node.kind === 'map') {
        for (const name of bareNames(node)) bare.add(name);
        const source = sourceOfVersion(node);
        if (source) streamed.add(source);
      }
      if (node.kind === 'list') for (const image of imagesOfVersions(node)) tabled.add(image);
      if (node.kind !== 'scalar') continue;
      const reference = parseReference(node.text);
      if (!reference) continue;
      const { name, ...version } = reference;
      const isOfImage = /image/i.test(path);
      // A word alone may be anything.
      if (!isOfImage && isWord(reference)) continue;
      const isPort = !isOfImage && isHostAndPort(reference);
      yield {
        where: path,
        name,
        version,
        fields: [fieldOf('reference', node)],
        ...(isPort && { doubt: 'may be a port' }),
        ...(streamed.has(node) && { doubt: 'is a version of an ImageStream, which others may use by its name' }),
        ...(tabled.has(node) && { doubt: 'is in a list of versions, each with its image' }),
        ...(bare.has(node) && { takesVersion: true }),
      };
    }
  },
};

/** The values that are images without a version, by their keys: `image`, `webImage`. */
function bareNames(map: ManifestMap): ManifestNode[] {
  const hasVersion = map.entries.some(
    ({ key, value }) => VERSION.test(key) && value.kind === 'scalar' && !isEmpty(value),
  );
  return hasVersion ? [] : map.entries.flatMap(({ key, value }) => (/image$/i.test(key) ? value : []));
}

/** The image of a tag of an ImageStream that is called as its version: with another image its name would be wrong. */
function sourceOfVersion(map: ManifestMap): ManifestNode | undefined {
  const from = mapOf(map, 'from');
  const source = from && scalarOf(from, 'name');
  if (!source || scalarOf(from, 'kind')?.text !== 'DockerImage') return undefined;
  const { tag } = parseReference(source.text) ?? {};
  const isCalledSo = tag !== undefined && scalarOf(map, 'name')?.text === tag;
  return isCalledSo && kindOfTag(tag) !== 'moving' ? source : undefined;
}

/** The images of one repository in a list whose items each have the tag as their `version` too: another tag would contradict it. */
function imagesOfVersions({ items }: ManifestList): ManifestNode[] {
  const images = items.flatMap((item) => {
    const version = item.kind === 'map' ? scalarOf(item, 'version')?.text : undefined;
    if (item.kind !== 'map' || version === undefined) return [];
    return item.entries.flatMap(({ value }) => {
      const reference = value.kind === 'scalar' ? parseReference(value.text) : undefined;
      return reference?.tag === version ? [{ value, version, name: reference.name }] : [];
    });
  });
  const isOneOfSeveral = ({ name, version }: (typeof images)[number]): boolean =>
    images.some((other) => other.name === name && other.version !== version);
  return images.filter(isOneOfSeveral).map(({ value }) => value);
}

/** Keys of the version of an image beside them. */
const VERSION = /(?:tag|digest|sha)$|^version$|imageVersion$/i;

function isWord({ name, tag, digest }: ImageReference): boolean {
  return !name.includes('/') && tag === undefined && digest === undefined;
}

/** True for what may be an address as well, `redis:6379`. */
function isHostAndPort({ name, tag = '', digest }: ImageReference): boolean {
  return !name.includes('/') && digest === undefined && /^\d{1,5}$/.test(tag);
}
