/** A tree that was loaded answers as git does, without a process. */
import { describe, expect, test } from 'vitest';
import type { Files } from '../../sandbox/sandbox.ts';
import { eachWithClones } from './clones.ts';

const FILES: Files = {
  'a.yaml': 'a: 1\n',
  'a/b.yaml': 'a: 1\n',
  'a/b/c.yaml': 'a: 1\n',
  'a-b/c.yaml': 'a: 1\n',
  'a/größe/🚀.yaml': 'a: 1\n',
  'a/\ue000.yaml': 'a: 1\n',
  'a/star*/x.yaml': 'a: 1\n',
  'a/link.yaml': { mode: '120000', content: 'b.yaml' },
  'lib/sub': { mode: '160000', content: 'a'.repeat(40) },
  '..x/y.yaml': 'a: 1\n',
  'run.sh': { mode: '100755', content: '#!/bin/sh\n' },
};
const clones = eachWithClones(FILES);

/** Asks a store in which nothing was loaded, and one in which all was. */
async function answers<Answer>(ask: (store: Awaited<ReturnType<typeof open>>['store']) => Promise<Answer>) {
  const [asked, loaded] = [await open(), await open()];
  await loaded.store.prefetch([]);
  const before = loaded.processes.length;
  const both = [asked, loaded].map(({ store }) => ask(store).catch((error: unknown) => String(error)));
  const [one, other] = await Promise.all(both);
  return { one, other, processes: loaded.processes.slice(before).filter((line) => !/cat-file|fetch/.test(line)) };
}

async function open() {
  const processes: string[] = [];
  const debug = (line: string): void => void (line.startsWith('git ') && processes.push(line));
  const store = await clones().clone({ paths: ['.'], debug });
  return { store, processes };
}

describe('the manifests of', () => {
  test.each<[string, readonly string[]]>([
    ['a file', ['a.yaml']],
    ['a folder', ['a']],
    ['a folder with a slash behind it', ['a/']],
    ['a folder in a folder', ['a/b']],
    ['files and folders, some of them twice', ['a/b', 'a', 'a.yaml', 'a']],
    ['names that are no ASCII', ['a/größe', 'a/\ue000.yaml']],
    ['a folder whose name begins with dots', ['..x']],
    ['a file with a slash behind it', ['a.yaml/']],
    ['nothing', ['none']],
    ['something and nothing', ['a', 'none']],
    ['a link', ['a/link.yaml']],
    ['a submodule', ['lib/sub']],
  ])('%s are found without a process', async (_, paths) => {
    const { one, other, processes } = await answers((store) => store.read({ words: [], paths, others: true }));
    expect(other).toEqual(one);
    expect(processes).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ['everything', ['.']],
    ['a folder, from here', ['./a']],
    ['a step back', ['a/../a-b']],
    ['two slashes', ['a//b']],
    ['a wildcard', ['a/*.yaml']],
    ['a star that is a name', ['a/star[*]']],
    ['magic', [':(glob)a/**/c.yaml']],
    ['an exclusion', ['a', ':!a/b']],
  ])('%s are found by git', async (_, paths) => {
    const { one, other, processes } = await answers((store) => store.read({ words: [], paths, others: true }));
    expect(other).toEqual(one);
    expect(processes).not.toEqual([]);
  });
});

test('names, folders and all paths', async () => {
  const below = { folders: ['', 'a', 'a/b', 'none'], matches: () => true };
  const files = ['a/star*/x.yaml', 'a.yaml', 'none.yaml', 'a/link.yaml'];
  const read = await answers((store) => store.read({ words: [], files }, { below }));
  expect(read.other).toEqual(read.one);
  const folder = await answers((store) => store.read({ words: [], files: ['a'] }));
  expect(folder).toMatchObject({ one: { manifests: [] }, other: { manifests: [] } });
  const paths = await answers((store) => store.paths());
  expect(paths.other).toEqual(paths.one);
  expect([...read.processes, ...paths.processes]).toEqual([]);
});
