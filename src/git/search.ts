/** The manifests of a commit that may have an image: by `git grep`, or all below the given pathspecs. */
import { failure } from '../core/errors.ts';
import { isManifestName } from '../core/manifest-names.ts';
import { isBinaryName } from './binary-files.ts';
import type { Clone } from './clone.ts';
import { tooLarge } from './large-files.ts';
import type { ReadOptions, SearchTerms } from './manifest-store.ts';
import { GitError } from './run-git.ts';
import { lastLine } from './explain-stderr.ts';
import { readTree, type TreeEntry } from './git-objects.ts';
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

/** Names in one argument list, far below every system's limit. */
const CHUNK = 500;
/** The tree without entries, which git knows without having it. */
const NOTHING = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};

const NONE: Found = { candidates: [], others: [], problems: [] };

export class ManifestSearch {
  readonly #clone: Clone;
  readonly #base: string;
  /** The last search for each set of terms. */
  readonly #grepped = new Map<string, { readonly commit: string; readonly found: Found }>();

  /** `base` is named in failures. */
  constructor(clone: Clone, base: string) {
    this.#clone = clone;
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
    const named = await entriesOf(this.#clone, files, commit);
    const listed = nearby ? await below(this.#clone, nearby.folders, commit) : [];
    const near = listed.filter(({ path }) => nearby?.matches(path));
    const all = [...found.candidates, ...named.filter(({ type }) => type === 'file'), ...near];
    const candidates = new Map(all.map((candidate) => [candidate.path, candidate]));
    const others = found.others.filter(({ path }) => terms.others === true && !candidates.has(path));
    return { ...found, candidates: [...candidates.values()], others };
  }

  #byContents(terms: SearchTerms, commit: string): Promise<Found> | Found {
    const { words, registries = [], paths = [] } = terms;
    const hasWords = words.length + registries.length > 0;
    const pathspecs = paths.length === 0 && hasWords ? this.#clone.options.paths : paths;
    if (pathspecs.length > 0) return list(this.#clone, pathspecs, commit, this.#base);
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
      ? await grepChanges(this.#clone, before.found, before.commit, commit)
      : await grep(this.#clone, terms, commit);
    this.#grepped.set(key, { commit, found });
    return found;
  }
}

/** `registry`, `imageRepository`, `IMAGE_REGISTRY`; in a list of names and values the key is `value`. */
const KEY_OF_REGISTRY = '([Rr]egistry|[Rr]epository|REGISTRY|REPOSITORY|value)';

/**
 * The files with one of the words or registries, and some more: the caller looks again. On
 * 100,000 files one expression of 500 words takes 0.4 s, and 500 expressions, tried one by one, 23 s. A second thread
 * waits for the first at each object: 0.5 s in place of 0.4 s.
 */
async function grep(clone: Clone, { words, registries = [] }: SearchTerms, commit: string): Promise<Found> {
  const expressions = [
    ...words.map((word) => `${literally(word)}([^[:alnum:]_]|$)`),
    ...registries.map((registry) => `${KEY_OF_REGISTRY}["']?:.*${literally(registry)}["']?[[:space:]]*([#,}]|$)`),
  ];
  const { stdout, stderr } = await clone.run(['grep', '-l', '-z', '-E', '-f', '-', commit], {
    input: expressions.join('|'),
    config: { 'grep.threads': '1' },
    answers: [0, 1],
  });
  const names = stdout.toString().split('\0');
  const found = names.map((name) => name.slice(commit.length + 1)).filter((name) => name !== '');
  const large = [...stderr.matchAll(/^error: '\w+:(.*)': unable to read/gm)].map(([, file = '']) => file);
  const larger = [...new Set(large)].filter((file) => isManifestName(file)).map(tooLarge);
  return foundIn(await entriesOf(clone, found.filter(isReadable), commit), [...larger, ...illegible(found)]);
}

/** What was found in one commit as it is in another, with every file that changed between the two. */
async function grepChanges(clone: Clone, found: Found, before: string, commit: string): Promise<Found> {
  const listing = ['diff-tree', '-r', '-z', '--no-renames', '--name-only', before, commit];
  const changed = new Set((await clone.run(listing)).stdout.toString().split('\0').filter(Boolean));
  const unchanged = [...found.candidates, ...found.others].filter(({ path }) => !changed.has(path));
  const problems = [...found.problems.filter(({ file }) => !changed.has(file)), ...illegible([...changed])];
  return foundIn([...unchanged, ...(await entriesOf(clone, [...changed].filter(isReadable), commit))], problems);
}

/**
 * The manifests below pathspecs, each of which must match something.
 * Throws PATHS_INVALID, PATHS_MATCH_NOTHING, PATHS_NOT_FOLLOWED.
 */
async function list(clone: Clone, paths: readonly string[], commit: string, base: string): Promise<Found> {
  const all = await matching(clone, paths, commit);
  const positive = paths.filter((path) => !/^:(?:[!^]|\([^)]*exclude)/.test(path));
  for (const pathspec of positive) {
    const matches = positive.length === 1 && all.length > 0 ? all : await matching(clone, [pathspec], commit);
    const [first, ...more] = matches;
    if (!first) throw failure('PATHS_MATCH_NOTHING', { pathspec, base });
    if (more.length === 0 && first.type !== 'file') {
      throw failure('PATHS_NOT_FOLLOWED', { file: first.path, type: first.type });
    }
  }
  const readable = all.filter(({ path }) => isReadable(path));
  return foundIn(readable, illegible(all.flatMap(({ path, type }) => (type === 'file' ? path : []))));
}

/** The difference of a tree to nothing is the tree, and diff-tree, unlike ls-tree, takes every pathspec. */
async function matching(clone: Clone, paths: readonly string[], commit: string): Promise<Candidate[]> {
  try {
    const nothing = commit.length === 64 ? NOTHING.sha256 : NOTHING.sha1;
    const listing = ['diff-tree', '-r', '-z', '--no-renames', nothing, commit, '--', ...paths];
    return readTree((await clone.run(listing)).stdout);
  } catch (error) {
    if (error instanceof GitError) throw failure('PATHS_INVALID', { reason: lastLine(error.stderr) }, error);
    throw error;
  }
}

/** The manifests in folders and below them; of the top folder (empty) only those in it. */
async function below(clone: Clone, folders: readonly string[], commit: string): Promise<Candidate[]> {
  const listings = await Promise.all(
    folders.map((folder) => {
      const where = folder === '' ? [] : ['-r', commit, '--', `${folder}/`];
      const environment = { GIT_LITERAL_PATHSPECS: '1' };
      return clone.run(['ls-tree', '-z', ...(folder === '' ? [commit] : where)], { environment });
    }),
  );
  const entries = listings.flatMap(({ stdout }) => readTree(stdout));
  return entries.filter(({ path, type }) => type === 'file' && isManifestName(path) && isLegible(path));
}

/** The paths of all manifests of a commit. */
export async function manifestPaths(clone: Clone, commit: string): Promise<string[]> {
  const entries = readTree((await clone.run(['ls-tree', '-r', '-z', commit])).stdout);
  const manifests = entries.filter(({ path, type }) => type === 'file' && isManifestName(path) && isLegible(path));
  return manifests.map(({ path }) => path);
}

/** The entries of files by their exact names; one that is not there is left out. */
export async function entriesOf(clone: Clone, names: readonly string[], commit: string): Promise<Candidate[]> {
  const entries: Candidate[] = [];
  for (let start = 0; start < names.length; start += CHUNK) {
    const chunk = names.slice(start, start + CHUNK);
    const environment = { GIT_LITERAL_PATHSPECS: '1' };
    const { stdout } = await clone.run(['ls-tree', '-z', commit, '--', ...chunk], { environment });
    entries.push(...readTree(stdout));
  }
  return entries;
}

/** A text as a POSIX extended regular expression; JSON may have a backslash before a slash. */
function literally(text: string): string {
  return text.replace(/[\\.+*?()[\]{}^$|]/g, '\\$&').replaceAll('/', '\\\\?/');
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
