/**
 * GitLab's REST API as far as the client uses it: the operations, their parameters, and the fields that an answer has. GitLab's own
 * description, doc/api/openapi/openapi_v3.yaml in its repository, has 3.9 MB and the licence CC BY-SA, and could be read here in
 * parts only, so this one is written by hand. The operations on merge requests, with their parameters in the query and their
 * statuses, were compared with that description (of GitLab 19.5); the fields of bodies and answers, and the other operations, are
 * those of GitLab's documentation and sources (lib/api/). They say which names there are and of which type, and nothing about
 * what GitLab does.
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

const OPERATIONS: readonly Operation[] = [
  {
    method: 'GET',
    path: new RegExp(`${PROJECT}$`),
    answers: {
      200: fields({ id: integer, path_with_namespace: text, visibility: { enum: ['private', 'internal', 'public'] } }),
    },
    refusals: [],
  },
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
    query: {
      title: /./,
      state: /^(?:active|closed)$/,
      include_ancestors: /^(?:true|false)$/,
      search: /./,
      'iids[]': /^\d+$/,
      ...PAGES,
    },
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

const REFUSAL = { anyOf: [fields({ message: {} }), fields({ error: text })] };

/** A sentence for each departure of an exchange from the description; none where there is none. */
export const gitlabViolations = (exchange: Exchange): string[] =>
  departures({ operations: OPERATIONS, refusal: REFUSAL }, exchange);
