/** Trees are read as git lists them, and their ids are those that git writes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readListing } from '../../src/git/git-objects.ts';
import { git } from '../../src/git/run-git.ts';
import type { Files } from '../../sandbox/sandbox.ts';
import { AUTHOR, eachWithClones } from './clones.ts';

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
  'run.yaml': { mode: '100755', content: 'a: 1\n' },
};
const clones = eachWithClones(FILES);

/** A store, and the git commands that it runs beside those that make it. */
async function open() {
  const commands: string[] = [];
  const store = await clones().clone({
    paths: ['.'],
    debug: (line) => void (line.startsWith('git ') && commands.push(line)),
  });
  commands.length = 0;
  return { store, commands };
}

/** The files that git itself lists for pathspecs. */
async function listedByGit(pathspecs: readonly string[]): Promise<string[]> {
  const { gitDir } = clones().origin;
  const nothing = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
  const { stdout } = await git(['diff-tree', '-r', '-z', '--no-renames', nothing, 'main', '--', ...pathspecs], {
    gitDir,
  });
  return readListing(stdout).flatMap(({ path, type }) => (type === 'file' ? path : []));
}

describe('the files of', () => {
  test.each<[string, readonly string[]]>([
    ['a file', ['a.yaml']],
    ['a folder', ['a']],
    ['a folder with a slash behind it', ['a/']],
    ['a folder in a folder', ['a/b']],
    ['files and folders, some of them twice', ['a/b', 'a', 'a.yaml', 'a']],
    ['names that are no ASCII', ['a/größe', 'a/\ue000.yaml']],
    ['a folder whose name begins with dots', ['..x']],
  ])('%s are found without a command', async (_, paths) => {
    const { store, commands } = await open();
    const { manifests } = await store.read({ words: [], paths });
    expect(manifests.map(({ path }) => path)).toEqual(await listedByGit(paths));
    expect(commands.filter((line) => !line.startsWith('git fetch'))).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ['everything', ['.']],
    ['a folder, from here', ['./a']],
    ['a step back', ['a/../a-b']],
    ['two slashes', ['a//b']],
    ['a wildcard', ['a/*.yaml']],
    ['a star that is a name', ['a/star[*]/*']],
    ['magic', [':(glob)a/**/c.yaml']],
    ['an exclusion', ['a', ':!a/b']],
  ])('%s are found by git', async (_, paths) => {
    const { store, commands } = await open();
    const { manifests } = await store.read({ words: [], paths });
    expect(manifests.map(({ path }) => path)).toEqual(await listedByGit(paths));
    expect(commands.some((line) => line.startsWith('git diff-tree'))).toBe(true);
  });

  test.each<[string, readonly string[], string]>([
    ['nothing', ['none'], 'PATHS_MATCH_NOTHING'],
    ['something and nothing', ['a', 'none'], 'PATHS_MATCH_NOTHING'],
    ['a file that is no folder', ['a.yaml/'], 'PATHS_MATCH_NOTHING'],
    ['a file in a file', ['a.yaml/b'], 'PATHS_MATCH_NOTHING'],
    ['a link', ['a/link.yaml'], 'PATHS_NOT_FOLLOWED'],
    ['what is behind a link', ['a/link.yaml/b'], 'PATHS_MATCH_NOTHING'],
    ['a submodule', ['lib/sub'], 'PATHS_NOT_FOLLOWED'],
  ])('%s are refused', async (_, paths, code) => {
    const { store } = await open();
    await expect(store.read({ words: [], paths })).rejects.toMatchObject({ code });
  });
});

test('all paths, those named, and those below folders', async () => {
  const { store, commands } = await open();
  expect(await store.paths()).toEqual(await listedByGit([]));
  const files = ['a/star*/x.yaml', 'a.yaml', 'none.yaml', 'a/link.yaml', 'a'];
  const named = await store.read({ words: [], files });
  expect(named.manifests.map(({ path }) => path)).toEqual(['a.yaml', 'a/star*/x.yaml']);
  const below = { folders: ['', 'a/b', 'none'], matches: () => true };
  const near = await store.read({ words: [] }, { below });
  expect(near.manifests.map(({ path }) => path)).toEqual(['a.yaml', 'a/b/c.yaml', 'run.yaml']);
  expect(commands.filter((line) => !line.startsWith('git fetch'))).toEqual([]);
});

test('the tree with other files is the one that git writes', async () => {
  const { store } = await open();
  const name = fc.constantFrom('a', 'b', 'a.yaml', 'größe', '🚀', 'z', 'A', 'a-b', '..x');
  const file = fc.record({
    path: fc.oneof(
      fc.constantFrom(...Object.keys(FILES)),
      fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => `new/${parts.join('/')}.yaml`),
    ),
    mode: fc.constantFrom('100644', '100755'),
    bytes: fc.string().map((text) => new TextEncoder().encode(text)),
  });
  const parent = store.baseCommit;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(file, { selector: ({ path }) => path, minLength: 1, maxLength: 6 }),
      async (files) => {
        const written = await store.write({ parent, message: 'x\n', author: AUTHOR, time: 0, files });
        expect(await store.treeWith(parent, files)).toBe(written.tree);
      },
    ),
    { numRuns: 40 },
  );
});
