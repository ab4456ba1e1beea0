/** A visitor of the sandbox's API, whose every exchange must be as GitHub describes it. */
import { beforeEach } from 'vitest';
import type { RepositoryOptions, Sandbox, SandboxRepository } from '../../sandbox/sandbox.ts';
import { eachWithSandbox, type Started } from './each-with-sandbox.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Visitor {
  readonly sandbox: Sandbox;
  /** `acme/manifests`, with the branch `release/web` one commit ahead of `main`. */
  readonly repository: SandboxRepository;
  /** Asks below the API's root, with the sandbox's own token unless another is given. */
  readonly ask: (method: string, path: string, body?: unknown, token?: string) => Promise<ApiAnswer>;
  /** Sends a GraphQL document. */
  readonly query: (document: string, variables: object, token?: string) => Promise<ApiAnswer>;
  /** Opens a pull request from `release/web` into `main` without the API. */
  readonly open: (fields?: Partial<Parameters<SandboxRepository['pullRequests']['open']>[0]>) => Promise<number>;
}

/** For each test a fresh sandbox; afterwards no exchange may have departed from GitHub's descriptions. */
export function eachWithVisitor(options: RepositoryOptions = {}): () => Visitor {
  const started = eachWithSandbox({ 'web.yaml': 'image: web:1.4.1\n' }, {}, options);
  let visitor: Visitor;
  beforeEach(async () => {
    visitor = await visitorOf(started());
  });
  return () => visitor;
}

async function visitorOf({ sandbox, repository }: Started): Promise<Visitor> {
  await repository.commit('release/web', { 'web.yaml': 'image: web:1.4.2\n' });
  const ask = async (method: string, url: string, body: unknown, token: string): Promise<ApiAnswer> => {
    const answer = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
  return {
    sandbox,
    repository,
    ask: (method, path, body, token = sandbox.token) => ask(method, `${sandbox.apiUrl}${path}`, body, token),
    query: (query, variables, token = sandbox.token) =>
      ask('POST', `${sandbox.serverUrl}/api/graphql`, { query, variables }, token),
    open: async (fields = {}) => {
      const [headSha = '', baseSha = ''] = [await repository.tip('release/web'), await repository.tip('main')];
      const ends = { head: 'release/web', headSha, base: 'main', baseSha };
      const opened = repository.pullRequests.open({ title: 'Release web', body: '', draft: false, ...ends, ...fields });
      if (!opened) throw new Error('one is open already');
      return opened.number;
    },
  };
}
