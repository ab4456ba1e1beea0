/** One repository at GitHub's API: how it is asked, and how its refusals and failures are thrown. */
import type * as z from 'zod/mini';
import { failure, type ApiAction, type ReleaseError } from '../../core/errors.ts';
import { readAnswer } from './answers.ts';
import { isAnswer, type Client } from './client.ts';
import { connectionFailure, reasonOf } from './error-message.ts';

export class GitHubRepository {
  readonly rest: Client['rest'];
  /** The parameters that every request of REST has. */
  readonly parameters: { readonly owner: string; readonly repo: string };
  readonly #graphql: Client['graphql'];

  constructor(client: Client, owner: string, repo: string) {
    this.rest = client.rest;
    this.#graphql = client.graphql;
    this.parameters = { owner, repo };
  }

  get fullName(): string {
    return `${this.parameters.owner}/${this.parameters.repo}`;
  }

  /** Sends a document that is about nothing but its variables. Throws what Octokit throws. */
  graphql(document: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.#graphql(document, variables);
  }

  /** The answer to a document with the variables `owner` and `name`. Throws UnreadableAnswer, and what Octokit throws. */
  async query<Shape extends z.ZodMiniType>(
    document: string,
    shape: Shape,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<z.output<Shape>> {
    const { owner, repo: name } = this.parameters;
    return readAnswer(shape, await this.graphql(document, { owner, name, ...variables }));
  }

  /** The answer to a request. Throws API_DENIED, ANSWER_UNREADABLE and NETWORK. */
  async call<Answer>(action: ApiAction, request: () => Promise<Answer>): Promise<Answer> {
    try {
      return await request();
    } catch (error) {
      throw this.explain(action, error);
    }
  }

  /** What Octokit threw, as a failure of ours: API_DENIED, ANSWER_UNREADABLE or NETWORK. */
  explain(action: ApiAction, error: unknown): ReleaseError {
    if (!isAnswer(error)) return connectionFailure(`${action} in ${this.fullName}`, error);
    return failure('API_DENIED', { repository: this.fullName, action, reason: reasonOf(error) }, error);
  }

  /** GitHub's reason for a refusal. Throws NETWORK where the error is no answer: the next run continues from there. */
  refusalIn(action: ApiAction, error: unknown): string {
    if (!isAnswer(error)) throw this.explain(action, error);
    return reasonOf(error);
  }
}
