import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cut,
  forCommit,
  forLog,
  forMarkdown,
  fromCommit,
  jsonForLog,
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

/** As servers and CIs look for them. */
const COMMANDS: readonly RegExp[] = [
  /#\w/,
  /\bGH-\d/i,
  /\/(?:issues|merge_requests)\/\d/,
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?) [A-Z]+-\d/i,
  /(?<!\w)@\w/,
  /\[(?:skip|ci|no)[ -](?:skip|ci|actions|azurepipelines)\]/i,
  /\*\*\*NO_CI\*\*\*/,
  /\bskip-checks:/,
  /^[\w-]+-by: /,
  /^\/tag/,
];

describe('forLog', () => {
  it.each([
    ['::error::x', ':\u200b:error::x'],
    ['a\n  ::set-output name=x::y', 'a\n  :\u200b:set-output name=x::y'],
    ['a ::b', 'a ::b'],
    ['x ##[group]y', 'x #\u200b#[group]y'],
    ['###[error]', '##\u200b#[error]'],
    ['a ##vso[task.setvariable]b', 'a #\u200b#vso[task.setvariable]b'],
    ['##teamcity[buildStop]', '#\u200b#teamcity[buildStop]'],
    ['section_start:1:x', 'section_start\u200b:1:x'],
    ['travis_fold:end:x', 'travis_fold\u200b:end:x'],
    ['a\r::error::x', 'a\\u{d}::error::x'],
    ['a\tb\nc', 'a\tb\nc'],
  ])('%j', (text, shown) => {
    expect(forLog(text)).toBe(shown);
  });

  it('leaves no command of the runner in any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = forLog(text).split(/\r\n|\r|\n/);
        expect(lines.filter((line) => line.trimStart().startsWith('::') || /##[[\w]/.test(line))).toEqual([]);
      }),
    );
  });
});

describe('jsonForLog', () => {
  it.each([
    '##vso[task.complete]',
    'x ###[error]y##vso[a',
    'section_end:1:x',
    'Travis_Fold:end:x',
    'a ::b',
    '#1',
    '\n::x',
  ])('%j is no command, and the same value', (text) => {
    const value = { title: text, [text]: [text] };
    const shown = jsonForLog(JSON.stringify(value, null, 2));
    expect(shown).not.toMatch(/^\s*::|##[[\w]|(?:section_(?:start|end)|travis_fold):/im);
    expect(JSON.parse(shown)).toEqual(value);
  });
});

describe('forCommit', () => {
  it.each([
    'Fixes #1',
    'closes GH-1',
    'resolves acme/web#1',
    'fix https://github.com/acme/web/issues/1',
    'resolve https://gitlab.com/acme/web/-/merge_requests/1',
    'Fixes WEB-12',
    'AB#12 #close',
    '@acme/all',
    '[skip ci].yaml',
    'apps/[CI Skip]/a.yaml',
    '[no ci]',
    '[skip actions]',
    '[skip azurepipelines]',
    '[skip-ci]',
    '***NO_CI***',
    'skip-checks: true',
    'x skip-checks:true',
    'Co-authored-by: a <a@example.com>',
    '/tag v1',
  ])('%j', (text) => {
    const safe = forCommit(text);
    expect(COMMANDS.filter((command) => command.test(safe))).toEqual([]);
    expect(COMMANDS.filter((command) => command.test(text))).not.toEqual([]);
    expect(fromCommit(safe)).toBe(text);
  });

  it.each(['1.4.2', 'ghcr.io/acme/web:1.4.2@sha256:abc', 'spec.containers[0].image', 'fix: a bug', 'host:5000/a'])(
    'leaves %j as it is',
    (text) => {
      expect(forCommit(text)).toBe(text);
    },
  );
});

describe('Markdown', () => {
  it.each([
    ['1.4.2', '1.4.2'],
    ['ghcr.io/acme/web', 'ghcr.io/acme/web'],
    ['snake_case', 'snake\\_case'],
    ['**b** <i> [x](y) `c` | #1', '\\*\\*b\\*\\* \\<i\\> \\[x\\]\\(y\\) \\`c\\` \\| \\#\u200b1'],
    ['@acme/team', '@\u200bacme/team'],
    ['GH-12', 'GH\u200b-12'],
    ['https://evil.example', 'https\u200b://evil.example'],
    ['ftp://evil.example', 'ftp\u200b://evil.example'],
    ['www.evil.example', 'www\u200b.evil.example'],
    ['mailto:a@evil.example', 'mailto\u200b:a@\u200bevil.example'],
    ['fixes #12, acme/web#3', 'fixes \\#\u200b12, acme/web\\#\u200b3'],
    ['[skip ci]', '\\[\u200bskip ci\\]'],
    ['[^1] $x$', '\\[^1\\] \\$x\\$'],
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
