/** Behind a proxy: the API is asked through it, and servers that NO_PROXY names are not. */
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scenarios } from './harness.ts';

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
  },
  { runs: 'each-runtime' },
);
