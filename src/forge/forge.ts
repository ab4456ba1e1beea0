/** What a release needs of the server that holds pull requests. */
import type { Attributes, Commit, ManifestFile } from '../core/objects.ts';

export interface PullRequest {
  readonly number: number;
  /** Web page. */
  readonly url: string;
  /** The forge's own name for it. */
  readonly id: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
  readonly labels: readonly string[];
  readonly branch: string;
  /** The commit that it proposes, as far as the forge knows. */
  readonly headId: string;
  /** The tip of its branch; `undefined` where the branch is gone, or was not asked for. */
  readonly head: Commit | undefined;
  /** Whether the forge calls the signature of that commit good. */
  readonly verified: boolean;
}

/** What is known of the pull requests into a base, none of them from a fork. */
export interface PullRequests {
  /** All that are open, the newest first. */
  readonly open: readonly PullRequest[];
  /** Closed or merged: the latest from the branch asked for, and the latest merged ones; the newest first. */
  readonly past: readonly PullRequest[];
}

export interface NewPullRequest {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
}

export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** What a request for auto-merge came to; `refused` with the forge's reason. */
export type AutoMerge = { readonly state: 'enabled' | 'merged' | 'queued' } | { readonly refused: string };

/** A commit of a source repository, as a reviewer sees it. */
export interface SourceCommit {
  readonly id: string;
  readonly author: string;
  readonly subject: string;
  /** Web page. */
  readonly url: string;
  /** ISO 8601. */
  readonly time: string;
}

/** How two commits stand to each other. */
export interface Comparison {
  /** Where `head` stands, seen from `base`. */
  readonly status: 'ahead' | 'behind' | 'identical' | 'diverged';
  /** Those that `head` has and `base` lacks, the oldest first; no more than the forge gives at once. */
  readonly commits: readonly SourceCommit[];
  /** How many there are. */
  readonly total: number;
  /** Web page. */
  readonly url: string;
  readonly baseTime: string;
}

export interface Refused {
  readonly what: string;
  readonly reason: string;
}

export interface Forge {
  /** The pull requests into `base`, and the past ones of `branch`. */
  find(branch: string, base: string): Promise<PullRequests>;
  /** `undefined` when one is open already: somebody was faster. */
  create(pullRequest: NewPullRequest): Promise<PullRequest | undefined>;
  /** Writes a title or a body, or closes it. */
  update(number: number, change: { title?: string; body?: string; state?: 'closed' }): Promise<PullRequest>;
  /** Adds what is named and leaves the rest as it is. Each thing that is refused is told, and the others are added. */
  add(number: number, attributes: Attributes): Promise<readonly Refused[]>;
  removeLabel(number: number, label: string): Promise<void>;
  /** Sets an open milestone by its title; `undefined` when that went well. */
  setMilestone(number: number, title: string): Promise<Refused | undefined>;
  convertToDraft(pullRequest: PullRequest): Promise<Refused | undefined>;
  autoMerge(pullRequest: PullRequest, head: string, method: MergeMethod): Promise<AutoMerge>;
  /**
   * Compares two revisions of a source repository `owner/name`, with its own token. A text is the reason why that
   * cannot be done.
   */
  compare(repository: string, base: string, head: string): Promise<Comparison | string>;
  /**
   * Makes a commit through the API, which the forge signs, and moves `branch` from `expected` (empty: that is not
   * there) to it. `undefined` when the branch is elsewhere: somebody was faster.
   */
  commit(commit: ForgeCommit): Promise<{ readonly id: string; readonly verified: boolean } | undefined>;
  /** Whether the forge calls a commit's signature good. */
  isVerified(commit: string): Promise<boolean>;
}

export interface ForgeCommit {
  readonly branch: string;
  readonly expected: string;
  readonly parent: string;
  /** The tree of `parent`. */
  readonly parentTree: string;
  /** The tree that must come out. */
  readonly tree: string;
  readonly message: string;
  readonly files: readonly ManifestFile[];
}

/** What GitHub takes, in characters. */
export const MAX_TITLE = 256;
export const MAX_BODY = 65_536;
