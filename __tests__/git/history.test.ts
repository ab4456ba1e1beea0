import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { git } from '../../src/git/run-git.ts';
import { readRemote } from '../../src/core/remote.ts';
import type { CloneStore } from '../../src/git/clone-store.ts';
import { mergedTree } from '../../sandbox/merging.ts';
import { AUTHOR, eachWithClones, packsFetched } from './clones.ts';

const FILES = { 'web.yaml': 'image: acme/web:1.4.1\n', 'apps/api.yaml': 'image: acme/api:1\n', 'README.md': 'x\n' };

const clones = eachWithClones(FILES);

/** Commits `count` times, with the subjects `<word> 1` and so on; gives the subjects, the newest first. */
async function commits(branch: string, word: string, count: number, parent?: string): Promise<string[]> {
  const subjects = Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);
  for (const [index, subject] of subjects.entries()) {
    const files = { [`apps/${word}.yaml`]: `image: acme/web:${index}\n` };
    await clones().origin.commit(branch, files, {
      message: `${subject}\n`,
      ...(index === 0 && parent !== undefined && { parent }),
    });
  }
  return subjects.toReversed();
}

async function run(...args: string[]): Promise<string> {
  const config = { 'user.name': 'A', 'user.email': 'a@b' };
  return (await git(args, { gitDir: clones().origin.gitDir, config })).stdout.toString().trim();
}

/** Merges a commit into a branch with a merge commit. */
async function merge(branch: string, head: string, message: string): Promise<void> {
  const tree = await mergedTree(clones().origin, branch, head);
  const commit = await run('commit-tree', tree, '-p', branch, '-p', head, '-m', message);
  await run('update-ref', `refs/heads/${branch}`, commit);
}

async function subjects(found: Promise<readonly { readonly message: string }[]>): Promise<string[]> {
  return (await found).map(({ message }) => message.split('\n')[0] ?? '');
}

