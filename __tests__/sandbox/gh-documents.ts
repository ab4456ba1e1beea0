/** The GraphQL documents of `gh` 2.23 (MIT): what it sent to a recorder. `scripts/trim-graphql.mjs` reads this file too. */

/** Of `gh pr list --json number`. */
export const PULL_REQUEST_LIST = `fragment pr on PullRequest{number}
query PullRequestList(
  $owner: String!,
  $repo: String!,
  $limit: Int!,
  $endCursor: String,
  $baseBranch: String,
  $headBranch: String,
  $state: [PullRequestState!] = OPEN
) {
  repository(owner: $owner, name: $repo) {
    pullRequests(
      states: $state,
      baseRefName: $baseBranch,
      headRefName: $headBranch,
      first: $limit,
      after: $endCursor,
      orderBy: {field: CREATED_AT, direction: DESC}
    ) {
      totalCount
      nodes {
        ...pr
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}`;

/** Of `gh pr create`, as the following ones. */
export const REPOSITORY_INFO = `
fragment repo on Repository {
  id
  name
  owner { login }
  hasIssuesEnabled
  description
  hasWikiEnabled
  viewerPermission
  defaultBranchRef {
    name
  }
}

query RepositoryInfo($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ...repo
    parent {
      ...repo
    }
    mergeCommitAllowed
    rebaseMergeAllowed
    squashMergeAllowed
  }
}`;

export const PULL_REQUEST_FOR_BRANCH = `
query PullRequestForBranch($owner: String!, $repo: String!, $headRefName: String!, $states: [PullRequestState!]) {
  repository(owner: $owner, name: $repo) {
    pullRequests(headRefName: $headRefName, states: $states, first: 30, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes {url,id,number,state,baseRefName,headRefName,isCrossRepository,headRepositoryOwner{id,login,...on User{name}}}
    }
    defaultBranchRef { name }
  }
}`;

export const PULL_REQUEST_CREATE = `
mutation PullRequestCreate($input: CreatePullRequestInput!) {
  createPullRequest(input: $input) {
    pullRequest {
      id
      url
    }
  }
}`;
