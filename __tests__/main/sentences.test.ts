import { describe, expect, test } from 'vitest';
import { sentence } from '../../src/main/sentences.ts';
import type { Outcome } from '../../src/release/outcome.ts';
import { CHANGE, CREATED, LEFT, NO_PULL_REQUEST, PULL_REQUEST } from './outcome.ts';

describe('the sentence', () => {
  const cases: [what: string, outcome: Outcome, expected: string][] = [
    ['created', CREATED, `Opened pull request #7 (${PULL_REQUEST.url}): 3 places in 2 files.`],
    [
      'with a place in the merge queue',
      { ...CREATED, merging: 'queued' },
      `Opened pull request #7 (${PULL_REQUEST.url}), which is in the merge queue: 3 places in 2 files.`,
    ],
    [
      'with auto-merge',
      { ...CREATED, outcome: 'updated', merging: 'enabled' },
      `Updated pull request #7 (${PULL_REQUEST.url}), which is merged when nothing is left to wait for: 3 places in 2 files.`,
    ],
    [
      'merged',
      { ...CREATED, outcome: 'merged', merging: 'merged' },
      `Merged pull request #7 (${PULL_REQUEST.url}) at once, because nothing was left to wait for: 3 places in 2 files.`,
    ],
    [
      'with lines that keep another version',
      { ...CREATED, left: [LEFT, { ...LEFT, line: 4 }] },
      `Opened pull request #7 (${PULL_REQUEST.url}): 3 places in 2 files; 2 lines keep another version.`,
    ],
    [
      'updated',
      { ...CREATED, outcome: 'updated' },
      `Updated pull request #7 (${PULL_REQUEST.url}): 3 places in 2 files.`,
    ],
    [
      'of one place',
      { ...CREATED, changes: [CHANGE] },
      `Opened pull request #7 (${PULL_REQUEST.url}): 1 place in 1 file.`,
    ],
    [
      'pushed',
      { ...NO_PULL_REQUEST, outcome: 'pushed' },
      'Pushed branch release/web to acme/manifests: 3 places in 2 files; open its pull request there.',
    ],
    [
      'pushed, where the server names a page',
      { ...NO_PULL_REQUEST, outcome: 'pushed', page: 'https://git.test/acme/manifests/-/merge_requests/1' },
      'Pushed branch release/web to acme/manifests: 3 places in 2 files; for its pull request see ' +
        'https://git.test/acme/manifests/-/merge_requests/1.',
    ],
    [
      'pushed to the base',
      { ...NO_PULL_REQUEST, outcome: 'pushed', delivery: 'push', branch: 'main' },
      'Pushed to main of acme/manifests: 3 places in 2 files.',
    ],
    [
      'closed',
      { ...CREATED, outcome: 'closed', changes: [] },
      `Closed pull request #7 (${PULL_REQUEST.url}): main has these versions already.`,
    ],
    [
      'skipped-older',
      { ...NO_PULL_REQUEST, outcome: 'skipped-older', reason: 'main has 1.5.0, which is newer than 1.4.2' },
      'Skipped 1.4.2: main has 1.5.0, which is newer than 1.4.2. To go back anyway, set force: true.',
    ],
    [
      'declined',
      { ...CREATED, outcome: 'declined', pullRequest: { ...PULL_REQUEST, state: 'closed' } },
      `Skipped 1.4.2: its pull request #7 (${PULL_REQUEST.url}) was closed by hand without merging. Reopen it, or set force: true.`,
    ],
    [
      'dry-run',
      { ...NO_PULL_REQUEST, outcome: 'dry-run' },
      'Dry run: 3 places in 2 files would change; nothing was written.',
    ],
    [
      'unchanged, because the base has it',
      { ...NO_PULL_REQUEST, outcome: 'unchanged', changes: [] },
      'Nothing to do: main has these versions already.',
    ],
    [
      'unchanged, because the pull request has it',
      { ...CREATED, outcome: 'unchanged' },
      `Nothing to do: pull request #7 (${PULL_REQUEST.url}) has these versions already.`,
    ],
    [
      'unchanged, because the branch has it',
      { ...NO_PULL_REQUEST, outcome: 'unchanged' },
      'Nothing to do: branch release/web has these versions already.',
    ],
  ];
  test.each(cases)('%s', (_, outcome, expected) => {
    expect(sentence(outcome)).toBe(expected);
  });

  test('is one visible line whatever it tells of', () => {
    const outcome = { ...NO_PULL_REQUEST, outcome: 'pushed', branch: 'a\nb\u202ec', repository: 'x\r\ny' } as const;
    expect(sentence(outcome)).toMatch(/^Pushed branch a\\u\{a\}b\\u\{202e\}c to x\\u\{d\}\\u\{a\}y: [^\n]+\.$/);
    const outcomes = ['closed', 'skipped-older', 'declined', 'unchanged', 'pushed'] as const;
    for (const name of outcomes) {
      const told = {
        ...outcome,
        outcome: name,
        delivery: 'push',
        version: '1\n2',
        base: 'm\u0007',
        changes: [],
      } as const;
      expect(sentence(told), name).toMatch(/^[^\p{Cc}\p{Cf}]+\.$/u);
    }
  });
});
