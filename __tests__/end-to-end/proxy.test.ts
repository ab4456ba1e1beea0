/** Behind a proxy: the API is asked through it, and servers that NO_PROXY names are not. */
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startImageRegistry } from '../../sandbox/image-registry.ts';
import { scenarios } from './harness.ts';
import { nameServers } from './named-servers.ts';

const FILES = { 'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n' };

scenarios(
  'behind a proxy',
  FILES,
  (current) => {
    let proxy: Server;
    let asked: string[];

    beforeEach(async () => {
      asked = [];
      const { port } = new URL(current().sandbox.serverUrl);
      proxy = createServer().on('connect', ({ url = '' }, client) => {
        asked.push(url);
        const server = connect(Number(port), '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
        client.pipe(server).pipe(client);
      });
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    });
    afterEach(() => {
      proxy.closeAllConnections();
      proxy.close();
    });

    test('opens the pull request', async () => {
      const { outputs, stdout } = await current().action(
        { images: 'ghcr.io/acme/web:1.4.2' },
        {
          GITHUB_API_URL: 'http://api.github.test/api/v3',
          http_proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
          no_proxy: '127.0.0.1',
        },
      );
      expect(outputs['outcome'], stdout).toBe('created');
      expect(new Set(asked)).toEqual(new Set(['api.github.test:80']));
    });

    test('asks the registry through it, where the API is reached without', async () => {
      const registry = await startImageRegistry();
      const digest = registry.push({
        name: 'acme/web',
        tag: '1.4.2',
        platforms: ['linux/amd64'],
        source: 'https://example.com/acme/web',
        revision: '0'.repeat(40),
        created: new Date('2026-01-02T03:04:05Z'),
      });
      const servers = await nameServers({ 'ghcr.io': { serverUrl: `http://${registry.host}` } });
      try {
        const { outputs, stdout } = await current().action(
          { images: 'ghcr.io/acme/web:1.4.2', registry: 'require' },
          { ...servers.environment, no_proxy: '127.0.0.1' },
        );
        expect(outputs['outcome'], stdout).toBe('created');
        expect((await current().sandbox.pullRequests())[0]?.body).toContain(digest.slice(0, 'sha256:'.length + 12));
      } finally {
        await Promise.all([servers.close(), registry.close()]);
      }
    });
  },
  { runs: 'each-runtime' },
);
