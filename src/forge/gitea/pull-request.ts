/** A pull request as Gitea's API returns it. */
import type { Commit } from '../../core/objects.ts';
import type { PullRequest } from '../forge.ts';
import type { CommitFacts, PullRequestFacts } from './answers.ts';
import { withoutDraft } from './draft.ts';

/** A commit with the id of its tree, which is empty where it was not asked for. */
export type CommitWithTree = CommitFacts & { readonly tree: string };

/** The latest commits of a pull request, the newest first, and what became of it. */
export interface Surroundings {
  readonly commits: readonly CommitWithTree[];
  /** Whether these are all. */
  readonly isWhole: boolean;
  readonly closedByDeletion: boolean;
}

const NOT_ASKED: Surroundings = { commits: [], isWhole: false, closedByDeletion: false };

/** Whether its branch is one of the repository itself: not of a fork, and not a push to `refs/for/`. */
export function isFromHere({ head, base }: PullRequestFacts): boolean {
  return head.repo_id === base.repo_id && head.label !== '';
}

/** `head.ref` is the branch, and once that is gone `refs/pull/<number>/head`. */
export function hasBranch({ head }: PullRequestFacts): boolean {
  return head.ref === head.label;
}

/** The pull request; without `around`, as an answer to a change, it has no commits. */
export function pullRequestOf(facts: PullRequestFacts, around: Surroundings = NOT_ASKED): PullRequest {
  const isDraft = facts.draft ?? false;
  const commits = around.commits.map(commitOf);
  return {
    number: facts.number,
    url: facts.html_url,
    id: String(facts.id),
    title: withoutDraft(facts.title, isDraft),
    body: facts.body,
    state: facts.merged ? 'merged' : facts.state === 'open' ? 'open' : 'closed',
    draft: isDraft,
    labels: facts.labels?.map(({ name }) => name) ?? [],
    reviewers: facts.requested_reviewers?.map(({ login }) => login) ?? [],
    'team-reviewers': facts.requested_reviewers_teams?.map(({ name }) => name) ?? [],
    assignees: facts.assignees?.map(({ login }) => login) ?? [],
    branch: facts.head.label,
    headId: headOf(facts, commits),
    commits,
    head: hasBranch(facts) ? commits.find(({ id }) => id === facts.head.sha) : undefined,
    isWhole: around.isWhole,
    closedByDeletion: around.closedByDeletion,
    verified: around.commits[0]?.commit.verification?.verified ?? false,
  };
}

/** Of a past one Gitea gives the tip that its branch has now; its own commits stay as they were. */
function headOf(facts: PullRequestFacts, [latest]: readonly Commit[]): string {
  if (facts.state === 'open') return facts.head.sha;
  return latest?.id ?? (hasBranch(facts) ? '' : facts.head.sha);
}

function commitOf({ sha, tree, parents, commit }: CommitWithTree): Commit {
  return {
    id: sha,
    tree,
    parents: parents?.map((parent) => parent.sha) ?? [],
    committerEmail: commit.committer?.email ?? '',
    message: commit.message,
    signed: (commit.verification?.signature ?? '') !== '',
  };
}
