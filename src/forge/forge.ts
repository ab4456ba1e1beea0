/** What a release needs of the server that has pull requests. No word of one forge is in this file. */
import type { Attributes, Commit, ManifestFile } from '../core/objects.ts';

export interface PullRequest {
  readonly number: number;
  /** Web page. */
  readonly url: string;
  /** The forge's own id. */
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

/** The pull requests into a base, none of them from a fork. */
export interface PullRequests {
  /** All open ones, the newest first. */
  readonly open: readonly PullRequest[];
  /** Closed or merged: the latest from each of the branches asked for, and the latest merged ones; the newest first. */
  readonly past: readonly PullRequest[];
}

export interface NewPullRequest {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
}

export interface Refused {
  /** `label urgent`, `reviewer ada`, `draft`, `auto-merge`. */
  readonly what: string;
  readonly reason: string;
}

/** How two revisions of a source repository are related; `unknown` is an answer, a failure that passes is thrown. */
export type Comparison =
  | {
      /** Where `head` is, seen from `base`. */
      readonly status: 'ahead' | 'behind' | 'identical' | 'diverged';
      readonly commits: readonly SourceCommit[];
      readonly total: number;
      readonly url: string;
      readonly baseTime: string;
    }
  | { readonly status: 'unknown'; readonly reason: string };

/** A commit of a source repository, as a reviewer sees it. */
export interface SourceCommit {
  readonly id: string;
  readonly author: string;
  readonly subject: string;
  readonly url: string;
  /** ISO 8601. */
  readonly time: string;
}

export interface Forge {
  /** `GitHub`: for sentences. */
  readonly name: string;
  /** What its texts may have, in UTF-16 code units. */
  readonly limits: { readonly title: number; readonly body: number; readonly label: number };
  /** The pull requests into `base`, and the past ones from each of `branches`, in one request where the forge can. */
  find(branches: readonly string[], base: string): Promise<PullRequests>;
  /** `undefined` when one is open from that branch already. */
  open(pullRequest: NewPullRequest): Promise<PullRequest | undefined>;
  /** Writes a title or a body, or closes it. */
  update(number: number, change: { title?: string; body?: string; state?: 'closed' }): Promise<PullRequest>;
  /**
   * Adds what `wanted` has and `given` (what this tool gave before) lacks; removes the labels that are in `given`, no
   * longer in `wanted` and still there; makes it a draft where that is wanted and was not given; enables auto-merge for
   * the commit `head`. What a person added or removed stays. There is no request where nothing differs. Returns what is
   * given now, without what was refused, and each refusal: one keeps nothing else back. Throws NETWORK.
   */
  giveAttributes(
    pullRequest: PullRequest,
    given: Attributes,
    wanted: Attributes,
    head: string,
  ): Promise<{ readonly given: Attributes; readonly refused: readonly Refused[] }>;
  /** Compares two revisions of `owner/name`, with the source's own token. Throws NETWORK for 5xx, lost connections, rate limits. */
  compare(repository: string, base: string, head: string): Promise<Comparison>;
  /**
   * Makes a commit through the API, which the forge signs, and moves `branch` from `expected` (empty: it does not exist) to
   * it. `undefined` when the branch is not at `expected`.
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
  /** The tree that the commit must have. */
  readonly tree: string;
  readonly message: string;
  readonly files: readonly ManifestFile[];
}
