/** What every ManifestStore does. */
import { describe, expect, test } from 'vitest';
import type { Commit } from '../../src/core/objects.ts';
import type { FileHistory, ManifestStore, SearchTerms } from '../../src/git/manifest-store.ts';

/** A server with one repository, which a test changes beside the store. */
export interface Origin {
  readonly open: (base?: string) => Promise<ManifestStore> | ManifestStore;
  /** Commits as a person does, and gives the id; on the branch, else on `main`, unless `parent` is given. */
  readonly commit: (
    branch: string,
    files: Readonly<Record<string, string | null>>,
    options?: { message?: string; parent?: string },
  ) => Promise<string> | string;
  readonly tip: (branch: string) => Promise<string | undefined> | string | undefined;
  readonly read: (branch: string, path: string) => Promise<string> | string;
  readonly deleteBranch: (branch: string) => Promise<void> | void;
  readonly protect: (branch: string) => void;
}

const WEB = 'image: acme/web:1.4.1\n';

/** What `main` of the origin has, in one commit. */
export const CONTRACT_FILES = {
  'apps/web/deployment.yaml': WEB,
  'apps/web/values.json': '{"image": "acme/web:1.4.1"}\n',
  'apps/web/website.yaml': 'image: acme/website:1\n',
  'apps/web/README.md': WEB,
  'apps/api/deployment.yaml': 'registry: ghcr.io\nimage: acme/api:2\n',
  'top.yaml': 'a: 1\n',
};

const AUTHOR = { name: 'Release bot', email: 'bot@example.com' };

