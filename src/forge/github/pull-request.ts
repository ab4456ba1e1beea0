/** A pull request as GitHub's two APIs return it. */
import type { Commit } from '../../core/objects.ts';
import type { PullRequest } from '../forge.ts';
import type { CommitFacts, PullRequestFacts } from './graphql-answers.ts';
import type { RestPullRequest } from './rest-answers.ts';

/**
 * GitHub writes the times of a deletion and of the closing that follows from it within a second, in milliseconds here. A person who
 * closes by hand and then deletes the branch takes longer.
 */
const SAME_MOMENT = 1000;

/** A commit of which only the message was asked for. */
const UNKNOWN = { tree: '', parents: [], committerEmail: '', signed: false } as const;

/** None for one from a fork: its branch is not ours, whatever its body contains. */
export function fromGraphql(facts: PullRequestFacts): PullRequest[] {
  if (facts.isCrossRepository) return [];
  const { id, number, url, title, body, state, isDraft, headRefName, headRefOid, labels } = facts;
  const reviewers = facts.reviewRequests?.nodes.map(({ requestedReviewer }) => requestedReviewer) ?? [];
  const latest = facts.commits.nodes.map(({ commit }) => commit).toReversed();
  const tip = facts.headRef?.target?.oid;
  const known = latest.map(commitOf);
  const earlier = facts.earlier.nodes.map(({ commit }) => commit).toReversed();
  const commits = [
    ...known,
    ...earlier.slice(known.length).map(({ oid, message }) => ({ ...UNKNOWN, id: oid, message })),
  ];
  return [
    {
      number,
      url,
      id,
      title,
      body,
      state: state === 'OPEN' ? 'open' : state === 'MERGED' ? 'merged' : 'closed',
      draft: isDraft,
      labels: labels?.nodes.map(({ name }) => name) ?? [],
      reviewers: reviewers.flatMap((one) => one?.login ?? []),
      'team-reviewers': [],
      assignees: facts.assignees.nodes.map(({ login }) => login),
      branch: headRefName,
      headId: headRefOid,
      commits,
      head: commits.find((commit) => commit.id === tip),
      isWhole: facts.commits.totalCount === known.length,
      closedByDeletion: state === 'CLOSED' && wasClosedByDeletion(facts),
      verified: latest[0]?.signature?.isValid ?? false,
    },
  ];
}

/** A commit from the fields that GraphQL gives; `signed` is whether it has a signature, valid or not. */
export function commitOf({ oid, tree, parents, committer, message, signature }: CommitFacts): Commit {
  return {
    id: oid,
    tree: tree.oid,
    parents: parents.nodes.map((parent) => parent.oid),
    committerEmail: committer?.email ?? '',
    message,
    signed: signature !== null,
  };
}

/** Also where the branch is there again, or was deleted once more. */
function wasClosedByDeletion({ closedAt, timelineItems }: PullRequestFacts): boolean {
  const closed = Date.parse(closedAt ?? '');
  return timelineItems.nodes.some(({ createdAt = '' }) => Math.abs(closed - Date.parse(createdAt)) <= SAME_MOMENT);
}

/** What REST answers to a change. */
export function fromRest(data: RestPullRequest): PullRequest {
  return {
    number: data.number,
    url: data.html_url,
    id: data.node_id,
    title: data.title,
    body: data.body ?? '',
    state: data.state === 'open' ? 'open' : data.merged_at ? 'merged' : 'closed',
    draft: data.draft ?? false,
    labels: data.labels.flatMap(({ name }) => name ?? []),
    reviewers: data.requested_reviewers?.map(({ login }) => login) ?? [],
    'team-reviewers': data.requested_teams?.map(({ slug }) => slug) ?? [],
    assignees: data.assignees?.map(({ login }) => login) ?? [],
    branch: data.head.ref,
    headId: data.head.sha,
    commits: [],
    head: undefined,
    isWhole: false,
    closedByDeletion: false,
    verified: false,
  };
}
