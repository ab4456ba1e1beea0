/** The release of the project: on a real repository with a remote, and a `gh` that notes what it is asked. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const SCRIPT = join(import.meta.dirname, '../../scripts/release.mjs');

const PACKAGES = {
  'node_modules/bundled': {
    version: '3.0.1',
    license: 'MIT',
    dev: true,
    dependencies: { deep: '1.0.0', unused: '2.0.0' },
  },
  'node_modules/deep': { version: '1.0.0', license: 'ISC', dev: true },
  'node_modules/unused': { version: '2.0.0', license: 'MIT', dev: true },
};
const CHANGELOG = `# Changelog

## [Unreleased]

- Not yet.

## [1.2.0] - 2026-02-03

### Added

- A door.

## [1.1.0] - 2026-01-02

- A wall.

[1.2.0]: https://example.com/1.2.0
`;

let made: string;
let root: string;
let work: string;

const use = (folder: string): void => {
  root = folder;
  work = join(root, 'work');
};

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'release-'));
  use(join(made, 'first'));
  mkdirSync(root);
  git(root, 'init', '--quiet', '--bare', '--initial-branch=main', 'origin.git');
  git(root, 'clone', '--quiet', 'origin.git', 'work');
  git(work, 'remote', 'set-url', 'origin', '../origin.git');
  write('CHANGELOG.md', CHANGELOG);
  write(
    'package.json',
    json({ name: 'thing', version: '1.2.0', files: ['dist'], devDependencies: { bundled: '3.0.1' } }),
  );
  write(
    'package-lock.json',
    json({
      name: 'thing',
      version: '1.2.0',
      lockfileVersion: 3,
      requires: true,
      packages: { '': { name: 'thing', version: '1.2.0', devDependencies: { bundled: '3.0.1' } }, ...PACKAGES },
    }),
  );
  write('dist/licenses.txt', 'bundled 3.0.1 (MIT)\n\nSome text\n\n\ndeep 1.0.0 (ISC)\n\nMore text\n');
  write('dist/cli.cjs', 'console.log(1)\n');
  commit('Version 1.2.0');
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

beforeEach(() => {
  use(mkdtempSync(join(made, 'test-')));
  cpSync(join(made, 'first'), root, { recursive: true });
  mkdirSync(join(root, 'bin'));
  writeFileSync(
    join(root, 'bin/gh'),
    `#!/bin/sh\necho "$@" >> '${root}/gh.log'\n[ "$2" = view ] || exit 0\ncat '${root}/draft' 2>/dev/null || { echo 'release not found' >&2; exit 1; }\n`,
    { mode: 0o755 },
  );
  writeFileSync(join(root, 'gh.log'), '');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

const ENVIRONMENT = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', HOME: tmpdir() };

function git(cwd: string, ...args: string[]): string {
  const options = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'init.defaultBranch=main'];
  const env = { PATH: process.env['PATH'], ...ENVIRONMENT };
  return execFileSync('git', [...options, ...args], { cwd, env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(work, path)), { recursive: true });
  writeFileSync(join(work, path), text);
}

/** A commit on main of the remote. */
function commit(message: string): void {
  git(work, 'add', '--all');
  git(work, 'commit', '--quiet', '--message', message);
  git(work, 'push', '--quiet', 'origin', 'HEAD:main');
}

/** A tag of the remote, at what is checked out unless given. */
function tag(name: string, revision = 'HEAD'): void {
  git(work, 'tag', name, revision);
  git(work, 'push', '--quiet', 'origin', `refs/tags/${name}`);
}

