import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as arbitrary from '../arbitraries.ts';
import {
  isPlainString,
  isTypedBySet,
  rewriteScalar,
  writeScalar,
  type ScalarStyle,
} from '../../../src/manifests/yaml/scalar.ts';

/** Words that a reader takes for something else: YAML 1.1, 1.2, Go's yaml.v2 and yaml.v3, PyYAML, as tried on each. */
const NOT_STRINGS = {
  numbers: [
    '0',
    '00',
    '007',
    '08',
    '1.9',
    '1.10',
    '1.',
    '12345678',
    '1e5',
    '1E5',
    '1e-5',
    '1.e5',
    '706798e8',
    '0e1234',
  ],
  'hexadecimal, octal, binary': ['0x1F', '0XFF', '0o17', '0O7', '0b101', '0B1', '0b', '0o', '0x'],
  'numbers with underscores': ['1_000', '1_', '0x_1F', '0x_', '0b_1', '0_7', '1_0.5_0', '1_e5'],
  'numbers only for yaml': ['e5', 'E0', '_e1'],
  'numbers only for Go': ['0b-1', '0o-7', '0B-1'],
  dates: ['2024-01-02', '2024-1-2', '0000-00-00', '2024-01-02T03'],
  booleans: ['true', 'True', 'TRUE', 'false', 'yes', 'Yes', 'no', 'NO', 'on', 'On', 'off', 'OFF', 'y', 'Y', 'n', 'N'],
  'null and other words': ['', '~', 'null', 'Null', 'NULL', '.nan', '.NaN', '.inf', '.Inf', '=', '<<'],
};
const STRINGS = [
  '1.4.3 v1 v1.10 main-9ecf2d3 sha-abc1234 latest 9ecf2d3 1.9-rc 1.9.x 20240102-9ecf2d3 2024.01.02 2024-01 x1F',
  'nan inf Infinity nil none yes-1 null-1 1e5e5 08a ghcr.io/acme/web:1.9 nginx:007',
  `sha256:${'0'.repeat(64)} 1.9@sha256:${'a'.repeat(64)}`,
].flatMap((line) => line.split(' '));
/** Readers as sceptical as can be: what they return must be the very string. */
const READERS = [{ version: '1.1' }, { version: '1.2', schema: 'core' }] as const;

describe.each(Object.entries(NOT_STRINGS))('%s', (_, words) => {
  it.each(words)('%j is quoted', (word) => {
    expect(isPlainString(word)).toBe(false);
    expect(writeScalar(word, 'plain')).toBe(`"${word}"`);
  });
});

it.each(STRINGS)('%s stays plain', (text) => {
  expect(writeScalar(text, 'plain')).toBe(text);
});

it.each([
  'a b',
  'a: b',
  'a #b',
  '- a',
  '*a',
  '&a',
  '!a',
  '%a',
  '@a',
  '`a',
  '{a',
  '[a',
  'a,b',
  'a:',
  '"a',
  "'a",
  '-a',
  '?',
  'é',
])('%j, which is no tag or reference, is quoted', (text) => {
  expect(writeScalar(text, 'plain')).toBe(JSON.stringify(text));
});

it.each<[ScalarStyle, string]>([
  ['single', "'1.9'"],
  ['double', '"1.9"'],
  ['plain', '"1.9"'],
  ['verbatim', '1.9'],
])('keeps the style %s', (style, written) => {
  expect(writeScalar('1.9', style)).toBe(written);
});

it('any tag, in any style and place, is read back as that string', () => {
  const documentsWith: readonly ((written: string) => string)[] = [
    (written) => `v: ${written}\n`,
    (written) => `{v: ${written}}`,
    (written) => `{v: ${written}, w: 1}`,
    (written) => `v: ${written} # comment\n`,
  ];
  fc.assert(
    fc.property(arbitrary.tag, fc.constantFrom<ScalarStyle>('plain', 'single', 'double'), (tag, style) => {
      const written = writeScalar(tag, style);
      for (const options of READERS) {
        const values = documentsWith.map(
          (document) => (parse(document(written), { ...options, strict: true }) as { v: unknown }).v,
        );
        expect(values).toEqual(documentsWith.map(() => tag));
      }
    }),
    { numRuns: 600 },
  );
});

it('a plain tag followed by a digest, and a whole reference, are read back as that string', () => {
  fc.assert(
    fc.property(arbitrary.tag, arbitrary.digest, arbitrary.name, (tag, digest, name) => {
      for (const text of [`${tag}@${digest}`, digest, `${name}:${tag}`, `${name}:${tag}@${digest}`]) {
        const written = writeScalar(text, 'plain');
        for (const options of READERS) expect(parse(`[${written}, ${written}]`, options)).toEqual([text, text]);
      }
    }),
    { numRuns: 300 },
  );
});

it('what is written in a block scalar is a string for every reader', () => {
  for (const options of READERS)
    expect(parse(`v: >-\n  ${writeScalar('1.9', 'verbatim')}\n`, options)).toEqual({ v: '1.9' });
});

it('any text at all survives quoting', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(parse(writeScalar(text, 'double'))).toBe(text);
      fc.pre(!/[\n\r]/.test(text));
      expect(parse(writeScalar(text, 'plain'))).toBe(text);
    }),
    { numRuns: 300 },
  );
});

describe('a scalar that is rewritten', () => {
  const escaped = (text: string, which: readonly number[]): string =>
    Array.from(text)
      .map((character, index) => {
        const code = character.charCodeAt(0).toString(16).padStart(2, '0');
        return [character, `\\x${code}`, `\\u00${code}`, character === '/' ? '\\/' : character][which[index] ?? 0];
      })
      .join('');

  it('is the new reference, whatever is escaped, and keeps a name as it is written', () => {
    const escapes = fc.array(fc.nat({ max: 3 }), { maxLength: 40 });
    const versions = fc.constantFrom(
      ':1.4.1',
      ':1.4.2',
      `@sha256:${'0'.repeat(64)}`,
      `:1@sha256:${'1'.repeat(64)}`,
      '',
    );
    const names = fc.constantFrom('ghcr.io/acme/web', 'localhost:5000/web', 'web');
    fc.assert(
      fc.property(names, versions, versions, escapes, escapes, (name, before, after, ofName, ofVersion) => {
        const [written, version] = [escaped(name, ofName), escaped(before, ofVersion)];
        const result = rewriteScalar(`"${written}${version}"`, name + before, name + after, 'double');
        expect(parse(result)).toBe(name + after);
        if (version === before) expect(result).toBe(`"${written}${after}"`);
      }),
    );
  });
});

describe('helm --set', () => {
  it.each(['0', '1', '4651090', '9223372036854775807', 'true', 'False', 'NULL'])(
    'takes %s for something else',
    (text) => {
      expect(isTypedBySet(text)).toBe(true);
    },
  );

  it.each(['00', '0362525', '9223372036854775808', '1.10', '1e5', '0x10', '1_000', 'v1', 'yes', ''])(
    'takes %s for a string',
    (text) => {
      expect(isTypedBySet(text)).toBe(false);
    },
  );
});
