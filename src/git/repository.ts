/**
 * The manifest repository: a bare, shallow, partial clone in a temporary folder. Nothing is ever checked out, so no
 * symlink is followed, no hook or filter runs, and the bytes are those of the repository.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asReleaseError, failure } from '../errors.ts';
import type { ManifestFile, Problem } from '../plan.ts';
import { readCommit, type Commit } from './commit.ts';
import { remoteConfig } from './credentials.ts';
import { fastImportStream, type NewCommit } from './fast-import.ts';
import { git, GitError, type GitOptions, type GitResult } from './git.ts';
import { explainRefusal, lastLine } from './refusals.ts';
import type { Remote } from './remote.ts';
import { readTree, type TreeEntry } from './tree.ts';

/** A larger blob is no manifest; it is neither fetched nor searched. */
const MAX_MANIFEST = '5m';
const MANIFEST = /\.(?:ya?ml|json)$|(?:^|\/)Kustomization$/i;
const COMMIT_REF = 'refs/manifest-release/commit';
const NETWORK_RETRIES = [500, 2000];
/** Names in one argument list, far below every system's limit. */
const CHUNK = 500;

/** A manifest that may hold an image. */
export type Candidate = TreeEntry;

export interface CloneOptions {
  readonly remote: Remote;
  readonly token: string;
  /** Empty for the repository's default branch. */
  readonly base: string;
  /** Pathspecs; where there are any, only the files that they match are fetched. */
  readonly paths: readonly string[];
}

export class Repository {
  readonly base: string;
  /** The tip of the base branch. */
  baseCommit: string;
  readonly #gitDir: string;
  readonly #options: CloneOptions;

  private constructor(gitDir: string, options: CloneOptions, base: string, baseCommit: string) {
    this.#gitDir = gitDir;
    this.#options = options;
    this.base = base;
    this.baseCommit = baseCommit;
  }

