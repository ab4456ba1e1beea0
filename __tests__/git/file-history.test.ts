import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { FileChange, FileHistory } from '../../src/git/manifest-store.ts';
import { git } from '../../src/git/run-git.ts';
import { readRemote } from '../../src/core/remote.ts';
import type { CloneStore } from '../../src/git/clone-store.ts';
import { merge, type MergeMethod } from '../../sandbox/merging.ts';
import type { Files } from '../../sandbox/sandbox.ts';
import { AUTHOR, eachWithClones, packsFetched } from './clones.ts';

const ODD = 'apps/odd\n[x]*?\\.yaml';
const FILES: Files = { 'web.yaml': 'web: 0\n', 'apps/api.yaml': 'api: 0\n', [ODD]: 'odd: 0\n', 'README.md': 'x\n' };

const clones = eachWithClones(FILES);

/** Commits one after the other, each with its subject. */
async function commit(...made: readonly (readonly [subject: string, files: Files])[]): Promise<void> {
  for (const [subject, files] of made) await clones().origin.commit('main', files, { message: `${subject}\n` });
}

/** So many commits that change another file. */
async function commitOthers(count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => index);
  await commit(...numbers.map((number) => [`other ${number}`, { 'apps/other.yaml': `other: ${number}\n` }] as const));
}

async function mergeTopic(method: MergeMethod, version: number, message: string): Promise<void> {
  const { origin } = clones();
  await origin.commit('topic', { 'web.yaml': 'web: half\n' }, { message: 'half\n', parent: 'main' });
  const head = await origin.commit('topic', { 'web.yaml': `web: ${version}\n` }, { message: 'whole\n' });
  await merge(origin, { base: 'main', head, method, message, author: AUTHOR });
}

/** Reads until somebody has enough, or to the end. */
async function read(
  repository: CloneStore,
  files: readonly string[],
  isEnough: (changes: readonly FileChange[]) => boolean = () => false,
): Promise<FileHistory> {
  let last: FileHistory = { changes: [], isComplete: false };
  for await (const history of repository.fileHistory(files, repository.baseCommit)) {
    last = history;
    if (isEnough(history.changes)) break;
  }
  return last;
}

/** `subject: contents before -> contents after`, the newest first. */
function shown({ changes }: FileHistory): string[] {
  const contents = (files: FileChange['after']): string => {
    return files
      .map(({ bytes }) => String(bytes).trim())
      .toSorted()
      .join(', ');
  };
  return changes.map(({ commit: { message }, before, after }) => {
    return `${message.split('\n')[0]}: ${contents(before)} -> ${contents(after)}`;
  });
}