describe('the history', () => {
  test('of the base has its latest commits, the newest first, in one request', async () => {
    const { sandbox, clone } = clones();
    const made = await commits('main', 'base', 5);
    const repository = await clone();
    const requests = sandbox.requests.length;
    expect(await subjects(repository.history())).toEqual([...made, 'First manifests']);
    expect(sandbox.requests.slice(requests).map(({ path }) => path.replace(/.*\//, ''))).toEqual([
      'refs?service=git-upload-pack',
      'git-upload-pack',
    ]);
    const [newest, second] = await repository.history(3);
    expect(newest).toMatchObject({ id: repository.baseCommit, parents: [second?.id], message: `${made[0]}\n` });
    expect(await subjects(repository.history(3))).toEqual(made.slice(0, 3));
    expect(await subjects(repository.history(1))).toEqual(made.slice(0, 1));
  });

  test('of the base ends at the commit that was cloned, whatever was pushed since', async () => {
    const { origin, clone } = clones();
    const repository = await clone();
    await origin.commit('main', { 'web.yaml': 'later: 1\n' });
    expect(await subjects(repository.history())).toEqual(['First manifests']);
    await repository.refresh();
    expect(await subjects(repository.history())).toEqual(['Change by hand', 'First manifests']);
  });

  test('names all parents of a merge', async () => {
    const { origin, clone } = clones();
    await commits('release/web', 'release', 1);
    await commits('main', 'base', 1);
    const head = (await origin.tip('release/web')) ?? '';
    const before = await origin.tip('main');
    await merge('main', head, 'Merge web');
    const [merged, ...rest] = await (await clone()).history();
    expect(merged?.parents).toEqual([before, head]);
    expect(rest).toHaveLength(3);
  });

  test('may be asked for several times at once, beside a fetch', async () => {
    const { clone } = clones();
    const made = await commits('release/web', 'release', 2);
    const repository = await clone({ paths: ['web.yaml'] });
    const head = (await clones().origin.tip('release/web')) ?? '';
    const [base, above, { manifests, tip }] = await Promise.all([
      repository.history(),
      repository.commitsAbove(head),
      repository.read({ words: ['acme/web'] }, { branch: 'release/web' }),
    ]);
    expect([base.length, above.length, manifests.length, tip?.message]).toEqual([1, 2, 1, `${made[0]}\n`]);
  });

  test('says why it cannot be had', async () => {
    const { sandbox, clone } = clones();
    const repository = await clone();
    sandbox.failNext({ match: /./, status: 403 });
    await expect(repository.history()).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
    sandbox.failNext({ match: /./, status: 503 });
    expect(await subjects(repository.history()), 'tried again').toEqual(['First manifests']);
  });
});

describe.each([
  ['without paths', []],
  ['below paths', ['web.yaml', 'apps']],
])('after its history a clone %s', (_, paths) => {
  test('is searched, committed to, compared and pushed from as before', async () => {
    const { origin, clone } = clones();
    await commits('main', 'base', 3);
    const people = await commits('release/web', 'people', 1, 'main~1');
    const repository = await clone({ paths });
    const before = await found(repository);
    const head = await repository.tip('release/web');
    await repository.history();
    expect(await subjects(repository.commitsAbove(head?.id ?? ''))).toEqual(people);

    expect(await found(repository)).toEqual(before);
    await repository.refresh();
    await repository.read({ words: ['acme/web'] }, { branch: 'release/web' });
    const files = [{ path: 'web.yaml', mode: '100644', bytes: Buffer.from('image: acme/web:1.4.2\n') }];
    const parent = repository.baseCommit;
    const made = await repository.write({ parent, message: 'x\n', author: AUTHOR, time: 1, files });
    expect(await repository.diff(parent, made.id)).toContain('-image: acme/web:1.4.1\n+image: acme/web:1.4.2\n');
    expect(await repository.push(made.id, 'release/web', head?.id ?? '')).toBeDefined();
    expect(await origin.log('release/web')).toHaveLength(5);
    expect(await origin.files('release/web')).toEqual(await origin.files('main'));
  });

  async function found(repository: CloneStore): Promise<string[]> {
    const { manifests } = await repository.read({ words: ['acme/web'] });
    return manifests.map(({ path, bytes }) => `${path} ${String(bytes)}`).toSorted();
  }
});

describe('the commits above the base', () => {
  async function above(branch: string, depth?: number): Promise<string[]> {
    const { origin, clone } = clones();
    const repository = await clone();
    return subjects(repository.commitsAbove((await origin.tip(branch)) ?? '', depth));
  }

  test('are those of the branch alone', async () => {
    await commits('main', 'old', 2);
    const made = await commits('release/web', 'people', 3);
    await commits('main', 'base', 2);
    expect(await above('release/web')).toEqual(made);
    expect(await above('main')).toEqual([]);
  });

  test('are told below a merge of the base too', async () => {
    const first = await commits('release/web', 'people', 2);
    await commits('main', 'base', 2);
    await merge('release/web', 'main', 'Merge main');
    const last = await commits('release/web', 'more', 1);
    await commits('main', 'later', 1);
    expect(await above('release/web')).toEqual([...last, 'Merge main', ...first]);
  });

  test.each([
    ['parted longer ago', 'main~6'],
    ['parted at the first commit', 'main~8'],
  ])('are right where the two %s than a fetch goes back', async (_, parent) => {
    await commits('main', 'base', 8);
    const made = await commits('release/web', 'people', 2, parent);
    expect(await above('release/web', 4)).toEqual(made);
  });

  test('are right where there are more of them than a fetch goes back', async () => {
    const { sandbox, clone, origin } = clones();
    const made = await commits('release/web', 'people', 6);
    expect(await above('release/web', 3)).toEqual(made);
    const repository = await clone();
    const head = (await origin.tip('release/web')) ?? '';
    expect(await packsFetched(sandbox, () => repository.commitsAbove(head, 10))).toBe(1);
  });

  test('are all where the two have nothing in common', async () => {
    await commits('main', 'base', 2);
    await run('update-ref', 'refs/heads/other', await run('commit-tree', 'main^{tree}', '-m', 'Other'));
    expect(await above('other', 1)).toEqual(['Other']);
  });
});

describe('a server without partial clones', () => {
  const plain = eachWithClones(FILES, { partialClone: false });

  test('has the same history', async () => {
    const { origin, clone } = plain();
    const head = await origin.commit('release/web', { 'web.yaml': 'a: 1\n' });
    const repository = await clone({ paths: ['web.yaml'] });
    expect(await subjects(repository.history())).toEqual(['First manifests']);
    expect(await subjects(repository.commitsAbove(head))).toEqual(['Change by hand']);
    await repository.close();
  });
});

test('a folder on this machine has a history', async () => {
  const { sandbox, origin, clone } = clones();
  const repository = await clone({ remote: readRemote(origin.gitDir, sandbox.serverUrl), token: '' });
  const head = await origin.commit('release/web', { 'web.yaml': 'a: 1\n' });
  expect(await subjects(repository.history())).toEqual(['First manifests']);
  expect(await subjects(repository.commitsAbove(head))).toEqual(['Change by hand']);
  expect(await readFile(`${origin.gitDir}/config`, 'utf8')).not.toContain('promisor');
});

test('may be in a temporary folder with any name', async () => {
  const { folder, clone } = clones();
  const odd = join(folder, 'a:b "c"\n#d');
  await mkdir(odd);
  vi.stubEnv('TMPDIR', odd);
  const repository = await clone();
  const { value } = await repository.fileHistory(['web.yaml'], repository.baseCommit).next();
  expect(value).toBeDefined();
  await repository.close();
  await rm(odd, { recursive: true });
});
