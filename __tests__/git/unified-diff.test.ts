/** The diff without git, held against git's own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BareRepository } from '../../sandbox/bare-repository.ts';
import { unifiedDiff } from '../../src/git/unified-diff.ts';

const SHAPE = ['diff-tree', '-r', '-p', '--text', '--no-color', '--no-renames'];
const lines = (count: number, change: (line: string, index: number) => string = (line) => line): string =>
  [...Array(count).keys()].map((index) => `${change(`line ${index}`, index)}\n`).join('');
const NESTED = `apiVersion: v1\nkind: List\nitems:\n${'  - a: 1\n'.repeat(9)}  - image: x:1\n${'  - b: 1\n'.repeat(9)}`;

let root: string;
let repository: BareRepository;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'unified-diff-'));
  repository = new BareRepository(join(root, 'x.git'), 'main');
  await repository.initialize();
  await repository.commit('main', { top: '' });
});
afterAll(async () => {
  repository.close();
  await rm(root, { recursive: true, force: true });
});

test.each<[what: string, before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>]>([
  ['one line', { a: 'x: 1\n' }, { a: 'x: 2\n' }],
  [
    'the first and the last of many',
    { a: lines(30) },
    { a: lines(30, (line, n) => (n % 29 === 0 ? `${line}!` : line)) },
  ],
  ['hunks that touch', { a: lines(40) }, { a: lines(40, (line, n) => (n % 7 === 3 ? `${line}!` : line)) }],
  ['a hunk below a heading', { a: NESTED }, { a: NESTED.replace('x:1', 'x:2') }],
  [
    'a long heading',
    { a: `größe_${'y'.repeat(100)}:\n${NESTED.slice(25)}` },
    { a: `größe_${'y'.repeat(100)}:\n${NESTED.slice(25).replace('x:1', 'x:2')}` },
  ],
  ['a key more', { a: lines(9) }, { a: lines(9, (line, n) => (n === 4 ? `${line}\nnew: 1` : line)) }],
  ['Windows line breaks', { a: 'x: 1\r\ny: 1\r\n' }, { a: 'x: 1\r\ny: 2\r\n' }],
  ['no line break at the end', { a: 'x: 1\ny: 1' }, { a: 'x: 1\ny: 2' }],
  [
    'no line break at the end, far above',
    { a: `${lines(9)}z` },
    { a: `${lines(9, (line, n) => (n === 0 ? '!' : line))}z` },
  ],
  ['a byte order mark', { a: '\ufeffx: 1\n' }, { a: '\ufeffx: 2\n' }],
  ['several files', { a: 'x: 1\n', 'b/c': 'y: 1\n' }, { a: 'x: 2\n', 'b/c': 'y: 2\n' }],
  ['a new file', { a: 'x: 1\n' }, { a: 'x: 1\n', n: 'z: 1\n' }],
  ['a name with a space', { 'a b': 'x: 1\n' }, { 'a b': 'x: 2\n' }],
  ['names that git quotes', { 'a"b\\c': 'x: 1\n', 'größe\t': 'y: 1\n' }, { 'a"b\\c': 'x: 2\n', 'größe\t': 'y: 2\n' }],
])('%s', async (_, before, after) => {
  const one = await repository.commit('one', before, { parent: 'main' });
  const other = await repository.commit('other', after, { parent: one });
  const file = (path: string, text: string) => ({ path, mode: '100644', bytes: Buffer.from(text) });
  const changed = Object.entries(after).filter(([path, text]) => before[path] !== text);
  const files = changed.map(([path, text]) => file(path, text));
  const present = changed.flatMap(([path]) => (before[path] === undefined ? [] : file(path, before[path])));
  const [config, value] = ['GIT_CONFIG_KEY_0', 'GIT_CONFIG_VALUE_0'];
  const environment = { GIT_CONFIG_COUNT: '1', [config]: 'core.quotePath', [value]: 'false' };
  expect(unifiedDiff(present, files)).toBe(await repository.text([...SHAPE, one, other], { environment }));
});
