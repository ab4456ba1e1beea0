/**
 * The manifest repository through the API of its server: no clone, and no git. All objects were proven by their ids; what
 * the API cannot give is CloneNeeded, and that before anything was written.
 */
import { CloneNeeded, type ApiBase, type ApiObject, type RepositoryApi } from '../core/repository-api.ts';
import { idOf } from '../core/tree-objects.ts';
import type { Commit, ManifestFile, Problem } from '../core/objects.ts';
import { MAX_MANIFEST, tooLarge } from './large-files.ts';
import type {
  Deletion,
  FileHistory,
  ManifestStore,
  NewCommit,
  ReadManifests,
  ReadOptions,
  SearchTerms,
  SeenBranch,
} from './manifest-store.ts';
import { isPlainPath } from './pathspecs.ts';
import { ManifestSearch, type Candidate } from './search.ts';
import { Trees, type MadeObject } from './trees.ts';
import { unifiedDiff } from './unified-diff.ts';

/** Bytes of changed files that are sent in one request. */
const MOST_WRITTEN = 5 * 1024 * 1024;

export interface ApiStoreOptions {
  /** Empty for the repository's default branch. */
  readonly base: string;
  /** Files and folders where terms have none. */
  readonly paths: readonly string[];
  /** Files and folders that are read with the base; those of `paths` unless given. */
  readonly first?: readonly string[];
  /** The branches that a release may go to from that base; their tips are read with the base. */
  readonly branches: (base: string) => readonly string[];
}

export class ApiStore implements ManifestStore {
  readonly base: string;
  readonly canPush = false;
  #seen: ApiBase;
  readonly #api: RepositoryApi;
  readonly #options: ApiStoreOptions;
  readonly #trees: Trees;
  readonly #search: ManifestSearch;
  /** By their ids. */
  readonly #commits: Map<string, Commit>;
  /** By the id of a commit, the paths below which all objects are known. */
  readonly #loaded: Map<string, Set<string>>;
  /** What was written here, by ids that the commits of the server will not have. */
  readonly #written = new Map<string, Written>();

  private constructor(
    api: RepositoryApi,
    options: ApiStoreOptions,
    seen: ApiBase,
    known: { readonly commits: Map<string, Commit>; readonly loaded: Map<string, Set<string>> },
  ) {
    this.#api = api;
    this.#options = options;
    this.#seen = seen;
    this.#commits = known.commits;
    this.#loaded = known.loaded;
    this.base = seen.branch;
    this.#trees = new Trees({ objects: (names) => this.#objects(names) }, refusePathspecs);
    const byContents = () => Promise.reject(new CloneNeeded('no paths were given'));
    this.#search = new ManifestSearch(this.#trees, { base: seen.branch, paths: options.paths, byContents });
  }

  /** One request. Throws CloneNeeded, and what the API refuses or fails to answer. */
  static async open(api: RepositoryApi, options: ApiStoreOptions): Promise<ApiStore> {
    const { base, paths, first = paths, branches } = options;
    const asked = { branch: base, paths: first.map(withoutSlash), branches: branches(base) };
    const seen = await api.readBase(asked);
    const store = new ApiStore(api, options, seen, { commits: new Map(), loaded: new Map() });
    store.#know(seen, asked.paths);
    return store;
  }

