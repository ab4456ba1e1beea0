import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cut,
  forLog,
  forMarkdown,
  markdownBlock,
  markdownCode,
  markdownUrl,
  oneLine,
  quote,
} from '../../src/core/escape.ts';

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\n', '\r', '::', '##[', '`', '|', '\\', '\u202e', '\u001b', '@', '#', 'a'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
});
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('oneLine and quote', () => {
  it.each([
    ['plain text', 'plain text'],
    ['a\nb', 'a\\u{a}b'],
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['\u202egpj.exe', '\\u{202e}gpj.exe'],
    ['zero\u200bwidth\ufeff', 'zero\\u{200b}width\\u{feff}'],
  ])('%j', (text, shown) => {
    expect(oneLine(text)).toBe(shown);
    expect(quote(text)).toBe(`"${shown}"`);
  });

  it('cut long text, and show nothing invisible', () => {
    expect(oneLine('abcdef', 3)).toBe('abc…');
    fc.assert(
      fc.property(anyText, (text) => {
        expect(oneLine(text)).not.toMatch(INVISIBLE);
      }),
    );
  });
});

describe('forLog', () => {
  it.each([
    ['::error::x', ':\u200b:error::x'],
    ['a\n  ::set-output name=x::y', 'a\n  :\u200b:set-output name=x::y'],
    ['a ::b', 'a ::b'],
    ['x ##[group]y', 'x ##\u200b[group]y'],
    ['a\r::error::x', 'a\\u{d}::error::x'],
    ['a\tb\nc', 'a\tb\nc'],
  ])('%j', (text, shown) => {
    expect(forLog(text)).toBe(shown);
  });

  it('leaves no command of the runner in any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = forLog(text).split(/\r\n|\r|\n/);
        expect(lines.filter((line) => line.trimStart().startsWith('::') || line.includes('##['))).toEqual([]);
      }),
    );
  });
});

describe('Markdown', () => {
  it.each([
    ['1.4.2', '1.4.2'],
    ['ghcr.io/acme/web', 'ghcr.io/acme/web'],
    ['snake_case', 'snake\\_case'],
    ['**b** <i> [x](y) `c` | #1', '\\*\\*b\\*\\* \\<i\\> \\[x\\]\\(y\\) \\`c\\` \\| \\#1'],
    ['@acme/team', '@\u200bacme/team'],
    ['GH-12', 'GH\u200b-12'],
    ['https://evil.example', 'https\u200b://evil.example'],
    ['1. item', '1\\. item'],
    ['- item', '\\- item'],
    ['a\nb', 'a\\\\u\\{a\\}b'],
  ])('forMarkdown %j', (text, shown) => {
    expect(forMarkdown(text)).toBe(shown);
  });

  it.each([
    ['', ''],
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    ['a|b', '`a\\|b`'],
    ['a\nb', '`a\\u{a}b`'],
  ])('markdownCode %j', (text, shown) => {
    expect(markdownCode(text)).toBe(shown);
  });

  it.each([
    ['a', '```\na\n```'],
    ['a\n', '```\na\n```'],
    ['```\nx\n```', '````\n```\nx\n```\n````'],
  ])('markdownBlock %j', (text, shown) => {
    expect(markdownBlock(text)).toBe(shown);
  });

  it.each([
    ['https://example.com/a?b=c', 'https://example.com/a?b=c'],
    ['https://example.com/a)b(c|d', 'https://example.com/a%29b%28c%7Cd'],
    ['javascript:alert(1)', ''],
    ['not a url', ''],
    ['', ''],
  ])('markdownUrl %j', (url, shown) => {
    expect(markdownUrl(url)).toBe(shown);
  });

  it('a code span or block is never left from within', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const fence = /^`*/.exec(markdownCode(text))?.[0] ?? '';
        const inside = markdownCode(text).slice(fence.length, -fence.length || undefined);
        expect([...inside.matchAll(/`+/g)].map(([ticks]) => ticks)).not.toContain(fence);
        const [open = '', ...lines] = markdownBlock(text).split('\n');
        expect(lines.slice(0, -1).filter((line) => line.startsWith(open))).toEqual([]);
      }),
    );
  });
});

it('cut keeps to the limit, at the end of a line, and says so', () => {
  expect(cut('short', 10, '…')).toBe('short');
  expect(cut('line one\nline two\nline three', 20, '…')).toBe('line one\nline two\n…');
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 5, max: 50 }), (text, limit) => {
      expect(cut(text, limit, 'more').length).toBeLessThanOrEqual(limit);
    }),
  );
});
