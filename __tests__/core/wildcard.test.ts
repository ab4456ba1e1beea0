import { describe, expect, it } from 'vitest';
import { matchesParts } from '../../src/core/wildcard.ts';

describe('matchesParts', () => {
  it.each<[string, string[], number, boolean]>([
    ['abc', ['abc'], 0, true],
    ['abcd', ['abc'], 0, false],
    ['abc', ['a', 'c'], 0, true],
    ['ac', ['a', 'c'], 0, true],
    ['ac', ['a', 'c'], 1, false],
    ['aba', ['ab', 'ba'], 0, false],
    ['axbyc', ['a', 'b', 'c'], 1, true],
    ['axbc', ['a', 'b', 'c'], 1, false],
    ['anything', ['', ''], 0, true],
    ['x', ['', ''], 1, true],
    ['', ['', ''], 1, false],
    ['a1-2', ['a', '-', ''], 1, true],
    ['a-2', ['a', '-', ''], 1, false],
    ['axaaxa', ['a', 'aa', 'a'], 1, true],
    ['ab', ['ab', 'b'], 0, false],
  ])('%j of %j with %i between: %j', (text, parts, least, expected) => {
    expect(matchesParts(text, parts, least)).toBe(expected);
  });

  it('ends soon whatever the pattern', () => {
    expect(matchesParts('a'.repeat(100_000), [...Array.from({ length: 1000 }, () => 'a'), 'b'])).toBe(false);
  });
});
