/** The command line in a shell: version, completion, and what only a terminal gets. Of the built file. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INPUT_TABLE } from '../../src/inputs/table.ts';
import { choicesOf } from '../../src/inputs/lookup.ts';
import { inputsOfMode } from '../../src/inputs/mode-inputs.ts';
import manifest from '../../package.json' with { type: 'json' };

const CLI = resolve('dist/cli.cjs');
const isThere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const cli = (...args: string[]) => spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
const ESCAPE = '\u001b';

let folder: string;
let repository: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shell '));
  repository = join(folder, 'manifests');
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args]);
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', repository]);
  writeFileSync(join(repository, 'web.yaml'), 'image: ghcr.io/acme/web:1.4.1\n');
  git('add', '.');
  git('commit', '--quiet', '--message=First');
});

afterAll(() => rmSync(folder, { recursive: true }));

test('--version is that of the package, on stdout alone', () => {
  const { status, stdout, stderr } = cli('--version');
  expect([status, stdout, stderr]).toEqual([0, `${manifest.version}\n`, '']);
});

describe('completion', () => {
  test('an unknown shell is a wrong use', () => {
    const { status, stdout, stderr } = cli('completion', 'fish');
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringContaining('Allowed choices are bash, zsh')]);
  });

  /** What bash offers for the last of some words. */
  function bash(...words: string[]): string[] {
    const script = `source "$1"
shift
COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 ))
_manifest_release_pr
printf '%s\\n' "\${COMPREPLY[@]}"`;
    const args = ['-c', script, 'bash', join(folder, 'completion.bash'), 'manifest-release-pr', ...words];
    return execFileSync('bash', args, { encoding: 'utf8' }).split('\n').filter(Boolean);
  }

  test('bash: commands, the flags that each takes, values, and files for a text', () => {
    writeFileSync(join(folder, 'completion.bash'), cli('completion', 'bash').stdout);
    expect(bash('')).toEqual(expect.arrayContaining([...choicesOf('mode'), 'demo', 'completion', '--version']));
    expect(bash('rol')).toEqual(['rollback']);
    const flags = INPUT_TABLE.filter(
      ({ name, variable }) => !['mode', 'settings'].includes(name) && variable === undefined,
    );
    for (const mode of ['release', 'promote', 'rollback'] as const) {
      const taken = flags.filter(({ name }) => inputsOfMode(mode).has(name));
      expect(bash(mode, '--')).toEqual([...taken.map(({ name }) => `--${name}`), '--token-env', '--json', '--help']);
    }
    const ofScan = [
      'repository',
      'paths',
      'base',
      'app-client-id',
      'forge',
      'ssh-known-hosts',
      'token-env',
      'json',
      'help',
    ];
    expect(bash('scan', '--'), 'those that it reads').toEqual(ofScan.map((name) => `--${name}`));
    for (const { name, choices } of flags) {
      const isSwitch = choices?.includes('true') === true && choices.length === 2;
      if (choices && !isSwitch) expect(bash('release', `--${name}`, '')).toEqual([...choices]);
    }
    expect(bash('release', '--delivery', '=', 'pus'), 'bash takes --delivery=pus apart').toEqual(['push']);
    expect(bash('release', '--repository', ''), 'files are left to bash').toEqual([]);
    expect(bash('release', '--dry-run', '--j')).toEqual(['--json']);
    expect(bash('completion', 'z')).toEqual(['zsh']);
  });

  test.skipIf(!isThere('zsh'))(`zsh${isThere('zsh') ? '' : ' (skipped: no zsh on this machine)'}`, () => {
    writeFileSync(join(folder, 'completion.zsh'), cli('completion', 'zsh').stdout);
    writeFileSync(
      join(folder, 'type.zsh'),
      `zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1=; autoload -Uz compinit; compinit -u -D; manifest-release-pr() { print -r -- GOT:\\$*:END }"
zpty -w z "source \${(q)1}; print READY\\$((1+1))"
zpty -r z out '*READY2*'
for typed in "\${@[2,-1]}"; do
  zpty -w -n z "manifest-release-pr $typed"$'\\t\\n'
  zpty -r z out '*GOT:*:END*'
  print -r -- \${\${out##*GOT:}%%:END*}
done
zpty -d z
`,
    );
    const typed = ['rel', 'release --deliv', 'release --delivery=pus', 'release --delivery pul', 'completion z', 'sc'];
    const args = ['-f', join(folder, 'type.zsh'), join(folder, 'completion.zsh'), ...typed];
    const { stdout } = spawnSync('zsh', args, {
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...process.env, HOME: folder },
    });
    expect(stdout.split('\n').map((line) => line.trim())).toEqual([
      'release',
      'release --delivery',
      'release --delivery=push',
      'release --delivery pull-request',
      'completion zsh',
      'scan',
      '',
    ]);
  });
});

