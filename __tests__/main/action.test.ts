import { describe, expect, test } from 'vitest';
import { runAction } from '../../src/main/action.ts';
import { inProcess } from './in-process.ts';

const RUNNER = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/web' };

describe('runAction', () => {
  test('a server address that is no URL: names the variable', async () => {
    const { exitCode, stdout } = await inProcess({ ...RUNNER, GITHUB_SERVER_URL: 'github' }, runAction);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('title=VARIABLE_INVALID')]);
  });
});
