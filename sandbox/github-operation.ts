/** One operation of GitHub's REST API on a repository, and the answers that all of them share. */
import type { Access, Needs, Visitor } from './access.ts';
import type { Addresses, Json } from './github-repository.ts';
import type { PullRequest } from './pull-requests.ts';
import type { Invalid } from './pull-request-rules.ts';
import type { SandboxRepository } from './repository.ts';
import type { Answer } from './exchange.ts';

export interface GitHubApiOptions extends Addresses {
  readonly access: Access;
  readonly find: (fullName: string) => SandboxRepository | undefined;
  readonly repositories: () => readonly SandboxRepository[];
}

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/repos/{owner}/{repo}`. What matches in parentheses is given to `answer`, decoded. */
  readonly path: RegExp;
  readonly needs: Needs;
  readonly answer: (call: Call, ...parts: string[]) => Promise<Answer> | Answer;
}

export interface Call {
  readonly addresses: Addresses;
  readonly repository: SandboxRepository;
  readonly visitor: Visitor;
  readonly url: URL;
  readonly body: Json;
}

const DOCUMENTATION = 'https://docs.github.com/rest';

export function problem(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: { message, documentation_url: DOCUMENTATION, status: String(status) } };
}

export function invalid(errors: readonly Invalid[], page = ''): Answer {
  const documentation = `${DOCUMENTATION}/${page}`;
  const body = { message: 'Validation Failed', errors, documentation_url: documentation, status: '422' };
  return { status: 422, body };
}

/** The pull request of a number in a path; undefined when there is none. */
export async function pullRequestOf({ repository }: Call, number: string): Promise<PullRequest | undefined> {
  return (await repository.pullRequests.all()).find((one) => one.number === Number(number));
}

export function loginOf({ visitor }: Call): string {
  return typeof visitor === 'object' ? visitor.login : '';
}

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The texts of a list; nothing where there is no list. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
