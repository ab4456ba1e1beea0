import { expect, test } from 'vitest';
import type { SeenBranch } from '../../src/git/manifest-store.ts';
import { eachWithClones } from './clones.ts';

const clones = eachWithClones({ 'web.yaml': 'image: acme/web:1.4.1\n' });

/** Makes branches, and gives them as they were seen. */
async function make(...branches: string[]): Promise<SeenBranch[]> {
  const { origin } = clones();
  const seen = [];
  for (const branch of branches) {
    seen.push({ branch, expected: await origin.commit(branch, { 'web.yaml': `# ${branch}\n` }) });
  }
  return seen;
}

async function branches(): Promise<string[]> {
  const refs = Object.keys(await clones().origin.refs());
  return refs.map((ref) => ref.replace('refs/heads/', '')).toSorted();
}

test('deletes branches in one push', async () => {
  const { sandbox, clone } = clones();
  const seen = await make('release/web-1', 'release/web-2', 'release/größe');
  await make('release/web-3');
  const repository = await clone();
  const before = sandbox.requests.length;
  const deleted = ['release/größe', 'release/web-1', 'release/web-2'];
  const result = await repository.deleteBranches(seen);
  expect({ ...result, deleted: result.deleted.toSorted() }).toEqual({ deleted, refused: [] });
  expect(await branches()).toEqual(['main', 'release/web-3']);
  expect(sandbox.requests.slice(before).filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('leaves a branch that moved, and one that is gone', async () => {
  const { origin, clone } = clones();
  const seen = await make('moved', 'gone', 'there');
  const repository = await clone();
  const theirs = await origin.commit('moved', { 'web.yaml': 'theirs: 1\n' });
  await origin.deleteBranch('gone');
  expect(await repository.deleteBranches(seen)).toEqual({ deleted: ['there'], refused: [] });
  expect(await origin.tip('moved')).toBe(theirs);
  expect(await repository.deleteBranches(seen)).toEqual({ deleted: [], refused: [] });
});

test('leaves a branch that moves between its look and its write', async () => {
  const { sandbox, origin, clone } = clones();
  const seen = await make('moved', 'there');
  const repository = await clone();
  sandbox.beforeNext({
    match: /^POST .*git-receive-pack/,
    run: () => origin.commit('moved', { 'web.yaml': 'theirs: 1\n' }),
  });
  expect(await repository.deleteBranches(seen)).toEqual({ deleted: ['there'], refused: [] });
  expect(await branches()).toEqual(['main', 'moved']);
});

test('tells what the server keeps, and why', async () => {
  const { origin, clone } = clones();
  const [kept] = await make('kept');
  origin.protect('kept');
  const repository = await clone();
  expect(await repository.deleteBranches(kept ? [kept] : [])).toEqual({
    deleted: [],
    refused: [{ branch: 'kept', reason: 'protected branch hook declined' }],
  });
  const main = { branch: 'main', expected: repository.baseCommit };
  const seen = await make('there');
  expect(await repository.deleteBranches([main, ...seen])).toEqual({
    deleted: ['there'],
    refused: [{ branch: 'main', reason: 'deletion of the current branch prohibited' }],
  });
});

test('asks nobody when there is nothing to delete', async () => {
  const { sandbox, clone } = clones();
  const repository = await clone();
  const before = sandbox.requests.length;
  expect(await repository.deleteBranches([])).toEqual({ deleted: [], refused: [] });
  expect(sandbox.requests.length).toBe(before);
});

test('fails when it may not push at all', async () => {
  const { sandbox, clone } = clones();
  const seen = await make('there');
  const repository = await clone({ token: sandbox.createToken({ permission: 'read' }) });
  await expect(repository.deleteBranches(seen)).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
});