const HAS_TERMINAL = isThere('script');

/** Runs the command line at a terminal of its own; both streams are that terminal. */
function atTerminal(args: string, env: Readonly<Record<string, string>> = {}): string {
  const command = `'${process.execPath}' '${CLI}' ${args}`;
  const path = process.env['PATH'] ?? '';
  return execFileSync('script', ['--quiet', '--command', `${command}; true`, '/dev/null'], {
    encoding: 'utf8',
    env: { PATH: path, HOME: folder, TERM: 'xterm', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const WRONG = '--base nowhere';

describe.skipIf(!HAS_TERMINAL)(`at a terminal${HAS_TERMINAL ? '' : ' (skipped: no program script here)'}`, () => {
  const scan = (): string => `scan --repository '${repository}'`;

  test('failures have colours', () => {
    expect(atTerminal(`${scan()} ${WRONG}`)).toContain(`${ESCAPE}[31merror:${ESCAPE}[0m `);
  });

  test.each([
    ['NO_COLOR', { NO_COLOR: '1' }],
    ['a dumb terminal', { TERM: 'dumb' }],
    ['a CI', { GITLAB_CI: 'true', CI_PROJECT_PATH: 'acme/web', CI_SERVER_URL: 'https://gitlab.example' }],
  ])('no colours with %s', (_, env) => {
    const told = atTerminal(`${scan()} ${WRONG}`, env);
    expect(told).toContain('nowhere');
    expect(told).not.toContain(`${ESCAPE}[3`);
  });

  describe('a long clone', () => {
    /** A git whose clone takes some seconds, and says how far it is as git does. */
    function slowGit(): string {
      const tools = join(folder, 'tools');
      mkdirSync(tools, { recursive: true });
      const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
      const script = `#!/bin/sh
if [ "$1" = clone ]; then
  printf '%s ' "$@" > '${folder}/arguments'
  printf 'remote: \\033[31mCounting objects:   1%% (1/100)\\r' >&2
  for i in 1 2 3 4 5; do
    sleep 0.5
    printf 'Receiving objects:  42%% (42/100), 3.10 MiB | 1.00 MiB/s\\r' >&2
  done
fi
exec '${real}' "$@"
`;
      writeFileSync(join(tools, 'git'), script);
      chmodSync(join(tools, 'git'), 0o755);
      return `${tools}:${process.env['PATH'] ?? ''}`;
    }

    test('tells how far it is on one line, which is gone at the end', () => {
      const told = atTerminal(scan(), { PATH: slowGit() });
      expect(told).toContain(`\rReceiving objects: 42%, 3.10 MiB${ESCAPE}[K\r${ESCAPE}[K`);
      expect(told.indexOf('Receiving')).toBeLessThan(told.indexOf('- cloned'));
      expect(told, 'nothing of the server’s own text').not.toContain(`${ESCAPE}[31mCounting`);
    });

    test('tells nothing in a pipe or a CI', () => {
      const env = { PATH: slowGit(), HOME: folder };
      const args = [CLI, 'scan', '--repository', repository];
      const { stderr, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
      expect(stdout).toContain('ghcr.io/acme/web');
      expect(stderr).toMatch(/^Read the manifests:\n- cloned /);
      expect(execFileSync('cat', [join(folder, 'arguments')], { encoding: 'utf8' })).toContain('clone --quiet ');
      const ci = { GITLAB_CI: 'true', CI_PROJECT_PATH: 'acme/web', CI_SERVER_URL: 'https://gitlab.example' };
      expect(atTerminal(scan(), { PATH: slowGit(), ...ci })).not.toContain('Receiving');
    });
  });
});
