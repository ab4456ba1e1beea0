/** The manifest repository, as far as a release needs it. */
import type { Author, Commit, ManifestFile, Problem } from '../core/objects.ts';

/** What is read of a commit. Without words, registries and paths only `files` are. */
export interface SearchTerms {
  /** Words of which a manifest has one. */
  readonly words: readonly string[];
  /** Beginnings of names of which a manifest has one at the end of the value of a key `registry`, `repository` or `hub`. */
  readonly registries?: readonly string[];
  /** Exact names of further files. */
  readonly files?: readonly string[];
  /** Pathspecs; where there are any, all manifests that they match are read, whatever their words. */
  readonly paths?: readonly string[];
  /** Whether files that are no manifests by their names are read too, by the same words or pathspecs. */
  readonly others?: boolean;
}

export interface ReadOptions {
  /** The base's tip unless given. */
  readonly commit?: string;
  /** A branch whose tip is read in the same request; it may still be on its way while the search runs. */
  readonly branch?: string | undefined | Promise<string | undefined>;
  /**
   * Folders; the manifests in them and below them are read too (of the top folder, empty, only those in it), as far as
   * their paths match.
   */
  readonly below?: { readonly folders: readonly string[]; readonly matches: (path: string) => boolean };
  /** Reads at most so many manifests. */
  readonly limit?: number;
}

/** What was read: search, fetch and read are one call. */
export interface ReadManifests {
  readonly manifests: readonly ManifestFile[];
  /** Files of other kinds, where the terms ask for them; none that is binary by its name. */
  readonly others: readonly ManifestFile[];
  /** Manifests that are too large, or whose name is not UTF-8. */
  readonly problems: readonly Problem[];
  /** The tip of the branch asked for; `undefined` where it is not there. */
  readonly tip: Commit | undefined;
}

/** A commit that changed some of the files; for a merge, all that it merged. */
export interface FileChange {
  readonly commit: Commit;
  /** For a merge the tips that it merged; one that was not fetched has no message. */
  readonly merged: readonly Commit[];
  /** When it was committed, as ISO 8601 with the committer's zone. */
  readonly time: string;
  /** All of the files, as far as they are there, before it and after it. */
  readonly before: readonly ManifestFile[];
  readonly after: readonly ManifestFile[];
}

export interface FileHistory {
  /** The newest first. */
  readonly changes: readonly FileChange[];
  /** Whether there is nothing before these. */
  readonly isComplete: boolean;
}

export interface NewCommit {
  /** The parent's object id. */
  readonly parent: string;
  readonly message: string;
  /** Author and committer. */
  readonly author: Author;
  /** Seconds since 1970. */
  readonly time: number;
  /** Files to write; all others stay as in the parent. */
  readonly files: readonly ManifestFile[];
}

export interface Signer {
  readonly format: 'ssh' | 'gpg';
  /** A private key without a passphrase. */
  readonly key: string;
}

/** What the server said of a push. */
export interface Pushed {
  /** The web page of the server that it printed: of the pull request, or where one is opened; empty for none. */
  readonly page: string;
}

/** A branch, and the commit that it was seen at; empty where it was not there. */
export interface SeenBranch {
  readonly branch: string;
  readonly expected: string;
}

/** The result of deleting branches; one that moved or is gone is in neither list. */
export interface Deletion {
  readonly deleted: readonly string[];
  /** Those that the server refused to delete, and why. */
  readonly refused: readonly { readonly branch: string; readonly reason: string }[];
}

