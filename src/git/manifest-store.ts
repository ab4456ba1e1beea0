/** What a release needs of the manifest repository. */
import type { Commit, ManifestFile, Problem } from '../core/objects.ts';
import type { NewCommit } from './fast-import.ts';
import type { FileHistory } from './file-history.ts';
import type { Deletion, SeenBranch } from './repository.ts';
import type { Signer } from './signing.ts';

export interface SearchTerms {
  /** Words of which a manifest has one. */
  readonly words: readonly string[];
  readonly registries?: readonly string[];
  /** Exact names of further files. */
  readonly files?: readonly string[];
  /** Pathspecs; where there are any, all manifests that they match are read, whatever their words. */
  readonly paths?: readonly string[];
}

/** What was read: search, fetch and read are one call. */
export interface ReadManifests {
  readonly manifests: readonly ManifestFile[];
  readonly problems: readonly Problem[];
  /** The tip of the branch asked for. */
  readonly tip: Commit | undefined;
}

export interface ManifestStore {
  /** Name of the base branch, and the id of its tip as it was last read. */
  readonly base: string;
  readonly baseCommit: string;
  /** Reads the base's tip again. */
  refresh(): Promise<void>;
  /**
   * The manifests of a commit (the base's tip unless given) with one of the terms, and in the same request the tip of
   * `branch` where one is named. `below`: also the manifests in these folders and below them.
   */
  read(
    terms: SearchTerms,
    options?: { commit?: string; branch?: string; below?: readonly string[] },
  ): Promise<ReadManifests>;
  /** Paths alone, without contents: what `status` expands "*" with. */
  paths(commit?: string): Promise<readonly string[]>;
  tip(branch: string): Promise<Commit | undefined>;
  readCommit(id: string): Promise<Commit>;
  /** The commits that `head` has and the base lacks, a child before its parents. */
  commitsAbove(head: string): Promise<readonly Commit[]>;
  /** The latest commits of the base. */
  history(): Promise<readonly Commit[]>;
  /** The commits that changed files of the base; as long as the caller asks, the same with more behind it. */
  fileCommits(files: readonly string[]): AsyncGenerator<readonly Commit[], void>;
  fileHistory(files: readonly string[], commit: string): AsyncGenerator<FileHistory, void>;
  /** Writes a commit object, signed where there is a signer; nothing is pushed. */
  write(commit: NewCommit, signer?: Signer): Promise<Commit>;
  /** Pushes it to a branch that is at `expected` (empty: is not there). `false` when the branch is elsewhere. */
  push(commit: string, branch: string, expected: string): Promise<boolean>;
  /** The unified diff between two commits. */
  diff(from: string, to: string): Promise<string>;
  deleteBranches(branches: readonly SeenBranch[]): Promise<Deletion>;
  close(): Promise<void>;
}
