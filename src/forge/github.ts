/** GitHub's pull requests, through Octokit. */
import { getOctokitOptions, defaults } from '@actions/github/lib/utils';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '../errors.ts';
import type { Forge, PullRequest } from './forge.ts';

/** How long a rate limit may ask us to wait, in seconds, and how often we do. */
const MAX_WAIT = 60;
const MAX_WAITS = 3;
/** GitHub's API can lag behind a push: milliseconds until each further try. */
const HEAD_RETRIES = [1000, 3000];

const Client = Octokit.plugin(retry, throttling);

export class GitHub implements Forge {
  readonly #client: InstanceType<typeof Client>;
  readonly #owner: string;
  readonly #repo: string;

  /** `apiUrl` is the REST API's root, e.g. https://api.github.com. Proxy variables are honoured. */
  constructor(apiUrl: string, token: string, owner: string, repo: string) {
    const onLimit = (retryAfter: number, _options: object, _client: unknown, retryCount: number): boolean =>
      retryAfter <= MAX_WAIT && retryCount < MAX_WAITS;
    this.#client = new Client({
      ...defaults,
      ...getOctokitOptions(token, { baseUrl: apiUrl, userAgent: 'manifest-release-pr' }),
      log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
      throttle: { onRateLimit: onLimit, onSecondaryRateLimit: onLimit },
    });
    this.#owner = owner;
    this.#repo = repo;
  }

  async find(branch: string, base: string): Promise<PullRequest | undefined> {
    const { data } = await this.#call('list pull requests', () =>
      this.#client.rest.pulls.list({ ...this.#repository, state: 'open', head: `${this.#owner}:${branch}`, base }),
    );
    return data[0] && toPullRequest(data[0]);
  }

  async create(wanted: {
    branch: string;
    base: string;
    title: string;
    body: string;
  }): Promise<PullRequest | undefined> {
    const { branch, ...text } = wanted;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const { data } = await this.#client.rest.pulls.create({ ...this.#repository, ...text, head: branch });
        return toPullRequest(data);
      } catch (error) {
        const reason = reasonOf(error);
        const delay = HEAD_RETRIES[attempt];
        if (/already exists/.test(reason)) return undefined;
        if (!/head\b.*\binvalid/.test(reason) || delay === undefined) throw this.#explain('open a pull request', error);
        await sleep(delay);
      }
    }
  }

  async update(number: number, text: { title?: string; body: string }): Promise<PullRequest> {
    const { data } = await this.#call('update the pull request', () =>
      this.#client.rest.pulls.update({ ...this.#repository, pull_number: number, ...text }),
    );
    return toPullRequest(data);
  }

  get #repository(): { owner: string; repo: string } {
    return { owner: this.#owner, repo: this.#repo };
  }

  async #call<Answer>(action: string, request: () => Promise<Answer>): Promise<Answer> {
    try {
      return await request();
    } catch (error) {
      throw this.#explain(action, error);
    }
  }

  #explain(action: string, error: unknown): Error {
    const { status } = error as { status?: number };
    const reason = reasonOf(error);
    if (status === undefined || status >= 500 || status === 429 || /\brate limit\b/i.test(reason)) {
      return failure('NETWORK', { action: `${action} in ${this.#owner}/${this.#repo}`, reason }, error);
    }
    return failure('API_DENIED', { repository: `${this.#owner}/${this.#repo}`, action, reason }, error);
  }
}

const ignore = (): void => undefined;

function toPullRequest(data: { number: number; html_url: string; title: string; body?: string | null }): PullRequest {
  return { number: data.number, url: data.html_url, title: data.title, body: data.body ?? '' };
}

/** GitHub's message with the details that it lists beside it. */
function reasonOf(error: unknown): string {
  const { message, response } = error as { message?: string; response?: { data?: unknown } };
  const { message: told, errors } = (response?.data ?? {}) as { message?: string; errors?: unknown };
  const details = Array.isArray(errors)
    ? errors.map(
        (detail: { message?: string; field?: string; code?: string }) =>
          detail.message ?? [detail.field, detail.code].filter(Boolean).join(' '),
      )
    : [];
  return [told ?? message ?? String(error), ...details].join('; ');
}
