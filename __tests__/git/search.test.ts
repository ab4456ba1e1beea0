import { describe, expect, test } from 'vitest';
import type { FailureCode } from '../../src/core/errors.ts';
import { git } from '../../src/git/run-git.ts';
import type { Files } from '../../sandbox/sandbox.ts';
import { eachWithClones, packsFetched } from './clones.ts';

const WEB = 'image: acme/web:1.4.1\n';
const API = 'image: acme/api:2.0.0\n';
const ODD_NAMES = [
  'odd/a b.yaml',
  'odd/quo"te.yaml',
  'odd/new\nline.yaml',
  'odd/tab\there.yaml',
  'odd/back\\slash.yaml',
  'odd/größe.yaml',
  'odd/-dash.yaml',
  'odd/star*.yaml',
  ':colon.yaml',
  ':(glob)magic.yaml',
];
const FILES: Files = {
  'README.md': WEB,
  'apps/web/deployment.yaml': WEB,
  'apps/web/deployment.YML': WEB,
  'apps/web/values.json': '{"image": "acme/web:1.4.1"}\n',
  'apps/web/website.yaml': 'image: acme/website:1\n',
  'apps/web/run.yaml': { mode: '100755', content: WEB },
  'apps/api/deployment.yaml': API,
  'apps/kustomize/Kustomization': WEB,
  'apps/link.yaml': { mode: '120000', content: 'web/deployment.yaml' },
  'linked/apps': { mode: '120000', content: '../apps' },
  'lib/sub': { mode: '160000', content: 'a'.repeat(40) },
  ...Object.fromEntries(ODD_NAMES.map((name) => [name, WEB])),
};
const WITH_WEB = [
  'apps/kustomize/Kustomization',
  'apps/web/deployment.YML',
  'apps/web/deployment.yaml',
  'apps/web/run.yaml',
  'apps/web/values.json',
];

const clones = eachWithClones(FILES);

async function search(paths: readonly string[] = []): Promise<{ names: string[]; problems: readonly unknown[] }> {
  const repository = await clones().clone({ paths });
  const { manifests, problems } = await repository.read({ words: ['acme/web'] });
  return { names: manifests.map(({ path }) => path).toSorted(), problems };
}

test('without paths finds the manifests that hold a word, of any name, and nothing else', async () => {
  expect(await search()).toEqual({ names: [...WITH_WEB, ...ODD_NAMES].toSorted(), problems: [] });
});

test('finds nothing where no word is', async () => {
  const repository = await clones().clone();
  const nothing = { manifests: [], others: [], problems: [], tip: undefined };
  expect(await repository.read({ words: ['acme/none'] })).toEqual(nothing);
  expect(await repository.read({ words: ['acme/we'] }), 'part of a word').toEqual(nothing);
  expect(await repository.read({ words: ['acme/w.b'] }), 'a pattern').toEqual(nothing);
  expect(await repository.read({ words: ['-x'] }), 'an option').toEqual(nothing);
});

test('finds what any of several words names', async () => {
  const repository = await clones().clone();
  const { manifests } = await repository.read({ words: ['acme/none', 'acme/api', 'acme/website'] });
  expect(manifests.map(({ path }) => path)).toEqual(['apps/api/deployment.yaml', 'apps/web/website.yaml']);
});

