/** What Gitea's REST API tells about pull requests and commits, as far as a release reads it. */
import type { Call, Json } from './gitea-operation.ts';
import type { PullRequest } from './pull-requests.ts';
import { isGood, type StoredCommit } from './stored-commit.ts';

const user = (login: string): Json => ({ id: 1, login, full_name: '' });

const DRAFT = /^\s*(?:WIP:|\[WIP\])/i;

export const isDraft = (title: string): boolean => DRAFT.test(title);

/**
 * Labels are by their names. The head is what the branch is at now, also of a past one; once the branch is gone, it has a ref of its
 * own and the commit that it had.
 */
export async function pullObject({ serverUrl, repository, state }: Call, pullRequest: PullRequest): Promise<Json> {
  const { number, title, body, head, headSha, fork, base, baseSha, mergedAt, mergeCommit, milestone } = pullRequest;
  const url = `${serverUrl}/${repository.fullName}/pulls/${number}`;
  const labels = pullRequest.labels.toSorted().map((name) =>
    labelObject(
      state.labels.find((one) => one.name === name),
      name,
    ),
  );
  const named = repository.milestones.find((one) => one.number === milestone);
  const tip = fork ? headSha : await repository.tip(head);
  return {
    id: repository.id * 1000 + number,
    number,
    url,
    html_url: url,
    user: user(pullRequest.author),
    title,
    body: body ?? '',
    state: pullRequest.state,
    draft: isDraft(title),
    merged: mergedAt !== null,
    merged_at: mergedAt,
    merge_commit_sha: mergeCommit,
    closed_at: pullRequest.closedAt,
    labels,
    milestone: named ? { id: named.number, title: named.title, state: named.state } : null,
    assignees: pullRequest.assignees.map(user),
    requested_reviewers: pullRequest.reviewers.map(user),
    requested_reviewers_teams: pullRequest.teamReviewers.map((name) => ({ id: 1, name })),
    base: { label: base, ref: base, sha: baseSha, repo_id: repository.id },
    head: {
      label: head,
      ref: tip === undefined ? `refs/pull/${number}/head` : head,
      sha: tip ?? headSha,
      repo_id: fork ? repository.id + 1000 : repository.id,
    },
  };
}

export const labelObject = (known: { readonly id: number } | undefined, name: string): Json => ({
  id: known?.id ?? 0,
  name,
  color: 'ededed',
});

/** A commit; its tree has the id of the commit, as Gitea has it. */
export function commitObject({ serverUrl, repository }: Call, commit: StoredCommit): Json {
  const { id, author, committer, message, signature, payload, parents } = commit;
  return {
    sha: id,
    html_url: `${serverUrl}/${repository.fullName}/commit/${id}`,
    author: null,
    committer: null,
    parents: parents.map((sha) => ({ sha })),
    commit: {
      message,
      author,
      committer,
      tree: { sha: id },
      verification: {
        verified: isGood(signature),
        reason: signature === undefined ? 'gpg.error.not_signed_commit' : '',
        signature: signature ?? '',
        payload: signature === undefined ? '' : payload,
      },
    },
  };
}
