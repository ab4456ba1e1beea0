import { existsSync, readlinkSync, utimesSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  makeTemporaryFolder,
  removeAbandonedFolders,
  removeAllTemporaryFolders,
  removeTemporaryFolder,
} from '../../src/git/temporary.ts';

let folder: string;
/** No process has this number: it is over the limit of every system. */
const NOBODY = 99_999_999;
const SPACE = existsSync('/proc/self/ns/pid') ? (/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0') : '0';
const HOURS_AGO = new Date(Date.now() - 3 * 3_600_000);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temporary-test-'));
  vi.stubEnv('TMPDIR', folder);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function make(name: string): Promise<string> {
  const made = join(folder, name);
  await mkdir(join(made, 'ssh'), { recursive: true });
  await writeFile(join(made, 'ssh/key'), 'secret');
  return made;
}

test('a folder is for its user alone, and goes', async () => {
  const made = makeTemporaryFolder();
  expect(made.startsWith(`${folder}/manifest-release-${process.pid}-${SPACE}-`)).toBe(true);
  await removeAbandonedFolders();
  expect(await readdir(folder)).toHaveLength(1);
  await removeTemporaryFolder(made);
  await removeTemporaryFolder(made);
  expect(await readdir(folder)).toEqual([]);
});

test('all of this process go at once', async () => {
  const made = [makeTemporaryFolder(), makeTemporaryFolder()];
  await Promise.all(made.map((one) => writeFile(join(one, 'key'), 'secret')));
  removeAllTemporaryFolders();
  expect(await readdir(folder)).toEqual([]);
});

test('that of a process that is gone is removed, and nothing else', async () => {
  const kept = [
    `manifest-release-${process.ppid}-${SPACE}-abcdef`,
    `manifest-release-${NOBODY}-1-abcdef`,
    `manifest-release-${NOBODY}`,
    `other-${NOBODY}-${SPACE}-abcdef`,
    `manifest-release-${NOBODY}-${SPACE}-abcdef.txt`,
  ];
  for (const name of [...kept, `manifest-release-${NOBODY}-${SPACE}-abcdef`]) await make(name);
  await removeAbandonedFolders();
  expect((await readdir(folder)).toSorted()).toEqual(kept.toSorted());
});

test('that of another container is removed when no run can have it any more', async () => {
  for (const name of [`manifest-release-${NOBODY}-1-abcdef`, `manifest-release-${process.ppid}-1-abcdef`]) {
    utimesSync(await make(name), HOURS_AGO, HOURS_AGO);
  }
  await removeAbandonedFolders();
  expect(await readdir(folder)).toEqual([]);
});

test('a link of that name is not followed, nor a file removed', async () => {
  await make('theirs');
  const [link, file] = ['abcdef', 'abcdeg'].map((end) => `manifest-release-${NOBODY}-${SPACE}-${end}`);
  await symlink(join(folder, 'theirs'), join(folder, link ?? ''));
  await writeFile(join(folder, file ?? ''), '');
  await removeAbandonedFolders();
  expect((await readdir(folder)).toSorted()).toEqual([link, file, 'theirs'].toSorted());
  expect(await readdir(join(folder, 'theirs'))).toEqual(['ssh']);
});

test.each(['none', 'a-file'])('where %s is the folder for all of them, the variable is named', async (name) => {
  await writeFile(join(folder, 'a-file'), '');
  vi.stubEnv('TMPDIR', join(folder, name));
  expect(() => makeTemporaryFolder()).toThrow(
    expect.objectContaining({
      code: 'VARIABLE_INVALID',
      message: expect.stringContaining(`${name}", which is no folder`),
    }),
  );
});

test('a folder that cannot be listed is left as it is', async () => {
  vi.stubEnv('TMPDIR', join(folder, 'none'));
  await expect(removeAbandonedFolders()).resolves.toBeUndefined();
});
