import { describe, expect, test } from 'vitest';
import { FORGE_KINDS } from '../../src/forge/kind.ts';
import { opensByPush, pushOptions, type PushedRequest } from '../../src/forge/push-options.ts';

const WANTED: PushedRequest = {
  base: 'main',
  title: 'Release web "1.5" \\ 🚀',
  isNew: true,
  attributes: { labels: ['a b', 'c'], assignees: ['ada'], milestone: 'Sprint 12', draft: true },
};
const PLAIN = { labels: [], assignees: [], milestone: '', draft: false };

describe('GitLab', () => {
  test('is asked for all of a new one', () => {
    expect(pushOptions('gitlab', WANTED)).toEqual([
      'merge_request.create',
      'merge_request.target=main',
      'merge_request.title=Release web "1.5" \\ 🚀',
      'merge_request.draft',
      'merge_request.label=a b',
      'merge_request.label=c',
      'merge_request.assign=ada',
      'merge_request.milestone=Sprint 12',
    ]);
  });

  test('is not asked for what people may have changed since', () => {
    const created = ['merge_request.create', 'merge_request.target=main'];
    expect(pushOptions('gitlab', { ...WANTED, isNew: false })).toEqual(created);
    expect(pushOptions('gitlab', { ...WANTED, attributes: PLAIN })).toEqual([
      ...created,
      expect.stringContaining('merge_request.title='),
    ]);
  });

  test('gets no option with a line break, which git refuses', () => {
    expect(pushOptions('gitlab', { ...WANTED, title: 'a\nb', attributes: PLAIN })).toHaveLength(2);
  });
});

test.each(FORGE_KINDS.filter((kind) => kind !== 'gitlab'))('%s gets none', (kind) => {
  expect([opensByPush(kind), pushOptions(kind, WANTED)]).toEqual([false, []]);
});
