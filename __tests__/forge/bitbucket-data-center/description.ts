/**
 * Bitbucket Data Center's REST API as far as the client uses it: the operations, their parameters, and the fields that an answer
 * has. It is written by hand, since Bitbucket's own description (developer.atlassian.com/server/bitbucket/rest) has no licence that
 * lets it be here, and marks no field as always there. Operations, queries, statuses, bodies and fields were compared with the
 * types that @coderabbitai/bitbucket 1.1.4 makes from that description. They say which names there are and of which type, and
 * nothing about what Bitbucket does.
 */
import {
  departures,
  fields,
  flag,
  integer,
  list,
  nullable,
  parameters,
  text,
  type Exchange,
  type Operation,
} from '../rest-description.ts';

const hash = { type: 'string', pattern: '^[0-9a-f]{40}$' };
const refId = { type: 'string', pattern: '^refs/heads/.' };
const project = fields({ key: text, type: { enum: ['NORMAL', 'PERSONAL'] } }, { public: flag });
const repository = fields({ id: integer, slug: text, name: text, project }, { public: flag });
const user = fields({ name: text, slug: text, displayName: text, active: flag, type: { enum: ['NORMAL', 'SERVICE'] } });
const participant = fields({
  user,
  role: { enum: ['AUTHOR', 'REVIEWER', 'PARTICIPANT'] },
  approved: flag,
  status: { enum: ['UNAPPROVED', 'NEEDS_WORK', 'APPROVED'] },
});
const ref = fields({ id: refId, displayId: text, latestCommit: hash, type: { enum: ['BRANCH', 'TAG'] }, repository });
const pullRequest = fields(
  {
    id: integer,
    version: integer,
    title: text,
    state: { enum: ['OPEN', 'MERGED', 'DECLINED'] },
    open: flag,
    closed: flag,
    draft: flag,
    createdDate: integer,
    updatedDate: integer,
    fromRef: ref,
    toRef: ref,
    locked: flag,
    author: participant,
    reviewers: list(participant),
    participants: list(participant),
    links: fields({ self: list(fields({ href: text })) }),
  },
  {
    description: text,
    closedDate: integer,
    properties: fields({}, { mergeCommit: fields({ id: hash, displayId: text }) }),
  },
);
const person = fields({ name: text, emailAddress: text });
const commit = fields({
  id: hash,
  displayId: text,
  author: person,
  authorTimestamp: integer,
  committer: person,
  committerTimestamp: integer,
  message: text,
  parents: list(fields({ id: hash, displayId: text })),
});
const buildStatus = fields(
  { key: text, state: { enum: ['CANCELLED', 'FAILED', 'INPROGRESS', 'SUCCESSFUL', 'UNKNOWN'] }, url: text },
  { name: text, description: text, createdDate: integer, updatedDate: integer },
);
const page = (item: object): object =>
  fields({
    values: list(item),
    size: integer,
    limit: integer,
    isLastPage: flag,
    start: integer,
    nextPageStart: nullable(integer),
  });

const sentRef = parameters(
  {
    id: refId,
    repository: parameters({ slug: text, project: parameters({ key: text }, ['key']) }, ['slug', 'project']),
  },
  ['id', 'repository'],
);
const reviewers = list(parameters({ user: parameters({ name: text }, ['name']) }, ['user']));

const PROJECT = '^/api/latest/projects/[^/]+/repos/[^/]+';
const PAGES = { start: /^\d+$/, limit: /^\d+$/ };
const VERSION = { version: /^\d+$/ };

const OPERATIONS: readonly Operation[] = [
  { method: 'GET', path: new RegExp(`${PROJECT}$`), answers: { 200: repository }, refusals: [] },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/pull-requests$`),
    query: {
      state: /^(?:OPEN|DECLINED|MERGED|ALL)$/,
      direction: /^(?:INCOMING|OUTGOING)$/,
      at: /^refs\/heads\/./,
      order: /^(?:NEWEST|OLDEST)$/,
      ...PAGES,
    },
    answers: { 200: page(pullRequest) },
    refusals: [400],
  },
  {
    method: 'POST',
    path: new RegExp(`${PROJECT}/pull-requests$`),
    body: parameters({ title: text, description: text, draft: flag, fromRef: sentRef, toRef: sentRef, reviewers }, [
      'title',
      'fromRef',
      'toRef',
    ]),
    answers: { 201: pullRequest },
    refusals: [400, 409],
  },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/pull-requests/\\d+$`),
    answers: { 200: pullRequest },
    refusals: [],
  },
  {
    method: 'PUT',
    path: new RegExp(`${PROJECT}/pull-requests/\\d+$`),
    body: parameters({ version: integer, title: text, description: text, draft: flag, reviewers }, [
      'version',
      'title',
    ]),
    answers: { 200: pullRequest },
    refusals: [400, 409],
  },
  {
    method: 'POST',
    path: new RegExp(`${PROJECT}/pull-requests/\\d+/decline$`),
    query: VERSION,
    body: parameters({ version: integer, comment: text }),
    answers: { 200: pullRequest },
    refusals: [409],
  },
  {
    method: 'POST',
    path: new RegExp(`${PROJECT}/pull-requests/\\d+/merge$`),
    query: VERSION,
    body: parameters({ version: integer, autoMerge: flag, strategyId: text, message: text, autoSubject: text }),
    answers: { 200: pullRequest },
    refusals: [409],
  },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/pull-requests/\\d+/commits$`),
    query: PAGES,
    answers: { 200: page(commit) },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/commits$`),
    query: { until: /./, since: /./, ...PAGES },
    answers: { 200: page(commit) },
    refusals: [400],
  },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/compare/commits$`),
    query: { from: /./, to: /./, ...PAGES },
    answers: { 200: page(commit) },
    refusals: [],
  },
  {
    method: 'GET',
    path: /^\/build-status\/latest\/commits\/[0-9a-f]{40}$/,
    query: { orderBy: /^(?:NEWEST|OLDEST|STATUS)$/, ...PAGES },
    answers: { 200: page(buildStatus) },
    refusals: [],
  },
  {
    method: 'GET',
    path: /^\/default-reviewers\/latest\/projects\/[^/]+\/repos\/[^/]+\/reviewers$/,
    query: {
      sourceRepoId: /^\d+$/,
      targetRepoId: /^\d+$/,
      sourceRefId: /^refs\/heads\/./,
      targetRefId: /^refs\/heads\/./,
    },
    answers: { 200: list(user) },
    refusals: [400],
  },
];

const REFUSAL = fields({
  errors: list(fields({ context: nullable(text), message: nullable(text), exceptionName: nullable(text) })),
});

/** A sentence for each departure of an exchange from the description; none where there is none. */
export const bitbucketDataCenterViolations = (exchange: Exchange): string[] =>
  departures({ operations: OPERATIONS, refusal: REFUSAL }, exchange);
