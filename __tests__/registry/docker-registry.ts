/** A real registry on loopback, Debian's docker-registry, and images in it. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash, sign } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const TEMPORARY = tmpdir();

const PROGRAM = '/usr/bin/docker-registry';
export const HAS_REGISTRY = existsSync(PROGRAM);
export const NEEDS_REGISTRY = HAS_REGISTRY ? '' : ' (skipped: needs apt-get install docker-registry)';

export const USER = 'builder';
export const PASSWORD = 's3cret-pass';
/** By bcrypt, the only hash that it takes. */
const HTPASSWD = `${USER}:$2y$05$abcdefghijklmnopqrstuuV7fpPozvyqJfnY19y0802WTlXUm6Rjy\n`;
export const LOGIN = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;
/** What the token server exchanges for a token without a password. */
export const IDENTITY_TOKEN = 'identity-0123456789';

export interface TokenRequest {
  readonly method: string;
  /** Path, query and, of a POST, its form. */
  readonly query: Readonly<Record<string, string>>;
  readonly authorization: string;
}

export interface DockerRegistry {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  /** Requests to its token server. */
  readonly tokenRequests: TokenRequest[];
  readonly push: (repository: string, reference: string, manifest: Content) => Promise<string>;
  readonly pushBlob: (repository: string, content: Content) => Promise<Descriptor>;
  readonly close: () => Promise<void>;
}

type Content = Readonly<Record<string, unknown>>;
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

export const digestOf = (bytes: Buffer | string, algorithm = 'sha256'): string =>
  `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;

/** Starts it, open for all or behind a login. */
export async function startDockerRegistry(auth: 'open' | 'basic' | 'token' = 'open'): Promise<DockerRegistry> {
  const folder = await mkdtemp(join(TEMPORARY, 'registry-'));
  const tokens = auth === 'token' ? await startTokenServer(folder) : undefined;
  await writeFile(join(folder, 'htpasswd'), HTPASSWD);
  const authConfig = {
    open: {},
    basic: { auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } } },
    token: {
      auth: {
        token: { realm: tokens?.realm, service: 'test', issuer: 'issuer', rootcertbundle: join(folder, 'cert.pem') },
      },
    },
  }[auth];
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const config = {
    version: '0.1',
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: host, secret: 'x' },
    ...authConfig,
  };
  // JSON is YAML.
  await writeFile(join(folder, 'config.yml'), JSON.stringify(config));
  const child = spawn(PROGRAM, ['serve', join(folder, 'config.yml')], { stdio: ['ignore', 'ignore', 'pipe'] });
  await listening(child, host);
  const request = async (method: string, url: string, body: string, type: string): Promise<Response> => {
    const name = /\/v2\/(.*?)\/(?:blobs|manifests)\//.exec(url)?.[1] ?? '';
    const authorization = tokens ? `Bearer ${tokens.issue(name)}` : LOGIN;
    const headers = { authorization, 'content-type': type };
    const answer = await fetch(url, { method, headers, ...(method !== 'GET' && { body }) });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    host,
    tokenRequests: tokens?.requests ?? [],
    push: async (repository, reference, manifest) => {
      const bytes = JSON.stringify(manifest);
      await request(
        'PUT',
        `http://${host}/v2/${repository}/manifests/${reference}`,
        bytes,
        String(manifest['mediaType']),
      );
      return digestOf(bytes);
    },
    pushBlob: async (repository, content) => {
      const bytes = JSON.stringify(content);
      const digest = digestOf(bytes);
      const begun = await request('POST', `http://${host}/v2/${repository}/blobs/uploads/`, '', 'text/plain');
      const url = new URL(begun.headers.get('location') ?? '', `http://${host}`);
      url.searchParams.set('digest', digest);
      await request('PUT', url.href, bytes, 'application/octet-stream');
      return { mediaType: OCI.config, digest, size: bytes.length };
    },
    close: async () => {
      const end = new Promise((resolve) => child.once('close', resolve));
      child.kill();
      await end;
      await tokens?.close();
      await rm(folder, { recursive: true });
    },
  };
}

export const OCI = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
};

export const DOCKER = {
  list: 'application/vnd.docker.distribution.manifest.list.v2+json',
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
};

/** A registry's token server: gives a token to the user, and to all for repositories below `public/`. */
async function startTokenServer(folder: string) {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=issuer -keyout ${key} -out ${cert}`;
  execFileSync('openssl', made.split(' '), { stdio: 'ignore' });
  const x5c = [(await readFile(cert, 'utf8')).replace(/-----[^-]+-----|\s/g, '')];
  const pem = await readFile(key, 'utf8');
  const issue = (name: string): string => {
    const now = Math.floor(Date.now() / 1000);
    const access = [{ type: 'repository', name, actions: ['pull', 'push'] }];
    const claims = { iss: 'issuer', aud: 'test', exp: now + 300, nbf: now - 10, iat: now, jti: String(now), access };
    const parts = [{ typ: 'JWT', alg: 'ES256', x5c }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const signature = sign('sha256', Buffer.from(parts.join('.')), { key: pem, dsaEncoding: 'ieee-p1363' });
    return [...parts, signature.toString('base64url')].join('.');
  };
  const requests: TokenRequest[] = [];
  const server = createServer((message, response) => {
    void queryOf(message).then((query) => {
      const { method = '', headers } = message;
      requests.push({ method, query, authorization: headers.authorization ?? '' });
      const [, name = ''] = /^repository:(.*):pull$/.exec(query['scope'] ?? '') ?? [];
      const isKnown = query['refresh_token'] === IDENTITY_TOKEN || headers.authorization === LOGIN;
      const isOpen = name.startsWith('public/') && headers.authorization === undefined;
      response.setHeader('content-type', 'application/json');
      if (query['service'] !== 'test' || !(isKnown || isOpen)) {
        response.statusCode = 401;
        return void response.end('{"errors":[{"code":"UNAUTHORIZED","message":"who are you"}]}');
      }
      return void response.end(JSON.stringify({ [method === 'POST' ? 'access_token' : 'token']: issue(name) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { realm: `http://127.0.0.1:${port}/token`, requests, issue, close };
}

async function queryOf(message: IncomingMessage): Promise<Record<string, string>> {
  const { searchParams } = new URL(message.url ?? '', 'http://x');
  const form = new URLSearchParams(await text(message));
  return Object.fromEntries([...searchParams, ...form]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(child: ChildProcess, host: string): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`docker-registry ended: ${said}`)));
  });
  ended.catch(() => undefined);
  const answers = () =>
    fetch(`http://${host}/v2/`).then(
      () => true,
      () => false,
    );
  while (!(await Promise.race([answers(), ended]))) await sleep(30);
}
