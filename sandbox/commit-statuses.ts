/** What agents write about the commits of a repository. */

export interface CommitStatus {
  readonly id: number;
  readonly commit: string;
  readonly context: string;
  readonly state: 'success' | 'failure' | 'pending';
  readonly description: string;
  readonly url: string;
  /** Login. */
  readonly author: string;
  readonly time: string;
}

export type Writing = Pick<CommitStatus, 'context' | 'state'> & Partial<CommitStatus>;

const NOTHING = { description: '', url: '', author: 'flux-bot' };

export class CommitStatuses {
  #all: readonly CommitStatus[] = [];

  /** Adds one; each is later than those before. */
  add(commit: string, writing: Writing): CommitStatus {
    const id = this.#all.length + 1;
    const added = { ...NOTHING, time: new Date(Date.now() + id).toISOString(), ...writing, id, commit };
    this.#all = [...this.#all, added];
    return added;
  }

  /** Those of a commit, the newest first. */
  of(commit: string): readonly CommitStatus[] {
    return this.#all.filter((one) => one.commit === commit).toReversed();
  }

  /** The latest of each context, the newest first. */
  latestOf(commit: string): readonly CommitStatus[] {
    const all = this.of(commit);
    return all.filter((one) => all.find(({ context }) => context === one.context) === one);
  }

  get(id: number): CommitStatus | undefined {
    return this.#all.find((one) => one.id === id);
  }
}
