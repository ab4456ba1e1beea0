import { execFileSync } from 'node:child_process';
import { chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { readRemote } from '../../src/core/remote.ts';
import type { Limits } from '../../src/git/clone.ts';
import { AUTHOR, eachWithClones } from './clones.ts';

const clones = eachWithClones({ 'web.yaml': 'image: acme/web:1.4.1\n' });
/** Read before the folder of each test, which must end empty. */
const TEMPORARY = tmpdir();
const PATIENT: Limits = { command: 60_000, run: 60_000, silence: 60 };

let servers: Server[] = [];

afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

/** A server that accepts and does nothing but `serve`. Its port, and its connections that are still open. */
async function serveNothing(serve: (socket: Socket) => void = () => undefined) {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
    socket.resume();
    serve(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, open };
}

/** Sends the head of an answer of git over http, and then a byte of it now and then. */
function drip(socket: Socket): void {
  const type = 'application/x-git-upload-pack-advertisement';
  socket.write(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: 100000\r\n\r\n`);
  const timer = setInterval(() => socket.write('0'), 100);
  socket.on('close', () => clearInterval(timer));
}

test.each([
  ['an http server that never answers, by its silence', 'http', undefined, { silence: 1 }, /Operation too slow/],
  ['an http server that never answers, by the time of a command', 'http', undefined, { command: 500 }, /0\.5 s/],
  [
    'an http server that sends a byte now and then',
    'http',
    drip,
    { command: 1500 },
    /git clone took longer than 1\.5 s/,
  ],
  ['an http server that never answers, by the time of a run', 'http', undefined, { run: 500 }, /the run took longer/],
  ['an ssh server that never answers', 'ssh', undefined, { command: 500 }, /git clone took longer than 0\.5 s/],
] as const)('clone gives up %s, and ends all it started', async (_, transport, serve, limits, reason) => {
  const { port, open } = await serveNothing(serve);
  const { clone } = clones();
  const remote = readRemote(`${transport}://127.0.0.1:${port}/acme/manifests.git`, '');
  const refused = await clone({ remote, limits: { ...PATIENT, ...limits } }).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: 'TIMED_OUT',
    blame: 'again',
    message: expect.stringMatching(/^Trying to clone acme\/manifests took too long: /),
  });
  expect(String(refused)).toMatch(reason);
  await vi.waitFor(() => expect(open.size, 'connections that a child keeps open').toBe(0));
});

test('a push that the server never answers ends with the name of the phase', async () => {
  const { sandbox, clone } = clones();
  const store = await clone({ limits: { ...PATIENT, command: 6000 } });
  const files = [{ path: 'web.yaml', mode: '100644', bytes: Buffer.from('image: acme/web:1.4.2\n') }];
  const { id } = await store.write({ parent: store.baseCommit, message: 'x\n', author: AUTHOR, time: 1, files });
  const hanging = new AbortController();
  const hang = () => wait(30_000, undefined, { signal: hanging.signal }).catch(() => undefined);
  sandbox.beforeNext({ match: /^POST .*git-receive-pack/, run: hang });
  await expect(store.push(id, 'release/web', '')).rejects.toMatchObject({
    code: 'TIMED_OUT',
    message: 'Trying to push to acme/manifests took too long: git push took longer than 6 s.',
  });
  hanging.abort();
});

test('a server that is slow to answer is waited for', async () => {
  const { sandbox, clone } = clones();
  sandbox.beforeNext({ match: /info\/refs/, run: () => wait(1200) });
  expect((await clone({ limits: { ...PATIENT, silence: 5 } })).base).toBe('main');
});

test('debug gets each command with its arguments, time and exit code, and no secret', async () => {
  const { sandbox, clone } = clones();
  const lines: string[] = [];
  const store = await clone({ paths: ['web.yaml'], debug: (text) => lines.push(text) });
  await store.read({ words: ['acme/web'] }, { branch: 'release/web' });
  await clone({ base: 'none', debug: (text) => lines.push(text) }).catch(() => undefined);
  expect(lines.map((line) => line.replace(/\d+ ms/, '<time>'))).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^git clone .*--filter=blob:none .*: <time>, exit code 0$/),
      expect.stringMatching(/^git fetch .*--stdin origin: <time>, exit code 0$/),
      'read 1 manifest: web.yaml',
      expect.stringMatching(/^git clone .*--branch=none .*: <time>, exit code 128$/),
    ]),
  );
  expect(lines.join('\n')).not.toContain(sandbox.token);
  expect(lines.join('\n')).not.toMatch(/extraHeader|Authorization/i);
});

test('a partial clone does not fetch objects by itself, also after a fetch', async () => {
  const { clone, folder } = clones();
  const store = await clone({ paths: ['web.yaml'] });
  await store.read({ words: ['acme/web'] });
  const [name = ''] = await readdir(folder);
  const config = await readFile(join(folder, name, 'clone.git/config'), 'utf8');
  expect(config).toContain('[remote "origin"]');
  expect(config).not.toMatch(/promisor|partialclone/i);
});

test('an old git is refused, whatever the clone says', async () => {
  const tools = await mkdtemp(join(TEMPORARY, 'old-git-'));
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  const script = `#!/bin/sh\ncase "$1" in version) echo 'git version 2.33.8'; exit;; esac\nexec '${real}' "$@"\n`;
  await writeFile(join(tools, 'git'), script, { mode: 0o755 });
  vi.stubEnv('PATH', `${tools}:${process.env['PATH']}`);
  try {
    for (const fullName of ['acme/manifests', 'acme/none']) {
      await expect(clones().clone({ fullName })).rejects.toMatchObject({ code: 'GIT_TOO_OLD', blame: 'yours' });
    }
  } finally {
    await rm(tools, { recursive: true });
  }
});

/** Git 2.34.0 and 2.35.0 look at no owner. */
const looksAtOwners = !/2\.3[45]\./.test(execFileSync('git', ['version'], { encoding: 'utf8' }));

test.skipIf(process.getuid?.() !== 0 || !looksAtOwners)(
  'a folder of another user is told as such (as root alone, from git 2.36 on)',
  async () => {
    const { origin, clone } = clones();
    await chown(origin.gitDir, 4321, 4321);
    const remote = readRemote(origin.gitDir, 'https://github.com');
    // Git 2.39 refuses to read it, a newer one to write to it.
    const release = async (): Promise<void> => {
      const repository = await clone({ remote, token: '' });
      await repository.push(repository.baseCommit, 'release/web', '');
    };
    await expect(release()).rejects.toMatchObject({
      code: 'FOLDER_OF_ANOTHER_USER',
      message: expect.stringContaining(origin.gitDir),
    });
    await chown(origin.gitDir, 0, 0);
  },
);
