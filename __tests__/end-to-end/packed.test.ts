/** The npm package, as somebody gets it who has never seen this repository: packed, and run by npx in an empty folder. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

let folder: string;
let packed: Packed;

/** npm with a home, a cache and a configuration of its own, and no registry. */
function npm(
  program: 'npm' | 'npx',
  args: readonly string[],
  cwd: string,
): Promise<{ stdout: string; stderr: string }> {
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    HOME: join(folder, 'home'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  };
  return run(program, args, { cwd, env, maxBuffer: 10_000_000 });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packed-'));
  for (const name of ['home', 'empty', 'project']) await mkdir(join(folder, name));
  const { stdout } = await npm(
    'npm',
    ['pack', '--json', '--ignore-scripts', `--pack-destination=${folder}`],
    process.cwd(),
  );
  [packed] = JSON.parse(stdout) as [Packed];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the package has the built files, the schema and the texts that belong to it, and nothing else', () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths.filter((path) => !path.startsWith('dist/')).toSorted()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.ja.md',
    'README.md',
    'SECURITY.md',
    'package.json',
    'schema/manifest-release.json',
  ]);
  expect(paths).toEqual(
    expect.arrayContaining(['dist/cli.cjs', 'dist/demo.cjs', 'dist/index.cjs', 'dist/licenses.txt']),
  );
});

test('npx runs the demo in an empty folder, without a registry', async () => {
  const { stdout } = await npm(
    'npx',
    ['--yes', `--package=${join(folder, packed.filename)}`, 'manifest-release-pr', 'demo'],
    join(folder, 'empty'),
  );
  expect(stdout).toContain('=== Pull request #1, as its reviewer finds it ===');
  expect(stdout).toContain('Production goes back');
});

test('installed in a project it is one package, whose command and schema are found', async () => {
  const project = join(folder, 'project');
  await npm('npm', ['install', join(folder, packed.filename)], project);
  const lock = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')) as { packages: object };
  expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/manifest-release-pr']);
  const help = await npm('npx', ['manifest-release-pr', '--help'], project);
  expect(help.stdout).toContain('promote');
  const resolve = "process.stdout.write(require.resolve('manifest-release-pr/schema.json'))";
  const found = await run(process.execPath, ['--eval', resolve], { cwd: project });
  expect(JSON.parse(await readFile(found.stdout, 'utf8'))).toHaveProperty('$schema');
});
