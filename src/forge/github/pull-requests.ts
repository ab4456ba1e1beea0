/** GitHub's pull requests: listed, opened and rewritten. */
import * as z from 'zod/mini';
import { failure } from '../../core/errors.ts';
import type { NewPullRequest, NewText, PullRequest, PullRequests } from '../forge.ts';
import { readAnswer, UnreadableAnswer } from '../http/unreadable.ts';
import { pullRequestsQuery } from './graphql-documents.ts';
import { pullRequestLists, REPOSITORY_FACTS, type PullRequestList, type PullRequestLists } from './graphql-answers.ts';
import { REST_PULL_REQUEST } from './rest-answers.ts';
import { reasonOf } from './error-message.ts';
import { fromGraphql, fromRest } from './pull-request.ts';
import type { GitHubRepository } from './repository.ts';

/** Pages of a hundred open pull requests each. */
const MAX_PAGES = 200;
/** Past ones in each list. */
const LISTED = 20;

/** Reads the pull requests of a repository; those that came with its base are not asked for again. */
export class PullRequestReader {
  readonly #repository: GitHubRepository;
  /** What came with a base: the past ones by their branches, each used once. */
  #kept: Kept | undefined;

  constructor(repository: GitHubRepository) {
    this.#repository = repository;
  }

  /**
   * Takes the lists of an answer that has a base beside them: `asked` is what it was asked for by, empty for the default
   * branch; then the lists have those into other bases too. Throws UnreadableAnswer.
   */
  keep(answer: unknown, branches: readonly string[], asked: string, base: string): void {
    const lists = readAnswer(pullRequestLists(branches.length), answer);
    if (lists.open.pageInfo.hasNextPage || (asked === '' && !hasAllOf(base, lists))) return;
    const { open, merged, ...past } = asked === '' ? only(base, lists) : lists;
    const byBranch = branches.map((branch, index) => [branch, listOf(past, `past${index}`)] as const);
    const before = this.#kept?.base === base ? this.#kept.past : [];
    this.#kept = { base, open: open.nodes, merged: merged.nodes, past: new Map([...before, ...byBranch]) };
  }

  /** What was kept is old. */
  forget(): void {
    this.#kept = undefined;
  }

  /**
   * The pull requests into `base`: those that were kept, once for each branch, else in one request unless more than a hundred
   * are open. Throws API_DENIED and NETWORK.
   */
  async find(branches: readonly string[], base: string): Promise<PullRequests> {
    const kept = this.#kept;
    const isKept = kept?.base === base && branches.length > 0 && branches.every((branch) => kept.past.has(branch));
    if (!isKept) return this.#ask(branches, base);
    const past = branches.flatMap((branch) => kept.past.get(branch) ?? []);
    for (const branch of branches) kept.past.delete(branch);
    return toPullRequests({ ...kept, past });
  }

  async #ask(branches: readonly string[], base: string): Promise<PullRequests> {
    const repository = this.#repository;
    const [document, shape] = [pullRequestsQuery(branches.length), answerOf(branches.length)];
    const named = Object.fromEntries(branches.map((branch, index) => [`branch${index}`, branch]));
    const cursors = new Set<string | null>();
    const read = (after: string | null) =>
      repository.call('list pull requests', async () => {
        const {
          repository: { id, isPrivate, ...page },
        } = await repository.query(document, shape, { ...named, base, after });
        repository.keepFacts({ id, isPrivate });
        cursors.add(after);
        const { hasNextPage, endCursor } = page.open.pageInfo;
        // Part of the list, believed to be all of it, would open a second pull request.
        if (hasNextPage && (cursors.has(endCursor) || cursors.size >= MAX_PAGES)) {
          throw new UnreadableAnswer(`the list of open pull requests has no end after ${cursors.size} pages`);
        }
        return page;
      });
    const first = await read(null);
    const open = [...first.open.nodes];
    for (let { pageInfo } = first.open; pageInfo.hasNextPage;) {
      const { open: next } = await read(pageInfo.endCursor);
      open.push(...next.nodes);
      ({ pageInfo } = next);
    }
    const { open: _, merged, ...past } = first;
    return toPullRequests({
      open,
      merged: merged.nodes,
      past: Object.values<PullRequestList>(past).flatMap(({ nodes }) => nodes),
    });
  }
}

