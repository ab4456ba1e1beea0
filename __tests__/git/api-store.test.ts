/** A store on an API: what it asks for, and how often. The life of a release on it is in end-to-end/without-clone.test.ts. */
import { expect, test } from 'vitest';
import type { Commit } from '../../src/core/objects.ts';
import type { RepositoryApi } from '../../src/core/repository-api.ts';
import { idOf, writeTree } from '../../src/core/tree-objects.ts';
import { ApiStore } from '../../src/git/api-store.ts';

const content = writeTree(new Map([['web.yaml', { mode: '100644', id: idOf('blob', Buffer.from('a: 1\n'), 40) }]]));
const TREE = { id: idOf('tree', content, 40), type: 'tree' as const, size: content.length, content };
const commit = (id: string, parents: readonly string[] = []): Commit => ({
  id: id.repeat(40),
  tree: TREE.id,
  parents,
  committerEmail: '',
  message: '',
  signed: false,
});
const [BASE, OLD, NEW] = [commit('a'), commit('b'), commit('c')];

/** An API that has the branch main, and release/web, which is read with it and moves later. */
function apiOf(asked: string[]): RepositoryApi {
  const unasked = (): never => {
    throw new Error('not expected');
  };
  return {
    readBase: ({ paths, branches }) => {
      asked.push(`base ${paths.join()} ${branches.join()}`);
      return Promise.resolve({ branch: 'main', tip: BASE, tips: new Map(branches.map((branch) => [branch, OLD])) });
    },
    load: (id, paths) => {
      asked.push(`load ${id[0]} ${paths.join()}`);
      return Promise.resolve([BASE, OLD, NEW].find((one) => one.id === id));
    },
    objects: (ids) => Promise.resolve(ids.map((id) => (id === TREE.id ? TREE : undefined))),
    keep: unasked,
    tip: (branch) => {
      asked.push(`tip ${branch}`);
      return Promise.resolve(NEW);
    },
    history: unasked,
    fileCommits: unasked,
    deleteBranch: unasked,
  };
}

const open = (asked: string[]): Promise<ApiStore> =>
  ApiStore.open(apiOf(asked), { base: '', paths: ['apps/'], branches: () => ['release/web'] });

test('the tip that came with the base is told once: it may have moved by then', async () => {
  const asked: string[] = [];
  const store = await open(asked);
  expect([await store.tip('release/web'), await store.tip('release/web')]).toEqual([OLD, NEW]);
  expect(asked).toEqual(['base apps release/web', 'tip release/web']);
  await store.refresh();
  expect(await store.tip('release/web')).toEqual(OLD);
});

test('stores beside each other have tips of their own, and one knowledge of commits', async () => {
  const asked: string[] = [];
  const store = await open(asked);
  const [one, other] = [store.beside(), store.beside()];
  expect([await one.tip('release/web'), await other.tip('release/web')]).toEqual([OLD, OLD]);
  expect([await one.fetchCommit(NEW.id), await other.fetchCommit(NEW.id)]).toEqual([true, true]);
  expect(asked).toEqual(['base apps release/web', 'load c apps']);
});

test('the folder of a file is known from the paths that were read', async () => {
  const asked: string[] = [];
  const store = await open(asked);
  await store.read({ words: [], files: ['none.yaml', 'apps/none.yaml'] }).catch(() => undefined);
  expect(asked).toEqual(['base apps release/web']);
});
