/** The pull requests of one repository. */
import { LOGIN } from './access.ts';
import { SOMEONE, type BareRepository } from './bare-repository.ts';
import { merge, type MergeMethod } from './merging.ts';

export interface PullRequest {
  readonly repository: string;
  readonly number: number;
  /** Login. */
  readonly author: string;
  readonly title: string;
  readonly body: string | null;
  /** The branch to merge, and its tip; the last one once the branch is gone. */
  readonly head: string;
  readonly headSha: string;
  /** Whether the branch is in another repository, a fork of this one. */
  readonly fork: boolean;
  readonly base: string;
  readonly baseSha: string;
  readonly state: 'open' | 'closed';
  readonly draft: boolean;
  readonly labels: readonly string[];
  /** Logins. */
  readonly reviewers: readonly string[];
  /** Slugs. */
  readonly teamReviewers: readonly string[];
  /** Logins. */
  readonly assignees: readonly string[];
  /** The milestone's number. */
  readonly milestone: number | null;
  /** With `head` for that commit alone: a push ends it. */
  readonly autoMerge: { readonly method: MergeMethod; readonly head?: string } | null;
  /** Whether it waits in the merge queue. */
  readonly queued: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | null;
  /** When its branch was deleted. */
  readonly headDeletedAt: string | null;
  readonly mergedAt: string | null;
  readonly mergeCommit: string | null;
}

/** What a person or a program may write on a pull request. */
export type Writing = Partial<Pick<PullRequest, 'title' | 'body' | 'state' | 'base'>>;

/** What stands beside the text. */
export type Attributes = Partial<
  Pick<
    PullRequest,
    'draft' | 'labels' | 'reviewers' | 'teamReviewers' | 'assignees' | 'milestone' | 'autoMerge' | 'queued'
  >
>;

type Opening = Pick<PullRequest, 'title' | 'body' | 'head' | 'headSha' | 'base' | 'baseSha' | 'draft'> &
  Attributes &
  Partial<Pick<PullRequest, 'author' | 'fork'>>;

/** What a commit of a merge says, where it is not what GitHub proposes. */
export interface MergeMessage {
  readonly title?: string;
  readonly text?: string;
}

const NOTHING = {
  author: LOGIN,
  fork: false,
  labels: [],
  reviewers: [],
  teamReviewers: [],
  assignees: [],
  milestone: null,
  autoMerge: null,
  queued: false,
  mergeCommit: null,
  headDeletedAt: null,
} as const;

export class PullRequests {
  readonly #fullName: string;
  readonly #repository: BareRepository;
  readonly #staysOpen: boolean;
  #all: readonly PullRequest[] = [];

  /** With `staysOpen` one stays open when its branch is deleted. */
  constructor(fullName: string, repository: BareRepository, staysOpen: boolean) {
    this.#fullName = fullName;
    this.#repository = repository;
    this.#staysOpen = staysOpen;
  }

  /** All of them as they are now, oldest first. */
  async all(): Promise<readonly PullRequest[]> {
    const before = this.#all;
    const refs = await this.#repository.refs();
    // What somebody wrote or opened meanwhile counts.
    this.#all = this.#all.map((one) => (before.includes(one) ? followed(one, refs, this.#staysOpen) : one));
    return this.#all;
  }

  /** Throws when there is no pull request of that number. */
  async get(number: number): Promise<PullRequest> {
    const found = (await this.all()).find((pullRequest) => pullRequest.number === number);
    if (found === undefined) throw new Error(`${this.#fullName} has no pull request ${number}`);
    return found;
  }

  /** Opens one; undefined when one of that head and base is open already. */
  open(opening: Opening): PullRequest | undefined {
    const { head, base, fork = false } = opening;
    const same = (other: PullRequest): boolean => other.head === head && other.base === base && other.fork === fork;
    if (this.#all.some((other) => other.state === 'open' && same(other))) return undefined;
    const now = new Date().toISOString();
    const times = { createdAt: now, updatedAt: now, closedAt: null, mergedAt: null };
    const number = this.#all.length + 1;
    const opened: PullRequest = {
      ...NOTHING,
      repository: this.#fullName,
      number,
      state: 'open',
      ...times,
      ...opening,
    };
    this.#all = [...this.#all, opened];
    return opened;
  }

  /** Writes on a pull request, or on what stands beside it. Throws when there is none of that number. */
  async update(number: number, writing: Writing & Attributes): Promise<PullRequest> {
    const before = await this.get(number);
    const updatedAt = new Date().toISOString();
    const state = writing.state ?? before.state;
    const closedAt = state === 'open' ? null : (before.closedAt ?? updatedAt);
    return this.#replace({ ...before, ...writing, updatedAt, closedAt });
  }

  /** Closes it as a person would, without a merge. */
  async close(number: number): Promise<PullRequest> {
    return await this.update(number, { state: 'closed' });
  }

  /** Merges it into its base. Throws when it is not open, and GitError when it conflicts. */
  async merge(
    number: number,
    method: MergeMethod = 'merge',
    { title, text }: MergeMessage = {},
    author = SOMEONE,
  ): Promise<PullRequest> {
    const pullRequest = await this.get(number);
    const { head, headSha, base, baseSha, state } = pullRequest;
    if (state !== 'open') throw new Error(`Pull request ${number} of ${this.#fullName} is not open`);
    const owner = this.#fullName.split('/')[0];
    const squash = method === 'squash';
    const subject =
      title ?? (squash ? `${pullRequest.title} (#${number})` : `Merge pull request #${number} from ${owner}/${head}`);
    const rest = text ?? (squash ? '' : pullRequest.title);
    const message = rest === '' ? subject : `${subject}\n\n${rest}`;
    const mergeCommit = await merge(this.#repository, { base, head: headSha, method, message, author });
    const closed = await this.update(number, { state: 'closed', queued: false });
    return this.#replace({ ...closed, baseSha, mergeCommit, mergedAt: closed.closedAt });
  }

  #replace(changed: PullRequest): PullRequest {
    this.#all = this.#all.map((pullRequest) => (pullRequest.number === changed.number ? changed : pullRequest));
    return changed;
  }
}

/** An open pull request goes with its branches, and is closed when its head is deleted, unless it stays open. */
function followed(pullRequest: PullRequest, refs: Readonly<Record<string, string>>, staysOpen: boolean): PullRequest {
  const headSha = pullRequest.fork ? pullRequest.headSha : refs[`refs/heads/${pullRequest.head}`];
  const now = new Date().toISOString();
  if (pullRequest.state === 'closed') {
    return headSha === undefined ? { ...pullRequest, headDeletedAt: pullRequest.headDeletedAt ?? now } : pullRequest;
  }
  const baseSha = refs[`refs/heads/${pullRequest.base}`] ?? pullRequest.baseSha;
  if (headSha === undefined && staysOpen) return { ...pullRequest, baseSha };
  if (headSha === undefined) return { ...pullRequest, state: 'closed', closedAt: now, headDeletedAt: now };
  const { autoMerge } = pullRequest;
  const isEnded = autoMerge?.head !== undefined && autoMerge.head !== headSha;
  return { ...pullRequest, headSha, baseSha, autoMerge: isEnded ? null : autoMerge };
}
