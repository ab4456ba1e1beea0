/**
 * Bitbucket Cloud's REST API 2.0 as far as the client uses it: the operations, their parameters, and the fields that an answer has.
 * It is written by hand, since Bitbucket's own description (developer.atlassian.com/cloud/bitbucket/swagger.v3.json) has no
 * licence that lets it be here, and marks no field as always there. Operations, statuses, bodies and fields were compared with the
 * types that @coderabbitai/bitbucket 1.1.4 makes from that description; the parameters q, sort, fields, pagelen, include and
 * exclude are those of Bitbucket's documentation. They say which names there are and of which type, and nothing about what
 * Bitbucket does.
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

const time = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT' };
const type = (name: string): object => ({ enum: [name] });
const hash = { type: 'string', pattern: '^[0-9a-f]{40}$' };
/** As pull requests have it. */
const shortHash = { type: 'string', pattern: '^[0-9a-f]{12}$' };
const uuid = { type: 'string', pattern: '^\\{[0-9a-f-]{36}\\}$' };
const link = fields({ href: text });

const account = fields(
  { type: { enum: ['user', 'app_user'] }, uuid, display_name: text },
  { nickname: text, account_id: text },
);
const end = fields({
  branch: fields({ name: text }),
  commit: fields({ hash: shortHash }),
  repository: fields({ type: type('repository'), full_name: text, name: text, uuid }),
});
const common = {
  type: type('pullrequest'),
  id: integer,
  title: text,
  description: text,
  summary: fields({ raw: text, markup: { enum: ['markdown', 'creole', 'plaintext'] }, html: text }),
  state: { enum: ['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'] },
  draft: flag,
  merge_commit: nullable(fields({ hash: shortHash })),
  close_source_branch: flag,
  closed_by: nullable(account),
  author: account,
  reason: text,
  created_on: time,
  updated_on: time,
  source: end,
  destination: end,
  links: fields({ html: link }),
  comment_count: integer,
  task_count: integer,
};
const people = { reviewers: list(account), participants: list({ type: 'object' }) };
const pullRequest = fields({ ...common, ...people });
const commit = fields({
  type: type('commit'),
  hash,
  date: time,
  message: text,
  author: fields({ raw: text }),
  committer: fields({ raw: text }),
  parents: list(fields({ hash })),
  links: fields({ html: link }),
});
const status = fields(
  {
    type: type('build'),
    key: text,
    name: text,
    state: { enum: ['FAILED', 'INPROGRESS', 'STOPPED', 'SUCCESSFUL'] },
    description: text,
    url: text,
    created_on: time,
    updated_on: time,
    links: fields({ commit: link, self: link }),
  },
  { refname: nullable(text) },
);
const page = (item: object): object =>
  fields({ values: list(item), pagelen: integer }, { page: integer, size: integer, next: text });

const asked = { anyOf: [parameters({ uuid }, ['uuid']), parameters({ account_id: text }, ['account_id'])] };
const branch = parameters({ branch: parameters({ name: text }, ['name']) }, ['branch']);
const WRITTEN = { title: text, description: text, draft: flag, reviewers: list(asked), close_source_branch: flag };

const REPOSITORY = '^/repositories/[^/]+/[^/]+';
const PAGES = { page: /^\d+$/, pagelen: /^(?:[1-9]\d?|100)$/ };
/** A comparison of names with texts. */
const TERM = String.raw`[\w.]+ = "(?:[^"\\]|\\.)*"`;
const QUERY = new RegExp(String.raw`^\(?${TERM}(?:\)? (?:AND|OR) \(?${TERM})*\)?$`);

const OPERATIONS: readonly Operation[] = [
  {
    method: 'GET',
    path: new RegExp(`${REPOSITORY}$`),
    answers: { 200: fields({ type: type('repository'), full_name: text, name: text, is_private: flag }) },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${REPOSITORY}/pullrequests$`),
    query: {
      q: QUERY,
      sort: /^-?(?:created_on|updated_on|id)$/,
      fields: /^\+values\.reviewers$/,
      page: /^\d+$/,
      pagelen: /^(?:[1-9]|[1-4]\d|50)$/,
    },
    answers: { 200: page(fields(common, people)) },
    refusals: [400],
  },
  {
    method: 'POST',
    path: new RegExp(`${REPOSITORY}/pullrequests$`),
    body: parameters({ ...WRITTEN, source: branch, destination: branch }, ['title', 'source']),
    answers: { 201: pullRequest },
    refusals: [400],
  },
  {
    method: 'GET',
    path: new RegExp(`${REPOSITORY}/pullrequests/\\d+$`),
    answers: { 200: pullRequest },
    refusals: [],
  },
  {
    method: 'PUT',
    path: new RegExp(`${REPOSITORY}/pullrequests/\\d+$`),
    body: parameters({ ...WRITTEN, destination: branch }),
    answers: { 200: pullRequest },
    refusals: [400],
  },
  {
    method: 'POST',
    path: new RegExp(`${REPOSITORY}/pullrequests/\\d+/decline$`),
    answers: { 200: pullRequest },
    refusals: [400, 555],
  },
  {
    method: 'GET',
    path: new RegExp(`${REPOSITORY}/pullrequests/\\d+/commits$`),
    query: PAGES,
    answers: { 200: page(commit) },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${REPOSITORY}/effective-default-reviewers$`),
    query: PAGES,
    answers: { 200: page(fields({ type: text, reviewer_type: text, user: account })) },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${REPOSITORY}/commits$`),
    query: { include: /./, exclude: /./, ...PAGES },
    answers: { 200: page(commit) },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${REPOSITORY}/commit/[0-9a-f]+$`),
    answers: { 200: commit },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${REPOSITORY}/commit/[0-9a-f]+/statuses$`),
    query: { sort: /^-?(?:created_on|updated_on)$/, ...PAGES },
    answers: { 200: page(status) },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${REPOSITORY}/refs/tags/.+$`),
    answers: { 200: fields({ type: text, name: text, target: commit }) },
    refusals: [],
  },
  {
    method: 'GET',
    path: /^\/workspaces\/[^/]+\/members$/,
    query: { q: QUERY, ...PAGES },
    answers: { 200: page(fields({ type: type('workspace_membership'), user: account })) },
    refusals: [],
  },
];

const REFUSAL = fields({
  type: type('error'),
  error: fields({ message: text }, { detail: {}, fields: { type: 'object' } }),
});

/** A sentence for each departure of an exchange from the description; none where there is none. */
export const bitbucketCloudViolations = (exchange: Exchange): string[] =>
  departures({ operations: OPERATIONS, refusal: REFUSAL }, exchange);
