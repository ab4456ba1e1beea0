/** Where a release stands: which pull requests are its own, and what became of them. Pure. */
import type { Build } from '../build.ts';
import type { PullRequest, PullRequests } from '../../forge/forge.ts';
import { readMemory, type Key, type Memory } from './metadata.ts';
import type { Commit } from '../../core/objects.ts';

/** A pull request with what it remembers of this release. */
export interface Remembered {
  readonly pullRequest: PullRequest;
  readonly memory: Memory | undefined;
}

export interface Standing {
  /** The open one that this release updates. */
  readonly present: Remembered | undefined;
  /** Open ones of other versions, on branches of their own. */
  readonly others: readonly Remembered[];
  /** The latest one that carried these very versions, if a person closed it without a merge. */
  readonly declined: PullRequest | undefined;
  /** The merges of this release and of rollbacks of it, the newest first. */
  readonly merged: readonly (Remembered & { readonly memory: Memory })[];
  /** Heads that were merged: nothing on them can be lost any more. */
  readonly mergedHeads: ReadonlySet<string>;
  /** Heads of whatever was merged or closed: what they carried is decided. */
  readonly pastHeads: ReadonlySet<string>;
  /** The tip of the release branch, as far as a pull request tells of it. */
  readonly head: Commit | undefined;
}

export const NOTHING: Standing = {
  present: undefined,
  others: [],
  declined: undefined,
  merged: [],
  mergedHeads: new Set(),
  pastHeads: new Set(),
  head: undefined,
};

export interface Wanted {
  readonly name: string;
  readonly paths: readonly string[];
  readonly branch: string;
  /** Whether the branch's name changes with the version, so that each version has its own pull request. */
  readonly perVersion: boolean;
  readonly images: readonly string[];
  /** A rollback has a pull request of its own beside that of the release. */
  readonly isRollback: boolean;
}

/**
 * Sorts the pull requests into a base. The release's own is that of its branch, else one whose body remembers it,
 * wherever its branch is called; with a branch for each version it is that of the branch alone.
 */
export function readStanding({ open, past }: PullRequests, wanted: Wanted): Standing {
  const { name, paths, branch, perVersion, images, isRollback } = wanted;
  const remember = (pullRequest: PullRequest): Remembered => ({
    pullRequest,
    memory: readMemory(pullRequest.body, { name, paths }),
  });
  const isOfKind = ({ memory }: Remembered): boolean =>
    memory !== undefined && memory.build.rollsBack.length > 0 === isRollback;
  const ours = open.map(remember).filter(isOfKind);
  const ofBranch = open.find((pullRequest) => pullRequest.branch === branch);
  const present: Remembered | undefined = ofBranch
    ? {
        pullRequest: ofBranch,
        memory: readMemory(ofBranch.body, { name, paths }) ?? readMemory(ofBranch.body, { name }),
      }
    : perVersion
      ? undefined
      : ours.at(-1);
  const isPresent = ({ pullRequest }: Remembered): boolean => pullRequest.number === present?.pullRequest.number;
  const ended = past.map(remember);
  const same = ended.filter(isOfKind).find(({ memory }) => memory?.build.images.join('\n') === images.join('\n'));
  return {
    present,
    others: ours.filter((one) => !isPresent(one)),
    declined: same?.pullRequest.state === 'closed' && same.memory?.closed === '' ? same.pullRequest : undefined,
    merged: ended.filter(hasMemory).filter(({ pullRequest }) => pullRequest.state === 'merged'),
    mergedHeads: new Set(past.filter(({ state }) => state === 'merged').map(({ headId }) => headId)),
    pastHeads: new Set(past.map(({ headId }) => headId)),
    head: present ? present.pullRequest.head : past.find((one) => one.branch === branch && one.head)?.head,
  };
}

/** What the merged pull requests of a release brought, by number. */
export function mergedBuilds({ past }: Pick<PullRequests, 'past'>, key: Key): ReadonlyMap<string, Build> {
  const merged = past.filter(({ state }) => state === 'merged');
  return new Map(
    merged.flatMap(({ number, body }): [string, Build][] => {
      const memory = readMemory(body, key);
      return memory ? [[String(number), memory.build]] : [];
    }),
  );
}

const hasMemory = (one: Remembered): one is Remembered & { memory: Memory } => one.memory !== undefined;
