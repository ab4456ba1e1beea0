/** The operations of Gitea's REST API on pull requests. */
import type { Answer } from './exchange.ts';
import { GitError } from './git.ts';
import { isDraft, pullObject } from './gitea-objects.ts';
import { done, pageOf, problem, texts, withPullRequest, type Call, type Operation } from './gitea-operation.ts';
import { isMergeMethod } from './merge-rules.ts';
import type { Attributes, PullRequest, Writing } from './pull-requests.ts';

export const giteaPullOperations: readonly Operation[] = [
  { method: 'GET', path: /^\/pulls$/, scope: 'repository', answer: list },
  { method: 'POST', path: /^\/pulls$/, scope: 'repository', answer: create },
  { method: 'GET', path: /^\/pulls\/(\d+)$/, scope: 'repository', answer: show },
  { method: 'PATCH', path: /^\/pulls\/(\d+)$/, scope: 'repository', answer: update },
  { method: 'POST', path: /^\/pulls\/(\d+)\/requested_reviewers$/, scope: 'repository', answer: requestReviews },
  { method: 'POST', path: /^\/pulls\/(\d+)\/merge$/, scope: 'repository', answer: merge },
  { method: 'DELETE', path: /^\/pulls\/(\d+)\/merge$/, scope: 'repository', answer: cancel },
];

/** Gitea cuts what is longer. */
const TITLE_LENGTH = 255;
const titleOf = (value: unknown): string => String(value).slice(0, TITLE_LENGTH);

async function list(call: Call): Promise<Answer> {
  const { searchParams } = call.url;
  const [state, base] = [searchParams.get('state') ?? 'open', searchParams.get('base_branch')];
  const found = (await call.repository.pullRequests.all())
    .filter((one) => state === 'all' || one.state === state)
    .filter((one) => base === null || one.base === base)
    .toReversed();
  return { status: 200, body: await Promise.all(pageOf(found, call.url).map((one) => pullObject(call, one))) };
}

async function create(call: Call): Promise<Answer> {
  const { repository, body } = call;
  const [head, base, title] = [String(body['head']), String(body['base']), titleOf(body['title'])];
  const [headSha, baseSha] = [await repository.tip(head), await repository.tip(base)];
  if (headSha === undefined || baseSha === undefined) return problem(404, 'could not find branch');
  const text = typeof body['body'] === 'string' ? body['body'] : '';
  const opening = { title, body: text, head, headSha, base, baseSha, draft: isDraft(title), author: 'bot' };
  const opened = repository.pullRequests.open(opening);
  if (opened === undefined) return problem(409, `pull request already exists for these targets [head: ${head}]`);
  return { status: 201, body: await pullObject(call, opened) };
}

function show(call: Call, number: string): Promise<Answer> {
  return withPullRequest(call, number, async (one) => ({ status: 200, body: await pullObject(call, one) }));
}

function update(call: Call, number: string): Promise<Answer> {
  return withPullRequest(call, number, async (before) => {
    const { repository, body } = call;
    const milestone = repository.milestones.find((one) => one.number === body['milestone']);
    const title = titleOf(body['title'] ?? before.title);
    const change: Writing & Attributes = {
      title,
      draft: isDraft(title),
      ...(typeof body['body'] === 'string' && { body: body['body'] }),
      ...((body['state'] === 'open' || body['state'] === 'closed') && { state: body['state'] }),
      ...(milestone && { milestone: milestone.number }),
      ...(Array.isArray(body['assignees']) && { assignees: texts(body['assignees']) }),
    };
    return { status: 201, body: await pullObject(call, await repository.pullRequests.update(before.number, change)) };
  });
}

function requestReviews(call: Call, number: string): Promise<Answer> {
  return withPullRequest(call, number, async ({ reviewers, teamReviewers }) => {
    const { repository, body } = call;
    const [people, teams] = [texts(body['reviewers']), texts(body['team_reviewers'])];
    const unknown = people.find((login) => !repository.collaborators.has(login));
    if (unknown !== undefined) return problem(404, `User '${unknown}' not exist`);
    const missing = teams.find((name) => !repository.teams.has(name));
    if (missing !== undefined) return problem(404, `Team '${missing}' not exist`);
    await repository.pullRequests.update(Number(number), {
      reviewers: [...new Set([...reviewers, ...people])],
      teamReviewers: [...new Set([...teamReviewers, ...teams])],
    });
    return { status: 201, body: [] };
  });
}

function merge(call: Call, number: string): Promise<Answer> {
  return withPullRequest(call, number, async (pullRequest) => {
    const { repository, body } = call;
    const method = body['Do'];
    const isScheduled = body['merge_when_checks_succeed'] === true;
    const refused = refusal(call, pullRequest, isScheduled);
    if (refused !== undefined) return problem(405, refused);
    if (!isMergeMethod(method) || !repository.mergeMethods.has(method)) {
      return problem(405, `${String(method)} is not allowed an allowed merge style for this repository`);
    }
    if (isScheduled && repository.waitsForChecks(pullRequest.base)) {
      if (pullRequest.autoMerge) return problem(409, 'pull request is already scheduled to auto merge');
      await repository.pullRequests.update(pullRequest.number, { autoMerge: { method } });
      return done(201);
    }
    // A schedule is of whatever the branch has.
    if (!isScheduled && body['head_commit_id'] !== pullRequest.headSha) return problem(409, 'head out of date');
    try {
      await repository.pullRequests.merge(pullRequest.number, method);
      return done(200);
    } catch (error) {
      if (error instanceof GitError) return problem(405, 'Please try again later');
      throw error;
    }
  });
}

function refusal({ repository }: Call, { state, mergedAt, title, base }: PullRequest, isScheduled: boolean) {
  if (mergedAt !== null) return 'The PR is already merged';
  if (state !== 'open') return 'not found';
  if (isDraft(title)) return 'Work in progress PRs cannot be merged';
  return !isScheduled && repository.waitsForChecks(base) ? 'Not all required status checks successful' : undefined;
}

function cancel(call: Call, number: string): Promise<Answer> {
  return withPullRequest(call, number, async ({ autoMerge }) => {
    if (!autoMerge) return problem(404, 'not found');
    await call.repository.pullRequests.update(Number(number), { autoMerge: null });
    return done(204);
  });
}
