import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { forMarkdown } from '../../../src/core/escape.ts';
import {
  hasMetadata,
  isOfAnother,
  NO_ATTRIBUTES,
  readMetadata,
  readNotes,
  readText,
  writeMetadata,
  type Metadata,
} from '../../../src/release/pull-request/metadata.ts';

const LIMIT = 65_536;
const KEY = 'web-key';
const METADATA: Metadata = {
  key: KEY,
  tree: '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3',
  title: 'Release web 1.4.2',
  version: '1.4.2',
  skipped: ['1.4.0', '1.4.1'],
  given: {
    labels: ['deploy'],
    reviewers: ['ada'],
    'team-reviewers': ['platform'],
    assignees: ['bob'],
    milestone: 'Q4',
    'auto-merge': 'squash',
    draft: true,
  },
  closed: '',
};
const NEXT: Metadata = { ...METADATA, tree: 'c2', title: 'Release web 1.5.0', version: '1.5.0' };

const write = (body: string, metadata: Metadata, text: string): string =>
  writeMetadata(body, metadata, text, LIMIT, 'html-comment');
const BLOCK = write('', METADATA, 'First **body**.');
const NEXT_BLOCK = write('', NEXT, 'Second body.');

/** A block with any text in the place of the metadata. */
const forged = (json: string): string => `<!-- manifest-release-pr: ${json} -->\nx\n<!-- /manifest-release-pr -->`;

test('is read as it was written', () => {
  expect(BLOCK).toMatch(/^<!-- manifest-release-pr: \{.*\} -->\nFirst \*\*body\*\*\.\n<!-- \/manifest-release-pr -->$/);
  expect(readMetadata(BLOCK, KEY)).toEqual(METADATA);
  expect(readText(BLOCK, KEY)).toBe('First **body**.');
});

describe('is that of one release alone', () => {
  const other: Metadata = { ...METADATA, key: 'api-key', title: 'Release api' };

  test('by its key', () => {
    expect(readMetadata(BLOCK, 'api-key')).toBeUndefined();
    expect(readText(BLOCK, 'api-key')).toBe('');
  });

  test('where several share a body', () => {
    const body = [other, METADATA].reduce((text, metadata) => write(text, metadata, metadata.key), '');
    expect(readMetadata(body, 'api-key')).toEqual(other);
    expect(readMetadata(write(body, NEXT, 'n'), KEY)).toEqual(NEXT);
    expect(readMetadata(write(body, NEXT, 'n'), 'api-key')).toEqual(other);
    expect(['api-key', KEY, 'third-key'].map((key) => isOfAnother(body, key))).toEqual([false, false, true]);
    expect(['', 'x', forged('{')].map((text) => isOfAnother(text, KEY))).toEqual([false, false, false]);
  });
});

describe('the text around the block', () => {
  test.each([
    ['before', 'Checked by Ada.\n\n', ''],
    ['after', '', '\n\n- [x] Checked $& $1 by Ada.'],
    ['around', '# Please read\n\n', '\n<!-- mine -->'],
    ['with the line ends of a web form', 'Checked\r\n\r\n', '\r\nby Ada\r\n'],
  ])('stays: %s', (_, before, after) => {
    const block = before.includes('\r') ? BLOCK.replaceAll('\n', '\r\n') : BLOCK;
    const body = before + block + after;
    expect(readMetadata(body, KEY)).toEqual(METADATA);
    expect(readText(body, KEY)).toBe('First **body**.');
    expect(write(body, NEXT, 'Second body.')).toBe(before + NEXT_BLOCK + after);
  });

  test.each([
    ['nothing', '', ''],
    ['blanks', ' \r\n', ''],
    ['a person’s text', 'Ada’s own text.\n\n', 'Ada’s own text.\n\n'],
    [
      'half a block',
      'A\n<!-- manifest-release-pr: {"key":"web-key"} -->',
      'A\n<!-- manifest-release-pr: {"key":"web-key"} -->\n\n',
    ],
    ['a broken block', forged('{"key":}'), `${forged('{"key":}')}\n\n`],
    ['a block of another release', forged('{"key":"api-key"}'), `${forged('{"key":"api-key"}')}\n\n`],
  ])('is followed by the block where there was %s', (_, body, before) => {
    expect(write(body, METADATA, 'First **body**.')).toBe(before + BLOCK);
  });

  test('stays when it holds half a block of ours', () => {
    const body = write('<!-- manifest-release-pr: {"key":"web-key"} -->\nAda’s own text.', METADATA, 'First **body**.');
    expect(readMetadata(body, KEY)).toEqual(METADATA);
    expect(write(body, NEXT, 'Second body.')).toContain('Ada’s own text.');
  });

  test('does not grow when our own text holds a marker of ours', () => {
    const text = 'a\n<!-- /manifest-release-pr -->\nb\n<!-- manifest-release-pr: {"key":"web-key"} -->\nc';
    const body = write('Ada', METADATA, text);
    expect(readMetadata(body, KEY)).toEqual(METADATA);
    expect(write(body, METADATA, text)).toBe(body);
  });

  test('of the block itself is shown as it is, whatever it holds', () => {
    for (const text of ['costs $1 and $& and $`', '<!-- x -->', '--> <script>', '{{ name }}', '']) {
      const body = write(BLOCK, NEXT, text);
      expect(readText(body, KEY)).toBe(text);
      expect(readMetadata(body, KEY)).toEqual(NEXT);
    }
  });
});

