/** What a run does with versions, and why: what its texts say beside the versions themselves. */
export interface Story {
  readonly action: 'Release' | 'Promote' | 'Roll back';
  /** Of the config file; empty for a release without one, as is the environment. */
  readonly app: string;
  readonly environment: string;
  /** Why, in the words of whoever asked for it. */
  readonly reason: string;
  /** Where the versions stood before: the environment, since when (ISO 8601), and the number of its pull request. */
  readonly origin: { readonly environment: string; readonly since: string; readonly pull: string };
  /** The references that a rollback takes away; empty for anything else. */
  readonly rollsBack: readonly string[];
}

export const PLAIN_RELEASE: Story = {
  action: 'Release',
  app: '',
  environment: '',
  reason: '',
  origin: { environment: '', since: '', pull: '' },
  rollsBack: [],
};

/** A rollback has a branch of its own, whatever that of a release is called. */
export const ROLLBACK_BRANCH = 'rollback/{{ name }}';
