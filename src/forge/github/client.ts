/** The connection to GitHub's API: failures that pass are tried again, rate limits are waited for, and each call ends. */
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/core';
import Bottleneck from 'bottleneck/light.js';
import type { ClientOptions as ApiOptions, Limits } from '../http/client.ts';
import { exchange } from '../http/exchange.ts';
import { PATIENCE } from '../http/patience.ts';
import { unreadableIn } from '../http/unreadable.ts';
import { isRateLimit } from './error-message.ts';
import { waitingForGitHub } from './patience.ts';
import type { ServerToken } from './server-token.ts';

/** The longest wait for a rate limit, in seconds, and how many of them a request has. */
const MAX_WAIT = 60;
const MAX_WAITS = 3;
/** Tries after a failure of the server or the network. */
const RETRIES = 3;

/** GitHub itself ends a request after ten seconds. A call has time for four lost requests, or for three waits. */
const LIMITS: Limits = { request: 30_000, call: 240_000, retry: 500, patience: PATIENCE };

export interface ClientOptions extends ApiOptions {
  /** Called when a request has been sent. */
  readonly onSent?: (() => void) | undefined;
}

/** Throws what will be the same next time as it is: the other plugins try the errors of Octokit again. */
function finalAnswers(octokit: Pick<Octokit, 'hook'>): void {
  octokit.hook.error('request', (error) => {
    const unreadable = unreadableIn(error);
    throw unreadable?.isFinal ? unreadable : error;
  });
}

const PacedOctokit = Octokit.plugin(finalAnswers, retry, throttling);

export type Client = InstanceType<typeof PacedOctokit>;

type Options = NonNullable<ConstructorParameters<typeof PacedOctokit>[0]>;

/**
 * A client of a server's REST API and of the GraphQL API beside it; an empty token is not sent. Proxy variables
 * are used. Failures that pass (5xx, lost connections, rate limits) are tried again and then thrown. A request may
 * be sent twice when its answer is lost.
 */
export function createClient({ apiUrl, token }: ServerToken, options: ClientOptions = {}): Client {
  return connect(apiUrl, token === '' ? {} : { auth: token }, options);
}

/** A client that sends each request once; without a complete answer within `milliseconds` it is lost. */
export function createHastyClient({ apiUrl, token }: ServerToken, milliseconds: number): Client {
  const auth = token === '' ? {} : { auth: token };
  const limits = { request: milliseconds };
  return connect(apiUrl, { ...auth, retry: { enabled: false }, throttle: { enabled: false } }, { limits });
}

/** Whether an error of a client is GitHub's answer, which will be the same next time: not a lost connection or a rate limit. */
export function isAnswer(error: unknown): boolean {
  if (unreadableIn(error)) return false;
  const { status, name } = error as { status?: number; name?: string };
  const isAnswered = name === 'GraphqlResponseError' || (status !== undefined && status < 500);
  return isAnswered && !isRateLimit(error);
}

/** A client with the authentication of `options`. */
export function connect(
  apiUrl: string,
  options: Pick<Options, 'auth' | 'authStrategy' | 'retry' | 'throttle'>,
  { log = ignore, debug = ignore, onSent = ignore, limits: given = {} }: ClientOptions = {},
): Client {
  const limits = { ...LIMITS, ...given };
  const logged = new Set<string>();
  const logOnce = (text: string): void => {
    if (!logged.has(text)) log(text);
    logged.add(text);
  };
  const onLimit = (kind: string) => (seconds: number, _options: object, _client: unknown, waits: number) => {
    if (seconds > MAX_WAIT || waits >= MAX_WAITS) return false;
    logOnce(`GitHub asked to wait ${seconds} s (${kind} rate limit)`);
    return true;
  };
  const client = new PacedOctokit({
    baseUrl: apiUrl,
    userAgent: 'manifest-release-pr',
    request: {
      fetch: exchange({ name: 'GitHub', check: graphqlFault, limit: limits.request, log: logOnce, debug, onSent }),
    },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    // A 4xx is final; those that are rate limits belong to the other plugin.
    retry: { retries: RETRIES, retryAfterBaseValue: limits.retry, doNotRetry: CLIENT_ERRORS },
    throttle: {
      onRateLimit: onLimit('primary'),
      onSecondaryRateLimit: onLimit('secondary'),
      write: UNSPACED,
      notifications: UNSPACED,
    },
    ...options,
  });
  const patiently = waitingForGitHub(limits.patience, logOnce);
  client.hook.wrap('request', (request, asked) => patiently(request as never, asked) as never);
  // Registered last, so that it surrounds the retries and the waits.
  client.hook.wrap('request', async (request, asked) => {
    const end = AbortSignal.timeout(limits.call);
    const ended = new Promise<never>((_, reject) => {
      end.addEventListener('abort', () => reject(new Error(`there was no result within ${limits.call / 1000} s`)));
    });
    return Promise.race([request({ ...asked, request: { ...asked.request, signal: end } }), ended]);
  });
  // Octokit finds the GraphQL of Enterprise Server, but the plugins do not recognise that address as GraphQL.
  if (ENTERPRISE_API.test(apiUrl)) {
    client.graphql = client.graphql.defaults({ baseUrl: apiUrl.replace(ENTERPRISE_API, '/api') });
  }
  return client;
}

/** What an answer to GraphQL lacks; it answers 200 to what it refuses too. */
function graphqlFault({ pathname }: URL, answer: unknown): string | undefined {
  if (!pathname.endsWith('/graphql')) return undefined;
  const { data, errors = [] } = answer as { data?: unknown; errors?: unknown };
  const areErrors = Array.isArray(errors) && errors.every(isObject);
  const isWhole = areErrors && (errors.length > 0 || isObject(data));
  return isWhole ? undefined : 'it has neither data nor errors, as GraphQL has';
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * GitHub asks those who write a lot to wait a second between two requests. A run writes two to six times, one after the
 * other: waiting would be half of its time.
 */
const UNSPACED = new Bottleneck.Group({ maxConcurrent: 1 });

const CLIENT_ERRORS = Array.from({ length: 100 }, (_, index) => 400 + index);
const ENTERPRISE_API = /\/api\/v3\/?$/;

const ignore = (): void => undefined;