/** Calls that read or write are made one after the other, except `history` and `commitsAbove`. */
export interface ManifestStore {
  /** Name of the base branch. */
  readonly base: string;
  /** The id of the base's tip as it was last read, or pushed. */
  readonly baseCommit: string;
  /** False where the forge makes the commits: what was written here cannot be pushed. */
  readonly canPush: boolean;
  /** Reads the base's tip again. Throws BASE_NOT_FOUND where the base is gone. */
  refresh(): Promise<void>;
  /** Reads the base's tip where the forge made a commit of one that was written here: its id there, and the one from here. */
  follow(id: string, written: Commit): Promise<void>;
  /**
   * The manifests of a commit with one of the terms, and some more: the caller looks again. A file whose contents the
   * server lacks is left out. Throws PATHS_INVALID, PATHS_MATCH_NOTHING, PATHS_NOT_FOLLOWED.
   */
  read(terms: SearchTerms, options?: ReadOptions): Promise<ReadManifests>;
  /**
   * Fetches in one request, and reads in one pass, what reads of the base with each of these terms would, and where that
   * takes no request of its own the tips of branches and their pull requests. Terms that `read` refuses are passed over.
   */
  prefetch(terms: readonly SearchTerms[], branches: readonly string[]): Promise<void>;
  /**
   * All manifests of the base's tip, those below pathspecs where there are any, in groups: none is kept. Throws what `read`
   * throws, and CloneNeeded where there is no clone.
   */
  readAll(paths: readonly string[]): AsyncGenerator<Pick<ReadManifests, 'manifests' | 'problems'>, void>;
  /** The paths of all manifests of a commit, the base's tip unless given. */
  paths(commit?: string): Promise<readonly string[]>;
  /** The commit that a branch is at; `undefined` where there is no such branch. */
  tip(branch: string): Promise<Commit | undefined>;
  /** Fetches a commit and what its manifests are; false where the server does not give it. */
  fetchCommit(id: string): Promise<boolean>;
  /** A commit that was read or written before, or the base's tip. */
  readCommit(id: string): Promise<Commit>;
  /** The commits that `head` has and the base lacks, a child before its parents; never too few. */
  commitsAbove(head: string): Promise<readonly Commit[]>;
  /** The latest commits of the base, a child before its parents. */
  history(): Promise<readonly Commit[]>;
  /**
   * The commits that made files of the base what they are, also on branches that were merged, the newest first; as long
   * as the caller asks, the same with more behind them.
   */
  fileCommits(files: readonly string[]): AsyncGenerator<readonly Commit[], void>;
  /** The changes of files up to a commit, by their exact names; as long as the caller asks, with more behind them. */
  fileHistory(files: readonly string[], commit: string): AsyncGenerator<FileHistory, void>;
  /**
   * Fetches in few requests what `fileHistory` of sets of these files up to the base's tip would fetch for the latest
   * changes, so many of each file.
   */
  fetchFileHistories(files: readonly string[], most: number): Promise<void>;
  /** The id of the tree that a commit on `commit` with these files has; nothing is written. */
  treeWith(commit: string, files: readonly ManifestFile[]): Promise<string>;
  /**
   * Writes a commit object, signed where there is a signer; nothing is pushed. Throws SIGNING_KEY_INVALID,
   * PROGRAM_MISSING.
   */
  write(commit: NewCommit, signer?: Signer): Promise<Commit>;
  /**
   * Pushes a commit to a branch that is at `expected` (empty: is not there); where that is the base, it is the new
   * `baseCommit`. `undefined` when the branch is elsewhere, or the base is, and then nothing was pushed: the caller calls
   * `refresh` and plans again. A base that moves each time does not stop a push to another branch.
   * The server gets the options, where it takes any. Throws PUSH_REFUSED, BRANCH_BLOCKED, ACCESS_DENIED, NETWORK.
   */
  push(commit: string, branch: string, expected: string, options?: readonly string[]): Promise<Pushed | undefined>;
  /** The unified diff from a commit to one that was written here on top of it. */
  diff(from: string, to: string): Promise<string>;
  /**
   * Deletes branches that are still where they were seen, in one push. Throws ACCESS_DENIED, NETWORK; that the server
   * keeps one of them is an answer.
   */
  deleteBranches(branches: readonly SeenBranch[]): Promise<Deletion>;
  /** Removes what is on disk, any number of times. */
  close(): Promise<void>;
}
