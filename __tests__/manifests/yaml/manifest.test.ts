import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as arbitrary from '../arbitraries.ts';
import { joinPath, scalarOf, valueOf, walk } from '../../../src/manifests/yaml/tree.ts';
import { readManifest, type Manifest } from '../../../src/manifests/yaml/manifest.ts';

const read = (text: string): Manifest => readManifest('a.yaml', Buffer.from(text));

/** `path = text [the characters that stand for it]` of every scalar. */
function scalars(manifest: Manifest): string[] {
  return manifest.documents.flatMap(({ root, text }) =>
    [...walk(root)].flatMap(({ node, path }) =>
      node.kind === 'scalar' ? [`${path} = ${node.text} [${text.slice(node.start, node.end)}]`] : [],
    ),
  );
}

describe('readManifest', () => {
  it.each<[string, string, string[]]>([
    ['plain', 'a: x # c\n', ['a = x [x]']],
    ['quoted', `a: "x\\u0031" # c\nb: 'y''s'\n`, ['a = x1 ["x\\u0031"]', "b = y's ['y''s']"]],
    [
      'numbers and words keep their text',
      '[1.10, 007, 1e5, null, ~, yes]',
      [
        '[0] = 1.10 [1.10]',
        '[1] = 007 [007]',
        '[2] = 1e5 [1e5]',
        '[3] = null [null]',
        '[4] = ~ [~]',
        '[5] = yes [yes]',
      ],
    ],
    ['anchors and tags stand outside', 'a: &x !!str y\n', ['a = y [y]']],
    ['block scalars', 'a: >- # x\n  x\nb: |\n  x\n', ['a = x [x]', 'b = x [x]']],
    ['a value that is not written', 'a:\nb: # c\nc: {d: , "e":}\n', ['a =  []', 'b =  []', 'c.d =  []', 'c.e =  []']],
    ['several documents', 'a: 1\n---\na: 2\n...\n', ['a = 1 [1]', 'a = 2 [2]']],
    ['a byte order mark', '\ufeff- a\n- b\n', ['[0] = a [a]', '[1] = b [b]']],
    ['characters of two units', 'a: 🚀\nb: x\n', ['a = 🚀 [🚀]', 'b = x [x]']],
    ['duplicate keys', 'a: 1\na: 2\n', ['a = 1 [1]', 'a = 2 [2]']],
    ['keys that are no words', '"a b": {c.d: x}\n', ['["a b"]["c.d"] = x [x]']],
    ['nothing', '', []],
    ['only comments', '# a\n', []],
  ])('%s', (_, text, expected) => {
    expect(scalars(read(text))).toEqual(expected);
  });

  it.each<[string, string, string, number, number]>([
    ['a syntax error', 'a: 1\nb: [x\n', 'syntax', 3, 1],
    ['a template that is no YAML in any branch', 'a: 1\n b: {{ .x }}\n', 'template', 2, 5],
    ['SOPS', 'a: 1\nsops:\n  mac: x\n', 'encrypted', 1, 1],
    ['SOPS in JSON', '{"a": "x", "sops": {"mac": "x"}}', 'encrypted', 1, 1],
    ['too deep a nest', '['.repeat(100_000), 'syntax', 1, 301],
  ])('%s is a defect with its place', (_, text, kind, line, column) => {
    const { defect, documents } = read(text);
    expect(documents).toEqual([]);
    expect(defect).toMatchObject(kind === 'syntax' && text.length > 1000 ? { kind } : { kind, line, column });
  });

  it.each([
    'a: 1\n{{- if .x }}\nb: 2\n{{- end }}\n',
    'a: 1\nb: {{ .x }}\n',
    'a:\n  - [x, {{ .x }}]\n',
    '{% if x %}\na: 1\n',
    'a: "{{ x }}"',
    "a: '{{ x }}'",
    'a: x-{{ y }}',
    'a: |\n  {{ x }}',
    '# {{ x }}\na: 1',
    'sops: {}',
    'sops: mac',
  ])('%j is no defect', (text) => {
    expect(read(text).defect).toBeUndefined();
  });

  it('what is not UTF-8 is a defect, not an exception', () => {
    const { defect, text } = readManifest('a.yaml', Buffer.from('a: caf\u00e9', 'latin1'));
    expect([defect?.kind, text]).toEqual(['encoding', '']);
  });

  it('never throws, on any bytes, and keeps the text whole', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const manifest = readManifest('a.yaml', bytes);
        const kept = manifest.defect?.kind === 'encoding' || Buffer.from(manifest.text).equals(bytes);
        expect(kept).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws, on random YAML, and every span lies inside the text, apart from the others', () => {
    fc.assert(
      fc.property(arbitrary.manifestText, (text) => {
        const { documents } = read(text);
        const nodes = documents.flatMap(({ root }) => [...walk(root)].map(({ node }) => node));
        const spans = new Map(nodes.flatMap((node) => (node.kind === 'scalar' ? [[node.start, node.end]] : [])));
        const sorted = [...spans].toSorted(([a], [b]) => a - b);
        const apart = sorted.every(
          ([start, end], index) => start <= end && end <= (sorted[index + 1]?.[0] ?? text.length),
        );
        expect(apart).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('merges of merges are read as far as they repeat little', () => {
    const { documents } = read(mergesOfMerges(16));
    const root = documents[0]?.root;
    const last = root?.kind === 'map' ? valueOf(root, 'a16') : undefined;
    expect(last?.kind === 'map' ? scalarOf(last, 'x')?.text : undefined).toBe('1');
    expect(last?.kind === 'map' ? scalarOf(last, 'y') : 'no map').toBeUndefined();
    expect(read(mergesOfMerges(60)).defect).toMatchObject({ kind: 'syntax', reason: TOO_MANY, line: 18 });
  });
});

const TOO_MANY = 'has too many values, repeated ones included';

function mergesOfMerges(levels: number): string {
  const lines = Array.from({ length: levels }, (_, level) => {
    return `a${level + 1}: &a${level + 1} {<<: [*a${level}, *a${level}]}`;
  });
  return ['a0: &a0 {x: 1}', ...lines].join('\n');
}

it.each<[string, string, string | undefined]>([
  ['own before merged', 'b: &b {x: 1}\nm: {<<: *b, x: 2}', '2'],
  ['merged', 'b: &b {x: 1}\nm: {<<: *b}', '1'],
  ['the first of several', 'b: &b {x: 1}\nc: &c {x: 2}\nm: {<<: [*b, *c]}', '1'],
  ['merged twice over', 'b: &b {x: 1}\nc: &c {<<: *b}\nm: {<<: *c}', '1'],
  ['the last of duplicates', 'm: {x: 1, x: 2}', '2'],
  ['the last of merged duplicates', 'b: &b {x: 1, x: 2}\nm: {<<: *b}', '2'],
  ['an alias of a scalar', 'b: &b 1\nm: {x: *b}', '1'],
  ['the anchor that stands before', 'a: &b 1\nm: {x: *b}\nz: &b 2', '1'],
  ['a quoted << is a key', 'b: &b {x: 1}\nm: {"<<": *b}', undefined],
  ['a merge of no map', 'm: {<<: x}', undefined],
  ['an alias of nothing', 'm: {x: *nothing}', undefined],
  ['a map', 'm: {x: {y: 1}}', undefined],
])('scalarOf: %s', (_, text, expected) => {
  const root = read(text).documents[0]?.root;
  const map = root?.kind === 'map' ? valueOf(root, 'm') : undefined;
  expect(map?.kind === 'map' ? scalarOf(map, 'x')?.text : 'no map').toBe(expected);
});

it('documents of one file are labelled by kind and name', () => {
  const { documents } = read('kind: Job\nmetadata: {name: a}\n---\nkind: Job\n---\n[]');
  expect(documents.map(({ label }) => label)).toEqual(['Job/a', '', '']);
  expect(read('kind: Job\nmetadata: {name: a}\n').documents[0]?.label).toBe('');
});

it('joinPath: paths are readable', () => {
  expect([joinPath('', 'a'), joinPath('a', 'b-c'), joinPath('a', 'b.c'), joinPath('', 'b c')]).toEqual([
    'a',
    'a.b-c',
    'a["b.c"]',
    '["b c"]',
  ]);
});
