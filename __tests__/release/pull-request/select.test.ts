import { describe, expect, test } from 'vitest';
import type { Commit } from '../../../src/core/objects.ts';
import type { PullRequest, PullRequests } from '../../../src/forge/forge.ts';
import { identityKey, identityOf } from '../../../src/inputs/identity.ts';
import { PLAIN_RELEASE } from '../../../src/inputs/operation.ts';
import type { Build } from '../../../src/release/build.ts';
import { withTrailers } from '../../../src/release/commit-trailers.ts';
import { imageSetOf, NO_ATTRIBUTES, writeMetadata } from '../../../src/release/pull-request/metadata.ts';
import { mergedBuilds, otherReleaseOn, selectPullRequests } from '../../../src/release/pull-request/select.ts';

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
const SOUGHT = { key: KEY, branch: 'release/web', perVersion: false, build: BUILD };

interface Given extends Partial<PullRequest> {
  readonly key?: string;
  readonly build?: Build;
  readonly closed?: string;
}

function pullRequest(number: number, { key = KEY, build = BUILD, closed = '', ...given }: Given = {}): PullRequest {
  const imageSet = imageSetOf(build);
  const about = { commit: '', title: '', version: '', skipped: [], given: NO_ATTRIBUTES };
  const metadata = { key, release: `release ${key}`, imageSet, build, closed, ...about };
  return {
    number,
    url: '',
    id: '',
    state: 'open',
    title: '',
    body: writeMetadata('', metadata, 'text', 65_536),
    draft: false,
    labels: [],
    reviewers: [],
    'team-reviewers': [],
    assignees: [],
    commits: [],
    closedByDeletion: false,
    branch: 'release/web',
    headId: `head-${number}`,
    head: undefined,
    verified: false,
    ...given,
  };
}

const numberOf = (one: { readonly pullRequest: PullRequest } | undefined): number | undefined =>
  one?.pullRequest.number;
const select = (found: Partial<PullRequests>, sought: Partial<typeof SOUGHT> = {}) =>
  selectPullRequests({ open: [], past: [], ...found }, { ...SOUGHT, ...sought });

describe('selectPullRequests', () => {
  test('takes that of the branch, whatever its body says', () => {
    const { present } = select({ open: [pullRequest(2, { branch: 'x' }), pullRequest(1, { body: 'Mine' })] });
    expect(numberOf(present)).toBe(1);
    expect(present?.metadata).toBeUndefined();
  });

  test('else one with its metadata, wherever its branch is; with a branch for each version that is another one', () => {
    const open = [pullRequest(2, { branch: 'y' }), pullRequest(1, { branch: 'x' })];
    expect(numberOf(select({ open }).present)).toBe(1);
    expect(select({ open }).others.map(numberOf)).toEqual([2]);
    expect(select({ open }, { perVersion: true }).present).toBeUndefined();
    expect(select({ open }, { perVersion: true }).others.map(numberOf)).toEqual([2, 1]);
  });

  test('looks at one identity only', () => {
    const found = select({
      open: [pullRequest(3, { branch: 'x', key: OTHER_KEY })],
      past: [pullRequest(2, { state: 'closed', key: OTHER_KEY }), pullRequest(1, { state: 'merged', key: OTHER_KEY })],
    });
    expect(found).toMatchObject({ present: undefined, others: [], declined: undefined, merged: [] });
  });

  test('keeps rollbacks and releases apart', () => {
    const open = [pullRequest(1, { branch: 'rollback/web', build: ROLLBACK })];
    expect(select({ open }).present).toBeUndefined();
    expect(numberOf(select({ open }, { build: ROLLBACK }).present)).toBe(1);
  });

  test.each<[what: string, past: Given[], declined: number | undefined]>([
    ['closed by a person', [{ state: 'closed' }], 1],
    ['closed by a person, in another order of images', [{ state: 'closed', build: { ...BUILD, images: BUILD.images.toReversed() } }], 1], // prettier-ignore
    ['of another version', [{ state: 'closed', build: { ...BUILD, images: ['acme/web:1.4.3'] } }], undefined],
    ['closed by us', [{ state: 'closed', closed: 'Superseded by #2.' }], undefined],
    ['merged', [{ state: 'merged' }], undefined],
    ['closed, and merged later', [{ state: 'merged' }, { state: 'closed' }], undefined],
    ['merged, and closed later', [{ state: 'closed' }, { state: 'merged' }], 1],
    ['a rollback to these versions that was closed', [{ state: 'closed', build: ROLLBACK }], undefined],
  ])('declined: %s', (_, past, declined) => {
    const found = select({ past: past.map((given, index) => pullRequest(index + 1, given)) });
    expect(found.declined?.number).toBe(declined);
  });

  test('knows the heads that were merged, and those that were closed too', () => {
    const { mergedHeads, pastHeads } = select({
      past: [pullRequest(2, { state: 'closed' }), pullRequest(1, { state: 'merged' })],
    });
    expect([...mergedHeads]).toEqual(['head-1']);
    expect([...pastHeads]).toEqual(['head-2', 'head-1']);
  });
});

describe('otherReleaseOn', () => {
  const commit = (message: string, id = 'c1'): Commit => ({
    id,
    tree: '',
    parents: [],
    committerEmail: '',
    message,
    signed: false,
  });
  const ofStaging = withTrailers('R', { name: 'web', identity: STAGING, base: '', build: BUILD });
  const ofProduction = withTrailers('R', { name: 'web', identity: PRODUCTION, base: '', build: BUILD });

  test.each<[what: string, found: Partial<PullRequests>, commits: Commit[], other: string | undefined]>([
    ['nothing', {}, [], undefined],
    ['our pull request', { open: [pullRequest(1)] }, [commit(ofStaging)], undefined],
    ['a pull request of another', { open: [pullRequest(1, { key: OTHER_KEY })] }, [], `release ${OTHER_KEY}`],
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
    expect(otherReleaseOn('release/web', KEY, { open: [], past: [], ...found }, commits)).toBe(other);
  });
});

test('mergedBuilds has what was merged of one identity, by number', () => {
  const past = [
    pullRequest(4, { state: 'merged', key: OTHER_KEY }),
    pullRequest(3, { state: 'merged', build: ROLLBACK }),
    pullRequest(2, { state: 'closed' }),
    pullRequest(1, { state: 'merged' }),
  ];
  expect([...mergedBuilds({ past }, KEY)]).toEqual([
    ['3', ROLLBACK],
    ['1', BUILD],
  ]);
});
