/** The part of GitHub's REST API that a release needs, and the way to the GraphQL one. */
import { GitHubApps } from './github-apps.ts';
import { comparisonOperations } from './github-comparison.ts';
import { gitDataOperations } from './github-git-data.ts';
import { GitHubGraphQl } from './github-graphql.ts';
import { issueOperations } from './github-issues.ts';
import { isRecord, problem, type Call, type GitHubApiOptions, type Operation } from './github-operation.ts';
import { pullRequestOperations } from './github-pulls.ts';
import { fullRepositoryObject } from './github-repository.ts';
import { statusOperations } from './github-statuses.ts';
import { refusal, tokenHeaders } from './refusals.ts';
import { GRAPHQL, type Answer, type Asked } from './exchange.ts';

const OPERATIONS: readonly Operation[] = [
  {
    method: 'GET',
    path: /^$/,
    needs: [{ metadata: 'read' }],
    answer: ({ addresses, repository, visitor }) => ({
      status: 200,
      body: fullRepositoryObject(addresses, repository, visitor),
    }),
  },
  ...pullRequestOperations,
  ...issueOperations,
  ...gitDataOperations,
  ...comparisonOperations,
  ...statusOperations,
];

export class GitHubApi {
  readonly apps: GitHubApps;
  readonly #options: GitHubApiOptions;
  readonly #graphQl: GitHubGraphQl;

  constructor(options: GitHubApiOptions) {
    this.#options = options;
    this.apps = new GitHubApps(options);
    this.#graphQl = new GitHubGraphQl(options);
  }

  /** Answers one request to the API, as GitHub would. */
  async answer(asked: Asked): Promise<Answer> {
    if (asked.url.pathname === GRAPHQL) return await this.#graphQl.answer(asked);
    return this.apps.answer(asked) ?? (await this.#operate(asked));
  }

  async #operate({ method, url, authorization, body = {} }: Asked): Promise<Answer> {
    const { access, find, serverUrl } = this.#options;
    const visitor = access.visitor(authorization);
    if (visitor === 'unknown') return problem(401, 'Bad credentials');
    const [, fullName = '', path = ''] = /^\/api\/v3\/repos\/([^/]+\/[^/]+)(.*)$/.exec(url.pathname) ?? [];
    const repository = find(fullName);
    const operation = OPERATIONS.find((one) => one.method === method && one.path.test(path));
    const needs = operation?.needs ?? [{ metadata: 'read' }];
    const headers = tokenHeaders(visitor, needs);
    const refused = refusal(visitor, repository, needs, serverUrl);
    if (refused || !repository) return withHeaders(refused ?? problem(404, 'Not Found'), headers);
    if (!operation) return withHeaders(problem(404, 'Not Found'), headers);
    if (!isRecord(body)) return problem(400, 'Problems parsing JSON');
    const parts = (operation.path.exec(path) ?? []).slice(1).map((part) => decodeURIComponent(part));
    const call: Call = { addresses: this.#options, repository, visitor, url, body };
    return withHeaders(await operation.answer(call, ...parts), headers);
  }
}

function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...headers, ...answer.headers } };
}
