/** What the REST API of Azure DevOps tells about pull requests and commits. */
import { identityRef, projectOf, uuid } from './azure-identities.ts';
import type { AzureCall } from './azure-operation.ts';
import type { MergeMethod } from './merging.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';
import type { StoredCommit } from './stored-commit.ts';

export const STRATEGIES: Readonly<Record<MergeMethod, string>> = {
  merge: 'noFastForward',
  squash: 'squash',
  rebase: 'rebase',
};
const BRANCHES = 'refs/heads/';
/** Characters of a description in a list. */
const SHOWN = 400;

export const branchIn = (ref: unknown): string =>
  typeof ref === 'string' && ref.startsWith(BRANCHES) ? ref.slice(BRANCHES.length) : '';

export const statusOf = ({ state, mergedAt }: PullRequest): 'active' | 'abandoned' | 'completed' => {
  if (mergedAt !== null) return 'completed';
  return state === 'open' ? 'active' : 'abandoned';
};

export function pullRequestObject(call: AzureCall, pullRequest: PullRequest): object {
  const { identities, repository, queued } = call;
  const { number, title, body, head, headSha, base, baseSha, fork, labels, author, autoMerge, mergeCommit } =
    pullRequest;
  const me = identityRef(identities, { name: author });
  const reviewers = [
    ...pullRequest.reviewers.map((name) => ({ name })),
    ...pullRequest.teamReviewers.map((name) => ({ name, project: projectOf(repository) })),
  ];
  return {
    repository: repositoryObject(repository),
    pullRequestId: number,
    codeReviewId: number,
    status: statusOf(pullRequest),
    createdBy: me,
    creationDate: pullRequest.createdAt,
    ...(pullRequest.closedAt !== null && { closedDate: pullRequest.closedAt }),
    title,
    ...(body !== null && { description: body }),
    sourceRefName: BRANCHES + head,
    targetRefName: BRANCHES + base,
    mergeStatus: queued.has(number) ? 'queued' : 'succeeded',
    isDraft: pullRequest.draft,
    lastMergeSourceCommit: { commitId: headSha },
    lastMergeTargetCommit: { commitId: baseSha },
    ...(mergeCommit !== null && { lastMergeCommit: { commitId: mergeCommit } }),
    ...(fork && { forkSource: { name: BRANCHES + head, repository: { id: uuid(9, 0), name: 'fork' } } }),
    reviewers: reviewers.map((one) => ({ ...identityRef(identities, one), vote: 0, hasDeclined: false })),
    ...(labels.length > 0 && { labels: labels.map((name) => labelObject(repository, name)) }),
    ...(autoMerge && { autoCompleteSetBy: me, completionOptions: { mergeStrategy: STRATEGIES[autoMerge.method] } }),
    supportsIterations: true,
  };
}

/** The same in a list. */
export function listedObject(call: AzureCall, pullRequest: PullRequest): object {
  return pullRequestObject(call, { ...pullRequest, body: pullRequest.body?.slice(0, SHOWN) ?? null });
}

function repositoryObject(repository: SandboxRepository): object {
  const project = { id: uuid(3, 0), name: projectOf(repository), state: 'wellFormed' };
  return { id: uuid(2, repository.id), name: repository.name, project };
}

interface Label {
  readonly id: string;
  readonly name: string;
  readonly active: true;
}

export function labelObject(repository: SandboxRepository, name: string): Label {
  const shown = repository.label(name);
  return { id: uuid(4, repository.labelNames.indexOf(shown)), name: shown, active: true };
}

/** A commit by itself. */
export function commitObject({ serverUrl, repository }: AzureCall, commit: StoredCommit): object {
  const { id, tree, parents, author, committer, message } = commit;
  return {
    treeId: tree,
    parents,
    commitId: id,
    author,
    committer,
    comment: message,
    remoteUrl: `${serverUrl}/${repository.fullName}/commit/${id}`,
  };
}

/** A commit in a list, which has the first line of its message alone. */
export function commitRefObject({ serverUrl, repository }: AzureCall, commit: StoredCommit): object {
  const { id, author, committer, message } = commit;
  const [subject = '', ...more] = message.trimEnd().split('\n');
  return {
    commitId: id,
    author,
    committer,
    comment: subject,
    ...(more.length > 0 && { commentTruncated: true }),
    changeCounts: { Add: 0, Edit: 1, Delete: 0 },
    remoteUrl: `${serverUrl}/${repository.fullName}/commit/${id}`,
  };
}
