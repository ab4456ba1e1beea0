/** Pull requests of Bitbucket Data Center: found, opened and rewritten. */
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
import { path, type Query } from '../http/address.ts';
import { inParallel } from '../http/in-parallel.ts';
import { finalRefusal, unlessEnded } from '../http/refused-answer.ts';
import { COMMIT, pageOf, partOf, PULL_REQUEST, REPOSITORY, USERS, type PullRequestFacts } from './answers.ts';
import { commitOf, isOwn, pullRequestOf, reviewersOf } from './pull-request.ts';
import { refusedBy, wrongReviewers } from './refusal.ts';
import type { Repository } from './repository.ts';

const PAGE = 50;
/** Past ones in each list. */
const LISTED = 20;
/** Requests for the commits of pull requests that are under way at once. */
const AT_ONCE = 5;
/** Tries of a change, for each of which the pull request is read again: it may change in between. */
const TRIES = 5;

/** A reviewer that was not taken. */
export interface RefusedReviewer {
  readonly name: string;
  readonly reason: string;
}

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
      const into = { direction: 'INCOMING', at: refOf(base) };
      const [opened, merged, ...ofBranches] = await Promise.all([
        this.#list({ state: 'OPEN', ...into }, Infinity),
        this.#list({ state: 'MERGED', ...into }, LISTED),
        ...branches.map((branch) => this.#list({ state: 'ALL', direction: 'OUTGOING', at: refOf(branch) }, LISTED)),
      ]);
      const past = ofBranches.flat().filter(({ state }) => state !== 'OPEN');
      const listed = [...opened, ...merged, ...past].filter((one) => isOwn(one) && one.toRef.id === refOf(base));
      const facts = newestFirst(listed, ({ id }) => id);
      const found = await inParallel(facts, AT_ONCE, async (one) => {
        const read = pullRequestOf(one);
        return matters(read) ? pullRequestOf(one, await this.#commitsOf(one)) : read;
      });
      return byState(found);
    });
  }

  /** As `Forge.open`, with the default reviewers, which Bitbucket's API does not add by itself. */
  async open(wanted: NewPullRequest): Promise<PullRequest | undefined> {
    try {
      const reviewers = await this.#defaultReviewers(wanted);
      const { facts, refused } = await withoutWrong(reviewers, (names) => this.#post(wanted, names));
      for (const { name, reason } of refused) this.#repository.log(`default reviewer ${name} is not asked: ${reason}`);
      return pullRequestOf(facts);
    } catch (error) {
      if (refusedBy('DuplicatePullRequestException', error)) return undefined;
      const { client, fullName } = this.#repository;
      if (refusedBy('EmptyPullRequestException', error)) {
        const { branch, base } = wanted;
        throw failure('NO_COMMITS', { forge: client.server.name, repository: fullName, branch, base }, error);
      }
      throw this.#repository.explain('open a pull request', error);
    }
  }

  /** As `Forge.update`; it is declined last, since of what is declined no text is written. */
  async update(number: number, { title, body, state }: NewText & { state?: 'closed' }): Promise<PullRequest> {
    return this.#repository.call('update the pull request', async () => {
      const change = { ...(title !== undefined && { title }), ...(body !== undefined && { description: body }) };
      const write = async (): Promise<PullRequestFacts> => {
        const written = Object.keys(change).length > 0 ? (await this.change(number, change)).facts : undefined;
        return state === 'closed' ? await this.#decline(number) : (written ?? (await this.get(number)));
      };
      return pullRequestOf(await unlessEnded(write, () => this.get(number), isOpen));
    });
  }

  /** One as it is now. Throws what the client throws, as the next one does. */
  get(number: number): Promise<PullRequestFacts> {
    return this.#repository.client.get(PULL_REQUEST, this.at(number));
  }

  /**
   * Changes these fields and adds these reviewers. Bitbucket takes the whole pull request: all else is sent as it is, but for
   * reviewers that are not taken any more.
   */
  async change(
    number: number,
    change: { readonly title?: string; readonly description?: string; readonly draft?: boolean },
    added: readonly string[] = [],
  ): Promise<{ readonly facts: PullRequestFacts; readonly refused: readonly RefusedReviewer[] }> {
    return this.inVersion(number, async (before) => {
      const { version, title, description, draft } = before;
      const present = reviewersOf(before);
      const wanted = [...present, ...added.filter((name) => !present.some((one) => isSameName(one, name)))];
      const whole = { version, title, description: description ?? '', ...(draft != null && { draft }), ...change };
      return withoutWrong(wanted, (names) =>
        this.#repository.client.send(PULL_REQUEST, 'PUT', this.at(number), { ...whole, reviewers: asked(names) }),
      );
    });
  }

  /** Some change of a pull request in its present version; read and tried again where it has another one by then. */
  async inVersion<Result>(number: number, work: (before: PullRequestFacts) => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries += 1) {
      const before = await this.get(number);
      try {
        return await work(before);
      } catch (error) {
        if (tries >= TRIES || !refusedBy('PullRequestOutOfDateException', error)) throw error;
      }
    }
  }

  at(number: number): string {
    return this.#repository.at + path`/pull-requests/${number}`;
  }

  async #decline(number: number): Promise<PullRequestFacts> {
    return this.inVersion(number, async (before) => {
      if (!isOpen(before)) return before;
      const { version } = before;
      return this.#repository.client.send(PULL_REQUEST, 'POST', `${this.at(number)}/decline`, { version }, { version });
    });
  }

  #post({ branch, base, title, body, draft }: NewPullRequest, reviewers: readonly string[]): Promise<PullRequestFacts> {
    const { client, at, project, slug } = this.#repository;
    const repository = { slug, project: { key: project } };
    return client.send(PULL_REQUEST, 'POST', `${at}/pull-requests`, {
      title,
      description: body,
      fromRef: { id: refOf(branch), repository },
      toRef: { id: refOf(base), repository },
      // Servers before 8.18 do not know the field.
      ...(draft && { draft }),
      reviewers: asked(reviewers),
    });
  }

  /** Those that the repository and its project have for these branches; none where the token may not read them. */
  async #defaultReviewers({ branch, base }: NewPullRequest): Promise<readonly string[]> {
    const { client, at, defaultReviewersAt, log } = this.#repository;
    try {
      const { id } = await client.get(REPOSITORY, at);
      const query = { sourceRepoId: id, targetRepoId: id, sourceRefId: refOf(branch), targetRefId: refOf(base) };
      return (await client.get(USERS, defaultReviewersAt, query)).map(({ name }) => name);
    } catch (error) {
      const refused = finalRefusal(error);
      if (!refused) throw error;
      log(`the default reviewers are not asked, since they could not be read: ${refused.message}`);
      return [];
    }
  }

  #list(query: Query, most: number): Promise<PullRequestFacts[]> {
    const { client, at } = this.#repository;
    const all = { ...query, order: 'NEWEST', limit: Math.min(most, PAGE) };
    return client.listIn(pageOf(PULL_REQUEST), partOf, `${at}/pull-requests`, all, most);
  }

  #commitsOf({ id, fromRef }: PullRequestFacts): Promise<readonly Commit[]> {
    return kept(this.#commits, `${id} ${fromRef.latestCommit}`, () => this.#readCommits(id));
  }

  async #readCommits(number: number): Promise<readonly Commit[]> {
    const query = { limit: COMMITS_READ };
    const { values } = await this.#repository.client.get(pageOf(COMMIT), `${this.at(number)}/commits`, query);
    return values.slice(0, COMMITS_READ).map(commitOf);
  }
}

/** The result of `send` with the reviewers that are taken: those that Bitbucket names as wrong are left out. */
async function withoutWrong(
  names: readonly string[],
  send: (names: readonly string[]) => Promise<PullRequestFacts>,
): Promise<{ readonly facts: PullRequestFacts; readonly refused: readonly RefusedReviewer[] }> {
  try {
    return { facts: await send(names), refused: [] };
  } catch (error) {
    const wrong = wrongReviewers(error);
    const right = names.filter((name) => !wrong.some((one) => isSameName(one.name, name)));
    if (right.length === names.length) throw error;
    const { facts, refused } = await withoutWrong(right, send);
    return { facts, refused: [...wrong, ...refused] };
  }
}

const isOpen = ({ state }: PullRequestFacts): boolean => state === 'OPEN';

const asked = (names: readonly string[]): object[] => names.map((name) => ({ user: { name } }));

const refOf = (branch: string): string => `refs/heads/${branch}`;

/** Whether two user names are the same: the server ignores the case of letters. */
export const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
