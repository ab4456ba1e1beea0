/**
 * GitLab's REST API as far as the client uses it: the operations, their parameters, and the fields that an answer has. GitLab's own
 * description, doc/api/openapi/openapi_v3.yaml in its repository, has 3.9 MB and the licence CC BY-SA, and could be read here in
 * parts only, so this one is written by hand. The operations on merge requests, with their parameters in the query and their
 * statuses, were compared with that description (of GitLab 19.5); the fields of bodies and answers, and the other operations, are
 * those of GitLab's documentation and sources (lib/api/). They say which names there are and of which type, and nothing about
 * what GitLab does.
 */
import { Ajv, type AnySchemaObject } from 'ajv';

/** One request to GitLab's REST API and the answer to it. A body that was not sent is left out. */
export interface Exchange {
  readonly method: string;
  /** Below the root, with the query: `/projects/acme%2Fmanifests/merge_requests?state=opened`. */
  readonly path: string;
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseBody?: unknown;
}

interface Operation {
  readonly method: string;
  readonly path: RegExp;
  /** Names in the query, with a pattern for the value of each. */
  readonly query?: Readonly<Record<string, RegExp>>;
  readonly body?: AnySchemaObject;
  /** By status; a refusal has a body with `message` or `error`. */
  readonly answers: Readonly<Record<number, AnySchemaObject>>;
  readonly refusals: readonly number[];
}

const text = { type: 'string' };
const integer = { type: 'integer' };
const flag = { type: 'boolean' };
const nullable = (schema: AnySchemaObject): AnySchemaObject => ({ anyOf: [schema, { type: 'null' }] });
const list = (items: AnySchemaObject): AnySchemaObject => ({ type: 'array', items });
const fields = (properties: Readonly<Record<string, AnySchemaObject>>): AnySchemaObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});
/** What may be sent, and nothing else. */
const parameters = (
  properties: Readonly<Record<string, AnySchemaObject>>,
  required: readonly string[] = [],
): AnySchemaObject => ({ type: 'object', properties, required, additionalProperties: false });

const time = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT' };
const user = fields({
  id: integer,
  username: text,
  name: text,
  state: text,
  avatar_url: nullable(text),
  web_url: text,
});
const milestone = fields({ id: integer, iid: integer, title: text, state: { enum: ['active', 'closed'] } });
const mergeRequest = fields({
  id: integer,
  iid: integer,
  project_id: integer,
  title: text,
  description: nullable(text),
  state: { enum: ['opened', 'closed', 'merged', 'locked'] },
  created_at: time,
  updated_at: time,
  merged_at: nullable(time),
  closed_at: nullable(time),
  target_branch: text,
  source_branch: text,
  author: user,
  assignees: list(user),
  assignee: nullable(user),
  reviewers: list(user),
  source_project_id: nullable(integer),
  target_project_id: integer,
  labels: list(text),
  draft: flag,
  work_in_progress: flag,
  milestone: nullable(milestone),
  merge_when_pipeline_succeeds: flag,
  merge_status: text,
  detailed_merge_status: text,
  sha: nullable(text),
  merge_commit_sha: nullable(text),
  squash_commit_sha: nullable(text),
  squash: flag,
  references: fields({ short: text, relative: text, full: text }),
  web_url: text,
  has_conflicts: flag,
  blocking_discussions_resolved: flag,
});
const commit = fields({
  id: text,
  short_id: text,
  created_at: time,
  parent_ids: list(text),
  title: text,
  message: text,
  author_name: text,
  author_email: text,
  authored_date: time,
  committer_name: text,
  committer_email: text,
  committed_date: time,
  web_url: text,
});
const status = fields({
  id: integer,
  sha: text,
  ref: text,
  status: { enum: ['canceled', 'created', 'failed', 'manual', 'pending', 'running', 'skipped', 'success'] },
  name: text,
  description: nullable(text),
  target_url: nullable(text),
  author: user,
  created_at: time,
  started_at: nullable(time),
  finished_at: nullable(time),
  allow_failure: flag,
});
const note = fields({ id: integer, body: text, created_at: time, system: flag });

const PAGES = { page: /^\d+$/, per_page: /^(?:[1-9]\d?|100)$/ };
const PROJECT = '^/projects/[^/]+';

/** Those of an update; an opening has more of its own. */
const OPTIONAL = {
  description: text,
  assignee_ids: list(integer),
  reviewer_ids: list(integer),
  milestone_id: integer,
  labels: text,
  add_labels: text,
  remove_labels: text,
  remove_source_branch: flag,
  squash: flag,
};

