/** The failure for an error that is no refusal of the server: it, the network or something between did not answer. */
import { failure, type ReleaseError } from '../../core/errors.ts';
import { unreadableIn } from './unreadable.ts';

/** What a client knows of its own errors. */
export interface Failed {
  /** In the server's words, or those of the network. */
  readonly reason: string;
  readonly isRateLimit: boolean;
  /** Seconds after which the server may be asked again; `undefined` where it does not say. */
  readonly retryAfter: number | undefined;
  /** Whether the server itself answered, with a status of 500 or more. */
  readonly isAnswered: boolean;
}

/** Node's codes for a certificate whose authority is not known. */
const UNTRUSTED =
  /^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT)$/;

/** CA_UNTRUSTED, RATE_LIMITED, ANSWER_UNREADABLE, SERVER_FAILED or NETWORK. `action` is for a sentence. */
export function connectionFailure(
  action: string,
  error: unknown,
  { reason, isRateLimit, retryAfter, isAnswered }: Failed,
): ReleaseError {
  const unreadable = unreadableIn(error);
  if (unreadable) return failure('ANSWER_UNREADABLE', { action, reason: unreadable.message }, error);
  if (isUntrusted(error)) return failure('CA_UNTRUSTED', { action, variable: 'NODE_EXTRA_CA_CERTS', reason }, error);
  if (isRateLimit)
    return failure('RATE_LIMITED', { action, reason, ...(retryAfter !== undefined && { retryAfter }) }, error);
  return failure(isAnswered ? 'SERVER_FAILED' : 'NETWORK', { action, reason }, error);
}

function isUntrusted(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return UNTRUSTED.test((error as NodeJS.ErrnoException).code ?? '') || isUntrusted(error.cause);
}
