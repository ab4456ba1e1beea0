/** The operations of GitHub's REST API on a pull request as the issue that it is too. */
import { issueObject, labelObject } from './github-issue.ts';
import { invalid, isRecord, problem, pullRequestOf, textOrNull, texts } from './github-operation.ts';
import type { Call, Operation } from './github-operation.ts';
import { labelErrors, writingErrors } from './pull-request-rules.ts';
import type { Attributes, PullRequest, Writing } from './pull-requests.ts';
import type { Answer } from './exchange.ts';

const WRITE = [{ issues: 'write' }, { pull_requests: 'write' }] as const;

export const issueOperations: readonly Operation[] = [
  { method: 'PATCH', path: /^\/issues\/(\d+)$/, needs: WRITE, answer: update },
  { method: 'POST', path: /^\/issues\/(\d+)\/labels$/, needs: WRITE, answer: addLabels },
  { method: 'DELETE', path: /^\/issues\/(\d+)\/labels\/([^/]+)$/, needs: WRITE, answer: removeLabel },
  { method: 'POST', path: /^\/issues\/(\d+)\/assignees$/, needs: WRITE, answer: addAssignees },
];

async function update(call: Call, number: string): Promise<Answer> {
  const { addresses, repository, body } = call;
  const before = await pullRequestOf(call, number);
  if (before === undefined) return problem(404, 'Not Found');
  const writing: Writing = {
    ...(body['title'] !== undefined && { title: textOrNull(body['title']) ?? '' }),
    ...(body['body'] !== undefined && { body: textOrNull(body['body']) }),
    ...((body['state'] === 'open' || body['state'] === 'closed') && { state: body['state'] }),
  };
  const milestone = body['milestone'];
  const known = repository.milestones.find((one) => one.number === Number(milestone));
  const errors = writingErrors(writing);
  if (milestone !== undefined && milestone !== null && !known) {
    errors.push({ resource: 'Issue', field: 'milestone', code: 'invalid', value: JSON.stringify(milestone) });
  }
  if (errors.length > 0) return invalid(errors, 'issues/issues#update-an-issue');
  const attributes: Attributes = milestone === undefined ? {} : { milestone: known?.number ?? null };
  const changed = await repository.pullRequests.update(before.number, { ...writing, ...attributes });
  return { status: 200, body: issueObject(addresses, repository, changed) };
}

async function addLabels(call: Call, number: string): Promise<Answer> {
  const { repository, body } = call;
  const before = await pullRequestOf(call, number);
  if (before === undefined) return problem(404, 'Not Found');
  const given = Array.isArray(body['labels']) ? body['labels'] : [];
  const names = given.map((label) => (isRecord(label) ? label['name'] : label));
  const errors = labelErrors(texts(names));
  if (errors.length > 0) return invalid(errors, 'issues/labels#add-labels-to-an-issue');
  const labels = [...new Set([...before.labels, ...texts(names).map((name) => repository.label(name))])];
  return labelsOf(call, await repository.pullRequests.update(before.number, { labels }));
}

async function removeLabel(call: Call, number: string, name: string): Promise<Answer> {
  const before = await pullRequestOf(call, number);
  if (before === undefined) return problem(404, 'Not Found');
  const labels = before.labels.filter((label) => label.toLowerCase() !== name.toLowerCase());
  if (labels.length === before.labels.length) return problem(404, 'Label does not exist');
  return labelsOf(call, await call.repository.pullRequests.update(before.number, { labels }));
}

/** Whoever may not be assigned is left out, without a word. */
async function addAssignees(call: Call, number: string): Promise<Answer> {
  const { addresses, repository, body } = call;
  const before = await pullRequestOf(call, number);
  if (before === undefined) return problem(404, 'Not Found');
  const wanted = texts(body['assignees']).map((login) => login.toLowerCase());
  const assignable = [...repository.collaborators].filter((login) => wanted.includes(login.toLowerCase()));
  const assignees = [...new Set([...before.assignees, ...assignable])];
  const changed = await repository.pullRequests.update(before.number, { assignees });
  return { status: 201, body: issueObject(addresses, repository, changed) };
}

function labelsOf({ addresses, repository }: Call, { labels }: PullRequest): Answer {
  return { status: 200, body: labels.map((name) => labelObject(addresses, repository, name)) };
}
