/**
 * The manifest repository: a bare, shallow, partial clone in a temporary folder. Nothing is ever checked out, so no
 * symlink is followed, no hook or filter runs, and the bytes are those of the repository.
 */
import { failure } from '../core/errors.ts';
import { Clone, type CloneOptions } from './clone.ts';
import { readCommit } from './commit.ts';
import { fastImportStream, type NewCommit } from './fast-import.ts';
import { readFileCommits, readFileHistory, type FileHistory } from './file-history.ts';
import { commitsBetween, latestCommits } from './history.ts';
import { signCommit, type Signer } from './signing.ts';
import { deleteBranches, pushCommit, type Deletion, type SeenBranch } from './push.ts';
import {
  below,
  entriesOf,
  grep,
  grepChanges,
  list,
  MAX_MANIFEST,
  type Candidate,
  type Found,
  type SearchTerms,
} from './search.ts';
import { Trail } from './trail.ts';
import type { Commit, ManifestFile } from '../core/objects.ts';

const COMMIT_REF = 'refs/manifest-release/commit';
/** How many commits a search for earlier releases looks at. */
const HISTORY_DEPTH = 200;

export class Repository {
  readonly base: string;
  /** The tip of the base branch. */
  baseCommit: string;
  readonly #clone: Clone;
  /** The last search for each set of terms. */
  readonly #grepped = new Map<string, { readonly commit: string; readonly found: Found }>();
  readonly #trails = new Map<string, Promise<Trail>>();
  /** Blobs that were fetched: they need not be asked for again. */
  readonly #fetched = new Set<string>();
  /** Whether a push found the base elsewhere. */
  #hasMoved = false;

  private constructor(clone: Clone, base: string, baseCommit: string) {
    this.#clone = clone;
    this.base = base;
    this.baseCommit = baseCommit;
  }

  /**
   * Clones the tip of the base branch. The caller closes it. Throws REPOSITORY_NOT_FOUND, ACCESS_DENIED,
   * BASE_NOT_FOUND, REPOSITORY_MOVED, HOST_KEY_UNKNOWN, SSH_KEY_INVALID, PROGRAM_MISSING, NETWORK.
   */
  static async clone(options: CloneOptions): Promise<Repository> {
    const branch = options.base === '' ? [] : [`--branch=${options.base}`];
    const shape = ['--quiet', '--bare', '--depth=1', '--single-branch', '--no-tags', '--template='];
    const clone = await Clone.make(options, [...shape, filterOf(options), ...branch]);
    try {
      // A tag of that name would be cloned too, with no branch to show for it.
      const heads = ['for-each-ref', '--format=%(objectname) %(refname:lstrip=2)', 'refs/heads'];
      const { stdout } = await clone.run(heads);
      const [, commit, base] = /^(\w+) (.+)\n$/.exec(stdout.toString()) ?? [];
      if (commit !== undefined && base !== undefined) return new Repository(clone, base, commit);
      throw failure('BASE_NOT_FOUND', { repository: options.remote.name, base: options.base });
    } catch (error) {
      await clone.close();
      throw error;
    }
  }

  /** Removes the temporary folder. */
  close(): Promise<void> {
    return this.#clone.close();
  }

