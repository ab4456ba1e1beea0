/** GitHub's reason for a refusal, and the setting that it is about. */

import type { ReleaseError } from '../../core/errors.ts';
import { safeText } from '../../core/secrets.ts';
import * as http from '../http/connection-failure.ts';
import { secondsAsked } from '../http/seconds-asked.ts';

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

/**
 * The failure for an error that is no answer of GitHub: CA_UNTRUSTED, RATE_LIMITED, ANSWER_UNREADABLE, SERVER_FAILED or
 * NETWORK. `action` is for a sentence.
 */
export function connectionFailure(action: string, error: unknown): ReleaseError {
  const { status = 0 } = error as { status?: number };
  const isAnswered = isAnsweredBy(error, status);
  return http.connectionFailure(action, error, {
    reason: reasonOf(error),
    isRateLimit: isRateLimit(error),
    retryAfter: secondsAsked(new Map(Object.entries(headersOf(error)).map(([name, value]) => [name, String(value)]))),
    isAnswered,
  });
}

/** Octokit gives status 500 to a connection that failed too. */
function isAnsweredBy(error: unknown, status: number): boolean {
  return status >= 500 && (error as { response?: unknown }).response !== undefined;
}

/**
 * Whether it is a primary or a secondary rate limit: of REST with status 429 or 403, of GraphQL with 200, and not always
 * with these words.
 */
export function isRateLimit(error: unknown): boolean {
  const { status, errors } = fieldsOf(error);
  const headers = headersOf(error);
  const isForbidden =
    status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0');
  const isTyped = Array.isArray(errors) && errors.some((one) => textOf(fieldsOf(one)['type']).startsWith('RATE_LIMIT'));
  return status === 429 || isForbidden || isTyped || /\brate limit|\babuse detection\b/i.test(reasonOf(error));
}

const headersOf = (error: unknown) => fieldsOf(fieldsOf(fieldsOf(error)['response'])['headers']);

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