describe.each([
  ['without paths', []],
  ['below paths', ['web.yaml', 'apps']],
])('a clone %s', (_, paths) => {
  test('knows all changes of files, and what these held before and after', async () => {
    const { clone, sandbox } = clones();
    await commit(
      ['one', { 'web.yaml': 'web: 1\n' }],
      ['other', { 'README.md': 'y\n', 'web.yaml.bak': 'web: 1\n' }],
      ['both', { 'web.yaml': 'web: 2\n', 'apps/api.yaml': 'api: 2\n' }],
      ['gone', { 'web.yaml': null }],
      ['folder', { 'web.yaml/web.yaml': 'web: 9\n' }],
      ['again', { 'web.yaml/web.yaml': null, 'web.yaml': 'web: 3\n' }],
      ['link', { 'web.yaml': { mode: '120000', content: 'README.md' } }],
      ['program', { 'web.yaml': { mode: '100755', content: 'web: 3\n' } }],
    );
    const repository = await clone({ paths });
    let history: FileHistory | undefined;
    const packs = await packsFetched(sandbox, async () => {
      history = await read(repository, ['web.yaml', 'apps/api.yaml']);
    });
    expect(history?.isComplete).toBe(true);
    expect(shown(history ?? { changes: [], isComplete: false })).toEqual([
      'program: api: 2 -> api: 2, web: 3',
      'link: api: 2, web: 3 -> api: 2',
      'again: api: 2 -> api: 2, web: 3',
      'gone: api: 2, web: 2 -> api: 2',
      'both: api: 0, web: 1 -> api: 2, web: 2',
      'one: api: 0, web: 0 -> api: 0, web: 1',
      'First manifests:  -> api: 0, web: 0',
    ]);
    const [newest] = history?.changes ?? [];
    expect(newest?.after.find(({ path }) => path === 'web.yaml')?.mode).toBe('100755');
    expect(newest?.commit).toMatchObject({ id: repository.baseCommit, committerEmail: 'ada@example.com' });
    expect(Math.abs(Date.parse(newest?.time ?? '') - Date.now())).toBeLessThan(60_000);
    expect(packs).toBeLessThanOrEqual(2 * 2);
  });

  test('knows a merged pull request as one commit', async () => {
    await mergeTopic('merge', 1, 'Merge pull request #1 from acme/topic\n');
    await commit(['other', { 'README.md': 'y\n' }]);
    await mergeTopic('squash', 2, 'Release web 2 (#2)\n');
    const history = await read(await clones().clone({ paths }), ['web.yaml']);
    expect(shown(history)).toEqual([
      'Release web 2 (#2): web: 1 -> web: 2',
      'Merge pull request #1 from acme/topic: web: 0 -> web: 1',
      'First manifests:  -> web: 0',
    ]);
  });

  test('fetches commits and trees once, and contents once, for what is found among the latest', async () => {
    const { clone, sandbox } = clones();
    await commitOthers(40);
    await commit(['one', { 'web.yaml': 'web: 1\n' }], ['two', { 'web.yaml': 'web: 2\n', [ODD]: 'odd: 2\n' }]);
    await commitOthers(20);
    const repository = await clone({ paths });
    const fetches: string[][] = [];
    const packs = await packsFetched(sandbox, async () => {
      fetches.push(shown(await read(repository, ['web.yaml', ODD], ({ length }) => length === 2)));
    });
    expect(fetches).toEqual([['two: odd: 0, web: 1 -> odd: 2, web: 2', 'one: odd: 0, web: 0 -> odd: 0, web: 1']]);
    expect(packs).toBe(2);

    const again = () => read(repository, ['web.yaml', ODD], ({ length }) => length === 2);
    expect(await packsFetched(sandbox, again), 'what is here is not fetched again').toBe(0);
  });

  test('goes back as deep as somebody asks, and takes no end of what was fetched for a change', async () => {
    const { clone, sandbox } = clones();
    await commit(['one', { 'web.yaml': 'web: 1\n' }]);
    await commitOthers(60);
    const repository = await clone({ paths });
    const lengths: number[] = [];
    const packs = await packsFetched(sandbox, async () => {
      const history = await read(repository, ['web.yaml'], ({ length }) => {
        lengths.push(length);
        return length > 0;
      });
      expect(shown(history)).toEqual(['one: web: 0 -> web: 1', 'First manifests:  -> web: 0']);
      expect(history.isComplete).toBe(true);
    });
    expect(lengths, 'the tip, 50 commits, all').toEqual([0, 0, 2]);
    expect(packs).toBeLessThanOrEqual(4);
  });

  test('is searched, fetched into, committed to and pushed from as before', async () => {
    const { origin, clone } = clones();
    await commit(['one', { 'web.yaml': 'web: 1\n' }]);
    const repository = await clone({ paths });
    await read(repository, ['web.yaml']);
    const terms = { words: ['web', 'api', 'odd'], paths: ['web.yaml', 'apps'] };
    const { manifests } = await repository.read(terms);
    expect(manifests.map(({ path }) => path).toSorted()).toEqual([ODD, 'apps/api.yaml', 'web.yaml'].toSorted());

    await commit(['two', { 'web.yaml': 'web: 2\n', 'README.md': 'y\n' }]);
    await origin.commit('release/web', { 'web.yaml': 'web: 3\n' });
    await repository.refresh();
    const { tip: head } = await repository.read(terms, { branch: 'release/web' });
    expect(head?.parents).toEqual([repository.baseCommit]);
    const files = [{ path: 'web.yaml', mode: '100644', bytes: Buffer.from('web: 4\n') }];
    const made = await repository.write({
      parent: repository.baseCommit,
      message: 'x\n',
      author: AUTHOR,
      time: 1,
      files,
    });
    expect(await repository.push(made.id, 'release/web', head?.id ?? '')).toBeDefined();
    expect(await origin.files('release/web')).toEqual(await origin.files('main'));
    const found = await repository.read(terms, { commit: made.id });
    expect(found.manifests.map(({ path }) => path).toSorted()).toEqual(manifests.map(({ path }) => path).toSorted());
    expect(shown(await read(repository, ['web.yaml']))).toEqual([
      'two: web: 1 -> web: 2',
      'one: web: 0 -> web: 1',
      'First manifests:  -> web: 0',
    ]);
    expect((await repository.history()).length).toBe(3);
  });
});

test('a push while it is read does not matter', async () => {
  const { clone } = clones();
  await commit(['one', { 'web.yaml': 'web: 1\n' }]);
  const repository = await clone();
  await commit(['two', { 'web.yaml': 'web: 2\n' }]);
  expect(shown(await read(repository, ['web.yaml']))).toEqual(['one: web: 0 -> web: 1', 'First manifests:  -> web: 0']);
});

test('of files that never were there is no change', async () => {
  const repository = await clones().clone();
  expect(await read(repository, ['none.yaml'])).toEqual({ changes: [], isComplete: true });
  expect(await read(repository, [])).toEqual({ changes: [], isComplete: true });
});

test('ends where the server has no more', async () => {
  const { sandbox, origin, folder, clone } = clones();
  await commit(['one', { 'web.yaml': 'web: 1\n' }], ['two', { 'web.yaml': 'web: 2\n' }]);
  const gitDir = `${folder}/shallow.git`;
  const config = { 'protocol.file.allow': 'always' };
  await git(['clone', '--quiet', '--bare', '--depth=2', `file://${origin.gitDir}`, gitDir], { config });
  const repository = await clone({ remote: readRemote(gitDir, sandbox.serverUrl), token: '' });
  const history = await read(repository, ['web.yaml']);
  expect([shown(history), history.isComplete]).toEqual([['two: web: 1 -> web: 2'], false]);
  await rm(gitDir, { recursive: true });
});

describe('a server without partial clones', () => {
  const plain = eachWithClones(FILES, { partialClone: false });

  test('has the same history', async () => {
    const { origin, clone } = plain();
    await origin.commit('main', { 'web.yaml': 'web: 1\n' }, { message: 'one\n' });
    const history = await read(await clone({ paths: ['web.yaml'] }), ['web.yaml']);
    expect(shown(history)).toEqual(['one: web: 0 -> web: 1', 'First manifests:  -> web: 0']);
  });
});
