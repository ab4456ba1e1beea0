import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isBranchName } from '../../src/git/branch-name.ts';
import { git } from '../../src/git/run-git.ts';

/** What git itself says. */
async function isTakenByGit(name: string): Promise<boolean> {
  const { stdout } = await git(['check-ref-format', '--branch', name], { answers: [0, 1, 128] });
  // A name that refers to another branch, as @{-1}, is answered with that one.
  return stdout.toString() === `${name}\n`;
}

test.each([
  'release/web',
  'größe',
  'a.b',
  '',
  'HEAD',
  '-x',
  '-h',
  'a b',
  'a..b',
  'a~1',
  'a^',
  'a:b',
  'a?',
  'a*',
  'a[b',
  'a\\b',
  'a@{b',
  '@',
  '@{-1}',
  'a/',
  '/a',
  'a//b',
  'a/.b',
  'a.lock',
  'a.lock/b',
  'a.',
  'a\nb',
  'a\u007fb',
  'release/web',
  'größe/🚀',
  '.',
  '..',
  'a./b',
  'a/b.lock',
  '@@',
  'a@',
  'refs/heads/a',
  'HEAD/a',
  'a/HEAD',
])('git takes %j for the name of a branch, or not, as we say', async (name) => {
  expect(isBranchName(name)).toBe(await isTakenByGit(name));
});

test('random names of unlucky parts', async () => {
  const part = fc.constantFrom(
    'a',
    'B1',
    '.',
    '..',
    '/',
    '-',
    '@',
    '{',
    '@{',
    '.lock',
    'HEAD',
    '~',
    '^',
    ':',
    '?',
    '*',
    '[',
    ']',
    '\\',
    ' ',
    '\t',
    '\u0001',
    '\u00e9',
    '🚀',
    "'",
    '"',
    '$',
    '}',
    '\u007f',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
      const name = parts.join('');
      expect(isBranchName(name), name).toBe(await isTakenByGit(name));
    }),
    { numRuns: 100 },
  );
});
