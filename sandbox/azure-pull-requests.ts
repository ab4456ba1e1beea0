/** The operations of the REST API of Azure DevOps on pull requests, but for what they have beside their text. */
import { completionOf } from './azure-completion.ts';
import { branchIn, listedObject, pullRequestObject, statusOf } from './azure-objects.ts';
import { invalid, pageOf, refusal, textOf, withOne, type AzureCall, type AzureOperation } from './azure-operation.ts';
import type { Answer } from './exchange.ts';
import type { PullRequest } from './pull-requests.ts';

const LIMITS = { title: 400, description: 4000 };

export const pullRequestOperations: readonly AzureOperation[] = [
  { method: 'GET', path: /^\/pullrequests$/i, answer: list },
  { method: 'POST', path: /^\/pullrequests$/i, answer: create },
  {
    method: 'GET',
    path: /^\/pullrequests\/(\d+)$/i,
    answer: (call, number) => withOne(call, number, (one) => show(call, one)),
  },
  {
    method: 'PATCH',
    path: /^\/pullrequests\/(\d+)$/i,
    answer: (call, number) => withOne(call, number, (one) => update(call, one)),
  },
];

async function list(call: AzureCall): Promise<Answer> {
  const asked = (name: string): string | null => call.url.searchParams.get(`searchCriteria.${name}`);
  const [status, source, target] = [asked('status') ?? 'active', asked('sourceRefName'), asked('targetRefName')];
  const found = (await call.repository.pullRequests.all())
    .filter((one) => status === 'all' || statusOf(one) === status)
    .filter((one) => source === null || one.head === branchIn(source))
    .filter((one) => target === null || one.base === branchIn(target));
  return pageOf(call.url, found.toReversed(), (one) => listedObject(call, one));
}

function show(call: AzureCall, one: PullRequest): Answer {
  const body = pullRequestObject(call, one);
  call.queued.delete(one.number);
  return { status: 200, body };
}

async function create(call: AzureCall): Promise<Answer> {
  const { repository, body, holder } = call;
  const wrong = tooLong(body);
  if (wrong) return wrong;
  const [head, base, title] = [branchIn(body['sourceRefName']), branchIn(body['targetRefName']), textOf(body['title'])];
  const [headSha, baseSha] = [await repository.tip(head), await repository.tip(base)];
  if (headSha === undefined || baseSha === undefined) {
    const message =
      'TF401398: The pull request cannot be activated because the source and/or the target branch no longer exists, or the requested refs are not branches.';
    return refusal(400, message, 'GitPullRequestCannotBeActivated');
  }
  const text = body['description'] === undefined ? null : textOf(body['description']);
  const ends = { head, headSha, base, baseSha };
  const draft = body['isDraft'] === true;
  const opened = repository.pullRequests.open({ title, body: text, ...ends, draft, author: holder.login });
  if (!opened) {
    const message = 'TF401179: An active pull request for the source and target branch already exists.';
    return refusal(409, message, 'GitPullRequestExistsException');
  }
  call.queued.add(opened.number);
  return { status: 201, body: pullRequestObject(call, opened) };
}

async function update(call: AzureCall, before: PullRequest): Promise<Answer> {
  const { repository, body } = call;
  if (before.state !== 'open') {
    const message = 'TF401181: The pull request cannot be edited due to its state.';
    return refusal(400, message, 'GitPullRequestNotEditableException');
  }
  const wrong = tooLong(body);
  if (wrong) return wrong;
  const completed = await completionOf(call, before);
  if (completed) return completed;
  const changed = await repository.pullRequests.update(before.number, {
    ...(body['title'] !== undefined && { title: textOf(body['title']) }),
    ...(body['description'] !== undefined && { body: textOf(body['description']) }),
    ...(body['isDraft'] !== undefined && { draft: body['isDraft'] === true }),
    ...(body['status'] === 'abandoned' && { state: 'closed' as const }),
  });
  return { status: 200, body: pullRequestObject(call, changed) };
}

function tooLong(body: AzureCall['body']): Answer | undefined {
  const found = (['title', 'description'] as const).find((name) => textOf(body[name]).length > LIMITS[name]);
  return found && invalid(`A ${found} for a pull request must not be longer than ${LIMITS[found]} characters.`);
}
