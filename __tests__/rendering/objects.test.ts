/** What differs between two renderings, object by object. */
import { describe, expect, it, test } from 'vitest';
import { compareRenderings, Incomparable } from '../../src/rendering/objects.ts';
import { imageDifference } from '../../src/rendering/released-images.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';

const isImage = imageDifference(readReleasedImages('ghcr.io/acme/web:1.5.0').released, []);
const compare = (before: string, after: string) => compareRenderings(before, after, isImage);
const pod = (name: string, more: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\n${more}\n`;
/** Of each change what it is, of each difference its path and cause. */
const told = (before: string, after: string): string[] =>
  compare(before, after).changes.flatMap(({ kind, name, what, differences }) => [
    `${what} ${kind}/${name}`,
    ...differences.map(({ path, from, to, cause }) => `${path} ${from} -> ${to} ${cause}`),
  ]);

describe('compareRenderings', () => {
  it('has nothing for the same objects in another order', () => {
    const [a, b] = [pod('a', 'x: 1'), pod('b', 'x: 1')];
    expect(compare(`${a}---\n${b}`, `---\n${b}---\n# a comment\n---\n${a}`)).toEqual({ objects: 2, changes: [] });
  });

  it('names what was added, removed and changed', () => {
    const before = `${pod('a', 'x: 1')}---\n${pod('b', 'x: {y: [1, 2]}\nz: {}')}`;
    const after = `${pod('b', 'x: {y: [1, 3, 4]}\nz: []')}---\n${pod('c', 'x: 1')}`;
    expect(told(before, after)).toEqual([
      'changed Pod/b',
      'x.y[1] 2 -> 3 other',
      'z {} -> [] other',
      'x.y[2] undefined -> 4 other',
      'added Pod/c',
      'removed Pod/a',
    ]);
  });

  it('reads the objects of a list', () => {
    const list = (image: string): string =>
      `apiVersion: v1\nkind: PodList\nitems:\n- {kind: Pod, metadata: {name: a}, image: "${image}"}\n`;
    expect(told(list('ghcr.io/acme/web:1.4.2'), list('ghcr.io/acme/web:1.5.0'))).toEqual([
      'changed Pod/a',
      'image ghcr.io/acme/web:1.4.2 -> ghcr.io/acme/web:1.5.0 image',
    ]);
  });

  it('hides every value of a Secret but its name', () => {
    const secret = (hash: string, value: string): string =>
      `kind: Secret\nmetadata: {name: s-${hash}, labels: {a: ${value}}}\nstringData: {a: ${value}}\ndata: {b: ${value}}\n`;
    expect(told(secret('bcdfghkmt2', 'one'), secret('2456789bcd', 'two'))).toEqual([
      'changed Secret/s-2456789bcd',
      'metadata.name s-bcdfghkmt2 -> s-2456789bcd name',
      'metadata.labels.a (hidden) -> (hidden) other',
      'stringData.a (hidden) -> (hidden) other',
      'data.b (hidden) -> (hidden) other',
    ]);
  });

  test.each<[what: string, object: (value: string) => string, path: string]>([
    [
      'an object inside of another one',
      (value) => `objects: [{kind: Secret, stringData: {a: ${value}}}]\n`,
      'objects[0].stringData.a',
    ],
    ['a text', (value) => `data:\n  s.yaml: |\n    kind: Secret\n    stringData: {a: ${value}}\n`, 'data["s.yaml"]'],
    [
      'an annotation of kubectl',
      (value) => `metadata:\n  name: t\n  annotations:\n    last: '{"kind":"Secret","data":{"a":"${value}"}}'\n`,
      'metadata.annotations.last',
    ],
  ])('hides the values of a Secret that is %s', (_, object, path) => {
    const [before, after] = ['hunter1', 'hunter2'].map((value) => `kind: Template\n${object(value)}`);
    expect(told(before ?? '', after ?? '').slice(1)).toEqual([`${path} (hidden) -> (hidden) other`]);
  });

  it('shows what became of an object beside a Secret in it', () => {
    const template = (count: number): string =>
      `kind: Template\nreplicas: ${count}\nobjects: [{kind: Secret, data: {a: b}}]\n`;
    expect(told(template(1), template(2)).slice(1)).toEqual(['replicas 1 -> 2 other']);
  });

  it('quotes nothing of what is no YAML', () => {
    expect(() => compare('a: 1\n', 'kind: Secret\nstringData: {a: "x"} hunter2\n')).toThrow(/^is no YAML \([A-Z_]+\)$/);
    expect(() => compare('a: 1\n', 'kind: Secret\ndata: {a: *hunter2}\n')).not.toThrow(/hunter2/);
  });

  test.each([
    [
      'aliases without end',
      `a: &a [x]\n${Array.from('bcdefghijklm')
        .map((key, index) => `${key}: &${key} [${`*${'abcdefghijklm'[index]},`.repeat(9)}]`)
        .join('\n')}\n`,
    ],
    ['depth', `a: ${'['.repeat(1000)}${']'.repeat(1000)}\n`],
    ['no YAML', 'a: [\n'],
    ['too much that differs', `a: ${'x'.repeat(5_000_000)}\n`],
  ])('refuses %s', (_, text) => {
    expect(() => compare('a: 1\n', text)).toThrow(Incomparable);
  });
});

