/** The part of the REST API of Azure DevOps that a release needs. */
import { holds, may, type Access, type Holder } from './access.ts';
import { attributeOperations } from './azure-attributes.ts';
import { commitOperations } from './azure-commits.ts';
import { AzureIdentities, identityObject } from './azure-identities.ts';
import { needs, refusal, type AzureCall, type AzureOperation } from './azure-operation.ts';
import { pullRequestOperations } from './azure-pull-requests.ts';
import type { Answer, Asked } from './exchange.ts';
import type { SandboxRepository } from './repository.ts';

/** What a path of the API has behind the collection or the project. */
export const AZURE_API = '/_apis/';

const OPERATIONS: readonly AzureOperation[] = [...pullRequestOperations, ...attributeOperations, ...commitOperations];

/** A token that is not known, or lacks a scope, gets no more. */
const UNAUTHORIZED: Answer = { status: 401, headers: { 'www-authenticate': 'Basic realm="fabrikam"' } };

/** The same for who did not ask to be spared the page to sign in. */
const SIGN_IN: Answer = {
  status: 203,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html><head><title>Sign in to your account</title></head></html>',
};

export interface AzureApiOptions {
  readonly serverUrl: string;
  readonly access: Access;
  readonly find: (fullName: string) => SandboxRepository | undefined;
  /** The people and teams are those who may push to any of them. */
  readonly repositories: () => readonly SandboxRepository[];
}

export class AzureApi {
  readonly #options: AzureApiOptions;
  readonly #identities = new AzureIdentities();
  readonly #queued = new WeakMap<SandboxRepository, AzureCall['queued']>();

  constructor(options: AzureApiOptions) {
    this.#options = options;
  }

  /** Answers one request to the API, as Azure DevOps would. */
  async answer({ method, url, authorization, body = {}, message: { headers } }: Asked): Promise<Answer> {
    const { access, find, serverUrl } = this.#options;
    const holder = access.visitor(authorization);
    if (typeof holder !== 'object') return headers['x-tfs-fedauthredirect'] === 'Suppress' ? UNAUTHORIZED : SIGN_IN;
    const path = url.pathname.split('/').map(decodeURIComponent).join('/');
    const version = url.searchParams.get('api-version') ?? '';
    const isPreview = /\/_apis\/connectionData$/i.test(path);
    if (!(isPreview ? /^7\.0-preview/ : /^7\.0$/).test(version)) {
      return refusal(
        400,
        `The requested version "${version}" of the resource is not available.`,
        'VssVersionOutOfRangeException',
      );
    }
    if (isPreview) return this.#owner(holder);
    if (/\/_apis\/identities$/i.test(path)) return this.#search(holder, url);
    const [, project = '', name = '', below = ''] = /^\/(.+)\/_apis\/git\/repositories\/([^/]+)(.*)$/i.exec(path) ?? [];
    const repository = find(`${project}/_git/${name}`);
    const operation = OPERATIONS.find((one) => one.method === method && one.path.test(below));
    const refused = refusalOf(holder, repository, name, method);
    if (refused || !repository || !operation) return refused ?? notFound(name);
    if (typeof body !== 'object' || body === null)
      return refusal(400, 'The body is no object.', 'VssPropertyValidationException');
    const queued = this.#queued.get(repository) ?? new Set();
    this.#queued.set(repository, queued);
    const parts = (operation.path.exec(below) ?? []).slice(1);
    const call = { serverUrl, repository, identities: this.#identities, holder, url, queued };
    return operation.answer({ ...call, body: body as AzureCall['body'] }, ...parts);
  }

  #owner({ login }: Holder): Answer {
    return { status: 200, body: { authenticatedUser: identityObject(this.#identities, { name: login }) } };
  }

  /** What the sandbox calls issues stands for the scope Identity (Read). */
  #search({ permissions }: Holder, url: URL): Answer {
    if (permissions.issues === 'none') return UNAUTHORIZED;
    const found = this.#identities.search(this.#options.repositories(), url.searchParams.get('filterValue') ?? '');
    const value = found.map((one) => identityObject(this.#identities, one));
    return { status: 200, body: { count: value.length, value } };
  }
}

function refusalOf(
  holder: Holder,
  repository: SandboxRepository | undefined,
  name: string,
  method: string,
): Answer | undefined {
  if (!repository || !holds(holder, repository)) return notFound(name);
  if (!may(holder, repository, [{ pull_requests: 'read' }])) return UNAUTHORIZED;
  if (method === 'GET' || may(holder, repository, [{ pull_requests: 'write' }])) return undefined;
  return needs('PullRequestContribute', holder.login);
}

const notFound = (name: string): Answer =>
  refusal(
    404,
    `TF401019: The Git repository with name or identifier ${name} does not exist or you do not have permissions for the operation you are attempting.`,
    'GitRepositoryNotFoundException',
  );
