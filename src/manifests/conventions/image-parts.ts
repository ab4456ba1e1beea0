/** The site of an image whose parts are scalars of their own. */
import { isDigest, parseReference, splitName } from '../../core/image-reference.ts';
import type { ManifestScalar } from '../yaml/tree.ts';
import { fieldOf, isEmpty, versionOf, type ImageSite } from './convention.ts';
import type { ImageParts } from './image-keys.ts';

interface Text {
  readonly text: string;
}

/** A value that is a part of the name of an image. */
export interface NamePart<Value> {
  readonly role: 'registry' | 'repository' | 'folder' | 'base';
  readonly value: Value;
}

/** The name that parts of an image make together, and the values that it is made of, in this order. */
export interface PartsName<Value> {
  readonly name: string;
  readonly parts: readonly NamePart<Value>[];
  /** The end of the name as it is written where the tag has the digits of a digest: `ghcr.io/acme/web@sha256`. */
  readonly algorithm?: string;
}

const ALGORITHM = '@sha256';

/**
 * The name of an image from its parts; `undefined` where they are no name, or have a version. `over` is a registry that
 * wins over that of the parts.
 */
export function nameOfParts<Value extends Text>(parts: ImageParts<Value>, over?: Value): PartsName<Value> | undefined {
  const named = withRegistry(repositoryOfParts(parts), parts.registry?.value, over);
  const written = named.map(({ value }) => value.text).join('/');
  const isApart = written.endsWith(ALGORITHM);
  const reference = parseReference(isApart ? written.slice(0, -ALGORITHM.length) : written);
  if (!reference || reference.tag !== undefined || reference.digest !== undefined) return undefined;
  return { name: reference.name, parts: named, ...(isApart && { algorithm: ALGORITHM }) };
}

/** `repository` and `image` are one name together, unless one of them is the whole name. */
function repositoryOfParts<Value extends Text>({ registry, repository, name }: ImageParts<Value>): NamePart<Value>[] {
  const [first, last] = [repository, name].map((part) => (part && !isEmpty(part.value) ? part.value : undefined));
  const one = (value: Value): NamePart<Value>[] => [{ role: 'repository', value }];
  if (!first || !last) {
    const only = first ?? last;
    return only ? one(only) : [];
  }
  // `name` may be any name; beside a registry and an owner it is that of the image.
  if (name && !name.isOfImage && name.word === 'name') {
    return registry && !first.text.includes('/') ? joined(first, last) : one(first);
  }
  if (hasRegistry(last.text) || !parseReference(first.text)) return one(last);
  return `/${first.text}`.endsWith(`/${last.text}`) ? one(first) : joined(first, last);
}

function joined<Value>(first: Value, last: Value): NamePart<Value>[] {
  return [
    { role: 'folder', value: first },
    { role: 'base', value: last },
  ];
}

function withRegistry<Value extends Text>(
  rest: readonly NamePart<Value>[],
  own: Value | undefined,
  over: Value | undefined,
): readonly NamePart<Value>[] {
  const wins = over && !isEmpty(over) && (own || !hasRegistry(rest[0]?.value.text ?? '')) ? over : own;
  if (!wins || isEmpty(wins)) return rest;
  if (rest.length > 0) return [{ role: 'registry', value: wins }, ...rest];
  // Some charts call the whole name a registry.
  return own?.text.includes('/') ? [{ role: 'repository', value: own }] : [];
}

const hasRegistry = (name: string): boolean => splitName(name).path !== name;

/** The site at `where`; `undefined` when the parts are not an image, or a part belongs to another tool, as `${TAG}` does. */
export function siteOfParts(
  where: string,
  parts: ImageParts<ManifestScalar>,
  over?: ManifestScalar,
): ImageSite | undefined {
  const named = nameOfParts(parts, over);
  const { tag, digest } = parts;
  const isSha = digest !== undefined && digest.word !== 'digest';
  const given = { tag: tag?.value, [isSha ? 'sha' : 'digest']: digest?.value };
  const versioned = named && versionFields(given, named.algorithm);
  if (!named || !versioned) return undefined;
  const names = named.parts.map(({ role, value }) => fieldOf(role, value));
  return { where, name: named.name, version: versioned.version, fields: [...names, ...versioned.fields] };
}

/** Scalars with a version. A `sha` is a digest that may lack its algorithm. */
interface VersionParts {
  readonly tag?: ManifestScalar | undefined;
  readonly digest?: ManifestScalar | undefined;
  readonly sha?: ManifestScalar | undefined;
}

/**
 * The fields of a tag and a digest, and their version; `undefined` where a text is none. With `algorithm` the tag has the
 * digits of a digest.
 */
export function versionFields(
  { tag, sha, digest = sha }: VersionParts,
  algorithm?: string,
): Pick<ImageSite, 'version' | 'fields'> | undefined {
  if (algorithm !== undefined) return tag && digitsOf(tag);
  const inTag = tag && versionOf(tag);
  const inDigest = digest && ((sha && digitsOf(sha)) ?? digestOf(digest));
  if ((tag && !inTag && !isEmpty(tag)) || (digest && !inDigest && !isEmpty(digest))) return undefined;
  const isRoom = digest && inTag?.digest === undefined;
  return {
    version: { ...inTag, ...inDigest?.version },
    fields: [
      ...(tag ? [fieldOf('tag', tag)] : []),
      ...(inDigest?.fields ?? (isRoom ? [fieldOf('digest', digest)] : [])),
    ],
  };
}

function digestOf(scalar: ManifestScalar): Pick<ImageSite, 'version' | 'fields'> | undefined {
  return isDigest(scalar.text) ? { version: { digest: scalar.text }, fields: [fieldOf('digest', scalar)] } : undefined;
}

/** A digest without its algorithm. No quotes are added: of 64 such digits one in 10¹² may be read as a number. */
function digitsOf(scalar: ManifestScalar): Pick<ImageSite, 'version' | 'fields'> | undefined {
  const digest = `sha256:${scalar.text}`;
  if (!isDigest(digest)) return undefined;
  const field = fieldOf('hex', scalar);
  return { version: { digest }, fields: [field.style === 'plain' ? { ...field, style: 'verbatim' } : field] };
}
