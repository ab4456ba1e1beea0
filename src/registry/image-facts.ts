/** What a registry says of an image. */
import { utcTime } from '../core/time.ts';
import { CONFIG_TYPES, type Descriptor, type Manifest } from './manifest.ts';
import { RegistryFailure } from './registry-failure.ts';
import type { Repository } from './repository.ts';

/** Facts about an image. A label of the image is empty where the image has none, or not in that form. */
export interface ImageFacts {
  /** The digest that was asked for, else the one of the tag. */
  readonly digest: string;
  readonly mediaType: string;
  /** `linux/amd64`, `linux/arm64/v8`; without attestations, and empty for what is no image to run. */
  readonly platforms: readonly string[];
  /** When it was made, in ISO 8601 and UTC. */
  readonly created: string;
  /** The page of its source, an http(s) URL. */
  readonly source: string;
  /** The commit of its source, or another word for it. */
  readonly revision: string;
  readonly version: string;
}

/** Pre-defined keys of annotations and labels; OCI image specification, `annotations.md`. */
const KEY = 'org.opencontainers.image.';
/** Builders write a time before for `none`: 1970, 1980 or the year 1. */
const FIRST_TIME = '1981';

type Texts = Readonly<Record<string, string>> | null | undefined;

/**
 * Facts about the image of a manifest. Annotations of an index come first, then those of the manifest of its first platform,
 * then the labels of that image. The time is that of an annotation, else the later one of config and label, as a label may
 * be the base image's. Throws RegistryFailure.
 */
export async function readFacts(repository: Repository, digest: string, manifest: Manifest): Promise<ImageFacts> {
  const { content, mediaType } = manifest;
  const platforms = (content.manifests ?? []).filter(isToRun);
  const [first] = platforms;
  const isEnough =
    first && ['created', 'source', 'revision', 'version'].every((key) => content.annotations?.[KEY + key]);
  const image = first && !isEnough ? await repository.manifest(first.digest) : manifest;
  if (!image) throw new RegistryFailure(`the registry lacks the manifest ${first?.digest} of this index`);
  const { config: descriptor } = image.content;
  const isImage = descriptor && CONFIG_TYPES.includes(descriptor.mediaType ?? '');
  const config = isImage ? await repository.config(descriptor.digest) : {};
  const labels = config.config?.Labels;
  const annotations = [content.annotations, image.content.annotations];
  const say = (key: string, texts: readonly Texts[] = [...annotations, labels]): string =>
    texts.find((some) => some?.[KEY + key])?.[KEY + key] ?? '';
  const later = [time(config.created ?? ''), time(say('created', [labels]))].toSorted().at(-1) ?? '';
  return {
    digest,
    mediaType,
    platforms: [...new Set(first ? platforms.map(({ platform }) => named(platform)) : [named(config)])].filter(Boolean),
    created: time(say('created', annotations)) || later,
    source: address(say('source')),
    revision: word(say('revision')),
    version: word(say('version')),
  };
}

/** An attestation of buildx has the platform unknown/unknown (https://docs.docker.com/build/metadata/attestations/attestation-storage/). */
const isToRun = ({ platform }: Descriptor): boolean => platform?.os !== 'unknown';

type Platform = Readonly<Partial<Record<'os' | 'architecture' | 'variant', string | undefined>>>;

function named(platform: Platform | null | undefined): string {
  const { os = '', architecture = '', variant = '' } = platform ?? {};
  const parts = [os, architecture, ...(variant === '' ? [] : [variant])];
  return parts.every((part) => /^[\w.-]{1,50}$/.test(part)) ? parts.join('/') : '';
}

function time(text: string): string {
  const utc = utcTime(text);
  return utc < FIRST_TIME ? '' : utc;
}

/** A URL with a user in it may have a secret. */
function address(text: string): string {
  if (text.length > 500 || !URL.canParse(text)) return '';
  const { protocol, username, password, href } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' ? href : '';
}

const word = (text: string): string => (/^\w[\w.+-]{0,127}$/.test(text) ? text : '');
