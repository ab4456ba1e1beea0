import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ProgramResult } from '../../src/core/programs.ts';
import { git, GitError, type GitConfig } from '../../src/git/run-git.ts';
import { startSandbox, type Sandbox, type SandboxRepository } from '../../sandbox/sandbox.ts';

let sandbox: Sandbox;
let repository: SandboxRepository;
let folder: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  repository = await sandbox.createRepository('acme/manifests', {
    'web.yaml': 'image: web:1.4.1\n',
    'deploy.sh': { mode: '100755', content: '#!/bin/sh\n' },
    latest: { mode: '120000', content: 'web.yaml' },
    'änder "ung".yaml': 'a: 1\n',
  });
  folder = await mkdtemp(join(tmpdir(), 'sandbox-test-'));
});

afterEach(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

/** What a client passes to git: its token in a header, and the transport of the sandbox. */
function credentials(token: string | undefined): GitConfig {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  const header = { [`http.${sandbox.serverUrl}/.extraHeader`]: `Authorization: Basic ${basic}` };
  return { 'protocol.http.allow': 'always', ...(token !== undefined && header) };
}

function url(fullName = 'acme/manifests'): string {
  return `${sandbox.serverUrl}/${fullName}.git`;
}

async function clone(token: string | undefined = sandbox.token, ...options: string[]): Promise<string> {
  const gitDir = join(folder, `${Math.random()}`);
  await git(['clone', '--quiet', '--bare', ...options, url(), gitDir], { config: credentials(token) });
  return gitDir;
}

/** Commits to `branch` of a clone, and gives the new commit. */
async function commit(gitDir: string, branch: string, content: string): Promise<string> {
  const parent = (await git(['rev-parse', 'main'], { gitDir })).stdout.toString().trim();
  const input = [
    `commit refs/heads/${branch}\ncommitter Release <release@example.com> 1700000000 +0000`,
    `data <<EOF\nRelease web\n\nChanges web.yaml.\n\nRelease-Of: web\nEOF`,
    `from ${parent}\nM 100644 inline web.yaml\ndata ${content.length}\n${content}\n`,
  ].join('\n');
  await git(['fast-import', '--quiet', '--force'], { gitDir, input });
  return (await git(['rev-parse', branch], { gitDir })).stdout.toString().trim();
}

async function push(
  gitDir: string,
  refspec: string,
  token: string | undefined = sandbox.token,
): Promise<ProgramResult> {
  return await git(['push', '--porcelain', url(), refspec], { gitDir, config: credentials(token) });
}

async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GitError);
  return (error as GitError).message;
}

test('a copy has all that another repository has, and leaves it as it is', async () => {
  const copy = await sandbox.createRepository('acme/copy', {}, { copyOf: repository.gitDir });
  expect(await copy.refs()).toEqual(await repository.refs());
  await copy.commit('main', { 'web.yaml': 'image: web:1.4.2\n' });
  expect(await copy.read('main', 'web.yaml')).toBe('image: web:1.4.2\n');
  expect(await repository.read('main', 'web.yaml')).toBe('image: web:1.4.1\n');
});

