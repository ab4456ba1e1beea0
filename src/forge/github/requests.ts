/** Requests to GitHub about one repository, with their refusals and failures told apart. */
import { failure, type ReleaseError } from '../../core/errors.ts';
import type { Refused } from '../forge.ts';
import { isAnswer, type Client } from './client.ts';
import { connectionFailure, reasonOf } from './error-message.ts';

export class Requests {
  readonly client: Client;
  /** As REST calls them. */
  readonly repository: { readonly owner: string; readonly repo: string };

  constructor(client: Client, repository: Requests['repository']) {
    this.client = client;
    this.repository = repository;
  }

  /** As GraphQL calls them. */
  get names(): { owner: string; name: string } {
    return { owner: this.repository.owner, name: this.repository.repo };
  }

  /** Makes a request. `action` is for a sentence: `list pull requests`. Throws NETWORK and API_DENIED. */
  async call<Answer>(action: string, request: () => Promise<Answer>): Promise<Answer> {
    try {
      return await request();
    } catch (error) {
      throw this.explain(action, error);
    }
  }

  /** Makes a request for all items; where that is refused, one for each, so that one refusal keeps nothing else back. Throws NETWORK. */
  async callForEach<Item extends { readonly what: string }>(
    items: readonly Item[],
    request: (items: readonly Item[]) => Promise<readonly Refused[] | void>,
  ): Promise<readonly Refused[]> {
    if (items.length === 0) return [];
    try {
      return (await request(items)) ?? [];
    } catch (error) {
      this.throwFailure('change the pull request', error);
      const [only, ...more] = items;
      if (only && more.length === 0) return [{ what: only.what, reason: reasonOf(error) }];
      const refused: Refused[] = [];
      for (const item of items) refused.push(...(await this.callForEach([item], request)));
      return refused;
    }
  }

  /** Throws when the error is a failure that passes, and not an answer: the next run goes on from there. */
  throwFailure(action: string, error: unknown): void {
    const explained = this.explain(action, error);
    if (explained.code !== 'API_DENIED') throw explained;
  }

  explain(action: string, error: unknown): ReleaseError {
    const name = `${this.repository.owner}/${this.repository.repo}`;
    if (!isAnswer(error)) return connectionFailure(`${action} in ${name}`, error);
    return failure('API_DENIED', { repository: name, action, reason: reasonOf(error) }, error);
  }
}
