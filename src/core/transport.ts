/** How a request reaches a server and its answer comes back whole: by Node's http, or through the proxy that the environment names. */
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { getProxyUrl } from '@actions/http-client/lib/proxy';

export interface Request {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called when all of it has left, except through a proxy. */
  readonly onSent?: (() => void) | undefined;
}

export interface RawAnswer {
  readonly status: number;
  /** By names in lower case; values of headers that came twice are joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** An answer that has more bytes than the caller reads; its connection is ended. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';

  constructor(limit: number) {
    super(`it has more than ${limit / 2 ** 20} MiB`);
  }
}

/**
 * Sends one request and follows no redirect. Throws TooLarge for an answer of more than `limit` bytes after decompression, and the
 * error of Node or of the proxy for a connection that failed.
 */
export async function send(url: string, request: Request, limit: number): Promise<RawAnswer> {
  return getProxyUrl(new URL(url)) ? sendThroughProxy(url, request, limit) : sendDirectly(url, request, limit);
}

/** Node's `fetch` does the same, and takes 35 ms to load and to start. */
async function sendDirectly(
  url: string,
  { method, headers, body, signal, onSent }: Request,
  limit: number,
): Promise<RawAnswer> {
  const { request: open } = url.startsWith('https:') ? await import('node:https') : await import('node:http');
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = { 'accept-encoding': 'gzip, deflate, br', ...headers };
    open(url, { method, headers: sent, ...(signal && { signal }) }, resolve)
      .on('error', (error) => reject(readable(error)))
      .on('finish', () => onSent?.())
      .end(body);
  });
  return {
    status: answer.statusCode ?? 0,
    headers: new Map(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
    body: await readAll(await decompressed(answer), limit),
  };
}

/** A name with several addresses fails with an error for each, and no message of its own. */
function readable(error: Error): Error {
  const [first] = error instanceof AggregateError ? (error.errors as Error[]) : [];
  return first ?? error;
}

async function decompressed(answer: IncomingMessage): Promise<AsyncIterable<Uint8Array>> {
  const encoding = answer.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return answer;
  const { createBrotliDecompress, createUnzip } = await import('node:zlib');
  // An error of the connection destroys the decompressed stream, whose reader gets it.
  return pipeline(answer, encoding === 'br' ? createBrotliDecompress() : createUnzip(), () => undefined);
}

async function readAll(body: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop ends the connection.
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw new TooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** By the fetch of @actions/github. When it is loaded, it looks for the proxy of the address that GITHUB_API_URL has. */
async function sendThroughProxy(
  url: string,
  { method, headers, body, signal }: Request,
  limit: number,
): Promise<RawAnswer> {
  const { GITHUB_API_URL: before } = process.env;
  process.env['GITHUB_API_URL'] = url;
  const { defaults } = await import('@actions/github/lib/utils');
  if (before === undefined) delete process.env['GITHUB_API_URL'];
  else process.env['GITHUB_API_URL'] = before;
  const proxied = (defaults.request?.['fetch'] as typeof fetch | undefined) ?? fetch;
  const answer = await proxied(url, {
    method,
    headers,
    body: body ?? null,
    signal: signal ?? null,
    redirect: 'manual',
  });
  return {
    status: answer.status,
    headers: new Map(answer.headers),
    body: await readAll(answer.body ?? emptyBody(), limit),
  };
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}
