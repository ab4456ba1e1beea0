import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FailureCode } from '../../src/core/errors.ts';
import type { CloneOptions } from '../../src/git/clone.ts';
import { git } from '../../src/git/run-git.ts';
import { GITHUB_HOST_KEYS } from '../../src/inputs/github-host-keys.ts';
import { readRemote } from '../../src/core/remote.ts';
import type { CloneStore } from '../../src/git/clone-store.ts';
import { prepareSsh } from '../../src/git/ssh.ts';
import { AUTHOR, eachWithClones } from './clones.ts';
import { makeKey, NEEDS_SSHD, SSHD, startSshServer, type SshServer, type SshServerOptions } from './sshd.ts';

const run = promisify(execFile);
let keys: string;
let strangeKey: string;

beforeAll(async () => {
  keys = await mkdtemp(join(tmpdir(), 'ssh-test-keys-'));
  strangeKey = (await makeKey(keys, 'strange')).private;
});

afterAll(() => rm(keys, { recursive: true }));

describe('an identity', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ssh-test %h-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** What ssh makes of the configuration for github.com. */
  async function settings(): Promise<Record<string, string>> {
    const { MANIFEST_RELEASE_SSH_CONFIG: path = '' } = await prepareSsh(folder, { key: strangeKey, knownHosts: 'x' });
    const { stdout } = await run('ssh', ['-G', '-F', path, 'github.com']);
    const lines = stdout.split('\n');
    return Object.fromEntries(lines.map((line) => [line.split(' ', 1)[0], line.slice(line.indexOf(' ') + 1)]));
  }

  test('is used alone, and for known hosts alone', async () => {
    expect(await settings()).toMatchObject({
      identitiesonly: 'yes',
      identityagent: 'none',
      globalknownhostsfile: '/dev/null',
      stricthostkeychecking: 'true',
      updatehostkeys: 'false',
      batchmode: 'yes',
      passwordauthentication: 'no',
      connecttimeout: '30',
    });
  });

  test('is written as ssh wants it, for nobody else to read', async () => {
    await prepareSsh(folder, { key: strangeKey.trim().replaceAll('\n', '\r\n'), knownHosts: 'one\r\ntwo' });
    expect(await readFile(join(folder, 'key'), 'utf8')).toBe(strangeKey);
    expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(folder, 'known_hosts'), 'utf8')).toBe('one\ntwo\n');
  });

  test('reaches ssh by names that no shell reads', async () => {
    const environment = await prepareSsh(folder, { key: strangeKey, knownHosts: 'x' });
    expect(environment).toEqual({
      GIT_SSH_COMMAND: 'ssh -F "$MANIFEST_RELEASE_SSH_CONFIG"',
      GIT_SSH_VARIANT: 'ssh',
      MANIFEST_RELEASE_SSH_CONFIG: join(folder, 'config'),
      SSH_AUTH_SOCK: '',
    });
  });
});

describe('a key', () => {
  test.each([
    ['of type ed25519', async () => (await makeKey(keys, 'ed25519')).private],
    ['of type ecdsa', async () => (await makeKey(keys, 'ecdsa', { type: 'ecdsa' })).private],
    ['in the older format', async () => oldFormat('')],
  ])('%s is taken', async (_, key) => {
    expect(await prepared(await key())).toBe('taken');
  });

  test.each([
    ['with a passphrase', async () => (await makeKey(keys, 'locked', { passphrase: 'secret' })).private, 'passphrase'],
    ['in the older format with a passphrase', async () => oldFormat('secret'), 'passphrase'],
    ['of which the public half is given', async () => (await makeKey(keys, 'public')).public, 'the public half'],
    ['on one line', () => strangeKey.replaceAll('\n', ' '), 'not lines between'],
    ['with no end', () => strangeKey.slice(0, 200), 'not lines between'],
    ['that is none', () => 'ghp_abc', 'not lines between'],
  ])('%s is refused before anybody is asked', async (_, key, reason) => {
    const error = await prepared(await key());
    expect(error).toMatchObject({ code: 'SSH_KEY_INVALID', message: expect.stringContaining(reason) });
  });

  async function oldFormat(passphrase: string): Promise<string> {
    const name = `old${passphrase}`;
    await run('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', passphrase, '-f', join(keys, name)]);
    return readFile(join(keys, name), 'utf8');
  }

  async function prepared(key: string): Promise<unknown> {
    const folder = await mkdtemp(join(keys, 'prepared-'));
    return prepareSsh(folder, { key, knownHosts: '' }).then(
      () => 'taken',
      (error: unknown) => error,
    );
  }
});

test('the host keys of github.com are those that GitHub publishes', async () => {
  const path = join(keys, 'github');
  await writeFile(path, GITHUB_HOST_KEYS);
  const { stdout } = await run('ssh-keygen', ['-l', '-f', path]);
  expect(stdout.split('\n').map((line) => line.split(' ')[1])).toEqual([
    'SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU',
    'SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM',
    'SHA256:uNiVztksCsDhcc0u9e8BujQXVUpKZIDTMczCvj3tD2s',
    undefined,
  ]);
  for (const host of ['github.com', '[ssh.github.com]:443']) {
    expect((await run('ssh-keygen', ['-F', host, '-f', path])).stdout.match(/ found: /g)).toHaveLength(3);
  }
});

