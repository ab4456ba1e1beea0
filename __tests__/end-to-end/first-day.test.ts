/** What goes wrong on the first day: each is one error with the next step, of the built command line. Listed in docs/scan-and-init.md. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { scenarios, type Scenario } from './harness.ts';

const FILES = {
  'apps/web/production/web.yaml': 'kind: Deployment\nspec:\n  image: ghcr.io/acme/web:1.4.1\n',
  'apps/new/production/new.yaml': 'kind: Deployment\nspec:\n  image: ghcr.io/acme/new\n',
};
const WEB = ['--images', 'ghcr.io/acme/web:1.4.2'];

interface Mistake {
  /** Behind `release --repository acme/manifests`. */
  readonly args: readonly string[];
  readonly env?: (scenario: Scenario) => Readonly<Record<string, string>>;
  readonly prepare?: (scenario: Scenario) => void;
  /** 1 unless it is a wrong use. */
  readonly exitCode?: 2;
  readonly code: string;
  /** Parts of the message, and the next step. */
  readonly says: readonly string[];
}

const token = (value: string) => (): Record<string, string> => ({ MANIFEST_RELEASE_TOKEN: value });

const MISTAKES: Readonly<Record<string, Mistake>> = {
  'no token': {
    args: WEB,
    env: token(''),
    code: 'ACCESS_DENIED',
    says: ['No token was given', 'MANIFEST_RELEASE_TOKEN'],
  },
  'a wrong token': {
    args: WEB,
    env: token('ghp_wrong'),
    code: 'ACCESS_DENIED',
    says: ['The token was refused when it tried to read', 'expired'],
  },
  'a token of another repository': {
    args: WEB,
    env: ({ sandbox }) => token(sandbox.createToken({ repositories: ['acme/other'] }))(),
    code: 'REPOSITORY_NOT_FOUND',
    says: ['"acme/manifests" does not exist, or the token may not see it', 'Select the repository'],
  },
  'a token that may only read': {
    args: WEB,
    env: ({ sandbox }) => token(sandbox.createToken({ permission: 'read' }))(),
    code: 'ACCESS_DENIED',
    says: ['push to', 'Contents: write'],
  },
  'a typo in an input': {
    args: [...WEB, '--path', 'apps'],
    exitCode: 2,
    code: 'INPUT_UNKNOWN',
    says: ['Input "--path" is unknown.', 'Did you mean --paths?'],
  },
  'a typo in a value': {
    args: [...WEB, '--delivery', 'pull_request'],
    code: 'INPUT_INVALID',
    says: ['Input "delivery" is "pull_request"', 'neither pull-request nor push'],
  },
  'a wrong path': {
    args: [...WEB, '--paths', 'app/web'],
    code: 'PATHS_MATCH_NOTHING',
    says: ['"app/web", which matches no file on "main"', 'Did you mean "apps/web"?'],
  },
  'an exclusion as in .gitignore': {
    args: [...WEB, '--paths', 'apps\n!apps/web/production'],
    code: 'PATHS_MATCH_NOTHING',
    says: ['"!apps/web/production", which matches no file on "main"', 'Did you mean ":(exclude)apps/web/production"?'],
  },
  'a path from the root of a disk': {
    args: [...WEB, '--paths', '/apps/web'],
    code: 'PATHS_INVALID',
    says: ["'/apps/web' is outside repository.", 'without a "/" before it: apps/web'],
  },
  'a wrong branch': {
    args: [...WEB, '--base', 'master'],
    code: 'BASE_NOT_FOUND',
    says: ['has no branch "master"', 'without it the default branch of the repository is used'],
  },
  'an image that is not used yet': {
    args: ['--images', 'ghcr.io/acme/wbe:1.4.2'],
    code: 'SITE_NOT_FOUND',
    says: [
      '"ghcr.io/acme/wbe" was not found in any manifest',
      'add its manifest first (docs/first-deploy.md of manifest-release-pr)',
      'ghcr.io/acme/web (apps/web/production/web.yaml:3)',
    ],
  },
  'the first deploy of a new app': {
    args: ['--images', 'ghcr.io/acme/new:1.0.0'],
    code: 'SITE_NOT_FOUND',
    says: [
      'apps/new/production/new.yaml:3 spec.image has no version of it',
      'set the setting "insert" to true',
      'image: ghcr.io/acme/new # manifest-release: ghcr.io/acme/new',
    ],
  },
  'another range of tags': {
    args: [...WEB, '--only-tags', '9.x'],
    code: 'SITE_NOT_FOUND',
    says: ['but it is not in only-tags: 9.x', 'Correct the setting "only-tags", or leave it out'],
  },
  'no tag': {
    args: ['--images', 'ghcr.io/acme/web'],
    code: 'IMAGE_INVALID',
    says: ['neither a tag nor a digest', 'Write name:tag'],
  },
  'the tag latest': {
    args: ['--images', 'ghcr.io/acme/web:latest'],
    code: 'IMAGE_TAG_MOVES',
    says: ['only "latest", which moves', 'Give a tag that stays with its build', 'name:tag@sha256:…'],
  },
  'a protected base': {
    args: [...WEB, '--delivery', 'push'],
    prepare: ({ repository }) => repository.protect('main'),
    code: 'PUSH_REFUSED',
    says: ['refused the push to "main"', 'a base that takes no pushes needs delivery: pull-request'],
  },
  'an app without a config file': {
    args: ['--app', 'web', '--version', '1.4.2'],
    code: 'CONFIG_NOT_FOUND',
    says: ['".github/manifest-release.yaml" does not exist on "main"', 'the mode init proposes it'],
  },
  'no git': {
    args: WEB,
    env: () => ({ PATH: '/nonexistent' }),
    code: 'GIT_MISSING',
    says: ['The program git was not found.', 'Install git 2.34 or newer'],
  },
};

