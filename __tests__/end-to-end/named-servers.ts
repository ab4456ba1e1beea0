/** Sandboxes under the names of GitHub's servers: a proxy that connects `github.com` and others to them, over TLS. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createProxy, request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/sandbox.ts';

export interface NamedServers {
  /** What makes a process reach them: the proxy, and the authority of their certificate. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Starts it; each name of a server leads to its sandbox, `api.…` to the API alone. Any other name is refused. */
export async function nameServers(
  sandboxes: Readonly<Record<string, Pick<Sandbox, 'serverUrl'>>>,
): Promise<NamedServers> {
  const folder = await mkdtemp(join(tmpdir(), 'named-servers-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const names = Object.keys(sandboxes).map((name) => `DNS:${name}`);
  const subject = ['-subj', '/CN=sandbox', '-addext', `subjectAltName=${names.join(',')}`];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject];
  execFileSync('openssl', made, { stdio: 'ignore' });

  const server = createServer({ key: await readFile(key), cert: await readFile(certificate) }, (asked, answer) => {
    const name = (asked.headers.host ?? '').replace(/:\d+$/, '');
    const path = name.startsWith('api.') ? pathOf(asked.url ?? '') : asked.url;
    const sandbox = sandboxes[name];
    if (!sandbox || path === undefined) return void answer.destroy();
    const { method, headers } = asked;
    const onward = request(`${sandbox.serverUrl}${path}`, { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  const proxy = createProxy().on('connect', ({ url = '' }, socket) => {
    socket.on('error', () => socket.destroy());
    if (sandboxes[url.replace(/:443$/, '')] === undefined) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    server.emit('connection', socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  return {
    environment: {
      https_proxy: `http://127.0.0.1:${port}`,
      NODE_EXTRA_CA_CERTS: certificate,
      GIT_SSL_CAINFO: certificate,
    },
    close: async () => {
      proxy.closeAllConnections();
      server.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}

/** The sandbox has the paths of Enterprise Server, and of Bitbucket its own. */
function pathOf(path: string): string {
  if (path.startsWith('/2.0/')) return path;
  return path.startsWith('/graphql') ? `/api${path}` : `/api/v3${path}`;
}
