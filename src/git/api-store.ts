/**
 * The manifest repository through the API of its server: no clone, and no git. All objects were proven by their ids; what
 * the API cannot give is CloneNeeded, and that before anything was written.
 */
import { CloneNeeded, type ApiBase, type RepositoryApi } from '../core/repository-api.ts';
import { idOf } from '../core/tree-objects.ts';
import type { Commit, ManifestFile } from '../core/objects.ts';
import { ApiObjects, withoutSlash } from './api-objects.ts';
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
import { ManifestSearch } from './search.ts';
import type { MadeObject } from './new-tree.ts';
import { Trees } from './trees.ts';
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
  #baseTip: Commit;
  /** The tips that were read with the base, each returned once: later it may be another one. */
  #tips: Map<string, Commit | undefined>;
  readonly #api: RepositoryApi;
  readonly #options: ApiStoreOptions;
  readonly #objects: ApiObjects;
  readonly #trees: Trees;
  readonly #search: ManifestSearch;
  /** What was written here, by ids that the commits of the server will not have. */
  readonly #written = new Map<string, Written>();

  private constructor(api: RepositoryApi, options: ApiStoreOptions, objects: ApiObjects, seen: ApiBase) {
    this.#api = api;
    this.#options = options;
    this.#objects = objects;
    this.base = seen.branch;
    this.#baseTip = seen.tip;
    this.#tips = new Map(seen.tips);
    this.#trees = new Trees(objects, refusePathspecs);
    const byContents = () => Promise.reject(new CloneNeeded('no paths were given'));
    const nameOf = (commit: string): string => (commit === this.baseCommit ? seen.branch : commit.slice(0, 7));
    this.#search = new ManifestSearch(this.#trees, { nameOf, paths: options.paths, byContents });
  }

  /** One request. Throws CloneNeeded, and what the API refuses or fails to answer. */
  static async open(api: RepositoryApi, options: ApiStoreOptions): Promise<ApiStore> {
    const { base, paths, first = paths, branches } = options;
    const objects = new ApiObjects(api);
    return new ApiStore(api, options, objects, await readBase(api, objects, base, first, branches(base)));
  }

  /** A store of the same base, which moves apart from this one. */
  beside(): ApiStore {
    const seen = { branch: this.base, tip: this.#baseTip, tips: this.#tips };
    return new ApiStore(this.#api, this.#options, this.#objects, seen);
  }

  get baseCommit(): string {
    return this.#baseTip.id;
  }

  refresh(): Promise<void> {
    const { paths, first = paths, branches } = this.#options;
    return this.#readBase(first, branches(this.base));
  }

  async follow(id: string, written: Commit): Promise<void> {
    this.#baseTip = { ...written, id };
    this.#objects.keep(this.#baseTip, this.#written.get(written.id)?.objects ?? []);
  }

  async read(
    terms: SearchTerms,
    { commit = this.baseCommit, branch, below, limit = Infinity }: ReadOptions = {},
  ): Promise<ReadManifests> {
    const name = await branch;
    const { files = [], paths = this.#options.paths } = terms;
    await this.#objects.load(commit, [...paths, ...(below?.folders ?? [])], files);
    const found = await this.#search.find(terms, commit, below);
    const manifests = await this.#objects.contents(found.candidates.slice(0, limit), true);
    const others = await this.#objects.contents(found.others, false);
    const problems = [...found.problems, ...manifests.problems];
    const tip = name === undefined ? undefined : await this.tip(name);
    return { manifests: manifests.files, others: others.files, problems, tip };
  }

  async prefetch(terms: readonly SearchTerms[], branches: readonly string[]): Promise<void> {
    const paths = [...new Set(terms.flatMap((one) => one.paths ?? []))].filter(isPlainPath);
    if (paths.length > 0) await this.#readBase(paths, branches);
  }

  // Nothing comes before the throw.
  // oxlint-disable-next-line require-yield
  async *readAll(): AsyncGenerator<never, void> {
    throw new CloneNeeded('the whole repository is read');
  }

  paths(): Promise<readonly string[]> {
    return Promise.reject(new CloneNeeded('a path of a manifest is a template'));
  }

  async tip(branch: string): Promise<Commit | undefined> {
    const isKnown = this.#tips.has(branch);
    const tip = isKnown ? this.#tips.get(branch) : await this.#api.tip(branch);
    this.#tips.delete(branch);
    if (tip) this.#objects.know(tip);
    return tip;
  }

  async fetchCommit(id: string): Promise<boolean> {
    return (await this.#objects.commit(id, this.#options.paths)) !== undefined;
  }

  async readCommit(id: string): Promise<Commit> {
    const commit = await this.#objects.commit(id);
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
    return unifiedDiff((await this.#objects.contents(before, true)).files, after);
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
    const { tip, tips } = await readBase(this.#api, this.#objects, this.base, paths, branches);
    this.#baseTip = tip;
    this.#tips = new Map(tips);
  }
}

async function readBase(
  api: RepositoryApi,
  objects: ApiObjects,
  branch: string,
  paths: readonly string[],
  branches: readonly string[],
): Promise<ApiBase> {
  const asked = { branch, paths: paths.map(withoutSlash), branches };
  const seen = await api.readBase(asked);
  objects.know(seen.tip, asked.paths);
  return seen;
}

interface Written {
  readonly files: readonly ManifestFile[];
  readonly objects: readonly MadeObject[];
}

function refusePathspecs([pathspec]: readonly string[]): never {
  throw new CloneNeeded(`${pathspec} is a pattern`);
}
