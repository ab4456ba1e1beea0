import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WordSearch } from '../../src/manifests/word-search.ts';

/** One that has searched nothing yet, and one that has searched so much that it has its automaton. */
function searches(words: readonly string[]): WordSearch[] {
  const used = new WordSearch(words);
  used.isIn(Buffer.alloc(100_000));
  return [new WordSearch(words), used];
}

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
  for (const search of searches(words)) expect(search.isIn(Buffer.from(text))).toBe(expected);
});

test('it finds what a search for each word finds', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '/', 'ü'), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), fc.array(text, { maxLength: 6 }), (words, parts) => {
      const bytes = Buffer.from(parts.join(''));
      const expected = words.some((word) => bytes.includes(word));
      for (const search of searches(words)) expect(search.isIn(bytes)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

test('it is used again and again', () => {
  for (const search of searches(['web', 'api'])) {
    const texts = ['a web', 'ap', 'an api', 'we'];
    expect(texts.map((text) => search.isIn(Buffer.from(text)))).toEqual([true, false, true, false]);
  }
});
