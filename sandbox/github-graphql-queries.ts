/** The queries that a release sends to GitHub's GraphQL API. */
import { GraphQlProblem, type GraphQlOperation } from './github-graphql-operation.ts';
import { nodeId, type Json } from './github-repository.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';
import { isGood, readCommits, type StoredCommit } from './stored-commit.ts';

export const ofRepository = {
  field: 'repository',
  repository: ({ owner, name }, { find }) => find(`${String(owner)}/${String(name)}`),
  unknown: ({ owner, name }) => `Could not resolve to a Repository with the name '${String(owner)}/${String(name)}'.`,
} satisfies Partial<GraphQlOperation>;

export const repositoryFacts = ({ id, visibility }: SandboxRepository): Json => ({
  id: nodeId('Repository', id),
  isPrivate: visibility !== 'public',
});

export const queries: Readonly<Record<string, GraphQlOperation>> = {
  PullRequests: {
    ...ofRepository,
    needs: [{ pull_requests: 'read', contents: 'read' }],
    answer: async ({ repository, variables, serverUrl }) => ({
      ...repositoryFacts(repository),
      ...(await pullRequestLists(repository, variables, serverUrl)),
    }),
  },
  Milestone: {
    ...ofRepository,
    needs: [{ issues: 'read' }, { pull_requests: 'read' }],
    answer: async ({ repository, variables }) => {
      const text = String(variables['title']).toLowerCase();
      const found = repository.milestones.filter(
        ({ title, state }) => state === 'open' && title.toLowerCase().includes(text),
      );
      const numbered = repository.milestones.find(({ number }) => number === variables['number']);
      return {
        milestones: { nodes: found.slice(0, 20).map(({ number, title }) => ({ number, title })) },
        ...(variables['isNumber'] === true && {
          milestone: numbered ? { number: numbered.number, state: numbered.state.toUpperCase() } : null,
        }),
      };
    },
  },
};

/** How many nodes a query may name, counted as GitHub does: as many as its lists may have. */
const MOST_NODES = 500_000;
const NODES_OF_ONE = 1 + 100 + 20 + 20 + 2 * 3 + 5;

/**
 * The lists of pull requests that a document has: into one base, or into all of them; a list for each of the variables
 * branch0, branch1, …
 */
export async function pullRequestLists(
  repository: SandboxRepository,
  { base, after, ...variables }: Json,
  serverUrl: string,
): Promise<Json> {
  const lists = Object.keys(variables).filter((name) => name.startsWith('branch')).length + 1;
  if ((100 + 20 * lists) * NODES_OF_ONE > MOST_NODES) {
    throw new GraphQlProblem('MAX_NODE_LIMIT_EXCEEDED', `This query requests more than ${MOST_NODES} possible nodes.`);
  }
  const all = (await repository.pullRequests.all()).filter((one) => base === undefined || one.base === base);
  const facts = await pullRequestFacts(repository, all, serverUrl);
  const newest = all.toSorted(byTime('createdAt'));
  const open = newest.filter(({ state }) => state === 'open');
  const start = typeof after === 'string' ? position(after) : 0;
  const page = open.slice(start, start + 100);
  const pageInfo = {
    hasNextPage: open.length > start + page.length,
    endCursor: page.length === 0 ? null : cursor(start + page.length),
  };
  // A list for each of the variables branch0, branch1, …
  const past = Object.entries(variables).flatMap(([name, branch]): [string, Json][] => {
    if (!name.startsWith('branch')) return [];
    const ofBranch = newest.filter(({ state, head }) => state === 'closed' && head === branch);
    return [[name.replace('branch', 'past'), { nodes: ofBranch.slice(0, 20).map(facts) }]];
  });
  const merged = all.filter(({ mergedAt }) => mergedAt !== null).toSorted(byTime('updatedAt'));
  return {
    open: { nodes: page.map(facts), pageInfo },
    ...Object.fromEntries(past),
    merged: { nodes: merged.slice(0, 20).map(facts) },
  };
}

/** GitHub's own name for a pull request. */
export function pullRequestId(repository: SandboxRepository, { number }: PullRequest): string {
  return nodeId('PullRequest', repository.id * 1000 + number);
}

