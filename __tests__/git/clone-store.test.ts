import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { FailureCode } from '../../src/core/errors.ts';
import { maskedForms } from '../../src/git/credentials.ts';
import type { CloneOptions } from '../../src/git/clone.ts';
import type { CloneStore } from '../../src/git/clone-store.ts';
import type { Pushed } from '../../src/git/manifest-store.ts';
import { readRemote } from '../../src/core/remote.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { AUTHOR, eachWithClones } from './clones.ts';

const clones = eachWithClones({ 'web.yaml': 'image: web:1.4.1\n' });

describe('a clone', () => {
  test('has the default branch, whatever its name', async () => {
    const { sandbox, clone } = clones();
    const trunk = await sandbox.createRepository('acme/trunk', { 'a.yaml': 'a: 1\n' }, { defaultBranch: 'live/trunk' });
    const repository = await clone({ fullName: 'acme/trunk' });
    expect(repository.base).toBe('live/trunk');
    expect(repository.baseCommit).toBe(await trunk.tip('live/trunk'));
  });

  test('has the branch that is given', async () => {
    const { origin, clone } = clones();
    const tip = await origin.commit('staging', { 'web.yaml': 'image: web:1.3.0\n' });
    expect(await clone({ base: 'staging' })).toMatchObject({ base: 'staging', baseCommit: tip });
  });

  test('takes a branch before a tag of its name', async () => {
    const { origin, clone } = clones();
    const tip = await origin.commit('v1', { 'web.yaml': 'a: 1\n' });
    await tag('v1', await origin.tip('main'));
    expect(await clone({ base: 'v1' })).toMatchObject({ base: 'v1', baseCommit: tip });
  });

  test('needs no token where everybody may read', async () => {
    const { sandbox, clone } = clones();
    await sandbox.createRepository('acme/open', { 'a.yaml': 'a: 1\n' }, { visibility: 'public' });
    expect((await clone({ fullName: 'acme/open', token: '' })).base).toBe('main');
    expect(sandbox.requests.map(({ authorization }) => authorization).filter(Boolean)).toEqual([]);
  });

  test('of a folder on this machine needs no server', async () => {
    const { sandbox, origin, clone } = clones();
    const repository = await clone({ remote: readRemote(origin.gitDir, sandbox.serverUrl) });
    expect(repository.baseCommit).toBe(await origin.tip('main'));
    expect(sandbox.requests).toEqual([]);
  });

  test('is tried again when the connection drops', async () => {
    const { sandbox, clone } = clones();
    sandbox.failNext({ match: /info\/refs/, status: 0 });
    expect((await clone()).base).toBe('main');
  });

  test('runs no hook and no filter of the machine', async () => {
    const { clone, folder } = clones();
    const home = `${folder}-home`;
    await mkdir(join(home, 'hooks'), { recursive: true });
    const mark = join(home, 'ran');
    for (const hook of ['post-checkout', 'pre-push', 'reference-transaction', 'post-index-change']) {
      await writeFile(join(home, 'hooks', hook), `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
    }
    await writeFile(join(home, '.gitconfig'), `[core]\n\thooksPath = ${home}/hooks\n[init]\n\ttemplateDir = ${home}\n`);
    vi.stubEnv('HOME', home);
    await push(await clone());
    expect((await readdir(home)).toSorted()).toEqual(['.gitconfig', 'hooks']);
    await rm(home, { recursive: true });
  });
});

async function tag(name: string, commit: string | undefined): Promise<void> {
  execFileSync('git', ['--git-dir', clones().origin.gitDir, 'tag', name, commit ?? '']);
}

/** Commits and pushes a change of `web.yaml`. */
async function push(repository: CloneStore): Promise<Pushed | undefined> {
  const files = [{ path: 'web.yaml', mode: '100644', bytes: Buffer.from('image: web:1.4.2\n') }];
  const { id } = await repository.write({
    parent: repository.baseCommit,
    message: 'x',
    author: AUTHOR,
    time: 1,
    files,
  });
  return repository.push(id, 'release/web', '');
}

describe('refuses', () => {
  const cases: [
    what: string,
    options: () => Partial<CloneOptions> & { fullName?: string },
    code: FailureCode,
    message: string,
  ][] = [
    ['a base that is not there', () => ({ base: 'stagin' }), 'BASE_NOT_FOUND', 'has no branch "stagin"'],
    ['a base that is the beginning of one', () => ({ base: 'mai' }), 'BASE_NOT_FOUND', 'has no branch "mai"'],
    ['a pattern as base', () => ({ base: 'm*' }), 'BASE_NOT_FOUND', 'has no branch "m*"'],
    ['an option as base', () => ({ base: '--upload-pack=x' }), 'BASE_NOT_FOUND', 'has no branch'],
    ['a tag as base', () => ({ base: 'v1' }), 'BASE_NOT_FOUND', 'has no branch "v1"'],
    ['an empty repository', () => ({ fullName: 'acme/empty' }), 'BASE_NOT_FOUND', 'no commit on its default branch'],
    [
      'a branch of an empty repository',
      () => ({ fullName: 'acme/empty', base: 'main' }),
      'BASE_NOT_FOUND',
      'no branch "main"',
    ],
    ['a wrong token', () => ({ token: 'ghp_wrong' }), 'ACCESS_DENIED', 'The token was refused when it tried to read'],
    ['no token', () => ({ token: '' }), 'ACCESS_DENIED', 'No token was given, and one is needed to read'],
    [
      'a token without this repository',
      () => ({ token: clones().sandbox.createToken({ repositories: ['acme/other'] }) }),
      'REPOSITORY_NOT_FOUND',
      'does not exist, or the token may not see it',
    ],
    ['a repository that is not there', () => ({ fullName: 'acme/none' }), 'REPOSITORY_NOT_FOUND', '"acme/none"'],
  ];
  test.each(cases)('%s', async (_, options, code, message) => {
    const { sandbox, origin, clone } = clones();
    await sandbox.createRepository('acme/empty', {});
    await tag('v1', await origin.tip('main'));
    const refused = await clone(options()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code, blame: 'yours', message: expect.stringContaining(message) });
    expect(sandbox.requests.length, 'never tried again').toBeLessThan(4);
  });

  test('a server that does not answer, after three tries', async () => {
    const { sandbox, clone } = clones();
    sandbox.failNext({ match: /./, status: 503, times: 9 });
    await expect(clone()).rejects.toMatchObject({ code: 'SERVER_FAILED', blame: 'again' });
    expect(sandbox.requests.map(({ status }) => status)).toEqual([503, 503, 503]);
  });

  test('a redirect, and sends the token nowhere else', async () => {
    const { sandbox, clone } = clones();
    const other = await startSandbox();
    await other.createRepository('acme/manifests', { 'web.yaml': 'a: 1\n' }, { visibility: 'public' });
    const location = `${other.serverUrl}/acme/manifests.git/info/refs?service=git-upload-pack`;
    sandbox.failNext({ match: /info\/refs/, status: 301, headers: { location } });
    await expect(clone()).rejects.toMatchObject({
      code: 'REPOSITORY_MOVED',
      message: expect.stringContaining('has moved'),
    });
    expect(other.requests).toEqual([]);
    await other.close();
  });
});

test('with paths a manifest that is too large is told, and not read', async () => {
  const { origin, clone } = clones();
  const large = `image: acme/web:1\n#${'x'.repeat(5 * 1024 * 1024)}\n`;
  await origin.commit('main', { 'large/a.yaml': large, 'large/b.yaml': 'image: acme/web:1\n' });
  const repository = await clone({ paths: ['large'] });
  const { manifests, problems } = await repository.read({ words: ['acme/web'] });
  expect(manifests.map(({ path }) => path)).toEqual(['large/b.yaml']);
  expect(problems).toEqual([{ file: 'large/a.yaml', line: 1, message: 'was not searched: larger than 5 MiB' }]);
});

describe('the token', () => {
  test('is in no argument and nowhere on disk', async () => {
    const { sandbox, clone, folder } = clones();
    const tools = `${folder}-tools`;
    await mkdir(tools);
    const real = execFileSync('which', ['git']).toString().trim();
    const script = `#!/bin/sh\nprintf '%s\\n' "$@" >> '${tools}/arguments'\nexec '${real}' "$@"\n`;
    await writeFile(join(tools, 'git'), script);
    await chmod(join(tools, 'git'), 0o755);
    vi.stubEnv('PATH', `${tools}:${process.env['PATH']}`);

    const repository = await clone({ paths: ['web.yaml'] });
    await repository.read({ words: ['web'] }, { branch: 'release/web' });
    await push(repository);
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const written = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    expect(written.map((path) => path.split('/').at(-1))).toContain('config');
    const texts = await Promise.all([...written, join(tools, 'arguments')].map((path) => readFile(path, 'latin1')));
    await rm(tools, { recursive: true });
    expect(texts.at(-1)).toContain('--force-with-lease');
    for (const secret of maskedForms(sandbox.token)) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  });

  test('is in every request, and in no failure', async () => {
    const { sandbox, clone } = clones();
    await push(await clone());
    const [, basic = ''] = maskedForms(sandbox.token);
    expect(new Set(sandbox.requests.map(({ authorization }) => authorization))).toEqual(new Set([`Basic ${basic}`]));
    const token = sandbox.createToken({ permission: 'read' });
    const error: unknown = await push(await clone({ token })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ACCESS_DENIED' });
    for (const secret of maskedForms(token)) {
      expect(JSON.stringify([error, String(error), String((error as Error).cause)])).not.toContain(secret);
    }
  });
});

test('leaves nothing behind when it is closed, any number of times', async () => {
  const { clone, folder } = clones();
  const repository = await clone();
  expect(await readdir(folder)).toHaveLength(1);
  await repository.close();
  await repository.close();
  expect(await readdir(folder)).toEqual([]);
});
