import { describe, expect, test } from 'vitest';
import type { Commit } from '../../../src/core/objects.ts';
import type { PullRequest, PullRequests } from '../../../src/forge/forge.ts';
import { identityKey, identityOf, type ReleaseIdentity } from '../../../src/inputs/identity.ts';
import { PLAIN_RELEASE } from '../../../src/inputs/operation.ts';
import type { Build } from '../../../src/release/build.ts';
import { withTrailers } from '../../../src/release/commit-trailers.ts';
import { NO_ATTRIBUTES, writeMetadata } from '../../../src/release/pull-request/metadata.ts';
import {
  mergedBuilds,
  otherReleaseOn,
  selectPullRequests,
  type ReleaseCriteria,
} from '../../../src/release/pull-request/select.ts';

const STAGING = identityOf({ app: 'web', environment: 'staging' }, [], []);
const PRODUCTION = identityOf({ app: 'web', environment: 'production' }, [], []);
const [KEY, OTHER_KEY] = [identityKey(STAGING), identityKey(PRODUCTION)];
const BUILD: Build = {
  images: ['acme/web:1.4.2', 'acme/api:1.0.0'],
  source: { repository: '', commit: '', time: '', build: '' },
  operation: PLAIN_RELEASE,
  run: { url: '', actor: '' },
};
const ROLLBACK: Build = {
  ...BUILD,
  operation: { ...PLAIN_RELEASE, action: 'Roll back', rollsBack: ['acme/web:1.5.0'] },
};
const CRITERIA: ReleaseCriteria = {
  key: KEY,
  branch: 'release/web',
  branches: {
    names: [{ name: 'web', branch: 'release/web' }],
    otherNames: [{ name: 'api', branch: 'release/api' }],
    patterns: [['release/web'], ['release/api']],
  },
  build: BUILD,
};
const PER_VERSION: Partial<ReleaseCriteria> = {
  branch: 'release/web-1.4.2',
  branches: { names: [{ name: 'web', branch: 'release/web-1.4.2' }], otherNames: [], patterns: [['release/web-', '']] },
};

interface Given extends Partial<PullRequest> {
  /** Of the release that its body is about. */
  readonly key?: string;
  readonly identity?: ReleaseIdentity | undefined;
  readonly build?: Build;
  readonly closed?: string;
}

const commitOf = (message: string, id = 'c1'): Commit => ({
  id,
  tree: '',
  parents: [],
  committerEmail: '',
  message,
  signed: false,
});

function pullRequest(number: number, given: Given = {}): PullRequest {
  const { key = KEY, build = BUILD, closed = '', ...facts } = given;
  const identity = 'identity' in given ? given.identity : STAGING;
  const metadata = { key, closed, tree: '', title: '', version: '', skipped: [], given: NO_ATTRIBUTES };
  const message = identity ? withTrailers('R', { name: 'web', identity, base: '', build }) : 'By hand';
  return {
    number,
    url: '',
    id: '',
    state: 'open',
    title: '',
    body: writeMetadata('', metadata, 'text', 65_536, 'html-comment'),
    draft: false,
    labels: [],
    reviewers: [],
    'team-reviewers': [],
    assignees: [],
    commits: [commitOf('Tune'), commitOf(message, `head-${number}`)],
    isWhole: false,
    closedByDeletion: false,
    branch: 'release/web',
    headId: `head-${number}`,
    head: undefined,
    verified: false,
    ...facts,
  };
}

const numberOf = (one: { readonly pullRequest: PullRequest } | undefined): number | undefined =>
  one?.pullRequest.number;
const select = (found: Partial<PullRequests>, criteria: Partial<ReleaseCriteria> = {}) =>
  selectPullRequests({ open: [], past: [], ...found }, { ...CRITERIA, ...criteria });

