import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WordSearch } from '../../src/manifests/word-search.ts';

test.each<[words: string[], text: string, expected: boolean]>([
  [['acme/web'], 'image: ghcr.io/acme/web:1.4.1', true],
  [['acme/web'], 'image: ghcr.io/acme/we', false],
  [['acme/web', 'acme/api'], 'acme/acme/api', true],
  [['he', 'she', 'his', 'hers'], 'ushe', true],
  [['abcd', 'bc'], 'abce', true],
  [['aab'], 'aaaab', true],
  [['bücher'], 'die bücher', true],
  [['bücher'], 'die bucher', false],
  [[''], '', true],
  [[], 'text', false],
  [['a'], '', false],
])('%j in %j: %s', (words, text, expected) => {
  expect(new WordSearch(words).isIn(Buffer.from(text))).toBe(expected);
});

test('it finds what a search for each word finds', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '/', 'ü'), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), fc.array(text, { maxLength: 6 }), (words, parts) => {
      const bytes = Buffer.from(parts.join(''));
      expect(new WordSearch(words).isIn(bytes)).toBe(words.some((word) => bytes.includes(word)));
    }),
    { numRuns: 2000 },
  );
});

test('it is used again and again', () => {
  const search = new WordSearch(['web', 'api']);
  expect(['a web', 'ap', 'an api', 'we'].map((text) => search.isIn(Buffer.from(text)))).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
