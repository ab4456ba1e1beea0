/** Results of a run: one for each release, or a report on environments. */
import type { ReleaseError } from '../core/errors.ts';
import type { Outcome } from '../release/outcome.ts';

/** Of one release: its outcome, or the error that ended it. */
export interface Result {
  /** App and environment of the config file; both are empty for a release without one. */
  readonly app: string;
  readonly environment: string;
  readonly outcome?: Outcome;
  readonly error?: ReleaseError;
}

/** A table with one or more rows for each environment. */
export interface StatusTable {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}
