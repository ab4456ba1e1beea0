import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { git, GitError } from '../../src/git/run-git.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'git-test-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** The environment that a git command gets, told by itself. */
async function environment(options: Parameters<typeof git>[1] = {}): Promise<Record<string, string>> {
  const { stdout } = await git(['-c', 'alias.told=!env -0', 'told'], options);
  const lines = stdout.toString().split('\0').filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

describe('a command', () => {
  test('gives its output and what it was asked on stdin as bytes', async () => {
    const input = Buffer.from([0, 255, 10, 13, 128]);
    await git(['init', '--quiet', '--bare', folder]);
    const id = (await git(['hash-object', '-w', '--stdin'], { gitDir: folder, input })).stdout.toString().trim();
    expect((await git(['cat-file', 'blob', id], { gitDir: folder })).stdout.equals(input)).toBe(true);
  });

  test('takes its arguments as they are, through no shell', async () => {
    const text = '$(touch x); `id` "a" \'b\' * \n ü';
    const { stdout } = await git(['-c', `user.x=${text}`, 'config', '-z', 'user.x']);
    expect(stdout.toString()).toBe(`${text}\0`);
  });

  test('that fails says why, in English', async () => {
    vi.stubEnv('LC_ALL', 'de_DE.UTF-8');
    vi.stubEnv('LANGUAGE', 'de');
    const error = await git(['rev-parse', 'HEAD'], { gitDir: join(folder, 'none') }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GitError);
    expect(error).toMatchObject({
      command: 'rev-parse',
      exitCode: 128,
      message: expect.stringContaining('git rev-parse exited with 128: fatal: not a git repository'),
    });
  });

  test('may answer by its exit code', async () => {
    const { exitCode } = await git(['config', 'no.such'], { answers: [0, 1] });
    expect(exitCode).toBe(1);
    await expect(git(['config', 'no.such'], { answers: [0] })).rejects.toThrow(GitError);
  });

  test('that does not read its input ends all the same', async () => {
    const { stdout } = await git(['version'], { input: Buffer.alloc(4_000_000) });
    expect(stdout.toString()).toMatch(/^git version/);
  });

  test('that is killed has failed', async () => {
    const ended = git(['-c', 'alias.end=!kill -9 $PPID', 'end'], { answers: [0, 1] });
    await expect(ended).rejects.toMatchObject({ name: 'GitError', exitCode: -1 });
  });

  test('cannot run where there is no git', async () => {
    vi.stubEnv('PATH', folder);
    await expect(git(['version'])).rejects.toMatchObject({ code: 'GIT_MISSING', blame: 'yours' });
  });

  test('cannot run where git may not be run', async () => {
    await writeFile(join(folder, 'git'), '#!/bin/sh\n');
    await chmod(join(folder, 'git'), 0o644);
    vi.stubEnv('PATH', folder);
    await expect(git(['version'])).rejects.toThrow('EACCES');
  });
});

describe('the environment of a command', () => {
  const SECRET = 'topSecret';

  test.each([
    'GITHUB_TOKEN',
    'INPUT_TOKEN',
    'MANIFEST_RELEASE_TOKEN',
    'GIT_DIR',
    'GIT_WORK_TREE',
    'GIT_INDEX_FILE',
    'GIT_OBJECT_DIRECTORY',
    'GIT_ASKPASS',
    'SSH_ASKPASS',
    'GIT_SSH_COMMAND',
    'GIT_TRACE',
    'GIT_TRACE_CURL',
    'GIT_TRACE2_EVENT',
    'GIT_EXTERNAL_DIFF',
    'GIT_ALTERNATE_OBJECT_DIRECTORIES',
    'GIT_CONFIG_PARAMETERS',
    'GIT_AUTHOR_NAME',
    'LD_PRELOAD',
    'XDG_CONFIG_HOME',
    'HOME',
    'USERPROFILE',
    'CURL_HOME',
  ])('has nothing of our %s', async (name) => {
    vi.stubEnv(name, SECRET);
    expect(Object.values(await environment())).not.toContain(SECRET);
  });

  test.each(['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'SSL_CERT_FILE', 'SSH_AUTH_SOCK'])(
    'has our %s',
    async (name) => {
      vi.stubEnv(name, folder);
      expect((await environment())[name]).toBe(folder);
    },
  );

  test('never lets git ask', async () => {
    expect(await environment()).toMatchObject({ GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' });
  });

  test('has what a caller adds, and configuration by number', async () => {
    const told = await environment({ environment: { GIT_PROJECT_ROOT: folder }, config: { 'user.x': 'a=b\nc' } });
    const number = Number(told['GIT_CONFIG_COUNT']) - 1;
    expect(told).toMatchObject({
      GIT_PROJECT_ROOT: folder,
      [`GIT_CONFIG_KEY_${number}`]: 'user.x',
      [`GIT_CONFIG_VALUE_${number}`]: 'a=b\nc',
    });
  });
});

describe('the configuration of a command', () => {
  test('has nothing of the machine’s or the user’s', async () => {
    await writeFile(join(folder, '.gitconfig'), '[user]\n\tx = theirs\n[core]\n\thooksPath = /tmp/theirs\n');
    vi.stubEnv('HOME', folder);
    vi.stubEnv('GIT_CONFIG_GLOBAL', join(folder, '.gitconfig'));
    vi.stubEnv('GIT_CONFIG_SYSTEM', join(folder, '.gitconfig'));
    const { stdout } = await git(['config', '--list']);
    expect(stdout.toString()).not.toContain('theirs');
    expect(stdout.toString()).toContain('core.hookspath=/dev/null\n');
  });

  test.each([
    'http://127.0.0.1:1/a',
    'https://127.0.0.1:1/a',
    'ssh://127.0.0.1:1/a',
    'git://127.0.0.1:1/a',
    'ext::sh -c id',
  ])('allows no transport that a caller did not: %s', async (url) => {
    await expect(git(['ls-remote', url])).rejects.toThrow(/transport '\w+' not allowed/);
  });
});
