import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { git } from '../../src/git/run-git.ts';
import { readRemote } from '../../src/core/remote.ts';
import type { CloneStore } from '../../src/git/clone-store.ts';
import type { Signer } from '../../src/git/manifest-store.ts';
import { BareRepository } from '../../sandbox/bare-repository.ts';
import { AUTHOR, eachWithClones } from './clones.ts';
import { makeKey } from './sshd.ts';

const run = promisify(execFile);
const clones = eachWithClones({ 'web.yaml': 'image: acme/web:1.4.1\n', 'apps/api.yaml': 'image: acme/api:1\n' });
const MESSAGE = 'Release web 1.4.2 größe\n\nRelease-Name: web\n';

let folder: string;
/** The person's own gpg, with the public halves. */
let gpgHome: string;
let ssh: { readonly private: string; readonly public: string };
let gpg: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signing-'));
  gpgHome = join(folder, 'gpg');
  await mkdir(gpgHome, { mode: 0o700 });
  ssh = await makeKey(folder, 'ssh');
  gpg = await makeGpgKey(AUTHOR.email);
});

afterAll(async () => {
  await gpgProgram('gpgconf', '--kill', 'all');
  await rm(folder, { recursive: true });
});

async function gpgProgram(program: 'gpg' | 'gpgconf', ...args: string[]): Promise<string> {
  return (await run(program, args, { env: { ...process.env, GNUPGHOME: gpgHome } })).stdout;
}

/** Makes a gpg key, and gives its private half as gpg exports it. */
async function makeGpgKey(email: string, { passphrase = '', expires = 'never', usage = 'sign' } = {}): Promise<string> {
  const unlocked = ['--batch', '--pinentry-mode', 'loopback', '--passphrase', passphrase];
  await gpgProgram('gpg', ...unlocked, '--quick-generate-key', `Bot <${email}>`, 'ed25519', usage, expires);
  return gpgProgram('gpg', ...unlocked, '--armor', '--export-secret-keys', email);
}

async function commit(repository: CloneStore, signer?: Signer, author = AUTHOR) {
  const { manifests } = await repository.read({ words: ['acme/web'] });
  const file = manifests.find(({ path }) => path === 'web.yaml');
  if (!file) throw new Error('web.yaml was not found');
  const files = [{ ...file, bytes: Buffer.from('image: acme/web:1.4.2\n') }];
  const parent = repository.baseCommit;
  return repository.write({ parent, message: MESSAGE, author, time: 1_700_000_000, files }, signer);
}

/** What git says of the signature of a commit in the origin. */
async function verify(id: string, { gitDir }: BareRepository = clones().origin): Promise<string> {
  const allowed = join(folder, 'allowed');
  await writeFile(allowed, `${AUTHOR.email} ${ssh.public}`);
  const config = { 'gpg.ssh.allowedSignersFile': allowed };
  const environment = { GNUPGHOME: gpgHome };
  return (await git(['verify-commit', '--raw', id], { gitDir, config, environment })).stderr;
}

const GOOD = { ssh: 'Good "git" signature for bot@example.com', gpg: '[GNUPG:] GOODSIG' };

describe.each([
  ['ssh', []],
  ['ssh', ['web.yaml', 'apps']],
  ['gpg', []],
  ['gpg', ['web.yaml', 'apps']],
] as const)('with %s, paths %j', (format, paths) => {
  test('a commit is the same with a good signature', async () => {
    const { origin, clone, folder: temporary } = clones();
    vi.stubEnv('GNUPGHOME', '/nowhere');
    vi.stubEnv('SSH_AUTH_SOCK', '/nowhere');
    const repository = await clone({ paths });
    const unsigned = await commit(repository);
    const signed = await commit(repository, { format, key: format === 'ssh' ? ssh.private : gpg });
    expect(signed).toEqual({ ...unsigned, id: signed.id, signed: true });
    expect(await repository.readCommit(signed.id)).toEqual(signed);
    expect(await repository.diff(signed.parents[0] ?? '', signed.id)).toContain('+image: acme/web:1.4.2');

    expect(await repository.push(signed.id, 'release/web', '')).toBeDefined();
    expect(await verify(signed.id)).toContain(GOOD[format]);
    const [latest] = await origin.log('release/web');
    expect(latest).toMatchObject({
      sha: signed.id,
      author: AUTHOR,
      committer: AUTHOR,
      trailers: ['Release-Name: web'],
    });
    expect(await latestHistory(repository)).toEqual([true, false]);
    expect(await readdir(temporary), 'the clone alone').toEqual([expect.stringMatching(/^manifest-release-/)]);
  });

  async function latestHistory(repository: CloneStore): Promise<boolean[]> {
    const above = await repository.commitsAbove((await repository.tip('release/web'))?.id ?? '');
    return [...above, ...(await repository.history())].map(({ signed }) => signed);
  }
});

test('a commit without a signer has no signature', async () => {
  const repository = await clones().clone();
  const { id, signed } = await commit(repository);
  expect(signed).toBe(false);
  expect((await repository.readCommit(id)).signed).toBe(false);
});

test.each(['Bot, Inc.', 'Zoë "Z" O’Neil', '…'])('the author %s is signed as given', async (name) => {
  const { origin, clone } = clones();
  const repository = await clone();
  const { id } = await commit(repository, { format: 'ssh', key: ssh.private }, { ...AUTHOR, name });
  await repository.push(id, 'release/web', '');
  expect(await origin.log('release/web')).toMatchObject([{ author: { name } }, {}]);
  expect(await verify(id)).toContain(GOOD.ssh);
});

