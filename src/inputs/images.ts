/** The input `images`: the output of a build step in any of its forms, as one version per image. */
import { failure } from '../core/errors.ts';
import {
  formatReference,
  formatVersion,
  parseReference,
  referenceProblem,
  repositoryOf,
  splitName,
} from '../core/image-reference.ts';
import { areParts, kindOfTag, TAG_KINDS, type TagKind } from '../core/tag-kind.ts';
import { areDifferentVersions } from '../core/version.ts';
import type { ReleasedImage } from '../core/objects.ts';
import { missingInput } from './lookup.ts';

/** The images to release. */
export interface ReleasedImages {
  readonly released: readonly ReleasedImage[];
  /** Images of the app that an environment has no place of: lines with other versions of them are reported. */
  readonly unused?: readonly ReleasedImage[];
  /** Which of several tags was chosen, for the log. */
  readonly notes: readonly string[];
}

export interface ReadingOptions {
  /** The branch that was built; empty where there is none. */
  readonly branch?: string;
  /** Whether a tag that moves is taken where there is no other, because it is deployed already. */
  readonly mayMove?: boolean;
  /** The input that has the versions; `images` unless given. */
  readonly input?: 'images' | 'version';
}

/**
 * Reads the input. Accepted: lines of `name:tag`, `name:tag@digest`, `name@digest`, each with `old=` before it (commas
 * part as lines do); docker/metadata-action's `tags` and `json`; the `metadata` of docker/bake-action and
 * docker/build-push-action. `notes` name the chosen tag where one image has several.
 * Throws INPUT_MISSING, IMAGE_INVALID, IMAGES_UNREADABLE, IMAGE_TWO_VERSIONS, IMAGE_TAG_MOVES.
 */
export function readReleasedImages(input: string, options: ReadingOptions = {}): ReleasedImages {
  const entries = input.trim().startsWith('{') ? fromJson(input.trim(), input) : input.split(/[\s,]+/);
  const given = entries.filter((entry) => entry !== '').map(readEntry);
  if (given.length === 0) throw missingInput('images');

  const notes: string[] = [];
  const repositories = new Set(given.map(({ reference }) => repositoryOf(reference.name)));
  const images = [...repositories].map((repository) => {
    const candidates = given.filter(({ reference }) => repositoryOf(reference.name) === repository);
    const chosen = choose(candidates, options);
    const others = candidates.filter(({ reference }) => reference.tag !== chosen.reference.tag);
    if (others.length > 0) {
      const left = others.map(({ reference }) => formatVersion(reference)).join(', ');
      notes.push(
        `of the tags of ${chosen.reference.name}, ${chosen.reference.tag ?? ''} is released; left aside: ${left}`,
      );
    }
    return chosen;
  });
  refuseRivals(images);
  return { released: images, notes };
}

/**
 * Whether two images are one build in two registries, by what was given: neither moves, and the last component of the
 * name and the version are the same. The organisation often differs (`acmeinc/web` on Docker Hub, `ghcr.io/acme/web`).
 */
export function isCopy(one: ReleasedImage, other: ReleasedImage): boolean {
  const [a, b] = [one, other].map(({ reference }) => ({ ...reference, ...splitName(repositoryOf(reference.name)) }));
  const stays = [one, other].every(({ reference, replaces }) => reference.name === replaces);
  if (!a || !b || !stays || a.registry === b.registry) return false;
  return lastComponent(a.path) === lastComponent(b.path) && a.tag === b.tag && a.digest === b.digest;
}

const lastComponent = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** An image as the input has it. */
export const formatReleasedImage = ({ reference, replaces }: ReleasedImage): string =>
  (replaces === reference.name ? '' : `${replaces}=`) + formatReference(reference);

/** One repository cannot become two: neither `a=b:1` with `a=c:1`, nor `a=b:1` with `b=c:1` or `a:1`. */
function refuseRivals(images: readonly ReleasedImage[]): void {
  for (const image of images) {
    const claimed = repositoryOf(image.replaces);
    const rival = images.find(
      (other) => other !== image && [other.replaces, other.reference.name].map(repositoryOf).includes(claimed),
    );
    if (rival) {
      const versions = [image, rival].map(({ reference }) => formatReference(reference));
      throw failure('IMAGE_TWO_VERSIONS', { image: image.replaces, versions });
    }
  }
}

