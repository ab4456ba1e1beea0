import { describe, expect, test } from 'vitest';
import { readPast, type PastVersion, type Sought } from '../../src/environments/version-history.ts';
import { identityKey, identityOf } from '../../src/inputs/identity.ts';
import { pullOf } from '../../src/release/commit-trailers.ts';
import type { CloneStore } from '../../src/git/clone-store.ts';
import { merge, type MergeMethod } from '../../sandbox/merging.ts';
import type { Files } from '../../sandbox/sandbox.ts';
import { readTargets } from '../../src/manifests/targets.ts';
import { AUTHOR, eachWithClones, packsFetched } from '../git/clones.ts';

const WEB = 'ghcr.io/acme/web';
const API = 'ghcr.io/acme/api';
const DIGEST = `sha256:${'a'.repeat(64)}`;

const pod = (...images: readonly string[]): string => {
  return ['kind: Pod', 'spec:', '  containers:', ...images.map((image) => `    - image: ${image}`), ''].join('\n');
};
const web = (version: string): Files => ({ 'staging/web.yaml': pod(`${WEB}:${version}`) });

const clones = eachWithClones(web('1.0.0'));

async function commit(message: string, files: Files): Promise<string> {
  return clones().origin.commit('main', files, { message: `${message}\n` });
}

async function mergePull(number: number, method: MergeMethod, files: Files): Promise<void> {
  const { origin } = clones();
  await origin.commit('release/web', { 'staging/web.yaml': pod(`${WEB}:0.0.0`) }, { message: 'x\n', parent: 'main' });
  const head = await origin.commit('release/web', files);
  const merged = `Merge pull request #${number} from acme/release/web\n\nRelease web (#99)\n`;
  const message = method === 'merge' ? merged : `Release web (#${number})\n\n* Release web\n`;
  await merge(origin, { base: 'main', head, method, message, author: AUTHOR });
}

const KEY = identityKey(identityOf({ app: 'web', environment: 'staging' }, [], []));

type Place = Partial<Pick<Sought, 'images' | 'builds' | 'options' | 'read' | 'places'>> & {
  readonly files?: readonly string[];
};

/** Without `read` the base is read again like any other commit. */
async function past(
  repository: CloneStore,
  { files = ['staging/web.yaml'], ...place }: Place = {},
  enough: (past: readonly PastVersion[]) => boolean = () => false,
): Promise<readonly PastVersion[]> {
  const read = files.map((path) => ({ path, mode: '100644', bytes: new Uint8Array() }));
  const sought = { key: KEY, builds: new Map(), images: [WEB], read, places: [], options: {}, ...place };
  return readPast(repository, sought, repository.baseCommit, enough);
}

/** `web=1.4.1 subject`, with the number of the pull request behind it. */
function shown(versions: readonly PastVersion[]): string[] {
  return versions.map(({ versions: held, commit: { message }, pull }) => {
    const all = [...held].map(([image, version]) => `${image.replace(/.*\//, '')}=${version}`).toSorted();
    return [...all, message.split('\n')[0], ...(pull === '' ? [] : [`#${pull}`])].join(' ');
  });
}

describe.each([
  ['without paths', []],
  ['below paths', ['staging']],
])('a clone %s knows', (_, paths) => {
  test('what was held, since when, and by which pull request', async () => {
    await mergePull(1, 'merge', web('1.1.0'));
    await commit('replicas', { 'staging/web.yaml': `${pod(`${WEB}:1.1.0`)}# 3\n` });
    await mergePull(2, 'squash', web(`1.2.0@${DIGEST}`));
    await commit('other', { 'staging/other.yaml': 'x: 1\n', 'README.md': 'x\n' });
    await commit('Roll back (#3) by hand', web('1.1.0'));
    await commit('replicas', { 'staging/web.yaml': `${pod(`${WEB}:1.1.0`)}# 3\n` });
    const found = await past(await clones().clone({ paths }));
    expect(shown(found)).toEqual([
      'web=1.1.0 Roll back (#3) by hand',
      `web=1.2.0@${DIGEST} Release web (#2) #2`,
      'web=1.1.0 Merge pull request #1 from acme/release/web #1',
      'web=1.0.0 First manifests',
    ]);
    expect(found.every(({ time }) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time))).toBe(true);
  });

  test('as much as somebody asks for, with at most two fetches among the latest commits', async () => {
    const { sandbox, clone } = clones();
    for (const version of ['1.1.0', '1.2.0', '1.3.0']) await commit(version, web(version));
    for (let index = 0; index < 20; index += 1) await commit('other', { 'staging/other.yaml': `x: ${index}\n` });
    const repository = await clone({ paths });
    let found: readonly PastVersion[] = [];
    const packs = await packsFetched(sandbox, async () => {
      found = await past(repository, {}, ({ length }) => length === 2);
    });
    expect(shown(found)).toEqual(['web=1.3.0 1.3.0', 'web=1.2.0 1.2.0']);
    expect(packs).toBe(2);
    const again = () => past(repository, {}, ({ length }) => length === 3);
    expect(await packsFetched(sandbox, again), 'another question').toBe(0);
  });

  test('what is deeper than the first step, and since when what stands at its end', async () => {
    await commit('1.1.0', web('1.1.0'));
    await commit('1.2.0', web('1.2.0'));
    for (let index = 0; index < 49; index += 1) await commit(`comment ${index}`, web(`1.2.0 # ${index}`));
    const { sandbox, clone } = clones();
    const repository = await clone({ paths });
    const fetched = (count: number) =>
      packsFetched(sandbox, () => past(repository, {}, ({ length }) => length === count));
    // The last commit that is here tells what was there, and not since when.
    expect(await fetched(1)).toBe(4);
    expect(await fetched(2)).toBe(0);
    expect(shown(await past(repository))).toEqual(['web=1.2.0 1.2.0', 'web=1.1.0 1.1.0', 'web=1.0.0 First manifests']);
  });
});