test('a key with other line ends, and none at its end, signs too', async () => {
  const repository = await clones().clone();
  for (const [format, key] of [
    ['ssh', ssh.private],
    ['gpg', gpg],
  ] as const) {
    const signer = { format, key: key.trim().replaceAll('\n', '\r\n') };
    expect((await commit(repository, signer)).signed).toBe(true);
  }
});

test('a commit in a repository of SHA-256 is signed under the name that is for those', async () => {
  const { clone, folder: temporary, sandbox } = clones();
  const gitDir = `${temporary}-sha256.git`;
  await git(['init', '--quiet', '--bare', '--object-format=sha256', '--initial-branch=main', gitDir]);
  const origin = new BareRepository(gitDir, 'main');
  await origin.commit('main', { 'web.yaml': 'image: acme/web:1.4.1\n' });
  const repository = await clone({ remote: readRemote(gitDir, sandbox.serverUrl), token: '' });
  const { id } = await commit(repository, { format: 'ssh', key: ssh.private });
  expect(await repository.push(id, 'release/web', '')).toBeDefined();
  expect(await verify(id, origin)).toContain(GOOD.ssh);
  expect((await repository.commitsAbove(id)).map(({ signed }) => signed)).toEqual([true]);
  await rm(gitDir, { recursive: true });
});

describe('a key is refused', () => {
  const cases: [what: string, format: Signer['format'], key: () => Promise<string> | string, reason: RegExp][] = [
    ['with a passphrase', 'ssh', () => locked(), /it has a passphrase/],
    ['of which the public half is given', 'ssh', () => ssh.public, /it is the public half/],
    ['of another kind', 'ssh', () => gpg, /not lines between/],
    ['that nothing can read', 'ssh', () => ssh.private.replace(/\n\w{20}/, '\n'), /: ssh-keygen cannot read it\.$/],
    [
      'with a passphrase',
      'gpg',
      () => makeGpgKey('locked@example.com', { passphrase: 'secret' }),
      /it has a passphrase/,
    ],
    ['that may not sign', 'gpg', () => makeGpgKey('auth@example.com', { usage: 'auth' }), /signing failed: Unusable/],
    ['that is expired', 'gpg', () => expired(), /signing failed: /],
    [
      'of which the public half is given',
      'gpg',
      () => gpgProgram('gpg', '--armor', '--export', AUTHOR.email),
      /no line/,
    ],
    ['of another kind', 'gpg', () => ssh.private, /no line/],
    ['that nothing can read', 'gpg', () => gpg.replace(/\n\w{20}/, '\n'), /: import .* failed: /],
  ];
  test.each(cases)('%s, for %s', async (_, format, key, reason) => {
    const { clone, folder: temporary } = clones();
    const error: unknown = await commit(await clone(), { format, key: await key() }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'SIGNING_KEY_INVALID',
      blame: 'yours',
      message: expect.stringMatching(reason),
    });
    expect((error as Error).message).toContain(`${format} can sign with: `);
    expect((error as Error).message, 'no path of ours').not.toContain(temporary);
  });

  async function locked(): Promise<string> {
    return (await makeKey(folder, 'locked', { passphrase: 'secret' })).private;
  }

  async function expired(): Promise<string> {
    const key = await makeGpgKey('expired@example.com', { expires: 'seconds=1' });
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return key;
  }
});

test.each([
  ['ssh', 'ssh-keygen'],
  ['gpg', 'gpg'],
] as const)('for %s the program %s is needed', async (format, program) => {
  const { clone } = clones();
  const repository = await clone();
  const tools = join(folder, `no-${program}`);
  await mkdir(tools);
  await symlink((await run('which', ['git'])).stdout.trim(), join(tools, 'git'));
  vi.stubEnv('PATH', tools);
  await expect(commit(repository, { format, key: format === 'ssh' ? ssh.private : gpg })).rejects.toMatchObject({
    code: 'PROGRAM_MISSING',
    message: expect.stringContaining(program),
  });
});

test('the agent of gpg ends, when it signed and when it could not', async () => {
  const { clone } = clones();
  const repository = await clone();
  const tools = join(folder, 'tools');
  await mkdir(tools);
  const real = (await run('which', ['gpgconf'])).stdout.trim();
  await writeFile(join(tools, 'gpgconf'), `#!/bin/sh\necho "$GNUPGHOME $*" >> '${tools}/calls'\nexec '${real}' "$@"\n`);
  await chmod(join(tools, 'gpgconf'), 0o755);
  vi.stubEnv('PATH', `${tools}:${process.env['PATH']}`);
  await commit(repository, { format: 'gpg', key: gpg });
  const key = await makeGpgKey('agent@example.com', { passphrase: 'secret' });
  await expect(commit(repository, { format: 'gpg', key })).rejects.toMatchObject({ code: 'SIGNING_KEY_INVALID' });
  const calls = (await readFile(join(tools, 'calls'), 'utf8')).trim().split('\n');
  expect(calls).toHaveLength(2);
  expect(calls.every((call) => /\/manifest-release-[\w-]+ --kill all$/.test(call))).toBe(true);
  const { stdout } = await run('ps', ['-eo', 'args']);
  for (const call of calls) expect(stdout).not.toContain(`--homedir ${call.split(' ')[0]}`);
});
