import { describe, expect, test } from 'vitest';
import type { Commit } from '../../src/core/objects.ts';
import type { PullRequest } from '../../src/forge/forge.ts';
import type { Policy } from '../../src/inputs/inputs.ts';
import { PLAIN_RELEASE } from '../../src/inputs/operation.ts';
import type { Build } from '../../src/release/build.ts';
import type { Present } from '../../src/release/compare-builds.ts';
import { decide, decideSuperseded, type Asked, type Decision, type Facts } from '../../src/release/decide.ts';
import { NO_ATTRIBUTES, type Metadata } from '../../src/release/pull-request/metadata.ts';
import type { KnownPullRequest, ReleasePullRequests } from '../../src/release/pull-request/select.ts';

const NO_PULL_REQUESTS: ReleasePullRequests = {
  present: undefined,
  others: [],
  onOtherBranches: [],
  declined: undefined,
  deleted: undefined,
  merged: [],
  pastHeads: new Set(),
  head: undefined,
};

const BASE = '1'.repeat(40);
const POLICY: Policy = {
  delivery: 'pull-request',
  order: 'newest',
  force: false,
  onForeignCommits: 'append',
  dryRun: false,
  render: 'auto',
  sourceCommits: 'auto',
  bases: [],
};
const BUILD: Build = {
  images: ['acme/web:1.4.2'],
  source: { repository: 'acme/web', commit: 'a'.repeat(40), time: '', build: '' },
  operation: PLAIN_RELEASE,
  run: { url: '', actor: '' },
};

const asked = (policy: Partial<Policy> = {}): Asked => ({
  inputs: { policy: { ...POLICY, ...policy } },
  build: BUILD,
});

const OURS: Commit = {
  id: '2'.repeat(40),
  tree: '3'.repeat(40),
  parents: [BASE],
  committerEmail: 'bot@example.com',
  message: 'Release web',
  signed: false,
};
const FOREIGN: Commit = { ...OURS, id: '4'.repeat(40), committerEmail: 'ada@example.com', message: 'Tune\n' };

function pullRequest(number: number, head: Commit | undefined = OURS, images = BUILD.images): KnownPullRequest {
  const known: PullRequest = {
    number,
    url: '',
    id: '',
    state: 'open',
    title: '',
    body: '',
    draft: false,
    labels: [],
    reviewers: [],
    'team-reviewers': [],
    assignees: [],
    commits: [],
    isWhole: false,
    closedByDeletion: false,
    branch: `release/${number}`,
    headId: head?.id ?? '',
    head,
    verified: false,
  };
  const metadata: Metadata = {
    key: 'key',
    tree: '',
    title: '',
    version: '',
    skipped: [],
    given: NO_ATTRIBUTES,
    closed: '',
  };
  return { pullRequest: known, metadata, build: { ...BUILD, images } };
}

const FILE = { path: 'web.yaml', mode: '100644', bytes: new Uint8Array() };
const FACTS: Facts = {
  pullRequests: NO_PULL_REQUESTS,
  foreign: [],
  plan: { files: [FILE], changes: [] },
  present: [],
  disposable: new Set([OURS.id]),
  rolledBackBy: undefined,
};
const DONE: Partial<Facts> = { plan: { files: [], changes: [] } };
const NEWER: Present = { where: 'main', versions: [['1.5.0', '1.4.2']], build: undefined };
const OLDER: Present = { where: 'main', versions: [['1.4.1', '1.4.2']], build: undefined };
const UNORDERED: Present = { where: 'main', versions: [['main-2', 'main-1']], build: BUILD };
const [ONE, TWO, THREE] = [pullRequest(1), pullRequest(2), pullRequest(3)];
const TUNED = pullRequest(4, FOREIGN);
const GONE: KnownPullRequest = { ...pullRequest(5), pullRequest: { ...pullRequest(5).pullRequest, head: undefined } };
const DECLINED = { ...pullRequest(6).pullRequest, state: 'closed' as const };
const SKIP = { kind: 'skip' as const, reason: 'main has 1.5.0, which is newer than 1.4.2' };
const RELEASE: Decision = { kind: 'release' };
const ROLLED_BACK: Decision = { kind: 'decline', reason: 'pull request #7 rolled it back', pullRequest: undefined };

const pulls = (some: Partial<Facts['pullRequests']>): Partial<Facts> => ({
  pullRequests: { ...NO_PULL_REQUESTS, ...some },
});

