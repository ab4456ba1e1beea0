/** GitHub's pull requests: listed, opened and rewritten. */
import { failure } from '../../core/errors.ts';
import type { NewPullRequest, PullRequest, PullRequests } from '../forge.ts';
import { pullRequestsQuery } from './graphql-documents.ts';
import { pullRequests, readAnswer, REST_PULL_REQUEST } from './answers.ts';
import { reasonOf, UnreadableAnswer } from './error-message.ts';
import { fromGraphql, fromRest } from './pull-request.ts';
import type { GitHubRepository } from './repository.ts';

/** Pages of a hundred open pull requests each. */
const MAX_PAGES = 200;

/** The pull requests into `base`: in one request unless more than a hundred are open. Throws API_DENIED and NETWORK. */
export async function findPullRequests(
  repository: GitHubRepository,
  branches: readonly string[],
  base: string,
): Promise<PullRequests> {
  const [document, shape] = [pullRequestsQuery(branches.length), pullRequests(branches.length)];
  const named = Object.fromEntries(branches.map((branch, index) => [`branch${index}`, branch]));
  const cursors = new Set<string | null>();
  const read = (after: string | null) =>
    repository.call('list pull requests', async () => {
      const { repository: page } = await repository.query(document, shape, { ...named, base, after });
      cursors.add(after);
      const { hasNextPage, endCursor } = page.open.pageInfo;
      // Part of the list, believed to be all of it, would open a second pull request.
      if (hasNextPage && (cursors.has(endCursor) || cursors.size >= MAX_PAGES)) {
        throw new UnreadableAnswer(`the list of open pull requests has no end after ${cursors.size} pages`);
      }
      return page;
    });
  const { open: first, ...past } = await read(null);
  const open = [...first.nodes];
  for (let { pageInfo } = first; pageInfo.hasNextPage;) {
    const { open: next } = await read(pageInfo.endCursor);
    open.push(...next.nodes);
    ({ pageInfo } = next);
  }
  const byNumber = new Map(Object.values(past).flatMap(({ nodes }) => nodes.map((facts) => [facts.number, facts])));
  return { open: open.flatMap(fromGraphql), past: [...byNumber.values()].flatMap(fromGraphql).toSorted(newestFirst) };
}

const newestFirst = (one: PullRequest, other: PullRequest): number => other.number - one.number;

/**
 * Opens one, not as a draft where the repository has no drafts; `undefined` when one is open from that branch already.
 * Throws NO_COMMITS, API_DENIED and NETWORK.
 */
export async function openPullRequest(
  repository: GitHubRepository,
  { branch, ...wanted }: NewPullRequest,
): Promise<PullRequest | undefined> {
  const { parameters, rest } = repository;
  const request = async (draft: boolean): Promise<PullRequest> => {
    const { data } = await rest.pulls.create({ ...parameters, ...wanted, draft, head: branch });
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
      throw failure('NO_COMMITS', { repository: repository.fullName, branch, base: wanted.base }, error);
    }
    throw repository.explain('open a pull request', error);
  }
}

/** Writes a title or a body, or closes it. Throws API_DENIED and NETWORK. */
export async function updatePullRequest(
  repository: GitHubRepository,
  number: number,
  change: { title?: string; body?: string; state?: 'closed' },
): Promise<PullRequest> {
  return repository.call('update the pull request', async () => {
    const { data } = await repository.rest.pulls.update({ ...repository.parameters, pull_number: number, ...change });
    return fromRest(readAnswer(REST_PULL_REQUEST, data));
  });
}
