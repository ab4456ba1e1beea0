import { describe, expect, test } from 'vitest';
import { forMarkdown } from '../../../src/core/escape.ts';
import { MAX_BODY } from '../../../src/forge/forge.ts';
import { readMemory, readText, writeMemory, type Memory } from '../../../src/release/pull-request/metadata.ts';

const MEMORY: Memory = {
  name: 'web',
  paths: ['apps/web'],
  commit: '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3',
  title: 'Release web 1.4.2',
  version: '1.4.2',
  build: {
    images: ['acme/web:1.4.2'],
    source: { repository: 'acme/web', commit: 'c9f0f895fb98ab9159f51fd0297e236d4b0d0c7e' },
    time: '2026-11-20T10:00:00Z',
    number: 'acme/web/.github/workflows/ci.yml#42',
    runUrl: 'https://git.test/acme/web/actions/runs/1042',
    rollsBack: [],
  },
  skipped: ['1.4.0', '1.4.1'],
  given: {
    labels: ['deploy'],
    reviewers: ['ada'],
    'team-reviewers': ['platform'],
    assignees: ['bob'],
    milestone: 'Q4',
    'auto-merge': 'squash',
    draft: false,
  },
  closed: '',
};
const NEXT: Memory = { ...MEMORY, commit: 'c2', title: 'Release web 1.5.0', version: '1.5.0' };
const BLOCK = writeMemory('', MEMORY, 'First **body**.');
const NEXT_BLOCK = writeMemory('', NEXT, 'Second body.');

/** A block with any text in the place of the memory. */
const forged = (json: string): string => `<!-- manifest-release-pr: ${json} -->\nx\n<!-- /manifest-release-pr -->`;

test('is read as it was written', () => {
  expect(BLOCK).toMatch(/^<!-- manifest-release-pr: \{.*\} -->\nFirst \*\*body\*\*\.\n<!-- \/manifest-release-pr -->$/);
  expect(readMemory(BLOCK, MEMORY)).toEqual(MEMORY);
  expect(readText(BLOCK, MEMORY)).toBe('First **body**.');
});

describe('is that of one release alone', () => {
  const other: Memory = { ...MEMORY, name: 'api' };
  const elsewhere: Memory = { ...MEMORY, paths: ['apps/other'], version: '9.0.0' };

  test('of its name and paths; without paths, of any of the name', () => {
    expect(readMemory(BLOCK, { name: 'api' })).toBeUndefined();
    expect(readMemory(BLOCK, { name: 'web', paths: [] })).toBeUndefined();
    expect(readMemory(BLOCK, { name: 'web' })).toEqual(MEMORY);
    expect(readText(BLOCK, { name: 'api' })).toBe('');
  });

  test('where several share a body', () => {
    const body = [other, elsewhere, MEMORY].reduce((text, memory) => writeMemory(text, memory, memory.name), '');
    expect(readMemory(body, other)).toEqual(other);
    expect(readMemory(body, { name: 'api', paths: MEMORY.paths })).toEqual(other);
    const blocks = writeMemory(`${writeMemory('', elsewhere, 'e')}\n\n${BLOCK}`, NEXT, 'n');
    expect(readMemory(blocks, elsewhere)).toEqual(elsewhere);
    expect(readMemory(blocks, MEMORY)).toEqual(NEXT);
  });

  test('which may come to have other paths', () => {
    const body = writeMemory(BLOCK, elsewhere, 'e');
    expect(readMemory(body, { name: 'web' })).toEqual(elsewhere);
    expect(body.match(/<!-- manifest-release-pr:/g)).toHaveLength(1);
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
    expect(readMemory(body, MEMORY)).toEqual(MEMORY);
    expect(readText(body, MEMORY)).toBe('First **body**.');
    expect(writeMemory(body, NEXT, 'Second body.')).toBe(before + NEXT_BLOCK + after);
  });

  test.each([
    ['nothing', '', ''],
    ['blanks', ' \r\n', ''],
    ['a person’s text', 'Ada’s own text.\n\n', 'Ada’s own text.\n\n'],
    [
      'half a block',
      'A\n<!-- manifest-release-pr: {"name":"web"} -->',
      'A\n<!-- manifest-release-pr: {"name":"web"} -->\n\n',
    ],
    ['a broken block', forged('{"name":}'), `${forged('{"name":}')}\n\n`],
    ['a block of another release', forged('{"name":"api"}'), `${forged('{"name":"api"}')}\n\n`],
  ])('is followed by the block where there was %s', (_, body, before) => {
    expect(writeMemory(body, MEMORY, 'First **body**.')).toBe(before + BLOCK);
  });

  test('stays when it holds half a block of ours', () => {
    const body = writeMemory(
      '<!-- manifest-release-pr: {"name":"web"} -->\nAda’s own text.',
      MEMORY,
      'First **body**.',
    );
    expect(readMemory(body, { name: 'web' })).toEqual(MEMORY);
    expect(writeMemory(body, NEXT, 'Second body.')).toContain('Ada’s own text.');
  });

  test('does not grow when our own text holds a marker of ours', () => {
    const text = 'a\n<!-- /manifest-release-pr -->\nb\n<!-- manifest-release-pr: {"name":"web"} -->\nc';
    const body = writeMemory('Ada', MEMORY, text);
    expect(readMemory(body, MEMORY)).toEqual(MEMORY);
    expect(writeMemory(body, MEMORY, text)).toBe(body);
  });

  test('of the block itself is shown as it is, whatever it holds', () => {
    for (const text of ['costs $1 and $& and $`', '<!-- x -->', '--> <script>', '{{ name }}', '']) {
      const body = writeMemory(BLOCK, NEXT, text);
      expect(readText(body, NEXT)).toBe(text);
      expect(readMemory(body, NEXT)).toEqual(NEXT);
    }
  });
});

