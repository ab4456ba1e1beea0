/** One exchange with a server's API: the request stays on its server, and the answer is read whole, as JSON and within a limit. */
import { jsonOf, textOf } from '../../core/answer-body.ts';
import { safeText } from '../../core/secrets.ts';
import { send, TooLarge, type RawAnswer, type Request } from '../../core/transport.ts';
import { KeptAnswers } from './unchanged.ts';
import { UnreadableAnswer } from './unreadable.ts';

/**
 * Bytes of an answer after decompression. The largest one that we ask for, a hundred pull requests with texts of the
 * greatest length in characters of three bytes, has some 20 MiB.
 */
const MAX_ANSWER = 64 * 2 ** 20;
/** A server redirects once for a repository that was renamed. */
const MAX_REDIRECTS = 5;

/** What Octokit and our own client read of a `Response`. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  /** By names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  text(): Promise<string>;
}

export type Fetch = (url: string, request: Request) => Promise<Answer>;

export interface ExchangeOptions {
  /** The server's name, for sentences. */
  readonly name: string;
  /** What is wrong with the data of an answer of success, as a clause about it; nothing unless given. */
  readonly check?: (url: URL, data: unknown) => string | undefined;
  /** The answer to read in place of one that does not say what it means, as a page to sign in; the same unless given. */
  readonly translate?: (answer: RawAnswer) => RawAnswer;
  /** Whether an answer may be empty, of success or not; no unless given. */
  readonly mayBeEmpty?: boolean;
  /** Milliseconds until a request without a complete answer is lost. */
  readonly limit: number;
  /** Called with the reason why a request will be sent again. */
  readonly log: (text: string) => void;
  /** Called with each request: method, path without the query, status and milliseconds. */
  readonly debug: (text: string) => void;
  /** Called when a request has been sent. */
  readonly onSent?: (() => void) | undefined;
}

/**
 * A `fetch` whose answers are complete. It rejects with UnreadableAnswer for an answer that is not the server's (too large, not
 * JSON, a redirect to another server), and with what `fetch` rejects with.
 */
export function exchange(options: ExchangeOptions): Fetch {
  const { name, limit, log, debug, onSent, translate = (answer) => answer } = options;
  const kept = new KeptAnswers();
  return async (url, request) => {
    // A retry that comes after the end of its call.
    request.signal?.throwIfAborted();
    const started = performance.now();
    const observe = (result: string): void =>
      debug(`${request.method} ${new URL(url).pathname} ${result} (${Math.round(performance.now() - started)} ms)`);
    const late = AbortSignal.timeout(limit);
    try {
      const signal = request.signal ? AbortSignal.any([request.signal, late]) : late;
      const sent = await onOneServer(url, kept.condition(url, { ...request, signal, onSent }), translate);
      const answer = kept.whole(url, request, sent);
      const { status, headers, body } = answer;
      refuseUnreadable(options, new URL(url), answer);
      observe(String(sent.status));
      if (status >= 500) log(`${name} answered ${status}; trying again`);
      return { url, status, headers, text: async () => textOf(body) };
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
async function onOneServer(
  url: string,
  request: Request,
  translate: (answer: RawAnswer) => RawAnswer,
): Promise<RawAnswer> {
  let at = url;
  for (let redirects = 0; ; redirects += 1) {
    const answer = translate(await sendWithin(at, request));
    const location = answer.headers.get('location');
    if (answer.status < 300 || answer.status > 399 || location === undefined) return answer;
    const { origin, host } = new URL(at);
    const target = URL.canParse(location, at) ? new URL(location, at) : undefined;
    if (target?.origin !== origin) {
      const to = target?.host || 'an address that is not valid';
      throw new UnreadableAnswer(`${host} redirects to ${to}, another server, which was not asked`, { isFinal: true });
    }
    // 307 and 308 keep method and body; after the others a client may send GET, which is another request.
    const isSame = answer.status === 307 || answer.status === 308 || /^(?:GET|HEAD)$/i.test(request.method);
    if (!isSame || redirects >= MAX_REDIRECTS) {
      const reason = isSame ? 'redirects without end' : `redirects a ${request.method} with status ${answer.status}`;
      throw new UnreadableAnswer(`${host} ${reason}`, { isFinal: true });
    }
    at = target.href;
  }
}

async function sendWithin(url: string, request: Request): Promise<RawAnswer> {
  try {
    return await send(url, request, MAX_ANSWER);
  } catch (error) {
    throw error instanceof TooLarge ? new UnreadableAnswer(error.message, { isFinal: true }) : error;
  }
}

/** A page of a proxy or a portal may have any status. What servers in trouble send is left to the retries. */
function refuseUnreadable(
  { check = () => undefined, mayBeEmpty = false }: ExchangeOptions,
  url: URL,
  { status, headers, body }: RawAnswer,
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
export function isRateLimited(headers: Answer['headers']): boolean {
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
