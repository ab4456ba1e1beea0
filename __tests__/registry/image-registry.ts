/** A small registry on loopback, whose answers a test decides: images in memory, by the OCI distribution specification. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { digestOf, LOGIN, OCI } from './docker-registry.ts';

export interface ImageRegistry {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  /** `GET /v2/…`, in their order. */
  readonly requests: string[];
  /** Puts an image of these platforms; an index where there are several. Its digest. */
  readonly push: (name: string, tag: string, platforms?: readonly string[], labels?: Labels) => string;
  /** Puts a Sigstore bundle that refers to a digest. */
  readonly attach: (name: string, digest: string, bundle: unknown) => void;
  /** From now on answers in this way: as a registry does, with a login alone, never, or with this status. */
  answer: 'all' | 'login' | 'never' | number;
  readonly close: () => Promise<void>;
}

type Labels = Readonly<Record<string, string>>;
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

export async function startImageRegistry(): Promise<ImageRegistry> {
  const known = new Map<string, { readonly body: string; readonly type: string }>();
  const referrers = new Map<string, object[]>();
  const requests: string[] = [];
  /** Two hours before, and the same for all, so that an image that is pushed twice has one digest. */
  const created = new Date(Date.now() - 7_500_000).toISOString();
  const put = (kind: 'manifests' | 'blobs', name: string, content: unknown, type: string, tag?: string) => {
    const body = JSON.stringify(content);
    const digest = digestOf(body);
    for (const at of [digest, tag ?? digest]) known.set(`/v2/${name}/${kind}/${at}`, { body, type });
    return { mediaType: type, digest, size: body.length };
  };
  const putImage = (name: string, platform: string, labels: Labels, tag?: string) => {
    const [os, architecture] = platform.split('/');
    const config = put('blobs', name, { os, architecture, created, config: { Labels: labels } }, OCI.config);
    const manifest = { schemaVersion: 2, mediaType: OCI.manifest, config, layers: [] };
    return { ...put('manifests', name, manifest, OCI.manifest, tag), platform: { os, architecture } };
  };
  const respond = (response: ServerResponse, status: number, body: string, headers: Labels = {}): void => {
    response.writeHead(status, headers).end(body);
  };
  const server = createServer(({ method, url = '', headers }, response) => {
    requests.push(`${method} ${url}`);
    if (registry.answer === 'never') return;
    if (typeof registry.answer === 'number')
      return respond(response, registry.answer, 'not now', { 'retry-after': '60' });
    if (registry.answer === 'login' && headers.authorization !== LOGIN) {
      return respond(response, 401, '', { 'www-authenticate': 'Basic realm="test"' });
    }
    const [, refersTo] = /\/referrers\/(.*)$/.exec(url) ?? [];
    if (refersTo !== undefined) {
      const manifests = referrers.get(refersTo) ?? [];
      return respond(response, 200, JSON.stringify({ schemaVersion: 2, mediaType: OCI.index, manifests }));
    }
    const found = known.get(url);
    if (!found) return respond(response, 404, '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    return respond(response, 200, found.body, { 'content-type': found.type });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const registry: ImageRegistry = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: 'all',
    push: (name, tag, platforms = ['linux/amd64'], labels = {}) => {
      const [only = '', ...more] = platforms;
      if (more.length === 0) return putImage(name, only, labels, tag).digest;
      const manifests = platforms.map((platform) => putImage(name, platform, labels));
      return put('manifests', name, { schemaVersion: 2, mediaType: OCI.index, manifests }, OCI.index, tag).digest;
    },
    attach: (name, digest, bundle) => {
      const layer = put('blobs', name, bundle, BUNDLE);
      const empty = { ...put('blobs', name, {}, 'application/vnd.oci.empty.v1+json') };
      const manifest = {
        schemaVersion: 2,
        mediaType: OCI.manifest,
        artifactType: BUNDLE,
        config: empty,
        layers: [layer],
      };
      const described = { ...put('manifests', name, manifest, OCI.manifest), artifactType: BUNDLE };
      referrers.set(digest, [...(referrers.get(digest) ?? []), described]);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return registry;
}