describe('imageDifference', () => {
  test.each([
    ['ghcr.io/acme/web:1.4.2', 'ghcr.io/acme/web:1.5.0', true],
    ['ghcr.io/acme/web', 'ghcr.io/acme/web:1.5.0', true],
    [`docker://ghcr.io/acme/web:1@sha256:${'a'.repeat(64)}`, 'docker://ghcr.io/acme/web:1.5.0', true],
    ['--image=ghcr.io/acme/web:1.4.2', '--image=ghcr.io/acme/web:1.5.0', true],
    ['{"image": "ghcr.io/acme/web:1.4.2", "n": 1}', '{"image": "ghcr.io/acme/web:1.5.0", "n": 1}', true],
    ['{"image": "ghcr.io/acme/web:1.4.2", "n": 1}', '{"image": "ghcr.io/acme/web:1.5.0", "n": 2}', false],
    // A mirror whose name is elsewhere.
    ['mirror.example.com/web:1.4.2', 'mirror.example.com/web:1.5.0', true],
    ['ghcr.io/acme/web:1.4.2', 'ghcr.io/acme/web:1.6.0', false],
    ['ghcr.io/acme/web:1.4.2', 'ghcr.io/evil/web:1.5.0', false],
    // A label may be a selector.
    ['1.4.2', '1.5.0', false],
    ['web-1.4.2', 'web-1.5.0', false],
    ['a b', 'a  b', false],
  ])('%s -> %s: %s', (from, to, expected) => {
    expect(isImage('image', from, to)).toBe(expected);
  });

  it('takes another repository where the image moves', () => {
    const moves = imageDifference(readReleasedImages('ghcr.io/acme/web=registry.example.com/web:1.5.0').released, []);
    expect(moves('image', 'ghcr.io/acme/web:1.4.2', 'registry.example.com/web:1.5.0')).toBe(true);
    expect(moves('image', 'ghcr.io/acme/web:1.4.2', 'registry.example.com/other:1.5.0')).toBe(false);
  });

  it('takes a version alone at the path of an edit, and nowhere else', () => {
    const { released } = readReleasedImages('ghcr.io/acme/web:1.5.0');
    const change = { file: 'a.yaml', line: 1, image: 'ghcr.io/acme/web', from: '1.4.2', to: '1.5.0' };
    const at = (where: string) => imageDifference(released, [{ ...change, where }]);
    const inValues = at('HelmRelease/web spec.values.image');
    expect(inValues('spec.values.image.tag', '1.4.2', '1.5.0')).toBe(true);
    expect(inValues('spec.values.image.tag', '1.4.2', '1.6.0')).toBe(false);
    expect(inValues('spec.values.imageOfOthers', '1.4.2', '1.5.0')).toBe(false);
    expect(inValues('metadata.labels.version', '1.4.2', '1.5.0')).toBe(false);
    const inBlock = at('spec.source.helm.values image');
    expect(inBlock('spec.source.helm.values', 'image:\n  tag: 1.4.2\n', 'image:\n  tag: 1.5.0\n')).toBe(true);
    expect(inBlock('spec.source.helm.values', 'tag: 1.4.2\nn: 1', 'tag: 1.5.0\nn: 2')).toBe(false);
    const first = imageDifference(released, [{ ...change, from: '', where: 'image' }]);
    expect(first('image.tag', '', '1.5.0')).toBe(true);
  });
});
