/** What the trees of commits have: the entries of files, by their names, below folders, and by pathspecs. */
import { failure } from '../core/errors.ts';
import type { Clone } from './clone.ts';
import { lastLine } from './explain-stderr.ts';
import { readTree, type TreeEntry } from './git-objects.ts';
import { GitError } from './run-git.ts';

/** Names in one argument list, far below every system's limit. */
const CHUNK = 500;
/** The tree without entries, which git knows without having it. */
const NOTHING = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};
/** Git takes each path as it is written. */
const LITERAL = { GIT_LITERAL_PATHSPECS: '1' };
/** A pathspec that is a file or a folder: without a wildcard, magic, and steps that git would resolve. */
const PLAIN = /^(?!:)(?!(?:.*\/)?(?:\.{0,2}\/|\.{1,2}$))[^*?[\\]+$/;

export class Trees {
  readonly #clone: Clone;
  readonly #loaded = new Map<string, LoadedTree>();

  constructor(clone: Clone) {
    this.#clone = clone;
  }

  /** Reads all of a commit's tree, for a run that asks for many parts of it: each is then found without a process. */
  async load(commit: string): Promise<void> {
    if (!this.#loaded.has(commit)) this.#loaded.set(commit, new LoadedTree(await this.all(commit)));
  }

  /** All entries of a commit, in git's order. */
  async all(commit: string): Promise<readonly TreeEntry[]> {
    const loaded = this.#loaded.get(commit);
    return loaded ? loaded.entries : this.#list(['-r', '-z', commit]);
  }

  /** Those of files by their exact names; one that is not there is left out. */
  async named(names: readonly string[], commit: string): Promise<readonly TreeEntry[]> {
    const loaded = this.#loaded.get(commit);
    if (loaded) return loaded.named(names);
    const entries: TreeEntry[] = [];
    for (let start = 0; start < names.length; start += CHUNK) {
      entries.push(...(await this.#list(['-z', commit, '--', ...names.slice(start, start + CHUNK)])));
    }
    return entries;
  }

  /** Those in folders and below them; of the top folder (empty) only those in it. */
  async below(folders: readonly string[], commit: string): Promise<TreeEntry[]> {
    const loaded = this.#loaded.get(commit);
    const listings = folders.map(async (folder): Promise<readonly TreeEntry[]> => {
      if (loaded) return folder === '' ? loaded.atTop() : loaded.matching([`${folder}/`]);
      return this.#list(folder === '' ? ['-z', commit] : ['-r', '-z', commit, '--', `${folder}/`]);
    });
    return (await Promise.all(listings)).flat();
  }

  /** Those that pathspecs match. Throws PATHS_INVALID. */
  async matching(pathspecs: readonly string[], commit: string): Promise<readonly TreeEntry[]> {
    const loaded = this.#loaded.get(commit);
    if (loaded && pathspecs.every((pathspec) => PLAIN.test(pathspec))) return loaded.matching(pathspecs);
    const nothing = commit.length === 64 ? NOTHING.sha256 : NOTHING.sha1;
    try {
      // The difference of a tree to nothing is the tree, and diff-tree, unlike ls-tree, takes every pathspec.
      const listing = ['diff-tree', '-r', '-z', '--no-renames', nothing, commit, '--', ...pathspecs];
      return readTree((await this.#clone.run(listing)).stdout);
    } catch (error) {
      if (error instanceof GitError) throw failure('PATHS_INVALID', { reason: lastLine(error.stderr) }, error);
      throw error;
    }
  }

  async #list(args: readonly string[]): Promise<TreeEntry[]> {
    return readTree((await this.#clone.run(['ls-tree', ...args], { environment: LITERAL })).stdout);
  }
}

interface Range {
  readonly start: number;
  /** The number behind the last. */
  readonly end: number;
}

/** All entries of a tree; git lists those of a folder one behind the other. */
class LoadedTree {
  readonly entries: readonly TreeEntry[];
  /** The numbers of the entries of each path: one of a file, and all below a folder, which has a slash at its end. */
  readonly #ranges = new Map<string, Range>();

  constructor(entries: readonly TreeEntry[]) {
    this.entries = entries;
    for (const [index, { path }] of entries.entries()) {
      this.#ranges.set(path, { start: index, end: index + 1 });
      for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        const folder = path.slice(0, slash + 1);
        this.#ranges.set(folder, { start: this.#ranges.get(folder)?.start ?? index, end: index + 1 });
      }
    }
  }

  named(names: readonly string[]): readonly TreeEntry[] {
    return this.#in(names.flatMap((name) => (name.endsWith('/') ? [] : (this.#ranges.get(name) ?? []))));
  }

  atTop(): readonly TreeEntry[] {
    return this.entries.filter(({ path }) => !path.includes('/'));
  }

  /** By files and folders; a slash at the end is one of a folder. */
  matching(paths: readonly string[]): readonly TreeEntry[] {
    return this.#in(
      paths.flatMap((path) => this.#ranges.get(path) ?? this.#ranges.get(`${path.replace(/\/$/, '')}/`) ?? []),
    );
  }

  /** Each entry once, in the order of the tree. */
  #in(ranges: readonly Range[]): readonly TreeEntry[] {
    const entries: TreeEntry[] = [];
    let next = 0;
    for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
      entries.push(...this.entries.slice(Math.max(start, next), end));
      next = Math.max(next, end);
    }
    return entries;
  }
}
