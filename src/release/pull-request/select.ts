/** Which pull requests are of a release, and what became of them: by their branches and commits. Pure. */
import type { Commit } from '../../core/objects.ts';
import type { PullRequest, PullRequests } from '../../forge/forge.ts';
import { formatIdentity, identityKey } from '../../inputs/identity.ts';
import { hasSameImages, type Build } from '../build.ts';
import { buildIn, readTrailers, type Trailers } from '../commit-trailers.ts';
import { isReleaseBranch, type ReleaseBranches } from '../release-branches.ts';
import { isOfAnother, readMetadata, type Metadata } from './metadata.ts';
import { pullRequestName, type Signed } from './name.ts';

/** A pull request from a release branch. */
export interface ReleasePullRequest {
  readonly pullRequest: PullRequest;
  /** That of this release in its body, which others can write. */
  readonly metadata: Metadata | undefined;
  /** What its latest commits say that they release; `undefined` where they say nothing of this release. */
  readonly build: Build | undefined;
}

/** A pull request whose commits are of this release. */
export type KnownPullRequest = ReleasePullRequest & { readonly build: Build };

/** The pull requests of one release into one base. */
export interface ReleasePullRequests {
  /** The open one from the release branch. */
  readonly present: ReleasePullRequest | undefined;
  /** Open ones of other versions, on branches of their own. */
  readonly others: readonly KnownPullRequest[];
  /** Open ones whose text says that they are of this release, and whose branch is not. */
  readonly onOtherBranches: readonly PullRequest[];
  /** The latest one with these very versions, if it was closed without merging, by hand or while its branch was there. */
  readonly declined: PullRequest | undefined;
  /** The same where it was closed because its branch was deleted: nobody decided against the release. */
  readonly deleted: PullRequest | undefined;
  /** The merged ones of this release and of rollbacks of it, the newest first. */
  readonly merged: readonly KnownPullRequest[];
  /** Heads of all that were merged or closed. */
  readonly pastHeads: ReadonlySet<string>;
  /** The tip of the release branch, as far as a pull request has it. */
  readonly head: Commit | undefined;
}

/** What the pull requests of a release are known by. */
export interface ReleaseCriteria {
  /** Of its identity. */
  readonly key: string;
  readonly branch: string;
  readonly branches: ReleaseBranches;
  readonly build: Pick<Build, 'images'>;
}

/**
 * Sorts the pull requests into a base. The release's own is the one from its branch. One from a branch that the template
 * gives for another version, or for the images in another order, is of the release where its commits say so.
 */
export function selectPullRequests({ open, past }: PullRequests, criteria: ReleaseCriteria): ReleasePullRequests {
  const { key, branch, branches, build } = criteria;
  const ofRelease = (pullRequest: PullRequest): ReleasePullRequest => ({
    pullRequest,
    metadata: readMetadata(pullRequest.body, key),
    build: pullRequest.commits.flatMap((commit) => buildIn(commit, key) ?? [])[0],
  });
  const known = (pullRequests: readonly PullRequest[]): readonly KnownPullRequest[] =>
    pullRequests.map(ofRelease).filter(isKnown);
  const isOurs = (one: PullRequest): boolean => isReleaseBranch(branches, one.branch);

  const present = open.find((one) => one.branch === branch);
  const ended = known(past.filter(isOurs)).find((one) => hasSameImages(one.build, build));
  const closed = ended?.pullRequest.state === 'closed' && !ended.metadata?.closed ? ended.pullRequest : undefined;
  return {
    present: present && ofRelease(present),
    others: known(open.filter((one) => one !== present && isOurs(one))),
    onOtherBranches: open.filter((one) => !isOurs(one) && readMetadata(one.body, key) !== undefined),
    declined: closed?.closedByDeletion === false ? closed : undefined,
    deleted: closed?.closedByDeletion === true ? closed : undefined,
    merged: known(past.filter(({ state }) => state === 'merged')),
    pastHeads: new Set(past.map(({ headId }) => headId)),
    head: present ? present.head : past.find((one) => one.branch === branch && one.head)?.head,
  };
}

const isKnown = (one: ReleasePullRequest): one is KnownPullRequest => one.build !== undefined;

/** Another release that a branch seems to have, or the same one into another base. */
export interface OtherRelease {
  /** In words. */
  readonly release: string;
  /** The commit that names it, and how; `undefined` where only the text of the pull request does. */
  readonly commit?: { readonly id: string; readonly trailers: Trailers };
}

/**
 * Another release that has a branch: by the trailers of its commits (the newest first), and where these have none by the
 * text of the open pull request from it. `undefined` where the branch is free, or has the release with that key
 * into that base, as the input names it. One with an open pull request into the base has it, since a base may be renamed.
 */
export function otherReleaseOn(
  branch: string,
  { key, base }: { readonly key: string; readonly base: string },
  { open, past }: PullRequests,
  commits: readonly Pick<Commit, 'id' | 'message'>[],
  forge: Signed | undefined,
): OtherRelease | undefined {
  const pullRequest = open.find((one) => one.branch === branch);
  const ended = pullRequest ? [] : past.filter((one) => one.branch === branch);
  const decided = new Set(ended.map(({ headId }) => headId));
  for (const { id, message } of commits) {
    const trailers = decided.has(id) ? undefined : readTrailers(message);
    if (!trailers) continue;
    const { identity, into = '' } = trailers;
    const isElsewhere = !pullRequest && into !== base;
    if (!isElsewhere && identityKey(identity) === key) return undefined;
    const where = isElsewhere ? ` into ${into || 'the default branch'}` : '';
    return { release: formatIdentity(identity) + where, commit: { id, trailers } };
  }
  const isOther = pullRequest !== undefined && isOfAnother(pullRequest.body, key);
  return isOther ? { release: pullRequestName(forge, pullRequest.number) } : undefined;
}

/** The builds that the merged pull requests of a release brought, by number. */
export function mergedBuilds({ past }: Pick<PullRequests, 'past'>, key: string): ReadonlyMap<string, Build> {
  const merged = past.filter(({ state }) => state === 'merged');
  return new Map(
    merged.flatMap(({ number, commits }): [string, Build][] => {
      const [build] = commits.flatMap((commit) => buildIn(commit, key) ?? []);
      return build ? [[String(number), build]] : [];
    }),
  );
}
