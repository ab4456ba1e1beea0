/** Manifests and configs of images: what of them is read, and that they have the digest under which they were asked for. */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { jsonOf } from '../core/answer-body.ts';
import { oneLine } from '../core/escape.ts';
import { isDigest } from '../core/image-reference.ts';
import { isPage, RegistryFailure } from './registry-failure.ts';

const text = z.optional(z.string());
const TEXTS = z.nullish(z.record(z.string(), z.string()));
const DESCRIPTOR = z.object({
  mediaType: text,
  /** Of a referrer: what it is. */
  artifactType: text,
  digest: z.string().check(z.refine(isDigest)),
  annotations: TEXTS,
  platform: z.nullish(z.object({ os: z.string(), architecture: z.string(), variant: text })),
});
export type Descriptor = z.output<typeof DESCRIPTOR>;

/** An index or the manifest of one image; OCI image specification, `image-index.md` and `manifest.md`. */
const CONTENT = z.object({
  mediaType: text,
  manifests: z.optional(z.array(DESCRIPTOR)),
  config: z.optional(DESCRIPTOR),
  layers: z.optional(z.array(DESCRIPTOR)),
  annotations: TEXTS,
});

/** The config of an image; OCI image specification, `config.md`. */
const CONFIG = z.object({
  created: z.nullish(z.string()),
  os: text,
  architecture: text,
  variant: text,
  config: z.nullish(z.object({ Labels: TEXTS })),
});
export type ImageConfig = z.output<typeof CONFIG>;

export interface Manifest {
  /** Empty where neither the manifest nor the answer names one. */
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly content: z.output<typeof CONTENT>;
}

/** The media types of manifests that are read. */
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** The media types of configs that are those of images, not of a chart or an attestation. */
export const CONFIG_TYPES = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];

/** Without parameters (RFC 6838, 4.2). */
const MEDIA_TYPE = /^[\w.+-]{1,127}\/[\w.+-]{1,127}/;

/** Reads a manifest. Throws RegistryFailure for what is none, or could be taken for an index and for an image. */
export function readManifest(host: string, bytes: Buffer, contentType: string): Manifest {
  const { data: content } = CONTENT.safeParse(jsonOf(bytes));
  const isImage = content?.config !== undefined || content?.layers !== undefined;
  if (!content || isImage === (content.manifests !== undefined)) {
    const what = isPage(bytes) ? 'a web page' : `${oneLine(contentType) || 'a body'} that is no manifest`;
    throw new RegistryFailure(`${host} answered with ${what}`);
  }
  const [mediaType = ''] = MEDIA_TYPE.exec(content.mediaType ?? contentType) ?? [];
  return { mediaType, bytes, content };
}

/** Reads the config of an image. Throws RegistryFailure. */
export function readConfig(host: string, bytes: Buffer): ImageConfig {
  const { data } = CONFIG.safeParse(jsonOf(bytes));
  if (!data) throw new RegistryFailure(`${host} has a config for this image that is none`);
  return data;
}

const ALGORITHMS: readonly string[] = ['sha256', 'sha384', 'sha512'];

/** The digest of some bytes, `sha256:` and its hex digits unless another algorithm is given. */
export function digestOf(bytes: Buffer, algorithm = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

/** Whether some bytes have a digest. Throws RegistryFailure for an algorithm that is not registered with OCI. */
export function hasDigest(bytes: Buffer, digest: string): boolean {
  const [algorithm = ''] = digest.split(':');
  if (!ALGORITHMS.includes(algorithm)) throw new RegistryFailure(`the digest ${oneLine(digest)} cannot be checked`);
  return digestOf(bytes, algorithm) === digest;
}