/** The facts of one pull request. */
export async function oneFactsOf(
  repository: SandboxRepository,
  pullRequest: PullRequest,
  serverUrl: string,
): Promise<Json> {
  const facts = await pullRequestFacts(repository, [pullRequest], serverUrl);
  return facts(pullRequest);
}

type Facts = (pullRequest: PullRequest) => Json;

async function pullRequestFacts(
  repository: SandboxRepository,
  all: readonly PullRequest[],
  serverUrl: string,
): Promise<Facts> {
  const refs = await repository.refs();
  // A closed pull request keeps its head, and the branch may have gone on.
  const tipOf = ({ fork, head, headSha }: PullRequest) => (fork ? headSha : refs[`refs/heads/${head}`]);
  const proposed = new Map<number, Proposed>();
  for (const one of all) proposed.set(one.number, await proposedBy(repository, one));
  const commits = await readCommits(
    repository,
    [...proposed.values()].flatMap(({ latest }) => latest),
  );
  return (pullRequest) => {
    const { number, title, body, state, mergedAt, closedAt, draft, fork, head, headSha } = pullRequest;
    const { labels, assignees, reviewers, teamReviewers, headDeletedAt } = pullRequest;
    const tip = tipOf(pullRequest);
    const earlier = (proposed.get(number)?.latest ?? []).flatMap((id) => commits.get(id) ?? []);
    return {
      id: pullRequestId(repository, pullRequest),
      number,
      url: `${serverUrl}/${repository.fullName}/pull/${number}`,
      title,
      body: body ?? '',
      state: mergedAt === null ? state.toUpperCase() : 'MERGED',
      isDraft: draft,
      isCrossRepository: fork,
      headRefName: head,
      headRefOid: headSha,
      baseRefName: pullRequest.base,
      closedAt,
      labels: { nodes: labels.map((name) => ({ name })) },
      assignees: { nodes: assignees.map((login) => ({ login })) },
      reviewRequests: {
        // A team has none of the fields that are asked for.
        nodes: [...reviewers.map((login) => ({ login })), ...teamReviewers.map(() => ({}))].map((one) => ({
          requestedReviewer: one,
        })),
      },
      headRef: tip === undefined ? null : { target: { oid: tip } },
      commits: {
        totalCount: proposed.get(number)?.count ?? 0,
        nodes: earlier.slice(-2).map((commit) => ({ commit: commitFacts(commit) })),
      },
      earlier: { nodes: earlier.map(({ id, message }) => ({ commit: { oid: id, message } })) },
      timelineItems: { nodes: headDeletedAt === null ? [] : [{ createdAt: headDeletedAt }] },
    };
  };
}

interface Proposed {
  readonly count: number;
  /** The last ten, the oldest first. */
  readonly latest: readonly string[];
}

/** The commits that the base lacked while it was open. */
async function proposedBy(repository: SandboxRepository, { headSha, baseSha }: PullRequest): Promise<Proposed> {
  if ((await repository.parents(headSha)).join() === baseSha) return { count: 1, latest: [headSha] };
  const listed = (await repository.text(['rev-list', headSha, `^${baseSha}`])).split('\n').filter(Boolean);
  return { count: listed.length, latest: listed.slice(0, 10).toReversed() };
}

export function commitFacts({ id, message, tree, parents, committer, signature }: StoredCommit): Json {
  return {
    oid: id,
    message,
    tree: { oid: tree },
    parents: { nodes: parents.slice(0, 2).map((oid) => ({ oid })) },
    committer: { email: committer.email },
    signature: signature === undefined ? null : { isValid: isGood(signature) },
  };
}

/** The newest first. */
function byTime(field: 'createdAt' | 'updatedAt') {
  return (one: PullRequest, other: PullRequest): number =>
    Date.parse(other[field]) - Date.parse(one[field]) || other.number - one.number;
}

function cursor(index: number): string {
  return Buffer.from(`cursor:v2:${index}`).toString('base64');
}

function position(text: string): number {
  return Number(Buffer.from(text, 'base64').toString().split(':').at(-1));
}
