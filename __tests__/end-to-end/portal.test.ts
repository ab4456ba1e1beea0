/** A web page in place of a server, as of a login to the network. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runInProcess } from './execute.ts';

const PAGE = '<!doctype html><html><body><h1>Welcome to the guest network</h1></body></html>\n';
let port: number;
const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html');
  response.end(PAGE);
});

beforeEach(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

test('is named as such by a clone', async () => {
  const repository = `http://127.0.0.1:${port}/acme/manifests`;
  const { exitCode, stderr } = await runInProcess(
    'cli',
    ['release', '--repository', repository, '--images', 'web:1.4.2'],
    {},
  );
  expect(exitCode).toBe(1);
  expect(stderr).toContain('[ANSWER_UNREADABLE]');
  expect(stderr).toContain('login page of a network');
});
