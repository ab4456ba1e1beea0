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

  test('RUNNER_DEBUG=1: writes debug lines to stderr', async () => {
    const args = [...RELEASE, '--from', 'production'];
    const debugging = await inProcess({ RUNNER_DEBUG: '1' }, () => runCommandLine(args));
    expect(debugging.stderr).toContain('- debug: release at acme/manifests (github) over https; CI: plain');
    expect((await inProcess({}, () => runCommandLine(args))).stderr).not.toContain('debug');
  });

  test.each([
    ['--path', 'web', 'Did you mean --paths?'],
    ['--dry_run', 'true', 'Did you mean --dry-run?'],
    ['--app-id', '1', 'Did you mean --app-client-id?'],
    ['--tag', '1.5.0', 'Did you mean --images or --version?'],
    ['--token', 'x', 'Did you mean the environment variable MANIFEST_RELEASE_TOKEN?'],
    ['--mode', 'promote', 'Did you mean a command (release, promote, '],
    ['--settings', 'registry: off', 'Did you mean a flag for each of them (--registry off)?'],
  ])('an unknown option %s: exits with 2 and names the nearest one', async (option, value, hint) => {
    const { exitCode, stderr } = await inProcess({}, () => runCommandLine([...RELEASE, option, value]));
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`error: Input "${option}" is unknown.\n${hint}`)]);
  });

  test.each([
    [['--dry-run=true'], 'Flag --dry-run has no value: give it alone, or leave it out.'],
    [['--json=true'], 'Flag --json has no value: give it alone, or leave it out.'],
    [['--force', 'true'], 'a switch, as --dry-run, has none.'],
  ])('a switch with a value (%j): exits with 2 and says that it has none', async (args, told) => {
    const { exitCode, stderr } = await inProcess({}, () => runCommandLine([...RELEASE, ...args]));
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(told)]);
  });

  test.each([['relaese'], ['release', '--base'], ['release', 'x'], ['demo', 'x']])(
    'a wrong use (%s): exits with 2',
    async (...args) => {
      const { exitCode, stderr } = await inProcess({}, () => runCommandLine(args));
      expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^error: .*\n$/)]);
    },
  );
});
