/** A repository as the API of its server shows it: what a release reads of it without a clone. */
import type { Commit } from './objects.ts';

/** An object whose contents have its id, or that could not be read so. */
export interface ApiObject {
  readonly id: string;
  readonly type: 'blob' | 'tree';
  /** Bytes. */
  readonly size: number;
  /** Absent where the API gives something else than the very bytes. */
  readonly content?: Buffer;
  /** Why there is no content, as the end of a sentence about the file: `is cut short by the API`. */
  readonly unreadable?: string;
  /** Whether it has no lines of text. */
  readonly isBinary?: boolean;
}

/** The base as it is now, with what was asked for beside it. */
export interface ApiBase {
  /** Name of the branch. */
  readonly branch: string;
  readonly tip: Commit;
  /** The tips of the branches asked for; `undefined` for one that is not there. */
  readonly tips: ReadonlyMap<string, Commit | undefined>;
}

export interface AskedBase {
  /** Empty for the default branch. */
  readonly branch: string;
  /** Files and folders, without wildcards: these, what is below them and the folders above them are read with the base. */
  readonly paths: readonly string[];
  /** Branches whose tips are read too. */
  readonly branches: readonly string[];
}

/** Reads throw CloneNeeded where the API is not enough, refuses or fails to answer; a deletion throws API_DENIED and NETWORK. */
export interface RepositoryApi {
  /** One request unless much is asked for; throws CloneNeeded too where the base is not there. */
  readBase(asked: AskedBase): Promise<ApiBase>;
  /**
   * Fetches in one request a commit and the objects at paths of it, all that is below them and the folders above them; gives
   * the commit, `undefined` where it is not there.
   */
  load(commit: string, paths: readonly string[]): Promise<Commit | undefined>;
  /** Objects by their ids, each fetched once, all that are missing in one request; `undefined` for one that is not there. */
  objects(ids: readonly string[]): Promise<readonly (ApiObject | undefined)[]>;
  /** Takes an object that was made here. */
  keep(object: ApiObject): void;
  tip(branch: string): Promise<Commit | undefined>;
  /** The commits that lead to a commit, a child before its parents; no more than the API gives at once. */
  history(commit: string): Promise<readonly Commit[]>;
  /** Those that changed one of the files, also on branches that were merged, the newest first; no more than the API gives at once. */
  fileCommits(commit: string, files: readonly string[]): Promise<readonly Commit[]>;
  /** Deletes a branch that is at `expected`; `moved` where it is not, or why the server refuses. */
  deleteBranch(branch: string, expected: string): Promise<'deleted' | 'moved' | { readonly refused: string }>;
}

/** What a repository's API cannot give: the work is done again in a clone. */
export class CloneNeeded extends Error {
  override readonly name = 'CloneNeeded';

  /** `reason` is a clause: `apps/web.yaml is a symbolic link`. */
  constructor(reason: string) {
    super(reason);
  }
}
