/** Gitea's pull requests: listed, opened and rewritten. */
import { failure } from '../../core/errors.ts';
import { COMMITS_READ, type Judged, type NewPullRequest, type PullRequest, type PullRequests } from '../forge.ts';
import { inParallel } from '../http/in-parallel.ts';
import { finalRefusal } from '../http/refused-answer.ts';
import { COMMIT, COMMITS, PULL_REQUEST, PULL_REQUESTS, TIMELINE, type PullRequestFacts } from './answers.ts';
import { asDraft, likeBefore } from './draft.ts';
import { hasBranch, isFromHere, pullRequestOf, type Surroundings } from './pull-request.ts';
import type { GiteaRepository } from './repository.ts';
import { treeOf } from './tree-id.ts';

/** Pages of open pull requests: part of the list, believed to be all of it, would open a second one. */
const MAX_OPEN_PAGES = 200;
/** Pages of past ones, which have no order of their branches: what is older is forgotten. */
const MAX_PAST_PAGES = 4;
/** Past ones of a branch, and merged ones, that are read. */
const LISTED = 20;
/** Of these the trees are read too, by a request each. */
const LATEST = 2;
/** Requests side by side. */
const AT_ONCE = 6;
/** Gitea closes the pull requests of a branch that is deleted, and has seconds for both: a person takes longer. */
const SAME_MOMENT = 1000;

/** As `Forge.find`. Two requests and one for each pull request that matters; more for its unsigned commits, and long lists. */
export async function findPullRequests(
  repository: GiteaRepository,
  branches: readonly string[],
  base: string,
  matters: (pullRequest: Judged) => boolean = () => true,
): Promise<PullRequests> {
  return repository.call('list pull requests', async () => {
    const [open, past] = await Promise.all([listOpen(repository, base), listPast(repository, branches, base)]);
    const all = await inParallel([...open, ...past], AT_ONCE, async (facts) => {
      const alone = pullRequestOf(facts);
      return matters(alone) ? pullRequestOf(facts, await surroundingsOf(repository, facts)) : alone;
    });
    return { open: all.slice(0, open.length), past: all.slice(open.length) };
  });
}

/** Older servers do not know the filter by base: what they list is filtered here. */
const isInto =
  (base: string) =>
  (facts: PullRequestFacts): boolean =>
    facts.base.ref === base && isFromHere(facts);

const newestFirst = (one: PullRequestFacts, other: PullRequestFacts): number => other.number - one.number;

async function listOpen(repository: GiteaRepository, base: string): Promise<readonly PullRequestFacts[]> {
  const query = { state: 'open', base_branch: base };
  const found = new Map<number, PullRequestFacts>();
  for await (const page of repository.pages('/pulls', PULL_REQUESTS, query, MAX_OPEN_PAGES)) {
    for (const facts of page.filter(isInto(base))) found.set(facts.number, facts);
  }
  return [...found.values()].toSorted(newestFirst);
}

/** The list has no filter by branch: pages are read until all that is sought is there, or the last one is. */
async function listPast(
  repository: GiteaRepository,
  branches: readonly string[],
  base: string,
): Promise<readonly PullRequestFacts[]> {
  const query = { state: 'closed', base_branch: base };
  const found = new Map<number, PullRequestFacts>();
  let merged = 0;
  const ofBranch = new Map(branches.map((branch) => [branch, 0]));
  for await (const page of repository.pages('/pulls', PULL_REQUESTS, query, MAX_PAST_PAGES)) {
    for (const facts of page.filter(isInto(base)).toSorted(newestFirst)) {
      const { label } = facts.head;
      const count = ofBranch.get(label);
      const isListed = (facts.merged && merged < LISTED) || (count !== undefined && count < LISTED);
      if (facts.merged) merged += 1;
      if (count !== undefined) ofBranch.set(label, count + 1);
      if (isListed) found.set(facts.number, facts);
    }
    if (merged >= LISTED && [...ofBranch.values()].every((count) => count > 0)) break;
  }
  return [...found.values()].toSorted(newestFirst);
}

async function surroundingsOf(repository: GiteaRepository, facts: PullRequestFacts): Promise<Surroundings> {
  const [latest, closedByDeletion] = await Promise.all([
    latestCommits(repository, facts),
    wasClosedByDeletion(repository, facts),
  ]);
  return { ...latest, closedByDeletion };
}

