/** The hint behind a refusal, of git or of an API, by rules about the token and the server's words. */
import { ReleaseError, type FailureCode } from '../core/errors.ts';
import type { KnownAccess } from './access.ts';
import { RefusedAnswer } from './http/refused-answer.ts';

const REFUSALS: ReadonlySet<FailureCode> = new Set([
  'ACCESS_DENIED',
  'REPOSITORY_NOT_FOUND',
  'PUSH_REFUSED',
  'API_DENIED',
]);

/** What is known of a refusal. */
export interface Evidence<TokenKind> {
  readonly kind: TokenKind | 'ssh-key';
  /** By git, or by the API. */
  readonly by: 'git' | 'api';
  readonly code: FailureCode;
  readonly repository: string;
  /** Of the API; 0 by git. */
  readonly status: number;
  /** In the words of the server. */
  readonly message: string;
}

export interface Rule<TokenKind> {
  readonly applies: (evidence: Evidence<TokenKind>) => boolean;
  readonly hint: (evidence: Evidence<TokenKind>) => string;
}

/** The same failure with the hint of the first rule that applies; every other error as it is. */
export function explainByRules<TokenKind>(
  rules: readonly Rule<TokenKind>[],
  error: unknown,
  { token, remote }: KnownAccess,
  kind: TokenKind,
): unknown {
  if (!(error instanceof ReleaseError) || !REFUSALS.has(error.code)) return error;
  const { code, message, place, cause } = error;
  const answer = cause instanceof RefusedAnswer ? cause : undefined;
  const usesKey = !answer && remote.transport === 'ssh';
  if (token === '' && !usesKey) return error;
  const evidence: Evidence<TokenKind> = {
    kind: usesKey ? 'ssh-key' : kind,
    by: answer ? 'api' : 'git',
    code,
    repository: remote.name,
    status: answer?.status ?? 0,
    message: answer?.message ?? stderrOf(cause) ?? message,
  };
  const hint = rules.find(({ applies }) => applies(evidence))?.hint(evidence);
  return hint === undefined ? error : new ReleaseError(code, { message, hint }, { place, cause });
}

/** Whether git or the API did not take the token at all. */
export function isUnknownToken({ status, message }: Pick<Evidence<unknown>, 'status' | 'message'>): boolean {
  return (
    status === 401 ||
    /HTTP Basic: Access denied|returned error: 401|Authentication failed|Invalid credentials/i.test(message)
  );
}

/** Whether git or the API shows no such repository to the token. */
export function isUnknownRepository({
  status,
  code,
  message,
}: Pick<Evidence<unknown>, 'status' | 'code' | 'message'>): boolean {
  return status === 404 || code === 'REPOSITORY_NOT_FOUND' || /returned error: 404/.test(message);
}

/** Whether the token is known, and lacks a right. */
export const isForbidden = ({ status, code }: Pick<Evidence<unknown>, 'status' | 'code'>): boolean =>
  status === 403 || code === 'ACCESS_DENIED';

/** Of an error of git, which this room does not import. */
function stderrOf(cause: unknown): string | undefined {
  const { name, stderr } = (cause ?? {}) as { name?: unknown; stderr?: unknown };
  return name === 'GitError' && typeof stderr === 'string' ? stderr : undefined;
}
