/** GitHub's reason for a refusal, and the setting that it is about. */

import { failure, type ReleaseError } from '../../core/errors.ts';

/** GitHub's message with the details that it lists beside it. */
export function reasonOf(error: unknown): string {
  const {
    message,
    response,
    errors: graphql,
  } = error as {
    message?: string;
    response?: { data?: unknown };
    errors?: readonly { message?: string }[];
  };
  if (Array.isArray(graphql)) return graphql.map((one: { message?: string }) => one.message ?? '').join('; ');
  const { message: answered, errors } = (response?.data ?? {}) as { message?: string; errors?: unknown };
  const details = Array.isArray(errors) ? errors.map(detailOf) : [];
  return [answered ?? message ?? String(error), ...details].join('; ');
}

/** Node's codes for a certificate whose authority is not known. */
const UNTRUSTED =
  /^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT)$/;

/**
 * The failure for an error that is no answer of GitHub: CA_UNTRUSTED, RATE_LIMITED, SERVER_FAILED or NETWORK. `action` is
 * for a sentence.
 */
export function connectionFailure(action: string, error: unknown): ReleaseError {
  const reason = reasonOf(error);
  const { status = 0 } = error as { status?: number };
  if (isUntrusted(error)) return failure('CA_UNTRUSTED', { action, variable: 'NODE_EXTRA_CA_CERTS', reason }, error);
  if (status === 429 || RATE_LIMIT.test(reason)) return failure('RATE_LIMITED', { action, reason }, error);
  return failure(isAnsweredBy(error, status) ? 'SERVER_FAILED' : 'NETWORK', { action, reason }, error);
}

/** Octokit gives status 500 to a connection that failed too. */
function isAnsweredBy(error: unknown, status: number): boolean {
  return status >= 500 && (error as { response?: unknown }).response !== undefined;
}

/** GitHub answers a primary and a secondary rate limit with 403. */
export const RATE_LIMIT = /\brate limit\b/i;

function isUntrusted(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return UNTRUSTED.test((error as NodeJS.ErrnoException).code ?? '') || isUntrusted(error.cause);
}

function detailOf(detail: string | { message?: string; field?: string; code?: string }): string {
  if (typeof detail === 'string') return detail;
  return detail.message ?? [detail.field, detail.code].filter(Boolean).join(' ');
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
