/** The mutations that a release sends to GitHub's GraphQL API. */
import { GraphQlProblem, type GraphQlOperation, type Question } from './github-graphql-operation.ts';
import { pullRequestId } from './github-graphql-queries.ts';
import { nodeId, type Json } from './github-repository.ts';
import { autoMergeRefusal, isMergeMethod, queueRefusal } from './merge-rules.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';

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
};

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
