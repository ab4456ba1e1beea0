/** One row of the tables of inputs and settings. */

export interface InputDefinition {
  readonly name: string;
  readonly description: string;
  /** Empty unless given. */
  readonly default?: string;
  /** Several values: one per line, or names that may also have commas between; on the command line also by repeating the flag. */
  readonly list?: 'lines' | 'names';
  /** The values that it may have. */
  readonly choices?: readonly string[];
  /** A secret: it comes in this environment variable on the command line, and a setting in the Action too. */
  readonly variable?: string;
  /** Allowed in the config file: `filled` with app and environment there, or a template that is `rendered` later. */
  readonly perEnvironment?: 'filled' | 'rendered';
}

/** Before the token of a workflow that is the default of an input: what a person gives has no such mark. */
export const WORKFLOW_TOKEN = 'workflow:';

export const BOOLEAN = ['true', 'false'] as const;
