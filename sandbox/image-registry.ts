/** A registry of images on loopback, without layers: what `GET /v2/<name>/manifests/<reference>` of the OCI distribution specification needs. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';

export interface BuiltImage {
  /** Without the registry: `acme/web`. */
  readonly name: string;
  readonly tag: string;
  /** `linux/amd64`. */
  readonly platforms: readonly string[];
  /** Page of its source, and the commit. */
  readonly source: string;
  readonly revision: string;
  readonly created: Date;
}

export interface ImageRegistry {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  /** Adds an image: an index of its platforms, which says where it is from. Its digest. */
  push(image: BuiltImage): string;
  close(): Promise<void>;
}

/** Starts it on a free port of 127.0.0.1. */
export async function startImageRegistry(): Promise<ImageRegistry> {
  const manifests = new Map<string, { readonly type: string; readonly body: string; readonly digest: string }>();
  const server = createServer(({ method, url = '' }, response) => {
    const found = manifests.get(url);
    if (method !== 'GET' || !found) {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}');
      return;
    }
    response.writeHead(200, { 'content-type': found.type, 'docker-content-digest': found.digest }).end(found.body);
  });
  const put = (name: string, type: string, content: object, ...tags: readonly string[]) => {
    const body = JSON.stringify({ schemaVersion: 2, mediaType: type, ...content });
    const digest = digestOf(body);
    for (const at of [digest, ...tags]) manifests.set(`/v2/${name}/manifests/${at}`, { type, body, digest });
    return { mediaType: type, digest, size: body.length };
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    push: ({ name, tag, platforms, source, revision, created }) => {
      const parts = platforms.map((platform) => {
        const [os, architecture] = platform.split('/');
        const config = { mediaType: CONFIG, digest: digestOf(platform), size: platform.length };
        return { ...put(name, MANIFEST, { config, layers: [] }), platform: { os, architecture } };
      });
      const facts = { source, revision, created: created.toISOString(), version: tag };
      const annotations = Object.fromEntries(
        Object.entries(facts).map(([key, value]) => [`org.opencontainers.image.${key}`, value]),
      );
      return put(name, INDEX, { manifests: parts, annotations }, tag).digest;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