describe('below paths finds all manifests', () => {
  test.each([
    [['apps/web/deployment.yaml'], ['apps/web/deployment.yaml']],
    [['./apps/api/'], ['apps/api/deployment.yaml']],
    [
      ['apps/api', 'apps/kustomize'],
      ['apps/api/deployment.yaml', 'apps/kustomize/Kustomization'],
    ],
    [
      ['apps', 'apps/api', ':(exclude)apps/web'],
      ['apps/api/deployment.yaml', 'apps/kustomize/Kustomization'],
    ],
    [['apps', ':!apps/web', ':^apps/api'], ['apps/kustomize/Kustomization']],
    [
      [':(exclude)apps/web', ':!odd', ':(exclude,glob):*'],
      ['apps/api/deployment.yaml', 'apps/kustomize/Kustomization'],
    ],
    [[':(glob)apps/*/deployment.yaml'], ['apps/api/deployment.yaml', 'apps/web/deployment.yaml']],
    [[':(icase)APPS/API'], ['apps/api/deployment.yaml']],
    [['*/deployment.yaml'], ['apps/api/deployment.yaml', 'apps/web/deployment.yaml']],
    [[':(literal)odd/star*.yaml'], ['odd/star*.yaml']],
    [
      ['odd/a b.yaml', 'odd/größe.yaml', 'odd/quo"te.yaml'],
      ['odd/a b.yaml', 'odd/größe.yaml', 'odd/quo"te.yaml'],
    ],
    [
      ['apps', 'README.md', ':!apps/web/*'],
      ['apps/api/deployment.yaml', 'apps/kustomize/Kustomization'],
    ],
    [['README.md'], []],
  ])('%j', async (paths, expected) => {
    const found = await search(paths).catch((error: unknown) => error);
    expect(found).toEqual({ names: expected, problems: [] });
  });
});

describe('below paths of the search', () => {
  test.each([
    ['without paths', []],
    ['below others', ['apps/api']],
  ])('a clone %s finds all manifests', async (_, clonePaths) => {
    const repository = await clones().clone({ paths: clonePaths });
    const terms = { words: ['acme/web'], paths: ['apps/web', ':!apps/web/website.yaml'] };
    const { manifests } = await repository.read(terms);
    const expected = WITH_WEB.filter((name) => name.startsWith('apps/web/'));
    expect(manifests.map(({ path }) => path).toSorted()).toEqual(expected);
    const nothing = repository.read({ words: ['acme/web'], paths: ['none'] });
    await expect(nothing).rejects.toMatchObject({ code: 'PATHS_MATCH_NOTHING' });
  });

  test('finds those of the clone where the search has none', async () => {
    const repository = await clones().clone({ paths: ['apps/api'] });
    const { manifests } = await repository.read({ words: ['acme/web'], paths: [] });
    expect(manifests.map(({ path }) => path)).toEqual(['apps/api/deployment.yaml']);
  });
});

test('below paths finds all manifests of a commit whose parent is here too', async () => {
  const repository = await clones().clone({ paths: ['apps/api', 'apps/web/run.yaml'] });
  const files = [{ path: 'apps/api/deployment.yaml', mode: '100644', bytes: Buffer.from(WEB) }];
  const parent = repository.baseCommit;
  const author = { name: 'A', email: 'a@b' };
  const { id } = await repository.write({ parent, message: 'x\n', author, time: 1, files });
  const { manifests } = await repository.read({ words: ['acme/web'] }, { commit: id });
  expect(manifests.map(({ path }) => path)).toEqual(['apps/api/deployment.yaml', 'apps/web/run.yaml']);
});

describe('refuses paths', () => {
  test.each<[paths: string[], code: FailureCode, message: string]>([
    [['app'], 'PATHS_MATCH_NOTHING', 'has "app", which matches no file on "main"'],
    [['Apps'], 'PATHS_MATCH_NOTHING', '"Apps"'],
    [['apps', 'charts', 'apps/web'], 'PATHS_MATCH_NOTHING', '"charts"'],
    [['apps', ':(glob)charts/**'], 'PATHS_MATCH_NOTHING', '":(glob)charts/**"'],
    [['linked/apps/web'], 'PATHS_MATCH_NOTHING', '"linked/apps/web"'],
    [['apps/link.yaml'], 'PATHS_NOT_FOLLOWED', '"apps/link.yaml", which is a symbolic link'],
    [['apps/web', 'linked'], 'PATHS_NOT_FOLLOWED', '"linked/apps", which is a symbolic link'],
    [['apps/api', ':(glob)apps/*.yaml'], 'PATHS_NOT_FOLLOWED', '"apps/link.yaml", which is a symbolic link'],
    [['lib/sub'], 'PATHS_NOT_FOLLOWED', '"lib/sub", which is a submodule'],
    [[':(bogus)apps'], 'PATHS_INVALID', "Invalid pathspec magic 'bogus'"],
    [[':(glob,literal)apps'], 'PATHS_INVALID', 'pathspecs that Git takes'],
    [['../manifests'], 'PATHS_INVALID', 'outside repository'],
    [['/etc/passwd'], 'PATHS_INVALID', 'outside repository'],
  ])('%j', async (paths, code, message) => {
    const refused = await search(paths).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code, blame: 'yours', message: expect.stringContaining(message) });
  });
});

