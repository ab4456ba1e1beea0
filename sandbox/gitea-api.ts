/** The part of Gitea's REST API that a release needs, as a real Gitea 1.26 was seen to answer (e2e/gitea). */
import { holds, may, mayRead, type Access, type Visitor } from './access.ts';
import type { Answer, Asked } from './exchange.ts';
import { giteaCommitOperations } from './gitea-commits.ts';
import { giteaIssueOperations } from './gitea-issues.ts';
import { problem, type Call, type GiteaState, type Operation } from './gitea-operation.ts';
import { giteaPullOperations } from './gitea-pulls.ts';
import type { SandboxRepository } from './repository.ts';

/** What paths of this API begin with. */
export const GITEA_API = '/api/v1/';

interface GiteaApiOptions {
  readonly serverUrl: string;
  readonly access: Access;
  readonly find: (fullName: string) => SandboxRepository | undefined;
}

const OPERATIONS: readonly Operation[] = [
  {
    method: 'GET',
    path: /^$/,
    scope: 'repository',
    answer: ({ repository, visitor }) => ({
      status: 200,
      body: {
        full_name: repository.fullName,
        archived: false,
        private: repository.visibility !== 'public',
        internal: false,
        permissions: { admin: false, push: may(visitor, repository, [{ contents: 'write' }]), pull: true },
      },
    }),
  },
  ...giteaPullOperations,
  ...giteaIssueOperations,
  ...giteaCommitOperations,
];

const SETTINGS = { max_response_items: 50, default_paging_num: 30, default_git_trees_per_page: 1000 };

export class GiteaApi {
  readonly #options: GiteaApiOptions;
  readonly #states = new WeakMap<SandboxRepository, GiteaState>();

  constructor(options: GiteaApiOptions) {
    this.#options = options;
  }

  /** Answers one request to the API, as Gitea would. */
  async answer({ method, url, authorization, body }: Asked): Promise<Answer> {
    const { access, find, serverUrl } = this.#options;
    const visitor = access.visitor(authorization);
    if (visitor === 'unknown') return problem(401, 'user does not exist [uid: 0, name: ]');
    if (url.pathname === `${GITEA_API}settings/api`) return { status: 200, body: SETTINGS };
    const [, fullName = '', path = ''] = /^\/api\/v1\/repos\/([^/]+\/[^/]+)(.*)$/.exec(url.pathname) ?? [];
    const repository = find(fullName);
    const operation = OPERATIONS.find((one) => one.method === method && one.path.test(path));
    if (!repository || !operation || !mayRead(visitor, repository)) return problem(404, 'not found');
    const refused = refusal(visitor, repository, operation);
    if (refused !== undefined) return problem(403, refused);
    const state = this.#states.get(repository) ?? { labels: [] };
    this.#states.set(repository, state);
    const call: Call = { serverUrl, repository, state, visitor, url, body: (body ?? {}) as Call['body'] };
    const parts = (operation.path.exec(path) ?? []).slice(1).map((part) => decodeURIComponent(part));
    return operation.answer(call, ...parts);
  }
}

function refusal(visitor: Visitor, repository: SandboxRepository, { scope, method }: Operation): string | undefined {
  const level = method === 'GET' ? 'read' : 'write';
  const subject = scope === 'issue' ? 'issues' : 'pull_requests';
  if (!holds(visitor, repository) || may(visitor, repository, [{ [subject]: level }])) return undefined;
  return `token does not have at least one of required scope(s), required=[${level}:${scope}], token scope=read:user`;
}
