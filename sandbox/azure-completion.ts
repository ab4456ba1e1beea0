/** How Azure DevOps completes a pull request: at once where its policies are met, by auto-complete later. */
import { pullRequestObject, STRATEGIES } from './azure-objects.ts';
import { invalid, refusal, type AzureCall } from './azure-operation.ts';
import type { Answer } from './exchange.ts';
import type { MergeMethod } from './merging.ts';
import type { PullRequest } from './pull-requests.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The answer to a change that completes a pull request, or is to complete it; `undefined` for every other one. */
export async function completionOf(call: AzureCall, one: PullRequest): Promise<Answer | undefined> {
  const { body } = call;
  if (body['status'] === 'completed') return complete(call, one);
  return body['autoCompleteSetBy'] === undefined ? undefined : autoComplete(call, one);
}

async function complete(call: AzureCall, one: PullRequest): Promise<Answer> {
  const { repository, body, queued } = call;
  const { number, title, base, headSha } = one;
  const asked = idIn(body['lastMergeSourceCommit'], 'commitId');
  if (asked === '') return invalid('You must specify a valid LastMergeSourceCommit to perform this operation.');
  if (asked !== headSha) {
    const message = 'TF401192: The source branch has been modified since the last merge attempt.';
    return refusal(409, message, 'GitPullRequestStaleException');
  }
  if (one.draft) return invalid('A draft pull request cannot be completed.');
  if (repository.waitsForChecks(base)) {
    const message = 'The pull request cannot be completed because required policies are not satisfied.';
    return refusal(403, message, 'GitPullRequestUpdateRejectedByPolicyException');
  }
  const text = { title: `Merged PR ${number}: ${title}`, text: '' };
  await repository.pullRequests.merge(number, methodIn(body), text);
  // The merge is made behind the answer.
  queued.add(number);
  return { status: 200, body: pullRequestObject(call, one) };
}

async function autoComplete(call: AzureCall, one: PullRequest): Promise<Answer> {
  const { repository, identities, holder, body } = call;
  const id = idIn(body['autoCompleteSetBy'], 'id');
  const own = identities.idOf({ name: holder.login });
  if (id !== NOBODY && id !== own) return invalid('autoCompleteSetBy is not the user who asks.');
  if (one.draft) return invalid('A draft pull request cannot be set to auto-complete.');
  const autoMerge = id === NOBODY ? null : { method: methodIn(body) };
  return {
    status: 200,
    body: pullRequestObject(call, await repository.pullRequests.update(one.number, { autoMerge })),
  };
}

function methodIn({ completionOptions }: AzureCall['body']): MergeMethod {
  const wanted = idIn(completionOptions, 'mergeStrategy');
  return (Object.keys(STRATEGIES) as MergeMethod[]).find((method) => STRATEGIES[method] === wanted) ?? 'merge';
}

function idIn(value: unknown, name: string): string {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof found === 'string' ? found : '';
}