/** Of the answer to `pullRequestsQuery`. */
const answerOf = (branches: number) =>
  z.object({ repository: z.extend(pullRequestLists(branches), REPOSITORY_FACTS.shape) });

interface Lists {
  readonly open: PullRequestList['nodes'];
  readonly merged: PullRequestList['nodes'];
}

interface Kept extends Lists {
  readonly base: string;
  readonly past: Map<string, PullRequestList['nodes']>;
}

function toPullRequests({ open, merged, past }: Lists & { readonly past: PullRequestList['nodes'] }): PullRequests {
  const byNumber = new Map([...past, ...merged].map((facts) => [facts.number, facts]));
  return { open: open.flatMap(fromGraphql), past: [...byNumber.values()].flatMap(fromGraphql).toSorted(newestFirst) };
}

const listOf = (lists: Readonly<Record<string, PullRequestList>>, name: string) => lists[name]?.nodes ?? [];

/** A list of past ones that is full may lack some into this base, in whose place it has others. */
function hasAllOf(base: string, lists: PullRequestLists): boolean {
  return Object.entries<PullRequestList>(lists).every(
    ([name, { nodes }]) =>
      name === 'open' || nodes.length < LISTED || nodes.every(({ baseRefName }) => baseRefName === base),
  );
}

function only(base: string, { open, ...past }: PullRequestLists): PullRequestLists {
  const into = <List extends PullRequestList>(list: List): List => ({
    ...list,
    nodes: list.nodes.filter(({ baseRefName }) => baseRefName === base),
  });
  const entries = Object.entries<PullRequestList>(past).map(([name, list]) => [name, into(list)] as const);
  return { open: into(open), ...Object.fromEntries(entries) } as PullRequestLists;
}

const newestFirst = (one: PullRequest, other: PullRequest): number => other.number - one.number;

/** The input of `createPullRequest`. */
export const openingOf = (repositoryId: string, { branch, base, title, body, draft }: NewPullRequest) => ({
  repositoryId,
  baseRefName: base,
  headRefName: branch,
  title,
  body,
  draft,
});

/**
 * Opens one, not as a draft where the repository has no drafts; `undefined` when one is open from that branch already.
 * Throws NO_COMMITS, API_DENIED and NETWORK.
 */
export async function openPullRequest(
  repository: GitHubRepository,
  { branch, ...wanted }: NewPullRequest,
): Promise<PullRequest | undefined> {
  const { parameters } = repository;
  const request = async (draft: boolean): Promise<PullRequest> => {
    const { data } = await repository.rest(({ pulls }) =>
      pulls.create({ ...parameters, ...wanted, draft, head: branch }),
    );
    return fromRest(readAnswer(REST_PULL_REQUEST, data));
  };
  try {
    return await request(wanted.draft).catch((error: unknown) => {
      if (!wanted.draft || !/draft pull requests are not supported/i.test(reasonOf(error))) throw error;
      return request(false);
    });
  } catch (error) {
    const reason = reasonOf(error);
    if (/already exists/.test(reason)) return undefined;
    if (/\bno commits between\b/i.test(reason)) {
      throw failure(
        'NO_COMMITS',
        { forge: 'GitHub', repository: repository.fullName, branch, base: wanted.base },
        error,
      );
    }
    throw repository.explain('open a pull request', error);
  }
}

/** Writes a title or a body, or closes it. Throws API_DENIED and NETWORK. */
export async function updatePullRequest(
  repository: GitHubRepository,
  number: number,
  change: NewText & { readonly state?: 'closed' },
): Promise<PullRequest> {
  return repository.call('update the pull request', async () => {
    const { data } = await repository.rest(({ pulls }) =>
      pulls.update({ ...repository.parameters, pull_number: number, ...change }),
    );
    return fromRest(readAnswer(REST_PULL_REQUEST, data));
  });
}
