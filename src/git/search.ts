/** The manifests of a commit that may have an image: by their contents, or all below the given pathspecs. */
import { failure } from '../core/errors.ts';
import { isManifestName } from '../core/manifest-names.ts';
import { isBinaryName } from './binary-files.ts';
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

/** What a search knows of its repository. */
interface Searched {
  /** How a commit is named in failures. */
  readonly nameOf: (commit: string) => string;
  /** Pathspecs for terms that have words and no paths. */
  readonly paths: readonly string[];
  /** The files of a commit that may have one of the words or registries, wherever they are. */
  readonly byContents: (terms: SearchTerms, commit: string) => Promise<Found>;
}

export class ManifestSearch {
  readonly #trees: Trees;
  readonly #searched: Searched;

  constructor(trees: Trees, searched: Searched) {
    this.#trees = trees;
    this.#searched = searched;
  }

  /**
   * The manifests of a commit that `ManifestStore.read` reads: by pathspecs or words, then by name, then those below folders.
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

  /** All manifests of a commit, those below pathspecs where there are any. Throws what `find` throws. */
  async all(paths: readonly string[], commit: string): Promise<Found> {
    if (paths.length > 0) return this.#list(paths, commit);
    const entries = await this.#trees.all(commit);
    return foundIn(entries.filter(isManifest), illegible(entries.map(({ path }) => path)));
  }

  #byContents(terms: SearchTerms, commit: string): Promise<Found> | Found {
    const { words, registries = [], paths = [] } = terms;
    const hasWords = words.length + registries.length > 0;
    const pathspecs = paths.length === 0 && hasWords ? this.#searched.paths : paths;
    if (pathspecs.length > 0) return this.#list(pathspecs, commit);
    return hasWords ? this.#searched.byContents(terms, commit) : NONE;
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
      if (!first) {
        const nearest = await this.#trees.nearest(pathspec, commit);
        const where = this.#searched.nameOf(commit);
        throw failure('PATHS_MATCH_NOTHING', { input: 'paths', pathspec, where, nearest });
      }
      if (more.length === 0 && first.type !== 'file') {
        throw failure('PATHS_NOT_FOLLOWED', { input: 'paths', file: first.path, type: first.type });
      }
    }
    const readable = all.filter(({ path }) => isReadable(path));
    return foundIn(readable, illegible(all.flatMap(({ path, type }) => (type === 'file' ? path : []))));
  }
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
export function isReadable(path: string): boolean {
  return isLegible(path) && (isManifestName(path) || !isBinaryName(path));
}

/** The files among entries, divided into manifests and others; links and submodules are left out. */
export function foundIn(entries: readonly Candidate[], problems: readonly Problem[]): Found {
  const files = entries.filter(({ type }) => type === 'file');
  return {
    candidates: files.filter(({ path }) => isManifestName(path)),
    others: files.filter(({ path }) => !isManifestName(path)),
    problems,
  };
}

/** The problems of manifests whose names are not UTF-8; other files are left out. */
export function illegible(paths: readonly string[]): Problem[] {
  const message = 'was left alone: its name is not UTF-8';
  const manifests = paths.filter((path) => isManifestName(path) && !isLegible(path));
  return manifests.map((file) => ({ file, line: 1, message }));
}
