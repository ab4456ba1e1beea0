/** GitHub's reason for a refusal, and the setting that it is about. */

import { failure, type ReleaseError } from '../../core/errors.ts';
import { safeText } from '../../core/secrets.ts';

/** An answer that is not GitHub's, or not whole. The message is a clause whose subject is the answer or a host. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
  /** Whether the next answer will be the same. */
  readonly isFinal: boolean;

  constructor(message: string, { isFinal = false } = {}) {
    super(message);
    this.isFinal = isFinal;
  }
}

/** Characters of a reason that are read; the longest of GitHub's, with many rules of a repository, has some thousands. */
const MAX_REASON = 10_000;

/** GitHub's message with the details that it lists beside it. */
export function reasonOf(error: unknown): string {
  return safeText(wholeReason(error)).slice(0, MAX_REASON);
}

function wholeReason(error: unknown): string {
  const { message, status, response, errors: graphql } = fieldsOf(error);
  if (Array.isArray(graphql)) return graphql.map((one) => textOf(fieldsOf(one)['message'])).join('; ');
  const { data } = fieldsOf(response);
  if (response !== undefined && typeof data !== 'object') {
    return `status ${String(status)} ${data === '' ? 'without a message' : 'with a text that is not JSON'}`;
  }
  const { message: answered, errors } = fieldsOf(data);
  const details = Array.isArray(errors) ? errors.map(detailOf) : [];
  return [textOf(answered) || textOf(message) || String(error), ...details].join('; ');
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Node's codes for a certificate whose authority is not known. */
const UNTRUSTED =
  /^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT)$/;

/**
 * The failure for an error that is no answer of GitHub: CA_UNTRUSTED, RATE_LIMITED, ANSWER_UNREADABLE, SERVER_FAILED or
 * NETWORK. `action` is for a sentence.
 */
export function connectionFailure(action: string, error: unknown): ReleaseError {
  const unreadable = unreadableIn(error);
  if (unreadable) return failure('ANSWER_UNREADABLE', { action, reason: unreadable.message }, error);
  const reason = reasonOf(error);
  const { status = 0 } = error as { status?: number };
  if (isUntrusted(error)) return failure('CA_UNTRUSTED', { action, variable: 'NODE_EXTRA_CA_CERTS', reason }, error);
  if (isRateLimit(error)) return failure('RATE_LIMITED', { action, reason }, error);
  return failure(isAnsweredBy(error, status) ? 'SERVER_FAILED' : 'NETWORK', { action, reason }, error);
}

/** Octokit gives status 500 to a connection that failed too. */
function isAnsweredBy(error: unknown, status: number): boolean {
  return status >= 500 && (error as { response?: unknown }).response !== undefined;
}

/** The unreadable answer that an error is about; Octokit makes it the cause of an error of its own. */
export function unreadableIn(error: unknown): UnreadableAnswer | undefined {
  if (error instanceof UnreadableAnswer) return error;
  return error instanceof Error ? unreadableIn(error.cause) : undefined;
}

/**
 * Whether it is a primary or a secondary rate limit: of REST with status 429 or 403, of GraphQL with 200, and not always
 * with these words.
 */
export function isRateLimit(error: unknown): boolean {
  const { status, response, errors } = fieldsOf(error);
  const headers = fieldsOf(fieldsOf(response)['headers']);
  const isForbidden =
    status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0');
  const isTyped = Array.isArray(errors) && errors.some((one) => textOf(fieldsOf(one)['type']).startsWith('RATE_LIMIT'));
  return status === 429 || isForbidden || isTyped || /\brate limit|\babuse detection\b/i.test(reasonOf(error));
}

function isUntrusted(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return UNTRUSTED.test((error as NodeJS.ErrnoException).code ?? '') || isUntrusted(error.cause);
}

function detailOf(detail: unknown): string {
  if (typeof detail === 'string') return detail;
  const { message, field, code } = fieldsOf(detail);
  return textOf(message) || [textOf(field), textOf(code)].filter(Boolean).join(' ');
}

const SETTINGS: readonly { readonly reason: RegExp; readonly setting: string }[] = [
  { reason: /auto.?merge is not allowed/i, setting: 'Allow auto-merge' },
  { reason: /squash merg.* not allowed/i, setting: 'Allow squash merging' },
  { reason: /rebase merg.* not allowed/i, setting: 'Allow rebase merging' },
  { reason: /merge commits? .*not allowed/i, setting: 'Allow merge commits' },
];

/** The reason, with the setting of the repository that would lift it. */
export function settingFor(reason: string): string {
  const found = SETTINGS.find((one) => one.reason.test(reason));
  return found ? `${reason} (Settings → General → Pull Requests → “${found.setting}”)` : reason;
}
