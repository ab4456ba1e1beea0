import { describe, expect, test } from 'vitest';
import { readRemote } from '../../src/core/remote.ts';
import type { CloneStore } from '../../src/git/clone-store.ts';
import { AUTHOR, eachWithClones, packsFetched } from './clones.ts';

const FILES = {
  'web.yaml': 'image: acme/web:1.4.1\n',
  'apps/größe "x".yaml': 'image: acme/web:1.4.1\r\nlast: line',
  'apps/run.yaml': { mode: '100755', content: 'image: acme/web:1.4.1\n' },
  'apps/link': { mode: '120000', content: '../web.yaml' },
  '.gitattributes': '* text eol=crlf -diff filter=lfs\n',
  'README.md': 'x\n',
} as const;

const clones = eachWithClones(FILES);

/** Replaces the text of files that the repository's search finds, and commits on `parent`. */
async function commit(repository: CloneStore, version: string, parent = repository.baseCommit) {
  const { manifests } = await repository.read({ words: ['acme/web'] }, { commit: parent });
  const files = manifests.map((file) => ({
    ...file,
    bytes: Buffer.from(Buffer.from(file.bytes).toString().replace('1.4.1', version)),
  }));
  return repository.write({ parent, message: `Release ${version}\n`, author: AUTHOR, time: 1_700_000_000, files });
}

describe.each([
  ['without paths', []],
  ['below paths', ['apps', 'web.yaml']],
])('a commit %s', (_, paths) => {
  test('changes the files alone, byte for byte, with their modes, and says what it did', async () => {
    const { origin, clone } = clones();
    const repository = await clone({ paths });
    const made = await commit(repository, '1.4.2');
    expect(made).toMatchObject({
      parents: [repository.baseCommit],
      committerEmail: AUTHOR.email,
      message: 'Release 1.4.2\n',
    });
    expect(await repository.push(made.id, 'release/web', '')).toBeDefined();
    expect(await origin.tip('release/web')).toBe(made.id);
    expect(await origin.files('release/web')).toEqual(await origin.files('main'));
    expect(await origin.read('release/web', 'apps/größe "x".yaml')).toBe('image: acme/web:1.4.2\r\nlast: line');
    for (const path of ['apps/link', 'README.md']) {
      expect(await origin.read('release/web', path)).toBe(await origin.read('main', path));
    }
    expect(await origin.log('release/web')).toMatchObject([{ sha: made.id, author: AUTHOR, committer: AUTHOR }, {}]);
  });
});

test('the diff shows each change as text, in names that people read', async () => {
  const { clone } = clones();
  const repository = await clone();
  const made = await commit(repository, '1.4.2');
  const diff = await repository.diff(repository.baseCommit, made.id);
  expect(diff).toContain('-image: acme/web:1.4.1\n+image: acme/web:1.4.2\n');
  expect(diff).toContain('+++ "b/apps/größe \\"x\\".yaml"');
  expect(diff).toContain(
    '-image: acme/web:1.4.1\r\n+image: acme/web:1.4.2\r\n last: line\n\\ No newline at end of file\n',
  );
  expect(diff).not.toMatch(/mode|\u001b/);
  expect(await repository.diff(made.id, made.id)).toBe('');
});

describe('tip, refresh and read', () => {
  test('tip has the commit of a branch, nothing where there is none', async () => {
    const { origin, clone } = clones();
    const repository = await clone();
    expect(await repository.tip('release/web')).toBeUndefined();
    const message = 'By hand\n\nRelease-Name: web\n';
    const other = await origin.commit('release/web-admin', { 'web.yaml': 'b: 1\n' });
    expect(await repository.tip('release/web'), 'a longer name').toBeUndefined();
    const tip = await origin.commit('release/web', { 'web.yaml': 'a: 1\n' }, { message });
    const fetched = await repository.tip('release/web');
    const parents = [repository.baseCommit];
    expect(fetched).toMatchObject({ id: tip, parents, committerEmail: 'ada@example.com', message });
    expect(other).not.toBe(tip);
    await origin.deleteBranch('release/web');
    expect(await repository.tip('release/web'), 'after it is gone').toBeUndefined();
  });

  test('follows the base', async () => {
    const { origin, clone } = clones();
    const repository = await clone();
    const tip = await origin.commit('main', { 'web.yaml': 'image: acme/web:1.4.1 # moved\n' });
    await repository.refresh();
    expect(repository.baseCommit).toBe(tip);
    expect(await repository.diff(repository.baseCommit, (await commit(repository, '1.4.2')).id)).toContain('# moved');
  });

  test('says so when the base is gone', async () => {
    const { origin, clone } = clones();
    await origin.commit('staging', { 'web.yaml': 'a: 1\n' });
    const repository = await clone({ base: 'staging' });
    await origin.deleteBranch('staging');
    const message = expect.stringContaining('"staging"');
    await expect(repository.refresh()).rejects.toMatchObject({ code: 'BASE_NOT_FOUND', message });
  });

  test('asks for nothing when nothing is wanted', async () => {
    const { sandbox, clone } = clones();
    const repository = await clone();
    const packs = await packsFetched(sandbox, async () => {
      expect((await repository.read({ words: ['acme/web'] })).manifests).toHaveLength(3);
    });
    expect(packs).toBe(0);
  });
});

