import { structuredPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineHunks } from '../../src/git/line-hunks.ts';
import { unifiedDiff } from '../../src/git/unified-diff.ts';

const shortest = (old: string, now: string) => structuredPatch('a', 'a', old, now, '', '', { context: 3 }).hunks;

describe('the hunks are those of the shortest diff', () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}\n`);
  const at = (...indexes: readonly number[]): string =>
    lines.map((line, index) => (indexes.includes(index) ? line.replace('line', 'changed') : line)).join('');

  test.each<[string, string, string]>([
    ['one line', at(), at(12)],
    ['the first and the last one', at(), at(0, 29)],
    ['lines beside each other', at(), at(12, 13, 14)],
    ['with six lines between', at(), at(10, 17)],
    ['with seven lines between', at(), at(10, 18)],
    ['a line that is added', at(), at().replace('line 12\n', 'line 12\nnew\n')],
    ['a line that is removed', at(), at().replace('line 12\n', '')],
    ['a line that is added at the end', at(), `${at()}new\n`],
    ['a line break at the end', at().trimEnd(), at(3)],
    ['no line break at the end', at(3), at().trimEnd()],
    ['a new text', '', 'a\nb\n'],
    ['nothing that is left', 'a\nb\n', ''],
    ['nothing', at(), at()],
  ])('%s', (_, old, now) => expect(lineHunks(old, now, 3)).toEqual(shortest(old, now)));
});

test('whatever the texts are, the hunks lead from one to the other', () => {
  const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n'), { maxLength: 40 }).map((lines) => lines.join(''));
  fc.assert(
    fc.property(text, text, (old, now) => {
      const lines = old.split(/(?<=\n)/).filter(Boolean);
      for (const { newStart, oldLines, lines: changed } of lineHunks(old, now, 3)) {
        const kept = (sign: string): string[] =>
          changed.filter((line) => !line.startsWith(sign)).map((line) => `${line.slice(1)}\n`);
        expect(lines.slice(newStart - 1, newStart - 1 + oldLines)).toEqual(kept('+'));
        lines.splice(newStart - 1, oldLines, ...kept('-'));
      }
      expect(lines.join('')).toBe(now);
    }),
  );
});

test.each([
  ['apart', '  a: 1\n', ''],
  ['beside each other', '', 'a: 1\n'],
])('the diff of a file with very many places takes no time: %s', { timeout: 20_000 }, (_, between, end) => {
  const text = (version: string): string =>
    `${`- image: ghcr.io/acme/web:${version}\n${between}`.repeat(150_000)}${end}`;
  const file = (version: string) => ({ path: 'a.yaml', mode: '100644', bytes: Buffer.from(text(version)) });
  const diff = unifiedDiff([file('1.4.0')], [file('1.5.0')]);
  expect(diff.match(/^\+- image: .*:1\.5\.0$/gm)).toHaveLength(150_000);
});
