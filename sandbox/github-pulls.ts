/** The operations of GitHub's REST API on pull requests. */
import { GitError } from './git.ts';
import { invalid, loginOf, problem, pullRequestOf, textOrNull, texts } from './github-operation.ts';
import type { Call, Operation } from './github-operation.ts';
import { listedPullRequestObject, pullRequestObject } from './github-pull-request.ts';
import { mergeRefusal, isMergeMethod } from './merge-rules.ts';
import {
  alreadyExists,
  changeErrors,
  newPullRequestErrors,
  reviewRefusal,
  writingErrors,
} from './pull-request-rules.ts';
import type { PullRequest, Writing } from './pull-requests.ts';
import type { Answer } from './exchange.ts';

const READ = [{ pull_requests: 'read' }] as const;
const WRITE = [{ pull_requests: 'write' }] as const;

export const pullRequestOperations: readonly Operation[] = [
  { method: 'GET', path: /^\/pulls$/, needs: READ, answer: list },
  { method: 'POST', path: /^\/pulls$/, needs: WRITE, answer: create },
  { method: 'GET', path: /^\/pulls\/(\d+)$/, needs: READ, answer: show },
  { method: 'PATCH', path: /^\/pulls\/(\d+)$/, needs: WRITE, answer: update },
  { method: 'PUT', path: /^\/pulls\/(\d+)\/merge$/, needs: [{ contents: 'write' }], answer: merge },
  { method: 'POST', path: /^\/pulls\/(\d+)\/requested_reviewers$/, needs: WRITE, answer: requestReviewers },
];

async function list({ addresses, repository, url }: Call): Promise<Answer> {
  const query = Object.fromEntries(url.searchParams);
  const found = (await repository.pullRequests.all())
    .filter(({ state }) => query['state'] === 'all' || state === (query['state'] ?? 'open'))
    // A head without an owner is no filter, on GitHub too.
    .filter(
      ({ head, fork }) => !query['head']?.includes(':') || (!fork && query['head'] === `${repository.owner}:${head}`),
    )
    .filter(({ base }) => query['base'] === undefined || query['base'] === base);
  const sorted = query['direction'] === 'asc' ? found : found.toReversed();
  const size = Math.min(Number(query['per_page'] ?? 30), 100);
  const page = Math.max(Number(query['page'] ?? 1), 1);
  const shown = sorted.slice((page - 1) * size, page * size);
  const body = shown.map((pullRequest) => listedPullRequestObject(addresses, repository, pullRequest));
  return { status: 200, headers: pageLinks(url, page, Math.ceil(sorted.length / size)), body };
}

async function create(call: Call): Promise<Answer> {
  const { repository, body } = call;
  const { owner } = repository;
  const head = typeof body['head'] === 'string' ? body['head'].replace(`${owner}:`, '') : '';
  const base = textOrNull(body['base']) ?? '';
  const writing = { title: textOrNull(body['title']) ?? '', body: textOrNull(body['body']) };
  const errors = [...writingErrors(writing), ...(await newPullRequestErrors(repository, head, base))];
  const [headSha, baseSha] = [await repository.tip(head), await repository.tip(base)];
  if (errors.length > 0 || !headSha || !baseSha) return invalid(errors, 'pulls/pulls#create-a-pull-request');
  const draft = body['draft'] === true;
  if (draft && !repository.allowDrafts) {
    return problem(422, 'Draft pull requests are not supported in this repository.');
  }
  const opening = { ...writing, head, headSha, base, baseSha, draft, author: loginOf(call) };
  const opened = repository.pullRequests.open(opening);
  if (opened === undefined) return invalid([alreadyExists(repository, head)], 'pulls/pulls#create-a-pull-request');
  return await shown(201, call, opened);
}

async function show(call: Call, number: string): Promise<Answer> {
  const found = await pullRequestOf(call, number);
  return found ? shown(200, call, found) : problem(404, 'Not Found');
}

async function update(call: Call, number: string): Promise<Answer> {
  const { repository, body } = call;
  const before = await pullRequestOf(call, number);
  if (before === undefined) return problem(404, 'Not Found');
  const writing: Writing = {
    ...(body['title'] !== undefined && { title: textOrNull(body['title']) ?? '' }),
    ...(body['body'] !== undefined && { body: textOrNull(body['body']) }),
    ...((body['state'] === 'open' || body['state'] === 'closed') && { state: body['state'] }),
    ...(body['base'] !== undefined && { base: textOrNull(body['base']) ?? '' }),
  };
  const errors = [...writingErrors(writing), ...(await changeErrors(repository, before, writing))];
  if (errors.length > 0) return invalid(errors, 'pulls/pulls#update-a-pull-request');
  return await shown(200, call, await repository.pullRequests.update(before.number, writing));
}

async function merge(call: Call, number: string): Promise<Answer> {
  const { repository, body } = call;
  const pullRequest = await pullRequestOf(call, number);
  if (pullRequest === undefined) return problem(404, 'Not Found');
  const method = body['merge_method'] ?? 'merge';
  if (!isMergeMethod(method)) return invalid([], 'pulls/pulls#merge-a-pull-request');
  const refused = mergeRefusal(repository, pullRequest, method, textOrNull(body['sha']));
  if (refused) return problem(refused.status, refused.message);
  const [title, text] = [textOrNull(body['commit_title']), textOrNull(body['commit_message'])];
  const message = { ...(title !== null && { title }), ...(text !== null && { text }) };
  const login = loginOf(call);
  const author = { name: login, email: `${login}@users.noreply.github.com` };
  try {
    const { mergeCommit } = await repository.pullRequests.merge(pullRequest.number, method, message, author);
    return { status: 200, body: { sha: mergeCommit, merged: true, message: 'Pull Request successfully merged' } };
  } catch (error) {
    if (error instanceof GitError) return problem(405, 'Pull Request is not mergeable');
    throw error;
  }
}

async function requestReviewers(call: Call, number: string): Promise<Answer> {
  const { addresses, repository, body } = call;
  const pullRequest = await pullRequestOf(call, number);
  if (pullRequest === undefined) return problem(404, 'Not Found');
  const [people, teams] = [texts(body['reviewers']), texts(body['team_reviewers'])];
  const refused = reviewRefusal(repository, pullRequest, people, teams);
  if (refused !== undefined) return problem(422, refused);
  const changed = await repository.pullRequests.update(pullRequest.number, {
    reviewers: [...new Set([...pullRequest.reviewers, ...people])],
    teamReviewers: [...new Set([...pullRequest.teamReviewers, ...teams])],
  });
  return { status: 201, body: listedPullRequestObject(addresses, repository, changed) };
}

async function shown(status: number, { addresses, repository }: Call, pullRequest: PullRequest): Promise<Answer> {
  const comparison = await repository.compare(pullRequest.baseSha, pullRequest.headSha);
  return { status, body: pullRequestObject(addresses, repository, pullRequest, comparison) };
}

function pageLinks(url: URL, page: number, last: number): Record<string, string> {
  const target = (number: number): string => {
    const linked = new URL(url);
    linked.searchParams.set('page', String(number));
    return linked.href;
  };
  const before = page > 1 ? { prev: page - 1, first: 1 } : {};
  const after = page < last ? { next: page + 1, last } : {};
  const links = Object.entries({ ...before, ...after }).map(([rel, number]) => `<${target(number)}>; rel="${rel}"`);
  return links.length > 0 ? { link: links.join(', ') } : {};
}
