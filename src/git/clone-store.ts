/**
 * The manifest repository: a bare, shallow, partial clone in a temporary folder. Nothing is ever checked out, so no
 * symlink is followed, no hook or filter runs, and the bytes are those of the repository.
 */
import { failure } from '../core/errors.ts';
import { Clone, type CloneOptions } from './clone.ts';
import { readCommit } from './git-objects.ts';
import { fastImportStream } from './fast-import.ts';
import { Fetches, filterOf } from './fetches.ts';
import { fetchFileHistories, readFileCommits, readFileHistory, type Readable } from './file-history.ts';
import { ContentSearch } from './content-search.ts';
import { CommitHistory, commitsBetween, latestCommits } from './history.ts';
import { ManifestReader } from './manifest-reader.ts';
import { signCommit } from './signing.ts';
import { deleteBranches, pushCommit } from './push.ts';
import { listByGit } from './pathspecs.ts';
import { isManifest, ManifestSearch, type Found } from './search.ts';
import { Trees } from './trees.ts';
import { unifiedDiff } from './unified-diff.ts';
import { kept, type Commit, type ManifestFile } from '../core/objects.ts';
import type {
  Deletion,
  FileHistory,
  ManifestStore,
  NewCommit,
  Pushed,
  ReadManifests,
  ReadOptions,
  SearchTerms,
  SeenBranch,
  Signer,
} from './manifest-store.ts';

const COMMIT_REF = 'refs/manifest-release/commit';
/** How many commits a search for earlier releases looks at. */
const HISTORY_DEPTH = 200;

export class CloneStore implements ManifestStore {
  readonly base: string;
  readonly canPush = true;
  #baseCommit: string;
  readonly #clone: Clone;
  readonly #fetches: Fetches;
  readonly #trees: Trees;
  readonly #manifests: ManifestReader;
  readonly #histories = new Map<string, Promise<CommitHistory>>();
  /** By the ids of the commits that were written here. */
  readonly #written = new Map<string, readonly ManifestFile[]>();
  /** Whether a push found the base elsewhere. */
  #hasMoved = false;

