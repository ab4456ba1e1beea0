/** Registries that answer what no registry should: what they get, and what is said of it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { parseReference } from '../../src/core/image-reference.ts';
import { forgetSecrets, safeText } from '../../src/core/secrets.ts';
import type { Limits } from '../../src/registry/exchange.ts';
import { inspectImages, type Inspection } from '../../src/registry/inspect-images.ts';
import { openingRepositories } from '../../src/registry/open-repository.ts';
import { digestOf, OCI } from './docker-registry.ts';

const SECRET = 'registry-password';
const CONFIG = JSON.stringify({ os: 'linux', architecture: 'amd64' });
const manifestOf = (config = CONFIG): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI.manifest,
    config: { mediaType: OCI.config, digest: digestOf(config), size: config.length },
    layers: [],
  });
const MANIFEST = manifestOf();
const FOUND = { kind: 'found', facts: { digest: digestOf(MANIFEST), platforms: ['linux/amd64'] } };

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Hang up, say nothing, or send without end. */
  readonly fault?: 'drop' | 'silent' | 'endless';
}

interface Stub {
  readonly host: string;
  readonly asked: readonly { readonly request: string; readonly authorization: string; readonly body: string }[];
}

const closing: (() => void)[] = [];
afterEach(() => {
  forgetSecrets();
  for (const close of closing.splice(0)) close();
});

