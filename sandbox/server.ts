/** The sandbox's HTTP side: one server on loopback that records each exchange and can be told to fail. */
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { GH_GRAPHQL, GRAPHQL, type Answer, type Asked, type Handler, type RecordedRequest } from './exchange.ts';
import { Waiting, type Fault, type Interruption } from './intervention.ts';

/** Bytes that came in and went out, HTTP headers included. */
export interface Traffic {
  readonly received: number;
  readonly sent: number;
}

/** What to do around requests, of which `n` counts from 1. Each is waited for. */
export interface Watch {
  /** Called when the request is carried out, and the client has no answer yet. */
  readonly before?: (n: number) => unknown;
  /** Called when the answer was sent. */
  readonly after?: (n: number) => unknown;
}

export class SandboxServer {
  readonly requests: RecordedRequest[] = [];
  readonly faults = new Waiting<Fault>();
  readonly interruptions = new Waiting<Interruption>();
  readonly #server: Server;
  readonly #latency: number;
  readonly #exchanges = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  readonly #watches: { readonly watch: Watch; seen: number }[] = [];
  readonly #open = new Set<Socket>();
  #past: Traffic = { received: 0, sent: 0 };

  /** Listens on a free port of 127.0.0.1; every request waits `latency` ms. */
  static async start(latency: number): Promise<SandboxServer> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
    return new SandboxServer(server, latency);
  }

  private constructor(server: Server, latency: number) {
    this.#server = server;
    this.#latency = latency;
    server.on('connection', (socket) => {
      this.#open.add(socket);
      socket.on('close', () => {
        this.#past = plus(this.#past, socket);
        this.#open.delete(socket);
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Of all connections so far, those that are open included. */
  get traffic(): Traffic {
    return [...this.#open].reduce(plus, this.#past);
  }

  /** Starts to answer. Until then requests wait. */
  serve(handlers: Readonly<Record<'git' | 'api', Handler>>): void {
    const url = this.url;
    this.#server.on('request', (message: IncomingMessage, response: ServerResponse) => {
      const exchange = this.#exchange(url, handlers, message, response)
        // A client that hung up is the client's affair.
        .catch(() => void response.destroy())
        .finally(() => this.#exchanges.delete(exchange));
      this.#exchanges.add(exchange);
    });
  }

  /** Watches all requests from now on. */
  watch(watch: Watch): void {
    this.#watches.push({ watch, seen: 0 });
  }

  /** Hangs up on everyone and waits until nothing is under way. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    this.#closing.abort();
    await Promise.all([closed, ...this.#exchanges]);
  }

  async #exchange(
    serverUrl: string,
    handlers: Readonly<Record<'git' | 'api', Handler>>,
    message: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const asked = await receive(serverUrl, message);
    const watches = this.#watches.map((entry) => ({ ...entry.watch, n: (entry.seen += 1) }));
    if (this.#latency > 0) await wait(this.#latency, undefined, { signal: this.#closing.signal });
    const given = await this.#answer(asked, handlers[asked.kind]);
    const answer = watches.some(({ before }) => before) ? { ...given, body: await carriedOut(given) } : given;
    const { method, path, kind, operation, authorization, body } = asked;
    const responseBody = answer.body instanceof Readable || Buffer.isBuffer(answer.body) ? undefined : answer.body;
    const named = operation === undefined ? {} : { operation };
    const exchange = { method, path, kind, ...named, authorization, requestBody: body, status: answer.status };
    // Recorded before it is sent, so that a client which has its answer finds it in the list.
    this.requests.push({ ...exchange, responseBody, ...(answer.foreign && { foreign: true }) });
    for (const { before, n } of watches) await before?.(n);
    await send(answer, response);
    for (const { after, n } of watches) await after?.(n);
  }

  async #answer(asked: Asked, handler: Handler): Promise<Answer> {
    try {
      await this.interruptions.take(asked)?.run();
      const fault = this.faults.take(asked);
      if (fault === undefined) return await handler(asked);
      if (fault.carryOut) await carriedOut(await handler(asked));
      return { body: fault.status === 0 ? undefined : { message: STATUS_CODES[fault.status] ?? '' }, ...fault };
    } catch (error) {
      return { status: 500, body: `The sandbox failed: ${error instanceof Error ? error.stack : String(error)}` };
    }
  }
}

function plus({ received, sent }: Traffic, { bytesRead, bytesWritten }: Socket): Traffic {
  return { received: received + bytesRead, sent: sent + bytesWritten };
}

async function receive(serverUrl: string, message: IncomingMessage): Promise<Asked> {
  const { method = 'GET', url: target = '/', headers } = message;
  const path = target === GH_GRAPHQL ? GRAPHQL : target;
  const url = new URL(path, serverUrl);
  const kind = API_PATHS.test(url.pathname) ? 'api' : 'git';
  const body = kind === 'api' ? parsed(await text(message)) : undefined;
  const operation = url.pathname === GRAPHQL ? operationOf(body) : undefined;
  return { method, path, url, kind, operation, authorization: authorizationIn(headers), body, message };
}

/** What the paths of APIs have: those of Bitbucket Cloud and Data Center are the second and the third, Azure's is behind a project. */
const API_PATHS = /^\/(?:api|2\.0|rest)\/|\/_apis\//;

/** GitLab has a header of its own for a token, which is shown here with its name before it. */
function authorizationIn(headers: IncomingMessage['headers']): string | undefined {
  const own = headers['private-token'];
  return headers.authorization ?? (own === undefined ? undefined : `PRIVATE-TOKEN ${String(own)}`);
}

/** The name of the operation in a GraphQL request. */
function operationOf(body: unknown): string | undefined {
  const { query } = (body ?? {}) as { query?: unknown };
  return typeof query === 'string' ? /\b(?:query|mutation)\s+(\w+)/.exec(query)?.[1] : undefined;
}

function parsed(json: string): unknown {
  try {
    return json === '' ? undefined : JSON.parse(json);
  } catch {
    return json;
  }
}

/** The body when all is done: a program that answers by a stream has done its work when the stream has ended. */
async function carriedOut({ body }: Answer): Promise<unknown> {
  return body instanceof Readable ? Buffer.concat((await body.toArray()) as Buffer[]) : body;
}

async function send({ status, headers = {}, body }: Answer, response: ServerResponse): Promise<void> {
  // A client that hung up: piping into what is closed would wait for ever.
  if (response.destroyed) {
    if (body instanceof Readable) body.destroy();
    return;
  }
  if (status === 0) {
    response.destroy();
  } else if (status === 304) {
    response.writeHead(status, headers).end();
  } else if (body instanceof Readable) {
    response.writeHead(status, headers).flushHeaders();
    await pipeline(body, response);
  } else if (Buffer.isBuffer(body)) {
    response.writeHead(status, headers).end(body);
  } else if (typeof body === 'string') {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(body);
  } else {
    const type = { 'content-type': 'application/json; charset=utf-8' };
    response.writeHead(status, { ...type, ...headers }).end(JSON.stringify(body));
  }
}
