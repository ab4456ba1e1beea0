/** Who may do what: the sandbox's tokens, and the repositories and permissions that each of them has. */
import { randomBytes } from 'node:crypto';

export type Permission = 'none' | 'read' | 'write';

/** What a permission is about, as GitHub names it. */
export type Subject = 'contents' | 'issues' | 'metadata' | 'pull_requests' | 'workflows';

export type Permissions = Readonly<Record<Subject, Permission>>;

/** A workflow's or an App's token, or one of the two kinds that people make. */
export type TokenKind = 'installation' | 'classic' | 'fine-grained';

export interface TokenOptions {
  /** Full names; every repository unless given. */
  readonly repositories?: readonly string[];
  /** `installation` unless given. */
  readonly kind?: TokenKind;
  /** Whose it is; `github-actions[bot]` unless given, and a person for a token that people make. */
  readonly login?: string;
  /** `write` unless given. */
  readonly permission?: Permission;
  /** For one thing, where it differs from `permission`. */
  readonly contents?: Permission;
  readonly issues?: Permission;
  readonly pullRequests?: Permission;
  readonly workflows?: Permission;
  /** The token itself, as another forge would make it; random, with GitHub's prefix, unless given. */
  readonly text?: string;
  /** Whether its time is over. */
  readonly expired?: boolean;
  /** Whether the organization asks for a single sign-on that this token has not gone through. */
  readonly sso?: boolean;
}

/** Somebody with a token that is good. */
export interface Holder {
  readonly token: string;
  readonly kind: TokenKind;
  readonly login: string;
  readonly repositories: readonly string[] | undefined;
  readonly permissions: Permissions;
  readonly sso: boolean;
}

/** A visitor of a request: nobody in particular, somebody with a wrong token, or the holder of a token. */
export type Visitor = 'anonymous' | 'unknown' | Holder;

/** Sets of permissions of which any is enough. */
export type Needs = readonly Partial<Permissions>[];

/** The login of GITHUB_TOKEN. */
export const LOGIN = 'github-actions[bot]';
const PERSON = 'octocat';

const PREFIXES: Readonly<Record<TokenKind, string>> = {
  installation: 'ghs_',
  classic: 'ghp_',
  'fine-grained': 'github_pat_',
};

const LEVELS: readonly Permission[] = ['none', 'read', 'write'];

interface Guarded {
  readonly fullName: string;
  readonly visibility: 'private' | 'public';
}

export class Access {
  readonly #holders = new Map<string, Holder>();

  /** A new random token with these rights. */
  issue(options: TokenOptions = {}): string {
    const { kind = 'installation', permission = 'write', repositories, sso = false } = options;
    const { contents = permission, issues = permission, pullRequests = permission, workflows = permission } = options;
    const login = options.login ?? (kind === 'installation' ? LOGIN : PERSON);
    const permissions = { contents, issues, metadata: 'read', pull_requests: pullRequests, workflows } as const;
    const token = options.text ?? `${PREFIXES[kind]}${randomBytes(18).toString('hex')}`;
    if (options.expired !== true) {
      this.#holders.set(token, { token, kind, login, repositories, permissions, sso });
    }
    return token;
  }

  /** From now on nobody knows the token. */
  revoke(token: string): void {
    this.#holders.delete(token);
  }

  knows(token: string): boolean {
    return this.#holders.has(token);
  }

  /** The visitor of a request from its authorization header: basic with any user name, bearer or token. */
  visitor(authorization: string | undefined): Visitor {
    if (authorization === undefined) return 'anonymous';
    return this.#holders.get(credentialsOf(authorization)) ?? 'unknown';
  }
}

/** The token of an authorization header. */
export function credentialsOf(authorization: string): string {
  const [scheme = '', credentials = ''] = authorization.split(/ +/, 2);
  if (scheme.toLowerCase() !== 'basic') return credentials;
  const decoded = Buffer.from(credentials, 'base64').toString();
  return decoded.replace(/^[^:]*:/, '');
}

/** Whether the visitor's token has the repository among its own; another one is as if it were not there. */
export function holds(visitor: Visitor, { fullName }: Guarded): visitor is Holder {
  return typeof visitor === 'object' && (visitor.repositories?.includes(fullName) ?? true);
}

export function mayRead(visitor: Visitor, repository: Guarded): boolean {
  return repository.visibility === 'public' || holds(visitor, repository);
}

/** Whether any of the sets of permissions is granted; whatever is public may be read with none. */
export function may(visitor: Visitor, repository: Guarded, needs: Needs): boolean {
  const granted = holds(visitor, repository) ? visitor.permissions : undefined;
  const enough = ([subject, needed]: [string, Permission]): boolean =>
    (needed === 'read' && repository.visibility === 'public') ||
    LEVELS.indexOf(granted?.[subject as Subject] ?? 'none') >= LEVELS.indexOf(needed);
  return needs.some((set) => Object.entries(set).every(enough));
}

export function mayPush(visitor: Visitor, repository: Guarded): boolean {
  return may(visitor, repository, [{ contents: 'write' }]);
}
