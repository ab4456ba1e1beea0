/**
 * The vocabulary of keys that parts of an image have, in values of charts, parameters, variables and custom resources.
 *
 * A key is cut into words: `image.tag`, `imageTag`, `image_tag`, `image-tag` and `IMAGE_TAG` are all `image tag`. The last
 * word says the part. A word `image` in front of it says that it is one of an image; what is left is the prefix. Keys of
 * one prefix belong together:
 *
 * | key | prefix | part | of an image |
 * | --- | --- | --- | --- |
 * | `repository`, `tag`, `digest` | | repository, tag, digest | |
 * | `image` | | name | yes |
 * | `image.repository`, `imageTag` | | repository, tag | yes |
 * | `webImage`, `web.image.tag`, `webImageTag` | `web` | name, tag, tag | yes |
 * | `WEB_TAG` | `web` | tag | |
 */
import { isDigest } from '../../core/image-reference.ts';
import { memoized } from '../../core/objects.ts';

/** A `name` is the whole name of an image, or what comes behind its `repository`. */
export type ImagePart = 'registry' | 'repository' | 'name' | 'tag' | 'digest';

/** What a key says. */
export interface ImageKey {
  /** The words in front, joined by dots. */
  readonly prefix: string;
  readonly part: ImagePart;
  /** Whether the key itself says that the part is one of an image. */
  readonly isOfImage: boolean;
  /** The word for the part. */
  readonly word: string;
}

/** The words for each part, the likeliest first. */
const WORDS: Readonly<Record<ImagePart, readonly string[]>> = {
  registry: ['registry', 'hub'],
  repository: ['repository', 'repo'],
  name: ['image', 'img', 'name'],
  tag: ['tag', 'version'],
  digest: ['digest', 'sha256', 'sha'],
};
/** Words that other things have too: they count only where something else shows an image. */
const WEAK: ReadonlySet<string> = new Set(['repo', 'name']);
const PARTS = new Map(
  Object.entries(WORDS).flatMap(([part, words]) => words.map((word) => [word, part as ImagePart] as const)),
);
const IMAGE: ReadonlySet<string> = new Set(['image', 'img']);
/** `webVersion` is as likely the version of what `webImage` has in it; what `git` has in front is no image. */
const OTHERS = /[^.]version$|(?:chart|git|github|gitlab|helm)[^a-z]*repo(?:sitory)?$/i;