/** A server on a port of its own; where `reply` gives nothing it is a registry with one image. */
async function serve(reply: (path: string, count: number, authorization: string) => Reply | undefined): Promise<Stub> {
  const asked: { request: string; authorization: string; body: string }[] = [];
  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = message;
    const authorization = headers.authorization ?? '';
    asked.push({ request: `${method} ${url}`, authorization, body: await text(message) });
    const { pathname } = new URL(url, 'http://x');
    const count = asked.filter(({ request }) => request === `${method} ${url}`).length;
    const image: Reply = { body: pathname.includes('/blobs/') ? CONFIG : MANIFEST };
    const { status = 200, headers: given, body = '', fault } = reply(pathname, count, authorization) ?? image;
    if (fault === 'drop') return void response.destroy();
    if (fault === 'silent') return;
    response.writeHead(status, { 'content-type': OCI.manifest, ...given });
    if (fault !== 'endless') return void response.end(body);
    const more = (): void => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  };
  const server = createServer((message, response) => void answer(message, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** Inspects `web:1` there, with a login for it. */
async function inspect(
  { host }: Stub,
  { version = ':1', limits = {} }: { version?: string; limits?: Partial<Limits> } = {},
): Promise<Inspection | undefined> {
  const open = openingRepositories({
    environment: { DOCKER_CONFIG: '/nonexistent' },
    logins: { [host]: { username: 'user', secret: SECRET } },
    limits: { retry: 1, ...limits },
  });
  const [inspection] = await inspectImages([parseReference(`${host}/web${version}`) ?? expect.fail()], open);
  expect(JSON.stringify(inspection)).not.toContain(SECRET);
  return inspection;
}

const unreadable = (reason: string) => ({ kind: 'unreadable', reason: expect.stringContaining(reason) });
const challenge = (value: string): Reply => ({ status: 401, headers: { 'www-authenticate': value } });
const BASIC = challenge('Basic realm="x"');
const isBlob = (path: string): boolean => path.includes('/blobs/');

describe('a login', () => {
  test('is not sent to another server, to which a registry redirects; what that one has counts by its digest', async () => {
    const other = await serve(() => ({ body: CONFIG }));
    const registry = await serve((path, _, authorization) => {
      if (authorization === '') return BASIC;
      return isBlob(path) ? { status: 307, headers: { location: `http://${other.host}/blobs/x?sig=1` } } : undefined;
    });
    expect(await inspect(registry)).toMatchObject(FOUND);
    expect(registry.asked.map(({ authorization }) => authorization !== '')).toEqual([false, true, true]);
    expect(other.asked).toEqual([{ request: 'GET /blobs/x?sig=1', authorization: '', body: '' }]);
  });

  test('is not sent back to a registry by another server', async () => {
    const other = await serve(() => ({ status: 302, headers: { location: `http://${registry.host}/elsewhere` } }));
    const registry: Stub = await serve((path, _, authorization) => {
      if (path === '/elsewhere') return { body: CONFIG };
      if (authorization === '') return BASIC;
      return isBlob(path) ? { status: 302, headers: { location: `http://${other.host}/x` } } : undefined;
    });
    expect(await inspect(registry)).toMatchObject(FOUND);
    expect(registry.asked.at(-1)).toEqual({ request: 'GET /elsewhere', authorization: '', body: '' });
  });

  test('stays with redirects on its server', async () => {
    const registry = await serve((path, _, authorization) => {
      if (authorization === '') return BASIC;
      return path === '/v2/web/manifests/1' ? { status: 301, headers: { location: '/v2/web/manifests/2' } } : undefined;
    });
    expect(await inspect(registry)).toMatchObject(FOUND);
  });

  test('is not asked for by another server', async () => {
    const tokens = await serve(() => ({ body: '{"token":"x"}' }));
    const other = await serve(() => challenge(`Bearer realm="http://${tokens.host}/token"`));
    const registry = await serve(() => ({ status: 307, headers: { location: `http://${other.host}/x` } }));
    expect(await inspect(registry)).toEqual(unreadable('answered 401 to a request without a login'));
    expect(tokens.asked).toEqual([]);
  });

  test.each([
    ['by http', 'http://registry.example/token'],
    ['by another protocol', 'ftp://127.0.0.1/token'],
    ['that is none', 'token'],
  ])('is not sent to a token server %s', async (_, realm) => {
    const registry = await serve(() => challenge(`Bearer realm="${realm}",service="x"`));
    expect(await inspect(registry)).toEqual(unreadable('names no address by https for a token'));
    expect(registry.asked).toHaveLength(1);
  });

  test('is not sent where a token server redirects to, and only for pulling this repository', async () => {
    const other = await serve(() => ({ body: '{"token":"other"}' }));
    const tokens = await serve(() => ({ status: 307, headers: { location: `http://${other.host}/token` } }));
    const wide = `Bearer realm="http://${tokens.host}/token?a=b",service="s",scope="repository:other:push,pull"`;
    const registry = await serve((_, __, authorization) => (authorization === '' ? challenge(wide) : undefined));
    expect(await inspect(registry)).toMatchObject(FOUND);
    expect(tokens.asked.map(({ request }) => request)).toEqual([
      'GET /token?a=b&service=s&scope=repository%3Aweb%3Apull',
    ]);
    expect(tokens.asked[0]?.authorization).toMatch(/^Basic /);
    expect(other.asked[0]?.authorization).toBe('');
  });

  test('is a secret from then on, as its token', async () => {
    const tokens = await serve(() => ({ body: '{"token":"token-of-a-server"}' }));
    const registry = await serve(() => challenge(`Bearer realm="http://${tokens.host}/token"`));
    await inspect(registry);
    expect(registry.asked[1]?.authorization).toBe('Bearer token-of-a-server');
    expect(safeText(`token-of-a-server ${SECRET}`)).toBe('*** ***');
  });

  test.each([
    ['is none', ''],
    ['is a page', '<html>'],
    ['has a line break', JSON.stringify({ token: 'a\r\nx-other: b' })],
    ['is no text', '{"token":7}'],
  ])('a token that %s is not sent', async (_, body) => {
    const tokens = await serve(() => ({ body }));
    const registry = await serve(() => challenge(`Bearer realm="http://${tokens.host}/token"`));
    expect(await inspect(registry)).toEqual(unreadable('answered with no token'));
    expect(registry.asked).toHaveLength(1);
  });

  test('that is refused is not asked for again', async () => {
    const registry = await serve(() => BASIC);
    expect(await inspect(registry)).toEqual(unreadable('answered 401 to a request with the token of this run'));
    expect(registry.asked).toHaveLength(2);
  });

  test('is not sent in a way that is not known', async () => {
    const registry = await serve(() => challenge('Negotiate, Digest realm="x", nonce="y"'));
    expect(await inspect(registry)).toEqual(unreadable('answered 401 to a request with the token of this run'));
    expect(registry.asked).toHaveLength(1);
  });
});

describe('a redirect is not followed', () => {
  test.each([
    ['by http to another machine', 'http://registry.example/x', 'http://registry.example'],
    ['to a file', 'file:///etc/passwd', 'file://'],
    ['to no address', 'http://', 'http://'],
  ])('%s', async (_, location, named) => {
    const registry = await serve(() => ({ status: 307, headers: { location } }));
    expect(await inspect(registry)).toEqual(unreadable(`redirects to ${named}, which is not followed`));
  });

  test('without end', async () => {
    const registry = await serve((path) => ({ status: 307, headers: { location: `${path}x` } }));
    expect(await inspect(registry)).toEqual(unreadable('which is not followed'));
    expect(registry.asked).toHaveLength(6);
  });
});

describe('an answer is not believed', () => {
  const OTHER = manifestOf('{}');

  test.each<[what: string, reply: (path: string) => Reply | undefined, reason: string]>([
    [
      'a manifest with another digest than the registry names',
      () => ({ body: MANIFEST, headers: { 'docker-content-digest': digestOf('x') } }),
      `a body that has not the digest ${digestOf('x')}`,
    ],
    [
      'a manifest with something else for a digest',
      () => ({ body: MANIFEST, headers: { 'docker-content-digest': 'sha256:x' } }),
      'a body that has not the digest sha256:x',
    ],
    [
      'another config',
      (path) => (isBlob(path) ? { body: '{"os":"windows"}' } : undefined),
      'a body that has not the digest',
    ],
    ['no config', (path) => (isBlob(path) ? { status: 404, body: '{"errors":[]}' } : undefined), 'lacks the blob'],
    [
      'a page',
      () => ({ body: '<!DOCTYPE html>', headers: { 'content-type': 'text/html' } }),
      'answered with a web page',
    ],
    [
      'a page for what is not there',
      () => ({ status: 404, body: '<html>', headers: { 'content-type': 'text/html' } }),
      'answered 404 (a web page) to a request without a login',
    ],
    ['nothing', () => ({ status: 204 }), 'answered 204 to a request without a login'],
    ['an empty body', () => ({ body: '' }), 'that is no manifest'],
    ['a manifest of the first schema', () => ({ body: '{"schemaVersion":1,"fsLayers":[]}' }), 'that is no manifest'],
    [
      'an index that is an image too',
      () => ({ body: JSON.stringify({ ...JSON.parse(MANIFEST), manifests: [] }) }),
      'that is no manifest',
    ],
    ['a digest that is a path', () => ({ body: MANIFEST.replace(/sha256:\w+/, '../../x') }), 'that is no manifest'],
    ['more than 4 MiB', () => ({ fault: 'endless' }), 'answered with more than 4 MiB'],
    [
      'a reason with control characters',
      () => ({ status: 400, body: '{"errors":[{"code":"X","message":"\\u001b[31m\\n::error::"}]}' }),
      'answered 400 (X: \\u{1b}[31m\\u{a}::error::)',
    ],
  ])('%s', async (_, reply, reason) => {
    expect(await inspect(await serve(reply))).toEqual(unreadable(reason));
  });

  test('another manifest than the one of a digest', async () => {
    const registry = await serve(() => ({ body: OTHER }));
    expect(await inspect(registry, { version: `@${digestOf(MANIFEST)}` })).toEqual(unreadable('has not the digest'));
  });

  test('one that comes too late', async () => {
    const registry = await serve(() => ({ fault: 'silent' }));
    expect(await inspect(registry, { limits: { request: 300 } })).toEqual(
      unreadable('gave no complete answer within 0.3 s'),
    );
    expect(registry.asked).toHaveLength(1);
    const endless = await serve((_, count) => (count === 1 ? { status: 503 } : { fault: 'silent' }));
    expect(await inspect(endless, { limits: { all: 200 } })).toEqual(
      unreadable('gave no complete answer within 0.2 s'),
    );
  });
});

describe('what passes is asked for once more', () => {
  test.each<[what: string, reply: Reply]>([
    ['500', { status: 500 }],
    ['503', { status: 503, body: '<html>' }],
    ['429', { status: 429 }],
    ['429 with a wait', { status: 429, headers: { 'retry-after': '0' } }],
    ['a lost connection', { fault: 'drop' }],
  ])('%s', async (_, reply) => {
    const registry = await serve((path, count) => (count === 1 && !isBlob(path) ? reply : undefined));
    expect(await inspect(registry)).toMatchObject(FOUND);
    expect(registry.asked).toHaveLength(3);
  });

  test.each<[what: string, reply: Reply, requests: number, reason: string]>([
    ['twice 503', { status: 503, body: '<html>' }, 2, 'answered 503 (a web page) to a request without a login'],
    [
      'twice 429',
      { status: 429, body: '{"errors":[{"code":"TOOMANYREQUESTS","message":"slow down"}]}' },
      2,
      'answered 429 (TOOMANYREQUESTS: slow down)',
    ],
    ['a wait of a minute', { status: 429, headers: { 'retry-after': '60' } }, 1, 'answered 429'],
    ['twice a lost connection', { fault: 'drop' }, 2, 'could not be reached: socket hang up'],
  ])('but not %s', async (_, reply, requests, reason) => {
    const registry = await serve(() => reply);
    expect(await inspect(registry)).toEqual(unreadable(reason));
    expect(registry.asked).toHaveLength(requests);
  });
});

test('a registry that is not there, and one without an address', async () => {
  const registry = await serve(() => undefined);
  for (const close of closing.splice(0)) close();
  expect(await inspect(registry)).toEqual(unreadable('could not be reached: connect ECONNREFUSED'));
  expect(await inspect({ host: 'registry.example:99999', asked: [] })).toEqual(
    unreadable('is not the address of a registry'),
  );
});