test.each(['--> <script>', '} --> {"', '--!> -', '<!-- /manifest-release-pr -->', '"\\', 'a\r\nb', 'größe 🚀'])(
  'is in a comment that %j cannot end',
  (evil) => {
    const memory: Metadata = { ...METADATA, tree: evil, title: evil, closed: evil };
    const body = `${write('', memory, 'text')}\nAda`;
    const json = /^<!-- manifest-release-pr: (.*) -->\n/.exec(body)?.[1] ?? '';
    expect(json).not.toMatch(/--|[<>]/);
    expect(JSON.parse(json)).toEqual(memory);
    expect(readMetadata(body, KEY)).toEqual(memory);
    expect(readText(body, KEY)).toBe('text');
    expect(write(body, memory, 'text')).toBe(body);
  },
);

describe('that is not ours is not believed', () => {
  const EMPTY: Metadata = {
    key: KEY,
    tree: '',
    title: '',
    version: '',
    skipped: [],
    given: NO_ATTRIBUTES,
    closed: '',
  };

  test.each([
    '{"key":}',
    '{}',
    '{"key":["web-key"]}',
    '{"key":{"web-key":1}}',
    '{"Key":"web-key"}',
    '{"__proto__":{"key":"web-key"}}',
    '{"key":"web-key"}{"key":"web-key"}',
  ])('not at all: %s', (json) => {
    expect(readMetadata(forged(json), KEY)).toBeUndefined();
  });

  test.each([
    '{"key":"web-key"}',
    '{"key":"web-key","build":null,"given":null,"paths":null,"skipped":null}',
    '{"key":"web-key","build":[1],"given":"labels","paths":"a","skipped":{"0":"1"},"tree":1,"closed":true}',
    '{"key":"web-key","build":{"images":"a","source":7,"operation":{"action":"Delete","rollsBack":{}},"run":[]},"given":{"labels":"x","milestone":3},"title":["t"]}',
    '{"key":"web-key","paths":[1,null,{}],"given":{"labels":[["x"]],"auto-merge":"yes","draft":"true"},"more":{"tree":"c"}}',
  ])('as far as a value is none: %s', (json) => {
    expect(readMetadata(forged(json), KEY)).toEqual(EMPTY);
  });

  test('while the versions of a list are kept', () => {
    const json = '{"key":"web-key","version":"[1.4.2](x)","skipped":["1.4.0",2,null,"Ask @ada","1.4.1@sha256:x"]}';
    expect(readMetadata(forged(json), KEY)).toMatchObject({ version: '', skipped: ['1.4.0'] });
  });

  test.each([
    ['without an end', '<!-- manifest-release-pr: {"key":"web-key"} -->\nx'],
    ['of another program', '<!-- other-release-pr: {"key":"web-key"} -->\nx\n<!-- /manifest-release-pr -->'],
    ['over two lines', forged('{"key":\n"web-key"}')],
    ['escaped, as values are', forMarkdown(forged('{"key":"web-key"}'))],
  ])('in a block %s', (_, body) => {
    expect(readMetadata(body, KEY)).toBeUndefined();
  });

  test('when there is very much of it', () => {
    for (const part of ['<!-- manifest-release-pr: {', '<!-- manifest-release-pr: {} -->', '} -->', '{"a":']) {
      expect(readMetadata(part.repeat(LIMIT / part.length), KEY)).toBeUndefined();
    }
  });
});