describe('selectPullRequests', () => {
  test('takes that of the branch, whatever its body and its commits say', () => {
    const { present } = select({
      open: [pullRequest(2, { branch: 'x' }), pullRequest(1, { body: 'Mine', identity: undefined })],
    });
    expect(numberOf(present)).toBe(1);
    expect(present).toMatchObject({ metadata: undefined, build: undefined });
  });

  test('never takes another branch for its body, nor for its commits', () => {
    const open = [pullRequest(2, { branch: 'develop' }), pullRequest(1, { branch: 'fix/web', identity: undefined })];
    expect(select({ open })).toMatchObject({ present: undefined, others: [] });
    expect(select({ open }, PER_VERSION)).toMatchObject({ present: undefined, others: [] });
  });

  test('takes a branch of another version, or of another order of images, where its commits are of the release', () => {
    const branches = ['release/web-1.4.1', 'release/web-api-2.0', 'release/web-foo'];
    const [old, stranger, persons] = branches.map((branch, index) => pullRequest(index + 1, { branch }));
    const open = [
      ...(persons ? [{ ...persons, commits: [commitOf('By hand')] }] : []),
      ...(stranger ? [pullRequest(2, { branch: stranger.branch, identity: PRODUCTION })] : []),
      ...(old ? [old] : []),
    ];
    expect(select({ open }, PER_VERSION).others.map(numberOf)).toEqual([1]);
    expect(select({ open: [pullRequest(1, { branch: 'release/api' })] }).others.map(numberOf)).toEqual([1]);
  });

  test('looks at one identity only', () => {
    const other = { key: OTHER_KEY, identity: PRODUCTION };
    const found = select({
      open: [pullRequest(3, { branch: 'release/api', ...other })],
      past: [pullRequest(2, { state: 'closed', ...other }), pullRequest(1, { state: 'merged', ...other })],
    });
    expect(found).toMatchObject({ present: undefined, others: [], declined: undefined, merged: [] });
  });

  test('keeps rollbacks and releases apart, by their branches', () => {
    const open = [pullRequest(1, { branch: 'rollback/web', build: ROLLBACK })];
    expect(select({ open })).toMatchObject({ present: undefined, others: [] });
    const past = [pullRequest(1, { state: 'merged', branch: 'rollback/web', build: ROLLBACK })];
    expect(select({ past }).merged.map(numberOf), 'but what was merged counts for both').toEqual([1]);
  });

  test.each<[what: string, past: Given[], declined: number | undefined]>([
    ['closed by a person', [{ state: 'closed' }], 1],
    ['closed by a person, in another order of images', [{ state: 'closed', build: { ...BUILD, images: BUILD.images.toReversed() } }], 1], // prettier-ignore
    ['of another version', [{ state: 'closed', build: { ...BUILD, images: ['acme/web:1.4.3'] } }], undefined],
    ['closed by us', [{ state: 'closed', closed: 'Superseded by #2.' }], undefined],
    ['closed by the deletion of its branch', [{ state: 'closed', closedByDeletion: true }], undefined],
    ['closed from another branch', [{ state: 'closed', branch: 'fix/web' }], undefined],
    ['merged', [{ state: 'merged' }], undefined],
    ['closed, and merged later', [{ state: 'merged' }, { state: 'closed' }], undefined],
    ['merged, and closed later', [{ state: 'closed' }, { state: 'merged' }], 1],
    [
      'a rollback to these versions that was closed',
      [{ state: 'closed', branch: 'rollback/web', build: ROLLBACK }],
      undefined,
    ],
  ])('declined: %s', (_, past, declined) => {
    const found = select({ past: past.map((given, index) => pullRequest(index + 1, given)) });
    expect(found.declined?.number).toBe(declined);
  });

  test('tells what was closed by the deletion of its branch, and knows the heads of all that ended', () => {
    const { deleted, pastHeads } = select({
      past: [pullRequest(2, { state: 'closed', closedByDeletion: true }), pullRequest(1, { state: 'merged' })],
    });
    expect(deleted?.number).toBe(2);
    expect([...pastHeads]).toEqual(['head-2', 'head-1']);
  });
});

describe('otherReleaseOn', () => {
  const commit = commitOf;
  const ofStaging = withTrailers('R', { name: 'web', identity: STAGING, base: '', build: BUILD });
  const ofProduction = withTrailers('R', { name: 'web', identity: PRODUCTION, base: '', build: BUILD });

  test.each<[what: string, found: Partial<PullRequests>, commits: Commit[], other: string | undefined]>([
    ['nothing', {}, [], undefined],
    ['our pull request', { open: [pullRequest(1)] }, [commit(ofStaging)], undefined],
    [
      'a text of another, where no commit says anything',
      { open: [pullRequest(1, { key: OTHER_KEY })] },
      [commit('Tune')],
      'pull request #1',
    ],
    [
      'a text of another above our commit',
      { open: [pullRequest(1, { key: OTHER_KEY })] },
      [commit(ofStaging)],
      undefined,
    ],
    [
      'a pull request of another from another branch',
      { open: [pullRequest(1, { key: OTHER_KEY, branch: 'x' })] },
      [],
      undefined,
    ],
    ['our commit', {}, [commit(ofStaging)], undefined],
    ['a commit of another', {}, [commit(ofProduction)], 'web in production'],
    ['a commit by others on one of another', {}, [commit('Tune'), commit(ofProduction, 'c2')], 'web in production'],
    ['our commit on one of another', {}, [commit(ofStaging), commit(ofProduction, 'c2')], undefined],
    ['commits by others alone', {}, [commit('Tune')], undefined],
    ['a commit of another that was merged', { past: [pullRequest(1, { state: 'merged', headId: 'c1', key: OTHER_KEY })] }, [commit(ofProduction)], undefined], // prettier-ignore
  ])('%s', (_, found, commits, other) => {
    const sought = { key: KEY, base: '' };
    expect(otherReleaseOn('release/web', sought, { open: [], past: [], ...found }, commits, undefined)?.release).toBe(
      other,
    );
  });
});

test('otherReleaseOn knows the same release into another base, unless it is open into this one by now', () => {
  const told = { name: 'web', identity: STAGING, base: '', build: BUILD };
  const [plain, intoDev] = [withTrailers('R', told), withTrailers('R', { ...told, into: 'dev' })].map((text) => [
    commitOf(text),
  ]);
  const other = (base: string, commits: Commit[] = [], open: PullRequests['open'] = []): string | undefined =>
    otherReleaseOn('release/web', { key: KEY, base }, { open, past: [] }, commits, undefined)?.release;
  expect(other('dev', intoDev)).toBeUndefined();
  expect(other('', intoDev)).toBe('web in staging into dev');
  expect(other('dev', plain)).toBe('web in staging into the default branch');
  expect(other('dev', plain, [pullRequest(1)])).toBeUndefined();
});

test('mergedBuilds has what was merged of one identity, by number', () => {
  const past = [
    pullRequest(4, { state: 'merged', identity: PRODUCTION }),
    pullRequest(3, { state: 'merged', build: ROLLBACK }),
    pullRequest(2, { state: 'closed' }),
    pullRequest(1, { state: 'merged' }),
  ];
  expect([...mergedBuilds({ past }, KEY)]).toEqual([
    ['3', ROLLBACK],
    ['1', BUILD],
  ]);
});
