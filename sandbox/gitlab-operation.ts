/** One operation of GitLab's REST API, and the answers that all of them share. */
import type { Visitor } from './access.ts';
import type { Answer } from './exchange.ts';
import type { GitLabUsers } from './gitlab-objects.ts';
import type { SandboxRepository } from './repository.ts';

export interface GitLabCall {
  readonly serverUrl: string;
  readonly users: GitLabUsers;
  readonly project: SandboxRepository;
  readonly visitor: Visitor;
  readonly url: URL;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface GitLabOperation {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/projects/:id`. What matches in parentheses is given to `answer`, decoded. */
  readonly path: RegExp;
  readonly answer: (call: GitLabCall, ...parts: string[]) => Promise<Answer> | Answer;
}

/** A refusal as GitLab words it: a text, a list, or texts by field. */
export function refusal(status: number, message: unknown): Answer {
  return { status, body: { message } };
}

export const NOT_FOUND = (what: string): Answer => refusal(404, `404 ${what} Not Found`);

/** The part of a list that the query asks for, with the address of the next one. */
export function pageOf<Item>(url: URL, all: readonly Item[], asObject: (item: Item) => unknown): Answer {
  const [page, size] = [numberIn(url, 'page', 1), Math.min(numberIn(url, 'per_page', 20), 100)];
  const items = all.slice((page - 1) * size, page * size);
  if (page * size >= all.length) return { status: 200, body: items.map(asObject) };
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  return { status: 200, headers: { link: `<${next.href}>; rel="next"` }, body: items.map(asObject) };
}

function numberIn({ searchParams }: URL, name: string, otherwise: number): number {
  return Number(searchParams.get(name) ?? otherwise);
}
