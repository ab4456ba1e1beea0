/** A pull request as GitHub's two APIs return it. */
import type { Commit } from '../../core/objects.ts';
import type { PullRequest } from '../forge.ts';

/** The fields of PullRequestFacts in graphql-documents.ts. */
export interface PullRequestFacts {
  readonly id: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly isDraft: boolean;
  readonly isCrossRepository: boolean;
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly closedAt: string | null;
  readonly labels: Nodes<{ readonly name: string }> | null;
  readonly assignees: Nodes<{ readonly login: string }>;
  readonly reviewRequests: Nodes<{ readonly requestedReviewer: Reviewer | null }> | null;
  readonly headRef: { readonly target: { readonly oid: string } | null } | null;
  readonly commits: Nodes<{ readonly commit: CommitFacts }>;
  readonly timelineItems: Nodes<{ readonly createdAt?: string }>;
}

interface Nodes<Node> {
  readonly nodes: readonly Node[];
}

interface Reviewer {
  readonly login?: string;
  readonly slug?: string;
}

interface CommitFacts {
  readonly oid: string;
  readonly message: string;
  readonly tree: { readonly oid: string };
  readonly parents: Nodes<{ readonly oid: string }>;
  readonly committer: { readonly email: string | null } | null;
  readonly signature: { readonly isValid: boolean } | null;
}

/**
 * GitHub writes the times of a deletion and of the closing that follows from it in one second or two. A person who
 * closes by hand and then deletes the branch takes longer.
 */
const SAME_MOMENT = 1000;

/** None for one from a fork: its branch is not ours, whatever its body contains. */
export function fromGraphql(facts: PullRequestFacts): PullRequest[] {
  if (facts.isCrossRepository) return [];
  const { id, number, url, title, body, state, isDraft, headRefName, headRefOid, labels } = facts;
  const reviewers = facts.reviewRequests?.nodes.map(({ requestedReviewer }) => requestedReviewer) ?? [];
  const latest = facts.commits.nodes.map(({ commit }) => commit).toReversed();
  const tip = facts.headRef?.target?.oid;
  const commits = latest.map(commitOf);
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
      'team-reviewers': reviewers.flatMap((one) => one?.slug ?? []),
      assignees: facts.assignees.nodes.map(({ login }) => login),
      branch: headRefName,
      headId: headRefOid,
      commits,
      head: commits.find((commit) => commit.id === tip),
      closedByDeletion: state === 'CLOSED' && wasClosedByDeletion(facts),
      verified: latest[0]?.signature?.isValid ?? false,
    },
  ];
}

function commitOf({ oid, tree, parents, committer, message, signature }: CommitFacts): Commit {
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
export function fromRest(data: {
  node_id: string;
  number: number;
  html_url: string;
  title: string;
  body: string | null;
  state: string;
  merged_at: string | null;
  draft?: boolean;
  labels: { name?: string }[];
  assignees?: { login: string }[] | null;
  requested_reviewers?: { login: string }[] | null;
  requested_teams?: { slug: string }[] | null;
  head: { ref: string; sha: string };
}): PullRequest {
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
    closedByDeletion: false,
    verified: false,
  };
}
