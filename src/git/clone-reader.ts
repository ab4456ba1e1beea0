/** Objects of a clone, and of repositories beside it: read by one `git cat-file` for each, which runs until the clone is closed. */
import type { ReleaseError } from '../core/errors.ts';
import { kept } from '../core/objects.ts';
import { MAX_MANIFEST } from './large-files.ts';
import { ObjectReader, type GitObject, type ObjectSource } from './object-reader.ts';
import { GitTimeout, startGit } from './run-git.ts';

const READ = ['cat-file', '--batch'];

/** How the commands run. */
interface Running {
  /** Milliseconds that a command may take that begins now. */
  readonly limit: () => number;
  readonly explain: (error: GitTimeout) => ReleaseError;
  readonly debug?: ((text: string) => void) | undefined;
}

export class CloneReader implements ObjectSource {
  readonly #gitDir: string;
  readonly #running: Running;
  /** What was read: the object of an id never changes. */
  readonly #objects = new Map<string, GitObject>();
  /** By the folder of the repository. */
  readonly #readers = new Map<string, ObjectReader>();

  /** `gitDir` is the folder of the clone. */
  constructor(gitDir: string, running: Running) {
    this.#gitDir = gitDir;
    this.#running = running;
  }

  /** Ends the commands. */
  async close(): Promise<void> {
    await Promise.all([...this.#readers.values()].map((reader) => reader.close()));
  }

  /** The id that a ref points to; empty where there is no such ref. */
  async resolve(ref: string): Promise<string> {
    const [object] = await this.#ask([ref], this.#gitDir);
    return object?.id ?? '';
  }

  /**
   * Objects by their ids, or as the `<commit>^{tree}` of one, each read once; `undefined` for one that is not here. Throws
   * GitError, TIMED_OUT.
   */
  async objects(names: readonly string[], gitDir = this.#gitDir): Promise<(GitObject | undefined)[]> {
    const unread = [...new Set(names)].filter((name) => !this.#objects.has(name));
    const read = unread.length > 0 ? await this.#ask(unread, gitDir) : [];
    for (const [index, name] of unread.entries()) {
      const object = read[index];
      if (object) this.#objects.set(name, object);
    }
    return names.map((name) => this.#objects.get(name));
  }

  /** The same for objects that are read once in a run: they are not kept. */
  readOnce(names: readonly string[]): Promise<(GitObject | undefined)[]> {
    return this.#ask(names, this.#gitDir);
  }

  /** The tree of a commit; `undefined` where it is not here. */
  async treeOf(commit: string): Promise<GitObject | undefined> {
    const [tree] = await this.objects([`${commit}^{tree}`]);
    return tree;
  }

  /** Whether an object was read before. */
  hasRead(id: string): boolean {
    return this.#objects.has(id);
  }

  async #ask(names: readonly string[], gitDir: string): Promise<(GitObject | undefined)[]> {
    try {
      return await this.#readerOf(gitDir).read(names, this.#running.limit());
    } catch (error) {
      throw error instanceof GitTimeout ? this.#running.explain(error) : error;
    }
  }

  #readerOf(gitDir: string): ObjectReader {
    return kept(this.#readers, gitDir, () => {
      const reader = new ObjectReader(startGit(READ, { gitDir }), MAX_MANIFEST);
      this.#running.debug?.(`git ${READ.join(' ')}: runs from now on`);
      return reader;
    });
  }
}
