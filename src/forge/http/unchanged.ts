/** Conditional requests: what has an ETag is kept, and a server that still has the same need not send it again. */
import type { RawAnswer, Request } from '../../core/transport.ts';

/** Bytes that are kept at most; the oldest answers go first. */
const MOST = 16 * 2 ** 20;

/** The answers of one server to one token. Many servers do not count a request against its limit that is answered so. */
export class KeptAnswers {
  readonly #answers = new Map<string, RawAnswer>();
  #size = 0;

  /** The request, which asks for the answer only where it is another than the kept one. */
  condition(url: string, request: Request): Request {
    const etag = this.#answers.get(keyOf(url, request))?.headers.get('etag');
    return etag === undefined ? request : { ...request, headers: { ...request.headers, 'if-none-match': etag } };
  }

  /** The whole answer: the kept one where the server says that it is unchanged. */
  whole(url: string, request: Request, answer: RawAnswer): RawAnswer {
    const key = keyOf(url, request);
    const before = this.#answers.get(key);
    if (answer.status === 304 && before) return before;
    if (before) this.#drop(key, before);
    if (request.method === 'GET' && answer.status === 200 && answer.headers.has('etag')) this.#keep(key, answer);
    return answer;
  }

  #keep(key: string, answer: RawAnswer): void {
    this.#answers.set(key, answer);
    this.#size += answer.body.length;
    for (const [oldest, one] of this.#answers) {
      if (this.#size <= MOST) return;
      this.#drop(oldest, one);
    }
  }

  #drop(key: string, { body }: RawAnswer): void {
    this.#answers.delete(key);
    this.#size -= body.length;
  }
}

/** Servers answer in the form that is accepted. */
const keyOf = (url: string, { method, headers }: Request): string => `${method} ${url} ${headers['accept'] ?? ''}`;
