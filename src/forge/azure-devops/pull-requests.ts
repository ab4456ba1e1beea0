/** Pull requests of Azure DevOps: found, opened and rewritten. */
import { kept, type Commit } from '../../core/objects.ts';
import {
  COMMITS_READ,
  type Judged,
  type NewPullRequest,
  type NewText,
  type PullRequest,
  type PullRequests as Found,
} from '../forge.ts';
import { byState, newestFirst } from '../found.ts';
import { path, type Query } from '../http/address.ts';
import { inParallel } from '../http/in-parallel.ts';
import { finalRefusal, unlessEnded } from '../http/refused-answer.ts';
import { COMMIT, PULL_REQUEST, type CommitFacts, type PullRequestFacts } from './answers.ts';
import { commitOf, headOf, pullRequestOf, refOf } from './pull-request.ts';
import type { AzureRepository } from './repository.ts';

/** Past ones in each list. */
const LISTED = 20;
/** A list has the first 400 characters of a description: one that may be longer is read with its pull request. */
const SURELY_WHOLE = 390;
/** Pull requests that are read at once. */
const AT_ONCE = 6;

/** What a refusal of a change means that has been made already, as an answer that was lost. */
const EXISTS = /\bTF401179\b|active pull request .* already exists/i;

export class PullRequests {
  readonly #repository: AzureRepository;
  /** What does not change: past ones whole, and commits by pull request and head. */
  readonly #past = new Map<number, Promise<PullRequestFacts>>();
  readonly #commits = new Map<string, Promise<readonly Commit[]>>();

  constructor(repository: AzureRepository) {
    this.#repository = repository;
  }

  /**
   * As `Forge.find`: two requests and one for each branch; one for each long text, but for merged ones that matter by its
   * beginning, and two or three for each that matters.
   */
  async find(branches: readonly string[], base: string, matters: (one: Judged) => boolean): Promise<Found> {
    const into = (status: string, more: Query = {}): Query => ({
      'searchCriteria.targetRefName': refOf(base),
      'searchCriteria.status': status,
      ...more,
    });
    return this.#repository.call('list pull requests', async () => {
      const [active, completed, ...ofBranches] = await Promise.all([
        this.#list(into('active'), Infinity),
        this.#list(into('completed'), LISTED),
        ...branches.map((branch) => this.#list(into('all', { 'searchCriteria.sourceRefName': refOf(branch) }), LISTED)),
      ]);
      const own = [...active, ...completed, ...ofBranches.flat()].filter(({ forkSource }) => forkSource == null);
      const listed = newestFirst(own, ({ pullRequestId }) => pullRequestId);
      const found = await inParallel(listed, AT_ONCE, (one) => this.#read(one, matters));
      return byState(found);
    });
  }

  /** As `Forge.open`. */
  async open({ branch, base, title, body, draft }: NewPullRequest): Promise<PullRequest | undefined> {
    const wanted = {
      sourceRefName: refOf(branch),
      targetRefName: refOf(base),
      title,
      description: body,
      isDraft: draft,
    };
    try {
      return this.#shown(await this.#repository.send(PULL_REQUEST, 'POST', '/pullRequests', wanted));
    } catch (error) {
      const refused = finalRefusal(error);
      if (refused?.status === 409 && EXISTS.test(refused.message)) return undefined;
      throw this.#repository.explain('open a pull request', error);
    }
  }

  /** As `Forge.update`. */
  async update(number: number, { title, body, state }: NewText & { readonly state?: 'closed' }): Promise<PullRequest> {
    const change = {
      ...(title !== undefined && { title }),
      ...(body !== undefined && { description: body }),
      ...(state !== undefined && { status: 'abandoned' }),
    };
    return this.#repository.call('update the pull request', async () => {
      const write = (): Promise<PullRequestFacts> => this.change(number, change);
      return this.#shown(await unlessEnded(write, () => this.get(number), isOpen));
    });
  }

  /** One as it is now. Throws what the client throws, as the next one does. */
  get(number: number): Promise<PullRequestFacts> {
    return this.#repository.get(PULL_REQUEST, path`/pullRequests/${number}`);
  }

  /** Changes it; returns it as it is then. */
  change(number: number, change: Readonly<Record<string, unknown>>): Promise<PullRequestFacts> {
    return this.#repository.send(PULL_REQUEST, 'PATCH', path`/pullRequests/${number}`, change);
  }

  #shown(facts: PullRequestFacts): PullRequest {
    return pullRequestOf(facts, this.#repository.page);
  }

  #list(query: Query, most: number): Promise<PullRequestFacts[]> {
    return this.#repository.list(PULL_REQUEST, '/pullRequests', query, most);
  }

  async #read(listed: PullRequestFacts, matters: (one: Judged) => boolean): Promise<PullRequest> {
    const isEnough =
      (listed.description ?? '').length < SURELY_WHOLE ||
      (listed.status === 'completed' && matters(this.#shown(listed)));
    const facts = isEnough ? listed : await this.#whole(listed);
    const read = this.#shown(facts);
    return matters(read) ? pullRequestOf(facts, this.#repository.page, await this.#commitsOf(facts)) : read;
  }

  #whole({ pullRequestId: number, status }: PullRequestFacts): Promise<PullRequestFacts> {
    if (status === 'active') return this.get(number);
    return kept(this.#past, number, () => this.get(number));
  }

  #commitsOf(facts: PullRequestFacts): Promise<readonly Commit[]> {
    const { pullRequestId: number } = facts;
    return kept(this.#commits, `${number} ${headOf(facts)}`, async () => {
      const listed = await this.#repository.list(COMMIT, path`/pullRequests/${number}/commits`, {}, COMMITS_READ);
      const whole = await Promise.all(listed.map(async (one) => (isWhole(one) ? one : this.#commit(one.commitId))));
      return whole.map(commitOf);
    });
  }

  #commit(id: string): Promise<CommitFacts> {
    return this.#repository.get(COMMIT, path`/commits/${id}`);
  }
}

const isOpen = ({ status }: PullRequestFacts): boolean => status === 'active';

/** Whether the commit of a list has its parents and all of its message. */
const isWhole = ({ commentTruncated, parents }: CommitFacts): boolean => commentTruncated !== true && parents != null;
