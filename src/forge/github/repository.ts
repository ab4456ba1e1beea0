/** One repository at GitHub's API: how it is asked, and how its refusals and failures are thrown. */
import type * as z from 'zod/mini';
import { failure, type ApiAction, type ReleaseError } from '../../core/errors.ts';
import { readAnswer } from '../http/unreadable.ts';
import { REPOSITORY_ANSWER, type RepositoryFacts } from './graphql-answers.ts';
import { REPOSITORY } from './graphql-documents.ts';
import { isAnswer, type Client } from './client.ts';
import { restBy, type Rest } from './rest.ts';
import { connectionFailure, reasonOf } from './error-message.ts';
import { RIGHT_TOKEN } from './token-kind.ts';

export class GitHubRepository {
  /** The parameters that every request of REST has. */
  readonly parameters: { readonly owner: string; readonly repo: string };
  readonly #client: Client;
  #rest: Promise<Rest> | undefined;
  #facts: RepositoryFacts | undefined;

  constructor(client: Client, owner: string, repo: string) {
    this.#client = client;
    this.parameters = { owner, repo };
  }

  get fullName(): string {
    return `${this.parameters.owner}/${this.parameters.repo}`;
  }

  /** Keeps what an answer had beside other things. */
  keepFacts({ id, isPrivate }: RepositoryFacts): void {
    this.#facts = { id, isPrivate };
  }

  /** GitHub's own id of the repository, and whether it is private or internal. Throws API_DENIED and NETWORK. */
  async facts(): Promise<RepositoryFacts> {
    this.#facts ??= (
      await this.call('read the branch', () => this.query(REPOSITORY, REPOSITORY_ANSWER, {}))
    ).repository;
    return this.#facts;
  }

  /** Sends a document with the variables `owner` and `name`. Throws what Octokit throws. */
  graphqlOf(document: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
    const { owner, repo: name } = this.parameters;
    return this.graphql(document, { owner, name, ...variables });
  }

  /** Sends a document that is about nothing but its variables. Throws what Octokit throws. */
  graphql(document: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.#client.graphql(document, variables);
  }

  /** Sends a request of the REST API by its route. Throws what Octokit throws. */
  get request(): Client['request'] {
    return this.#client.request;
  }

  /** The answer to an operation of the REST API. Throws what Octokit throws. */
  async rest<Answer>(operation: (rest: Rest) => Promise<Answer>): Promise<Answer> {
    this.#rest ??= restBy(this.#client);
    return operation(await this.#rest);
  }

  /** The answer to a document with the variables `owner` and `name`. Throws UnreadableAnswer, and what Octokit throws. */
  async query<Shape extends z.ZodMiniType>(
    document: string,
    shape: Shape,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<z.output<Shape>> {
    return readAnswer(shape, await this.graphqlOf(document, variables));
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
    return failure('API_DENIED', { ...this.#denied(action), reason: reasonOf(error) }, error);
  }

  /** GitHub's reason for a refusal. Throws NETWORK where the error is no answer: the next run continues from there. */
  refusalIn(action: ApiAction, error: unknown): string {
    if (!isAnswer(error)) throw this.explain(action, error);
    return reasonOf(error);
  }

  /** A refusal that an answer has in words. */
  refused(action: ApiAction, reason: string): ReleaseError {
    return failure('API_DENIED', { ...this.#denied(action), reason });
  }

  #denied(action: ApiAction) {
    return { forge: 'GitHub', access: RIGHT_TOKEN, repository: this.fullName, action } as const;
  }

  /**
   * The answer to a mutation, and what of it was refused, by its field: GitHub carries out one field after the other, whatever
   * became of those before it. Throws API_DENIED, ANSWER_UNREADABLE and NETWORK.
   */
  async mutate<Shape extends z.ZodMiniType>(
    action: ApiAction,
    document: string,
    shape: Shape,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly data: z.output<Shape>; readonly refusals: ReadonlyMap<string, Refusal> }> {
    return this.call(action, async () => {
      try {
        return { data: readAnswer(shape, await this.graphql(document, variables)), refusals: new Map() };
      } catch (error) {
        const { data, errors } = partsOf(error);
        if (!data || errors.length === 0) throw error;
        return { data: readAnswer(shape, data), refusals: new Map(errors.map(refusalOf)) };
      }
    });
  }
}

export interface Refusal {
  readonly reason: string;
  /** Whether it is for lack of a permission. */
  readonly isForbidden: boolean;
  /** Whether a branch is not where it was expected. */
  readonly isStale: boolean;
}

interface GraphqlError {
  readonly path?: readonly unknown[];
  readonly type?: unknown;
  readonly message?: unknown;
}

/** Of an answer that has data beside its errors. */
function partsOf(error: unknown): { readonly data: unknown; readonly errors: readonly GraphqlError[] } {
  const { data, errors } = error as { data?: unknown; errors?: unknown };
  const isPartial = error instanceof Error && typeof data === 'object' && data !== null && Array.isArray(errors);
  return isPartial ? { data, errors: errors as readonly GraphqlError[] } : { data: undefined, errors: [] };
}

function refusalOf({ path, type, message }: GraphqlError): readonly [field: string, refusal: Refusal] {
  const reason = reasonOf({ message: typeof message === 'string' ? message : 'no reason was given' });
  return [String(path?.[0]), { reason, isForbidden: type === 'FORBIDDEN', isStale: type === 'STALE_DATA' }];
}