describe('with the token', () => {
  test('clones what was put in, modes included', async () => {
    const gitDir = await clone();
    const { stdout } = await git(['ls-tree', '-r', '-z', 'main'], { gitDir });
    expect(
      stdout
        .toString()
        .replace(/ blob [0-9a-f]+/g, '')
        .split('\0')
        .filter(Boolean),
    ).toEqual(['100755\tdeploy.sh', '120000\tlatest', '100644\tweb.yaml', '100644\tänder "ung".yaml']);
    expect(await repository.files('main')).toMatchObject({ 'deploy.sh': '100755', 'änder "ung".yaml': '100644' });
    expect(await repository.read('main', 'latest')).toBe('web.yaml');
  });

  test('pushes a branch, whose commit can be looked at', async () => {
    const gitDir = await clone();
    const sha = await commit(gitDir, 'release/web', 'image: web:1.4.2\n');
    await push(gitDir, 'release/web:release/web');
    expect(await repository.refs()).toEqual({ 'refs/heads/main': expect.any(String), 'refs/heads/release/web': sha });
    expect(await repository.read('release/web', 'web.yaml')).toBe('image: web:1.4.2\n');
    expect((await repository.log('release/web'))[0]).toEqual({
      sha,
      parents: [await repository.tip('main')],
      author: { name: 'Release', email: 'release@example.com' },
      committer: { name: 'Release', email: 'release@example.com' },
      subject: 'Release web',
      body: 'Changes web.yaml.\n\nRelease-Of: web',
      trailers: ['Release-Of: web'],
    });
    expect(await repository.diff('main', 'release/web')).toContain('-image: web:1.4.1\n+image: web:1.4.2\n');
  });

  test('pushes more than git sends in one piece', async () => {
    const gitDir = await clone();
    const content = Array.from({ length: 200_000 }, () => Math.random()).join('\n');
    await commit(gitDir, 'large', content);
    await push(gitDir, 'large:large');
    expect(await repository.read('large', 'web.yaml')).toBe(content);
  });

  test('counts the bytes of both directions', async () => {
    const before = sandbox.traffic;
    const gitDir = await clone();
    const cloned = sandbox.traffic;
    await commit(gitDir, 'large', Array.from({ length: 20_000 }, () => Math.random()).join('\n'));
    await push(gitDir, 'large:large');
    const pushed = sandbox.traffic;
    expect(cloned.sent - before.sent).toBeGreaterThan(500);
    expect(cloned.received - before.received).toBeGreaterThan(500);
    expect(pushed.received - cloned.received).toBeGreaterThan(100_000);
    expect(pushed.sent - cloned.sent).toBeLessThan(10_000);
  });

  test('records each request with the token that it carried', async () => {
    await clone();
    const authorization = `Basic ${Buffer.from(`x-access-token:${sandbox.token}`).toString('base64')}`;
    const record = { kind: 'git', authorization, status: 200, requestBody: undefined, responseBody: undefined };
    expect(sandbox.requests).toEqual([
      { ...record, method: 'GET', path: '/acme/manifests.git/info/refs?service=git-upload-pack' },
      { ...record, method: 'POST', path: '/acme/manifests.git/git-upload-pack' },
      { ...record, method: 'POST', path: '/acme/manifests.git/git-upload-pack' },
    ]);
  });

  test('loses a lease when a person was faster', async () => {
    const gitDir = await clone();
    const sha = await commit(gitDir, 'main', 'image: web:1.4.2\n');
    sandbox.beforeNext({
      match: /^GET .*service=git-receive-pack/,
      run: () => repository.commit('main', { 'web.yaml': null }, { message: 'Remove web' }),
    });
    expect(await failureOf(push(gitDir, `${sha}:main`))).toContain('exited with 1');
    expect((await repository.log('main')).map(({ subject }) => subject)).toEqual(['Remove web', 'First manifests']);
    expect(Object.keys(await repository.files('main'))).not.toContain('web.yaml');
  });
});

describe('clones without blobs', () => {
  test('are served', async () => {
    const gitDir = await clone(sandbox.token, '--filter=blob:none', '--depth=1');
    const { stdout } = await git(['rev-list', '--objects', '--missing=print', 'main'], { gitDir });
    expect(stdout.toString().match(/^\?/gm)).toHaveLength(4);
  });

  test('are full clones on a server that does not offer them', async () => {
    await sandbox.close();
    sandbox = await startSandbox({ partialClone: false });
    await sandbox.createRepository('acme/manifests', { 'web.yaml': 'image: web:1.4.1\n' });
    const gitDir = await clone(sandbox.token, '--filter=blob:none');
    const { stdout } = await git(['rev-list', '--objects', '--missing=print', 'main'], { gitDir });
    expect(stdout.toString()).not.toContain('?');
  });
});