describe('an entry is', () => {
  test('all images, whichever of them changed', async () => {
    await commit('api', { 'staging/api.yaml': pod(`${API}:1`) });
    await commit('both', { 'staging/api.yaml': pod(`${API}:2`), ...web('1.1.0') });
    await commit('web', web('1.2.0'));
    const place = { images: [WEB, API], files: ['staging/web.yaml', 'staging/api.yaml'] };
    expect(shown(await past(await clones().clone(), place))).toEqual([
      'api=2 web=1.2.0 web',
      'api=2 web=1.1.0 both',
      'api=1 web=1.0.0 api',
      'web=1.0.0 First manifests',
    ]);
  });

  test('no state between two versions: the last of several commits brought it', async () => {
    await commit('two', { 'staging/more.yaml': pod(`${WEB}:1.0.0`) });
    await commit('half', web('1.1.0'));
    await commit('whole', { 'staging/more.yaml': pod(`${WEB}:1.1.0`) });
    await commit('half again', web('1.2.0'));
    const place = { files: ['staging/web.yaml', 'staging/more.yaml'] };
    expect(shown(await past(await clones().clone(), place)), 'now it is mixed').toEqual([
      'web=1.1.0 whole',
      'web=1.0.0 First manifests',
    ]);
  });

  test('what was read of the base, for commits with the same contents alone', async () => {
    await commit('next', web('1.1.0'));
    await commit('other', { 'staging/other.yaml': 'x: 1\n' });
    const repository = await clones().clone();
    const { manifests: read } = await repository.read({ words: [], files: ['staging/web.yaml'] });
    const places = [{ image: WEB, version: 'as-read', file: 'staging/web.yaml', line: 4, where: 'image' }];
    expect(shown(await past(repository, { read, places }))).toEqual(['web=as-read next', 'web=1.0.0 First manifests']);
  });

  test('what came back after it was gone', async () => {
    await commit('gone', { 'staging/web.yaml': null });
    await commit('back', web('1.0.0'));
    expect(shown(await past(await clones().clone()))).toEqual(['web=1.0.0 back', 'web=1.0.0 First manifests']);
  });

  test('not what could not be read', async () => {
    await commit('broken', { 'staging/web.yaml': `${pod(`${WEB}:1.0.0`)} x: [\n` });
    await commit('mended', web('1.0.0'));
    expect(shown(await past(await clones().clone()))).toEqual(['web=1.0.0 First manifests']);
  });

  test('what a target says, from when it is there', async () => {
    await commit('values', { 'staging/web.yaml': null, 'staging/values.yaml': 'v: 1.1.0\n' });
    await commit('next', { 'staging/values.yaml': 'v: 1.2.0\n' });
    const targets = readTargets(['staging/values.yaml#v'], [{ reference: { name: WEB, tag: 'x' }, replaces: WEB }]);
    const place = { files: ['staging/web.yaml', 'staging/values.yaml'], options: { targets } };
    expect(shown(await past(await clones().clone(), place))).toEqual([
      'web=1.2.0 next',
      'web=1.1.0 values',
      'web=1.0.0 First manifests',
    ]);
  });

  test('none where nothing is', async () => {
    const repository = await clones().clone();
    expect(await past(repository, { images: ['acme/none'] })).toEqual([]);
    expect(await past(repository, { files: [] })).toEqual([]);
  });
});

test.each([
  ['Merge pull request #12 from acme/release/web\n\nRelease web (#9)\n', '12'],
  ["Merge pull request 'Release web (#9)' (#12) from release/web into main\n\nReviewed\n", '12'],
  ['Release web 1.5.0 (#12)\n', '12'],
  ['Release web 1.5.0 (#12)', '12'],
  ['Revert "Release web (#12)" (#13)\n', '13'],
  ['Revert "Release web (#12)"\n', ''],
  ['Release web\n\n(#12)\n', ''],
  ['Merge branch main (see Merge pull request #3)\n', ''],
  ['', ''],
])('the pull request of %j is %j', (message, expected) => {
  expect(pullOf(message)).toBe(expected);
});
