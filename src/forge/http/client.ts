/** The connection to a REST API in JSON: failures that pass are tried again, rate limits are waited for, and each call ends. */
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod/mini';
import type { Fetch } from '../../core/answer-body.ts';
import { exchange } from './exchange.ts';
import { PATIENCE, waiting, type NotYet } from './patience.ts';
import { finalRefusal, RefusedAnswer } from './refused-answer.ts';
import { readAnswer, UnreadableAnswer, unreadableIn } from './unreadable.ts';

/** A server's API, and what each request to it has. Requests of a client go to this server alone. */
export interface ApiServer {
  /** For sentences: `GitLab`. */
  readonly name: string;
  /** The root, without a slash at its end: `https://gitlab.example.com/api/v4`. */
  readonly apiUrl: string;
  /** With the token, where there is one. */
  readonly headers: Readonly<Record<string, string>>;
  /** Refusals that pass while a push or an opening has not reached all of the server; none unless given. */
  readonly notYet?: readonly NotYet[];
  /** What a token needs, as a hint behind API_DENIED. */
  readonly access: string;
}

export interface Limits {
  /** Milliseconds until a request without a complete answer is lost. */
  readonly request: number;
  /** Milliseconds until a call ends, with all of its tries and waits. */
  readonly call: number;
  /** A first, a second and a third retry come after 1, 4 and 9 times so many milliseconds. */
  readonly retry: number;
  /** Milliseconds before each further try of what the server does not know yet. */
  readonly patience: readonly number[];
}

/** The same as for GitHub: a call has time for four lost requests, or for three waits. */
const LIMITS: Limits = { request: 30_000, call: 240_000, retry: 500, patience: PATIENCE };
const RETRIES = 3;
/** The longest wait for a rate limit, in seconds, and how many of them a call has. */
const MAX_WAIT = 60;
const MAX_WAITS = 3;
/** Pages of a list: part of it, believed to be all, would be wrong. */
const MAX_PAGES = 200;

export interface ClientOptions {
  /** Called once with each reason why a request is sent again or waits. */
  readonly log?: (text: string) => void;
  /** Called with each request: method, path without the query, status and milliseconds. */
  readonly debug?: (text: string) => void;
  readonly limits?: Partial<Limits>;
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A path of the API: what is put in is percent-encoded, slashes too. */
export function path(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({ raw: parts }, ...values.map((value) => encodeURIComponent(value)));
}

/**
 * All calls throw RefusedAnswer for a refusal, which is final but for 429 and 5xx, UnreadableAnswer for what is no answer of
 * that server, and what `fetch` throws. A request may be sent twice when its answer is lost.
 */
export class JsonClient {
  readonly server: ApiServer;
  readonly #fetch: Fetch;
  readonly #log: (text: string) => void;
  readonly #limits: Limits;
  readonly #patiently: ReturnType<typeof waiting>;

  constructor(server: ApiServer, { log = ignore, debug = ignore, limits = {} }: ClientOptions = {}) {
    this.server = server;
    this.#limits = { ...LIMITS, ...limits };
    const logged = new Set<string>();
    this.#log = (text) => {
      if (!logged.has(text)) log(text);
      logged.add(text);
    };
    const { name, notYet = [] } = server;
    this.#fetch = exchange({ name, limit: this.#limits.request, log: this.#log, debug, mayBeEmpty: true });
    this.#patiently = waiting({ name, notYet, delays: this.#limits.patience, log: this.#log });
  }

  /** Reads one thing. */
  async get<Shape extends z.ZodMiniType>(shape: Shape, path: string, query: Query = {}): Promise<z.output<Shape>> {
    return this.#read(shape, await this.#call('GET', this.#urlOf(path, query)));
  }

  /** Changes something; the answer is read as `shape`, `z.unknown()` where nothing of it is needed. */
  async send<Shape extends z.ZodMiniType>(
    shape: Shape,
    method: Exclude<Method, 'GET'>,
    path: string,
    body?: unknown,
  ): Promise<z.output<Shape>> {
    return this.#read(shape, await this.#call(method, this.#urlOf(path), body));
  }