test('a million line breaks above it take no time', () => {
  const before = `x${'\n'.repeat(1_000_000)}x`;
  const written = (gap: string): string => writeMetadata(before + gap + BLOCK, METADATA, '', 2_000_000, 'html-comment');
  expect(written('\n \n').startsWith(`${before}\n \n<!--`)).toBe(true);
  expect(written('\n').startsWith(`${before}\n\n\n<!--`)).toBe(true);
});

describe('never makes a body longer than the forge takes', () => {
  const long = 'line of the table\n'.repeat(8000);

  test.each([
    ['of its own', ''],
    ['with a person’s text', `${'Ada. '.repeat(2000)}\n`],
    ['with much of it', `${'x'.repeat(LIMIT - 2000)}\n`],
  ])('%s', (_, text) => {
    for (const before of [text + BLOCK, text]) {
      const body = write(before, NEXT, long);
      expect(body.length).toBeLessThanOrEqual(LIMIT);
      expect(body.startsWith(text.trimEnd())).toBe(true);
      expect(body).toMatch(/\n_This text was shortened; .*_\n<!-- \/manifest-release-pr -->$/);
      expect(readMetadata(body, KEY)).toEqual(NEXT);
    }
  });

  test('up to the last character', () => {
    const room = LIMIT - write('', NEXT, '').length;
    expect(write('', NEXT, 'x'.repeat(room))).toHaveLength(LIMIT);
    expect(write('', NEXT, 'x'.repeat(room))).not.toContain('This text was shortened');
    expect(write('', NEXT, 'x'.repeat(room + 1))).toHaveLength(LIMIT);
    expect(write('', NEXT, 'x'.repeat(room + 1))).toContain('This text was shortened');
  });

  test.each([
    [65_536, 20],
    [4000, 13],
    [1800, 3],
  ])('of %d characters older versions take a third at most, with the mark: %d are left', (limit, left) => {
    const skipped = Array.from({ length: 20 }, (_, index) => `sha256:${index.toString(16).padStart(64, '0')}`);
    const body = writeMetadata('', { ...METADATA, skipped }, 'x'.repeat(limit), limit, 'link-definition');
    expect(body).toHaveLength(limit);
    expect(body.indexOf('\n\nx')).toBeLessThanOrEqual(limit / 3);
    expect(readMetadata(body, KEY)).toEqual({ ...METADATA, skipped: skipped.slice(-left) });
  });

  test('and leaves one alone that has no room for the block', () => {
    const text = 'x'.repeat(LIMIT - 10);
    expect(write(text, NEXT, 'Second body.')).toBe(text);
    const full = `${BLOCK}${'x'.repeat(LIMIT - BLOCK.length)}`;
    expect(write(full, { ...NEXT, closed: '1'.repeat(1000) }, 'Second body.')).toBe(full);
  });
});

test('the notes are what is before and behind the block', () => {
  expect(readNotes(`Wait.\n\n${BLOCK}\r\n- [x] done\n`, KEY)).toEqual({ before: 'Wait.', after: '- [x] done' });
  expect(readNotes(BLOCK, KEY)).toEqual({ before: '', after: '' });
  expect(readNotes('All mine.', KEY)).toEqual({ before: 'All mine.', after: '' });
});

