/** All GraphQL documents that are sent; a test validates them against GitHub's schema. */
import { COMMITS_READ } from '../forge.ts';

/**
 * The fields of each pull request. Where its branch is gone there is no `headRef`. Teams are not asked for: GitHub refuses
 * the whole document to a classic token without `read:org`. Nor are the parents of earlier commits, which would count against
 * its limit.
 */
const FACTS = `fragment PullRequestFacts on PullRequest {
  id number url title body state isDraft isCrossRepository headRefName headRefOid baseRefName closedAt
  labels(first: 100) { nodes { name } }
  assignees(first: 20) { nodes { login } }
  reviewRequests(first: 20) { nodes { requestedReviewer { ... on User { login } } } }
  headRef { target { oid } }
  commits(last: 2) { totalCount nodes { commit { ...CommitFacts } } }
  earlier: commits(last: ${COMMITS_READ}) { nodes { commit { oid message } } }
  timelineItems(last: 5, itemTypes: [HEAD_REF_DELETED_EVENT]) { nodes { ... on HeadRefDeletedEvent { createdAt } } }
}`;

const COMMIT = `fragment CommitFacts on Commit {
  oid message tree { oid } parents(first: 2) { nodes { oid } } committer { email } signature { isValid }
}`;

/** Variables of one type, as many as there are values: `$tip0: String!, $tip1: String!, `. */
const variables = (name: string, count: number, type = 'String!'): string =>
  indexes(count)
    .map((index) => `$${name}${index}: ${type}, `)
    .join('');

const indexes = (count: number): readonly number[] => [...Array(count).keys()];

/** Open pull requests, the past ones from each of as many branches (`$branch0`, …), and the latest that were merged. */
function pullRequestLists(branches: number, base: string, after: string): string {
  const past = indexes(branches).map(
    (index) => `
    past${index}: pullRequests(states: [CLOSED, MERGED], headRefName: $branch${index}, ${base}first: 20, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { ...PullRequestFacts }
    }`,
  );
  return `open: pullRequests(states: OPEN, ${base}first: 100, ${after}orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { ...PullRequestFacts }
      pageInfo { hasNextPage endCursor }
    }${past.join('')}
    merged: pullRequests(states: MERGED, ${base}first: 20, orderBy: {field: UPDATED_AT, direction: DESC}) {
      nodes { ...PullRequestFacts }
    }`;
}

/** Pull requests into `$base`, in one request. */
export function pullRequestsQuery(branches: number): string {
  return `query PullRequests($owner: String!, $name: String!, ${variables('branch', branches)}$base: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    id isPrivate
    ${pullRequestLists(branches, 'baseRefName: $base, ', 'after: $after, ')}
  }
}
${FACTS}
${COMMIT}`;
}

/** How many folders deep the contents of a folder are read at once. */
const DEPTH = 4;

const CONTENTS = 'oid ... on Blob { text isBinary isTruncated byteSize }';

/** A tree and what is below it. */
const filesTo = (depth: number): string =>
  `entries { name mode oid object { ${CONTENTS}${depth > 1 ? ` ... on Tree { ${filesTo(depth - 1)} }` : ''} } }`;

const OBJECTS = `fragment Listing on GitObject { oid ... on Tree { entries { name mode oid } } }
fragment Files on GitObject { ${CONTENTS} ... on Tree { ${filesTo(DEPTH)} } }`;

const objectLines = (listings: number, files: number): readonly string[] => [
  ...indexes(listings).map((index) => `listing${index}: object(expression: $listing${index}) { ...Listing }`),
  ...indexes(files).map((index) => `files${index}: object(expression: $files${index}) { ...Files }`),
];

/** How many of each are asked for with a base. */
export interface AskedCounts {
  /** The tips of branches (`$tip0`, …). */
  readonly tips: number;
  /** Folders whose entries alone are read, and objects that are read with all below them: `<revision>:<path>`. */
  readonly listings: number;
  readonly files: number;
  /** Branches whose past pull requests are listed. */
  readonly branches: number;
}

/**
 * The base (`$ref`, or the default branch), and objects, tips and pull requests beside it. Where the base is not named the
 * pull requests are those into any branch. An Enterprise Server whose schema has no `movingRefs` cannot move branches.
 */
