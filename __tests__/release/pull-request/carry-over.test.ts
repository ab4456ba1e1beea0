import { expect, test } from 'vitest';
import type { PullRequest } from '../../../src/forge/forge.ts';
import { carryOver, withCarryOver } from '../../../src/release/pull-request/carry-over.ts';
import { NO_ATTRIBUTES, writeMetadata } from '../../../src/release/pull-request/metadata.ts';
import { readMetadata } from '../../../src/release/pull-request/metadata.ts';
import type { ReleasePullRequest } from '../../../src/release/pull-request/select.ts';

const KEY = 'key';
const WANTED = {
  labels: ['deploy', 'bump/minor'],
  reviewers: ['ada'],
  'team-reviewers': ['acme/platform'],
  assignees: [],
};
const GIVEN = { ...NO_ATTRIBUTES, ...WANTED, labels: ['deploy', 'bump/patch'] };
const BLOCK = writeMetadata(
  '',
  { key: KEY, tree: '', title: '', version: '', skipped: [], given: GIVEN, closed: '' },
  'text',
  65_536,
  'html-comment',
);
const isTemplated = (label: string): boolean => label === 'deploy' || label.startsWith('bump/');

function superseded(change: Partial<PullRequest>): ReleasePullRequest {
  const pullRequest: PullRequest = {
    number: 1,
    url: '',
    id: '',
    state: 'open',
    title: '',
    body: BLOCK,
    draft: false,
    labels: ['deploy', 'bump/patch'],
    reviewers: [],
    'team-reviewers': [],
    assignees: [],
    commits: [],
    isWhole: false,
    closedByDeletion: false,
    branch: 'release/web-1',
    headId: '',
    head: undefined,
    verified: false,
    ...change,
  };
  return { pullRequest, metadata: readMetadata(pullRequest.body, KEY), build: undefined };
}

const over = (...changes: Partial<PullRequest>[]) => carryOver(changes.map(superseded), WANTED, isTemplated, KEY);

test('nothing is carried over where people did nothing', () => {
  const found = over({ reviewers: ['ada'], 'team-reviewers': ['platform'] });
  expect(withCarryOver(WANTED, found)).toEqual(WANTED);
  expect(found.notes).toEqual({ before: '', after: '' });
});

test('what people added and took away, and what they wrote', () => {
  const found = over(
    { labels: ['bump/patch', 'hold'], reviewers: ['Grace', 'ADA'], body: `Wait.\n\n${BLOCK}` },
    { labels: ['deploy', 'bump/patch', 'hold'], assignees: ['bob'], body: `Wait.\n\n${BLOCK}\n\n- [x] tested` },
  );
  expect(withCarryOver(WANTED, found)).toEqual({
    labels: ['bump/minor', 'hold'],
    reviewers: ['ada', 'Grace'],
    'team-reviewers': ['acme/platform'],
    assignees: ['bob'],
  });
  expect(found.notes).toEqual({ before: 'Wait.', after: '- [x] tested' });
});

test('where our text is unreadable: labels that no template gives, and the whole text', () => {
  const found = over({ body: 'All mine.', labels: ['bump/patch', 'hold'] });
  expect(withCarryOver(WANTED, found).labels).toEqual(['deploy', 'bump/minor', 'hold']);
  expect(found.notes.before).toBe('All mine.');
});
