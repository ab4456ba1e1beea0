/** What a run of a mode came to. */
import type { ReleaseError } from '../core/errors.ts';
import type { Outcome } from '../release/outcome.ts';

/** Of one release: an outcome, or why there is none. */
export interface Result {
  /** Of the config file; empty for a release without one, as is the environment. */
  readonly app: string;
  readonly environment: string;
  readonly outcome?: Outcome;
  readonly error?: ReleaseError;
}

/** What environments have, as a table. */
export interface Report {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}
