/** What is fetched into a clone after it was made: contents of files, tips of branches, commits. */
import { ReleaseError } from '../core/errors.ts';
import type { Clone, CloneOptions } from './clone.ts';
import { MAX_MANIFEST } from './large-files.ts';

/** With pathspecs no contents are cloned, else all but what is no manifest by its size. */
export function filterOf({ paths }: CloneOptions): string {
  return paths.length > 0 ? '--filter=blob:none' : `--filter=blob:limit=${MAX_MANIFEST}`;
}

export class Fetches {
  readonly #clone: Clone;
  /** Blobs that were fetched: they need not be asked for again. */
  readonly #fetched = new Set<string>();

  constructor(clone: Clone) {
    this.#clone = clone;
  }

  /** Whether no contents were cloned. */
  get isPartial(): boolean {
    return this.#clone.options.paths.length > 0;
  }

  /**
   * Fetches blobs that are not here yet, and the tip of a branch, in one request; gives the id of that tip, empty where
   * there is no such branch.
   */
  async contents(ids: readonly string[], branch?: string): Promise<string> {
    const blobs = this.isPartial ? [...new Set(ids)].filter((id) => !this.#fetched.has(id)) : [];
    // A pattern, because git fails on the exact name of a branch that is not there.
    const refs = branch === undefined ? [] : [`+refs/heads/${branch}*:refs/remotes/origin/${branch}*`];
    if (await this.#fetch([...blobs, ...refs])) for (const id of blobs) this.#fetched.add(id);
    return branch === undefined ? '' : this.#clone.reader.resolve(`refs/remotes/origin/${branch}`);
  }

  /** Moves a branch of the clone to where it is on the server; gives its tip. */
  async branch(branch: string): Promise<string> {
    await this.#fetch([`+refs/heads/${branch}:refs/heads/${branch}`]);
    return this.#clone.reader.resolve(`refs/heads/${branch}`);
  }

  /** Fetches a commit and its trees, and its files where the clone has some; false where the server does not give it. */
  async commit(id: string): Promise<boolean> {
    try {
      return await this.#fetch([id]);
    } catch (error) {
      if (error instanceof ReleaseError && error.code === 'GIT_FAILED') return false;
      throw error;
    }
  }

  /** Fetches objects and refs; whether the server had all of them. */
  async #fetch(wants: readonly string[]): Promise<boolean> {
    if (wants.length === 0) return true;
    const shape = ['--quiet', '--depth=1', '--no-tags', '--no-write-fetch-head', '--recurse-submodules=no', '--prune'];
    const fetch = ['fetch', ...shape, filterOf(this.#clone.options), '--stdin', 'origin'];
    // Negotiating over commits whose blobs are not here fails.
    const config = this.isPartial ? { 'fetch.negotiationAlgorithm': 'noop' } : {};
    const { exitCode } = await this.#clone.useServer(fetch, { input: wants.join('\n'), config, answers: [0, 1] });
    return exitCode === 0;
  }
}