  private constructor(clone: Clone, base: string, baseCommit: string) {
    this.#clone = clone;
    this.#fetches = new Fetches(clone);
    this.#trees = new Trees(clone.reader, (pathspecs, commit) => listByGit(clone, pathspecs, commit));
    const contents = new ContentSearch(clone, this.#trees);
    const byContents = (terms: SearchTerms, commit: string): Promise<Found> => contents.find(terms, commit);
    const nameOf = (commit: string): string => (commit === this.#baseCommit ? base : commit.slice(0, 7));
    const search = new ManifestSearch(this.#trees, { nameOf, paths: clone.options.paths, byContents });
    this.#manifests = new ManifestReader(clone, this.#fetches, search);
    this.base = base;
    this.#baseCommit = baseCommit;
  }

  /**
   * Clones the tip of the base branch. The caller closes it. Throws REPOSITORY_NOT_FOUND, ACCESS_DENIED,
   * BASE_NOT_FOUND, REPOSITORY_MOVED, HOST_KEY_UNKNOWN, SSH_KEY_INVALID, PROGRAM_MISSING, NETWORK.
   */
  static async clone(options: CloneOptions): Promise<CloneStore> {
    const branch = options.base === '' ? [] : [`--branch=${options.base}`];
    const shape = ['--bare', '--depth=1', '--single-branch', '--no-tags', '--template='];
    const clone = await Clone.make(options, [...shape, filterOf(options), ...branch]);
    try {
      // A tag of that name would be cloned too, with no branch to show for it.
      const base = await clone.headBranch();
      const commit = base && (await clone.reader.resolve(`refs/heads/${base}`));
      if (commit) return new CloneStore(clone, base, commit);
      throw failure('BASE_NOT_FOUND', { repository: options.remote.name, base: options.base });
    } catch (error) {
      await clone.close();
      throw error;
    }
  }

  get baseCommit(): string {
    return this.#baseCommit;
  }

  close(): Promise<void> {
    return this.#clone.close();
  }

  async refresh(): Promise<void> {
    this.#baseCommit = await this.#fetches.branch(this.base);
  }

  follow(): Promise<void> {
    return this.refresh();
  }

  async read(terms: SearchTerms, { commit = this.#baseCommit, ...options }: ReadOptions = {}): Promise<ReadManifests> {
    const { head, ...read } = await this.#manifests.read(terms, commit, options);
    return { ...read, tip: await this.#commitAt(head) };
  }

  prefetch(terms: readonly SearchTerms[]): Promise<void> {
    return this.#manifests.prefetch(terms, this.#baseCommit);
  }

  readAll(paths: readonly string[]): AsyncGenerator<Pick<ReadManifests, 'manifests' | 'problems'>, void> {
    return this.#manifests.readAll(paths, this.#baseCommit);
  }

  async paths(commit = this.#baseCommit): Promise<readonly string[]> {
    return (await this.#trees.all(commit)).filter(isManifest).map(({ path }) => path);
  }

  async tip(branch: string): Promise<Commit | undefined> {
    return this.#commitAt(await this.#fetches.contents([], branch));
  }

  fetchCommit(id: string): Promise<boolean> {
    return this.#fetches.commit(id);
  }

  /** The latest `depth` commits. One request; what the commits have is not fetched. */
  history(depth = HISTORY_DEPTH): Promise<Commit[]> {
    return latestCommits(this.#clone, this.#baseCommit, depth);
  }

  commitsAbove(head: string, depth = HISTORY_DEPTH): Promise<Commit[]> {
    return commitsBetween(this.#clone, this.#baseCommit, head, depth);
  }

  async *fileHistory(files: readonly string[], commit: string): AsyncGenerator<FileHistory, void> {
    yield* readFileHistory(await this.#readable(commit), files);
  }

  async fetchFileHistories(files: readonly string[], most: number): Promise<void> {
    await fetchFileHistories(await this.#readable(this.#baseCommit), files, most);
  }

  async *fileCommits(files: readonly string[]): AsyncGenerator<readonly Commit[], void> {
    yield* readFileCommits(await this.#historyOf(this.#baseCommit), files);
  }

  async readCommit(id: string): Promise<Commit> {
    const [object] = await this.#clone.reader.objects([id]);
    return readCommit(id, object?.content?.toString() ?? '');
  }

  async treeWith(commit: string, files: readonly ManifestFile[]): Promise<string> {
    return (await this.#trees.with(commit, files)).id;
  }

  async write(commit: NewCommit, signer?: Signer): Promise<Commit> {
    const input = fastImportStream(COMMIT_REF, commit);
    // As a pack, however few the objects: writing them one by one takes another process.
    const config = { 'fastimport.unpackLimit': '1' };
    const { stdout } = await this.#clone.run(['fast-import', '--quiet', '--force'], { input, config });
    const [, id = '', tree = ''] = /^(\w+)\n\d+ tree (\w+)/.exec(stdout.toString()) ?? [];
    const { parent, author, message } = commit;
    const made = { id, tree, parents: [parent], committerEmail: author.email, message, signed: false };
    const written = signer ? await signCommit(this.#clone, made, signer) : made;
    this.#written.set(written.id, commit.files);
    return written;
  }

  async diff(from: string, to: string): Promise<string> {
    const after = this.#written.get(to) ?? [];
    const before = await this.#trees.named(
      after.map(({ path }) => path),
      from,
    );
    const objects = await this.#clone.reader.objects(before.map(({ id }) => id));
    return unifiedDiff(
      before.map(({ path }, index) => ({ path, bytes: objects[index]?.content })),
      after,
    );
  }

  async push(
    commit: string,
    branch: string,
    expected: string,
    options: readonly string[] = [],
  ): Promise<Pushed | undefined> {
    // A base that moved once is likely to move again before the next push.
    const base = this.#hasMoved ? undefined : { branch: this.base, expected: this.#baseCommit };
    const pushed = await pushCommit(this.#clone, commit, { branch, expected }, base, options);
    if (pushed === 'base moved') this.#hasMoved = true;
    if (typeof pushed === 'string') return undefined;
    if (branch === this.base) this.#baseCommit = commit;
    return pushed;
  }

  deleteBranches(branches: readonly SeenBranch[]): Promise<Deletion> {
    return deleteBranches(this.#clone, branches);
  }

  async #commitAt(id: string): Promise<Commit | undefined> {
    return id === '' ? undefined : this.readCommit(id);
  }

  async #readable(commit: string): Promise<Readable> {
    return { clone: this.#clone, trees: this.#trees, history: await this.#historyOf(commit) };
  }

  #historyOf(commit: string): Promise<CommitHistory> {
    return kept(this.#histories, commit, () => CommitHistory.make(this.#clone, commit));
  }
}
