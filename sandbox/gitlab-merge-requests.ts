/** The operations of GitLab's REST API on merge requests, but for merging. */
import type { Answer } from './exchange.ts';
import { NOT_FOUND, pageOf, refusal, type GitLabCall, type GitLabOperation } from './gitlab-operation.ts';
import { commitObject, isDraft, mergeRequestObject } from './gitlab-objects.ts';
import type { PullRequest } from './pull-requests.ts';
import { readCommits } from './stored-commit.ts';

const LIMITS = { title: 255, description: 1_048_576, label: 255 };

export const mergeRequestOperations: readonly GitLabOperation[] = [
  { method: 'GET', path: /^\/merge_requests$/, answer: list },
  { method: 'POST', path: /^\/merge_requests$/, answer: create },
  {
    method: 'GET',
    path: /^\/merge_requests\/(\d+)$/,
    answer: (call, number) => withOne(call, number, (one) => shown(call, one)),
  },
  {
    method: 'PUT',
    path: /^\/merge_requests\/(\d+)$/,
    answer: (call, number) => withOne(call, number, (one) => update(call, one)),
  },
  {
    method: 'GET',
    path: /^\/merge_requests\/(\d+)\/commits$/,
    answer: (call, number) => withOne(call, number, (one) => commits(call, one)),
  },
  {
    method: 'GET',
    path: /^\/merge_requests\/(\d+)\/notes$/,
    answer: (call, number) => withOne(call, number, (one) => notes(call, one)),
  },
];

/** The merge request of a number in a path, and what is to be done with it. */
export async function withOne(
  { project }: GitLabCall,
  number: string,
  work: (one: PullRequest) => Answer | Promise<Answer>,
): Promise<Answer> {
  const found = (await project.pullRequests.all()).find((one) => one.number === Number(number));
  return found ? work(found) : NOT_FOUND('Merge Request');
}

export function shown(call: GitLabCall, one: PullRequest, status = 200): Answer {
  return { status, body: mergeRequestObject(call, one) };
}

async function list(call: GitLabCall): Promise<Answer> {
  const asked = call.url.searchParams;
  const state = asked.get('state') ?? 'all';
  const isAsked = (one: PullRequest): boolean =>
    (state === 'all' || state === stateOf(one)) &&
    one.head === (asked.get('source_branch') ?? one.head) &&
    one.base === (asked.get('target_branch') ?? one.base);
  const all = (await call.project.pullRequests.all()).filter(isAsked);
  const newest = asked.has('order_by') ? byTime(all, asked.get('order_by') ?? '') : all.toReversed();
  return pageOf(call.url, newest, (one) => mergeRequestObject(call, one));
}

function byTime(all: readonly PullRequest[], name: string): PullRequest[] {
  const time = (one: PullRequest): string => (name === 'merged_at' ? (one.mergedAt ?? '') : one.updatedAt);
  return all.toSorted((one, other) => time(other).localeCompare(time(one)) || other.number - one.number);
}

const stateOf = ({ state, mergedAt }: PullRequest): string =>
  mergedAt !== null ? 'merged' : state === 'open' ? 'opened' : 'closed';

async function create(call: GitLabCall): Promise<Answer> {
  const { project, body, visitor } = call;
  const [head, base, title] = [textOf(body['source_branch']), textOf(body['target_branch']), textOf(body['title'])];
  const missing = Object.entries({ source_branch: head, target_branch: base, title }).flatMap(([name, value]) =>
    value === '' ? `${name} is missing` : [],
  );
  if (missing.length > 0) return { status: 400, body: { error: missing.join(', ') } };
  const wrong = faults(body);
  if (wrong) return wrong;
  const [headSha, baseSha] = [await project.tip(head), await project.tip(base)];
  if (headSha === undefined) return refusal(400, [`Source branch "${head}" does not exist`]);
  if (baseSha === undefined) return refusal(400, [`Target branch "${base}" does not exist`]);
  const description = body['description'] === undefined ? null : textOf(body['description']);
  const opened = project.pullRequests.open({
    title: title.trim(),
    body: description,
    head,
    headSha,
    base,
    baseSha,
    draft: isDraft(title),
    ...(typeof visitor === 'object' && { author: visitor.login }),
  });
  if (opened) return shown(call, opened, 201);
  const other = (await project.pullRequests.all()).find((one) => one.state === 'open' && one.head === head);
  return refusal(409, [`Another open merge request already exists for this source branch: !${other?.number}`]);
}

async function update(call: GitLabCall, before: PullRequest): Promise<Answer> {
  const { project, body, users } = call;
  const wrong = faults(body);
  if (wrong) return wrong;
  const people = (field: string): readonly string[] => {
    const ids = Array.isArray(body[field]) ? (body[field] as unknown[]).map(Number) : [];
    // Who may not see the project is left out, and so are more than the licence has.
    const names = ids.flatMap((id) => users.nameOf(id) ?? []).filter((name) => project.collaborators.has(name));
    return names.slice(0, project.peopleAtMost);
  };
  const milestone = project.milestones.find(({ number }) => project.id * 100 + number === body['milestone_id']);
  const title = textOf(body['title']).trim();
  const added = labelsIn(body['add_labels']).filter((label) => label.length <= LIMITS.label);
  const removed = labelsIn(body['remove_labels']);
  const labels = [...new Set([...before.labels, ...added])].filter((label) => !removed.includes(label));
  const changed = await project.pullRequests.update(before.number, {
    ...(title !== '' && { title, draft: isDraft(title) }),
    ...(body['description'] !== undefined && { body: textOf(body['description']) }),
    ...(body['state_event'] === 'close' && before.state === 'open' && { state: 'closed' }),
    ...(body['reviewer_ids'] !== undefined && { reviewers: people('reviewer_ids') }),
    ...(body['assignee_ids'] !== undefined && { assignees: people('assignee_ids') }),
    ...(milestone && { milestone: milestone.number }),
    labels,
  });
  return shown(call, changed);
}

/** What is too long. */
function faults(body: GitLabCall['body']): Answer | undefined {
  const title = Array.from(textOf(body['title'])).length > LIMITS.title;
  const description = Buffer.byteLength(textOf(body['description'])) > LIMITS.description;
  if (!title && !description) return undefined;
  return refusal(400, {
    ...(title && { title: [`is too long (maximum is ${LIMITS.title} characters)`] }),
    ...(description && { description: [`is too long (maximum is 1 MiB)`] }),
  });
}

/** The newest first. */
async function commits({ serverUrl, project, url }: GitLabCall, one: PullRequest): Promise<Answer> {
  const base = one.mergedAt === null ? one.base : one.baseSha;
  const ids = (await project.text(['rev-list', '--topo-order', `${base}..${one.headSha}`])).split('\n').filter(Boolean);
  const known = await readCommits(project, ids);
  return pageOf(
    url,
    ids.flatMap((id) => known.get(id) ?? []),
    (commit) => commitObject(serverUrl, project, commit),
  );
}

/** The events that the sandbox knows of: that its branch was deleted. */
function notes(call: GitLabCall, { number, head, headDeletedAt }: PullRequest): Answer {
  const body = `deleted source branch \`${head}\``;
  const events = headDeletedAt === null ? [] : [{ id: number, body, created_at: headDeletedAt, system: true }];
  return pageOf(call.url, events, (event) => event);
}

/** A list, or a text with commas. */
function labelsIn(value: unknown): string[] {
  const all = Array.isArray(value) ? value.map(String) : textOf(value).split(',');
  return all.map((label) => label.trim()).filter(Boolean);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
