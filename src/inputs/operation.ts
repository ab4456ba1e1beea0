/** What a run does with versions, why, and where they come from. */
export interface Operation {
  readonly action: 'Release' | 'Promote' | 'Roll back';
  /** The input `reason`; empty without one. */
  readonly reason: string;
  /** Where the versions come from: the environment, since when (ISO 8601), and the number of its pull request. */
  readonly origin: { readonly environment: string; readonly since: string; readonly pull: string };
  /** The references that a rollback removes; empty for any other operation. */
  readonly rollsBack: readonly string[];
}

export const PLAIN_RELEASE: Operation = {
  action: 'Release',
  reason: '',
  origin: { environment: '', since: '', pull: '' },
  rollsBack: [],
};

/** The branch template of a rollback, whatever the template of a release is. */
export const ROLLBACK_BRANCH = 'rollback/{{ name }}';
