/** One operation of Bitbucket Data Center's REST API, and the answers that all of them share. */
import type { Holder } from './access.ts';
import type { PullRequestObjects } from './bitbucket-data-center-objects.ts';
import type { Answer } from './exchange.ts';
import type { SandboxRepository } from './repository.ts';

export interface DataCenterCall {
  readonly repository: SandboxRepository;
  readonly objects: PullRequestObjects;
  readonly visitor: Holder;
  readonly url: URL;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface DataCenterOperation {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/projects/:key/repos/:slug`. What matches in parentheses is given to `answer`. */
  readonly path: RegExp;
  readonly answer: (call: DataCenterCall, ...parts: string[]) => Promise<Answer> | Answer;
}

/** A refusal as Bitbucket words it: by an exception, with what belongs to it. */
export function refusal(status: number, exception: string, message: string, more: object = {}): Answer {
  const exceptionName = `com.atlassian.bitbucket.${exception}`;
  return { status, body: { errors: [{ context: null, message, exceptionName, ...more }] } };
}

/** The part of a list that the query asks for. */
export function pageOf<Item>({ searchParams }: URL, all: readonly Item[], asObject: (item: Item) => object): Answer {
  const [start, limit] = [Number(searchParams.get('start') ?? 0), Number(searchParams.get('limit') ?? 25)];
  const values = all.slice(start, start + limit).map(asObject);
  const isLastPage = start + limit >= all.length;
  const nextPageStart = isLastPage ? null : start + limit;
  return { status: 200, body: { size: values.length, limit, isLastPage, values, start, nextPageStart } };
}