function readEntry(entry: string): ReleasedImage {
  const equals = entry.indexOf('=');
  const text = entry.slice(equals + 1);
  const reference = parseReference(text);
  if (!reference) throw failure('IMAGE_INVALID', { value: entry, reason: referenceProblem(text) });
  if (reference.tag === undefined && reference.digest === undefined) {
    throw failure('IMAGE_INVALID', { value: entry, reason: 'has neither a tag nor a digest' });
  }
  const replaces = equals < 0 ? reference.name : entry.slice(0, equals);
  const replaced = parseReference(replaces);
  if (!replaced) throw failure('IMAGE_INVALID', { value: entry, reason: referenceProblem(replaces) });
  if (replaced.tag !== undefined || replaced.digest !== undefined) {
    throw failure('IMAGE_INVALID', { value: entry, reason: 'has a version before the "="' });
  }
  return { reference, replaces };
}

/** Of several tags of one image the first of those that say most. */
function choose(images: readonly ReleasedImage[], options: ReadingOptions): ReleasedImage {
  const { branch = '', mayMove = false, input = 'images' } = options;
  const candidates = images.map((image) => ({ image, kind: kindOf(image, images, branch) }));
  const [chosen, ...others] = candidates.toSorted((a, b) => TAG_KINDS.indexOf(a.kind) - TAG_KINDS.indexOf(b.kind));
  if (!chosen) throw missingInput('images');
  const { reference } = chosen.image;
  if (chosen.kind === 'moving' && !mayMove) {
    const tags = new Set(images.map((image) => image.reference.tag ?? ''));
    throw failure('IMAGE_TAG_MOVES', { input, image: reference.name, tags: [...tags] });
  }
  const rival = others.find(({ image, kind }) => kind !== 'moving' && contradicts(chosen.image, image));
  if (rival) {
    const versions = [chosen, rival].map(({ image }) => formatVersion(image.reference));
    throw failure('IMAGE_TWO_VERSIONS', { image: reference.name, versions });
  }
  return chosen.image;
}

/** A digest fixes a tag that is no version by itself; of `1` and `1.4` both are parts of versions. */
function kindOf({ reference }: ReleasedImage, all: readonly ReleasedImage[], branch: string): TagKind {
  const { tag, digest } = reference;
  if (tag === undefined) return 'version';
  const kind = kindOfTag(tag, branch);
  const isPart = kind === 'part' && all.some((other) => areParts(tag, other.reference.tag ?? ''));
  if (kind !== 'moving' && !isPart) return kind;
  return digest === undefined ? 'moving' : 'part';
}

function contradicts(one: ReleasedImage, other: ReleasedImage): boolean {
  const [a, b] = [one.reference, other.reference];
  return (
    repositoryOf(one.replaces) !== repositoryOf(other.replaces) ||
    (a.digest !== undefined && b.digest !== undefined && a.digest !== b.digest) ||
    areDifferentVersions(a.tag ?? '', b.tag ?? '')
  );
}

/** The references in a build's output. Errors show `shown` in its place. Throws IMAGES_UNREADABLE. */
export function fromJson(text: string, shown: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = text === shown ? `is not JSON: ${(error as Error).message}` : 'is not JSON';
    throw failure('IMAGES_UNREADABLE', { value: shown, reason });
  }
  const tagged = isRecord(value) ? fromMetadataAction(value) : [];
  const references = tagged ?? (isRecord(value) ? fromBuildMetadata(value) : []);
  if (references.length === 0) {
    const reason = tagged ? 'has no "tags"' : 'has neither "tags" nor a target with "image.name"';
    throw failure('IMAGES_UNREADABLE', { value: shown, reason });
  }
  return references;
}

/** docker/metadata-action, output `json`: `{"tags": ["name:tag", …], …}`; with a `digest` beside them, that of the build. */
function fromMetadataAction({ tags, digest }: Record<string, unknown>): string[] | undefined {
  const suffix = typeof digest === 'string' ? `@${digest}` : '';
  return Array.isArray(tags) ? tags.map((tag) => `${String(tag)}${suffix}`) : undefined;
}

/**
 * docker/bake-action, output `metadata`: `{target: {"image.name": "name:tag,name:tag", "containerimage.digest": …}}`;
 * docker/build-push-action's is that of one target.
 */
function fromBuildMetadata(metadata: Record<string, unknown>): string[] {
  return [metadata, ...Object.values(metadata)].filter(isRecord).flatMap((target) => {
    const { 'image.name': names, 'containerimage.digest': digest } = target;
    if (typeof names !== 'string') return [];
    const suffix = typeof digest === 'string' ? `@${digest}` : '';
    return names.split(',').map((name) => name.trim() + suffix);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
