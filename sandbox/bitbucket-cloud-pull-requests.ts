/** The operations of Bitbucket Cloud's REST API on pull requests. */
import type { Answer } from './exchange.ts';
import { accountIdOf, commitObject, pullRequestObject, uuidOf } from './bitbucket-cloud-objects.ts';
import {
  isTrue,
  pageOf,
  refusal,
  wrongField,
  type BitbucketCloudCall,
  type BitbucketCloudOperation,
} from './bitbucket-cloud-operation.ts';
import type { PullRequest } from './pull-requests.ts';
import { commitsOf } from './revisions.ts';

const LIMITS = { title: 255, description: 32_768 };
const LARGEST_PAGE = 50;

export const pullRequestOperations: readonly BitbucketCloudOperation[] = [
  { method: 'GET', path: /^\/pullrequests$/, answer: list },
  { method: 'POST', path: /^\/pullrequests$/, answer: create },
  {
    method: 'GET',
    path: /^\/pullrequests\/(\d+)$/,
    answer: (call, number) => withOne(call, number, (one) => shown(call, one)),
  },
  {
    method: 'PUT',
    path: /^\/pullrequests\/(\d+)$/,
    answer: (call, number) => withOne(call, number, (one) => update(call, one)),
  },
  {
    method: 'POST',
    path: /^\/pullrequests\/(\d+)\/decline$/,
    answer: (call, number) => withOne(call, number, (one) => decline(call, one)),
  },
  {
    method: 'GET',
    path: /^\/pullrequests\/(\d+)\/commits$/,
    answer: (call, number) => withOne(call, number, (one) => commits(call, one)),
  },
];

async function withOne(
  { repository }: BitbucketCloudCall,
  number: string,
  work: (one: PullRequest) => Answer | Promise<Answer>,
): Promise<Answer> {
  const found = (await repository.pullRequests.all()).find((one) => one.number === Number(number));
  return found ? work(found) : refusal(404, `Pull request ${number} not found`);
}

const shown = (call: BitbucketCloudCall, one: PullRequest, status = 200): Answer => ({
  status,
  body: pullRequestObject(call, one, true),
});

/** With a query the parameter `state` is ignored, and all states are listed. */
async function list(call: BitbucketCloudCall): Promise<Answer> {
  const { repository, url } = call;
  const query = url.searchParams.get('q') ?? 'state = "OPEN"';
  const found: PullRequest[] = [];
  for (const one of await repository.pullRequests.all()) {
    const isAsked = isTrue(query, (field) => valueOf(one, field));
    if (isAsked === undefined) return refusal(400, 'Malformed query');
    if (isAsked) found.push(one);
  }
  const isLatest = url.searchParams.get('sort') === '-updated_on';
  const sorted = isLatest
    ? found.toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt) || other.number - one.number)
    : found;
  const withReviewers = url.searchParams.get('fields') === '+values.reviewers';
  return pageOf(url, sorted, (one) => pullRequestObject(call, one, withReviewers), { largest: LARGEST_PAGE });
}

function valueOf(one: PullRequest, field: string): string | undefined {
  const values: Readonly<Record<string, string>> = {
    state: one.mergedAt !== null ? 'MERGED' : one.state === 'open' ? 'OPEN' : 'DECLINED',
    'source.branch.name': one.head,
    'destination.branch.name': one.base,
  };
  return values[field];
}

/** One that is open from that branch already gets the new title. */
async function create(call: BitbucketCloudCall): Promise<Answer> {
  const { repository, body, visitor } = call;
  const wrong = faults(body);
  if (wrong) return wrong;
  const head = branchIn(body['source']);
  const base = branchIn(body['destination']) || repository.defaultBranch;
  const title = textOf(body['title']);
  const [headSha, baseSha] = [await repository.tip(head), await repository.tip(base)];
  if (headSha === undefined) return wrongField('source', `branch not found: ${head}`);
  if (baseSha === undefined) return wrongField('destination', `branch not found: ${base}`);
  if ((await repository.countAbove(baseSha, headSha)) === 0) return refusal(400, 'There are no changes to be pulled');
  const reviewers = reviewersIn(call, visitor.login, body['reviewers'] ?? []);
  if (!Array.isArray(reviewers)) return reviewers;
  const opened = repository.pullRequests.open({
    title,
    body: typeof body['description'] === 'string' ? body['description'] : null,
    head,
    headSha,
    base,
    baseSha,
    draft: repository.allowDrafts && body['draft'] === true,
    author: visitor.login,
    reviewers,
  });
  if (opened) return shown(call, opened, 201);
  const all = await repository.pullRequests.all();
  const there = all.find((one) => one.state === 'open' && one.head === head && one.base === base);
  return shown(call, await repository.pullRequests.update(there?.number ?? 0, { title }), 201);
}

/** What is not in the request stays. */
async function update(call: BitbucketCloudCall, before: PullRequest): Promise<Answer> {
  const { repository, body } = call;
  if (before.state !== 'open') return refusal(400, 'Can only update an open pull request.');
  const wrong = faults({ title: before.title, ...body });
  if (wrong) return wrong;
  const reviewers = body['reviewers'] === undefined ? undefined : reviewersIn(call, before.author, body['reviewers']);
  if (reviewers !== undefined && !Array.isArray(reviewers)) return reviewers;
  const changed = await repository.pullRequests.update(before.number, {
    ...(body['title'] !== undefined && { title: textOf(body['title']) }),
    ...(body['description'] !== undefined && { body: textOf(body['description']) }),
    ...(body['draft'] !== undefined && { draft: repository.allowDrafts && body['draft'] === true }),
    ...(reviewers && { reviewers }),
  });
  return shown(call, changed);
}

async function decline(call: BitbucketCloudCall, { number, state }: PullRequest): Promise<Answer> {
  if (state !== 'open') return wrongField('newstatus', 'This pull request is already closed.');
  return shown(call, await call.repository.pullRequests.close(number));
}

async function commits(call: BitbucketCloudCall, one: PullRequest): Promise<Answer> {
  const found = await commitsOf(call.repository, one);
  return pageOf(call.url, found, (commit) => commitObject(call, commit), { counted: false });
}

/** The names of accounts; a refusal where one is unknown, or is the author. */
function reviewersIn({ repository }: BitbucketCloudCall, author: string, asked: unknown): string[] | Answer {
  const names: string[] = [];
  for (const one of Array.isArray(asked) ? (asked as Record<string, unknown>[]) : [{}]) {
    if (isOf(author, one)) {
      return wrongField('reviewers', `${author} is the author and cannot be included as a reviewer.`);
    }
    const name = [...repository.collaborators].find((known) => isOf(known, one));
    if (name === undefined) return wrongField('reviewers', 'Malformed reviewers list');
    names.push(name);
  }
  return [...new Set(names)];
}

const isOf = (name: string, asked: Readonly<Record<string, unknown>>): boolean =>
  asked['uuid'] === uuidOf(name) || asked['account_id'] === accountIdOf(name);

function faults(body: BitbucketCloudCall['body']): Answer | undefined {
  if (typeof body['title'] !== 'string' || body['title'] === '')
    return wrongField('title', 'required key not provided');
  for (const [field, most] of Object.entries(LIMITS)) {
    const { length } = textOf(body[field]);
    if (length > most) return wrongField(field, `Ensure this value has at most ${most} characters (it has ${length}).`);
  }
  return undefined;
}

function branchIn(end: unknown): string {
  const { branch } = (end ?? {}) as { branch?: { name?: unknown } };
  return typeof branch?.name === 'string' ? branch.name : '';
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
