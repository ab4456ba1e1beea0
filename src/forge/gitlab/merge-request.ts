/** A merge request as GitLab returns it, as a pull request. */
import type { Commit } from '../../core/objects.ts';
import type { PullRequest } from '../forge.ts';
import type { CommitFacts, MergeRequest, User } from './answers.ts';
import { withoutSign } from './draft-title.ts';

const STATES = { opened: 'open', closed: 'closed', merged: 'merged', locked: 'open' } as const;

/** Its title is without the sign of a draft. `more` is what takes requests of its own. */
export function pullRequestOf(
  facts: MergeRequest,
  more: { readonly commits?: readonly Commit[]; readonly closedByDeletion?: boolean } = {},
): PullRequest {
  return {
    number: facts.iid,
    url: facts.web_url,
    id: String(facts.id),
    state: STATES[facts.state],
    title: facts.draft ? withoutSign(facts.title) : facts.title,
    body: facts.description ?? '',
    draft: facts.draft,
    labels: facts.labels,
    reviewers: namesOf(facts.reviewers),
    'team-reviewers': [],
    assignees: namesOf(facts.assignees),
    branch: facts.source_branch,
    headId: facts.sha ?? '',
    commits: more.commits ?? [],
    isWhole: false,
    head: undefined,
    ...(facts.merge_when_pipeline_succeeds === true && { autoMergeEnds: true }),
    closedByDeletion: more.closedByDeletion ?? false,
    verified: undefined,
  };
}

/** User names; none where the answer has no list. */
export const namesOf = (users: readonly User[] | null | undefined): readonly string[] =>
  users?.map(({ username }) => username) ?? [];

/** Whether its branch is one of this project. */
export const isOwn = ({ source_project_id: source, target_project_id: target }: MergeRequest): boolean =>
  source === target;

/** GitLab gives neither the tree of a commit nor, without a request of its own, whether it is signed. */
export function commitOf({ id, parent_ids: parents, message, committer_email: email }: CommitFacts): Commit {
  return { id, tree: '', parents, message, committerEmail: email ?? '', signed: false };
}
