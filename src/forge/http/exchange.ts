/** One exchange with a server's API: the request stays on its server, and the answer is read whole, as JSON and within a limit. */
import { jsonOf, readWhole, type Fetch } from '../../core/answer-body.ts';
import { safeText } from '../../core/secrets.ts';
import { UnreadableAnswer } from './unreadable.ts';

/**
 * Bytes of an answer after decompression. The largest one that we ask for, a hundred pull requests with texts of the
 * greatest length in characters of three bytes, has some 20 MiB.
 */
export const MAX_ANSWER = 64 * 2 ** 20;
/** A server redirects once for a repository that was renamed. */
const MAX_REDIRECTS = 5;

export interface ExchangeOptions {
  /** The server's name, for sentences. */
  readonly name: string;
  /** What is wrong with the data of an answer of success, as a clause about it; nothing unless given. */
  readonly check?: (url: URL, data: unknown) => string | undefined;
  /** Whether an answer may be empty, of success or not; no unless given. */
  readonly mayBeEmpty?: boolean;
  /** Milliseconds until a request without a complete answer is lost. */
  readonly limit: number;
  /** Called with the reason why a request will be sent again. */
  readonly log: (text: string) => void;
  /** Called with each request: method, path without the query, status and milliseconds. */
  readonly debug: (text: string) => void;
}

/**
 * A `fetch` whose answers are complete. It rejects with UnreadableAnswer for an answer that is not the server's (too large, not
 * JSON, a redirect to another server), and with what `fetch` rejects with.
 */
export function exchange(options: ExchangeOptions): Fetch {
  const { name, limit, log, debug } = options;
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
      const answer = await onOneServer(url, { ...request, signal });
      const { status, statusText, headers } = answer;
      const body = await readWhole(answer, MAX_ANSWER);
      if (!body) throw new UnreadableAnswer(`it has more than ${MAX_ANSWER / 2 ** 20} MiB`, { isFinal: true });
      refuseUnreadable(options, new URL(url), answer, body);
      observe(String(status));
      if (status >= 500) log(`${name} answered ${status}; trying again`);
      return new Response(body.length > 0 ? body : null, { status, statusText, headers: [...headers] });
    } catch (error) {
      const failed = late.aborted ? new Error(`there was no complete answer within ${limit / 1000} s`) : error;
      observe(`failed: ${safeText(failed instanceof Error ? failed.message : String(failed))}`);
      if (request.signal?.aborted || (failed instanceof UnreadableAnswer && failed.isFinal)) throw failed;
      log(`${name} ${late.aborted ? `did not answer within ${limit / 1000} s` : 'could not be reached'}; trying again`);
      throw failed;
    }
  };
}

/** Follows redirects to the same origin alone: nothing of a request goes elsewhere, and no other server answers it. */
async function onOneServer(url: string, request: RequestInit): Promise<Response> {
  let at = url;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await send(at, { ...request, redirect: 'manual' });
    const location = answer.headers.get('location');
    if (answer.status < 300 || answer.status > 399 || location === null) return answer;
    await answer.body?.cancel();
    const { origin, host } = new URL(at);
    const target = URL.canParse(location, at) ? new URL(location, at) : undefined;
    if (target?.origin !== origin) {
      const to = target?.host || 'an address that is not valid';
      throw new UnreadableAnswer(`${host} redirects to ${to}, another server, which was not asked`, { isFinal: true });
    }
    // 307 and 308 keep method and body; after the others a client may send GET, which is another request.
    const isSame = answer.status === 307 || answer.status === 308 || /^(?:GET|HEAD)$/i.test(request.method ?? 'GET');
    if (!isSame || redirects >= MAX_REDIRECTS) {
      const reason = isSame ? 'redirects without end' : `redirects a ${request.method} with status ${answer.status}`;
      throw new UnreadableAnswer(`${host} ${reason}`, { isFinal: true });
    }
    at = target.href;
  }
}

/** A page of a proxy or a portal may have any status. What servers in trouble send is left to the retries. */
function refuseUnreadable(
  { check = () => undefined, mayBeEmpty = false }: ExchangeOptions,
  url: URL,
  { status, headers }: Response,
  body: Buffer,
): void {
  if (status >= 500 || status === 429 || status === 204 || (mayBeEmpty && body.length === 0)) return;
  const isJson = /\bjson\b/.test(headers.get('content-type') ?? '');
  if (status >= 300) {
    if (isRateLimited(headers) || (isJson && isObject(jsonOf(body)))) return;
    throw new UnreadableAnswer(`${kindOf(body, isJson)}, with status ${status}`, { isFinal: true });
  }
  const data = isJson ? jsonOf(body) : undefined;
  if (!isObject(data)) throw new UnreadableAnswer(kindOf(body, isJson));
  const wrong = check(url, data);
  if (wrong !== undefined) throw new UnreadableAnswer(wrong);
}

/** Whether the headers of a refusal say that it is a rate limit. */
export function isRateLimited(headers: Headers): boolean {
  return (
    ['x-ratelimit-remaining', 'ratelimit-remaining'].some((name) => headers.get(name) === '0') ||
    headers.has('retry-after')
  );
}

function kindOf(body: Buffer, isJson: boolean): string {
  if (body.length === 0) return 'it is empty';
  if (!isJson)
    return `it is ${/^\s*<(?:!doctype|html)/i.test(body.toString('utf8', 0, 200)) ? 'a web page' : 'not JSON'}`;
  return jsonOf(body) === undefined
    ? 'it is JSON that is cut short or damaged'
    : 'it is not the JSON that was asked for';
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Node's own client knows no proxies; the one that does takes 40 ms to load, and few need it. */
async function send(url: string, request: RequestInit): Promise<Response> {
  if (!Object.keys(process.env).some((name) => /^https?_proxy$/i.test(name))) return fetch(url, request);
  const { getProxyUrl } = await import('@actions/http-client');
  return getProxyUrl(url) === '' ? fetch(url, request) : (await proxiedFetch(url))(url, request);
}

/** The fetch of @actions/github. When it is loaded, it looks for the proxy of the address that GITHUB_API_URL has. */
async function proxiedFetch(url: string): Promise<Fetch> {
  const { GITHUB_API_URL: before } = process.env;
  process.env['GITHUB_API_URL'] = url;
  const { defaults } = await import('@actions/github/lib/utils');
  if (before === undefined) delete process.env['GITHUB_API_URL'];
  else process.env['GITHUB_API_URL'] = before;
  return (defaults.request?.['fetch'] as Fetch | undefined) ?? fetch;
}
