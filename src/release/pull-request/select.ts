/** Which pull requests are of a release, and what became of them. Pure. */
import type { Commit } from '../../core/objects.ts';
import type { PullRequest, PullRequests } from '../../forge/forge.ts';
import { formatIdentity, identityKey } from '../../inputs/identity.ts';
import type { Build } from '../build.ts';
import { readTrailers } from '../commit-trailers.ts';
import { hasImagesOf, readAllMetadata, readMetadata, type Metadata } from './metadata.ts';

/** A pull request with the metadata of this release in its body. */
export interface ReleasePullRequest {
  readonly pullRequest: PullRequest;
  readonly metadata: Metadata | undefined;
}

/** A pull request that has metadata of this release. */
export type KnownPullRequest = ReleasePullRequest & { readonly metadata: Metadata };

/** The pull requests of one release into one base. */
export interface ReleasePullRequests {
  /** The open one that this release updates. */
  readonly present: ReleasePullRequest | undefined;
  /** Open ones of other versions, on branches of their own. */
  readonly others: readonly KnownPullRequest[];
  /** The latest one with these very versions, if a person closed it without merging. */
  readonly declined: PullRequest | undefined;
  /** The merged ones of this release and of rollbacks of it, the newest first. */
  readonly merged: readonly KnownPullRequest[];
  /** Heads that were merged: nothing on them can be lost any more. */
  readonly mergedHeads: ReadonlySet<string>;
  /** Heads of all that were merged or closed. */
  readonly pastHeads: ReadonlySet<string>;
  /** The tip of the release branch, as far as a pull request has it. */
  readonly head: Commit | undefined;
}

/** What the pull requests of a release are known by. */
export interface Sought {
  /** Of its identity. */
  readonly key: string;
  readonly branch: string;
  /** Whether the branch's name changes with the version, so that each version has its own pull request. */
  readonly perVersion: boolean;
  readonly build: Pick<Build, 'images' | 'operation'>;
}

/**
 * Sorts the pull requests into a base. The release's own is that of its branch, else one whose body has its metadata,
 * whatever its branch is called; with a branch for each version it is that of the branch alone. A rollback has a pull
 * request of its own beside that of the release.
 */
export function selectPullRequests({ open, past }: PullRequests, sought: Sought): ReleasePullRequests {
  const { key, branch, perVersion, build } = sought;
  const isRollback = build.operation.rollsBack.length > 0;
  const known = (pullRequests: readonly PullRequest[]): readonly KnownPullRequest[] =>
    pullRequests.flatMap((pullRequest) => {
      const metadata = readMetadata(pullRequest.body, key);
      return metadata ? [{ pullRequest, metadata }] : [];
    });
  const isOfKind = ({ metadata }: KnownPullRequest): boolean =>
    (metadata.build.operation.action === 'Roll back') === isRollback;
  const ours = known(open).filter(isOfKind);
  const ofBranch = open.find((pullRequest) => pullRequest.branch === branch);
  const present: ReleasePullRequest | undefined = ofBranch
    ? { pullRequest: ofBranch, metadata: readMetadata(ofBranch.body, key) }
    : perVersion
      ? undefined
      : ours.at(-1);
  const ended = known(past);
  const same = ended.filter(isOfKind).find(({ metadata }) => hasImagesOf(metadata, build));
  return {
    present,
    others: ours.filter(({ pullRequest }) => pullRequest.number !== present?.pullRequest.number),
    declined: same?.pullRequest.state === 'closed' && same.metadata.closed === '' ? same.pullRequest : undefined,
    merged: ended.filter(({ pullRequest }) => pullRequest.state === 'merged'),
    mergedHeads: new Set(past.filter(({ state }) => state === 'merged').map(({ headId }) => headId)),
    pastHeads: new Set(past.map(({ headId }) => headId)),
    head: present ? present.pullRequest.head : past.find((one) => one.branch === branch && one.head)?.head,
  };
}

/**
 * The identity, in words, of another release that has a branch: by the metadata of the open pull request from it, else by
 * the trailers of its commits (the newest first). `undefined` where the branch is free, or has the release with that key.
 */
export function otherReleaseOn(
  branch: string,
  key: string,
  { open, past }: PullRequests,
  commits: readonly Pick<Commit, 'id' | 'message'>[],
): string | undefined {
  const pullRequest = open.find((one) => one.branch === branch);
  const described = readAllMetadata(pullRequest?.body ?? '');
  if (described.some((metadata) => metadata.key === key)) return undefined;
  if (described[0]) return described[0].release;
  const decided = new Set(past.filter((one) => one.branch === branch).map(({ headId }) => headId));
  const trailers = commits.filter(({ id }) => !decided.has(id)).map(({ message }) => readTrailers(message));
  const [latest] = trailers.flatMap((one) => one ?? []);
  return latest && identityKey(latest.identity) !== key ? formatIdentity(latest.identity) : undefined;
}

/** The builds that the merged pull requests of a release brought, by number. */
export function mergedBuilds({ past }: Pick<PullRequests, 'past'>, key: string): ReadonlyMap<string, Build> {
  const merged = past.filter(({ state }) => state === 'merged');
  return new Map(
    merged.flatMap(({ number, body }): [string, Build][] => {
      const metadata = readMetadata(body, key);
      return metadata ? [[String(number), metadata.build]] : [];
    }),
  );
}
