/** The connection to GitHub's API: failures that pass are tried again, rate limits are waited for, and each call ends. */
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import Bottleneck from 'bottleneck/light.js';
import { RATE_LIMIT, reasonOf } from './error-message.ts';

/** The longest wait for a rate limit, in seconds, and how many of them a request has. */
const MAX_WAIT = 60;
const MAX_WAITS = 3;
/** Tries after a failure of the server or the network, with 1, 4 and 9 times so many milliseconds before them. */
const RETRIES = 3;
const RETRY_DELAY = 500;

export interface Limits {
  /** Milliseconds until a request without a complete answer is lost. */
  readonly request: number;
  /** Milliseconds until a call ends, with all of its tries and waits. */
  readonly call: number;
}

/** GitHub itself ends a request after ten seconds. A call has time for four lost requests, or for three waits. */
const LIMITS: Limits = { request: 30_000, call: 240_000 };

export interface ClientOptions {
  /** Called once with each reason why a request is sent again or waits. */
  readonly log?: (text: string) => void;
  /** Called with each request: method, path without the query, status and milliseconds. */
  readonly debug?: (text: string) => void;
  readonly limits?: Limits;
}

const PacedOctokit = Octokit.plugin(retry, throttling);

export type Client = InstanceType<typeof PacedOctokit>;

type Options = NonNullable<ConstructorParameters<typeof PacedOctokit>[0]>;
type Fetch = (url: string, request: RequestInit) => Promise<Response>;

/**
 * A client of the REST API at `apiUrl` and of the GraphQL API beside it; an empty token is not sent. Proxy variables
 * are used. Failures that pass (5xx, lost connections, rate limits) are tried again and then thrown. A request may
 * be sent twice when its answer is lost.
 */
export function createClient(apiUrl: string, token: string, options: ClientOptions = {}): Client {
  return connect(apiUrl, token === '' ? {} : { auth: token }, options);
}

/** A client that sends each request once; without a complete answer within `milliseconds` it is lost. */
export function createHastyClient(apiUrl: string, token: string, milliseconds: number): Client {
  const auth = token === '' ? {} : { auth: token };
  const limits = { ...LIMITS, request: milliseconds };
  return connect(apiUrl, { ...auth, retry: { enabled: false }, throttle: { enabled: false } }, { limits });
}

/** Whether an error of a client is GitHub's answer, which will be the same next time: not a lost connection or a rate limit. */
export function isAnswer(error: unknown): boolean {
  const { status, name } = error as { status?: number; name?: string };
  const isAnswered = name === 'GraphqlResponseError' || (status !== undefined && status < 500 && status !== 429);
  return isAnswered && !RATE_LIMIT.test(reasonOf(error));
}

/** A client with the authentication of `options`. */
export function connect(
  apiUrl: string,
  options: Pick<Options, 'auth' | 'authStrategy' | 'retry' | 'throttle'>,
  { log = ignore, debug = ignore, limits = LIMITS }: ClientOptions = {},
): Client {
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
    request: { fetch: observedFetch(limits.request, logOnce, debug) },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    // A 4xx is final; those that are rate limits belong to the other plugin.
    retry: { retries: RETRIES, retryAfterBaseValue: RETRY_DELAY, doNotRetry: CLIENT_ERRORS },
    throttle: {
      onRateLimit: onLimit('primary'),
      onSecondaryRateLimit: onLimit('secondary'),
      write: UNSPACED,
      notifications: UNSPACED,
    },
    ...options,
  });
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

/**
 * GitHub asks those who write a lot to wait a second between two requests. A run writes two to six times, one after the
 * other: waiting would be half of its time.
 */
const UNSPACED = new Bottleneck.Group({ maxConcurrent: 1 });

const CLIENT_ERRORS = Array.from({ length: 100 }, (_, index) => 400 + index);
const ENTERPRISE_API = /\/api\/v3\/?$/;

const ignore = (): void => undefined;

/**
 * Reads each answer to its end, so that one cut short is a lost connection and not an empty answer; and accepts only
 * JSON as a success, since a proxy’s page may have status 200.
 */
function observedFetch(limit: number, log: (text: string) => void, debug: (text: string) => void): Fetch {
  // Node reads its own client when it is first used, 25 ms: better now, while git waits for the server.
  Reflect.get(globalThis, 'Response');
  return async (url, request) => {
    // A retry that comes after the end of its call.
    request.signal?.throwIfAborted();
    const started = performance.now();
    const observe = (result: string): void =>
      debug(
        `${request.method ?? 'GET'} ${new URL(url).pathname} ${result} (${Math.round(performance.now() - started)} ms)`,
      );
    const late = AbortSignal.timeout(limit);
    try {
      const signal = request.signal ? AbortSignal.any([request.signal, late]) : late;
      const answer = await ask(url, { ...request, signal });
      const { status, statusText, headers } = answer;
      const body = await answer.arrayBuffer();
      if (answer.ok && body.byteLength > 0 && !/\bjson\b/.test(headers.get('content-type') ?? '')) {
        throw new Error('the answer is not JSON, so it is not GitHub’s');
      }
      observe(String(status));
      if (status >= 500) log(`GitHub answered ${status}; trying again`);
      return new Response(body.byteLength > 0 ? body : null, { status, statusText, headers: [...headers] });
    } catch (error) {
      const failed = late.aborted ? new Error(`there was no complete answer within ${limit / 1000} s`) : error;
      observe(`failed: ${reasonOf(failed)}`);
      if (request.signal?.aborted) throw failed;
      log(`GitHub ${late.aborted ? `did not answer within ${limit / 1000} s` : 'could not be reached'}; trying again`);
      throw failed;
    }
  };
}

/** Node's own client knows no proxies; the one that does takes 40 ms to load, and few need it. */
async function ask(url: string, request: RequestInit): Promise<Response> {
  if (!Object.keys(process.env).some((name) => /^https?_proxy$/i.test(name))) return fetch(url, request);
  const { defaults } = await import('@actions/github/lib/utils');
  const proxied = defaults.request?.['fetch'] as Fetch | undefined;
  return (proxied ?? fetch)(url, request);
}