describe('refuses as GitHub does', () => {
  test('no credentials', async () => {
    expect(await failureOf(git(['ls-remote', url()], { config: credentials(undefined) }))).toContain(
      'could not read Username',
    );
    const answer = await fetch(`${url()}/info/refs?service=git-upload-pack`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="GitHub"');
    expect(await answer.text()).toBe('Repository not found.\n');
  });

  test('a wrong token', async () => {
    const wrong = url().replace('//', '//x-access-token:wrong@');
    const message = await failureOf(git(['ls-remote', wrong], { config: credentials(undefined) }));
    expect(message).toContain('remote: Invalid username or token.');
    expect(sandbox.requests.map(({ status }) => status)).toEqual([401, 401]);
  });

  test('a repository that is not there', async () => {
    const message = await failureOf(git(['ls-remote', url('acme/other')], { config: credentials(sandbox.token) }));
    expect(message).toContain('remote: Repository not found.');
    expect(sandbox.requests.at(-1)?.status).toBe(404);
  });

  test('a token without the repository', async () => {
    const config = credentials(sandbox.createToken({ repositories: ['acme/other'] }));
    expect(await failureOf(git(['ls-remote', url()], { config }))).toContain('remote: Repository not found.');
  });

  test('a push with a token that may only read', async () => {
    const token = sandbox.createToken({ repositories: ['acme/manifests'], permission: 'read' });
    const gitDir = await clone(token);
    const message = await failureOf(push(gitDir, 'main:release/web', token));
    expect(message).toContain('remote: Permission to acme/manifests.git denied to github-actions[bot].');
    expect(message).toContain('error: 403');
  });

  test('a push to a protected branch, and takes one to another', async () => {
    repository.protect('main');
    const before = await repository.tip('main');
    const gitDir = await clone();
    const sha = await commit(gitDir, 'release/web', 'image: web:1.4.2\n');
    const refused = git(['push', '--porcelain', `--force-with-lease=main:${before}`, url(), `${sha}:refs/heads/main`], {
      gitDir,
      config: credentials(sandbox.token),
      answers: [1],
    });
    const { stdout, stderr } = await refused;
    expect(stdout.toString()).toContain(':refs/heads/main\t[remote rejected] (protected branch hook declined)');
    expect(stderr).toContain('remote: error: GH006: Protected branch update failed for refs/heads/main.');
    expect(await repository.tip('main')).toBe(before);
    expect(await failureOf(push(gitDir, ':main'))).toContain('GH006');
    await push(gitDir, 'release/web:release/web');
    expect(await repository.refs()).toEqual({ 'refs/heads/main': before, 'refs/heads/release/web': sha });
  });

  test('a push without credentials to a public repository, which anyone may read', async () => {
    await sandbox.createRepository('acme/open', { 'README.md': 'Open.\n' }, { visibility: 'public' });
    const config = credentials(undefined);
    const { stdout } = await git(['ls-remote', url('acme/open'), 'main'], { config });
    expect(stdout.toString()).toMatch(/^[0-9a-f]{40}\trefs\/heads\/main\n$/);
    const gitDir = await clone();
    await failureOf(git(['push', url('acme/open'), 'main:other'], { gitDir, config }));
    expect(sandbox.requests.at(-1)).toMatchObject({ status: 401, responseBody: 'No anonymous write access.\n' });
  });
});

test('fails on demand, for so many requests', async () => {
  sandbox.failNext({ match: /info\/refs/, status: 503, times: 2 });
  sandbox.failNext({ match: /info\/refs/, status: 0 });
  const config = credentials(sandbox.token);
  expect(await failureOf(git(['ls-remote', url()], { config }))).toContain('error: 503');
  expect(await failureOf(git(['ls-remote', url()], { config }))).toContain('error: 503');
  expect(await failureOf(git(['ls-remote', url()], { config }))).toContain('Empty reply from server');
  await git(['ls-remote', url()], { config });
  expect(sandbox.requests.map(({ status }) => status)).toEqual([503, 503, 0, 200, 200]);
});

test('waits before each answer', async () => {
  await sandbox.close();
  sandbox = await startSandbox({ latency: 50 });
  const start = performance.now();
  await fetch(`${sandbox.apiUrl}/repos/acme/manifests`);
  expect(performance.now() - start).toBeGreaterThanOrEqual(49);
});

test('loses only the answer on demand', async () => {
  const gitDir = await clone();
  const sha = await commit(gitDir, 'release/web', 'image: web:1.4.2\n');
  sandbox.failNext({ match: /^POST .*git-receive-pack/, status: 0, carryOut: true });
  await failureOf(push(gitDir, 'release/web:release/web'));
  expect(await repository.tip('release/web')).toBe(sha);
});

test('leaves nothing behind, even with a request under way', async () => {
  let closed: Promise<unknown> | undefined;
  sandbox.beforeNext({
    match: /info\/refs/,
    run: () => {
      closed = Promise.all([sandbox.close(), sandbox.close()]);
    },
  });
  await failureOf(git(['ls-remote', url()], { config: credentials(sandbox.token) }));
  await closed;
  expect(existsSync(repository.gitDir)).toBe(false);
  await expect(fetch(sandbox.serverUrl)).rejects.toThrow('fetch failed');
});

test('ends a git that waits for the rest of a request', async () => {
  const authorization = `Basic ${Buffer.from(`x:${sandbox.token}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/x-git-upload-pack-request', 'content-length': 1000 };
  const half = request(`${url()}/git-upload-pack`, { method: 'POST', headers });
  half.write('0011');
  // git's server sends its head before it has read the rest of the request.
  const [answer] = (await once(half, 'response')) as [IncomingMessage];
  await Promise.all([expect(text(answer)).rejects.toThrow('aborted'), sandbox.close()]);
  expect(existsSync(repository.gitDir)).toBe(false);
});

test('waits for no client that hung up before its answer', async () => {
  const authorization = `Basic ${Buffer.from(`x:${sandbox.token}`).toString('base64')}`;
  const asked = request(`${url()}/info/refs?service=git-upload-pack`, { headers: { authorization } });
  asked.on('error', () => undefined);
  sandbox.beforeNext({
    match: /info\/refs/,
    run: async () => {
      asked.destroy();
      await sleep(100);
    },
  });
  asked.end();
  await vi.waitFor(() => expect(sandbox.requests).toHaveLength(1));
  await sandbox.close();
  expect(existsSync(repository.gitDir)).toBe(false);
});
