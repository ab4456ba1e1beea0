/**
 * The keys that the parts of an image have: `repository` and `tag`, `imageRepository` and `imageTag`, `webImage` and
 * `webTag`, `WEB_IMAGE` and `WEB_IMAGE_TAG`, `web.image.repository` and `web.image.tag`. A key is cut into words; the last
 * of them name the part, those in front, the prefix, are the same for all parts of one image.
 */
import type { ManifestScalar } from '../yaml/tree.ts';
import type { ImageParts } from './image-parts.ts';

/** The names that parts have behind their prefix. */
const NAMES = [
  'image registry',
  'image repository',
  'image name',
  'image tag',
  'image version',
  'image digest',
  'image sha',
  'registry',
  'repository',
  'image',
  'repo',
  'name',
  'tag',
  'version',
  'digest',
  'sha',
] as const;

type PartName = (typeof NAMES)[number];

export interface ImageKey {
  /** The words in front, joined by dots; empty for none. */
  readonly prefix: string;
  readonly name: PartName;
}

const REPOSITORIES: readonly PartName[] = ['repository', 'image repository', 'image', 'image name'];
/** Names that anything may have: they count only where something else says that it is an image. */
const WEAK: readonly PartName[] = ['repo', 'name'];
const TAGS: readonly PartName[] = ['tag', 'image tag', 'image version', 'version'];
const DIGESTS: readonly PartName[] = ['digest', 'image digest'];
const SHAS: readonly PartName[] = ['sha', 'image sha'];
const REGISTRIES: readonly PartName[] = ['registry', 'image registry'];

const LAST_WORD = /(?:registry|repository|image|repo|name|tag|version|digest|sha)$/i;

/** All that a key may be, the longest name first; none for a key of something else. */
export function readImageKey(key: string): ImageKey[] {
  if (!LAST_WORD.test(key)) return [];
  const words = key
    .replace(/([a-z\d])(?=[A-Z])/g, '$1 ')
    .split(/[^a-z\d]+/i)
    .map((word) => word.toLowerCase())
    .join(' ');
  return NAMES.filter((name) => words === name || words.endsWith(` ${name}`)).map((name) => ({
    prefix: words.slice(0, -name.length).trim().replaceAll(' ', '.'),
    name,
  }));
}

/** What a key is where its partners are in other files. */
export interface LonePart {
  readonly prefix: string;
  readonly part: 'registry' | 'repository' | 'tag' | 'digest' | 'sha';
}

const LONE_PARTS: readonly (readonly [LonePart['part'], readonly PartName[]])[] = [
  ['registry', REGISTRIES],
  ['repository', REPOSITORIES],
  ['tag', TAGS.filter((name) => name !== 'version')],
  ['digest', DIGESTS],
  ['sha', SHAS],
];

/** The part that a key names by itself; `undefined` for one that only its partners would show to be of an image. */
export function readLonePart(key: string): LonePart | undefined {
  const [read] = readImageKey(key);
  const [part] = LONE_PARTS.find(([, names]) => read && names.includes(read.name)) ?? [];
  return read && part && { prefix: read.prefix, part };
}

/**
 * The parts of each image among keys with their values: for each prefix the likely combinations, the best first; the caller
 * takes the first that is an image. `saysImage` is whether something around the keys says that they are of an image.
 */
export function* imageParts(
  entries: Iterable<readonly [string, ManifestScalar]>,
  saysImage: boolean,
): Generator<readonly ImageParts[]> {
  const groups = new Map<string, Map<PartName, ManifestScalar>>();
  for (const [key, scalar] of entries) {
    for (const { prefix, name } of readImageKey(key)) {
      const group = groups.get(prefix) ?? new Map<PartName, ManifestScalar>();
      groups.set(prefix, group);
      group.set(name, scalar);
    }
  }
  for (const [prefix, group] of groups) {
    // `webVersion` is as likely the version of what `webImage` has in it.
    if (prefix !== '') group.delete('version');
    if (group.size > 1) yield combinations(group, saysImage || /\bimage\b/.test(prefix));
  }
}

function combinations(group: ReadonlyMap<PartName, ManifestScalar>, saysImage: boolean): ImageParts[] {
  const all = (names: readonly PartName[]): ManifestScalar[] => names.flatMap((name) => group.get(name) ?? []);
  const [registry] = all(REGISTRIES);
  const [digest] = all(DIGESTS);
  const [sha] = digest ? [] : all(SHAS);
  const tags = all(TAGS);
  const isImage = saysImage || registry !== undefined || digest !== undefined;
  const repositories = [...all(REPOSITORIES), ...(isImage ? all(WEAK) : [])];
  const [folder, base] = [group.get('repository'), group.get('image')];
  const versions = tags.length > 0 ? tags : [undefined];
  return [
    ...(folder && base ? versions.map((tag) => ({ folder, base, tag, digest, sha })) : []),
    ...repositories.flatMap((repository) => versions.map((tag) => ({ registry, repository, tag, digest, sha }))),
    // Some charts call the whole name a registry.
    ...(repositories.length === 0 && registry
      ? versions.map((tag) => ({ repository: registry, tag, digest, sha }))
      : []),
  ];
}