describe('where a comment would be shown, it is a link definition', () => {
  const markdown = new MarkdownIt({ html: false });
  const TEXT = '**Release** web\n\n| file | to |\n| --- | --- |\n| `a.yaml` | 1.4.2 |';
  const define = (body: string, metadata: Metadata, text: string): string =>
    writeMetadata(body, metadata, text, LIMIT, 'link-definition');

  test.each([
    ['alone', '', ''],
    ['below a text', 'Checked by Ada.', ''],
    ['between texts', 'Checked by Ada.\n\n', '\n- [x] done'],
  ])('that shows nothing: %s', (_, before, after) => {
    const body = (before === '' ? '' : before.trimEnd() + '\n\n') + define('', METADATA, TEXT) + after;
    expect(define(before, METADATA, TEXT) + after).toBe(body);
    expect(markdown.render(body)).toBe(
      markdown.render(before) + markdown.render(TEXT) + markdown.render(after.trimStart()),
    );
    expect(hasMetadata(body)).toBe(true);
    expect(readMetadata(body, KEY)).toEqual(METADATA);
    expect(readText(body, KEY)).toBe(TEXT);
    expect(readNotes(body, KEY)).toEqual({ before: before.trim(), after: after.trim() });
    expect(define(body, METADATA, TEXT)).toBe(body);
  });

  test.each([
    ')',
    '(x',
    "'",
    '"',
    '\\',
    '\\)',
    '<b>',
    ']: # (end)',
    '[/manifest-release-pr]: # (end)',
    '\n\n# a',
    '&#41;',
  ])('that %j cannot end', (evil) => {
    const memory: Metadata = { ...METADATA, tree: evil, title: `${evil}x${evil}`, closed: evil };
    const body = define('Ada', memory, 'text');
    expect(markdown.render(body)).toBe('<p>Ada</p>\n<p>text</p>\n');
    expect(readMetadata(body, KEY)).toEqual(memory);
    expect(readText(body, KEY)).toBe('text');
    expect(define(body, memory, 'text')).toBe(body);
  });

  test('where several share a body', () => {
    const other: Metadata = { ...METADATA, key: 'api-key' };
    const body = define(define('', other, 'api'), METADATA, 'web');
    expect(markdown.render(body)).toBe('<p>api</p>\n<p>web</p>\n');
    expect([readText(body, 'api-key'), readText(body, KEY)]).toEqual(['api', 'web']);
    expect(isOfAnother(define('', other, 'api'), KEY)).toBe(true);
  });

  test('which a person who took the empty line away does not make visible for long', () => {
    const body = `Checked by Ada.\r\n${define('', METADATA, 'text').replaceAll('\n\n', '\r\n')}`;
    expect(markdown.render(body)).toContain('manifest-release-pr');
    expect(readMetadata(body, KEY)).toEqual(METADATA);
    expect(readText(body, KEY)).toBe('text');
    expect(markdown.render(define(body, NEXT, 'text'))).toBe('<p>Checked by Ada.</p>\n<p>text</p>\n');
  });

  test('and the text in it cannot have such a mark', () => {
    for (const text of [define('', NEXT, 'x'), write('', NEXT, 'x'), '[manifest-release-pr](https://example.com)']) {
      const body = define('', METADATA, text);
      expect(readMetadata(body, KEY)).toEqual(METADATA);
      expect(define(body, METADATA, text)).toBe(body);
      expect(write(write('', METADATA, text), METADATA, text)).toBe(write('', METADATA, text));
    }
  });

  test('and either form takes the place of the other', () => {
    expect(define(`Ada\n\n${BLOCK}`, NEXT, 'n')).toBe(`Ada\n\n${define('', NEXT, 'n')}`);
    expect(write(`Ada\n\n${define('', METADATA, 't')}`, NEXT, 'n')).toBe(`Ada\n\n${write('', NEXT, 'n')}`);
  });

  test('within the limit of the forge', () => {
    const body = writeMetadata('Ada', METADATA, 'line of the table\n'.repeat(300), 4000, 'link-definition');
    expect(body.length).toBeLessThanOrEqual(4000);
    expect(body).toMatch(/\n_This text was shortened; .*_\n\n\[\/manifest-release-pr\]: # \(end\)$/);
    expect(readMetadata(body, KEY)).toEqual(METADATA);
  });

  test('that is read in time, also when there is very much of it', () => {
    for (const part of [
      '[manifest-release-pr]: # ({',
      '[manifest-release-pr]: # ({})\n\n',
      '\n\n',
      '[manifest-release-pr]:',
    ]) {
      expect(readMetadata(part.repeat(LIMIT / part.length), KEY)).toBeUndefined();
    }
  });
});
