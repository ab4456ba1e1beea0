import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineTable } from '../../../src/manifests/yaml/lines.ts';

describe('LineTable', () => {
  it('positions count from 1', () => {
    const lines = new LineTable('ab\ncd\r\ne');
    expect([0, 2, 3, 6, 7, 8].map((offset) => lines.positionAt(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 2, column: 4 },
      { line: 3, column: 1 },
      { line: 3, column: 2 },
    ]);
    expect(new LineTable('').positionAt(0)).toEqual({ line: 1, column: 1 });
  });

  it('each offset of any text is as far behind the line breaks before it as counted', () => {
    const text = fc.array(fc.constantFrom('a', '\n', '\r\n', 'é', '\u{1f600}'), { maxLength: 40 });
    fc.assert(
      fc.property(
        text.map((parts) => parts.join('')),
        (given) => {
          const lines = new LineTable(given);
          for (let offset = 0; offset <= given.length; offset += 1) {
            const before = given.slice(0, offset).split('\n');
            const column = (before.at(-1)?.length ?? 0) + 1;
            expect(lines.positionAt(offset)).toEqual({ line: before.length, column });
          }
        },
      ),
    );
  });
});
