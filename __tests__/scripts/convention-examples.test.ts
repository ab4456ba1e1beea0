import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { conventionFolders, readCases } from '../manifests/conventions/cases.ts';

it('docs/conventions.md has the examples that the cases have', () => {
  const script = join(import.meta.dirname, '../../scripts/convention-examples.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

it.each(conventionFolders)('%s has an example', (folder) => {
  expect(readCases(folder).some(({ specification }) => specification.example !== undefined)).toBe(true);
});