async function latestCommits(repository: GiteaRepository, facts: PullRequestFacts) {
  const query = { limit: COMMITS_READ, files: false, stat: false };
  const found = await repository.get(`/pulls/${facts.number}/commits`, COMMITS, query);
  const isBehind = facts.state === 'open' && hasBranch(facts) && found.length > 0 && found[0]?.sha !== facts.head.sha;
  // For a moment after a push Gitea lists the commits that were there before.
  if (isBehind) found.splice(0, Infinity, await repository.get(`/git/commits/${facts.head.sha}`, COMMIT, query));
  // Nothing is written on top of what is over.
  const isOver = facts.state !== 'open' && !hasBranch(facts);
  const withTree = async (commit: (typeof found)[number], index: number) => {
    return { ...commit, tree: isOver || index >= LATEST ? '' : await treeOf(repository, commit) };
  };
  const commits = found.slice(0, COMMITS_READ).map(withTree);
  return { commits: await Promise.all(commits), isWhole: !isBehind && found.length <= LATEST };
}

/** Asked only where its branch is gone. */
async function wasClosedByDeletion(repository: GiteaRepository, facts: PullRequestFacts): Promise<boolean> {
  const { number, merged, state, closed_at: closedAt } = facts;
  if (merged || state === 'open' || !closedAt || hasBranch(facts)) return false;
  const closed = Date.parse(closedAt);
  const since = new Date(closed - SAME_MOMENT).toISOString();
  try {
    const events = (await repository.get(`/issues/${number}/timeline`, TIMELINE, { since })) ?? [];
    return events.some(
      (event) => event?.type === 'delete_branch' && Math.abs(Date.parse(event.created_at) - closed) <= SAME_MOMENT,
    );
  } catch (error) {
    // Without the scope for issues it is taken for a person's decision.
    if (finalRefusal(error)) return false;
    throw error;
  }
}

/**
 * Opens one; `undefined` when one is open from that branch already. A server that does not take our prefix for that of a draft gets
 * the title alone. Throws NO_COMMITS, API_DENIED and NETWORK.
 */
export async function openPullRequest(
  repository: GiteaRepository,
  { branch, base, title, body, draft }: NewPullRequest,
): Promise<PullRequest | undefined> {
  const wanted = { head: branch, base, title: draft ? asDraft(title) : title, body };
  try {
    const opened = await repository.send('POST', '/pulls', wanted, PULL_REQUEST);
    const isRefused = draft && opened.draft !== true;
    return pullRequestOf(isRefused ? await patch(repository, opened.number, { title }) : opened);
  } catch (error) {
    const { status, message = '' } = finalRefusal(error) ?? {};
    if (status === 409) return undefined;
    if (status === 422 && /no changes between/i.test(message)) {
      throw failure(
        'NO_COMMITS',
        { forge: repository.client.server.name, repository: repository.fullName, branch, base },
        error,
      );
    }
    throw repository.explain('open a pull request', error);
  }
}

/** As `Forge.update`: a draft stays one. Throws API_DENIED and NETWORK. */
export async function updatePullRequest(
  repository: GiteaRepository,
  number: number,
  { title, ...change }: { title?: string; body?: string; state?: 'closed' },
): Promise<PullRequest> {
  return repository.call('update the pull request', async () => {
    const titled = title === undefined ? {} : { title: await titleOf(repository, number, title) };
    return pullRequestOf(await patch(repository, number, { ...change, ...titled }));
  });
}

/** A title with the prefix of a draft where it is one now. */
async function titleOf(repository: GiteaRepository, number: number, title: string): Promise<string> {
  const before = await readPullRequest(repository, number);
  return likeBefore(title, { title: before.title, isDraft: before.draft ?? false });
}

/** One pull request by its number. Throws what the client throws. */
export function readPullRequest(repository: GiteaRepository, number: number): Promise<PullRequestFacts> {
  return repository.get(`/pulls/${number}`, PULL_REQUEST);
}

/** Changes fields of a pull request (`PATCH`); the answer is the pull request after that. Throws what the client throws. */
export function patch(repository: GiteaRepository, number: number, change: object): Promise<PullRequestFacts> {
  return repository.send('PATCH', `/pulls/${number}`, change, PULL_REQUEST);
}
