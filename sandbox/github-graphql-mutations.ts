/** The mutations that a release sends to GitHub's GraphQL API. */
import { GitError } from './git.ts';
import { GraphQlProblem, type GraphQlOperation, type Question } from './github-graphql-operation.ts';
import { pullRequestId } from './github-graphql-queries.ts';
import { nodeId, type Json } from './github-repository.ts';
import { autoMergeRefusal, isMergeMethod, queueRefusal } from './merge-rules.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';

const ZEROS = '0'.repeat(40);

const ofPullRequest = {
  needs: [{ pull_requests: 'write', contents: 'write' }],
  repository: ({ id }, { repositories }) => repositories().find((one) => owns(one, id)),
  unknown: ({ id }) => unresolved(id),
} satisfies Partial<GraphQlOperation>;

export const mutations: Readonly<Record<string, GraphQlOperation>> = {
  EnableAutoMerge: {
    ...ofPullRequest,
    field: 'enablePullRequestAutoMerge',
    answer: async (question) => {
      const { repository, variables } = question;
      const pullRequest = await pullRequestOf(question);
      const method = String(variables['mergeMethod']).toLowerCase();
      if (!isMergeMethod(method)) throw new Error(`There is no merge method ${method}`);
      refuse(autoMergeRefusal(repository, pullRequest, method, String(variables['head'])));
      const { number } = await repository.pullRequests.update(pullRequest.number, { autoMerge: { method } });
      return { pullRequest: { number } };
    },
  },
  Enqueue: {
    ...ofPullRequest,
    field: 'enqueuePullRequest',
    answer: async (question) => {
      const { repository, variables } = question;
      const pullRequest = await pullRequestOf(question);
      refuse(queueRefusal(repository, pullRequest, String(variables['head'])));
      const { number } = await repository.pullRequests.update(pullRequest.number, { queued: true });
      return { mergeQueueEntry: { id: nodeId('MergeQueueEntry', number) } };
    },
  },
  ConvertToDraft: {
    ...ofPullRequest,
    field: 'convertPullRequestToDraft',
    answer: async (question) => {
      const { number } = await pullRequestOf(question);
      const { draft } = await question.repository.pullRequests.update(number, { draft: true, autoMerge: null });
      return { pullRequest: { isDraft: draft } };
    },
  },
  MoveBranch: {
    field: 'updateRefs',
    needs: [{ contents: 'write' }],
    repository: ({ repository }, { repositories }) =>
      repositories().find(({ id }) => nodeId('Repository', id) === repository),
    unknown: ({ repository }) => unresolved(repository),
    answer: async ({ repository, variables }) => {
      await moveRef(repository, String(variables['ref']), String(variables['before']), String(variables['after']));
      return { clientMutationId: null };
    },
  },
};

/** Sets a ref when it is at `before`, or not there for zeros. Throws GraphQlProblem when it is not, or is protected. */
async function moveRef(repository: SandboxRepository, ref: string, before: string, after: string): Promise<void> {
  if (repository.protectedRefs.has(ref)) {
    throw new GraphQlProblem('UNPROCESSABLE', 'Changes must be made through a pull request.');
  }
  const type = await repository.text(['cat-file', '-t', after], { answers: [0, 128] });
  if (type.trim() !== 'commit') throw new GraphQlProblem('UNPROCESSABLE', `Object does not exist: ${after}`);
  const stale = new GraphQlProblem(
    'STALE_DATA',
    `Expected branch to point to "${before}" but it did not. Pull and try again.`,
  );
  const current = (await repository.refs())[ref] ?? ZEROS;
  if (current !== before) throw stale;
  await repository.text(['update-ref', ref, after, before]).catch((error: unknown) => {
    throw error instanceof GitError ? stale : error;
  });
}

async function pullRequestOf({ repository, variables }: Question): Promise<PullRequest> {
  const all = await repository.pullRequests.all();
  const found = all.find((one) => pullRequestId(repository, one) === variables['id']);
  if (found === undefined) throw new GraphQlProblem('NOT_FOUND', unresolved(variables['id']));
  return found;
}

function refuse(reason: string | undefined): void {
  if (reason !== undefined) throw new GraphQlProblem('UNPROCESSABLE', reason);
}

function owns({ id }: SandboxRepository, node: Json[string]): boolean {
  const [type, number] = Buffer.from(String(node), 'base64url').toString().split(':');
  return type === 'PullRequest' && Math.floor(Number(number) / 1000) === id;
}

function unresolved(id: unknown): string {
  return `Could not resolve to a node with the global id of '${String(id)}'.`;
}