  /** A store of the same base, which moves apart from this one. */
  beside(): ApiStore {
    return new ApiStore(this.#api, this.#options, this.#seen, { commits: this.#commits, loaded: this.#loaded });
  }

  get baseCommit(): string {
    return this.#seen.tip.id;
  }

  refresh(): Promise<void> {
    const { paths, first = paths, branches } = this.#options;
    return this.#readBase(first, branches(this.base));
  }

  async follow(id: string, written: Commit): Promise<void> {
    for (const object of this.#written.get(written.id)?.objects ?? []) this.#api.keep(object);
    const tip = { ...written, id };
    // What was loaded of its parent is what was not written.
    this.#know({ ...this.#seen, tip }, this.#loaded.get(written.parents[0] ?? '') ?? []);
  }

  async read(
    terms: SearchTerms,
    { commit = this.baseCommit, branch, below, limit = Infinity }: ReadOptions = {},
  ): Promise<ReadManifests> {
    const name = await branch;
    const { files = [], paths = this.#options.paths } = terms;
    await this.#load(commit, [...paths, ...(below?.folders ?? [])], files);
    const found = await this.#search.find(terms, commit, below);
    const candidates = found.candidates.slice(0, limit);
    const manifests = await this.#contents(candidates, true);
    const others = await this.#contents(found.others, false);
    const problems = [...found.problems, ...manifests.problems];
    const tip = name === undefined ? undefined : await this.tip(name);
    return { manifests: manifests.files, others: others.files, problems, tip };
  }

  async prefetch(terms: readonly SearchTerms[], branches: readonly string[]): Promise<void> {
    const paths = [...new Set(terms.flatMap((one) => one.paths ?? []))].filter(isPlainPath);
    if (paths.length > 0) await this.#readBase(paths, branches);
  }

  paths(): Promise<readonly string[]> {
    return Promise.reject(new CloneNeeded('a path of a manifest is a template'));
  }

  async tip(branch: string): Promise<Commit | undefined> {
    if (this.#seen.tips.has(branch)) return this.#seen.tips.get(branch);
    return this.#remember(await this.#api.tip(branch));
  }

  async fetchCommit(id: string): Promise<boolean> {
    if (!this.#commits.has(id)) await this.#load(id, this.#options.paths, []);
    return (await this.#find(id)) !== undefined;
  }

  async readCommit(id: string): Promise<Commit> {
    const commit = await this.#find(id);
    if (!commit) throw new CloneNeeded(`the API has no commit ${id.slice(0, 7)}`);
    return commit;
  }

  async commitsAbove(head: string): Promise<readonly Commit[]> {
    if (head === this.baseCommit) return [];
    throw new CloneNeeded('a release branch has several commits');
  }

  history(): Promise<readonly Commit[]> {
    return this.#api.history(this.baseCommit);
  }

  async *fileCommits(files: readonly string[]): AsyncGenerator<readonly Commit[], void> {
    if (files.length > 0) yield await this.#api.fileCommits(this.baseCommit, files);
  }

  // eslint-disable-next-line require-yield -- It has none.
  async *fileHistory(): AsyncGenerator<FileHistory, void> {
    throw new CloneNeeded('the history of files is read');
  }

  fetchFileHistories(): Promise<void> {
    return Promise.reject(new CloneNeeded('the history of files is read'));
  }

  async treeWith(commit: string, files: readonly ManifestFile[]): Promise<string> {
    return (await this.#trees.with(commit, files)).id;
  }

  /** The commit as it is going to be, but for its id and its author: the server gives it those. */
  async write(commit: NewCommit): Promise<Commit> {
    const { parent, message, author, time, files } = commit;
    if (parent !== this.baseCommit) throw new CloneNeeded('the release branch has commits by others');
    const executable = files.find(({ mode }) => mode !== '100644');
    if (executable) throw new CloneNeeded(`${executable.path} is executable`);
    const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (size > MOST_WRITTEN) throw new CloneNeeded('more than 5 MiB change');
    const { id: tree, objects } = await this.#trees.with(parent, files);
    const id = idOf('commit', Buffer.from(JSON.stringify([tree, parent, message, author, time])), parent.length);
    this.#written.set(id, { files, objects });
    return { id, tree, parents: [parent], committerEmail: author.email, message, signed: true };
  }

  async diff(from: string, to: string): Promise<string> {
    const after = this.#written.get(to)?.files ?? [];
    const before = await this.#trees.named(
      after.map(({ path }) => path),
      from,
    );
    return unifiedDiff((await this.#contents(before, true)).files, after);
  }

  push(): Promise<undefined> {
    throw new Error('a commit is made by the API, and not pushed');
  }

  async deleteBranches(branches: readonly SeenBranch[]): Promise<Deletion> {
    const deleted: string[] = [];
    const refused: { branch: string; reason: string }[] = [];
    for (const { branch, expected } of branches) {
      const result = await this.#api.deleteBranch(branch, expected);
      if (result === 'deleted') deleted.push(branch);
      else if (result !== 'moved') refused.push({ branch, reason: result.refused });
    }
    return { deleted, refused };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #readBase(paths: readonly string[], branches: readonly string[]): Promise<void> {
    const asked = { branch: this.base, paths: paths.map(withoutSlash), branches };
    this.#know(await this.#api.readBase(asked), asked.paths);
  }

  #know(seen: ApiBase, paths: Iterable<string>): void {
    this.#seen = seen;
    for (const commit of [seen.tip, ...seen.tips.values()]) this.#remember(commit);
    this.#loaded.set(seen.tip.id, new Set([...(this.#loaded.get(seen.tip.id) ?? []), ...paths]));
  }

  /** Reads in one request what is needed of paths, and of files in folders whose entries are not known. */
  async #load(commit: string, paths: readonly string[], files: readonly string[]): Promise<void> {
    const loaded = this.#loaded.get(commit) ?? new Set();
    // Everything is below the top folder, and what is not plain is refused later.
    const whole = paths.map(withoutSlash).filter((path) => isPlainPath(path) && !isBelow(path, loaded));
    const named = files.filter((file) => isPlainPath(file) && !isListed(folderOf(file), loaded));
    const wanted = [...new Set([...whole, ...named])];
    if (wanted.length > 0) this.#remember(await this.#api.load(commit, wanted));
    this.#loaded.set(commit, new Set([...loaded, ...wanted]));
  }

  #remember(commit: Commit | undefined): Commit | undefined {
    if (commit) this.#commits.set(commit.id, commit);
    return commit;
  }

  async #find(id: string): Promise<Commit | undefined> {
    return this.#commits.get(id) ?? this.#remember(await this.#api.load(id, []));
  }

  /** Trees, since contents are asked for by what lists them. */
  async #objects(names: readonly string[]): Promise<readonly ApiObject[]> {
    const ids = await Promise.all(names.map((name) => this.#idOf(name)));
    const objects = await this.#api.objects(ids);
    return objects.map((object, index) => {
      // A folder that is not known is not an empty one.
      if (!object?.content) throw new CloneNeeded(`folder ${ids[index]} ${object?.unreadable ?? NOT_GIVEN}`);
      return object;
    });
  }

  async #idOf(name: string): Promise<string> {
    const [, commit] = /^(\w+)\^\{tree\}$/.exec(name) ?? [];
    return commit === undefined ? name : (await this.readCommit(commit)).tree;
  }

  /** The contents of files. One that the API does not give as it is needs a clone, unless it is no text and no manifest. */
  async #contents(entries: readonly Candidate[], areManifests: boolean) {
    const objects = await this.#api.objects(entries.map(({ id }) => id));
    const files: ManifestFile[] = [];
    const problems: Problem[] = [];
    for (const [index, { path, mode }] of entries.entries()) {
      const object = objects[index];
      if (object?.content) files.push({ path, mode, bytes: object.content });
      else if (object && object.size >= MAX_MANIFEST) problems.push(tooLarge(path));
      else if (areManifests || object?.isBinary !== true) {
        throw new CloneNeeded(`${path} ${object?.unreadable ?? NOT_GIVEN}`);
      }
    }
    return { files, problems };
  }
}

interface Written {
  readonly files: readonly ManifestFile[];
  readonly objects: readonly MadeObject[];
}

const NOT_GIVEN = 'is not given by the API';

const withoutSlash = (path: string): string => path.replace(/\/$/, '');

/** Whether a path is one of these, or in one of them. */
function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  const parts = path.split('/');
  return parts.some((_, index) => folders.has(parts.slice(0, index + 1).join('/')));
}

/** Whether the entries of a folder are known: it is below one of these, or above. */
function isListed(folder: string, loaded: ReadonlySet<string>): boolean {
  const prefix = folder === '' ? '' : `${folder}/`;
  return isBelow(folder, loaded) || [...loaded].some((path) => path.startsWith(prefix));
}

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

function refusePathspecs([pathspec]: readonly string[]): never {
  throw new CloneNeeded(`${pathspec} is a pattern`);
}
