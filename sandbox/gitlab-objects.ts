/** What GitLab's REST API tells about users, commits and merge requests. */
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';
import type { StoredCommit } from './stored-commit.ts';

/** Whose forks there are: another project than any of the sandbox. */
const FORK = 999;

/** The users by their names, each with a number. */
export class GitLabUsers {
  readonly #names: string[] = [];

  idOf(name: string): number {
    if (!this.#names.includes(name)) this.#names.push(name);
    return this.#names.indexOf(name) + 1;
  }

  nameOf(id: number): string | undefined {
    return this.#names[id - 1];
  }
}

export function userObject(serverUrl: string, users: GitLabUsers, username: string): object {
  const web = `${serverUrl}/${username}`;
  return { id: users.idOf(username), username, name: username, state: 'active', avatar_url: null, web_url: web };
}

/** By its title GitLab knows a draft. */
export const isDraft = (title: string): boolean => /^\s*(?:\[draft\]|\(draft\)|draft:)/i.test(title);

export function mergeRequestObject(
  { serverUrl, users, project }: { serverUrl: string; users: GitLabUsers; project: SandboxRepository },
  pullRequest: PullRequest,
): object {
  const { number, title, body, head, headSha, base, fork, labels, reviewers, assignees, autoMerge } = pullRequest;
  const people = (names: readonly string[]): object[] => names.map((name) => userObject(serverUrl, users, name));
  const milestone = project.milestones.find((one) => one.number === pullRequest.milestone);
  const isMerged = pullRequest.mergedAt !== null;
  return {
    id: project.id * 1000 + number,
    iid: number,
    project_id: project.id,
    title,
    description: body,
    state: isMerged ? 'merged' : pullRequest.state === 'open' ? 'opened' : 'closed',
    created_at: pullRequest.createdAt,
    updated_at: pullRequest.updatedAt,
    merged_at: pullRequest.mergedAt,
    closed_at: isMerged ? null : pullRequest.closedAt,
    target_branch: base,
    source_branch: head,
    author: userObject(serverUrl, users, pullRequest.author),
    assignees: people(assignees),
    assignee: people(assignees)[0] ?? null,
    reviewers: people(reviewers),
    source_project_id: fork ? FORK : project.id,
    target_project_id: project.id,
    labels: labels.toSorted(),
    draft: isDraft(title),
    work_in_progress: isDraft(title),
    milestone: milestone ? milestoneObject(project, milestone) : null,
    merge_when_pipeline_succeeds: autoMerge !== null,
    merge_status: 'can_be_merged',
    detailed_merge_status: statusOf(project, pullRequest),
    sha: headSha,
    merge_commit_sha: pullRequest.mergeCommit,
    squash_commit_sha: null,
    squash: autoMerge?.method === 'squash',
    references: { short: `!${number}`, relative: `!${number}`, full: `${project.fullName}!${number}` },
    web_url: `${serverUrl}/${project.fullName}/-/merge_requests/${number}`,
    has_conflicts: false,
    blocking_discussions_resolved: true,
  };
}

/** Why it cannot be merged now, in one word. */
function statusOf(project: SandboxRepository, { state, title, base }: PullRequest): string {
  if (state !== 'open') return 'not_open';
  if (isDraft(title)) return 'draft_status';
  return project.waitsForChecks(base) ? 'ci_still_running' : 'mergeable';
}

export function milestoneObject(
  { id }: SandboxRepository,
  { number, title, state }: SandboxRepository['milestones'][number],
): object {
  const named = { id: id * 100 + number, iid: number, project_id: id, title };
  return { ...named, description: '', state: state === 'open' ? 'active' : 'closed', due_date: null, start_date: null };
}

export function commitObject(serverUrl: string, { fullName }: SandboxRepository, commit: StoredCommit): object {
  const { id, parents, message, author, committer } = commit;
  return {
    id,
    short_id: id.slice(0, 8),
    created_at: withMilliseconds(committer.date),
    parent_ids: parents,
    title: message.split('\n')[0] ?? '',
    message,
    author_name: author.name,
    author_email: author.email,
    authored_date: withMilliseconds(author.date),
    committer_name: committer.name,
    committer_email: committer.email,
    committed_date: withMilliseconds(committer.date),
    web_url: `${serverUrl}/${fullName}/-/commit/${id}`,
  };
}

/** As GitLab writes times of commits. */
const withMilliseconds = (date: string): string => date.replace(/Z$/, '.000+00:00');
