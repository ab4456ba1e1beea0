/** The connection to a REST API in JSON: failures that pass are tried again, rate limits are waited for, and each call ends. */
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod/mini';
import type { RawAnswer } from '../../core/transport.ts';
import { nextPage, withQuery, type Query } from './address.ts';
import { exchange, type Answer, type Fetch } from './exchange.ts';
import { PATIENCE, waiting, type NotYet } from './patience.ts';
import { finalRefusal, RefusedAnswer } from './refused-answer.ts';
import { secondsAsked } from './seconds-asked.ts';
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
  /** As that of an exchange. */
  readonly translate?: (answer: RawAnswer) => RawAnswer;
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

/** A page of a list: its items, and the address of the next page, or what that has in its query; `undefined` for the last one. */
export interface Part<Item> {
  readonly values: readonly Item[];
  readonly next: string | Query | undefined;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * All calls throw RefusedAnswer for a refusal, which is final but for 429 and 5xx, UnreadableAnswer for what is no answer of
 * that server, and what the connection throws. A request may be sent twice when its answer is lost.
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
    const { name, notYet = [], translate } = server;
    this.#fetch = exchange({
      name,
      limit: this.#limits.request,
      log: this.#log,
      debug,
      mayBeEmpty: true,
      ...(translate && { translate }),
    });
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
    query: Query = {},
  ): Promise<z.output<Shape>> {
    return this.#read(shape, await this.#call(method, this.#urlOf(path, query), body));
  }

  /** Reads a list page by page, as the header Link names the next one; no more than `most` items where that is given. */
  async list<Item extends z.ZodMiniType>(
    items: z.ZodMiniArray<Item>,
    path: string,
    query: Query = {},
    most = Infinity,
  ): Promise<z.output<Item>[]> {
    return this.#pages(this.#urlOf(path, query), most, async (answer) => ({
      values: await this.#read(items, answer),
      next: /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(answer.headers.get('link') ?? '')?.[1],
    }));
  }

  /** The same where a page has the items in itself, and says where the next one is: `part` takes both from it. */
  async listIn<Page extends z.ZodMiniType, Item>(
    page: Page,
    part: (page: z.output<Page>) => Part<Item>,
    path: string,
    query: Query = {},
    most = Infinity,
  ): Promise<Item[]> {
    return this.#pages(this.#urlOf(path, query), most, async (answer) => part(await this.#read(page, answer)));
  }

  async #pages<Item>(from: string, most: number, part: (answer: Answer) => Promise<Part<Item>>): Promise<Item[]> {
    const read: Item[] = [];
    const seen = new Set<string>();
    for (let url: string | undefined = from; url !== undefined && read.length < most;) {
      if (seen.has(url) || seen.size >= MAX_PAGES) {
        throw new UnreadableAnswer(`the list has no end after ${seen.size} pages`, { isFinal: true });
      }
      seen.add(url);
      const { values, next }: Part<Item> = await part(await this.#call('GET', url));
      // A call has no room for all items of a large page.
      for (const value of values) read.push(value);
      url = nextPage(url, next);
    }
    return read.slice(0, most);
  }

  #urlOf(path: string, query: Query): string {
    return withQuery(this.server.apiUrl + path, query);
  }

  async #read<Shape extends z.ZodMiniType>(shape: Shape, answer: Answer): Promise<z.output<Shape>> {
    const data = await dataOf(answer);
    return readAnswer(shape, data);
  }

  async #call(method: Method, url: string, body?: unknown): Promise<Answer> {
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
  async #trying(method: Method, url: string, body: unknown, end: AbortSignal): Promise<Answer> {
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

  async #once(method: Method, url: string, body: unknown, end: AbortSignal): Promise<Answer> {
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
async function dataOf(answer: Answer): Promise<unknown> {
  const text = await answer.text();
  return text === '' ? undefined : JSON.parse(text);
}

const asRefusal = (refused: RefusedAnswer | undefined) =>
  refused && { status: refused.status, reason: refused.message };

const ignore = (): void => undefined;