test.each(['--> <script>', '} --> {"', '--!> -', '<!-- /manifest-release-pr -->', '"\\', 'a\r\nb', 'größe 🚀'])(
  'is in a comment that %j cannot end',
  (evil) => {
    const memory: Memory = { ...MEMORY, name: evil, title: evil, skipped: [evil], paths: [evil], closed: evil };
    const body = `${writeMemory('', memory, 'text')}\nAda`;
    const json = /^<!-- manifest-release-pr: (.*) -->\n/.exec(body)?.[1] ?? '';
    expect(json).not.toMatch(/--|[<>]/);
    expect(JSON.parse(json)).toEqual(memory);
    expect(readMemory(body, memory)).toEqual(memory);
    expect(readText(body, memory)).toBe('text');
    expect(writeMemory(body, memory, 'text')).toBe(body);
  },
);

describe('that is not ours is not believed', () => {
  const EMPTY: Memory = {
    name: 'web',
    paths: [],
    commit: '',
    title: '',
    version: '',
    build: { images: [], source: { repository: '', commit: '' }, time: '', number: '', runUrl: '', rollsBack: [] },
    skipped: [],
    given: {
      labels: [],
      reviewers: [],
      'team-reviewers': [],
      assignees: [],
      milestone: '',
      'auto-merge': '',
      draft: false,
    },
    closed: '',
  };

  test.each([
    '{"name":}',
    '{}',
    '{"name":["web"]}',
    '{"name":{"web":1}}',
    '{"Name":"web"}',
    '{"__proto__":{"name":"web"}}',
    '{"name":"web"}{"name":"web"}',
  ])('not at all: %s', (json) => {
    expect(readMemory(forged(json), { name: 'web' })).toBeUndefined();
  });

  test.each([
    '{"name":"web"}',
    '{"name":"web","build":null,"given":null,"paths":null,"skipped":null}',
    '{"name":"web","build":[1],"given":"labels","paths":"a","skipped":{"0":"1"},"commit":1,"closed":true}',
    '{"name":"web","build":{"images":"a","source":7,"time":{}},"given":{"labels":"x","milestone":3},"title":["t"]}',
    '{"name":"web","paths":[1,null,{}],"given":{"labels":[["x"]],"auto-merge":false},"more":{"commit":"c"}}',
  ])('as far as a value is none: %s', (json) => {
    expect(readMemory(forged(json), { name: 'web', paths: [] })).toEqual(EMPTY);
  });

  test('while the texts of a list are kept', () => {
    expect(readMemory(forged('{"name":"web","skipped":["1.4.0",2,null]}'), { name: 'web' })?.skipped).toEqual([
      '1.4.0',
    ]);
  });

  test.each([
    ['without an end', '<!-- manifest-release-pr: {"name":"web"} -->\nx'],
    ['of another program', '<!-- other-release-pr: {"name":"web"} -->\nx\n<!-- /manifest-release-pr -->'],
    ['over two lines', forged('{"name":\n"web"}')],
    ['escaped, as values are', forMarkdown(forged('{"name":"web"}'))],
  ])('in a block %s', (_, body) => {
    expect(readMemory(body, { name: 'web' })).toBeUndefined();
  });

  test('when there is very much of it', () => {
    const started = performance.now();
    for (const part of ['<!-- manifest-release-pr: {', '<!-- manifest-release-pr: {} -->', '} -->', '{"a":']) {
      expect(readMemory(part.repeat(MAX_BODY / part.length), { name: 'web' })).toBeUndefined();
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('never makes a body longer than GitHub takes', () => {
  const long = 'line of the table\n'.repeat(8000);

  test.each([
    ['of its own', ''],
    ['with a person’s text', `${'Ada. '.repeat(2000)}\n`],
    ['with much of it', `${'x'.repeat(MAX_BODY - 2000)}\n`],
  ])('%s', (_, text) => {
    for (const before of [text + BLOCK, text]) {
      const body = writeMemory(before, NEXT, long);
      expect(body.length).toBeLessThanOrEqual(MAX_BODY);
      expect(body.startsWith(text.trimEnd())).toBe(true);
      expect(body).toMatch(/\n_This text was cut: .*_\n<!-- \/manifest-release-pr -->$/);
      expect(readMemory(body, NEXT)).toEqual(NEXT);
    }
  });

  test('up to the last character', () => {
    const room = MAX_BODY - writeMemory('', NEXT, '').length;
    expect(writeMemory('', NEXT, 'x'.repeat(room))).toHaveLength(MAX_BODY);
    expect(writeMemory('', NEXT, 'x'.repeat(room))).not.toContain('This text was cut');
    expect(writeMemory('', NEXT, 'x'.repeat(room + 1))).toHaveLength(MAX_BODY);
    expect(writeMemory('', NEXT, 'x'.repeat(room + 1))).toContain('This text was cut');
  });

  test('and leaves one alone that has no room for the block', () => {
    const text = 'x'.repeat(MAX_BODY - 10);
    expect(writeMemory(text, NEXT, 'Second body.')).toBe(text);
    const full = `${BLOCK}${'x'.repeat(MAX_BODY - BLOCK.length)}`;
    expect(writeMemory(full, { ...NEXT, skipped: ['1'.repeat(1000)] }, 'Second body.')).toBe(full);
  });
});
