/** The manifest repository's own check of a release pull request, on a merge as GitHub makes it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readWorkflow, runScript, stepNamed, type Ran } from './workflow.ts';

const workflow = readWorkflow('examples/manifest-repository/validate-release.yml');

let folder: string;
let repository: string;
let env: Record<string, string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'validate-'));
  repository = join(folder, 'repository');
  env = { PATH: `${folder}/bin:${process.env['PATH']}`, RUNNER_TEMP: join(folder, 'temp') };
  mkdirSync(join(folder, 'temp'));
  git('init', '--quiet', repository);
  // What kubectl makes of a folder is its file "rendered"; the registry has the images that are in "registry".
  program('kubectl', '[ "$1" = kustomize ] && cat "$2/rendered"');
  program('docker', `[ "$1 $2 $3" = "buildx imagetools inspect" ] && grep -qxF "$4" "${folder}/registry"`);
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, text: string): void {
  write(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, 'bin', name), 0o755);
}
function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
function git(...args: string[]): void {
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'pipe' });
}
function commit(message: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) write(join(repository, path), text);
  git('-C', repository, 'add', '--all');
  git('-C', repository, 'commit', '--quiet', '--allow-empty', '--message', message);
}

/** Checks the merge of a pull request that changes these files; the base has web 1 in two folders. */
function check(files: Readonly<Record<string, string>>, registry: readonly string[]): Ran {
  writeFileSync(join(folder, 'registry'), registry.join('\n'));
  const base = (image: string): string =>
    `kind: Deployment\nspec:\n  containers:\n    - image: ${image}\n      name: web\n`;
  commit('base', {
    'kustomization.yaml': '',
    rendered: base('acme/old:1'),
    'a/kustomization.yaml': '',
    'a/rendered': base('acme/web:1'),
  });
  git('-C', repository, 'checkout', '--quiet', '-b', 'release');
  commit('release', files);
  git('-C', repository, 'checkout', '--quiet', '-');
  git('-C', repository, 'merge', '--quiet', '--no-ff', '--message', 'merge', 'release');
  const rendered = runScript(stepNamed(workflow, 'validate', 'Render'), env, repository);
  if (rendered.status !== 0) return rendered;
  return runScript(stepNamed(workflow, 'validate', 'Look for the new images'), env, repository);
}

test('looks only for what is new', () => {
  const ran = check({ 'a/rendered': 'containers:\n  - name: web\n    image: "acme/web:2"\n' }, ['acme/web:2']);
  expect(ran).toMatchObject({ status: 0, log: 'acme/web:2 is there\n' });
});

test('an image that is not in its registry fails', () => {
  const ran = check({ 'a/rendered': '- image: acme/web:2\n- image: acme/api:2\n' }, ['acme/api:2']);
  expect(ran).toMatchObject({ status: 1, log: 'acme/api:2 is there\n::error::acme/web:2 is not in its registry\n' });
});

test('a pull request without new images passes', () => {
  expect(check({ 'notes.md': 'x' }, [])).toMatchObject({ status: 0, log: '' });
});

test('a kustomization that does not render fails', () => {
  const ran = check({ 'b/kustomization.yaml': '' }, []);
  expect(ran.status).toBe(1);
  expect(ran.log).toContain('b/rendered');
});
