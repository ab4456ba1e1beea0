/** Git over smart HTTP, served by git's own `http-backend`, behind the doors of GitHub. */
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { holds, may, mayPush, mayRead, type Access } from './access.ts';
import type { Answer, Asked } from './exchange.ts';
import { git, startGit } from './git.ts';
import { withMergeRequest } from './gitlab-push-options.ts';
import { protectionRefusal, refusalReport } from './push-refusal.ts';
import { ssoUrl } from './refusals.ts';
import type { SandboxRepository } from './repository.ts';
import { workflowRefusal } from './workflow-refusal.ts';

type GitProcess = ReturnType<typeof startGit>;

export interface GitServerOptions {
  /** The folder that holds `owner/name.git`. */
  readonly root: string;
  readonly access: Access;
  readonly find: (fullName: string) => SandboxRepository | undefined;
  readonly partialClone: boolean;
}

let backend: Promise<string> | undefined;

/** The path of git's own program: by way of git each request would take a process more. */
function httpBackend(): Promise<string> {
  backend ??= git(['--exec-path']).then((folder) => join(folder.toString().trim(), 'git-http-backend'));
  return backend;
}

const REALM = { 'www-authenticate': 'Basic realm="GitHub"' };

export class GitServer {
  readonly #options: GitServerOptions;
  readonly #running = new Set<GitProcess>();
  #closed = false;

  constructor(options: GitServerOptions) {
    this.#options = options;
  }

  /** Answers one request of smart HTTP, as GitHub would. */
  async answer(asked: Asked): Promise<Answer> {
    const path = asked.url.pathname.split('/').map(decodeURIComponent).join('/');
    const [, fullName = '', action = ''] =
      /^\/(?:scm\/)?([^/]+(?:\/[^/]+?)+)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(path) ?? [];
    const repository = this.#options.find(fullName);
    const service = action === 'info/refs' ? asked.url.searchParams.get('service') : action;
    const refusal = this.#refusal(asked, repository, service === 'git-receive-pack');
    if (refusal) return refusal;
    if (!repository) return notFound();
    if (asked.method === 'POST' && action === 'git-receive-pack') return await this.#receive(asked, repository);
    return await this.#backend(asked, `/${repository.fullName}.git/${action}`);
  }

  /** Ends what is still running, waits for it, and starts nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    const ends = [...this.#running].map(async (child) => {
      const end = new Promise((resolve) => child.once('close', resolve));
      child.kill();
      await end;
    });
    await Promise.all(ends);
  }

  #refusal(
    { authorization, url }: Asked,
    repository: SandboxRepository | undefined,
    push: boolean,
  ): Answer | undefined {
    const visitor = this.#options.access.visitor(authorization);
    if (visitor === 'unknown') {
      const body = 'Invalid username or token. Password authentication is not supported for Git operations.\n';
      return { status: 401, headers: REALM, body };
    }
    const readable = repository !== undefined && mayRead(visitor, repository);
    if (visitor === 'anonymous') {
      if (!readable) return { ...notFound(), status: 401, headers: REALM };
      return push ? { status: 401, headers: REALM, body: 'No anonymous write access.\n' } : undefined;
    }
    if (!readable) return notFound();
    if (visitor.sso && holds(visitor, repository)) return unsigned(repository, url.origin);
    if (!may(visitor, repository, [{ contents: 'read' }])) {
      return { status: 403, body: 'Write access to repository not granted.\n' };
    }
    if (!push || mayPush(visitor, repository)) return undefined;
    return { status: 403, body: `Permission to ${repository.fullName}.git denied to ${visitor.login}.\n` };
  }

  async #receive(asked: Asked, repository: SandboxRepository): Promise<Answer> {
    const body = await buffer(asked.message);
    const refusal =
      protectionRefusal(body, repository.protectedRefs) ?? (await this.#workflowRefusal(asked, repository, body));
    if (refusal === undefined) {
      const answer = await this.#backend(asked, `/${repository.fullName}.git/git-receive-pack`, body);
      return await withMergeRequest(answer, body, repository, asked.url.origin, this.#loginOf(asked));
    }
    return { status: 200, headers: { 'content-type': 'application/x-git-receive-pack-result' }, body: refusal };
  }

  #loginOf({ authorization }: Asked): string {
    const visitor = this.#options.access.visitor(authorization);
    return typeof visitor === 'object' ? visitor.login : '';
  }

  async #workflowRefusal({ authorization }: Asked, repository: SandboxRepository, body: Buffer) {
    const visitor = this.#options.access.visitor(authorization);
    if (typeof visitor !== 'object' || may(visitor, repository, [{ workflows: 'write' }])) return undefined;
    const reason = await workflowRefusal(repository, body, visitor.kind);
    return reason === undefined ? undefined : refusalReport(body, reason);
  }

  /** Runs git's own server as a CGI program. */
  async #backend(asked: Asked, path: string, body?: Buffer): Promise<Answer> {
    const { root, partialClone } = this.#options;
    const program = await httpBackend();
    if (this.#closed) return { status: 503 };
    const child = startGit([], {
      program,
      config: {
        'http.receivepack': 'true',
        'receive.advertisePushOptions': 'true',
        'uploadpack.allowFilter': String(partialClone),
        'uploadpack.allowAnySHA1InWant': 'true',
      },
      environment: { GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: path, ...cgiVariables(asked) },
    });
    this.#running.add(child);
    child.once('close', () => this.#running.delete(child));
    child.stderr.resume();
    // A program that ends before it has read its input has its reason in the answer.
    if (body) child.stdin.on('error', () => undefined).end(body);
    else pipeline(asked.message, child.stdin).catch(() => undefined);
    return await cgiAnswer(child);
  }
}

function notFound(): Answer {
  return { status: 404, body: 'Repository not found.\n' };
}

/** The organization asks for a single sign-on first. */
function unsigned({ owner }: SandboxRepository, serverUrl: string): Answer {
  const body =
    `The '${owner}' organization has enabled or enforced SAML SSO.\n` +
    `To access this repository, visit ${ssoUrl(serverUrl, owner)} and try your request again.\n`;
  return { status: 403, body };
}

function cgiVariables({ method, url, message: { headers } }: Asked): Record<string, string> {
  return {
    REQUEST_METHOD: method,
    QUERY_STRING: url.search.slice(1),
    REMOTE_ADDR: '127.0.0.1',
    CONTENT_TYPE: headers['content-type'] ?? '',
    ...(headers['content-length'] !== undefined && { CONTENT_LENGTH: headers['content-length'] }),
    ...(headers['content-encoding'] !== undefined && { HTTP_CONTENT_ENCODING: headers['content-encoding'] }),
    GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
  };
}

/** The answer of a CGI program: its headers are read here, the rest when it is sent. */
async function cgiAnswer({ stdout }: GitProcess): Promise<Answer> {
  let seen = Buffer.alloc(0);
  for await (const chunk of stdout.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    seen = Buffer.concat([seen, chunk]);
    const end = seen.indexOf('\r\n\r\n');
    if (end === -1) continue;
    stdout.unshift(seen.subarray(end + 4));
    const lines = seen.toString('latin1', 0, end).split('\r\n');
    const { status = '200', ...headers } = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    // The stream itself: whoever ends the answer early ends the program, too.
    return { status: parseInt(status, 10), headers, body: stdout };
  }
  return { status: 500, body: 'git http-backend ended without an answer.\n' };
}
