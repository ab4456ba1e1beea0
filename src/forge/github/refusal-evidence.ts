/** What a refusal shows: the words of git or the API, and the answer to a request afterwards with the same token. Pure. */
import type { TokenKind } from './token-kind.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** The API's answer to a request for the repository, made afterwards with the same token. */
export interface Probe {
  readonly status: number;
  /** Empty where the request succeeded. */
  readonly message: string;
  readonly headers: Headers;
  readonly archived?: boolean;
  /** Whether the user behind the token may write; has no meaning for an installation's token. */
  readonly mayPush?: boolean;
}

/** A refusal, and all that is known about it. */
export interface Evidence {
  readonly kind: TokenKind;
  readonly refused: 'read' | 'push' | 'api';
  /** `owner/name`. */
  readonly repository: string;
  /** Whether it is the repository whose workflow runs. */
  readonly isOwnRepository: boolean;
  /** The API's message, or git's stderr. */
  readonly message: string;
  /** Of the API's answer. */
  readonly status?: number;
  readonly headers?: Headers;
  readonly probe?: Probe;
}

const NOT_FOUND = /not found|Could not resolve to a Repository|returned error: 404/i;
const UNKNOWN_CREDENTIALS =
  /Bad credentials|Invalid username or (?:token|password)|Authentication failed|could not read Username|invalid credentials|returned error: 401/i;
const FORBIDDEN =
  /not accessible by|not granted|denied to|Must have (?:push|admin|write)|required scopes|Permission .*denied|returned error: 403|access denied|marked as read only/i;

/** A test for words of the refusal, or of the answer afterwards. */
export const matches =
  (pattern: RegExp) =>
  ({ message, probe }: Evidence): boolean =>
    pattern.test(message) || pattern.test(probe?.message ?? '');

/** A header of the refusal, else of the answer afterwards; `name` in lower case. */
export function headerOf({ headers, probe }: Evidence, name: string): string | undefined {
  return headers?.[name] ?? probe?.headers[name];
}

/** Whether the organization wants the token to be authorized for single sign-on first. */
export function isForSso(evidence: Evidence): boolean {
  return isAboutSso(evidence) || headerOf(evidence, 'x-github-sso')?.startsWith('required') === true;
}

const isAboutSso = matches(/\bSAML\b|single sign-?on/i);

/** Whether the server knows no such credential. */
export function isUnknown({ message, status, probe }: Evidence): boolean {
  return status === 401 || probe?.status === 401 || (probe === undefined && UNKNOWN_CREDENTIALS.test(message));
}

/** Whether the server says that there is no such repository: GitHub says this too where the token may not see it. */
export function isNotSeen(evidence: Evidence): boolean {
  const { message, status, probe } = evidence;
  return probe ? probe.status === 404 && isAccess(evidence) : status === 404 || NOT_FOUND.test(message);
}

/** Whether what was asked for may be absent: GitHub answers the same for what a token may not see, and the repository is seen. */
export const isAbsent = ({ refused, status, probe }: Evidence): boolean =>
  refused === 'api' && status === 404 && probe?.status === 200;

/** Whether a permission was missing; a refusal may also be about the content or the branch. */
export function isAccess({ message, status }: Pick<Evidence, 'message' | 'status'>): boolean {
  if (/rule violation|protected (?:branch|ref)\b/i.test(message)) return false;
  const isRefused = status === 401 || status === 403 || status === 404;
  return isRefused || FORBIDDEN.test(message) || NOT_FOUND.test(message) || UNKNOWN_CREDENTIALS.test(message);
}
