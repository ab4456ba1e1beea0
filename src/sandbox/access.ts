/** Who may do what: the sandbox's tokens, and the repositories and permissions that each of them has. */
import { randomBytes } from 'node:crypto';

export type Permission = 'read' | 'write';

export interface TokenOptions {
  /** Full names; every repository unless given. */
  readonly repositories?: readonly string[];
  /** `write` unless given. */
  readonly permission?: Permission;
  /** For pull requests, where it differs from `permission`. */
  readonly pullRequests?: Permission;
}

/** A visitor of a request: nobody in particular, somebody with a wrong token, or the holder of a token. */
export type Visitor = 'anonymous' | 'unknown' | TokenOptions;

/** The login of every token, as that of GITHUB_TOKEN. */
export const LOGIN = 'github-actions[bot]';

interface Guarded {
  readonly fullName: string;
  readonly visibility: 'private' | 'public';
}

export class Access {
  readonly #tokens = new Map<string, TokenOptions>();

  /** A new random token with these rights. */
  issue(options: TokenOptions = {}): string {
    const token = `ghs_${randomBytes(18).toString('hex')}`;
    this.#tokens.set(token, options);
    return token;
  }

  /** The visitor of a request from its authorization header: basic with any user name, bearer or token. */
  visitor(authorization: string | undefined): Visitor {
    if (authorization === undefined) return 'anonymous';
    const [scheme = '', credentials = ''] = authorization.split(/ +/, 2);
    const basic = scheme.toLowerCase() === 'basic';
    const token = basic
      ? Buffer.from(credentials, 'base64')
          .toString()
          .replace(/^[^:]*:/, '')
      : credentials;
    return this.#tokens.get(token) ?? 'unknown';
  }
}

export function mayRead(visitor: Visitor, repository: Guarded): boolean {
  return repository.visibility === 'public' || holds(visitor, repository);
}

export function mayPush(visitor: Visitor, repository: Guarded): boolean {
  return holds(visitor, repository) && visitor.permission !== 'read';
}

export function mayWritePullRequests(visitor: Visitor, repository: Guarded): boolean {
  return holds(visitor, repository) && (visitor.pullRequests ?? visitor.permission) !== 'read';
}

function holds(visitor: Visitor, { fullName }: Guarded): visitor is TokenOptions {
  return typeof visitor === 'object' && (visitor.repositories?.includes(fullName) ?? true);
}
