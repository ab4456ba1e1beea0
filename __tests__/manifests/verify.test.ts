import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyEdits } from '../../src/manifests/verify.ts';
import { applyEdits, type Edit } from '../../src/manifests/apply-edits.ts';
import { parseReference, type ImageReference } from '../../src/core/image-reference.ts';
import { findSites } from '../../src/manifests/find-sites.ts';
import { readManifest } from '../../src/manifests/yaml/manifest.ts';

describe('applyEdits', () => {
  it.each<[string, string, Edit[], string]>([
    ['none', 'abc', [], 'abc'],
    [
      'several, in any order',
      'abcdef',
      [
        { start: 4, end: 5, text: 'X' },
        { start: 0, end: 2, text: '' },
      ],
      'cdXf',
    ],
    [
      'neighbours',
      'abcd',
      [
        { start: 2, end: 4, text: 'Y' },
        { start: 0, end: 2, text: 'X' },
      ],
      'XY',
    ],
    [
      'insertions at one place, in the order given',
      'ab',
      [
        { start: 1, end: 1, text: 'X' },
        { start: 1, end: 1, text: 'Y' },
        { start: 1, end: 2, text: 'Z' },
      ],
      'aXYZ',
    ],
    [
      'at both ends',
      'ab',
      [
        { start: 2, end: 2, text: 'Y' },
        { start: 0, end: 0, text: 'X' },
      ],
      'XabY',
    ],
  ])('%s', (_, text, edits, expected) => {
    expect(applyEdits(text, edits)).toBe(expected);
  });

  it.each<[string, Edit[]]>([
    [
      'overlap',
      [
        { start: 0, end: 2, text: '' },
        { start: 1, end: 3, text: '' },
      ],
    ],
    [
      'the same span twice',
      [
        { start: 0, end: 2, text: 'a' },
        { start: 0, end: 2, text: 'a' },
      ],
    ],
    ['an end before its start', [{ start: 2, end: 1, text: '' }]],
  ])('refuses %s', (_, edits) => {
    expect(() => applyEdits('abcd', edits)).toThrow(RangeError);
  });

  it('keeps every character outside the edits', () => {
    const pieces = fc.array(fc.tuple(fc.string(), fc.string({ minLength: 1 }), fc.string()), { maxLength: 8 });
    fc.assert(
      fc.property(pieces, fc.string(), (parts, rest) => {
        let offset = 0;
        const edits = parts.map(([kept, replaced, text]) => {
          const start = offset + kept.length;
          offset = start + replaced.length;
          return { start, end: offset, text };
        });
        const before = parts.map(([kept, replaced]) => kept + replaced).join('') + rest;
        const after = parts.map(([kept, , text]) => kept + text).join('') + rest;
        expect(applyEdits(before, edits.toReversed())).toBe(after);
      }),
    );
  });
});

describe('verifyEdits', () => {
  const BEFORE = 'image: web:v1\nother: web\nimages: [db:v1]\n';

  function verifyText(text: string, edits: readonly Edit[], expected: readonly string[] = []): string | undefined {
    const before = readManifest('a', Buffer.from(text));
    const planned = findSites(before).map((site, index) => {
      return { site, reference: parseReference(expected[index] ?? '') as ImageReference };
    });
    return verifyEdits({ before, edits, planned, context: undefined });
  }

  function verify(change: { edits?: Edit[]; expected?: string[] }): string | undefined {
    const edits = change.edits ?? [{ start: 7, end: 13, text: 'web:v2' }];
    return verifyText(BEFORE, edits, change.expected ?? ['web:v2', 'db:v1']);
  }

  it('finds nothing wrong with what was planned', () => {
    expect(verify({})).toBeUndefined();
    expect(verify({ expected: ['docker.io/library/web:v2', 'db:v1'] })).toBeUndefined();
  });

  it.each<[string, Edit[], string]>([
    [
      'two places that swap values',
      [
        { start: 7, end: 13, text: 'db:v1' },
        { start: 34, end: 39, text: 'web:v2' },
      ],
      'image is docker.io/library/db:v1',
    ],
    [
      'two places that swap keys',
      [
        { start: 0, end: 5, text: 'images' },
        { start: 7, end: 13, text: 'web:v2' },
        { start: 25, end: 31, text: 'image' },
      ],
      'an image is at another place',
    ],
  ])('finds %s', (_, edits, reason) => {
    expect(verify({ edits })).toContain(reason);
  });

  it('finds two other values that swap', () => {
    const edits = [
      { start: 3, end: 5, text: 'y?' },
      { start: 9, end: 11, text: 'x?' },
    ];
    expect(verifyText('a: x?\nb: y?\n', edits)).toBe('another value changed');
  });

  it('finds two other values that swap with their keys', () => {
    const edits = [{ start: 0, end: 11, text: 'b: y?\na: x?' }];
    expect(verifyText('a: x?\nb: y?\n', edits)).toBe('another value changed');
  });

  it.each<[string, Edit[], string[], string | undefined]>([
    ['what was planned', [{ start: 24, end: 30, text: 'web:v2' }], ['db:v1', 'web:v2', 'db:v1'], undefined],
    [
      'an edit that did not land in a document without one',
      [{ start: 24, end: 30, text: 'web:v2' }],
      ['db:v2', 'web:v2', 'db:v1'],
      'image is docker.io/library/db:v1, not docker.io/library/db:v2',
    ],
    [
      'an edit that makes two documents of one',
      [{ start: 24, end: 30, text: 'web:v2\n---' }],
      ['db:v1', 'web:v2', 'db:v1'],
      'the result has more documents',
    ],
    [
      'an edit over two documents',
      [{ start: 24, end: 33, text: 'web:v2' }],
      ['db:v1', 'web:v2', 'db:v1'],
      'an edit is in no document',
    ],
  ])('finds in one of several documents %s', (_, edits, expected, reason) => {
    expect(verifyText('image: db:v1\n---\nimage: web:v1\n---\nimage: db:v1\n', edits, expected)).toBe(reason);
  });

  it.each<[string, Parameters<typeof verify>[0], string]>([
    ['a result that does not parse', { edits: [{ start: 7, end: 13, text: '[' }] }, 'the result '],
    [
      'a result that is a template',
      { edits: [{ start: 7, end: 13, text: '{{ x }}: a: b' }] },
      'the result is a template',
    ],
    ['an edit that did not land', { edits: [] }, 'image is docker.io/library/web:v1, not docker.io/library/web:v2'],
    [
      'another image changed',
      {
        edits: [
          { start: 34, end: 39, text: 'db:v2' },
          { start: 7, end: 13, text: 'web:v2' },
        ],
      },
      'images[0] is',
    ],
    [
      'an image lost',
      {
        edits: [
          { start: 34, end: 39, text: '' },
          { start: 7, end: 13, text: 'web:v2' },
        ],
      },
      'a place is undefined',
    ],
    [
      'an image gained',
      {
        edits: [
          { start: 7, end: 13, text: 'web:v2' },
          { start: 39, end: 39, text: ', x:v1' },
        ],
      },
      'it names 3 images instead of 2',
    ],
    [
      'a value gained',
      {
        edits: [
          { start: 7, end: 13, text: 'web:v2' },
          { start: 14, end: 14, text: 'x: "?"\n' },
        ],
      },
      'another value changed',
    ],
    [
      'a key renamed',
      {
        edits: [
          { start: 7, end: 13, text: 'web:v2' },
          { start: 14, end: 14, text: '"y z": "?"\n' },
        ],
      },
      'another value changed',
    ],
  ])('finds %s', (_, change, reason) => {
    expect(verify(change)).toContain(reason);
  });
});
