/** The operations of the REST API of Azure DevOps on reviewers and labels of a pull request. */
import { identityRef, projectOf } from './azure-identities.ts';
import { labelObject } from './azure-objects.ts';
import { invalid, pageOf, refusal, textOf, withOne, type AzureCall, type AzureOperation } from './azure-operation.ts';
import type { Answer } from './exchange.ts';
import type { PullRequest } from './pull-requests.ts';

const LABEL_LENGTH = 400;

export const attributeOperations: readonly AzureOperation[] = [
  {
    method: 'PUT',
    path: /^\/pullrequests\/(\d+)\/reviewers\/([^/]+)$/i,
    answer: (call, number, id = '') => withOne(call, number, (one) => addReviewer(call, one, id)),
  },
  {
    method: 'GET',
    path: /^\/pullrequests\/(\d+)\/labels$/i,
    answer: (call, number) =>
      withOne(call, number, ({ labels }) => pageOf(call.url, labels, (name) => labelObject(call.repository, name))),
  },
  {
    method: 'POST',
    path: /^\/pullrequests\/(\d+)\/labels$/i,
    answer: (call, number) => withOne(call, number, (one) => addLabel(call, one)),
  },
  {
    method: 'DELETE',
    path: /^\/pullrequests\/(\d+)\/labels\/([^/]+)$/i,
    answer: (call, number, id = '') => withOne(call, number, (one) => removeLabel(call, one, id)),
  },
];

async function addReviewer(call: AzureCall, one: PullRequest, id: string): Promise<Answer> {
  const { identities, repository } = call;
  const identity = identities.find(id);
  const isTeam = identity?.project === projectOf(repository) && repository.teams.has(identity.name);
  const isPerson = identity?.project === undefined && repository.collaborators.has(identity?.name ?? '');
  if (!identity || (!isTeam && !isPerson)) return invalid(`The identity ${id} is not recognized.`);
  const added = (names: readonly string[]): string[] => [...new Set([...names, identity.name])];
  await repository.pullRequests.update(
    one.number,
    isTeam ? { teamReviewers: added(one.teamReviewers) } : { reviewers: added(one.reviewers) },
  );
  return { status: 200, body: { ...identityRef(identities, identity), vote: 0 } };
}

async function addLabel({ repository, body }: AzureCall, one: PullRequest): Promise<Answer> {
  const name = repository.label(textOf(body['name']).trim());
  if (name === '' || name.length > LABEL_LENGTH || /[,;]/.test(name)) {
    return refusal(400, `VS402320: The tag name is not valid.`, 'InvalidTagNameException');
  }
  await repository.pullRequests.update(one.number, { labels: [...new Set([...one.labels, name])] });
  return { status: 200, body: labelObject(repository, name) };
}

async function removeLabel({ repository }: AzureCall, one: PullRequest, id: string): Promise<Answer> {
  const is = (name: string): boolean => labelObject(repository, name).id === id;
  await repository.pullRequests.update(one.number, { labels: one.labels.filter((name) => !is(name)) });
  return { status: 200 };
}
