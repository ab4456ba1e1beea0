/** What a run does with versions, and why: what its texts say beside the versions. */
export interface Operation {
  readonly action: 'Release' | 'Promote' | 'Roll back';
  /** Why, in the words of the person who asked for it; empty without a reason. */
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
