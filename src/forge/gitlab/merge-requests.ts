/** GitLab's merge requests: found, opened and rewritten. */
import { kept, type Commit } from '../../core/objects.ts';
import { COMMITS_READ, type Judged, type NewPullRequest, type PullRequest, type PullRequests } from '../forge.ts';
import { byState, newestFirst } from '../found.ts';
import { path, type Query } from '../http/address.ts';
import { inParallel } from '../http/in-parallel.ts';
import { finalRefusal } from '../http/refused-answer.ts';
import { COMMITS, MERGE_REQUEST, MERGE_REQUESTS, NOTES, type MergeRequest } from './answers.ts';
import { withSign } from './draft-title.ts';
import { commitOf, isOwn, pullRequestOf } from './merge-request.ts';
import type { Project } from './project.ts';

/** Open ones on one page: texts of the greatest length make an answer of 50 MiB. */
const PAGE = 50;
/** Past ones in each list. */
const LISTED = 20;
/** Requests for the commits of merge requests that are under way at once. */
const AT_ONCE = 5;
/** Events that are read of one that was closed. */
const EVENTS = 20;
/** GitLab closes what a deleted branch leaves, and notes the deletion, one after the other. */
const SAME_MOMENT = 3000;

export class MergeRequests {
  readonly #project: Project;
  /** What does not change: the commits by merge request and head, and why one was closed. */
  readonly #commits = new Map<string, Promise<readonly Commit[]>>();
  readonly #deletions = new Map<string, Promise<boolean>>();

  constructor(project: Project) {
    this.#project = project;
  }

  /** As `Forge.find`: two requests and one for each branch, then one for each that matters. */
  async find(branches: readonly string[], base: string, matters: (one: Judged) => boolean): Promise<PullRequests> {
    return this.#project.call('list pull requests', async () => {
      const latest = { order_by: 'updated_at', per_page: LISTED };
      const [opened, merged, ...ofBranches] = await Promise.all([
        this.#list({ state: 'opened', target_branch: base, per_page: PAGE }, Infinity),
        this.#list({ state: 'merged', target_branch: base, order_by: 'merged_at', per_page: LISTED }, LISTED),
        ...branches.map((branch) => this.#list({ source_branch: branch, target_branch: base, ...latest }, LISTED)),
      ]);
      const facts = newestFirst([...opened, ...merged, ...ofBranches.flat()].filter(isOwn), ({ iid }) => iid);
      const found = await inParallel(facts, AT_ONCE, (one) => this.#read(one, matters));
      return byState(found);
    });
  }

  /** As `Forge.open`. */
  async open({ branch, base, title, body, draft }: NewPullRequest): Promise<PullRequest | undefined> {
    const { client, at } = this.#project;
    const wanted = {
      source_branch: branch,
      target_branch: base,
      title: draft ? withSign(title) : title,
      description: body,
    };
    try {
      return pullRequestOf(await client.send(MERGE_REQUEST, 'POST', `${at}/merge_requests`, wanted));
    } catch (error) {
      const refused = finalRefusal(error);
      if (refused?.status === 409 && /already exists/i.test(refused.message)) return undefined;
      throw this.#project.explain('open a pull request', error);
    }
  }

  /** As `Forge.update`: a draft stays one under its new title. */
  async update(
    number: number,
    { title, body, state }: { title?: string; body?: string; state?: 'closed' },
  ): Promise<PullRequest> {
    const { client } = this.#project;
    return this.#project.call('update the pull request', async () => {
      const isDraft = title !== undefined && (await this.get(number)).draft;
      const change = {
        ...(title !== undefined && { title: isDraft ? withSign(title) : title }),
        ...(body !== undefined && { description: body }),
        ...(state !== undefined && { state_event: 'close' }),
      };
      return pullRequestOf(await client.send(MERGE_REQUEST, 'PUT', this.#at(number), change));
    });
  }

  /** One as it is now. Throws what the client throws, as the next one does. */
  get(number: number): Promise<MergeRequest> {
    return this.#project.client.get(MERGE_REQUEST, this.#at(number));
  }

  /** Changes its attributes; gives it as it is then. */
  change(number: number, change: Readonly<Record<string, unknown>>): Promise<MergeRequest> {
    return this.#project.client.send(MERGE_REQUEST, 'PUT', this.#at(number), change);
  }

  #at(number: number): string {
    return this.#project.at + path`/merge_requests/${number}`;
  }

  #list(query: Query, most: number): Promise<MergeRequest[]> {
    const { client, at } = this.#project;
    return client.list(MERGE_REQUESTS, `${at}/merge_requests`, query, most);
  }

  async #read(facts: MergeRequest, matters: (one: Judged) => boolean): Promise<PullRequest> {
    const read = pullRequestOf(facts);
    if (!matters(read)) return read;
    const [commits, closedByDeletion] = await Promise.all([
      this.#commitsOf(facts),
      read.state === 'closed' && this.#wasClosedByDeletion(facts),
    ]);
    return pullRequestOf(facts, { commits, closedByDeletion });
  }

  #commitsOf({ iid, sha }: MergeRequest): Promise<readonly Commit[]> {
    return kept(this.#commits, `${iid} ${sha}`, async () => {
      const query = { per_page: COMMITS_READ };
      const found = await this.#project.client.list(COMMITS, `${this.#at(iid)}/commits`, query, COMMITS_READ);
      return found.map(commitOf);
    });
  }

  /** By the events that it lists: GitLab notes the deletion of its branch right after it closed it. */
  #wasClosedByDeletion({ iid, closed_at: closedAt, source_branch: branch }: MergeRequest): Promise<boolean> {
    return kept(this.#deletions, `${iid} ${closedAt}`, async () => {
      const query = { order_by: 'created_at', sort: 'desc', per_page: EVENTS };
      const notes = await this.#project.client.list(NOTES, `${this.#at(iid)}/notes`, query, EVENTS);
      const closed = Date.parse(closedAt ?? '');
      return notes.some(
        ({ system, body, created_at: created }) =>
          system &&
          body === `deleted source branch \`${branch}\`` &&
          Math.abs(Date.parse(created) - closed) <= SAME_MOMENT,
      );
    });
  }
}