  /** Reads a list page by page, as the header Link names the next one; no more than `most` items where that is given. */
  async list<Item extends z.ZodMiniType>(
    items: z.ZodMiniArray<Item>,
    path: string,
    query: Query = {},
    most = Infinity,
  ): Promise<z.output<Item>[]> {
    const read: z.output<Item>[] = [];
    const seen = new Set<string>();
    for (let url: string | undefined = this.#urlOf(path, query); url !== undefined && read.length < most;) {
      if (seen.has(url) || seen.size >= MAX_PAGES) {
        throw new UnreadableAnswer(`the list has no end after ${seen.size} pages`, { isFinal: true });
      }
      seen.add(url);
      const answer: Response = await this.#call('GET', url);
      read.push(...(await this.#read(items, answer)));
      url = this.#nextPage(url, answer.headers);
    }
    return read.slice(0, most);
  }

  #urlOf(path: string, query: Query = {}): string {
    const url = new URL(this.server.apiUrl + path);
    for (const [name, value] of Object.entries(query)) {
      for (const one of Array.isArray(value) ? (value as readonly string[]) : [value]) {
        if (one !== undefined) url.searchParams.append(name, String(one));
      }
    }
    return url.href;
  }

  /** Throws UnreadableAnswer for an address elsewhere, which would get the token. */
  #nextPage(from: string, headers: Headers): string | undefined {
    const next = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(headers.get('link') ?? '')?.[1];
    if (next === undefined) return undefined;
    const [url, { origin, host }] = [URL.canParse(next, from) ? new URL(next, from) : undefined, new URL(from)];
    if (url?.origin === origin) return url.href;
    throw new UnreadableAnswer(`${host} says that its list goes on at ${url?.host ?? 'no address'}, another server`, {
      isFinal: true,
    });
  }

  async #read<Shape extends z.ZodMiniType>(shape: Shape, answer: Response): Promise<z.output<Shape>> {
    const data = await dataOf(answer);
    return readAnswer(shape, data);
  }

  async #call(method: Method, url: string, body?: unknown): Promise<Response> {
    const end = AbortSignal.timeout(this.#limits.call);
    const { pathname } = new URL(url);
    const request = `${method} ${pathname}`;
    try {
      return await this.#patiently({
        request,
        key: request,
        send: () => this.#trying(method, url, body, end),
        refusalIn: (sent) => ('error' in sent ? asRefusal(finalRefusal(sent.error)) : undefined),
      });
    } catch (error) {
      if (end.aborted) throw new Error(`there was no result within ${this.#limits.call / 1000} s`, { cause: error });
      throw error;
    }
  }

  /** Until there is an answer that stays, or the tries and the waits are over. */
  async #trying(method: Method, url: string, body: unknown, end: AbortSignal): Promise<Response> {
    for (let [tries, waits] = [0, 0]; ;) {
      try {
        return await this.#once(method, url, body, end);
      } catch (error) {
        const asked = error instanceof RefusedAnswer ? secondsAsked(error.headers) : undefined;
        if (finalRefusal(error) || unreadableIn(error)?.isFinal === true || end.aborted) throw error;
        const isLimit = error instanceof RefusedAnswer && error.isRateLimit && asked !== undefined;
        if (isLimit ? waits >= MAX_WAITS : tries >= RETRIES) throw error;
        if ((asked ?? 0) > MAX_WAIT) throw error;
        if (isLimit) {
          waits += 1;
          this.#log(`${this.server.name} asked to wait ${asked} s (rate limit)`);
        } else tries += 1;
        await sleep(Math.max((asked ?? 0) * 1000, this.#limits.retry * Math.max(tries, 1) ** 2), undefined, {
          signal: end,
        });
      }
    }
  }

  async #once(method: Method, url: string, body: unknown, end: AbortSignal): Promise<Response> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await this.#fetch(url, {
      method,
      headers: { accept: 'application/json', 'user-agent': 'manifest-release-pr', ...json, ...this.server.headers },
      signal: end,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.status < 300) return answer;
    throw new RefusedAnswer(answer.status, answer.headers, await dataOf(answer).catch(() => undefined));
  }
}

/** The JSON of an answer; `undefined` for an empty one. */
async function dataOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  return text === '' ? undefined : JSON.parse(text);
}

/**
 * Seconds that a server asks to wait: Retry-After, in seconds or as a date, or the moment at which its limit begins anew, in
 * seconds from now or since 1970. `undefined` where it says neither.
 */
function secondsAsked(headers: Headers): number | undefined {
  const after = headers.get('retry-after') ?? '';
  if (after !== '') return /^\d+$/.test(after) ? Number(after) : fromNow(Date.parse(after) / 1000);
  const left = headers.get('ratelimit-remaining') ?? headers.get('x-ratelimit-remaining') ?? '0';
  const reset = Number(headers.get('ratelimit-reset') ?? headers.get('x-ratelimit-reset') ?? 'none');
  if (Number.isNaN(reset) || left !== '0') return undefined;
  return reset < 1e9 ? reset : fromNow(reset);
}

const fromNow = (seconds: number): number | undefined =>
  Number.isNaN(seconds) ? undefined : Math.max(Math.ceil(seconds - Date.now() / 1000), 0);

const asRefusal = (refused: RefusedAnswer | undefined) =>
  refused && { status: refused.status, reason: refused.message };

const ignore = (): void => undefined;
