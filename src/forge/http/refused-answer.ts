/** A server's answer that is no success: its status, and the reason in its own words. */
import { safeText } from '../../core/secrets.ts';
import { isRateLimited, type Answer } from './exchange.ts';

/** Characters of a reason that are read. */
const MAX_REASON = 10_000;

/** An answer with a status of 400 or more; the message is the reason in the server's words. */
export class RefusedAnswer extends Error {
  override readonly name = 'RefusedAnswer';
  readonly status: number;
  readonly headers: Answer['headers'];
  /** Its JSON; `undefined` where it has none. */
  readonly data: unknown;

  constructor(status: number, headers: Answer['headers'], data: unknown) {
    super(reasonIn(status, data));
    this.status = status;
    this.headers = headers;
    this.data = data;
  }

  /** Whether another request would be answered later. */
  get isRateLimit(): boolean {
    return this.status === 429 || (this.status === 403 && isRateLimited(this.headers));
  }

  /** Whether the answer will be the same next time. */
  get isFinal(): boolean {
    return this.status < 500 && !this.isRateLimit;
  }
}

/** The refusal that will be the same next time; `undefined` for every other error. */
export function finalRefusal(error: unknown): RefusedAnswer | undefined {
  return error instanceof RefusedAnswer && error.isFinal ? error : undefined;
}

/** What is written of a pull request; where the server refuses that because it ended, the pull request as it is. */
export async function unlessEnded<Facts>(
  write: () => Promise<Facts>,
  read: () => Promise<Facts>,
  isOpen: (facts: Facts) => boolean,
): Promise<Facts> {
  try {
    return await write();
  } catch (error) {
    const now = finalRefusal(error) && (await read());
    if (now === undefined || isOpen(now)) throw error;
    return now;
  }
}

/** Lists and maps around the words; the servers have four at most. */
const MAX_DEPTH = 8;

/** The fields in which servers say why, in the order in which they are shown. */
const WORDS = ['message', 'error_description', 'error', 'errors', 'detail', 'fields'] as const;

function reasonIn(status: number, data: unknown): string {
  const reason = safeText(wordsOf(data)).slice(0, MAX_REASON);
  return reason === '' ? `status ${status} without a message` : reason;
}

/** `{message: {title: ['is too long']}}` -> `title is too long`. */
function wordsOf(data: unknown, depth = 0): string {
  if (typeof data === 'string') return data;
  if (typeof data !== 'object' || data === null || depth > MAX_DEPTH) return '';
  const inner = (value: unknown): string => wordsOf(value, depth + 1);
  if (Array.isArray(data)) return joined(data.map(inner));
  const fields = data as Readonly<Record<string, unknown>>;
  const known = WORDS.filter((name) => fields[name] !== undefined && fields[name] !== null);
  if (known.length > 0) return joined(known.map((name) => inner(fields[name])));
  return joined(Object.entries(fields).map(([name, value]) => withName(name, inner(value))));
}

const withName = (name: string, words: string): string =>
  words === '' || name === 'base' ? words : `${name} ${words}`;

/** Each once: Bitbucket Cloud says the same of a field twice, with a colon and without. */
function joined(words: readonly string[]): string {
  const byLetters = new Map(words.toReversed().map((one) => [one.replace(/[^\p{L}\p{N}]+/gu, ' ').trim(), one]));
  return [...byLetters.values()].toReversed().filter(Boolean).join('; ');
}
