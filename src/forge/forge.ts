/** What a release needs of the server that has pull requests. No word of one forge is in this file. */
import type { Attributes, Commit, ManifestFile } from '../core/objects.ts';
import type { RepositoryApi } from '../core/repository-api.ts';
import type { Merges } from './merges.ts';

export type { Attributes, MergeMethod } from '../core/objects.ts';

/** Commits of a pull request that are read: ours may be below some of people, and each «Update branch» is one more. */
export const COMMITS_READ = 10;

export interface PullRequest {
  readonly number: number;
  /** Web page. */
  readonly url: string;
  /** The forge's own id. */
  readonly id: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly title: string;
  /** Of a merged one maybe no more than what `matters` needs to be true for it. */
  readonly body: string;
  readonly draft: boolean;
  readonly labels: readonly string[];
  /** Who is asked for a review now; teams, without their organization, only where any token may read them. */
  readonly reviewers: readonly string[];
  readonly 'team-reviewers': readonly string[];
  readonly assignees: readonly string[];
  readonly branch: string;
  /** The commit that it proposes, as far as the forge knows. */
  readonly headId: string;
  /**
   * The latest commits that it proposes, at most `COMMITS_READ`, the newest first, also where its branch is gone; none in an
   * answer to a change. With `headsByGit` their trees are empty and `signed` is false: not known. So it may be but for the
   * latest two, and all of a past one but for its `head`.
   */
  readonly commits: readonly Commit[];
  /** Whether `commits` are all that it proposes; false with `headsByGit`. */
  readonly isWhole: boolean;
  /** The tip of its branch, where that is the first of `commits`; `undefined` where the branch is gone or went on, or with `headsByGit`. */
  readonly head: Commit | undefined;
  /** Whether it was closed because its branch was deleted. */
  readonly closedByDeletion: boolean;
  /** Set where auto-merge is enabled, and a push ends it. */
  readonly autoMergeEnds?: true;
  /** Whether the forge calls the signature of that commit good; `undefined` where it is to be asked for that alone. */
  readonly verified: boolean | undefined;
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

/** The result of auto-merge: merged at once, put in the merge queue, or to be merged by the forge when all that it waits for is done. */
export type Merging = 'merged' | 'queued' | 'enabled';

/** What a pull request was given. */
export interface Given {
  /** All that is given now; what was refused is not in it. */
  readonly given: Attributes;
  readonly refused: readonly Refused[];
  /** Of auto-merge that was asked for now. */
  readonly merging?: Merging | undefined;
}

/** How two revisions of a source repository are related; `unknown` is an answer, a passing failure is thrown. */
export type Comparison =
  | {
      /** Where `head` is, seen from `base`. */
      readonly status: 'ahead' | 'behind' | 'identical' | 'diverged';
      /** Those that `head` has and `base` lacks, the oldest first; no more than the forge gives at once. */
      readonly commits: readonly SourceCommit[];
      /** How many there are. */
      readonly total: number;
      /** Web page. */
      readonly url: string;
      /**
       * What the web page of a pull request has before its number; empty where `(#1)` behind a subject is none, as on GitLab.
       * `/pull/` below the project unless given.
       */
      readonly pulls?: string;
      /** ISO 8601. */
      readonly baseTime: string;
    }
  | { readonly status: 'unknown'; readonly reason: string };

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

/** The fields that show whether a pull request may be of a release. */
export type Judged = Pick<PullRequest, 'branch' | 'body' | 'state'>;

/** The source repositories, read with their own token. */
export interface Sources {
  /**
   * Compares two revisions of the source repository `owner/name`, with its own token. Throws NETWORK for what passes:
   * 5xx, lost connections, rate limits.
   */
  compare(repository: string, base: string, head: string): Promise<Comparison>;
  /** As `Forge.isPublic`, of the source repository `owner/name`. */
  isSourcePublic(repository: string): Promise<boolean | undefined>;
}

export interface Forge extends Sources {
  /** `GitHub`: for sentences. */
  readonly name: string;
  /** What is before the number of a pull request in its texts. */
  readonly numberSign: '#' | '!';
  /** What its pages do not show of a text: an HTML comment or, where that is shown as text, a link definition of Markdown. */
  readonly hiddenText: 'html-comment' | 'link-definition';
  /** Set where its API does not give the trees of commits, so that the tips of branches are read by git. */
  readonly headsByGit?: true;
  /** Set where a pull request may stay open when its branch is deleted, so that it is closed before. */
  readonly staysOpenWithoutBranch?: true;
  /** What its texts may have, in UTF-16 code units. */
  readonly limits: { readonly title: number; readonly body: number; readonly label: number };
  /**
   * The pull requests into `base`, and the past ones from each of `branches`, in one request where the forge can. Throws
   * API_DENIED and NETWORK (or RATE_LIMITED or SERVER_FAILED, wherever NETWORK is named), as all that follow do. The commits
   * of those that `matters` is false for may be left out where they take a request of their own; all matter unless given.
   */
  find(branches: readonly string[], base: string, matters?: (pullRequest: Judged) => boolean): Promise<PullRequests>;
  /** `undefined` when one is open from that branch already. */
  open(pullRequest: NewPullRequest): Promise<PullRequest | undefined>;
  /** Writes a title or a body, or closes it. One that was closed or merged may come back as it was. */
  update(number: number, change: NewText & { readonly state?: 'closed' }): Promise<PullRequest>;
  /**
   * Adds what `wanted` has and `given` (what this tool gave before) lacks, removes the labels that are in `given`, no longer in
   * `wanted` and still there; makes it a draft where `wanted.draft` and not `given.draft`; auto-merge for the commit `head`.
   * Changes by others stay. No request where nothing differs. What is behind a refusal is still given. What the forge does not have at all (capabilities.ts) is left
   * out, and is in neither. A passing failure is thrown.
   */
  giveAttributes(pullRequest: PullRequest, given: Attributes, wanted: Attributes, head: string): Promise<Given>;
  /**
   * Whether the repository is public; one that is internal to its server or company is not. `undefined` where the API does not say.
   * One request, or none where another answer has it. Throws NETWORK for what passes.
   */
  isPublic(): Promise<boolean | undefined>;
  /** The repository without a clone; absent where the forge has no such API. */
  readonly files?: RepositoryApi;
  /**
   * Makes a commit through the API, which the forge signs, and moves `branch` from `expected` (empty: the branch does
   * not exist) to it. `undefined` when the branch is not at `expected`. Throws API_DENIED, PUSH_REFUSED,
   * EDIT_NOT_VERIFIED (another tree came out) and NETWORK. Absent where the forge has no such API.
   */
  readonly commit?: (commit: ForgeCommit) => Promise<MadeCommit | undefined>;
  /** Whether the forge calls a commit's signature good; absent where it does not say. Throws API_DENIED and NETWORK. */
  readonly isVerified?: (commit: string) => Promise<boolean>;
  /** What happens after a pull request was opened; absent where that is not read. */
  readonly merges?: Merges;
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
  /** A pull request to open from the branch in the same request, where the forge can. */
  readonly opening?: NewPullRequest | undefined;
  /** What to write of the open pull request of the branch in the same request, where the forge can. */
  readonly rewriting?: Rewriting | undefined;
}

/** The new text of a pull request, and the one before, for when its commit is refused. */
export interface Rewriting extends NewText {
  readonly id: string;
  readonly before: NewText;
}

/** What is written of a pull request. */
export interface NewText {
  readonly title?: string;
  readonly body?: string;
}

export interface MadeCommit {
  readonly id: string;
  /** Whether the forge calls its signature good. */
  readonly verified: boolean;
  /** The pull request; `undefined` where it was not asked for, or could not be opened with the commit. */
  readonly opened?: PullRequest | undefined;
  /** The web page that the server printed: of a pull request, or where one is opened. */
  readonly page?: string;
  /** The pull request with its new text; `undefined` where it was not asked for, or could not be written with the commit. */
  readonly rewritten?: PullRequest | undefined;
}
