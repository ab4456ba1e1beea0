/** The part of GitLab's REST API that a release needs. */
import { holds, may, mayRead, type Access, type Visitor } from './access.ts';
import type { Answer, Asked } from './exchange.ts';
import { mergeRequestOperations } from './gitlab-merge-requests.ts';
import { mergingOperations } from './gitlab-merging.ts';
import { GitLabUsers, userObject } from './gitlab-objects.ts';
import { NOT_FOUND, refusal, type GitLabOperation } from './gitlab-operation.ts';
import { repositoryOperations } from './gitlab-repository.ts';
import type { SandboxRepository } from './repository.ts';

/** What the paths of the API begin with. */
export const GITLAB_API = '/api/v4/';

const OPERATIONS: readonly GitLabOperation[] = [
  ...mergeRequestOperations,
  ...mergingOperations,
  ...repositoryOperations,
];

export interface GitLabApiOptions {
  readonly serverUrl: string;
  readonly access: Access;
  readonly find: (fullName: string) => SandboxRepository | undefined;
  /** The users are those who may push to any of them. */
  readonly repositories: () => readonly SandboxRepository[];
}

const UNAUTHORIZED = refusal(401, '401 Unauthorized');

export class GitLabApi {
  readonly #options: GitLabApiOptions;
  readonly #users = new GitLabUsers();

  constructor(options: GitLabApiOptions) {
    this.#options = options;
  }

  /** Answers one request to the API, as GitLab would. */
  async answer({ method, url, authorization, body = {} }: Asked): Promise<Answer> {
    const { access, find, serverUrl } = this.#options;
    const visitor = access.visitor(authorization);
    // The token of a job is known to few operations, and to none of these.
    if (visitor === 'unknown' || /\bglcbt-/.test(authorization ?? '')) return UNAUTHORIZED;
    if (url.pathname === '/api/v4/users') return this.#find(visitor, url);
    const [, id = '', path = ''] = /^\/api\/v4\/projects\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
    const project = find(decodeURIComponent(id));
    const operation = OPERATIONS.find((one) => one.method === method && one.path.test(path));
    const refused = refusalOf(visitor, project, method);
    if (refused || !project || !operation) return refused ?? NOT_FOUND('Project');
    if (typeof body !== 'object' || body === null) return { status: 400, body: { error: 'body is invalid' } };
    const parts = (operation.path.exec(path) ?? []).slice(1).map((part) => decodeURIComponent(part));
    const call = { serverUrl, users: this.#users, project, visitor, url, body: body as Record<string, unknown> };
    return operation.answer(call, ...parts);
  }

  #find(visitor: Visitor, url: URL): Answer {
    if (typeof visitor !== 'object') return UNAUTHORIZED;
    const { repositories, serverUrl } = this.#options;
    const wanted = (url.searchParams.get('username') ?? '').toLowerCase();
    const all = new Set(repositories().flatMap(({ collaborators }) => [...collaborators]));
    const found = [...all].filter((name) => name.toLowerCase() === wanted);
    return { status: 200, body: found.map((name) => userObject(serverUrl, this.#users, name)) };
  }
}

/** Why a visitor may not do it; a project that a token does not see is as if it were not there. */
function refusalOf(visitor: Visitor, project: SandboxRepository | undefined, method: string): Answer | undefined {
  if (!project || !mayRead(visitor, project)) return NOT_FOUND('Project');
  if (method === 'GET' && project.visibility === 'public') return undefined;
  if (!holds(visitor, project)) return UNAUTHORIZED;
  if (may(visitor, project, [{ pull_requests: method === 'GET' ? 'read' : 'write' }])) return undefined;
  const description = 'The request requires higher privileges than provided by the access token.';
  return { status: 403, body: { error: 'insufficient_scope', error_description: description, scope: 'api' } };
}
