/** One operation of Gitea's REST API on a repository, and the answers that all of them share. */
import type { Visitor } from './access.ts';
import type { Answer } from './exchange.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A label of a repository; Gitea knows none that was not made. */
export interface Label {
  readonly id: number;
  readonly name: string;
}

/** What Gitea keeps beside a repository of the sandbox. */
export interface GiteaState {
  labels: readonly Label[];
}

export interface Call {
  readonly serverUrl: string;
  readonly repository: SandboxRepository;
  readonly state: GiteaState;
  readonly visitor: Visitor;
  readonly url: URL;
  readonly body: Json;
}

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/repos/{owner}/{repo}`. What matches in parentheses is given to `answer`, decoded. */
  readonly path: RegExp;
  /** What a token's scope must name. */
  readonly scope: 'repository' | 'issue';
  readonly answer: (call: Call, ...parts: string[]) => Promise<Answer> | Answer;
}

export function problem(status: number, message: string): Answer {
  return { status, body: { message, url: 'https://gitea.com/api/swagger', errors: null } };
}

/** Without a body, as Gitea answers to what has no result. */
export const done = (status: number): Answer => ({ status, body: Buffer.alloc(0) });

/** The pull request of a number in a path, for an answer about it; else that there is none. */
export async function withPullRequest(
  { repository }: Call,
  number: string,
  answer: (pullRequest: PullRequest) => Promise<Answer> | Answer,
): Promise<Answer> {
  const found = (await repository.pullRequests.all()).find((one) => one.number === Number(number));
  return found ? answer(found) : problem(404, 'not found');
}

/** The items of the page that a query asks for. */
export function pageOf<Item>(items: readonly Item[], url: URL): readonly Item[] {
  const limit = Math.min(Number(url.searchParams.get('limit') ?? 30), 50);
  const page = Number(url.searchParams.get('page') ?? 1);
  return items.slice((page - 1) * limit, page * limit);
}

export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