  /**
   * Clones the tip of the base branch. The caller closes it. Throws REPOSITORY_NOT_FOUND, ACCESS_DENIED,
   * BASE_NOT_FOUND, REPOSITORY_MOVED, HOST_KEY_UNKNOWN, NETWORK.
   */
  static async clone(options: CloneOptions): Promise<Repository> {
    const folder = await mkdtemp(join(tmpdir(), 'manifest-release-'));
    const repository = new Repository(folder, options, options.base, '');
    try {
      const branch = options.base === '' ? [] : [`--branch=${options.base}`];
      const clone = ['clone', '--quiet', '--bare', '--depth=1', '--single-branch', '--no-tags', '--template='];
      await repository.#talk(
        'read',
        [...clone, repository.#filter, ...branch, '--', options.remote.url, folder],
        {},
        false,
      );
      await repository.#forgetPromisor();
      // A tag of that name would be cloned too, with no branch to show for it.
      const { stdout } = await repository.#git([
        'for-each-ref',
        '--format=%(objectname) %(refname:lstrip=2)',
        'refs/heads',
      ]);
      const [, commit, base] = /^(\w+) (.+)\n$/.exec(stdout.toString()) ?? [];
      if (commit === undefined || base === undefined) {
        throw failure('BASE_NOT_FOUND', { repository: options.remote.name, base: options.base });
      }
      return new Repository(folder, options, base, commit);
    } catch (error) {
      await repository.close();
      throw error;
    }
  }

  /** Removes the temporary folder. */
  async close(): Promise<void> {
    await rm(this.#gitDir, { recursive: true, force: true, maxRetries: 3 });
  }

  /**
   * The manifests of a commit that may hold one of the words: below the pathspecs all there are (their contents are
   * not here yet, see `fetch`), else those in which `git grep` finds one. `problems` name manifests that are too
   * large or whose name is not UTF-8. Throws PATHS_INVALID, PATHS_MATCH_NOTHING, PATHS_NOT_FOLLOWED.
   */
  async search(words: readonly string[], commit: string): Promise<{ candidates: Candidate[]; problems: Problem[] }> {
    if (this.#options.paths.length > 0) {
      const listed = await this.#list(commit);
      return {
        candidates: listed.filter(({ path }) => isLegible(path)),
        problems: illegible(listed.map(({ path }) => path)),
      };
    }
    const patterns = words.flatMap((word) => ['-e', word]);
    const { stdout, stderr } = await this.#git(['grep', '-l', '-z', '-w', '-F', ...patterns, commit], {
      answers: [0, 1],
    });
    const prefix = commit.length + 1;
    const found = stdout
      .toString()
      .split('\0')
      .map((name) => name.slice(prefix))
      .filter((name) => MANIFEST.test(name));
    const large = [...stderr.matchAll(/^error: '\w+:(.*)': unable to read/gm)].flatMap(([, file = '']) =>
      MANIFEST.test(file) ? { file, line: 1, message: 'was not searched: larger than 5 MiB' } : [],
    );
    const problems = [...unique(large, ({ file }) => file), ...illegible(found)];
    return { candidates: await this.#entries(commit, found.filter(isLegible)), problems };
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
    const { candidates = [], branch } = wanted;
    const partial = this.#options.paths.length > 0;
    // A pattern, because git fails on the exact name of a branch that is not there.
    const branchRefs = branch === undefined ? [] : [`+refs/heads/${branch}*:refs/remotes/origin/${branch}*`];
    const baseRefs = wanted.base === true ? [`+refs/heads/${this.base}:refs/heads/${this.base}`] : [];
    const wants = [
      ...(partial ? unique(candidates, ({ id }) => id).map(({ id }) => id) : []),
      ...branchRefs,
      ...baseRefs,
    ];
    if (wants.length === 0) return undefined;
    const options = [
      '--quiet',
      '--depth=1',
      '--no-tags',
      '--no-write-fetch-head',
      '--recurse-submodules=no',
      '--prune',
    ];
    // Negotiating over commits whose blobs are not here fails.
    const negotiation = partial ? { 'fetch.negotiationAlgorithm': 'noop' } : {};
    const fetch = ['fetch', ...options, this.#filter, '--stdin', 'origin'];
    await this.#talk('read', fetch, { input: wants.join('\n'), config: negotiation, answers: [0, 1] });
    await this.#forgetPromisor();
    if (wanted.base === true) this.baseCommit = await this.#resolve(`refs/heads/${this.base}`);
    const head = branch === undefined ? '' : await this.#resolve(`refs/remotes/origin/${branch}`);
    return head === '' ? undefined : this.readCommit(head);
  }

  /** Reads the contents of candidates; what is not here, because the server has no such blob, is left out. */
  async read(candidates: readonly Candidate[]): Promise<ManifestFile[]> {
    const blobs = await this.#objects(candidates.map(({ id }) => id));
    return candidates.flatMap(({ path, mode }, index) => {
      const bytes = blobs[index];
      return bytes ? { path, mode, bytes } : [];
    });
  }

  async readCommit(id: string): Promise<Commit> {
    const [object] = await this.#objects([id]);
    return readCommit(id, object?.toString() ?? '');
  }

  /** Writes a commit into this clone; nothing is pushed. */
  async commit(commit: NewCommit): Promise<Commit> {
    const input = fastImportStream(COMMIT_REF, commit);
    const { stdout } = await this.#git(['fast-import', '--quiet', '--force'], { input });
    return this.readCommit(stdout.toString().trim());
  }

  /** The unified diff between two commits. */
  async diff(from: string, to: string): Promise<string> {
    const options = ['-p', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames'];
    const { stdout } = await this.#git(['diff-tree', '-r', ...options, from, to], {
      config: { 'core.quotePath': 'false' },
    });
    return stdout.toString();
  }

  /**
   * Pushes a commit to a branch that is at `expected` (empty: that is not there). `false` when it is not: somebody
   * was faster. Throws PUSH_REFUSED, BRANCH_BLOCKED, ACCESS_DENIED, NETWORK.
   */
  async push(commit: string, branch: string, expected: string): Promise<boolean> {
    const ref = `refs/heads/${branch}`;
    const options = ['--porcelain', '--no-verify', '--no-thin', '--recurse-submodules=no'];
    const push = ['push', ...options, `--force-with-lease=${ref}:${expected}`, 'origin', `${commit}:${ref}`];
    const { exitCode, stdout, stderr } = await this.#talk('push to', push, { answers: [0, 1] });
    if (exitCode === 0) return true;
    const refused = /^!\t[^\t]*\t(.*)$/m.exec(stdout.toString())?.[1];
    if (refused === undefined) {
      throw explainRefusal(new GitError('push', { exitCode, stdout, stderr }), this.#action('push to'));
    }
    if (/exists; cannot create|directory file conflict/i.test(refused + stderr))
      throw failure('BRANCH_BLOCKED', { branch });
    if (/stale info|fetch first|non-fast-forward|cannot lock ref|failed to update ref|already exists/.test(refused))
      return false;
    const remote = [...stderr.matchAll(/^remote: (?:error: )?(.*\S)/gm)].map(([, line]) => line).join(' ');
    throw failure('PUSH_REFUSED', { branch, reason: remote || refused || lastLine(stderr) });
  }

  get #filter(): string {
    return this.#options.paths.length > 0 ? '--filter=blob:none' : `--filter=blob:limit=${MAX_MANIFEST}`;
  }

  /** Everything below pathspecs, each of which must match something. */
  async #list(commit: string): Promise<Candidate[]> {
    const { paths } = this.#options;
    const all = await this.#matching(commit, paths);
    const positive = paths.filter((path) => !/^:(?:[!^]|\([^)]*exclude)/.test(path));
    for (const pathspec of positive) {
      const matches = positive.length === 1 && all.length > 0 ? all : await this.#matching(commit, [pathspec]);
      if (matches.length === 0) throw failure('PATHS_MATCH_NOTHING', { pathspec, base: this.base });
      const [only] = matches;
      if (matches.length === 1 && only && only.type !== 'file') {
        throw failure('PATHS_NOT_FOLLOWED', { file: only.path, type: only.type });
      }
    }
    return all.filter(isManifest);
  }

  /** A shallow clone's tip has no parent, so its difference to nothing is its tree, and diff-tree takes every pathspec. */
  async #matching(commit: string, paths: readonly string[]): Promise<Candidate[]> {
    try {
      const listing = ['diff-tree', '--root', '--no-commit-id', '-r', '-z', '--no-renames', commit, '--', ...paths];
      return readTree((await this.#git(listing)).stdout);
    } catch (error) {
      if (error instanceof GitError) throw failure('PATHS_INVALID', { reason: lastLine(error.stderr) }, error);
      throw error;
    }
  }

  async #entries(commit: string, names: readonly string[]): Promise<Candidate[]> {
    const entries: Candidate[] = [];
    for (let start = 0; start < names.length; start += CHUNK) {
      const chunk = names.slice(start, start + CHUNK);
      const environment = { GIT_LITERAL_PATHSPECS: '1' };
      const { stdout } = await this.#git(['ls-tree', '-z', commit, '--', ...chunk], { environment });
      entries.push(...readTree(stdout));
    }
    return entries;
  }

  /** The contents of objects in one process; `undefined` for one that is not here. */
  async #objects(ids: readonly string[]): Promise<(Buffer | undefined)[]> {
    if (ids.length === 0) return [];
    const { stdout } = await this.#git(['cat-file', '--batch', '--buffer'], { input: `${ids.join('\n')}\n` });
    let position = 0;
    return ids.map(() => {
      const lineEnd = stdout.indexOf('\n', position);
      const size = Number(/^\w+ \w+ (\d+)$/.exec(stdout.toString('latin1', position, lineEnd))?.[1] ?? NaN);
      position = lineEnd + 1;
      if (Number.isNaN(size)) return undefined;
      const content = stdout.subarray(position, position + size);
      position += size + 1;
      return content;
    });
  }

  async #resolve(ref: string): Promise<string> {
    const { stdout } = await this.#git(['for-each-ref', '--format=%(objectname) %(refname)', ref]);
    const line = stdout
      .toString()
      .split('\n')
      .find((candidate) => candidate.endsWith(` ${ref}`));
    return line?.slice(0, line.indexOf(' ')) ?? '';
  }

  /**
   * Makes git forget that the clone is partial: an object that is not here is then an error at once, where git would
   * fetch it, one request each.
   */
  async #forgetPromisor(): Promise<void> {
    const path = join(this.#gitDir, 'config');
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, lines.filter((line) => !/promisor|partialclone/i.test(line)).join('\n'));
  }

  #git(args: readonly string[], options: GitOptions = {}): Promise<GitResult> {
    return git(args, { gitDir: this.#gitDir, ...options });
  }

  /** Runs a command that talks to the server; only this one has the credentials. A network failure is tried again. */
  async #talk(action: string, args: readonly string[], options: GitOptions = {}, inside = true): Promise<GitResult> {
    const { remote, token } = this.#options;
    const config = { ...remoteConfig(remote, token), ...options.config };
    const environment = remote.transport === 'ssh' ? { GIT_SSH_COMMAND: 'ssh -o BatchMode=yes' } : {};
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await git(args, { ...options, ...(inside && { gitDir: this.#gitDir }), config, environment });
      } catch (error) {
        const explained = asReleaseError(explainRefusal(error, this.#action(action)));
        const delay = NETWORK_RETRIES[attempt];
        if (explained.code !== 'NETWORK' || delay === undefined) throw explained;
        await sleep(delay);
      }
    }
  }

  #action(action: string): { remote: Remote; token: boolean; action: string; base: string } {
    const { remote, token } = this.#options;
    return { remote, token: token !== '', action, base: this.#options.base };
  }
}

/** A name that is not UTF-8 could not be written as it was. */
function isLegible(path: string): boolean {
  return !path.includes('\ufffd');
}

function illegible(paths: readonly string[]): Problem[] {
  const message = 'was left alone: its name is not UTF-8';
  return paths.filter((path) => !isLegible(path)).map((file) => ({ file, line: 1, message }));
}

function isManifest({ path, type }: Candidate): boolean {
  return type === 'file' && MANIFEST.test(path);
}

function unique<Item>(items: readonly Item[], key: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
