/** GitHub's pull requests: listed, opened and rewritten. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewPullRequest, PullRequest, PullRequests } from '../forge.ts';
import { pullRequestsQuery } from './graphql-documents.ts';
import { reasonOf } from './error-message.ts';
import { fromGraphql, fromRest, type PullRequestFacts } from './pull-request.ts';
import type { GitHubRepository } from './repository.ts';

/** GitHub's API can lag behind a push: milliseconds until each further try. */
const HEAD_RETRIES = [1000, 3000];

interface Nodes {
  readonly nodes: readonly PullRequestFacts[];
}

interface Page {
  readonly repository: Readonly<Record<string, Nodes>> & {
    readonly open: Nodes & { readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } };
  };
}

/** The pull requests into `base`: in one request unless more than a hundred are open. Throws API_DENIED and NETWORK. */
export async function findPullRequests(
  repository: GitHubRepository,
  branches: readonly string[],
  base: string,
): Promise<PullRequests> {
  const document = pullRequestsQuery(branches.length);
  const named = Object.fromEntries(branches.map((branch, index) => [`branch${index}`, branch]));
  const ask = async (after: string | null): Promise<Page['repository']> => {
    const variables = { ...named, base, after };
    return (await repository.call('list pull requests', () => repository.query<Page>(document, variables))).repository;
  };
  const { open: first, ...past } = await ask(null);
  const open = [...first.nodes];
  let cursor: string | null = null;
  for (let { pageInfo } = first; pageInfo.hasNextPage && pageInfo.endCursor !== cursor;) {
    cursor = pageInfo.endCursor;
    const { open: next } = await ask(cursor);
    open.push(...next.nodes);
    ({ pageInfo } = next);
  }
  const byNumber = new Map(Object.values(past).flatMap(({ nodes }) => nodes.map((facts) => [facts.number, facts])));
  return { open: open.flatMap(fromGraphql), past: [...byNumber.values()].flatMap(fromGraphql).toSorted(newestFirst) };
}

const newestFirst = (one: PullRequest, other: PullRequest): number => other.number - one.number;

/**
 * Opens one, not as a draft where the repository has no drafts; `undefined` when one is open from that branch already.
 * Throws API_DENIED and NETWORK.
 */
export async function openPullRequest(
  repository: GitHubRepository,
  { branch, ...wanted }: NewPullRequest,
): Promise<PullRequest | undefined> {
  let draft = wanted.draft;
  for (let attempt = 0; ;) {
    try {
      const { parameters, rest } = repository;
      const { data } = await rest.pulls.create({ ...parameters, ...wanted, draft, head: branch });
      return fromRest(data);
    } catch (error) {
      const reason = reasonOf(error);
      if (/already exists/.test(reason)) return undefined;
      if (draft && /draft pull requests are not supported/i.test(reason)) {
        draft = false;
        continue;
      }
      const delay = HEAD_RETRIES[attempt];
      if (!/head\b.*\b(?:invalid|exist)/.test(reason) || delay === undefined) {
        throw repository.explain('open a pull request', error);
      }
      await sleep(delay);
      attempt += 1;
    }
  }
}

/** Writes a title or a body, or closes it. Throws API_DENIED and NETWORK. */
export async function updatePullRequest(
  repository: GitHubRepository,
  number: number,
  change: { title?: string; body?: string; state?: 'closed' },
): Promise<PullRequest> {
  const { data } = await repository.call('update the pull request', () =>
    repository.rest.pulls.update({ ...repository.parameters, pull_number: number, ...change }),
  );
  return fromRest(data);
}
