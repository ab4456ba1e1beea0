/**
 * Every failure that a user can see: a sentence with the input, the place and the value seen, and what to do. The tables
 * are in failures/, one a subject. `blame` is `yours` (never retried), `again` (the network, a race) or `ours` (a fault of
 * this program; the hint asks for a report).
 */
import {
  at as placed,
  clause,
  define,
  listed,
  REPORT,
  type Blame,
  type Failure,
  type FailureText,
} from './failures/define.ts';
import { oneLine } from './escape.ts';
import { environmentFailures } from './failures/environments.ts';
import { forgeFailures } from './failures/forge.ts';
import { gitFailures } from './failures/git.ts';
import { imageFailures } from './failures/images.ts';
import { inputFailures } from './failures/inputs.ts';
import { manifestFailures } from './failures/manifests.ts';
import { waitingFailures } from './failures/waiting.ts';
import type { Place } from './objects.ts';

export type { ApiAction } from './failures/forge.ts';
export type { Credential } from './failures/git.ts';

/** Where this project is. A copy of it has an address of its own here and in package.json. */
export const PROJECT_URL = 'https://github.com/acme/manifest-release-pr';
/** A section for each code, in the version whose tag moves with this major version. */
const TROUBLESHOOTING = `${PROJECT_URL}/blob/v1/docs/troubleshooting.md`;

const failures = {
  ...inputFailures,
  ...environmentFailures,
  ...manifestFailures,
  ...imageFailures,
  ...gitFailures,
  ...forgeFailures,
  ...waitingFailures,
  RESULT_NOT_WRITTEN: define('yours', ({ reason, done }: { reason: string; done: readonly string[] }) => ({
    message: `The outputs or the job summary could not be written: ${clause(reason)}.`,
    hint: `The run itself is complete:${listed(done)}`,
  })),
  UNEXPECTED: define('ours', ({ reason }: { reason: string }) => ({
    message: `Unexpected error: ${clause(reason)}.`,
    hint: REPORT,
  })),
};

type Failures = typeof failures;
export type FailureCode = keyof Failures;
export type FailureDetails<Code extends FailureCode> = Parameters<Failures[Code]['text']>[0];

interface FailureOptions {
  readonly place: Place | undefined;
  readonly cause: unknown;
  readonly input?: string | undefined;
  readonly retryAfter?: number | undefined;
}

/** A failure that is shown to the user: never a stack, never a secret. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
  readonly code: FailureCode;
  readonly blame: Blame;
  readonly hint: string;
  /** The place in a manifest that it is about, for an annotation. */
  readonly place: Place | undefined;
  /** The input whose value is to be changed; absent where it is about none. */
  readonly input: string | undefined;
  /** Seconds that a server asked to wait before it is asked again; `undefined` where it did not. */
  readonly retryAfter: number | undefined;

  constructor(code: FailureCode, text: FailureText, options: FailureOptions) {
    super(text.message, { cause: options.cause });
    this.code = code;
    this.blame = failures[code].blame;
    this.hint = text.hint;
    this.place = options.place;
    this.input = options.input;
    this.retryAfter = options.retryAfter;
  }

  /** The page that says more about it. */
  get page(): string {
    return `${TROUBLESHOOTING}#${this.code.toLowerCase()}`;
  }

  /** The same failure of an input that has its value in a file. */
  at(place: Place): ReleaseError {
    const { code, message, hint, cause, input } = this;
    return new ReleaseError(code, { message: `${placed(place)}: ${message}`, hint }, { place, cause, input });
  }

  /** The same failure, with a sentence on what was done about it. */
  followedBy(sentence: string): ReleaseError {
    const { code, message, hint, place, cause, input } = this;
    return new ReleaseError(code, { message: `${message} ${oneLine(sentence, 1000)}`, hint }, { place, cause, input });
  }
}

/** All codes, for the check that each message is proved by a test. */
export const failureCodes = Object.keys(failures) as FailureCode[];

/** The error to throw for a code. `details` are untrusted text; they are made safe here. */
export function failure<Code extends FailureCode>(
  code: Code,
  ...[details, cause]: FailureDetails<Code> extends undefined ? [] : [details: FailureDetails<Code>, cause?: unknown]
): ReleaseError {
  const { text } = failures[code] as Failure<unknown>;
  const { place, input, retryAfter } = (details ?? {}) as Partial<FailureOptions>;
  return new ReleaseError(code, text(details), { place, cause, input, retryAfter });
}

const NO_SPACE = /\bENOSPC\b|No space left on device/i;

/** Any thrown value as one of our failures. */
export function asReleaseError(error: unknown): ReleaseError {
  if (error instanceof ReleaseError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (NO_SPACE.test(reason)) return failure('DISK_FULL', { action: 'work in its temporary folder', reason }, error);
  return failure('UNEXPECTED', { reason }, error);
}
