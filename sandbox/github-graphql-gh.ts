/**
 * What the command line `gh` 2.23 asks for `gh pr list --json number` and `gh pr create`, so that a pipeline which opens its
 * pull request with it can be run here.
 */
import { mayPush } from './access.ts';
import { openPullRequest } from './github-graphql-opening.ts';
import type { GraphQlOperation, Question } from './github-graphql-operation.ts';
import { pullRequestId } from './github-graphql-queries.ts';
import { isRecord } from './github-operation.ts';
import { FORKER } from './github-pull-request.ts';
import { nodeId, type Json } from './github-repository.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';

/** `gh` has two names for the variable with a repository's name. */
const ofRepository = {
  field: 'repository',
  repository: ({ owner, name, repo }, { find }) => find(`${String(owner)}/${String(name ?? repo)}`),
  unknown: ({ owner, name, repo }) =>
    `Could not resolve to a Repository with the name '${String(owner)}/${String(name ?? repo)}'.`,
} satisfies Partial<GraphQlOperation>;

export const ghOperations: Readonly<Record<string, GraphQlOperation>> = {
  PullRequestList: {
    ...ofRepository,
    needs: [{ pull_requests: 'read' }],
    answer: async (question) => {
      const { headBranch, baseBranch, state, limit } = question.variables;
      const found = await newestFirst(question.repository, { head: headBranch, base: baseBranch, states: state });
      const shown = found.slice(0, Number(limit));
      // It asks for no further page once it has as many as it wanted.
      const pageInfo = { hasNextPage: found.length > shown.length, endCursor: null };
      const nodes = shown.map(({ number }) => ({ number }));
      return { pullRequests: { totalCount: found.length, nodes, pageInfo } };
    },
  },
  RepositoryInfo: {
    ...ofRepository,
    // The default branch is one of the contents.
    needs: [{ contents: 'read' }],
    answer: async ({ repository, visitor }) => ({
      id: nodeId('Repository', repository.id),
      name: repository.name,
      owner: { login: repository.owner },
      hasIssuesEnabled: true,
      description: null,
      hasWikiEnabled: true,
      viewerPermission: mayPush(visitor, repository) ? 'WRITE' : 'READ',
      defaultBranchRef: await defaultBranchRef(repository),
      parent: null,
      mergeCommitAllowed: repository.mergeMethods.has('merge'),
      rebaseMergeAllowed: repository.mergeMethods.has('rebase'),
      squashMergeAllowed: repository.mergeMethods.has('squash'),
    }),
  },
  PullRequestForBranch: {
    ...ofRepository,
    needs: [{ pull_requests: 'read', contents: 'read' }],
    answer: async ({ repository, variables, serverUrl }) => {
      const found = await newestFirst(repository, { head: variables['headRefName'], states: variables['states'] });
      const nodes = found.slice(0, 30).map((one) => ({
        url: urlOf(serverUrl, repository, one),
        id: pullRequestId(repository, one),
        number: one.number,
        state: stateOf(one),
        baseRefName: one.base,
        headRefName: one.head,
        isCrossRepository: one.fork,
        headRepositoryOwner: headOwner(repository, one),
      }));
      return { pullRequests: { nodes }, defaultBranchRef: await defaultBranchRef(repository) };
    },
  },
  PullRequestCreate: {
    field: 'createPullRequest',
    needs: [{ pull_requests: 'write', contents: 'read' }],
    repository: (variables, { repositories }) => {
      const { repositoryId } = inputOf(variables);
      return repositories().find(({ id }) => nodeId('Repository', id) === repositoryId);
    },
    unknown: (variables) =>
      `Could not resolve to a node with the global id of '${String(inputOf(variables)['repositoryId'])}'.`,
    answer: create,
  },
};

async function create({ repository, variables, visitor, serverUrl }: Question): Promise<Json> {
  const opened = await openPullRequest(repository, inputOf(variables), visitor.login);
  return { pullRequest: { id: pullRequestId(repository, opened), url: urlOf(serverUrl, repository, opened) } };
}

interface Wanted {
  readonly head: unknown;
  readonly base?: unknown;
  /** All states where this is no list. */
  readonly states: unknown;
}

async function newestFirst(
  { pullRequests }: SandboxRepository,
  { head, base, states }: Wanted,
): Promise<PullRequest[]> {
  const all = (await pullRequests.all()).toReversed();
  return all
    .filter((one) => typeof head !== 'string' || one.head === head)
    .filter((one) => typeof base !== 'string' || one.base === base)
    .filter((one) => !Array.isArray(states) || states.includes(stateOf(one)));
}

function stateOf({ state, mergedAt }: PullRequest): string {
  return mergedAt === null ? state.toUpperCase() : 'MERGED';
}

/** A person has a name too, which here nobody has given. */
function headOwner({ owner }: SandboxRepository, { fork }: PullRequest): Json {
  if (!fork) return { id: nodeId('Organization', owner), login: owner };
  return { id: nodeId('User', FORKER), login: FORKER, name: null };
}

/** Null while the repository is empty. */
async function defaultBranchRef(repository: SandboxRepository): Promise<Json | null> {
  const { defaultBranch: name } = repository;
  return (await repository.tip(name)) === undefined ? null : { name };
}

function urlOf(serverUrl: string, { fullName }: SandboxRepository, { number }: PullRequest): string {
  return `${serverUrl}/${fullName}/pull/${number}`;
}

function inputOf({ input }: Json): Json {
  return isRecord(input) ? input : {};
}
