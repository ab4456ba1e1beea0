/** The pull requests of one repository. */
import type { BareRepository } from './bare-repository.ts';

export interface PullRequest {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  /** The branch to merge, and its tip; the last one once the branch is gone. */
  readonly head: string;
  readonly headSha: string;
  readonly base: string;
  readonly baseSha: string;
  readonly state: 'open' | 'closed';
  readonly draft: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | null;
  readonly mergedAt: string | null;
  readonly mergeCommit: string | null;
}

/** What a person or a program may write on a pull request. */
export type Writing = Partial<Pick<PullRequest, 'title' | 'body' | 'state' | 'base'>>;

type Opening = Pick<PullRequest, 'title' | 'body' | 'head' | 'headSha' | 'base' | 'baseSha' | 'draft'>;

export class PullRequests {
  readonly #fullName: string;
  readonly #repository: BareRepository;
  #all: readonly PullRequest[] = [];

  constructor(fullName: string, repository: BareRepository) {
    this.#fullName = fullName;
    this.#repository = repository;
  }

  /** All of them as they are now, oldest first. */
  async all(): Promise<readonly PullRequest[]> {
    const follow = async (before: PullRequest): Promise<void> => {
      const followed = await this.#followed(before);
      // Somebody may have written on it meanwhile; then that counts.
      if (this.#all.includes(before)) this.#replace(followed);
    };
    await Promise.all(this.#all.map(follow));
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
    const { head, base } = opening;
    if (this.#all.some((other) => other.state === 'open' && other.head === head && other.base === base))
      return undefined;
    const now = new Date().toISOString();
    const times = { createdAt: now, updatedAt: now, closedAt: null, mergedAt: null };
    const number = this.#all.length + 1;
    const repository = this.#fullName;
    const opened: PullRequest = { repository, number, state: 'open', mergeCommit: null, ...times, ...opening };
    this.#all = [...this.#all, opened];
    return opened;
  }

  /** Writes on a pull request. Throws when there is none of that number. */
  async update(number: number, writing: Writing): Promise<PullRequest> {
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
  async merge(number: number, method: 'merge' | 'squash' = 'merge'): Promise<PullRequest> {
    const { head, headSha, base, state, title } = await this.get(number);
    if (state !== 'open') throw new Error(`Pull request ${number} of ${this.#fullName} is not open`);
    const owner = this.#fullName.split('/')[0];
    const merged = `Merge pull request #${number} from ${owner}/${head}\n\n${title}`;
    const squash = method === 'squash';
    const message = squash ? `${title} (#${number})` : merged;
    const mergeCommit = await this.#repository.merge(base, headSha, message, squash);
    const closed = await this.close(number);
    return this.#replace({ ...closed, mergeCommit, mergedAt: closed.closedAt });
  }

  /** An open pull request goes with its branches, and is closed when its head is deleted. */
  async #followed(pullRequest: PullRequest): Promise<PullRequest> {
    if (pullRequest.state === 'closed') return pullRequest;
    const headSha = await this.#repository.tip(pullRequest.head);
    if (headSha === undefined) return { ...pullRequest, state: 'closed', closedAt: new Date().toISOString() };
    const baseSha = (await this.#repository.tip(pullRequest.base)) ?? pullRequest.baseSha;
    return { ...pullRequest, headSha, baseSha };
  }

  #replace(changed: PullRequest): PullRequest {
    this.#all = this.#all.map((pullRequest) => (pullRequest.number === changed.number ? changed : pullRequest));
    return changed;
  }
}