describe('a push', () => {
  test('takes the place of the commit that was seen there', async () => {
    const { origin, clone } = clones();
    const repository = await clone();
    const first = await commit(repository, '1.4.2');
    const second = await commit(repository, '1.5.0');
    expect(await repository.push(first.id, 'release/web', '')).toBeDefined();
    expect(await repository.push(second.id, 'release/web', first.id)).toBeDefined();
    expect(await origin.tip('release/web')).toBe(second.id);
    expect(await repository.push(second.id, 'release/web', second.id), 'the same again').toBeDefined();
  });

  test.each([
    ['is there, where none was seen', ''],
    ['has moved', 'seen'],
  ])('comes too late for a branch that %s', async (_, seen) => {
    const { origin, clone } = clones();
    const repository = await clone();
    const expected = seen && (await origin.commit('release/web', { 'web.yaml': 'a: 1\n' }));
    const theirs = await origin.commit('release/web', { 'web.yaml': 'theirs: 1\n' });
    expect(await repository.push((await commit(repository, '1.4.2')).id, 'release/web', expected)).toBeUndefined();
    expect(await origin.tip('release/web')).toBe(theirs);
  });

  test('comes too late for a branch that is gone', async () => {
    const { origin, clone } = clones();
    const seen = await origin.commit('release/web', { 'web.yaml': 'a: 1\n' });
    const repository = await clone();
    await origin.deleteBranch('release/web');
    expect(await repository.push((await commit(repository, '1.4.2')).id, 'release/web', seen)).toBeUndefined();
    expect(await origin.tip('release/web')).toBeUndefined();
  });

  test('comes too late when another is faster between its look and its write', async () => {
    const { sandbox, origin, clone } = clones();
    const repository = await clone();
    const { id } = await commit(repository, '1.4.2');
    let theirs = '';
    sandbox.beforeNext({
      match: /^POST .*git-receive-pack/,
      run: async () => (theirs = await origin.commit('release/web', { 'web.yaml': 'theirs: 1\n' })),
    });
    expect(await repository.push(id, 'release/web', '')).toBeUndefined();
    expect(await origin.tip('release/web')).toBe(theirs);
  });

  // Whether curl asks once more or we do, the second time comes too late: for itself.
  test.each([
    ['by a dropped connection', 0, ''],
    ['by an error', 502, ''],
    ['over a commit that was there', 0, 'seen'],
    ['by an error, over a commit that was there', 502, 'seen'],
  ])('whose answer is lost %s is done', async (_, status, seen) => {
    const { sandbox, origin, clone } = clones();
    const repository = await clone();
    const expected = seen && (await origin.commit('release/web', { 'web.yaml': 'a: 1\n' }));
    const { id } = await commit(repository, '1.4.2');
    sandbox.failNext({ match: /^POST .*git-receive-pack/, status, carryOut: true });
    expect(await repository.push(id, 'release/web', expected)).toBeDefined();
    expect(await origin.tip('release/web')).toBe(id);
  });

  test('whose answer is lost comes too late when another was faster since', async () => {
    const { sandbox, origin, clone } = clones();
    const repository = await clone();
    const { id } = await commit(repository, '1.4.2');
    let theirs = '';
    sandbox.failNext({ match: /^POST .*git-receive-pack/, status: 502, carryOut: true });
    sandbox.beforeNext({
      match: /receive-pack/,
      times: 3,
      run: async () => {
        if ((await origin.tip('release/web')) === id)
          theirs = await origin.commit('release/web', { 'a.yaml': 'a: 1\n' });
      },
    });
    expect(await repository.push(id, 'release/web', '')).toBeUndefined();
    expect(await origin.tip('release/web')).toBe(theirs);
  });

  test('that the server did not take is tried again', async () => {
    const { sandbox, origin, clone } = clones();
    const repository = await clone();
    const { id } = await commit(repository, '1.4.2');
    sandbox.failNext({ match: /^POST .*git-receive-pack/, status: 503 });
    expect(await repository.push(id, 'release/web', '')).toBeDefined();
    expect(await origin.tip('release/web')).toBe(id);
  });

  test('to the base moves it forward from where it was seen', async () => {
    const { origin, clone } = clones();
    const repository = await clone();
    const seen = repository.baseCommit;
    const first = await commit(repository, '1.4.2');
    expect(await repository.push(first.id, 'main', seen)).toBeDefined();
    expect((await origin.log('main')).map(({ sha }) => sha)).toEqual([first.id, seen]);
    const second = await commit(repository, '1.5.0');
    expect(await repository.push(second.id, 'main', seen), 'from a base that moved').toBeUndefined();
    expect(await origin.tip('main')).toBe(first.id);
    await repository.refresh();
    origin.protect('main');
    const refused = repository.push(second.id, 'main', repository.baseCommit);
    await expect(refused).rejects.toMatchObject({
      code: 'PUSH_REFUSED',
      message: expect.stringContaining('"main": GH006'),
    });
  });

  test('to a protected branch is refused with the server’s reason', async () => {
    const { origin, clone } = clones();
    origin.protect('release/web');
    const repository = await clone();
    const refused = repository.push((await commit(repository, '1.4.2')).id, 'release/web', '');
    await expect(refused).rejects.toMatchObject({
      code: 'PUSH_REFUSED',
      blame: 'yours',
      message: expect.stringMatching(
        /"release\/web": GH006: Protected branch update failed .* through a pull request\.$/,
      ),
    });
  });

  test.each([
    ['below a branch', 'release'],
    ['above a branch', 'release/web/old'],
  ])('of a name %s is refused', async (_, other) => {
    const { origin, clone } = clones();
    await origin.commit(other, { 'web.yaml': 'a: 1\n' });
    const repository = await clone();
    const refused = repository.push((await commit(repository, '1.4.2')).id, 'release/web', '');
    await expect(refused).rejects.toMatchObject({ code: 'BRANCH_BLOCKED', blame: 'yours' });
  });

  test.each([
    ['a token that may only read', { permission: 'read' } as const, 'The token was refused when it tried to push to'],
    ['no token', undefined, 'No token was given, and one is needed to push to'],
  ])('with %s is refused', async (_, rights, message) => {
    const { sandbox, origin, clone } = clones();
    await sandbox.createRepository('acme/open', FILES, { visibility: 'public' });
    const token = rights ? sandbox.createToken(rights) : '';
    const repository = await clone({ fullName: 'acme/open', token });
    const refused = repository.push((await commit(repository, '1.4.2')).id, 'release/web', '');
    await expect(refused).rejects.toMatchObject({ code: 'ACCESS_DENIED', message: expect.stringContaining(message) });
    expect(await origin.tip('release/web')).toBeUndefined();
  });
});

describe('a server without partial clones', () => {
  const plain = eachWithClones(FILES, { partialClone: false });

  test.each([[[]], [['apps', 'web.yaml']]])('is released to all the same, with paths %j', async (paths) => {
    const { origin, clone } = plain();
    const repository = await clone({ paths });
    await repository.tip('release/web');
    const { id } = await commit(repository, '1.4.2');
    expect(await repository.push(id, 'release/web', '')).toBeDefined();
    expect(await origin.read('release/web', 'web.yaml')).toBe('image: acme/web:1.4.2\n');
  });
});

test('a folder on this machine is released to', async () => {
  const { origin, clone, sandbox } = clones();
  const repository = await clone({ remote: readRemote(origin.gitDir, sandbox.serverUrl), token: '' });
  expect(await repository.push((await commit(repository, '1.4.2')).id, 'release/web', '')).toBeDefined();
  expect(await origin.read('release/web', 'web.yaml')).toBe('image: acme/web:1.4.2\n');
});
