/** A person who has never seen this project, with git and Node alone: the README's commands and its step, then scan and init. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LAYOUTS } from '../../__tests__/environments/init/layouts.ts';
import { eachWithRunner, pushImage } from './scenario.ts';

const run = promisify(execFile);
const current = eachWithRunner();
const PROJECT = join(import.meta.dirname, '../..');

let folder: string;
/** Each command that was typed. */
const typed: string[] = [];

/** Runs a line as a shell would: the README's have no quotes and no variables. */
async function type(line: string, cwd: string): Promise<string> {
  typed.push(line);
  const [program = '', ...args] = line.split(' ');
  const env = { PATH: join(folder, 'bin'), HOME: join(folder, 'home'), TMPDIR: tmpdir() };
  const { stdout } = await run(program, args, { cwd, env, maxBuffer: 50_000_000 });
  return stdout;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newcomer-'));
  for (const name of ['bin', 'home', 'project']) await mkdir(join(folder, name));
  // What git and npm start themselves.
  for (const name of ['git', 'node', 'npm', 'npx', 'sh', 'env', 'ssh-keygen']) {
    const path = pathOf(name);
    if (path !== undefined) await symlink(path, join(folder, 'bin', name));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

const pathOf = (program: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(':')
    .map((path) => join(path, program))
    .find((path) => existsSync(path));

/** A block of code of the README, by a word that only it has. */
async function blockWith(word: string): Promise<string> {
  const readme = await readFile(join(PROJECT, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```\w+\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  const found = blocks.filter((block) => block.includes(word));
  expect(found, `one block of README.md has "${word}"`).toHaveLength(1);
  return found[0] ?? '';
}

test('a clone, and the two commands of the README', async () => {
  await type(`git clone --quiet --depth=1 file://${PROJECT} clone`, folder);
  const clone = join(folder, 'clone');
  const [demo = '', tests = ''] = (await blockWith('npm test')).split('\n').map((line) => line.replace(/\s*#.*/, ''));
  expect([demo, tests]).toEqual(['node dist/cli.cjs demo', 'npm ci && npm test']);
  expect(await type(demo, clone)).toContain('=== Pull request #1, as its reviewer finds it ===');
  const [install = '', ...rest] = tests.split(' && ');
  await type(install, clone);
  // All of them would run this test again; .ci/run is the whole of it, in a clean checkout.
  await type(`${rest.join(' ')} -- --project unit --coverage.enabled=false __tests__/metadata.test.ts`, clone);
  expect(typed).toHaveLength(4);
});

test('the step of the README, as it is, opens a pull request for staging alone', async () => {
  const { sandbox, checkOut, registry, listed, read } = current();
  const step = (await blockWith('github.repository_owner')).replace(/^/gm, '      ');
  const workflow = `on: push\njobs:\n  release:\n    runs-on: ubuntu-24.04\n    steps:\n${step}`;
  const web = await checkOut('acme/web', { '.github/workflows/build.yml': workflow });
  pushImage(registry, 'web', web.commit);
  const token = sandbox.createToken({ kind: 'fine-grained', repositories: ['acme/manifests'] });
  const ran = await web.run({ workflow: '.github/workflows/build.yml', secrets: { MANIFEST_TOKEN: token } });
  expect(ran.succeeded, ran.log).toBe(true);
  expect(await listed()).toEqual([expect.stringMatching(/^1 open release\/web Release web 1\.4\.1 → /)]);
  expect(await read('release/web', 'staging/web.yaml')).toBe(`image: ghcr.io/acme/web:${web.commit}\n`);
  expect(await read('release/web', 'production/web.yaml')).toBe('image: ghcr.io/acme/web:1.4.1\n');
});

/** An image of each layout, which its config file has. */
const RELEASED = { 'kustomize-overlays': 'web', 'helm-values': 'shop', monorepo: 'podinfo' } as const;

test.each(Object.entries(LAYOUTS))(
  'the packed program scans %s, proposes its config file, and releases by it',
  async (name, files) => {
    const before = typed.length;
    const own = join(folder, name);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(own, path)), { recursive: true });
      await writeFile(join(own, path), text);
    }
    const git = (...args: string[]) =>
      run('git', ['-C', own, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args]);
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', '--all');
    await git('commit', '--quiet', '--message=Manifests');
    const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', `--pack-destination=${folder}`], {
      cwd: PROJECT,
    });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    const program = `npx --yes --package=${join(folder, filename)} manifest-release-pr`;

    const scanned = await type(`${program} scan --repository .`, own);
    expect(scanned).toMatch(/\d+ images? in \d+ places? of \d+ files?/);
    const proposed = await type(`${program} init --repository . --dry-run`, own);
    const [, config = ''] = /(?:^|\n)((?:#[^\n]*\n)*apps:\n[\s\S]*)/.exec(proposed) ?? [];
    await mkdir(join(own, '.github'), { recursive: true });
    await writeFile(join(own, '.github/manifest-release.yaml'), config);
    await git('add', '--all');
    await git('commit', '--quiet', '--message=Apps and environments');
    const app = (RELEASED as Readonly<Record<string, string>>)[name] ?? '';
    const released = await type(
      `${program} release --repository . --app ${app} --version 9.9.9 --registry off --dry-run --json`,
      own,
    );
    const { results } = JSON.parse(released) as { results: { outcome: string }[] };
    expect(results.map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(['dry-run']));
    expect(typed.length - before).toBe(3);
  },
);