scenarios(
  'the first day',
  FILES,
  (current) => {
    test.each(Object.entries(MISTAKES))('%s', async (_, { args, env, prepare, exitCode = 1, code, says }) => {
      const { cli, repository, sandbox } = current();
      prepare?.(current());
      const result = await cli(['release', '--repository', 'acme/manifests', ...args], {
        GITHUB_SERVER_URL: sandbox.serverUrl,
        GITHUB_API_URL: sandbox.apiUrl,
        MANIFEST_RELEASE_TOKEN: sandbox.token,
        ...env?.(current()),
      });
      expect([result.exitCode, result.stdout, result.left], result.stderr).toEqual([exitCode, '', []]);
      expect(Object.keys(await repository.refs())).toEqual(['refs/heads/main']);
      const [, ...errors] = result.stderr.split(/^error: /m);
      expect(errors, result.stderr).toHaveLength(1);
      expect(errors[0]).toContain(`[${code}]`);
      for (const part of says) expect(errors[0]).toContain(part);
      expect(errors[0], 'no stack').not.toMatch(/ {4}at |node:internal/);
    });

    test('a command with a typo', async () => {
      const { exitCode, stderr } = await current().cli(['relase']);
      expect([exitCode, stderr]).toEqual([
        2,
        'error: Command "relase" is unknown. Did you mean release? --help lists all commands.\n',
      ]);
    });
  },
  { runs: 'processes' },
);

const OLD = '18.20.8';
const oldNode = installOldNode();

test.skipIf(oldNode === undefined)(
  `an old Node${oldNode === undefined ? ` (skipped: Node ${OLD} cannot be installed here)` : ''}`,
  () => {
    for (const args of [['release'], ['--version']]) {
      const { status, stdout, stderr } = spawnSync(oldNode ?? '', [resolve('dist/cli.cjs'), ...args], {
        encoding: 'utf8',
      });
      expect([status, stdout, stderr]).toEqual([
        1,
        '',
        `error: Node v${OLD} is too old: manifest-release-pr needs Node 20 or newer.\n` +
          'Install Node 20 or newer and put it first on PATH; node --version tells which one that is.\n',
      ]);
    }
  },
);

/** Installed once for each clone; `undefined` where that cannot be. */
function installOldNode(): string | undefined {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = resolve('node_modules/.cache/old-node');
  const node = join(folder, 'node_modules', name, 'bin/node');
  const options = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
  try {
    if (!existsSync(node)) execFileSync('npm', ['install', `--prefix=${folder}`, ...options, `${name}@${OLD}`]);
    return node;
  } catch {
    return undefined;
  }
}