describe.skipIf(SSHD === undefined)(`over ssh${NEEDS_SSHD}`, () => {
  const clones = eachWithClones({ 'web.yaml': 'image: acme/web:1.4.1\n', 'apps/api.yaml': 'image: acme/api:1\n' });
  let server: SshServer;

  async function serve(options: SshServerOptions = {}): Promise<void> {
    const { gitDir } = clones().origin;
    for (const setting of ['uploadpack.allowFilter', 'uploadpack.allowAnySHA1InWant']) {
      if (options.protocol2 !== false) await git(['config', setting, 'true'], { gitDir });
    }
    server = await startSshServer(dirname(dirname(gitDir)), options);
  }

  afterEach(() => server.close());

  function clone(options: Partial<CloneOptions> & { key?: string; fullName?: string } = {}): Promise<CloneStore> {
    const { key = server.key, fullName = 'acme/manifests', ...rest } = options;
    const remote = readRemote(server.address(fullName), clones().sandbox.serverUrl);
    return clones().clone({ remote, token: '', ssh: { key, knownHosts: server.knownHosts }, ...rest });
  }

  async function release(repository: CloneStore): Promise<string> {
    const { manifests } = await repository.read({ words: ['acme/web'] }, { branch: 'release/web' });
    const file = manifests.find(({ path }) => path === 'web.yaml');
    if (!file) throw new Error('web.yaml was not found');
    const files = [{ ...file, bytes: Buffer.from('image: acme/web:1.4.2\n') }];
    const parent = repository.baseCommit;
    return (await repository.write({ parent, message: 'x\n', author: AUTHOR, time: 1, files })).id;
  }

  test.each([
    ['a server like GitHub', true, []],
    ['a server like GitHub, below paths', true, ['web.yaml', 'apps']],
    ['a server of plain git', false, []],
    ['a server of plain git, below paths', false, ['web.yaml', 'apps']],
  ])('%s is cloned from and pushed to with a deploy key', async (_, protocol2, paths) => {
    await serve({ protocol2 });
    vi.stubEnv('SSH_AUTH_SOCK', '/nowhere');
    const { origin, folder } = clones();
    const repository = await clone({ paths });
    const id = await release(repository);
    expect(await repository.push(id, 'release/web', '')).toBeDefined();
    expect(await origin.read('release/web', 'web.yaml')).toBe('image: acme/web:1.4.2\n');
    expect((await repository.history()).map(({ id: commit }) => commit)).toEqual([repository.baseCommit]);
    expect((await repository.commitsAbove(id)).map(({ id: commit }) => commit)).toEqual([id]);
    const seen = [{ branch: 'release/web', expected: id }];
    expect(await repository.deleteBranches(seen)).toEqual({ deleted: ['release/web'], refused: [] });
    await repository.close();
    expect(await readdir(folder)).toEqual([]);
  });

  const refusals: [what: string, options: () => Parameters<typeof clone>[0], code: FailureCode, message: string][] = [
    ['a key that the server does not know', () => ({ key: strangeKey }), 'ACCESS_DENIED', 'The ssh key was refused'],
    [
      'a key that no program can read',
      () => ({ key: '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n' }),
      'SSH_KEY_INVALID',
      'not a key that ssh can use',
    ],
    [
      'an unknown host',
      () => ({ ssh: { key: server.key, knownHosts: GITHUB_HOST_KEYS } }),
      'HOST_KEY_UNKNOWN',
      'is not known',
    ],
    [
      'a host with another key',
      () => ({ ssh: { key: server.key, knownHosts: otherKey() } }),
      'HOST_KEY_UNKNOWN',
      'another server answers',
    ],
    [
      'a repository that is not there',
      () => ({ fullName: 'acme/none' }),
      'REPOSITORY_NOT_FOUND',
      'does not exist, or the ssh key may not see it',
    ],
  ];
  test.each(refusals)('%s is refused', async (_, options, code, message) => {
    await serve();
    await expect(clone(options())).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    expect(await readdir(clones().folder)).toEqual([]);
  });

  /** The server's line of known_hosts with the key of another. */
  function otherKey(): string {
    const key = execFileSync('ssh-keygen', ['-y', '-f', join(keys, 'strange')]).toString();
    return `${server.knownHosts.split(' ', 1)[0]} ${key}`;
  }

  test('a key that may only read is refused when it pushes', async () => {
    await serve();
    const repository = await clone({ key: server.readOnlyKey });
    await expect(repository.push(await release(repository), 'release/web', '')).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
      message: expect.stringMatching(/^The ssh key was refused when it tried to push to .*marked as read only\.$/),
    });
  });

  test('nothing is reached where there is no ssh', async () => {
    await serve();
    const path = join(keys, 'no-ssh');
    await mkdir(path);
    for (const program of ['git', 'sh'])
      await symlink(execFileSync('which', [program]).toString().trim(), join(path, program));
    vi.stubEnv('PATH', path);
    await expect(clone()).rejects.toMatchObject({ code: 'PROGRAM_MISSING' });
  });

  test('a server that is gone is a failure of the network', async () => {
    await serve();
    const repository = await clone();
    const id = await release(repository);
    await server.close();
    await expect(repository.push(id, 'release/web', '')).rejects.toMatchObject({ code: 'NETWORK', blame: 'again' });
    await serve();
  });
});
