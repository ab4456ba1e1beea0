/** One operation of the REST API of Azure DevOps, and the answers that all of them share. */
import type { Holder } from './access.ts';
import type { AzureIdentities } from './azure-identities.ts';
import type { Answer } from './exchange.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';

export interface AzureCall {
  readonly serverUrl: string;
  readonly repository: SandboxRepository;
  readonly identities: AzureIdentities;
  readonly holder: Holder;
  readonly url: URL;
  readonly body: Readonly<Record<string, unknown>>;
  /** Pull requests whose merge is not tried yet: the next look finds it done. */
  readonly queued: Set<PullRequest['number']>;
}

export interface AzureOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the repository, in any case of letters. What matches in parentheses is given to `answer`, decoded. */
  readonly path: RegExp;
  readonly answer: (call: AzureCall, ...parts: string[]) => Promise<Answer> | Answer;
}

/** A refusal as Azure words it. */
export function refusal(status: number, message: string, typeKey: string): Answer {
  const typeName = `Microsoft.TeamFoundation.Git.Server.${typeKey}, Microsoft.TeamFoundation.Git.Server`;
  return { status, body: { $id: '1', innerException: null, message, typeName, typeKey, errorCode: 0, eventId: 3000 } };
}

export const invalid = (parameter: string): Answer =>
  refusal(400, `Invalid argument value.\r\nParameter name: ${parameter}`, 'InvalidArgumentValueException');

/** What a token of these rights is told. */
export const needs = (permission: string, login: string): Answer =>
  refusal(
    403,
    `TF401027: You need the Git '${permission}' permission to perform this action. Details: identity '${login}', scope 'repository'.`,
    'GitNeedsPermissionException',
  );

/** The part of a list that the query asks for. */
export function pageOf<Item>(url: URL, all: readonly Item[], asObject: (item: Item) => unknown, prefix = ''): Answer {
  const read = (name: string, otherwise: number): number => Number(url.searchParams.get(prefix + name) ?? otherwise);
  const skip = read('$skip', 0);
  const value = all.slice(skip, skip + read('$top', 100)).map(asObject);
  return { status: 200, body: { count: value.length, value } };
}

/** The pull request of a number in a path, and what is to be done with it. */
export async function withOne(
  { repository }: AzureCall,
  number: string,
  work: (one: PullRequest) => Answer | Promise<Answer>,
): Promise<Answer> {
  const found = (await repository.pullRequests.all()).find((one) => one.number === Number(number));
  if (found) return work(found);
  const message = `TF401180: The requested pull request was not found.`;
  return refusal(404, message, 'GitPullRequestNotFoundException');
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