export function baseQuery({ tips, listings, files, branches }: AskedCounts, isNamed: boolean): string {
  const lines = [
    `base: ${isNamed ? 'ref(qualifiedName: $ref)' : 'defaultBranchRef'} { name target { ...CommitFacts } }`,
    ...indexes(tips).map((index) => `tip${index}: ref(qualifiedName: $tip${index}) { target { ...CommitFacts } }`),
    ...objectLines(listings, files),
    ...(branches > 0 ? [pullRequestLists(branches, isNamed ? 'baseRefName: $base, ' : '', '')] : []),
  ];
  const asked =
    variables('tip', tips) +
    variables('listing', listings) +
    variables('files', files) +
    variables('branch', branches) +
    (isNamed ? `$ref: String!, ${branches > 0 ? '$base: String!, ' : ''}` : '');
  const fragments = [COMMIT, ...(listings + files > 0 ? [OBJECTS] : []), ...(branches > 0 ? [FACTS] : [])];
  return `query Base($owner: String!, $name: String!, ${asked.replace(/, $/, '')}) {
  movingRefs: __type(name: "UpdateRefsInput") { name }
  repository(owner: $owner, name: $name) {
    id isPrivate
    ${lines.join('\n    ')}
  }
}
${fragments.join('\n')}`;
}

/** A commit (`$commit`), and objects at paths as those of `baseQuery`. */
export function filesQuery({ listings, files }: Pick<AskedCounts, 'listings' | 'files'>): string {
  const asked = `${variables('listing', listings)}${variables('files', files)}$commit: GitObjectID!`;
  return `query Files($owner: String!, $name: String!, ${asked}) {
  repository(owner: $owner, name: $name) {
    commit: object(oid: $commit) { ...CommitFacts }
    ${objectLines(listings, files).join('\n    ')}
  }
}
${COMMIT}${listings + files > 0 ? `\n${OBJECTS}` : ''}`;
}

/** Objects by their ids (`$object0`, …): text of a file, entries of a folder. */
export function objectsQuery(count: number): string {
  const lines = indexes(count).map((index) => `object${index}: object(oid: $object${index}) { ...Shallow }`);
  const asked = variables('object', count, 'GitObjectID!').replace(/, $/, '');
  return `query Objects($owner: String!, $name: String!, ${asked}) {
  repository(owner: $owner, name: $name) {
    ${lines.join('\n    ')}
  }
}
fragment Shallow on GitObject { ${CONTENTS} ... on Tree { entries { name mode oid } } }`;
}

export const TIP = `query Tip($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) { ref(qualifiedName: $ref) { target { ...CommitFacts } } }
}
${COMMIT}`;

/** The latest commits that lead to one: of all files, or those that changed each of as many files (`$path0`, …). */
export function historyQuery(files: number): string {
  const paths =
    files === 0
      ? ['history(first: 100)']
      : indexes(files).map((index) => `history${index}: history(first: 100, path: $path${index})`);
  return `query History($owner: String!, $name: String!, ${variables('path', files)}$id: GitObjectID!) {
  repository(owner: $owner, name: $name) {
    commit: object(oid: $id) { ... on Commit { ${paths.map((path) => `${path} { nodes { committedDate ...CommitFacts } }`).join('\n')} } }
  }
}
${COMMIT}`;
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

export const MILESTONE = `query Milestone($owner: String!, $name: String!, $title: String!, $number: Int!, $isNumber: Boolean!) {
  repository(owner: $owner, name: $name) {
    milestones(query: $title, states: OPEN, first: 20) { nodes { number title } }
    milestone(number: $number) @include(if: $isNumber) { number state }
  }
}`;

export const REPOSITORY = `query Repository($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { id isPrivate }
}`;

const MADE = 'createCommitOnBranch(input: $commit) { commit { ...CommitFacts } }';
const OPENED = 'createPullRequest(input: $opening) { pullRequest { ...PullRequestFacts } }';

/** Makes a commit on a branch, which is created before it and whose pull request is opened behind it where that is asked for. */
export function commitMutation(creates: boolean, opens: boolean): string {
  const asked = [
    ...(creates ? ['$creation: CreateRefInput!'] : []),
    '$commit: CreateCommitOnBranchInput!',
    ...(opens ? ['$opening: CreatePullRequestInput!'] : []),
  ];
  const lines = [
    ...(creates ? ['createRef(input: $creation) { ref { name } }'] : []),
    MADE,
    ...(opens ? [OPENED] : []),
  ];
  return `mutation MakeCommit(${asked.join(', ')}) {
  ${lines.join('\n  ')}
}
${COMMIT}${opens ? `\n${FACTS}` : ''}`;
}

/** Moves, creates and deletes branches, all or none of them; and writes the text of a pull request where that is asked for. */
export function moveMutation(writes: boolean): string {
  const text = writes ? '\n  updatePullRequest(input: $text) { pullRequest { ...PullRequestFacts } }' : '';
  return `mutation UpdateRefs($updates: UpdateRefsInput!${writes ? ', $text: UpdatePullRequestInput!' : ''}) {
  updateRefs(input: $updates) { clientMutationId }${text}
}${writes ? `\n${FACTS}\n${COMMIT}` : ''}`;
}
