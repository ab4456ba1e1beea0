/** Pull requests of Bitbucket Cloud: found, opened and rewritten. */
import { failure } from '../../core/errors.ts';
import { kept, type Commit } from '../../core/objects.ts';
import {
  COMMITS_READ,
  type Judged,
  type NewPullRequest,
  type NewText,
  type PullRequest,
  type PullRequests,
} from '../forge.ts';
import { byState, newestFirst } from '../found.ts';
import { path } from '../http/address.ts';
import { inParallel } from '../http/in-parallel.ts';
import { finalRefusal, unlessEnded } from '../http/refused-answer.ts';
import { COMMIT, pageOf, partOf, PULL_REQUEST, type PullRequestFacts } from './answers.ts';
import { commitOf, isOwn, pullRequestOf } from './pull-request.ts';
import type { Repository } from './repository.ts';
import { defaultReviewers, isAboutReviewers, reviewersWith, type Asked } from './reviewers.ts';

/** The largest page that Bitbucket gives of pull requests. */
const PAGE = 50;
/** Past ones in each list. */
const LISTED = 20;
/** Requests for the commits of pull requests that are under way at once. */
const AT_ONCE = 5;
/** A list leaves these out unless they are asked for. */
const WITH_REVIEWERS = '+values.reviewers';

const PAST = '(state = "MERGED" OR state = "DECLINED" OR state = "SUPERSEDED")';

export class PullRequestReader {
  readonly #repository: Repository;
  /** By pull request and head. */
  readonly #commits = new Map<string, Promise<readonly Commit[]>>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** As `Forge.find`: two requests and one for each branch, then one for each pull request that matters. */
  async find(branches: readonly string[], base: string, matters: (one: Judged) => boolean): Promise<PullRequests> {
    return this.#repository.call('list pull requests', async () => {
      const into = `destination.branch.name = ${quoted(base)}`;
      const [opened, merged, ...ofBranches] = await Promise.all([
        this.#list(`state = "OPEN" AND ${into}`, Infinity),
        this.#list(`state = "MERGED" AND ${into}`, LISTED),
        ...branches.map((branch) => this.#list(`${PAST} AND ${into} AND ${from(branch)}`, LISTED)),
      ]);
      const listed = [...opened, ...merged, ...ofBranches.flat()].filter((one) => isOwn(one) && isInto(one, base));
      const facts = newestFirst(listed, ({ id }) => id);
      const found = await inParallel(facts, AT_ONCE, async (one) => {
        const read = pullRequestOf(one);
        return matters(read) ? pullRequestOf(one, await this.#commitsOf(one)) : read;
      });
      return byState(found);
    });
  }

  /**
   * As `Forge.open`, with the default reviewers, which Bitbucket's API does not add by itself. It is asked first whether one is
   * open: instead of a second one Bitbucket would give the first another title.
   */
  async open({ branch, base, title, body, draft }: NewPullRequest): Promise<PullRequest | undefined> {
    const { client, at } = this.#repository;
    const wanted = {
      title,
      description: body,
      source: { branch: { name: branch } },
      destination: { branch: { name: base } },
      draft,
    };
    const post = (reviewers: readonly Asked[]): Promise<PullRequestFacts> =>
      client.send(PULL_REQUEST, 'POST', `${at}/pullrequests`, { ...wanted, reviewers });
    try {
      const query = `state = "OPEN" AND destination.branch.name = ${quoted(base)} AND ${from(branch)}`;
      const [there, reviewers] = await Promise.all([this.#list(query, PAGE), defaultReviewers(this.#repository)]);
      if (there.some((one) => isOwn(one) && isInto(one, base) && one.source.branch.name === branch)) return undefined;
      try {
        return await this.#answered(await post(reviewers));
      } catch (error) {
        if (reviewers.length === 0 || !isAboutReviewers(finalRefusal(error))) throw error;
        const opened = await post([]);
        const { facts, refused } = await reviewersWith(this.#repository, opened, reviewers);
        for (const { reason } of refused) this.#repository.log(`a default reviewer is not asked: ${reason}`);
        return await this.#answered(facts);
      }
    } catch (error) {
      if (/no changes to be pulled/i.test(finalRefusal(error)?.message ?? '')) {
        const { fullName } = this.#repository;
        throw failure('NO_COMMITS', { forge: client.server.name, repository: fullName, branch, base }, error);
      }
      throw this.#repository.explain('open a pull request', error);
    }
  }

  /** As `Forge.update`. Bitbucket rewrites only what is open, so that it is declined last. */
  async update(number: number, { title, body, state }: NewText & { state?: 'closed' }): Promise<PullRequest> {
    return this.#repository.call('update the pull request', async () => {
      const change = { ...(title !== undefined && { title }), ...(body !== undefined && { description: body }) };
      const write = async (): Promise<PullRequestFacts> => {
        const written = Object.keys(change).length > 0 ? await this.change(number, change) : undefined;
        return state === 'closed' ? await this.#decline(number) : (written ?? (await this.get(number)));
      };
      return this.#answered(await unlessEnded(write, () => this.get(number), isOpen));
    });
  }

  /** One as it is now. Throws what the client throws, as the next one does. */
  get(number: number): Promise<PullRequestFacts> {
    return this.#repository.client.get(PULL_REQUEST, this.#at(number));
  }

  /** Changes these fields, and no other; gives it as it is then. */
  change(number: number, change: Readonly<Record<string, unknown>>): Promise<PullRequestFacts> {
    return this.#repository.client.send(PULL_REQUEST, 'PUT', this.#at(number), change);
  }

  #at(number: number): string {
    return this.#repository.at + path`/pullrequests/${number}`;
  }

  #decline(number: number): Promise<PullRequestFacts> {
    return this.#repository.client.send(PULL_REQUEST, 'POST', `${this.#at(number)}/decline`);
  }

  /** The latest ones that a query is true for. */
  #list(q: string, most: number): Promise<PullRequestFacts[]> {
    const { client, at } = this.#repository;
    const query = { q, sort: '-updated_on', pagelen: Math.min(most, PAGE), fields: WITH_REVIEWERS };
    return client.listIn(pageOf(PULL_REQUEST), partOf, `${at}/pullrequests`, query, most);
  }

  /** What an answer to a change says, with the whole id of its head. */
  async #answered(facts: PullRequestFacts): Promise<PullRequest> {
    return { ...pullRequestOf(facts, await this.#commitsOf(facts)), commits: [] };
  }

  #commitsOf({ id, source }: PullRequestFacts): Promise<readonly Commit[]> {
    return kept(this.#commits, `${id} ${source.commit?.hash}`, () => this.#readCommits(id));
  }

  /** None where they are gone with their branch. */
  async #readCommits(number: number): Promise<readonly Commit[]> {
    try {
      const query = { pagelen: COMMITS_READ };
      const { values } = await this.#repository.client.get(pageOf(COMMIT), `${this.#at(number)}/commits`, query);
      return values.slice(0, COMMITS_READ).map(commitOf);
    } catch (error) {
      if (finalRefusal(error)?.status === 404) return [];
      throw error;
    }
  }
}

/** Names are compared here too: a query may take capitals for small letters. */
const isInto = ({ destination }: PullRequestFacts, base: string): boolean => destination.branch.name === base;

const from = (branch: string): string => `source.branch.name = ${quoted(branch)}`;

/** A text in a query. */
const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const isOpen = ({ state }: PullRequestFacts): boolean => state === 'OPEN';
