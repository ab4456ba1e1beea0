import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { forgetSecrets, keepSecret } from '../../src/core/secrets.ts';
import { ActionLog, runAction } from '../../src/main/action.ts';
import { inProcess } from './in-process.ts';

const RUNNER = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/web' };

describe('ActionLog.debug', () => {
  const write = (environment: Record<string, string>) =>
    inProcess(environment, async () => {
      keepSecret('s3cret');
      new ActionLog(true).debug('git clone s3cret\n::error::x');
      forgetSecrets();
      return 0;
    });

  test('is a debug command without secrets on a runner that debugs', async () => {
    expect((await write({ RUNNER_DEBUG: '1' })).stdout).toBe('::debug::git clone ***\\u{a}::error::x\n');
  });

  test('is nothing on a runner that does not', async () => {
    expect((await write({})).stdout).toBe('');
  });
});

describe('runAction', () => {
  test('outputs that cannot be written: an error that says what the run did', async () => {
    const repository = join(mkdtempSync(join(tmpdir(), 'action-')), 'manifests');
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', repository, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args]);
    try {
      mkdirSync(repository);
      git('init', '-q', '-b', 'main');
      git('config', 'receive.denyCurrentBranch', 'ignore');
      writeFileSync(join(repository, 'web.yaml'), 'image: ghcr.io/acme/web:1.4.1\n');
      git('add', '.');
      git('commit', '-q', '-m', 'web');
      const inputs = { INPUT_REPOSITORY: repository, INPUT_IMAGES: 'ghcr.io/acme/web:1.4.2', INPUT_DELIVERY: 'push' };
      const environment = { ...RUNNER, ...inputs, GITHUB_OUTPUT: join(repository, 'no/such/file') };
      const { exitCode, stdout } = await inProcess(environment, runAction);
      expect([exitCode, stdout]).toEqual([1, expect.stringContaining('::error title=RESULT_NOT_WRITTEN::')]);
      expect(stdout).toMatch(/The run itself is complete:%0A {2}Pushed to main of /);
      expect(stdout).not.toContain('Nothing was pushed');
      expect(git('show', 'main:web.yaml').toString()).toBe('image: ghcr.io/acme/web:1.4.2\n');
    } finally {
      rmSync(join(repository, '..'), { recursive: true });
    }
  });

  test('a server address that is no URL: names the variable', async () => {
    const { exitCode, stdout } = await inProcess({ ...RUNNER, GITHUB_SERVER_URL: 'github' }, runAction);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('title=VARIABLE_INVALID')]);
  });

  test.each([
    ['PATH', 'web', 'paths'],
    ['DRY_RUN', 'true', 'dry-run'],
    ['APP-ID', '1', 'app-client-id'],
    ['GITHUB-TOKEN', '', 'token'],
  ])('an unknown input %s: an error that names the nearest one', async (name, value, nearest) => {
    const inputs = { INPUT_IMAGES: 'ghcr.io/acme/web:1.4.2', INPUT_REPOSITORY: '/nowhere', [`INPUT_${name}`]: value };
    const { exitCode, stdout } = await inProcess({ ...RUNNER, ...inputs }, runAction);
    const message = `Input "${name.toLowerCase()}" is unknown.%0ADid you mean "${nearest}"?`;
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining(`title=INPUT_UNKNOWN::${message}`)]);
  });
});
