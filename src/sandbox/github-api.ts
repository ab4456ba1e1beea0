/** The part of GitHub's REST API that a release needs. */
import { mayRead, mayWritePullRequests, type Access } from './access.ts';
import { listedPullRequestObject, pullRequestObject } from './github-pull-request.ts';
import { fullRepositoryObject, type Addresses } from './github-repository.ts';
import type { PullRequest, Writing } from './pull-requests.ts';
import {
  alreadyExists,
  changeErrors,
  newPullRequestErrors,
  writingErrors,
  type Invalid,
} from './pull-request-rules.ts';
import type { SandboxRepository } from './repository.ts';
import type { Answer, Asked } from './server.ts';

export interface GitHubApiOptions extends Addresses {
  readonly access: Access;
  readonly find: (fullName: string) => SandboxRepository | undefined;
}

const DOCUMENTATION = 'https://docs.github.com/rest';

export class GitHubApi {
  readonly #options: GitHubApiOptions;

  constructor(options: GitHubApiOptions) {
    this.#options = options;
  }

  /** Answers one request to the API, as GitHub would. */
  async answer(asked: Asked): Promise<Answer> {
    const { access, find } = this.#options;
    const visitor = access.visitor(asked.authorization);
    if (visitor === 'unknown') return problem(401, 'Bad credentials');
    const [, fullName = '', pulls, number] =
      /^\/api\/v3\/repos\/([^/]+\/[^/]+)(?:(\/pulls)(?:\/(\d+))?)?$/.exec(asked.url.pathname) ?? [];
    const repository = find(fullName);
    if (!repository || !mayRead(visitor, repository)) return problem(404, 'Not Found');
    if (asked.method !== 'GET') {
      if (visitor === 'anonymous') return problem(401, 'Requires authentication');
      if (!mayWritePullRequests(visitor, repository)) return problem(403, 'Resource not accessible by integration');
    }
    const route = `${asked.method}${pulls === undefined ? '' : ' pulls'}${number === undefined ? '' : ' one'}`;
    switch (route) {
      case 'GET':
        return { status: 200, body: fullRepositoryObject(this.#options, repository) };
      case 'GET pulls':
        return await this.#list(repository, asked.url);
      case 'POST pulls':
        return await this.#create(repository, asked.body);
      case 'PATCH pulls one':
        return await this.#update(repository, Number(number), asked.body);
      default:
        return problem(404, 'Not Found');
    }
  }

  async #list(repository: SandboxRepository, url: URL): Promise<Answer> {
    const query = Object.fromEntries(url.searchParams);
    const found = (await repository.pullRequests.all())
      .filter(({ state }) => query['state'] === 'all' || state === (query['state'] ?? 'open'))
      // A head without an owner is no filter, on GitHub too.
      .filter(({ head }) => !query['head']?.includes(':') || query['head'] === `${repository.owner}:${head}`)
      .filter(({ base }) => query['base'] === undefined || query['base'] === base);
    const sorted = query['direction'] === 'asc' ? found : found.toReversed();
    const size = Math.min(Number(query['per_page'] ?? 30), 100);
    const page = Math.max(Number(query['page'] ?? 1), 1);
    const shown = sorted.slice((page - 1) * size, page * size);
    const body = shown.map((pullRequest) => listedPullRequestObject(this.#options, repository, pullRequest));
    return { status: 200, headers: pageLinks(url, page, Math.ceil(sorted.length / size)), body };
  }

  async #create(repository: SandboxRepository, body: unknown): Promise<Answer> {
    if (!isRecord(body)) return problem(400, 'Problems parsing JSON');
    const { owner } = repository;
    const head = typeof body['head'] === 'string' ? body['head'].replace(`${owner}:`, '') : '';
    const base = textOrNull(body['base']) ?? '';
    const writing = { title: textOrNull(body['title']) ?? '', body: textOrNull(body['body']) };
    const errors = [...writingErrors(writing), ...(await newPullRequestErrors(repository, head, base))];
    const [headSha, baseSha] = [await repository.tip(head), await repository.tip(base)];
    if (errors.length > 0 || !headSha || !baseSha) return invalid(errors, 'create-a-pull-request');
    const opening = { ...writing, head, headSha, base, baseSha, draft: body['draft'] === true };
    const opened = repository.pullRequests.open(opening);
    if (opened === undefined) return invalid([alreadyExists(repository, head)], 'create-a-pull-request');
    return await this.#shown(201, repository, opened);
  }

  async #update(repository: SandboxRepository, number: number, body: unknown): Promise<Answer> {
    if (!isRecord(body)) return problem(400, 'Problems parsing JSON');
    const before = (await repository.pullRequests.all()).find((pullRequest) => pullRequest.number === number);
    if (before === undefined) return problem(404, 'Not Found');
    const writing: Writing = {
      ...(body['title'] !== undefined && { title: textOrNull(body['title']) ?? '' }),
      ...(body['body'] !== undefined && { body: textOrNull(body['body']) }),
      ...((body['state'] === 'open' || body['state'] === 'closed') && { state: body['state'] }),
      ...(body['base'] !== undefined && { base: textOrNull(body['base']) ?? '' }),
    };
    const errors = [...writingErrors(writing), ...(await changeErrors(repository, before, writing))];
    if (errors.length > 0) return invalid(errors, 'update-a-pull-request');
    return await this.#shown(200, repository, await repository.pullRequests.update(number, writing));
  }

  async #shown(status: number, repository: SandboxRepository, pullRequest: PullRequest): Promise<Answer> {
    const comparison = await repository.compare(pullRequest.baseSha, pullRequest.headSha);
    return { status, body: pullRequestObject(this.#options, repository, pullRequest, comparison) };
  }
}

function problem(status: number, message: string): Answer {
  return { status, body: { message, documentation_url: DOCUMENTATION, status: String(status) } };
}

function invalid(errors: readonly Invalid[], page: string): Answer {
  const documentation = `${DOCUMENTATION}/pulls/pulls#${page}`;
  const body = { message: 'Validation Failed', errors, documentation_url: documentation, status: '422' };
  return { status: 422, body };
}

function pageLinks(url: URL, page: number, last: number): Record<string, string> {
  const target = (number: number): string => {
    const linked = new URL(url);
    linked.searchParams.set('page', String(number));
    return linked.href;
  };
  const before = page > 1 ? { prev: page - 1, first: 1 } : {};
  const after = page < last ? { next: page + 1, last } : {};
  const links = Object.entries({ ...before, ...after }).map(([rel, number]) => `<${target(number)}>; rel="${rel}"`);
  return links.length > 0 ? { link: links.join(', ') } : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
