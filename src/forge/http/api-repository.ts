/** One repository at a REST API: how its refusals and failures are thrown. */
import { failure, type ApiAction, type ReleaseError } from '../../core/errors.ts';
import type { Comparison } from '../forge.ts';
import { connectionFailure } from './connection-failure.ts';
import type { JsonClient } from './client.ts';
import { finalRefusal, RefusedAnswer } from './refused-answer.ts';
import { secondsAsked } from './seconds-asked.ts';

export class ApiRepository {
  readonly client: JsonClient;
  /** As it is named in sentences: `group/sub/project`. */
  readonly fullName: string;

  constructor(client: JsonClient, fullName: string) {
    this.client = client;
    this.fullName = fullName;
  }

  /** The result of some requests. Throws API_DENIED, ANSWER_UNREADABLE and NETWORK. */
  async call<Result>(action: ApiAction, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw this.explain(action, error);
    }
  }

  /** A comparison of two revisions; what is refused is unknown. Throws what passes: RATE_LIMITED, SERVER_FAILED, NETWORK. */
  async comparing(work: () => Promise<Comparison>): Promise<Comparison> {
    try {
      return await work();
    } catch (error) {
      const refused = finalRefusal(error);
      if (refused) return { status: 'unknown', reason: refused.message };
      throw asFailure(`compare two commits of ${this.fullName}`, error);
    }
  }

  /** Whether it can be read without a login; `undefined` where the server refuses to say. Throws what passes, as `comparing`. */
  isPublic(work: () => Promise<boolean>): Promise<boolean | undefined> {
    return this.unlessRefused(`read ${this.fullName}`, work);
  }

  /** The result of some requests; `undefined` where one is refused. Throws what passes, as `comparing`. `action` is for a sentence. */
  async unlessRefused<Result>(action: string, work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      if (finalRefusal(error)) return undefined;
      throw asFailure(action, error);
    }
  }

  /** What the client threw, as a failure of ours: API_DENIED, ANSWER_UNREADABLE, RATE_LIMITED, SERVER_FAILED or NETWORK. */
  explain(action: ApiAction, error: unknown): ReleaseError {
    const refused = finalRefusal(error);
    if (!refused) return asFailure(`${action} in ${this.fullName}`, error);
    const { name: forge, access } = this.client.server;
    const { fullName: repository } = this;
    return failure('API_DENIED', { forge, access, repository, action, reason: refused.message }, error);
  }

  /** The server's reason for a refusal. Throws NETWORK where the error is no refusal: the next run continues from there. */
  refusalIn(action: ApiAction, error: unknown): string {
    const refused = finalRefusal(error);
    if (refused) return refused.message;
    throw this.explain(action, error);
  }
}

/** The failure for an error of a client that is no refusal. `action` is for a sentence. */
export function asFailure(action: string, error: unknown): ReleaseError {
  const answered = error instanceof RefusedAnswer ? error : undefined;
  return connectionFailure(action, error, {
    reason: reasonOf(error),
    isRateLimit: answered?.isRateLimit ?? false,
    retryAfter: answered && secondsAsked(answered.headers),
    isAnswered: answered !== undefined,
  });
}

/** `fetch` says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' && error.message === 'fetch failed'
    ? `${error.message}: ${cause.message}`
    : error.message;
}
