/** An API that answers what it is told, for what the sandbox does not do: broken answers, Apps, headers. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Asked {
  /** `METHOD /path`. */
  readonly request: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/**
 * A status with a body as JSON; text and bytes are sent as they are. `drop` hangs up, `cut` does so within the body; `silent` never
 * answers, and `trickle` sends a body that never ends.
 */
export type Answer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'drop'
  | 'cut'
  | 'silent'
  | 'trickle';

export interface StubApi {
  /** With the path of Enterprise Server. */
  readonly apiUrl: string;
  readonly asked: readonly Asked[];
  readonly requests: () => string[];
  readonly close: () => Promise<void>;
}

/** Starts it; `answer` is asked for each request, and an empty object is the answer where it gives none. */
export async function startStubApi(answer: (asked: Asked) => Answer | undefined): Promise<StubApi> {
  const asked: Asked[] = [];
  const server = createServer((message, response) => {
    void text(message).then((body) => {
      const { method = '', url = '', headers } = message;
      const one = {
        request: `${method} ${url}`,
        headers,
        body: body === '' ? undefined : (JSON.parse(body) as unknown),
      };
      asked.push(one);
      const given = answer(one) ?? { status: 200, body: {} };
      if (given === 'drop') return void response.destroy();
      if (given === 'silent') return undefined;
      const json = { 'content-type': 'application/json; charset=utf-8' };
      if (given === 'cut') {
        response.writeHead(200, { ...json, 'content-length': '100' });
        return void response.write('{"data":', () => response.destroy());
      }
      if (given === 'trickle') {
        response.writeHead(200, json);
        const sending = setInterval(() => response.write(' '), 5);
        return void response.on('close', () => clearInterval(sending));
      }
      const type = typeof given.body === 'string' ? { 'content-type': 'text/html' } : json;
      response.writeHead(given.status, { ...type, ...given.headers });
      const isRaw = typeof given.body === 'string' || Buffer.isBuffer(given.body);
      return void response.end(isRaw ? given.body : JSON.stringify(given.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/v3`,
    asked,
    requests: () => asked.map(({ request }) => request.replace('/api/v3', '')),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
