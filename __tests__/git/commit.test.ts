import { expect, test } from 'vitest';
import { readCommit } from '../../src/git/commit.ts';

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
});
