/** Results of a run: one for each release, or a report on environments. */
import type { ReleaseError } from '../core/errors.ts';
import type { Landing } from '../release/after-merge/landing.ts';
import type { Outcome } from '../release/outcome.ts';
import type { OnFailure } from './config/schema.ts';

/** Of one release: its outcome, and the error that ended it or the wait for what follows. */
export interface Result {
  /** App and environment of the config file; both are empty for a release without one. */
  readonly app: string;
  readonly environment: string;
  /** What follows a refusal by the agents; absent for nothing. */
  readonly onFailure?: OnFailure;
  readonly outcome?: Outcome;
  /** What followed; absent where nothing was waited for. */
  readonly landing?: Landing;
  readonly error?: ReleaseError;
}

/** A table with one or more rows for each environment. */
export interface StatusTable {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}