/** Runs the suite; `start` makes an origin whose `main` has CONTRACT_FILES, for each test a new one. */
export function storeContract(name: string, current: () => Origin): void {
  const names = (found: readonly { readonly path: string }[]): string[] => found.map(({ path }) => path).toSorted();
  const subjects = (commits: readonly Commit[]): string[] => commits.map(({ message }) => message.trim());

  /** Writes a commit with a new version of web on `parent`. */
  async function release(store: ManifestStore, version: string, parent = store.baseCommit): Promise<Commit> {
    const { manifests } = await store.read({ words: ['acme/web'] }, { commit: parent });
    const files = manifests.map((file) => ({
      ...file,
      bytes: Buffer.from(String(Buffer.from(file.bytes)).replace(/acme\/web:[\d.]+\d/, `acme/web:${version}`)),
    }));
    return store.write({ parent, message: `Release ${version}\n`, author: AUTHOR, time: 1_700_000_000, files });
  }

  async function last<Value>(values: AsyncGenerator<Value, void>): Promise<Value | undefined> {
    let latest: Value | undefined;
    for await (const value of values) latest = value;
    return latest;
  }

  describe(`${name}: read`, () => {
    test.each([
      ['a word', { words: ['acme/web'] }, ['apps/web/deployment.yaml', 'apps/web/values.json']],
      [
        'several words',
        { words: ['acme/none', 'acme/api', 'acme/website'] },
        ['apps/api/deployment.yaml', 'apps/web/website.yaml'],
      ],
      ['a registry', { words: [], registries: ['ghcr.io'] }, ['apps/api/deployment.yaml']],
      [
        'paths, whatever their words',
        { words: ['acme/web'], paths: ['apps/api', 'top.yaml'] },
        ['apps/api/deployment.yaml', 'top.yaml'],
      ],
      ['paths with an exclusion', { words: [], paths: ['apps', ':(exclude)apps/web'] }, ['apps/api/deployment.yaml']],
      [
        'files by name, manifests or not',
        { words: [], files: ['apps/web/README.md', 'none.yaml'] },
        ['apps/web/README.md'],
      ],
      [
        'a word and files, each once',
        { words: ['acme/api'], files: ['apps/api/deployment.yaml', 'top.yaml'] },
        ['apps/api/deployment.yaml', 'top.yaml'],
      ],
      ['nothing', { words: [] }, []],
      ['a word that is nowhere', { words: ['acme/we'] }, []],
    ])('finds %s', async (_, terms, expected) => {
      const store = await current().open();
      const { manifests, problems, tip } = await store.read(terms);
      expect([names(manifests), problems, tip]).toEqual([expected, [], undefined]);
    });

    test('finds files of other kinds too, where it is asked for them', async () => {
      const { open, commit } = current();
      await commit('main', { 'run.sh': 'docker pull acme/web:1\n', 'logo.png': 'acme/web', 'top.txt': 'a' });
      const store = await open();
      const read = async (terms: SearchTerms): Promise<string[][]> => {
        const { manifests, others } = await store.read(terms);
        return [names(manifests), names(others)];
      };
      const manifests = ['apps/web/deployment.yaml', 'apps/web/values.json'];
      expect(await read({ words: ['acme/web'] })).toEqual([manifests, []]);
      const terms = { words: ['acme/web'], others: true };
      expect(await read(terms)).toEqual([manifests, ['apps/web/README.md', 'run.sh']]);
      expect(await read({ ...terms, files: ['run.sh'] })).toEqual([[...manifests, 'run.sh'], ['apps/web/README.md']]);
      expect(await read({ ...terms, paths: ['apps/web/README.md', 'logo.png', 'top.yaml', 'top.txt'] })).toEqual([
        ['top.yaml'],
        ['apps/web/README.md', 'top.txt'],
      ]);
      await commit('main', { 'run.sh': null, 'new/Dockerfile': 'FROM acme/web:1\n' });
      await store.refresh();
      expect(await read(terms), 'after the base moved').toEqual([manifests, ['apps/web/README.md', 'new/Dockerfile']]);
    });

    test('gives contents and mode', async () => {
      const store = await current().open();
      const { manifests } = await store.read({ words: [], files: ['top.yaml'] });
      expect(manifests.map(({ path, mode, bytes }) => [path, mode, String(Buffer.from(bytes))])).toEqual([
        ['top.yaml', '100644', 'a: 1\n'],
      ]);
    });

    test('finds what is below folders, and in the top folder', async () => {
      const store = await current().open();
      const found = async (folders: readonly string[], matches: (path: string) => boolean = () => true) =>
        names((await store.read({ words: [] }, { below: { folders, matches } })).manifests);
      expect(await found([''])).toEqual(['top.yaml']);
      expect(await found(['apps/api', 'apps/we'])).toEqual(['apps/api/deployment.yaml']);
      expect(await found(['apps/api', ''], (path) => !path.includes('/'))).toEqual(['top.yaml']);
    });

    test('reads no more than its limit', async () => {
      const store = await current().open();
      expect((await store.read({ words: ['acme/web'] }, { limit: 1 })).manifests).toHaveLength(1);
    });

    test('refuses paths that match nothing', async () => {
      const store = await current().open();
      await expect(store.read({ words: [], paths: ['apps', 'none'] })).rejects.toMatchObject({
        code: 'PATHS_MATCH_NOTHING',
        message: expect.stringContaining('"none"'),
      });
    });

    test('gives the tip of a branch too, also of one that is named later', async () => {
      const { open, commit } = current();
      const store = await open();
      const id = await commit('release/web', { 'top.yaml': 'a: 2\n' });
      expect((await store.read({ words: [] }, { branch: 'release/web' })).tip?.id).toBe(id);
      expect((await store.read({ words: [] }, { branch: 'release/we' })).tip).toBeUndefined();
      expect((await store.read({ words: [] }, { branch: Promise.resolve('release/web') })).tip?.id).toBe(id);
      expect((await store.read({ words: [] }, { branch: Promise.resolve(undefined) })).tip).toBeUndefined();
    });

    test('reads another commit', async () => {
      const { open, commit } = current();
      const store = await open();
      await commit('release/web', { 'new/web.yaml': WEB, 'apps/web/values.json': null });
      const tip = await store.tip('release/web');
      const { manifests } = await store.read({ words: ['acme/web'] }, { commit: tip?.id ?? '' });
      expect(names(manifests)).toEqual(['apps/web/deployment.yaml', 'new/web.yaml']);
    });

    test('reads the same after a prefetch, also of paths that match nothing', async () => {
      const store = await current().open();
      await store.prefetch(
        [
          { words: [], paths: ['apps/api'] },
          { words: [], paths: ['none'] },
        ],
        [],
      );
      expect(names((await store.read({ words: [], paths: ['apps/api'] })).manifests)).toEqual([
        'apps/api/deployment.yaml',
      ]);
    });
  });

  test(`${name}: paths are those of all manifests`, async () => {
    const { open, commit } = current();
    const store = await open();
    const manifests = Object.keys(CONTRACT_FILES).filter((path) => !path.endsWith('.md'));
    expect((await store.paths()).toSorted()).toEqual(manifests.toSorted());
    await commit('other', { 'more.yaml': 'a: 1\n' });
    const tip = await store.tip('other');
    expect(await store.paths(tip?.id)).toContain('more.yaml');
  });

  describe(`${name}: the base`, () => {
    test('is the default branch or the one that is given', async () => {
      const { open, tip, commit } = current();
      expect(await open()).toMatchObject({ base: 'main', baseCommit: await tip('main') });
      const id = await commit('staging', { 'top.yaml': 'a: 2\n' });
      expect(await open('staging')).toMatchObject({ base: 'staging', baseCommit: id });
    });

    test('is what it was until it is read again', async () => {
      const { open, commit } = current();
      const store = await open();
      const before = store.baseCommit;
      const id = await commit('main', { 'apps/api/web.yaml': WEB });
      expect(store.baseCommit).toBe(before);
      expect(names((await store.read({ words: ['acme/web'] })).manifests)).not.toContain('apps/api/web.yaml');
      await store.refresh();
      expect(store.baseCommit).toBe(id);
      expect(names((await store.read({ words: ['acme/web'] })).manifests)).toContain('apps/api/web.yaml');
    });

    test('is an error where it is gone', async () => {
      const { open, commit, deleteBranch } = current();
      await commit('staging', { 'top.yaml': 'a: 2\n' });
      const store = await open('staging');
      await deleteBranch('staging');
      await expect(store.refresh()).rejects.toMatchObject({ code: 'BASE_NOT_FOUND' });
    });
  });

  test(`${name}: tip has the commit of a branch as it is now`, async () => {
    const { open, commit, deleteBranch } = current();
    const store = await open();
    expect(await store.tip('release/web')).toBeUndefined();
    await commit('release/web-admin', { 'top.yaml': 'a: 3\n' });
    expect(await store.tip('release/web'), 'a longer name').toBeUndefined();
    const id = await commit('release/web', { 'top.yaml': 'a: 2\n' }, { message: 'By hand\n' });
    const tip = await store.tip('release/web');
    const parents = [store.baseCommit];
    expect(tip).toMatchObject({ id, parents, committerEmail: 'ada@example.com', message: 'By hand\n', signed: false });
    expect(await store.readCommit(id)).toEqual(tip);
    await deleteBranch('release/web');
    expect(await store.tip('release/web'), 'after it is gone').toBeUndefined();
  });

  describe(`${name}: history`, () => {
    test('has the commits of the base as it was read, a child before its parents', async () => {
      const { open, commit } = current();
      await commit('main', { 'top.yaml': 'a: 2\n' }, { message: 'two\n' });
      const store = await open();
      await commit('main', { 'top.yaml': 'a: 3\n' }, { message: 'three\n' });
      expect(subjects(await store.history())).toEqual(['two', 'First manifests']);
    });

    test('commitsAbove has those that the base lacks', async () => {
      const { open, commit } = current();
      await commit('release/web', { 'top.yaml': 'a: 2\n' }, { message: 'two\n' });
      const head = await commit('release/web', { 'top.yaml': 'a: 3\n' }, { message: 'three\n' });
      await commit('main', { 'top.yaml': 'a: 4\n' }, { message: 'other\n' });
      const store = await open();
      expect(subjects(await store.commitsAbove(head))).toEqual(['three', 'two']);
      expect(await store.commitsAbove(store.baseCommit)).toEqual([]);
    });

    test('fileCommits and fileHistory have the changes of files', async () => {
      const { open, commit } = current();
      await commit('main', { 'top.yaml': 'a: 2\n' }, { message: 'two\n' });
      await commit('main', { 'other.yaml': 'a: 2\n' }, { message: 'other\n' });
      await commit('main', { 'top.yaml': null }, { message: 'gone\n' });
      const store = await open();
      const files = ['top.yaml'];
      expect(subjects((await last(store.fileCommits(files))) ?? [])).toEqual(['gone', 'two', 'First manifests']);
      const history: FileHistory | undefined = await last(store.fileHistory(files, store.baseCommit));
      const text = (held: readonly { readonly bytes: Uint8Array }[]): string =>
        held.map(({ bytes }) => String(Buffer.from(bytes)).trim()).join();
      expect(history?.isComplete).toBe(true);
      expect(
        history?.changes.map(({ commit: { message }, before, after }) => [message.trim(), text(before), text(after)]),
      ).toEqual([
        ['gone', 'a: 2', ''],
        ['two', 'a: 1', 'a: 2'],
        ['First manifests', '', 'a: 1'],
      ]);
      expect(history?.changes.every(({ time }) => !Number.isNaN(Date.parse(time)))).toBe(true);
      expect(await last(store.fileCommits([]))).toBeUndefined();
    });
  });

  describe(`${name}: write and push`, () => {
    test('write makes a commit that is nowhere yet, and diff shows it', async () => {
      const { open, tip } = current();
      const store = await open();
      const made = await release(store, '1.4.2');
      expect(made).toMatchObject({
        parents: [store.baseCommit],
        committerEmail: AUTHOR.email,
        message: 'Release 1.4.2\n',
        signed: false,
      });
      expect(await store.readCommit(made.id)).toEqual(made);
      expect((await release(store, '1.4.2')).tree).toBe(made.tree);
      const diff = await store.diff(store.baseCommit, made.id);
      expect(diff).toContain('-image: acme/web:1.4.1\n+image: acme/web:1.4.2\n');
      expect(diff).not.toContain('website');
      expect(await store.diff(made.id, made.id)).toBe('');
      expect(await tip('release/web')).toBeUndefined();
    });

    test('push takes the place of the commit that was expected', async () => {
      const { open, tip, read } = current();
      const store = await open();
      const [first, second] = [await release(store, '1.4.2'), await release(store, '1.5.0')];
      expect(await store.push(first.id, 'release/web', '')).toBeDefined();
      expect(await store.push(second.id, 'release/web', first.id)).toBeDefined();
      expect(await tip('release/web')).toBe(second.id);
      expect(await read('release/web', 'apps/web/deployment.yaml')).toBe('image: acme/web:1.5.0\n');
      expect(await store.push(second.id, 'release/web', first.id), 'it is there').toBeDefined();
    });

    test.each([
      ['is there and was not expected', true, false],
      ['has moved', true, true],
      ['is gone', false, true],
    ])('push is false for a branch that %s', async (_, isThere, isExpected) => {
      const { open, tip, commit, deleteBranch } = current();
      const store = await open();
      const seen = await commit('release/web', { 'top.yaml': 'a: 2\n' });
      const theirs = await commit('release/web', { 'top.yaml': 'theirs: 1\n' });
      if (!isThere) await deleteBranch('release/web');
      const { id } = await release(store, '1.4.2');
      expect(await store.push(id, 'release/web', isExpected ? seen : '')).toBeUndefined();
      expect(await tip('release/web')).toBe(isThere ? theirs : undefined);
    });

    test('push to the base moves it, here too', async () => {
      const { open, tip } = current();
      const store = await open();
      const before = store.baseCommit;
      const [first, second] = [await release(store, '1.4.2'), await release(store, '1.5.0')];
      expect(await store.push(first.id, 'main', before)).toBeDefined();
      expect(store.baseCommit).toBe(first.id);
      expect(await store.push(second.id, 'main', before)).toBeUndefined();
      expect([store.baseCommit, await tip('main')]).toEqual([first.id, first.id]);
    });

    test('push is false once where the base has moved, and succeeds however often it moves again', async () => {
      const { open, tip, commit } = current();
      const store = await open();
      await commit('main', { 'top.yaml': 'a: 2\n' });
      expect(await store.push((await release(store, '1.4.2')).id, 'release/web', '')).toBeUndefined();
      expect(await tip('release/web')).toBeUndefined();
      await store.refresh();
      const { id } = await release(store, '1.4.2');
      await commit('main', { 'top.yaml': 'a: 3\n' });
      expect(await store.push(id, 'release/web', '')).toBeDefined();
      expect(await tip('release/web')).toBe(id);
    });

    test('push to a protected branch is refused', async () => {
      const { open, protect } = current();
      const store = await open();
      protect('release/web');
      const refused = store.push((await release(store, '1.4.2')).id, 'release/web', '');
      await expect(refused).rejects.toMatchObject({ code: 'PUSH_REFUSED' });
    });

    test('push puts a commit on top of those of others', async () => {
      const { open, commit, read } = current();
      const store = await open();
      const theirs = await commit('release/web', { 'top.yaml': 'theirs: 1\n' });
      const parent = (await store.tip('release/web'))?.id ?? '';
      expect(parent).toBe(theirs);
      const { id } = await release(store, '1.4.2', parent);
      expect(await store.push(id, 'release/web', theirs)).toBeDefined();
      expect(await read('release/web', 'top.yaml')).toBe('theirs: 1\n');
      expect(subjects(await store.commitsAbove(id))).toEqual(['Release 1.4.2', 'Change by hand']);
    });
  });

  test(`${name}: deleteBranches leaves what moved, and names what is kept`, async () => {
    const { open, commit, tip, protect } = current();
    const seen = await Promise.all(
      ['moved', 'there', 'kept'].map(async (branch) => ({
        branch,
        expected: await commit(branch, { 'top.yaml': `a: ${branch}\n` }),
      })),
    );
    const store = await open();
    const theirs = await commit('moved', { 'top.yaml': 'theirs: 1\n' });
    const main = { branch: 'main', expected: store.baseCommit };
    const [moved, there, kept] = seen;
    if (!moved || !there || !kept) throw new Error('no branches');
    expect(await store.deleteBranches([moved, there, main])).toEqual({
      deleted: ['there'],
      refused: [{ branch: 'main', reason: 'deletion of the current branch prohibited' }],
    });
    protect('kept');
    expect(await store.deleteBranches([kept])).toEqual({
      deleted: [],
      refused: [{ branch: 'kept', reason: 'protected branch hook declined' }],
    });
    expect([await tip('moved'), await tip('there')]).toEqual([theirs, undefined]);
    expect(await tip('main')).toBe(store.baseCommit);
    expect(await store.deleteBranches([])).toEqual({ deleted: [], refused: [] });
  });

  test(`${name}: close may be called any number of times`, async () => {
    const store = await current().open();
    await store.close();
    expect(await store.close()).toBeUndefined();
  });
}