export const OPERATIONS: readonly Operation[] = [
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/merge_requests$`),
    query: {
      state: /^(?:opened|closed|locked|merged|all)$/,
      source_branch: /./,
      target_branch: /./,
      order_by: /^(?:created_at|label_priority|milestone_due|popularity|priority|title|updated_at|merged_at)$/,
      sort: /^(?:asc|desc)$/,
      ...PAGES,
    },
    answers: { 200: list(mergeRequest) },
    refusals: [],
  },
  {
    method: 'POST',
    path: new RegExp(`${PROJECT}/merge_requests$`),
    body: parameters(
      { title: text, source_branch: text, target_branch: text, target_project_id: integer, ...OPTIONAL },
      ['title', 'source_branch', 'target_branch'],
    ),
    answers: { 201: mergeRequest },
    refusals: [400, 409, 422],
  },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/merge_requests/\\d+$`),
    answers: { 200: mergeRequest },
    refusals: [],
  },
  {
    method: 'PUT',
    path: new RegExp(`${PROJECT}/merge_requests/\\d+$`),
    body: parameters({ title: text, target_branch: text, state_event: { enum: ['close', 'reopen'] }, ...OPTIONAL }),
    answers: { 200: mergeRequest },
    refusals: [400, 409, 422],
  },
  {
    method: 'PUT',
    path: new RegExp(`${PROJECT}/merge_requests/\\d+/merge$`),
    body: parameters({
      auto_merge: flag,
      merge_when_pipeline_succeeds: flag,
      sha: { type: 'string', pattern: '^[0-9a-f]{40}$' },
      squash: flag,
      should_remove_source_branch: flag,
      merge_commit_message: text,
      squash_commit_message: text,
    }),
    answers: { 200: mergeRequest },
    refusals: [400, 405, 409, 422],
  },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/merge_requests/\\d+/commits$`),
    query: PAGES,
    answers: { 200: list(commit) },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/merge_requests/\\d+/notes$`),
    query: { order_by: /^(?:created_at|updated_at)$/, sort: /^(?:asc|desc)$/, ...PAGES },
    answers: { 200: list(note) },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/milestones$`),
    query: { title: /./, state: /^(?:active|closed)$/, include_ancestors: /^(?:true|false)$/, search: /./, ...PAGES },
    answers: { 200: list(milestone) },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/repository/commits$`),
    query: { ref_name: /./, since: /./, until: /./, path: /./, ...PAGES },
    answers: { 200: list(commit) },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/repository/commits/[^/]+$`),
    answers: { 200: commit },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/repository/commits/[^/]+/signature$`),
    answers: { 200: fields({ signature_type: text, verification_status: text }) },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/repository/commits/[^/]+/statuses$`),
    query: { ref: /./, stage: /./, name: /./, pipeline_id: /^\d+$/, all: /^(?:true|false)$/, ...PAGES },
    answers: { 200: list(status) },
    refusals: [],
  },
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}/repository/merge_base$`),
    query: { 'refs[]': /./ },
    answers: { 200: commit },
    refusals: [400],
  },
  {
    method: 'GET',
    path: /^\/users$/,
    query: { username: /./, ...PAGES },
    answers: { 200: list(user) },
    refusals: [],
  },
];

/** What any operation may answer to the wrong caller, or when GitLab itself is in trouble. */
const ALWAYS_POSSIBLE = [401, 403, 404, 429, 500, 502, 503];
const REFUSAL = { anyOf: [fields({ message: {} }), fields({ error: text })] };

const ajv = new Ajv({ strict: false, allErrors: true });

/** A sentence for each departure of an exchange from the description; none where there is none. */
export function gitlabViolations({ method, path, requestBody, status, responseBody }: Exchange): string[] {
  const [pathname = '', search] = path.split('?', 2);
  const operation = OPERATIONS.find((one) => one.method === method && one.path.test(pathname));
  if (!operation) return [`${method} ${pathname} is no operation of the description`];
  return [
    ...queryFaults(operation, new URLSearchParams(search)),
    ...bodyFaults(operation, requestBody),
    ...answerFaults(operation, status, responseBody),
  ].map((fault) => `${method} ${pathname}: ${fault}`);
}

function queryFaults({ query = {} }: Operation, asked: URLSearchParams): string[] {
  return [...asked].flatMap(([name, value]) => (query[name]?.test(value) ? [] : [`query ${name}=${value}`]));
}

function bodyFaults({ body }: Operation, sent: unknown): string[] {
  if (body === undefined) return sent === undefined ? [] : ['it takes no request body'];
  return faults('request body', body, sent);
}

function answerFaults({ answers, refusals }: Operation, status: number, answered: unknown): string[] {
  const schema = answers[status];
  if (schema) return faults('response body', schema, answered);
  if (!refusals.includes(status) && !ALWAYS_POSSIBLE.includes(status)) return [`it does not answer ${status}`];
  return faults('response body', REFUSAL, answered);
}

function faults(where: string, schema: AnySchemaObject, value: unknown): string[] {
  return ajv.validate(schema, value)
    ? []
    : (ajv.errors ?? []).map((one) => `${where}${one.instancePath} ${one.message}`);
}
