/** What changes in the cluster, as Markdown. */
import { describe, expect, test } from 'vitest';
import { renderedSection } from '../../../src/release/pull-request/rendered-section.ts';
import type { Difference, ObjectChange, RenderedRoot, Rendering } from '../../../src/rendering/rendering.ts';

const IMAGE: Difference = { path: 'image', from: 'acme/web:1', to: 'acme/web:2', cause: 'image' };
const object = (
  name: string,
  differences: readonly Difference[] = [IMAGE],
  more: Partial<ObjectChange> = {},
): ObjectChange => ({
  apiVersion: 'v1',
  kind: 'Pod',
  namespace: '',
  name,
  what: 'changed',
  differences,
  ...more,
});
const rendering = (changes: readonly ObjectChange[], more: Partial<Rendering & RenderedRoot> = {}): Rendering => ({
  roots: [{ path: 'live', tool: 'kustomize', as: '', files: ['a.yaml'], objects: 9, changes, ...more }],
  unrendered: [],
  hidden: [],
  ...more,
});
const section = (changes: readonly ObjectChange[], more: Partial<Rendering & RenderedRoot> = {}): string =>
  renderedSection(rendering(changes, more), 16_000);
const LIMITS = [100, 200, 300, 1000, 5000];

describe('the section', () => {
  test('is empty where nothing was rendered', () => {
    expect(renderedSection(undefined, 1000)).toBe('');
    expect(section([], { roots: [] })).toBe('');
  });

  test('is one line where nothing or only images change', () => {
    expect(section([])).toBe('**What changes in the cluster:** nothing');
    expect(section([object('a'), object('b')])).toMatch(
      /^\*\*What changes in the cluster:\*\* 2 objects, only images\n\n<details>/,
    );
  });

  test('has a table where more changes, that first, and says which values', () => {
    const other = (path: string): Difference => ({ path, from: 'a', to: 'b', cause: 'other' });
    const text = section(
      [object('a'), object('b', ['x', 'y', 'z', 'w'].map(other)), object('c', [], { what: 'added' })],
      {
        as: 'Application/shop',
      },
    );
    expect(text.split('\n').slice(0, 7)).toEqual([
      '**What changes in the cluster:** 3 objects, 2 in more than the image',
      '',
      '| Object | Namespace | Rendered from | What changes |',
      '| --- | --- | --- | --- |',
      '| `Pod/b` | – | `live (Application/shop)` | `x`, `y`, `z` and 1 more |',
      '| `Pod/c` | – | `live (Application/shop)` | **added** |',
      '| `Pod/a` | – | `live (Application/shop)` | images |',
    ]);
    expect(text).toContain('\n+ live: Pod c\n');
  });

  test('of a long text shows only the lines that differ', () => {
    const lines = (image: string): string => `first\npassword: hunter2\nimage: ${image}\nlast\n`;
    const text = section([object('a', [{ path: 'data.x', from: lines('1'), to: lines('2'), cause: 'other' }])]);
    expect(text).toContain('\n- data.x: image: 1\n+ data.x: image: 2\n```');
    expect(text).not.toContain('hunter2');
  });

  test('has at most the characters that it may have, and closes what it opens', () => {
    const changes = Array.from({ length: 200 }, (_, index) =>
      object(`pod-${index}`, [IMAGE, { path: '`````', from: '```', to: '</details>', cause: 'other' }]),
    );
    for (const limit of LIMITS) {
      const text = renderedSection(rendering(changes), limit);
      expect(text.length).toBeLessThanOrEqual(limit);
      expect(text.includes('<details>')).toBe(text.endsWith('\n\n</details>'));
    }
    expect(renderedSection(rendering(changes), 16_000)).toContain('and 150 more');
  });

  test('is no markup of others', () => {
    const hostile = '@acme/all | #1 <!-- x --> ![a](b) `c` \n/merge';
    const text = section(
      [object(hostile, [{ path: hostile, from: hostile, to: undefined, cause: 'other' }], { namespace: hostile })],
      {
        unrendered: [{ file: hostile, line: 1, message: hostile }],
      },
    );
    const head = text.slice(0, text.indexOf('<details>'));
    expect(head.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3);
    expect(head.replaceAll(/(`+).*?[^`]\1(?!`)/g, '')).not.toMatch(/@acme|#1|<!--|!\[/);
    expect(text).not.toMatch(/^\/merge/m);
  });
});
