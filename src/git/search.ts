/** The manifests of a commit that may have an image: by `git grep`, or all below the given pathspecs. */
import { failure } from '../core/errors.ts';
import { isManifestName } from '../core/manifest-names.ts';
import { isBinaryName } from './binary-files.ts';
import type { Clone } from './clone.ts';
import { tooLarge } from './large-files.ts';
import type { ReadOptions, SearchTerms } from './manifest-store.ts';
import type { TreeEntry } from './git-objects.ts';
import type { Trees } from './trees.ts';
import type { Problem } from '../core/objects.ts';

/** A manifest that may have an image. */
export type Candidate = TreeEntry;

export interface Found {
  readonly candidates: readonly Candidate[];
  /** Files that are no manifests by their names, and may have a word too. */
  readonly others: readonly Candidate[];
  /** Manifests that are too large, or whose name is not UTF-8. */
  readonly problems: readonly Problem[];
}

const NONE: Found = { candidates: [], others: [], problems: [] };

export class ManifestSearch {
  readonly #clone: Clone;
  readonly #trees: Trees;
  readonly #base: string;
  /** The last search for each set of terms. */
  readonly #grepped = new Map<string, { readonly commit: string; readonly found: Found }>();

  /** `base` is named in failures. */
  constructor(clone: Clone, trees: Trees, base: string) {
    this.#clone = clone;
    this.#trees = trees;
    this.#base = base;
  }

  /**
   * The manifests of a commit that `ManifestStore.read` reads: by pathspecs (those of the clone where the terms have
   * none) or words, then by name, then those below folders.
   * Throws PATHS_INVALID, PATHS_MATCH_NOTHING, PATHS_NOT_FOLLOWED.
   */
  async find(terms: SearchTerms, commit: string, nearby?: ReadOptions['below']): Promise<Found> {
    const { files = [] } = terms;
    const found = await this.#byContents(terms, commit);
    const named = await this.#trees.named(files, commit);
    const listed = nearby ? await this.#trees.below(nearby.folders, commit) : [];
    const near = listed.filter((entry) => isManifest(entry) && nearby?.matches(entry.path));
    const all = [...found.candidates, ...named.filter(({ type }) => type === 'file'), ...near];
    const candidates = new Map(all.map((candidate) => [candidate.path, candidate]));
    const others = found.others.filter(({ path }) => terms.others === true && !candidates.has(path));
    return { ...found, candidates: [...candidates.values()], others };
  }