describe('decide', () => {
  test.each<[what: string, facts: Partial<Facts>, policy: Partial<Policy>, decision: Decision]>([
    ['releases where nothing is in the way', {}, {}, RELEASE],
    ['releases what is newer', { present: [OLDER] }, {}, RELEASE],
    ['skips what is older', { present: [OLDER, NEWER] }, {}, SKIP],
    ['skips what is older, also when nothing would change', { ...DONE, present: [NEWER] }, {}, SKIP],
    ['skips what is older, also with force', { present: [NEWER] }, { force: true }, SKIP],
    ['skips what is older before it looks at commits by others', { present: [NEWER], foreign: [FOREIGN] }, { onForeignCommits: 'stop' }, SKIP], // prettier-ignore
    ['releases what is older in any order', { present: [NEWER] }, { order: 'any' }, RELEASE],
    [
      'skips a build whose source commit is behind',
      { present: [{ ...UNORDERED, build: { ...BUILD, source: { ...BUILD.source, commit: 'b'.repeat(40) } }, comparison: 'behind' }] }, // prettier-ignore
      {},
      { kind: 'skip', reason: 'main has the build of acme/web@bbbbbbb, and aaaaaaa is behind it' },
    ],
    ['releases where nothing tells an order', { present: [{ ...UNORDERED, build: undefined }] }, {}, RELEASE],

    ['changes nothing where the base has it all', DONE, {}, { kind: 'unchanged' }],
    [
      'closes every open pull request of it where the base has it all',
      { ...DONE, ...pulls({ present: ONE, others: [TWO, THREE] }) },
      {},
      { kind: 'close', closed: [ONE, TWO, THREE], kept: [] },
    ],
    [
      'keeps those with commits by others, and those without a branch',
      { ...DONE, ...pulls({ present: TUNED, others: [ONE, GONE] }) },
      {},
      { kind: 'close', closed: [ONE], kept: [TUNED, GONE] },
    ],
    [
      'closes those with commits by others with on-foreign-commits: reset',
      { ...DONE, ...pulls({ present: TUNED }) },
      { onForeignCommits: 'reset' },
      { kind: 'close', closed: [TUNED], kept: [] },
    ],

    ['declines what a rollback removed', { rolledBackBy: 'pull request #7' }, {}, ROLLED_BACK],
    ['declines what a rollback removed, also while one is open', { rolledBackBy: 'pull request #7', ...pulls({ present: ONE }) }, {}, ROLLED_BACK], // prettier-ignore
    ['releases what a rollback removed with force', { rolledBackBy: 'pull request #7' }, { force: true }, RELEASE],
    ['does not decline what the base has', { ...DONE, rolledBackBy: 'pull request #7' }, {}, { kind: 'unchanged' }],
    ['declines what a person closed', pulls({ declined: DECLINED }), {}, { kind: 'decline', reason: '', pullRequest: DECLINED }], // prettier-ignore
    ['releases what a person closed with force', pulls({ declined: DECLINED }), { force: true }, RELEASE],
    ['releases what a person closed and one is open for', pulls({ declined: DECLINED, present: ONE }), {}, RELEASE],

    ['releases on top of commits by others', { foreign: [FOREIGN] }, {}, RELEASE],
    ['refuses commits by others with stop', { foreign: [FOREIGN] }, { onForeignCommits: 'stop' }, { kind: 'refuse', commits: [FOREIGN] }], // prettier-ignore
    ['has nothing to refuse where there are none', {}, { onForeignCommits: 'stop' }, RELEASE],
    ['declines before it refuses', { foreign: [FOREIGN], ...pulls({ declined: DECLINED }) }, { onForeignCommits: 'stop' }, { kind: 'decline', reason: '', pullRequest: DECLINED }], // prettier-ignore
  ])('%s', (_, facts, policy, decision) => {
    expect(decide(asked(policy), { ...FACTS, ...facts })).toEqual(decision);
  });
});

describe('a rollback', () => {
  const rollback: Asked = {
    ...asked({ force: true, order: 'any' }),
    build: {
      ...BUILD,
      operation: {
        ...PLAIN_RELEASE,
        action: 'Roll back',
        rollsBack: ['ghcr.io/acme/web:1.4.2', 'ghcr.io/acme/web:1.4.3'],
      },
    },
  };
  const from = (image: string, version: string): Partial<Facts> => ({
    plan: {
      files: [FILE],
      changes: [{ file: 'web.yaml', line: 1, where: 'image', image, from: version, to: '1.4.1' }],
    },
  });

  test.each<[what: string, facts: Partial<Facts>, decision: Decision]>([
    ['goes back from the version that it is to remove', from('ghcr.io/acme/web', '1.4.2'), RELEASE],
    ['goes back from another one that it is to remove', from('ghcr.io/acme/web', '1.4.3'), RELEASE],
    [
      'does not go back from another one',
      from('ghcr.io/acme/web', '1.5.0'),
      { kind: 'overtaken', versions: ['1.5.0'] },
    ],
    ['does not go back from another one that a move names whole', from('ghcr.io/acme/web', 'ghcr.io/acme/web:1.5.0'), { kind: 'overtaken', versions: ['ghcr.io/acme/web:1.5.0'] }], // prettier-ignore
    ['writes a first version', from('ghcr.io/acme/web', ''), RELEASE],
    ['writes an image that it removes no version of', from('ghcr.io/acme/worker', '1.5.0'), RELEASE],
    ['has nothing to do where another one was faster', DONE, { kind: 'unchanged' }],
  ])('%s', (_, facts, decision) => {
    expect(decide(rollback, { ...FACTS, ...facts })).toEqual(decision);
  });
});

describe('decideSuperseded', () => {
  const other = (known: KnownPullRequest, present: Present) => ({ known, present });

  test.each([
    ['every older one', [other(ONE, OLDER), other(TWO, OLDER)], {}, { superseded: [ONE, TWO] }],
    ['none', [], {}, { superseded: [] }],
    [
      'no older one while a newer one is open',
      [other(ONE, OLDER), other(TWO, NEWER)],
      {},
      { newer: TWO, reason: SKIP.reason },
    ],
    ['also a newer one in any order', [other(TWO, NEWER)], { order: 'any' as const }, { superseded: [TWO] }],
    ['one of no known order', [other(TWO, { ...UNORDERED, build: undefined })], {}, { superseded: [TWO] }],
  ])('%s', (_, others, policy, expected) => {
    expect(decideSuperseded(asked(policy), others)).toEqual(expected);
  });
});