function release(...args: string[]) {
  const env = { PATH: `${join(root, 'bin')}:${process.env['PATH']}`, ...ENVIRONMENT, HOME: root };
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args, join(root, 'out')], {
    cwd: work,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const outFile = (name: string): string => readFileSync(join(root, 'out', name), 'utf8');
const remoteTag = (name: string): string => git(work, 'ls-remote', 'origin', `refs/tags/${name}`).split('\t')[0] ?? '';
const head = (): string => git(work, 'rev-parse', 'HEAD');
/** What gh was asked to do, without what it was asked to show. */
const asked = (): string[] =>
  readFileSync(join(root, 'gh.log'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('release view'));

describe('prepare', () => {
  test('writes the notes of the version, the package, the SBOM of what is bundled, licences and sums', () => {
    tag('v1.2.0');
    expect(release('prepare', '--tag', 'v1.2.0')).toMatchObject({ status: 0, stderr: '' });
    const files = readdirSync(join(root, 'out')).toSorted();
    expect(files).toEqual(['SHA256SUMS', 'licenses.txt', 'notes.md', 'sbom.cdx.json', 'thing-1.2.0.tgz']);
    expect(outFile('notes.md')).toBe('### Added\n\n- A door.\n');
    const sbom = JSON.parse(outFile('sbom.cdx.json')) as {
      components: object[];
      dependencies: object[];
      metadata: object;
    };
    expect(sbom).toMatchObject({
      bomFormat: 'CycloneDX',
      metadata: { component: { name: 'thing', version: '1.2.0' } },
    });
    expect(sbom.components).toMatchObject([
      { purl: 'pkg:npm/bundled@3.0.1', scope: 'required', licenses: [{ license: { id: 'MIT' } }] },
      { purl: 'pkg:npm/deep@1.0.0', scope: 'required' },
    ]);
    expect(sbom.components).toHaveLength(2);
    expect(sbom.dependencies).toContainEqual({ ref: 'bundled@3.0.1', dependsOn: ['deep@1.0.0'] });
    const sums = spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], {
      cwd: join(root, 'out'),
      encoding: 'utf8',
    });
    expect([sums.status, sums.stdout.trim().split('\n')]).toEqual([
      0,
      ['licenses.txt: OK', 'sbom.cdx.json: OK', 'thing-1.2.0.tgz: OK'],
    ]);
  });

  test.each<[string, () => string | void, RegExp]>([
    [
      'a tag of another version',
      () => (tag('v1.3.0'), 'v1.3.0'),
      /the tag is v1\.3\.0, and package\.json has the version 1\.2\.0/,
    ],
    [
      'a tag elsewhere',
      () => (tag('v1.2.0'), write('a', ''), commit('After it')),
      /v1\.2\.0 is \w{40}, and \w{40} is checked out/,
    ],
    [
      'a tag beside main',
      () => (write('a', ''), git(work, 'add', '-A'), git(work, 'commit', '--quiet', '-m', 'Beside'), tag('v1.2.0')),
      /origin\/main does not have/,
    ],
    [
      'changes that are not committed',
      () => (tag('v1.2.0'), write('dist/cli.cjs', 'other\n')),
      /the checkout has changes: M dist\/cli\.cjs/,
    ],
    [
      'a version without a section',
      () => (write('CHANGELOG.md', '# Changelog\n'), commit('x'), tag('v1.2.0')),
      /no section ## \[1\.2\.0\]/,
    ],
    [
      'a section without a date',
      () => (write('CHANGELOG.md', '## [1.2.0]\n\n- A door.\n'), commit('x'), tag('v1.2.0')),
      /has no date/,
    ],
    [
      'an empty section',
      () => (
        write('CHANGELOG.md', '## [1.2.0] - 2026-02-03\n\n[1.2.0]: https://example.com\n'),
        commit('x'),
        tag('v1.2.0')
      ),
      /the section of 1\.2\.0 is empty/,
    ],
    [
      'licences of a package that the lock does not have',
      () => (write('dist/licenses.txt', 'gone 1.0.0 (MIT)\n'), commit('x'), tag('v1.2.0')),
      /does not have gone@1\.0\.0/,
    ],
  ])('refuses %s', (_, arrange, message) => {
    const given = arrange();
    const { status, stderr } = release('prepare', '--tag', typeof given === 'string' ? given : 'v1.2.0');
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
  });
});

