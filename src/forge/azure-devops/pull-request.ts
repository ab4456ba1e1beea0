/** A pull request as the API of Azure DevOps returns it. */
import type { Commit } from '../../core/objects.ts';
import type { PullRequest } from '../forge.ts';
import type { CommitFacts, PullRequestFacts, Reviewer } from './answers.ts';

export const STATES = { active: 'open', abandoned: 'closed', completed: 'merged' } as const;
const BRANCHES = 'refs/heads/';

/** The name of a branch as the API has it: `refs/heads/…`. */
export const refOf = (branch: string): string => BRANCHES + branch;

/** The name of a branch without `refs/heads/`. */
export const branchOf = (ref: string): string => (ref.startsWith(BRANCHES) ? ref.slice(BRANCHES.length) : ref);

/** `page` is that of the repository. */
export function pullRequestOf(facts: PullRequestFacts, page: string, commits: readonly Commit[] = []): PullRequest {
  const reviewers = facts.reviewers ?? [];
  return {
    number: facts.pullRequestId,
    url: `${page}/pullrequest/${facts.pullRequestId}`,
    id: String(facts.pullRequestId),
    state: STATES[facts.status],
    title: facts.title,
    body: facts.description ?? '',
    draft: facts.isDraft ?? false,
    labels: facts.labels?.filter(({ active }) => active !== false).map(({ name }) => name) ?? [],
    reviewers: reviewers.filter((one) => !one.isContainer).map(nameOf),
    'team-reviewers': reviewers.filter((one) => one.isContainer).map(teamNameOf),
    assignees: [],
    branch: branchOf(facts.sourceRefName),
    headId: headOf(facts),
    commits,
    isWhole: false,
    head: undefined,
    // The deletion of its branch leaves it open.
    closedByDeletion: false,
    verified: undefined,
  };
}

/** The tip of its branch, which Azure reads a moment after a push. */
export const headOf = ({ lastMergeSourceCommit: commit }: PullRequestFacts): string => commit?.commitId ?? '';

const nameOf = ({ uniqueName, displayName }: Reviewer): string => uniqueName || displayName;

/** `[project]\team` as it is given: `project/team`. */
const teamNameOf = ({ displayName }: Reviewer): string => displayName.replace(/^\[(.*)\]\\(?=.)/s, '$1/');

/** Azure does not say whether a commit is signed, so that git is asked for the tips of branches. */
export function commitOf({ commitId, comment, parents, committer }: CommitFacts): Commit {
  return {
    id: commitId,
    tree: '',
    parents: parents ?? [],
    message: comment ?? '',
    committerEmail: committer?.email ?? '',
    signed: false,
  };
}