describe('reports a manifest', () => {
  test('that is too large, and searches the rest', async () => {
    const { origin } = clones();
    const large = `${WEB}#${'x'.repeat(5 * 1024 * 1024)}\n`;
    await origin.commit('main', { 'apps/größe.yaml': large, 'apps/large.txt': large });
    expect(await search()).toEqual({
      names: [...WITH_WEB, ...ODD_NAMES].toSorted(),
      problems: [{ file: 'apps/größe.yaml', line: 1, message: 'was not searched: larger than 5 MiB' }],
    });
  });

  test.each([[[]], [['latin']]])('whose name is not UTF-8, with paths %j', async (paths) => {
    const { origin } = clones();
    const change = 'commit refs/heads/main\ncommitter A <a@b> 1 +0000\ndata 1\nx\nfrom refs/heads/main^0\n';
    const name = Buffer.concat([Buffer.from('latin/gr'), Buffer.from([0xf6]), Buffer.from('n.yaml')]);
    const input = [
      change,
      'M 100644 inline latin/a.yaml\ndata 22\n',
      WEB,
      '\nM 100644 inline ',
      name,
      '\ndata 22\n',
      WEB,
    ];
    await git(['fast-import', '--quiet'], {
      gitDir: origin.gitDir,
      input: Buffer.concat(input.map((part) => Buffer.from(part))),
    });
    const { names, problems } = await search(paths);
    expect(names).toContain('latin/a.yaml');
    expect(names.join()).not.toContain('latin/gr');
    const message = 'was left alone: its name is not UTF-8';
    expect(problems).toEqual([{ file: 'latin/gr\ufffdn.yaml', line: 1, message }]);
  });
});

test('fetches many files in as few requests as one', async () => {
  const { sandbox, clone } = clones();
  const counts = [];
  for (const paths of [['apps/web/deployment.yaml'], ['apps', 'odd']]) {
    const repository = await clone({ paths });
    const read = () => repository.read({ words: ['acme/web'] }, { branch: 'release/web' });
    counts.push(await packsFetched(sandbox, read));
    const again = () => repository.read({ words: ['acme/web'] });
    expect(await packsFetched(sandbox, again), 'what is here is not fetched again').toBe(0);
  }
  expect(counts[1]).toBe(counts[0]);
});

test('a second search knows what came, changed and went since the first', async () => {
  const { clone, origin } = clones();
  const repository = await clone();
  const search = async (): Promise<string[]> => {
    const { manifests } = await repository.read({ words: ['acme/web'] });
    return manifests.filter(({ bytes }) => Buffer.from(bytes).includes('acme/web:')).map(({ path }) => path);
  };
  expect((await search()).toSorted()).toEqual([...WITH_WEB, ...ODD_NAMES].toSorted());
  await origin.commit('main', { 'new/web.yaml': WEB, 'apps/web/values.json': null, 'apps/web/run.yaml': API });
  await repository.refresh();
  const gone = ['apps/web/values.json', 'apps/web/run.yaml'];
  const still = [...WITH_WEB, ...ODD_NAMES].filter((name) => !gone.includes(name));
  expect((await search()).toSorted()).toEqual([...still, 'new/web.yaml'].toSorted());
});
