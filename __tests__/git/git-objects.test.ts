import { expect, test } from 'vitest';
import { readCommit, readListing } from '../../src/git/git-objects.ts';

const [A, B, NONE] = ['a', 'b', '0'].map((digit) => digit.repeat(40)) as [string, string, string];
const SHA256 = 'c'.repeat(64);

test('reads a listing of diff-tree -z, without what is gone', () => {
  const listing = [
    `:000000 100644 ${NONE} ${A} A`,
    'new.yaml',
    `:100644 000000 ${A} ${NONE} D`,
    'gone.yaml',
    `:100644 120000 ${A} ${B} T`,
    'link',
    '',
  ].join('\0');
  expect(readListing(Buffer.from(listing))).toEqual([
    { path: 'new.yaml', mode: '100644', id: A, type: 'file' },
    { path: 'link', mode: '120000', id: B, type: 'symbolic link' },
  ]);
});

test.each(['a b.yaml', ' a', 'a\tb', 'a\nb', 'quo"te', 'back\\slash', 'größe', '🚀', `100644 blob ${A}\tx`])(
  'reads the name %j in a listing',
  (path) => {
    const expected = [{ path, mode: '100644', id: A, type: 'file' }];
    expect(readListing(Buffer.from(`:000000 100644 ${NONE} ${A} A\0${path}\0`))).toEqual(expected);
  },
);

test('does not take a name for an entry', () => {
  const name = `:000000 100644 ${NONE} ${B} A`;
  const listing = [`:000000 100644 ${NONE} ${A} A`, name, `:000000 100755 ${NONE} ${B} A`, 'x', ''].join('\0');
  expect(readListing(Buffer.from(listing)).map(({ path }) => path)).toEqual([name, 'x']);
});

test('reads the ids of both object formats', () => {
  expect(readListing(Buffer.from(`:000000 100644 ${'0'.repeat(64)} ${SHA256} A\0x\0`))[0]?.id).toBe(SHA256);
});

test('reads nothing from nothing', () => {
  expect(readListing(Buffer.alloc(0))).toEqual([]);
  expect(readListing(Buffer.from('garbage\0more\0'))).toEqual([]);
});

const [ID, TREE, ONE, TWO] = ['1', '2', '3', '4'].map((digit) => digit.repeat(40)) as [string, string, string, string];

const HEADERS = `tree ${TREE}
parent ${ONE}
author Ada <ada@example.com> 1700000000 +0100
committer Bot, Inc. <bot@example.com> 1700000001 +0000`;

test('reads a commit', () => {
  expect(readCommit(ID, `${HEADERS}\n\nRelease web\n\nparent ${TWO}\n`)).toEqual({
    id: ID,
    tree: TREE,
    parents: [ONE],
    committerEmail: 'bot@example.com',
    message: `Release web\n\nparent ${TWO}\n`,
    signed: false,
  });
});

test.each([
  ['a first commit', HEADERS.replace(`parent ${ONE}\n`, ''), []],
  ['a merge', HEADERS.replace(ONE, `${ONE}\nparent ${TWO}`), [ONE, TWO]],
  [
    'a signed commit',
    `${HEADERS}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n parent ${TWO}\n -----END PGP SIGNATURE-----\nencoding UTF-8`,
    [ONE],
  ],
])('reads %s', (_, headers, parents) => {
  const commit = readCommit(ID, `${headers}\n\nText\n`);
  expect(commit).toMatchObject({ tree: TREE, parents, committerEmail: 'bot@example.com', message: 'Text\n' });
});

test.each([
  ['without a message', `${HEADERS}\n\n`, ''],
  ['that ends after its headers', `${HEADERS}\n`, ''],
  ['whose message is blank lines', `${HEADERS}\n\n\n\n`, '\n\n'],
])('reads a commit %s', (_, text, message) => {
  expect(readCommit(ID, text)).toMatchObject({ parents: [ONE], message });
});

test('makes the best of what is no commit', () => {
  expect(readCommit(ID, '')).toEqual({ id: ID, tree: '', parents: [], committerEmail: '', message: '', signed: false });
  expect(readCommit(ID, HEADERS.replace(/<bot.*>/, '<>')).committerEmail).toBe('');
  expect(readCommit(ID, HEADERS.replace(/<bot.*>/, '<'.repeat(1_000_000))).committerEmail).toBe('');
});
