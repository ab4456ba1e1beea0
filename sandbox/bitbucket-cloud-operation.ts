/** One operation of Bitbucket Cloud's REST API, and the answers that all of them share. */
import type { Holder } from './access.ts';
import type { Answer } from './exchange.ts';
import type { SandboxRepository } from './repository.ts';

export interface BitbucketCloudCall {
  readonly serverUrl: string;
  readonly repository: SandboxRepository;
  readonly visitor: Holder;
  readonly url: URL;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface BitbucketCloudOperation {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/repositories/:workspace/:slug`. What matches in parentheses is given to `answer`, decoded. */
  readonly path: RegExp;
  readonly answer: (call: BitbucketCloudCall, ...parts: string[]) => Promise<Answer> | Answer;
}

/** A refusal as Bitbucket words it; with what is wrong of single fields. */
export function refusal(status: number, message: string, more: object = {}): Answer {
  return { status, body: { type: 'error', error: { message, ...more } } };
}

/** A field that is wrong. */
export function wrongField(field: string, reason: string): Answer {
  return refusal(400, `${field}: ${reason}`, { fields: { [field]: [reason] } });
}

/** The part of a list that the query asks for, with the address of the next one. */
export function pageOf<Item>(
  url: URL,
  all: readonly Item[],
  asObject: (item: Item) => object,
  { largest = 100, counted = true } = {},
): Answer {
  const [page, pagelen] = [numberIn(url, 'page', 1), numberIn(url, 'pagelen', 10)];
  if (pagelen > largest) return refusal(400, 'Invalid pagelen');
  const values = all.slice((page - 1) * pagelen, page * pagelen).map(asObject);
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  const isLast = page * pagelen >= all.length;
  return {
    status: 200,
    body: { values, pagelen, page, ...(counted && { size: all.length }), ...(!isLast && { next: next.href }) },
  };
}

function numberIn({ searchParams }: URL, name: string, otherwise: number): number {
  return Number(searchParams.get(name) ?? otherwise);
}

/** Whether a query in Bitbucket's language is true: `a.b = "c"`, AND, OR and parentheses; `undefined` for what is no such query. */
export function isTrue(query: string, valueOf: (field: string) => string | undefined): boolean | undefined {
  const tokens = [...query.matchAll(/\(|\)|\bAND\b|\bOR\b|([\w.]+)\s*=\s*"((?:[^"\\]|\\.)*)"|\S/g)];
  let at = 0;
  const is = (word: string): boolean => tokens[at]?.[0] === word;
  const one = (): boolean | undefined => {
    const [whole, field, text = ''] = tokens[at] ?? [];
    at += 1;
    if (whole === '(') {
      const inner = any();
      if (!is(')')) return undefined;
      at += 1;
      return inner;
    }
    return field === undefined ? undefined : valueOf(field) === text.replace(/\\(.)/g, '$1');
  };
  const every = (): boolean | undefined => {
    let result = one();
    while (result !== undefined && is('AND')) {
      at += 1;
      const next = one();
      result = next === undefined ? undefined : result && next;
    }
    return result;
  };
  const any = (): boolean | undefined => {
    let result = every();
    while (result !== undefined && is('OR')) {
      at += 1;
      const next = every();
      result = next === undefined ? undefined : result || next;
    }
    return result;
  };
  const result = any();
  return at === tokens.length ? result : undefined;
}
