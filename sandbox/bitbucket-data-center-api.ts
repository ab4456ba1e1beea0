/** The parts of Bitbucket Data Center's REST API that a release needs. */
import { may, mayRead, holds, type Access } from './access.ts';
import { buildStatusObject, commitObject, PullRequestObjects, userObject } from './bitbucket-data-center-objects.ts';
import { pageOf, refusal, type DataCenterCall, type DataCenterOperation } from './bitbucket-data-center-operation.ts';
import { pullRequestOperations } from './bitbucket-data-center-pull-requests.ts';
import type { Answer, Asked } from './exchange.ts';
import type { SandboxRepository } from './repository.ts';
import { commitsAbove, resolved } from './revisions.ts';

/** What the paths of the API begin with. */
export const BITBUCKET_DATA_CENTER_API = '/rest/';

const OPERATIONS: readonly DataCenterOperation[] = [
  ...pullRequestOperations,
  { method: 'GET', path: /^$/, answer: ({ repository }) => ({ status: 200, body: repositoryObject(repository) }) },
  { method: 'GET', path: /^\/commits$/, answer: commits },
  { method: 'GET', path: /^\/compare\/commits$/, answer: comparison },
];

export interface DataCenterApiOptions {
  readonly serverUrl: string;
  readonly access: Access;
  readonly find: (fullName: string) => SandboxRepository | undefined;
  /** A build status is of a commit, in whatever repository that is. */
  readonly repositories: () => readonly SandboxRepository[];
}

const UNAUTHORIZED = refusal(
  401,
  'auth.IncorrectPasswordAuthenticationException',
  'Authentication failed. Please check your credentials and try again.',
);

const NOT_PERMITTED = refusal(401, 'AuthorisationException', 'You are not permitted to access this resource');

export class BitbucketDataCenterApi {
  readonly #options: DataCenterApiOptions;
  readonly #objects: PullRequestObjects;

  constructor(options: DataCenterApiOptions) {
    this.#options = options;
    this.#objects = new PullRequestObjects(options.serverUrl);
  }

  /** Answers one request to the API, as Bitbucket Data Center would. */
  async answer({ method, url, authorization, body = {} }: Asked): Promise<Answer> {
    const { access, find } = this.#options;
    const visitor = access.visitor(authorization);
    if (typeof visitor !== 'object') return UNAUTHORIZED;
    const [, commit] = /^\/rest\/build-status\/latest\/commits\/([0-9a-f]{40})$/.exec(url.pathname) ?? [];
    if (commit !== undefined) return this.#buildStatuses(url, commit);
    const [, room = '', key = '', slug = '', path = ''] =
      /^\/rest\/(api|default-reviewers)\/(?:latest|1\.0)\/projects\/([^/]+)\/repos\/([^/]+)(.*)$/.exec(url.pathname) ??
      [];
    const repository = find(`${decodeURIComponent(key)}/${decodeURIComponent(slug)}`);
    if (!repository || !mayRead(visitor, repository)) {
      return refusal(404, 'repository.NoSuchRepositoryException', `Repository ${key}/${slug} does not exist.`);
    }
    const isAllowed =
      holds(visitor, repository) && may(visitor, repository, [{ pull_requests: method === 'GET' ? 'read' : 'write' }]);
    if (!isAllowed) return NOT_PERMITTED;
    if (room === 'default-reviewers') return { status: 200, body: repository.defaultReviewers.map(userObject) };
    const operation = OPERATIONS.find((one) => one.method === method && one.path.test(path));
    if (!operation) return refusal(404, 'NoSuchEntityException', 'There is no such resource.');
    const parts = (operation.path.exec(path) ?? []).slice(1);
    const call = { repository, objects: this.#objects, visitor, url, body: body as Record<string, unknown> };
    return operation.answer(call, ...parts);
  }

  #buildStatuses(url: URL, commit: string): Answer {
    const found = this.#options.repositories().flatMap(({ statuses }) => statuses.latestOf(commit));
    return pageOf(url, found, buildStatusObject);
  }
}

const repositoryObject = ({ id, name, owner, visibility }: SandboxRepository): object => ({
  id,
  slug: name,
  name,
  project: { key: owner, type: 'NORMAL', public: false },
  public: visibility === 'public',
  state: 'AVAILABLE',
});

async function commits(call: DataCenterCall): Promise<Answer> {
  const { repository, url } = call;
  const until = url.searchParams.get('until') ?? repository.defaultBranch;
  const id = await resolved(repository, until);
  return id === undefined
    ? noCommit(call, until)
    : pageOf(url, await commitsAbove(repository, id, undefined), commitObject);
}

/** Those of `from` that `to` lacks. */
async function comparison(call: DataCenterCall): Promise<Answer> {
  const { repository, url } = call;
  const [from, to] = ['from', 'to'].map((name) => url.searchParams.get(name) ?? repository.defaultBranch) as [
    string,
    string,
  ];
  const [one, other] = [await resolved(repository, from), await resolved(repository, to)];
  if (one === undefined || other === undefined) return noCommit(call, one === undefined ? from : to);
  return pageOf(url, await commitsAbove(repository, one, other), commitObject);
}

function noCommit({ repository: { name } }: DataCenterCall, revision: string): Answer {
  return refusal(404, 'commit.NoSuchCommitException', `Commit '${revision}' does not exist in repository '${name}'.`);
}
