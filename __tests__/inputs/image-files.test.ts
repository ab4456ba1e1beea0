import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withImageFiles } from '../../src/inputs/image-files.ts';

const A = `sha256:${'a'.repeat(64)}`;
const FILES = {
  'web/image.json': { 'image.name': 'acme/web:2,acme/web:latest', 'containerimage.digest': A },
  'api/image.json': { tags: ['acme/api:2'], digest: A },
  'bake.json': { job: { 'image.name': 'acme/job:2' }, cron: { 'image.name': 'acme/cron:2' } },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'images-'));
  for (const [path, build] of Object.entries(FILES)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), JSON.stringify(build));
  }
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'secret.txt'), 'hunter2');
  writeFileSync(join(folder, 'large.txt'), 'x'.repeat(2 ** 20 + 1));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a folder is all JSON files in it and below', () => {
  expect(withImageFiles(`@${folder}`).split('\n')).toEqual([
    `acme/api:2@${A}`,
    'acme/job:2',
    'acme/cron:2',
    `acme/web:2@${A}`,
    `acme/web:latest@${A}`,
  ]);
});

test('files stand beside names and beside the output of a build', () => {
  const path = `@${folder}/bake.json`;
  expect(withImageFiles(`acme/web:1\n${path}`)).toBe('acme/web:1\nacme/job:2\nacme/cron:2');
  expect(withImageFiles(`{\n  "tags": ["acme/web:1"]\n}\n${path}\n`)).toBe('acme/web:1\nacme/job:2\nacme/cron:2');
});

test('without a file the input is as it was', () => {
  for (const images of ['', 'acme/web:1@sha256:x', '{"tags": []}']) expect(withImageFiles(images)).toBe(images);
});

test.each([
  ['nowhere', /cannot be read: ENOENT/],
  ['empty', /has no JSON file/],
  ['secret.txt', /is not JSON/],
  ['large.txt', /is larger than 1 MiB/],
])('%s is refused, and what it contains is not shown', (name, reason) => {
  const refused = (): string => withImageFiles(`@${join(folder, name)}`);
  expect(refused).toThrow(reason);
  expect(refused).not.toThrow(/hunter2|xxx/);
});
