/** The parts of Bitbucket Cloud's REST API 2.0 that a release needs. */
import { credentialsOf, holds, may, mayRead, type Access, type Holder } from './access.ts';
import { accountObject, commitObject, statusObject } from './bitbucket-cloud-objects.ts';
import {
  isTrue,
  pageOf,
  refusal,
  type BitbucketCloudCall,
  type BitbucketCloudOperation,
} from './bitbucket-cloud-operation.ts';
import { pullRequestOperations } from './bitbucket-cloud-pull-requests.ts';
import type { Answer, Asked } from './exchange.ts';
import type { SandboxRepository } from './repository.ts';
import { commitsAbove, resolved } from './revisions.ts';
import { readCommits } from './stored-commit.ts';

/** What the paths of the API begin with. */
export const BITBUCKET_CLOUD_API = '/2.0/';

const OPERATIONS: readonly BitbucketCloudOperation[] = [
  ...pullRequestOperations,
  {
    method: 'GET',
    path: /^$/,
    answer: ({ repository: { fullName, name, visibility } }) =>
      Promise.resolve({
        status: 200,
        body: { type: 'repository', full_name: fullName, name, is_private: visibility !== 'public' },
      }),
  },
  { method: 'GET', path: /^\/effective-default-reviewers$/, answer: defaultReviewers },
  { method: 'GET', path: /^\/commits$/, answer: commits },
  { method: 'GET', path: /^\/commit\/([0-9a-f]+)$/, answer: commit },
  { method: 'GET', path: /^\/commit\/([0-9a-f]{40})\/statuses$/, answer: statuses },
  { method: 'GET', path: /^\/refs\/tags\/(.+)$/, answer: tag },
];

export interface BitbucketCloudApiOptions {
  readonly serverUrl: string;
  readonly access: Access;
  readonly find: (fullName: string) => SandboxRepository | undefined;
  /** The members of a workspace are those who may push to any of its repositories. */
  readonly repositories: () => readonly SandboxRepository[];
}

const UNAUTHORIZED = refusal(401, 'Token is invalid, expired, or not supported for this endpoint.');

const FORBIDDEN = refusal(403, 'Your credentials lack one or more required privilege scopes.', {
  detail: { required: ['pullrequest:write'], granted: [] },
});

export class BitbucketCloudApi {
  readonly #options: BitbucketCloudApiOptions;

  constructor(options: BitbucketCloudApiOptions) {
    this.#options = options;
  }

  /** Answers one request to the API, as Bitbucket Cloud would. */
  async answer({ method, url, authorization, body = {} }: Asked): Promise<Answer> {
    const { access, find, serverUrl } = this.#options;
    const visitor = access.visitor(authorization);
    if (typeof visitor !== 'object' || !isShownRightly(authorization ?? '')) return UNAUTHORIZED;
    const [, workspace] = /^\/2\.0\/workspaces\/([^/]+)\/members$/.exec(url.pathname) ?? [];
    if (workspace !== undefined) return this.#members(visitor, workspace, url);
    const [, owner = '', slug = '', path = ''] =
      /^\/2\.0\/repositories\/([^/]+)\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
    const repository = find(`${decodeURIComponent(owner)}/${decodeURIComponent(slug)}`);
    const operation = OPERATIONS.find((one) => one.method === method && one.path.test(path));
    if (!repository || !mayRead(visitor, repository)) return notFound(path, `${owner}/${slug}`);
    if (!operation) return refusal(404, 'Resource not found');
    if (!mayDo(visitor, repository, method)) return FORBIDDEN;
    const parts = (operation.path.exec(path) ?? []).slice(1).map((part) => decodeURIComponent(part));
    const call = { serverUrl, repository, visitor, url, body: body as Record<string, unknown> };
    return operation.answer(call, ...parts);
  }

  /** The token of a repository may not read them. */
  #members(visitor: Holder, workspace: string, url: URL): Answer {
    if (visitor.repositories !== undefined) return FORBIDDEN;
    const { repositories, serverUrl } = this.#options;
    const own = repositories().filter(({ owner }) => owner === workspace);
    const names = [...new Set(own.flatMap(({ collaborators }) => [...collaborators]))];
    const query = url.searchParams.get('q') ?? '';
    const found = names.filter((name) => isTrue(query, (field) => (field === 'user.nickname' ? name : undefined)));
    return pageOf(url, found, (name) => ({ type: 'workspace_membership', user: accountObject(serverUrl, name) }));
  }
}

/** An access token is sent alone; an API token with the e-mail address of an account. */
function isShownRightly(authorization: string): boolean {
  const [scheme = '', value = ''] = authorization.split(' ');
  if (!credentialsOf(authorization).startsWith('ATATT')) return scheme === 'Bearer';
  return scheme === 'Basic' && /^[^:]+@[^:]+:/.test(Buffer.from(value, 'base64').toString());
}

function mayDo(visitor: Holder, repository: SandboxRepository, method: string): boolean {
  return (
    holds(visitor, repository) && may(visitor, repository, [{ pull_requests: method === 'GET' ? 'read' : 'write' }])
  );
}

/** Of the commits of a repository that is not there Bitbucket answers with a web page. */
function notFound(path: string, name: string): Answer {
  if (path !== '/commits') return refusal(404, `Repository ${name} not found`);
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  return { status: 404, headers, body: '<!DOCTYPE html><title>Not found</title>', foreign: true };
}

function defaultReviewers({ serverUrl, repository, url }: BitbucketCloudCall): Answer {
  return pageOf(url, repository.defaultReviewers, (name) => ({
    type: 'default_reviewer_and_type',
    reviewer_type: 'repository',
    user: accountObject(serverUrl, name),
  }));
}

async function commit(call: BitbucketCloudCall, id: string): Promise<Answer> {
  const whole = await resolved(call.repository, id);
  const found = whole === undefined ? undefined : (await readCommits(call.repository, [whole])).get(whole);
  return found ? { status: 200, body: commitObject(call, found) } : refusal(404, `Commit not found: ${id}`);
}

/** One for each key, the latest. */
async function statuses(call: BitbucketCloudCall, id: string): Promise<Answer> {
  const { repository, url } = call;
  if ((await resolved(repository, id)) === undefined) return refusal(404, `Commit not found: ${id}`);
  return pageOf(url, repository.statuses.latestOf(id), (one) => statusObject(call, one));
}

async function tag(call: BitbucketCloudCall, name: string): Promise<Answer> {
  const id = await call.repository.commitId(`refs/tags/${name}`).catch(() => undefined);
  const found = id === undefined ? undefined : (await readCommits(call.repository, [id])).get(id);
  return found
    ? { status: 200, body: { type: 'tag', name, target: commitObject(call, found) } }
    : refusal(404, `Tag "${name}" does not exist`);
}

async function commits(call: BitbucketCloudCall): Promise<Answer> {
  const { repository, url } = call;
  const [include, exclude] = [
    url.searchParams.get('include') ?? repository.defaultBranch,
    url.searchParams.get('exclude'),
  ];
  const [one, other] = [
    await resolved(repository, include),
    exclude === null ? undefined : await resolved(repository, exclude),
  ];
  if (one === undefined || (exclude !== null && other === undefined)) return refusal(404, 'Commit not found');
  const found = await commitsAbove(repository, one, other);
  return pageOf(url, found, (each) => commitObject(call, each), { counted: false });
}