const LAST_WORD = new RegExp(`(?:${[...PARTS.keys()].join('|')})$`, 'i');
const WORD = /[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g;

/**
 * The part of an image that a key, or a path of keys with dots, may be of; `undefined` for any other. Once for each key:
 * manifests have the same ones over and over.
 */
export const readImageKey = memoized((key: string): ImageKey | undefined => {
  if (!LAST_WORD.test(key)) return undefined;
  const words = Array.from(key.matchAll(WORD), ([word]) => word.toLowerCase());
  const word = words.pop() ?? '';
  const part = PARTS.get(word);
  if (part === undefined) return undefined;
  const isBehindImage = IMAGE.has(words.at(-1) ?? '');
  if (isBehindImage) words.pop();
  const isOfImage = isBehindImage || IMAGE.has(word);
  return !isOfImage && OTHERS.test(key) ? undefined : { prefix: words.join('.'), part, isOfImage, word };
});

/** What a key is where its partners are in other files. */
export interface LonePart {
  readonly prefix: string;
  readonly part: 'registry' | 'repository' | 'tag' | 'digest' | 'sha';
}

/** The part that a key names by itself; `undefined` for one that only its partners would show to be of an image. */
export function readLonePart(key: string): LonePart | undefined {
  const read = readImageKey(key);
  if (!read || (!read.isOfImage && (WEAK.has(read.word) || read.word === 'version'))) return undefined;
  const { prefix, part, word } = read;
  if (part === 'name') return { prefix, part: 'repository' };
  return { prefix, part: part === 'digest' && word !== 'digest' ? 'sha' : part };
}

/** `global.imageRegistry` among keys with dots: in the charts that have it, it wins over the registry of each image. */
export function globalRegistry<Value>(entries: Iterable<readonly [key: string, value: Value]>): Value | undefined {
  for (const [key, value] of entries) {
    const read = key.startsWith('global.') ? readImageKey(key) : undefined;
    if (read?.prefix === 'global' && read.part === 'registry' && read.isOfImage) return value;
  }
  return undefined;
}

/** The values for the parts of one image. */
export type ImageParts<Value> = Partial<Record<ImagePart, KeyedValue<Value>>>;

/** A value, and what its key says; `key` as written. */
export interface KeyedValue<Value> extends ImageKey {
  readonly key: string;
  readonly value: Value;
}

/**
 * The parts among the values of keys, those of each image together: `image.tag` belongs to `image.repository` where that
 * is there, else to `repository`. Only images with a tag or a digest, and a name. `path` is where the keys are.
 */
export function groupImageParts<Value extends { readonly text: string }>(
  entries: Iterable<readonly [key: string, value: Value]>,
  path = '',
): ImageParts<Value>[] {
  const groups = new Map<string, KeyedValue<Value>[]>();
  let hasVersion = false;
  for (const [key, value] of entries) {
    const read = readImageKey(key);
    // A commit has a key `sha` too.
    if (!read || (read.word.startsWith('sha') && !isDigestText(value.text))) continue;
    hasVersion ||= read.part === 'tag' || read.part === 'digest';
    const group = groups.get(read.prefix);
    if (group) group.push({ ...read, key, value });
    else groups.set(read.prefix, [{ ...read, key, value }]);
  }
  return hasVersion ? [...groups.values()].flatMap((group) => imagesIn(group, path)) : [];
}

/** A digest, also one without its algorithm. */
export const isDigestText = (text: string): boolean => isDigest(text) || isDigest(`sha256:${text}`);

function imagesIn<Value>(group: readonly KeyedValue<Value>[], path: string): ImageParts<Value>[] {
  const own = likeliest(group.filter(({ isOfImage }) => isOfImage));
  const plain = likeliest(group.filter(({ isOfImage }) => !isOfImage));
  return combine(own, plain)
    .map((parts) => (saysImage(parts, path) ? parts : withoutWeak(parts)))
    .filter(isImage);
}

/** One image, or one of each where both are whole. */
function combine<Value>(own: ImageParts<Value>, others: ImageParts<Value>): ImageParts<Value>[] {
  const plain = (own.repository ?? own.name) ? withoutWeak(others) : others;
  if (isImage(plain)) return isImage(own) ? [own, plain] : [{ ...own, ...plain }];
  return [{ ...plain, ...own }];
}

/** Of several keys for one part the word that is first. */
function likeliest<Value>(group: readonly KeyedValue<Value>[]): ImageParts<Value> {
  const rank = ({ part, word }: ImageKey): number => WORDS[part].indexOf(word);
  const sorted = group.toSorted((a, b) => rank(b) - rank(a));
  return Object.fromEntries(sorted.map((one) => [one.part, one]));
}

function isImage({ registry, repository, name, tag, digest }: ImageParts<unknown>): boolean {
  // A `hub` is never the whole name.
  const own = registry?.word === 'registry' ? registry : undefined;
  return (own ?? repository ?? name) !== undefined && (tag ?? digest) !== undefined;
}

function saysImage(parts: ImageParts<unknown>, path: string): boolean {
  const { registry, digest } = parts;
  const isShown = registry !== undefined || digest?.word === 'digest' || IMAGE_WORD.test(path);
  return isShown || Object.values(parts).some(({ key }) => IMAGE_WORD.test(key));
}

const IMAGE_WORD = /image|img/i;

function withoutWeak<Value>(parts: ImageParts<Value>): ImageParts<Value> {
  return Object.fromEntries(Object.entries(parts).filter(([, { word }]) => !WEAK.has(word)));
}
