/** All GraphQL documents that are sent; a test validates them against GitHub's schema. */

/**
 * The fields of each pull request. Where its branch is gone there is no `headRef`. Teams are not asked for: GitHub refuses
 * the whole document to a classic token without `read:org`.
 */
const FACTS = `fragment PullRequestFacts on PullRequest {
  id number url title body state isDraft isCrossRepository headRefName headRefOid closedAt
  labels(first: 100) { nodes { name } }
  assignees(first: 20) { nodes { login } }
  reviewRequests(first: 20) { nodes { requestedReviewer { ... on User { login } } } }
  headRef { target { oid } }
  commits(last: 2) {
    nodes { commit { oid message tree { oid } parents(first: 2) { nodes { oid } } committer { email } signature { isValid } } }
  }
  timelineItems(last: 5, itemTypes: [HEAD_REF_DELETED_EVENT]) { nodes { ... on HeadRefDeletedEvent { createdAt } } }
}`;

/**
 * Pull requests into `$base`, in one request: those that are open, the past ones from each of as many branches
 * (`$branch0`, …), and the latest that were merged.
 */
export function pullRequestsQuery(branches: number): string {
  const indexes = [...Array(branches).keys()];
  const variables = indexes.map((index) => ` $branch${index}: String!,`).join('');
  const past = indexes.map(
    (index) => `
    past${index}: pullRequests(states: [CLOSED, MERGED], headRefName: $branch${index}, baseRefName: $base, first: 20, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { ...PullRequestFacts }
    }`,
  );
  return `query PullRequests($owner: String!, $name: String!,${variables} $base: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    open: pullRequests(states: OPEN, baseRefName: $base, first: 100, after: $after, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { ...PullRequestFacts }
      pageInfo { hasNextPage endCursor }
    }${past.join('')}
    merged: pullRequests(states: MERGED, baseRefName: $base, first: 20, orderBy: {field: UPDATED_AT, direction: DESC}) {
      nodes { ...PullRequestFacts }
    }
  }
}
${FACTS}`;
}

export const ENABLE_AUTO_MERGE = `mutation EnableAutoMerge($id: ID!, $head: GitObjectID!, $mergeMethod: PullRequestMergeMethod!) {
  enablePullRequestAutoMerge(input: {pullRequestId: $id, expectedHeadOid: $head, mergeMethod: $mergeMethod}) { pullRequest { number } }
}`;

export const ENQUEUE = `mutation Enqueue($id: ID!, $head: GitObjectID!) {
  enqueuePullRequest(input: {pullRequestId: $id, expectedHeadOid: $head}) { mergeQueueEntry { id } }
}`;

export const CONVERT_TO_DRAFT = `mutation ConvertToDraft($id: ID!) {
  convertPullRequestToDraft(input: {pullRequestId: $id}) { pullRequest { isDraft } }
}`;

export const MILESTONE = `query Milestone($owner: String!, $name: String!, $title: String!) {
  repository(owner: $owner, name: $name) { milestones(query: $title, states: OPEN, first: 20) { nodes { number title } } }
}`;

export const BRANCH = `query Branch($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) { id ref(qualifiedName: $ref) { target { oid } } }
}`;

export const MOVE_BRANCH = `mutation MoveBranch($repository: ID!, $ref: GitRefname!, $before: GitObjectID!, $after: GitObjectID!) {
  updateRefs(input: {repositoryId: $repository, refUpdates: [{name: $ref, beforeOid: $before, afterOid: $after, force: true}]}) { clientMutationId }
}`;
