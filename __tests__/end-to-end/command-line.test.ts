/** The command line as other CIs use it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { INPUT_TABLE } from '../../src/inputs/table.ts';
import { OUTPUTS } from '../../src/main/outputs.ts';
import { scenarios, type Scenario } from './harness.ts';

const FILES = {
  'a/web.yaml': 'image: ghcr.io/acme/web:1.4.1\n',
  'b/web.yaml': 'image: ghcr.io/acme/web:1.4.1\nsidecar: ghcr.io/acme/log:2.0.0\n',
};

/** What a shell that works with this sandbox has in its environment. */
const servers = ({ sandbox }: Scenario): Record<string, string> => ({
  GITHUB_SERVER_URL: sandbox.serverUrl,
  GITHUB_API_URL: sandbox.apiUrl,
});

scenarios(
  'the command line',
  FILES,
  (current, { node }) => {
    test('--json prints all outputs and nothing else on stdout; the log goes to stderr', async () => {
      const { cli, sandbox } = current();
      const flags = ['--repository', 'acme/manifests', '--images', 'ghcr.io/acme/web:1.4.2', '--json'];
      const { exitCode, stdout, stderr } = await cli(['release', ...flags], {
        ...servers(current()),
        MANIFEST_RELEASE_TOKEN: sandbox.token,
      });
      expect(exitCode, stderr).toBe(0);
      const outputs = JSON.parse(stdout) as Record<string, unknown>;
      expect(Object.keys(outputs)).toEqual(OUTPUTS.map(({ name }) => name));
      expect(outputs).toMatchObject({ outcome: 'created', 'changed-files': ['a/web.yaml', 'b/web.yaml'] });
      expect(stderr).toContain('- pushed ');
      expect(stderr + stdout).not.toContain(sandbox.token);
    });

    test('lists by repeated flags and by lines; the token from a named variable', async () => {
      const { cli, sandbox, repository } = current();
      const lists = [
        '--images',
        'ghcr.io/acme/web:1.4.2',
        '--images',
        'ghcr.io/acme/log:2.1.0',
        '--paths',
        'b\n:(exclude)a',
      ];
      const flags = ['--repository', 'acme/manifests', ...lists, '--token-env', 'MY_TOKEN'];
      const { exitCode, stdout } = await cli(['release', ...flags], { ...servers(current()), MY_TOKEN: sandbox.token });
      expect([exitCode, stdout]).toEqual([
        0,
        `Opened pull request #1 (${sandbox.serverUrl}/acme/manifests/pull/1): 2 places in 1 file.\n`,
      ]);
      expect(await repository.read('release/web', 'b/web.yaml')).toBe(
        'image: ghcr.io/acme/web:1.4.2\nsidecar: ghcr.io/acme/log:2.1.0\n',
      );
      expect(await repository.read('release/web', 'a/web.yaml')).toBe(FILES['a/web.yaml']);
    });

    test('wrong usage exits with 2', async () => {
      const { cli } = current();
      const usages = [
        ['release', '--mode', 'rollback'],
        ['release', '--image', 'a:1'],
        ['relaese'],
        ['release', '--images', 'a:1', '--token', 'x'],
        [],
      ];
      for (const args of usages) {
        const { exitCode, stderr, stdout } = await cli(args);
        expect([args, exitCode, stdout]).toEqual([args, 2, '']);
        expect(stderr).not.toMatch(/ {4}at /);
      }
    });

    test('a reader of stdout that ends early is no failure', () => {
      const script = 'set -o pipefail; "$1" dist/cli.cjs release --help | (exec <&-; sleep 1)';
      const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', node], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
    });

    test('a failure exits with 1 and says why on stderr', async () => {
      const { exitCode, stdout, stderr } = await current().cli([
        'release',
        '--images',
        'a:1',
        '--repository',
        './nowhere',
        '--json',
      ]);
      expect([exitCode, stdout]).toEqual([1, '']);
      expect(stderr).toContain('error: Input "repository" is "./nowhere"');
      const unset = await current().cli([
        'release',
        '--images',
        'a:1',
        '--repository',
        'a/b',
        '--token-env',
        'NOT_SET',
      ]);
      expect([unset.exitCode, unset.stderr]).toEqual([
        1,
        expect.stringContaining('Input "token-env" is "…", which is not the name'),
      ]);
    });

    test('--help is complete', async () => {
      const { exitCode, stdout } = await current().cli(['release', '--help']);
      expect(exitCode).toBe(0);
      for (const { name, variable } of INPUT_TABLE) {
        expect(stdout.includes(`--${name} `), name).toBe(
          variable === undefined && !['mode', 'settings', 'from', 'wait-for'].includes(name),
        );
      }
      expect(stdout).toContain('MANIFEST_RELEASE_TOKEN');
    });

    test.each([
      ['promote', ['--app', '--from', '--title'], ['--images', '--version', '--wait-for']],
      ['status', ['--app', '--verdict'], ['--title', '--images', '--wait-for']],
      ['wait', ['--wait-for', '--wait-timeout'], ['--paths', '--images']],
      ['init', ['--paths', '--sign-commits'], ['--images', '--labels']],
    ])('%s --help has the flags that it reads', async (command, read, others) => {
      const { stdout } = await current().cli([command, '--help']);
      expect([...read, ...others].filter((flag) => stdout.includes(`  ${flag} `))).toEqual(read);
    });

    test('the demo runs in a folder of its own and leaves nothing behind', async () => {
      const { exitCode, stdout, stderr, left } = await current().cli(['demo']);
      expect([exitCode, stderr, left]).toEqual([0, '', []]);
      const told = stdout.matchAll(/^(?:##### |[\w ]*: )?(First|Opened|Nothing|Updated|Second|Pushed to) /gm);
      expect([...told].map(([, found]) => found)).toEqual([
        'First',
        'Opened',
        'Nothing',
        'Updated',
        'Second',
        'Pushed to',
        'Opened',
        'Opened',
        'Opened',
      ]);
      const part = (title: string): string => stdout.split(`=== ${title}`)[1]?.split('\n=== ')[0] ?? '';
      expect(part('Pull request #3')).toMatch(
        /Promote web-production 1\.5\.0 → 1\.6\.0 .*In staging since .*request 2/s,
      );
      expect(part('Pull request #3'), 'the registry and the labels of the image').toMatch(
        /\| sha256:[\da-f]{12}, linux\/amd64 linux\/arm64, 2 hours old \|.*\*\*What is in it:\*\* 2 commits of acme\/web/s,
      );
      expect(part('Production goes back').match(/^[-+] {2,}.+/gm)).toEqual([
        expect.stringMatching(/^- {4}newTag: "1\.6\.0" #/),
        expect.stringMatching(/^\+ {4}newTag: "1\.5\.0" #/),
      ]);
      expect(part('Pull request #4')).toContain('**Why:** Errors at the checkout');
      expect(part('What is where').match(/^web .+/gm)).toEqual([
        expect.stringMatching(/^web +development +1\.6\.0 /),
        expect.stringMatching(/^web +staging +1\.6\.0 .* 2$/),
        expect.stringMatching(/^web +production +1\.6\.0 .* 3 +#4 Roll back web-production 1\.6\.0 → 1\.5\.0$/),
      ]);
      expect(stdout, 'no token').not.toMatch(/gh[a-z]_|x-access-token/);
    });

    test('the demo without its file is an error that names it', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'no demo '));
      try {
        const program = join(folder, 'cli.cjs');
        await copyFile('dist/cli.cjs', program);
        await copyFile('dist/start.cjs', join(folder, 'start.cjs'));
        const { status, stdout, stderr } = spawnSync(node, [program, 'demo'], { encoding: 'utf8' });
        expect([status, stdout]).toEqual([2, '']);
        expect(stderr).toBe('error: the demo is in ./demo.cjs, which was not found beside this file\n');
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    test('a local path: the branch is pushed, the text is printed, and the second run does nothing', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'local repository '));
      try {
        const path = join(folder, 'manifests.git');
        execFileSync('git', ['clone', '--quiet', '--bare', current().repository.gitDir, path]);
        const args = ['release', '--repository', path, '--images', 'ghcr.io/acme/web:1.4.2'];
        const first = await current().cli(args);
        expect([first.exitCode, first.stdout], first.stderr).toEqual([
          0,
          expect.stringContaining('Pushed branch release/web'),
        ]);
        expect(first.stderr).toContain('Release web 1.4.1 → 1.4.2 (patch)\n\nRelease **web** 1.4.1 → 1.4.2 (patch): ');
        expect(execFileSync('git', ['-C', path, 'show', 'release/web:a/web.yaml'], { encoding: 'utf8' })).toContain(
          ':1.4.2',
        );
        const second = await current().cli(args);
        expect(second.stdout).toBe('Nothing to do: branch release/web has these versions already.\n');
        expect(second.left).toEqual([]);
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    test('no git is an error that says so', async () => {
      const { cli } = current();
      const { exitCode, stderr, left } = await cli(['release', '--images', 'a:1', '--repository', 'a/b'], {
        PATH: '/nonexistent',
      });
      expect([exitCode, left], node).toEqual([1, []]);
      expect(stderr).toContain('The program git was not found.');
    });
  },
  { runs: 'processes' },
);