  #byContents(terms: SearchTerms, commit: string): Promise<Found> | Found {
    const { words, registries = [], paths = [] } = terms;
    const hasWords = words.length + registries.length > 0;
    const pathspecs = paths.length === 0 && hasWords ? this.#clone.options.paths : paths;
    if (pathspecs.length > 0) return this.#list(pathspecs, commit);
    return hasWords ? this.#grep(terms, commit) : NONE;
  }

  /**
   * What was found once is looked for again only in what changed since: after a lost race on 100,000 files git finds
   * that in 2 ms, and a search takes some hundred.
   */
  async #grep(terms: SearchTerms, commit: string): Promise<Found> {
    const key = JSON.stringify([terms.words, terms.registries]);
    const before = this.#grepped.get(key);
    const found = before
      ? await this.#grepChanges(before.found, before.commit, commit)
      : await this.#grepAll(terms, commit);
    this.#grepped.set(key, { commit, found });
    return found;
  }

  /**
   * The files with one of the words or registries, and some more: the caller looks again. On
   * 100,000 files one expression of 500 words takes 0.4 s, and 500 expressions, tried one by one, 23 s. A second thread
   * waits for the first at each object: 0.5 s in place of 0.4 s.
   */
  async #grepAll({ words, registries = [] }: SearchTerms, commit: string): Promise<Found> {
    const expressions = [
      ...words.map((word) => `${literally(word)}([^[:alnum:]_]|$)`),
      ...registries.map((registry) => `${KEY_OF_REGISTRY}["']?:.*${literally(registry)}["']?[[:space:]]*([#,}]|$)`),
    ];
    const { stdout, stderr } = await this.#clone.run(['grep', '-l', '-z', '-E', '-f', '-', commit], {
      input: expressions.join('|'),
      config: { 'grep.threads': '1' },
      answers: [0, 1],
    });
    const names = stdout.toString().split('\0');
    const found = names.map((name) => name.slice(commit.length + 1)).filter((name) => name !== '');
    const large = [...stderr.matchAll(/^error: '\w+:(.*)': unable to read/gm)].map(([, file = '']) => file);
    const larger = [...new Set(large)].filter((file) => isManifestName(file)).map(tooLarge);
    return foundIn(await this.#trees.named(found.filter(isReadable), commit), [...larger, ...illegible(found)]);
  }

  /** What was found in one commit as it is in another, with every file that changed between the two. */
  async #grepChanges(found: Found, before: string, commit: string): Promise<Found> {
    const listing = ['diff-tree', '-r', '-z', '--no-renames', '--name-only', before, commit];
    const changed = new Set((await this.#clone.run(listing)).stdout.toString().split('\0').filter(Boolean));
    const unchanged = [...found.candidates, ...found.others].filter(({ path }) => !changed.has(path));
    const problems = [...found.problems.filter(({ file }) => !changed.has(file)), ...illegible([...changed])];
    return foundIn([...unchanged, ...(await this.#trees.named([...changed].filter(isReadable), commit))], problems);
  }

  /**
   * The manifests below pathspecs, each of which must match something.
   * Throws PATHS_INVALID, PATHS_MATCH_NOTHING, PATHS_NOT_FOLLOWED.
   */
  async #list(paths: readonly string[], commit: string): Promise<Found> {
    const all = await this.#trees.matching(paths, commit);
    const positive = paths.filter((path) => !/^:(?:[!^]|\([^)]*exclude)/.test(path));
    for (const pathspec of positive) {
      const matches = positive.length === 1 && all.length > 0 ? all : await this.#trees.matching([pathspec], commit);
      const [first, ...more] = matches;
      if (!first) throw failure('PATHS_MATCH_NOTHING', { pathspec, base: this.#base });
      if (more.length === 0 && first.type !== 'file') {
        throw failure('PATHS_NOT_FOLLOWED', { file: first.path, type: first.type });
      }
    }
    const readable = all.filter(({ path }) => isReadable(path));
    return foundIn(readable, illegible(all.flatMap(({ path, type }) => (type === 'file' ? path : []))));
  }
}

/** `registry`, `imageRepository`, `IMAGE_REGISTRY`; in a list of names and values the key is `value`. */
const KEY_OF_REGISTRY = '([Rr]egistry|[Rr]epository|REGISTRY|REPOSITORY|value)';

/** A text as a POSIX extended regular expression; JSON may have a backslash before a slash. */
function literally(text: string): string {
  return text.replace(/[\\.+*?()[\]{}^$|]/g, '\\$&').replaceAll('/', '\\\\?/');
}

/** A manifest by its name, which could be written as it was. */
export function isManifest({ path, type }: TreeEntry): boolean {
  return type === 'file' && isManifestName(path) && isLegible(path);
}

/** A name that is not UTF-8 could not be written as it was. */
function isLegible(path: string): boolean {
  return !path.includes('\ufffd');
}

/** A file that may have lines of text, and whose name could be written as it was. */
function isReadable(path: string): boolean {
  return isLegible(path) && (isManifestName(path) || !isBinaryName(path));
}

function foundIn(entries: readonly Candidate[], problems: readonly Problem[]): Found {
  const files = entries.filter(({ type }) => type === 'file');
  return {
    candidates: files.filter(({ path }) => isManifestName(path)),
    others: files.filter(({ path }) => !isManifestName(path)),
    problems,
  };
}

function illegible(paths: readonly string[]): Problem[] {
  const message = 'was left alone: its name is not UTF-8';
  const manifests = paths.filter((path) => isManifestName(path) && !isLegible(path));
  return manifests.map((file) => ({ file, line: 1, message }));
}