  /**
   * The manifests of a commit that may hold one of the terms: below the pathspecs of the terms, or else of the clone,
   * all there are (a clone with pathspecs has not their contents yet, see `fetch`); without any those in which
   * `git grep` finds one; and the files named, as far as they are there.
   * Throws PATHS_INVALID, PATHS_MATCH_NOTHING, PATHS_NOT_FOLLOWED.
   */
  async search(terms: SearchTerms, commit: string): Promise<Found> {
    const paths = terms.paths?.length ? terms.paths : this.#clone.options.paths;
    const found = await (paths.length > 0 ? list(this.#clone, paths, commit, this.base) : this.#grep(terms, commit));
    const others = (terms.files ?? []).filter((file) => !found.candidates.some(({ path }) => path === file));
    if (others.length === 0) return found;
    return { ...found, candidates: [...found.candidates, ...(await this.entries(others, commit))] };
  }

  /**
   * What was found once is looked for again only in what changed since: after a lost race on 100,000 files git tells
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

  /** Files by their exact names; one that is not there, or is no file, is left out. */
  async entries(files: readonly string[], commit: string): Promise<readonly Candidate[]> {
    const entries = await entriesOf(this.#clone, files, commit);
    return entries.filter(({ type }) => type === 'file');
  }

  /** The manifests below folders; none where pathspecs say what is looked at. */
  below(folders: readonly string[], commit: string): Promise<readonly Candidate[]> | readonly Candidate[] {
    return this.#isPartial ? [] : below(this.#clone, folders, commit);
  }

  /**
   * Brings what is not here yet, in one request: the contents of candidates, the tip of a branch, the present tip of
   * the base. Answers the branch's commit; `undefined` where there is none.
   */
  async fetch(wanted: {
    candidates?: readonly Candidate[];
    branch?: string;
    base?: boolean;
  }): Promise<Commit | undefined> {
    const { candidates = [], branch, base = false } = wanted;
    const ids = this.#isPartial ? candidates.map(({ id }) => id) : [];
    const blobs = new Set(ids.filter((id) => !this.#fetched.has(id)));
    // A pattern, because git fails on the exact name of a branch that is not there.
    const branchRefs = branch === undefined ? [] : [`+refs/heads/${branch}*:refs/remotes/origin/${branch}*`];
    const baseRefs = base ? [`+refs/heads/${this.base}:refs/heads/${this.base}`] : [];
    const wants = [...blobs, ...branchRefs, ...baseRefs];
    if (wants.length === 0) return undefined;
    const shape = ['--quiet', '--depth=1', '--no-tags', '--no-write-fetch-head', '--recurse-submodules=no', '--prune'];
    const fetch = ['fetch', ...shape, filterOf(this.#clone.options), '--stdin', 'origin'];
    // Negotiating over commits whose blobs are not here fails.
    const config = this.#isPartial ? { 'fetch.negotiationAlgorithm': 'noop' } : {};
    const { exitCode } = await this.#clone.talk('read', fetch, { input: wants.join('\n'), config, answers: [0, 1] });
    if (exitCode === 0) for (const id of blobs) this.#fetched.add(id);
    if (base) this.baseCommit = await this.#clone.resolve(`refs/heads/${this.base}`);
    const head = branch === undefined ? '' : await this.#clone.resolve(`refs/remotes/origin/${branch}`);
    return head === '' ? undefined : this.readCommit(head);
  }

  /** Reads the contents of candidates; what is not here, because the server has no such blob, is left out. */
  async read(candidates: readonly Candidate[]): Promise<ManifestFile[]> {
    const blobs = await this.#clone.objects(candidates.map(({ id }) => id));
    return candidates.flatMap(({ path, mode }, index) => {
      const bytes = blobs[index];
      return bytes ? { path, mode, bytes } : [];
    });
  }

  /**
   * The latest commits of the base, or of `branch` (none where it is not there), a child before its parents. One
   * request; what the commits hold is not fetched.
   */
  history({ branch }: { branch?: string } = {}, depth = HISTORY_DEPTH): Promise<Commit[]> {
    return latestCommits(this.#clone, this.baseCommit, branch, depth);
  }

  /** The commits that `head` has and the base lacks, a child before its parents; never too few. */
  commitsAbove(head: string, depth = HISTORY_DEPTH): Promise<Commit[]> {
    return commitsBetween(this.#clone, this.baseCommit, head, depth);
  }

  /**
   * The commits up to `commit` that changed files, by their exact names, with what these held: first of the latest
   * commits, then, as long as somebody asks, the same with more behind it. See `readFileHistory`.
   */
  async *fileHistory(files: readonly string[], commit: string): AsyncGenerator<FileHistory, void> {
    yield* readFileHistory(this.#clone, await this.#trailOf(commit), files);
  }

  /** The commits that made files of the base what they are, without contents. See `readFileCommits`. */
  async *fileCommits(files: readonly string[]): AsyncGenerator<readonly Commit[], void> {
    yield* readFileCommits(await this.#trailOf(this.baseCommit), files);
  }

  async readCommit(id: string): Promise<Commit> {
    const [object] = await this.#clone.objects([id]);
    return readCommit(id, object?.toString() ?? '');
  }

  /**
   * Writes a commit into this clone, signed where there is a signer; nothing is pushed. Throws SIGNING_KEY_INVALID,
   * PROGRAM_MISSING.
   */
  async commit(commit: NewCommit, signer?: Signer): Promise<Commit> {
    const input = fastImportStream(COMMIT_REF, commit);
    // As a pack, however few the objects: writing them one by one takes another process.
    const config = { 'fastimport.unpackLimit': '1' };
    const { stdout } = await this.#clone.run(['fast-import', '--quiet', '--force'], { input, config });
    const [, id = '', tree = ''] = /^(\w+)\n\d+ tree (\w+)/.exec(stdout.toString()) ?? [];
    const { parent, author, message } = commit;
    const made = { id, tree, parents: [parent], committerEmail: author.email, message, signed: false };
    return signer ? signCommit(this.#clone, made, signer) : made;
  }

  /** The unified diff between two commits. */
  async diff(from: string, to: string): Promise<string> {
    const shape = ['-r', '-p', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames'];
    const config = { 'core.quotePath': 'false' };
    const { stdout } = await this.#clone.run(['diff-tree', ...shape, from, to], { config });
    return stdout.toString();
  }

  /**
   * Pushes a commit to a branch that is at `expected` (empty: that is not there); where that is the base, it is the new
   * tip here too. `false` when the branch is elsewhere, or, once, when the base is: see `pushCommit`. Throws PUSH_REFUSED, BRANCH_BLOCKED, ACCESS_DENIED, NETWORK.
   */
  async push(commit: string, branch: string, expected: string): Promise<boolean> {
    // A base that moved once is likely to move again before the next push.
    const base = this.#hasMoved ? undefined : { branch: this.base, expected: this.baseCommit };
    const pushed = await pushCommit(this.#clone, commit, { branch, expected }, base);
    if (pushed === 'base moved') this.#hasMoved = true;
    if (pushed === 'done' && branch === this.base) this.baseCommit = commit;
    return pushed === 'done';
  }

  /**
   * Deletes branches that are still where they were seen, in one push. Throws ACCESS_DENIED, NETWORK; that the server
   * keeps one of them is an answer.
   */
  deleteBranches(branches: readonly SeenBranch[]): Promise<Deletion> {
    return deleteBranches(this.#clone, branches);
  }

  #trailOf(commit: string): Promise<Trail> {
    const trail = this.#trails.get(commit) ?? Trail.make(this.#clone, commit);
    this.#trails.set(commit, trail);
    return trail;
  }

  get #isPartial(): boolean {
    return this.#clone.options.paths.length > 0;
  }
}

/** With pathspecs no contents are cloned, else all but what is no manifest by its size. */
function filterOf({ paths }: CloneOptions): string {
  return paths.length > 0 ? '--filter=blob:none' : `--filter=blob:limit=${MAX_MANIFEST}`;
}
