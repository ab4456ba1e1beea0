import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const CLEAN = { 'core/log.ts': '', 'git/clone.ts': "import type { Log } from '../core/log.ts';\n" };

/** The lines of the check's report on files in a folder of their own, and its exit code. */
function check(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'check-imports-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const script = join(import.meta.dirname, '../../scripts/check-imports.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, root], { encoding: 'utf8' });
    return { status, report: stderr.split('\n').filter((line) => line !== '') };
  } finally {
    rmSync(root, { recursive: true });
  }
}

test('imports that go down pass', () => {
  expect(check(CLEAN)).toEqual({ status: 0, report: [] });
});

test.each([
  ['import type', "import type { B } from './b.ts';", "import type { A } from './a.ts';"],
  ['import type over several lines', "import type {\n  B,\n  C,\n} from './b.ts';", "import type { A } from './a.ts';"],
  ['export from', "export type { B } from './b.ts';", "export * from './a.ts';"],
  ['import()', "export type A = import('./b.ts').B;", "export const load = () => import('./a.ts');"],
])('a circle of types is found: %s', (_, a, b) => {
  expect(check({ ...CLEAN, 'core/a.ts': a, 'core/b.ts': b })).toEqual({
    status: 1,
    report: ['circle: core/a.ts -> core/b.ts -> core/a.ts'],
  });
});

test('a circle of three files has its path', () => {
  const files = {
    'git/a.ts': "import './b.ts';",
    'git/b.ts': "import type { C } from './c.ts';",
    'git/c.ts': "import type { A } from './a.ts';",
  };
  expect(check(files).report).toEqual(['circle: git/a.ts -> git/b.ts -> git/c.ts -> git/a.ts']);
});

test.each([
  ['core', 'core/a.ts', '../git/b.ts', 'git/b.ts'],
  ['release', 'release/a.ts', '../main/b.ts', 'main/b.ts'],
  ['forge', 'forge/github/a.ts', '../../git/b.ts', 'git/b.ts'],
  ['manifests/yaml', 'manifests/yaml/a.ts', '../plan.ts', 'manifests/plan.ts'],
  ['manifests/yaml', 'manifests/yaml/a.ts', '../conventions/b.ts', 'manifests/conventions/b.ts'],
  ['manifests/conventions', 'manifests/conventions/a.ts', '../plan.ts', 'manifests/plan.ts'],
  ['main', 'main/a.ts', '../../sandbox/demo.ts', '../sandbox/demo.ts'],
])('a file of %s may not import: %s %s', (room, file, specifier, imported) => {
  expect(check({ ...CLEAN, [file]: `import type { X } from '${specifier}';` })).toEqual({
    status: 1,
    report: [`${file} imports ${imported}, which a file of ${room} may not`],
  });
});

test('a folder that is no room fails', () => {
  expect(check({ ...CLEAN, 'utils/a.ts': '' })).toEqual({ status: 1, report: ['utils/a.ts is in no known room'] });
});

test('an import in a comment is passed over', () => {
  expect(check({ ...CLEAN, 'core/a.ts': " * `import('../git/b.ts')`\n// import('../git/b.ts')\n" }).status).toBe(0);
});