describe('publish', () => {
  const FILES = ['licenses.txt', 'sbom.cdx.json', 'thing-1.2.0.tgz'];
  /** What is there after `prepare`; npm takes a second to make it. */
  const prepared = (version = '1.2.0'): void => {
    tag(`v${version}`);
    mkdirSync(join(root, 'out'));
    const sums = FILES.map((file) => `${createHash('sha256').update(file).digest('hex')}  ${file}\n`);
    const texts = [...FILES.map((file) => [file, file]), ['notes.md', 'A door.\n'], ['SHA256SUMS', sums.join('')]];
    for (const [file = '', text = ''] of texts) writeFileSync(join(root, 'out', file), text);
  };

  test('creates the release with its files, and moves the tag of the major version', () => {
    tag('v1.1.0', 'HEAD');
    tag('v1', 'HEAD');
    write('door', '');
    commit('A door');
    prepared();
    expect(release('publish')).toMatchObject({ status: 0, stderr: '' });
    const files = ['SHA256SUMS', 'licenses.txt', 'sbom.cdx.json', 'thing-1.2.0.tgz'].map((file) =>
      join(root, 'out', file),
    );
    expect(asked()).toEqual([
      `release create v1.2.0 --verify-tag --title v1.2.0 --notes-file ${join(root, 'out/notes.md')} --latest=true ${files.join(' ')}`,
    ]);
    expect(remoteTag('v1')).toBe(head());
  });

  test('run again, it does what is left: the release is there, and the tag is not', () => {
    prepared();
    writeFileSync(join(root, 'draft'), 'false\n');
    expect(release('publish')).toMatchObject({ status: 0 });
    expect(asked()).toEqual([]);
    expect(remoteTag('v1')).toBe(head());
    expect(release('publish').stdout).toContain('v1 is v1.2.0 already');
  });

  test('a draft that was left by an upload that ended is made again', () => {
    prepared();
    writeFileSync(join(root, 'draft'), 'true\n');
    expect(release('publish')).toMatchObject({ status: 0 });
    expect(asked()).toEqual(['release delete v1.2.0 --yes', expect.stringMatching(/^release create v1\.2\.0 /)]);
  });

  test('after a preparation without a tag, a dry run shows its commands and writes nothing', () => {
    expect(release('prepare')).toMatchObject({ status: 0 });
    const { status, stdout } = release('publish', '--dry-run');
    expect(status).toBe(0);
    expect(stdout).toMatch(/would run: gh release create v1\.2\.0/);
    expect(stdout).toContain(`would run: git push --force-with-lease=refs/tags/v1: origin ${head()}:refs/tags/v1`);
    expect([asked(), remoteTag('v1')]).toEqual([[], '']);
  });

  test.each([
    ['an older version', 'v1.10.0', 'false', 'v1 stays: v1.10.0 is newer than v1.2.0'],
    ['the newest of an older major version', 'v2.0.0', 'false', 'v1 is v1.2.0 ('],
  ])('%s is not the latest', (_, other, latest, said) => {
    tag(other);
    prepared();
    expect(release('publish').stdout).toContain(said);
    expect(asked()[0]).toContain(`--latest=${latest}`);
  });

  test('a prerelease moves no tag', () => {
    write('package.json', readFileSync(join(work, 'package.json'), 'utf8').replace('1.2.0', '1.3.0-rc.1'));
    write('CHANGELOG.md', '## [1.3.0-rc.1] - 2026-03-04\n\n- A window.\n');
    commit('Candidate');
    prepared('1.3.0-rc.1');
    expect(release('publish').stdout).toContain('v1 stays: v1.3.0-rc.1 is a prerelease');
    expect(asked()[0]).toContain('--prerelease');
    expect(remoteTag('v1')).toBe('');
  });

  test.each<[string, () => void, RegExp]>([
    [
      'a file that changed after it was prepared',
      () => writeFileSync(join(root, 'out/licenses.txt'), 'other'),
      /licenses\.txt is not as it was prepared/,
    ],
    [
      'a file that came after it',
      () => writeFileSync(join(root, 'out/more.txt'), 'other'),
      /more\.txt is not as it was prepared/,
    ],
    [
      'a tag that was moved meanwhile',
      () => (
        write('b', ''),
        commit('b'),
        git(work, 'push', '--quiet', '--force', 'origin', 'HEAD:refs/tags/v1.2.0'),
        git(work, 'checkout', '--quiet', 'HEAD^')
      ),
      /v1\.2\.0 of origin is not \w{40}/,
    ],
  ])('refuses %s', (_, arrange, message) => {
    prepared();
    arrange();
    const { status, stderr } = release('publish');
    expect([status, asked()]).toEqual([1, []]);
    expect(stderr).toMatch(message);
  });
});

test('the changelog has a section of the version in package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(readFileSync('CHANGELOG.md', 'utf8')).toContain(`\n## [${version}] - `);
});
