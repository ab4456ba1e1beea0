/** What happens to a pull request after it was opened: whether it was merged, and the statuses of the commits that followed. */

/** A pull request, as far as its merge is concerned. */
export interface Merge {
  readonly state: 'open' | 'closed' | 'merged';
  readonly base: string;
  /** The commit that the merge made: the merge commit, the squashed one, or the last one of a rebase. Empty while it is not known. */
  readonly commit: string;
  /** When it was merged: ISO 8601, UTC; empty while it is not known. */
  readonly time: string;
}

/** What an agent or another program wrote about a commit. */
export interface CommitStatus {
  /** Its name: `kustomization/apps/1a2b3c4d`. */
  readonly context: string;
  readonly state: 'success' | 'failure' | 'pending';
  readonly description: string;
  /** Web page; empty for none. */
  readonly url: string;
  /** Login name; empty where the forge gives none. */
  readonly author: string;
  /** ISO 8601, UTC; empty where the forge does not say. */
  readonly time: string;
}

/** All throw API_DENIED and NETWORK (or RATE_LIMITED or SERVER_FAILED). */
export interface Merges {
  readonly read: (number: number) => Promise<Merge>;
  /**
   * Ids of the commits that a branch has on top of a commit, the oldest first, as many of the latest as the forge gives at once.
   * `undefined` where the branch does not have that commit, or the forge cannot say.
   */
  readonly since: (commit: string, branch: string) => Promise<readonly string[] | undefined>;
  /** The latest statuses of a commit, the newest first, those too that a later one of the same context has replaced, where the forge keeps them. */
  readonly statuses: (commit: string) => Promise<readonly CommitStatus[]>;
  /** Whether the forge gives the author of a status. */
  readonly hasAuthors: boolean;
  /**
   * What the forge has of a commit beside its statuses, as statuses too, by what their contexts begin with: `deployment` of
   * `deployment/<environment>`. Absent where it has nothing.
   */
  readonly beside?: Readonly<Record<string, (commit: string) => Promise<readonly CommitStatus[]>>>;
}

/** Statuses by their ids, which grow. */
export const newestFirst = <Status extends { readonly id: number }>(statuses: readonly Status[]): readonly Status[] =>
  statuses.toSorted((one, other) => other.id - one.id);

/** The context of a build status of Bitbucket: its key, below its name where the key is a hash, as agents make it of a longer name. */
export const buildContext = (key: string, name: string): string =>
  /^[0-9a-f]{40}$/.test(key) && name !== '' ? `${name}/${key}` : key;
