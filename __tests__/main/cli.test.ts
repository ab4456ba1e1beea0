import { describe, expect, test } from 'vitest';
import { runCommandLine } from '../../src/main/cli.ts';
import { inProcess } from './in-process.ts';

const RELEASE = ['release', '--repository', 'acme/manifests', '--images', 'ghcr.io/acme/web:1.4.2'];

describe('runCommandLine', () => {
  test('a server address that is no URL: names the variable', async () => {
    const { exitCode, stderr } = await inProcess({ GITHUB_SERVER_URL: 'github' }, () => runCommandLine(RELEASE));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('GITHUB_SERVER_URL is "github"')]);
  });

  test('a secret that is missing: names its environment variable and no flag', async () => {
    const args = [...RELEASE, '--app-client-id', 'Iv1'];
    const { exitCode, stderr } = await inProcess({}, () => runCommandLine(args));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('MANIFEST_RELEASE_APP_PRIVATE_KEY')]);
    expect(stderr).not.toContain('--app-private-key');
  });
});
