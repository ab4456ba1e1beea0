/** One exchange with a registry: redirects without credentials, one retry, and an answer that is whole and within limits. */
import { setTimeout as sleep } from 'node:timers/promises';
import { oneLine } from '../core/escape.ts';
import { send, TooLarge, type RawAnswer } from '../core/transport.ts';
import { isPrivate } from './endpoint.ts';
import { RegistryFailure } from './registry-failure.ts';

/** Bytes of an answer. OCI distribution specification, «Pushing Manifests»: registries take manifests of at least 4 MiB. */
const MAX_ANSWER = 4 * 2 ** 20;
const MAX_REDIRECTS = 5;
/** The longest wait that a registry may ask for before the retry, in seconds. */
const MAX_WAIT = 5;

export interface Limits {
  /** Milliseconds until a request without a complete answer is lost. */
  readonly request: number;
  /** Milliseconds until all requests of these exchanges end. */
  readonly all: number;
  /** Milliseconds before the retry, where the registry asks for no other wait. */
  readonly retry: number;
}

const LIMITS: Limits = { request: 10_000, all: 60_000, retry: 1000 };

export interface ExchangeOptions {
  /** Called with each request: method, host and path without the query, status and milliseconds. */
  readonly debug?: (text: string) => void;
  readonly limits?: Partial<Limits>;
  /** Ends all exchanges: their answers are not waited for. */
  readonly signal?: AbortSignal;
}

export interface Request {
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer extends RawAnswer {
  /** Whether another server answered, to which this one redirected. */
  readonly isRedirected: boolean;
}

/** Sends a request and reads its answer, whatever its status. Throws RegistryFailure. */
export type Exchange = (url: string, request: Request) => Promise<Answer>;

/** Exchanges that end together. What passes (429, 5xx, a lost connection) is tried once more; a late answer is not. */
export function exchanging({ debug = () => undefined, limits = {}, signal }: ExchangeOptions): Exchange {
  const { request: limit, all, retry } = { ...LIMITS, ...limits };
  const end = AbortSignal.any([AbortSignal.timeout(all), ...(signal ? [signal] : [])]);
  const pause = (milliseconds: number): Promise<void> => sleep(milliseconds, undefined, signal && { signal });

  /** Throws the error of a lost connection. */
  const once: Exchange = async (url, request) => {
    const { host, pathname } = new URL(url);
    const started = performance.now();
    const observe = (result: string): void =>
      debug(`${request.method ?? 'GET'} ${host}${pathname} ${result} (${Math.round(performance.now() - started)} ms)`);
    const late = AbortSignal.timeout(limit);
    try {
      const answer = await follow(url, request, AbortSignal.any([late, end]));
      observe(String(answer.status));
      return answer;
    } catch (error) {
      observe(`failed: ${reasonOf(error)}`);
      if (!late.aborted && !end.aborted) throw error;
      const seconds = (end.aborted ? all : limit) / 1000;
      throw new RegistryFailure(`${host} gave no complete answer within ${seconds} s`, { cause: error });
    }
  };

  return async (url, request) => {
    try {
      const answer = await once(url, request);
      const wait = waitAfter(answer, retry);
      if (wait === undefined) return answer;
      await pause(wait);
    } catch (error) {
      if (error instanceof RegistryFailure) throw error;
      if (isUnknownName(error)) throw unreached(url, error);
      await pause(retry);
    }
    try {
      return await once(url, request);
    } catch (error) {
      if (error instanceof RegistryFailure) throw error;
      throw unreached(url, error);
    }
  };
}

/** Whether the name service says that there is no such host: a second question gets the same answer. */
const isUnknownName = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOTFOUND';

const unreached = (url: string, cause: unknown): RegistryFailure =>
  new RegistryFailure(`${new URL(url).host} could not be reached: ${reasonOf(cause)}`, { cause });

/** Milliseconds until an answer that passes is asked for again; `undefined` for one that stays. */
function waitAfter({ status, headers }: Answer, retry: number): number | undefined {
  if (status !== 429 && status < 500) return undefined;
  const asked = headers.get('retry-after') ?? '';
  if (!/^\d+$/.test(asked)) return retry;
  return Number(asked) > MAX_WAIT ? undefined : Number(asked) * 1000;
}

/**
 * Follows redirects of a GET, as registries keep blobs on other servers. Credentials are for the server that was asked: they
 * are not sent to another one, nor back from there.
 */
async function follow(url: string, request: Request, signal: AbortSignal): Promise<Answer> {
  const { origin, host } = new URL(url);
  let [at, headers] = [url, { 'user-agent': 'manifest-release-pr', ...request.headers }];
  for (let redirects = 0; ; redirects += 1) {
    const answer = await sendWithin(at, { method: 'GET', ...request, headers, signal }, host);
    const location = answer.headers.get('location');
    if (answer.status < 300 || answer.status > 399 || location === undefined) {
      return { ...answer, isRedirected: new URL(at).origin !== origin };
    }
    const target = URL.canParse(location, at) ? new URL(location, at) : undefined;
    if (request.method === 'POST' || redirects >= MAX_REDIRECTS || !target || !isPrivate(target, origin)) {
      const to = target ? `${target.protocol}//${target.host}` : location;
      throw new RegistryFailure(`${host} redirects to ${oneLine(to)}, which is not followed`);
    }
    at = target.href;
    if (target.origin !== origin) headers = withoutCredentials(headers);
  }
}

async function sendWithin(url: string, request: Parameters<typeof send>[1], host: string): Promise<RawAnswer> {
  try {
    return await send(url, request, MAX_ANSWER);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    throw new RegistryFailure(`${host} answered with more than ${MAX_ANSWER / 2 ** 20} MiB`);
  }
}

const withoutCredentials = <Headers extends object>(headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization')) as Headers;

const reasonOf = (error: unknown): string => oneLine(error instanceof Error ? error.message : String(error));
