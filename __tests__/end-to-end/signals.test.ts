/** A signal that ends the program ends the git command that it waits for. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const CLI = join(import.meta.dirname, '../../dist/cli.cjs');

test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', async (signal) => {
  let asked = (_connection: Socket): void => undefined;
  const fromGit = new Promise<Socket>((resolve) => (asked = resolve));
  const server = createServer((connection) => {
    connection.on('error', () => undefined);
    connection.on('data', (request) => {
      if (request.includes('/info/refs')) asked(connection);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const repository = `http://127.0.0.1:${port}/acme/manifests.git`;
  const program = spawn(
    process.execPath,
    [CLI, 'release', '--repository', repository, '--images', 'acme/web:1.4.2', '--delivery', 'push'],
    { stdio: 'ignore', env: { PATH: process.env['PATH'], MANIFEST_RELEASE_TOKEN: 'a-token-of-a-test' } },
  );
  const ended = once(program, 'exit');
  const connection = await fromGit;
  const closed = once(connection, 'close');
  program.kill(signal);
  expect(await ended).toEqual([null, signal]);
  await closed;
  server.close();
});
