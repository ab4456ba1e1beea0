/** `image: {tag: 1.4.2}` in values whose `repository` is in another file or object, see `values/tag-owners.ts`. */
import { formatVersion } from '../../core/image-reference.ts';
import { groupBy } from '../../core/objects.ts';
import { walk, type ManifestDocument, type ManifestScalar } from '../yaml/tree.ts';
import {
  documentKey,
  type Convention,
  type FindContext,
  type ImageSite,
  type OwnedTag,
  type TagOwner,
} from './convention.ts';
import { versionFields } from './image-parts.ts';

export const splitValues: Convention = {
  name: 'split-values',
  *find(document: ManifestDocument, { tagOwners }: FindContext): Generator<ImageSite> {
    const tags = tagOwners.get(documentKey(document.path, document.id));
    if (!tags) return;
    const scalars = new Map<string, ManifestScalar>();
    for (const { node, path } of walk(document.root)) if (node.kind === 'scalar') scalars.set(path, node);
    for (const group of groupsOf(tags)) yield* sitesOf(group, scalars);
  },
};

/** A tag and a digest in one map are of one image. */
function groupsOf(tags: readonly OwnedTag[]): OwnedTag[][] {
  const keyOf = ({ parent, owners }: OwnedTag): string => JSON.stringify([parent, ...owners.map(({ image }) => image)]);
  return [...groupBy(tags, keyOf).values()];
}

/** One site; of several possible owners, one for each. */
function* sitesOf(tags: readonly OwnedTag[], scalars: ReadonlyMap<string, ManifestScalar>): Generator<ImageSite> {
  const [first] = tags;
  const parts = new Map(tags.map(({ part, where }) => [part, scalars.get(where)]));
  const read = versionFields({ tag: parts.get('tag'), digest: parts.get('digest'), sha: parts.get('sha') });
  if (!first || !read || formatVersion(read.version) === '') return;
  const { owners, parent, isGuess } = first;
  const isCertain = owners.length === 1 && !isGuess;
  const candidates = isCertain ? undefined : owners.map(({ name, source }) => `${name} (${source})`);
  for (const owner of owners) yield siteOf(owner, candidates, { where: parent, ...read });
}

function siteOf(
  { name, image, source }: TagOwner,
  candidates: readonly string[] | undefined,
  site: Pick<ImageSite, 'where' | 'version' | 'fields'>,
): ImageSite {
  if (candidates) return { ...site, name, of: image, candidates };
  return { ...site, note: `(its repository is in ${source})`, name, of: image };
}
