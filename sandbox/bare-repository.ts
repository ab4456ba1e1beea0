/** A bare repository on disk, written and read with git's plumbing. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commitStream, type Files, type Person } from './commit-stream.ts';
import { git, type GitOptions } from './git.ts';
import { ObjectReader, type GitObject } from './object-reader.ts';
import { RefUpdater, type RefUpdate } from './ref-updater.ts';
import { readRef, readRefs } from './refs.ts';

export interface CommitOptions {
  /** A made-up person unless given. */
  readonly author?: Person;
  readonly message?: string;
  /** A revision to put the commit on; the branch's tip unless given, or the default branch's for a new branch. */
  readonly parent?: string;
}

export interface LoggedCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly subject: string;
  /** The message below its subject, trailers included. */
  readonly body: string;
  /** `Key: value`, unfolded, in order. */
  readonly trailers: readonly string[];
}

/** How much a pull request changes. */
export interface Comparison {
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly files: number;
}

export const SOMEONE: Person = { name: 'Ada Lovelace', email: 'ada@example.com' };

const EMPTY_FOLDERS = ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags'];

const LOG_FIELDS = ['%H', '%P', '%an', '%ae', '%cn', '%ce', '%s', '%b', '%(trailers:only,unfold)'];

export class BareRepository {
  readonly gitDir: string;
  readonly defaultBranch: string;
  readonly #updater: RefUpdater;
  readonly #comparisons = new Map<string, Promise<Comparison>>();
  #reader: ObjectReader | undefined;

  /** The repository at `gitDir`, which `initialize` is to make first. */
  constructor(gitDir: string, defaultBranch: string) {
    this.gitDir = gitDir;
    this.#updater = new RefUpdater(gitDir);
    this.defaultBranch = defaultBranch;
  }

  /** Makes the repository on disk: empty, or with all that another bare one has. */
  async initialize(copyOf?: string): Promise<void> {
    if (copyOf !== undefined) {
      // Links the objects, so that a large one takes no longer than a small one.
      await git(['clone', '--quiet', '--bare', '--template=', '--local', '--', copyOf, this.gitDir]);
      return;
    }
    // What `git init` writes, without a process for each of the many repositories of tests.
    await Promise.all(EMPTY_FOLDERS.map((folder) => mkdir(join(this.gitDir, folder), { recursive: true })));
    await writeFile(join(this.gitDir, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
    await writeFile(join(this.gitDir, 'HEAD'), `ref: refs/heads/${this.defaultBranch}\n`);
  }

  /** The commit id of a branch, undefined when there is no such branch. */
  async tip(branch: string): Promise<string | undefined> {
    return readRef(this.gitDir, `refs/heads/${branch}`);
  }

  /** All refs with the ids they point to, read from git's files: a process for each question would be slower than GitHub. */
  async refs(): Promise<Record<string, string>> {
    return readRefs(this.gitDir);
  }

  /** How many commits a head has that a base lacks. */
  async countAbove(base: string, head: string): Promise<number> {
    if (base === head) return 0;
    if ((await this.parents(head)).join() === base) return 1;
    return Number(await this.text(['rev-list', '--count', `${base}..${head}`]));
  }

  /** The parents of a commit, by its id. */
  async parents(commit: string): Promise<string[]> {
    const [object] = await this.objects([commit]);
    const headers = object?.content.toString().split('\n\n', 1)[0] ?? '';
    return [...headers.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, id = '']) => id);
  }

  /** The text of a file at a branch or commit. Throws GitError when it is not there. */
  async read(revision: string, path: string): Promise<string> {
    return await this.text(['cat-file', 'blob', `${revision}:${path}`]);
  }

  /** All paths at a branch or commit with their modes, e.g. `100644`. */
  async files(revision: string): Promise<Record<string, string>> {
    const entries = (await this.text(['ls-tree', '-r', '-z', revision])).split('\0').filter(Boolean);
    return Object.fromEntries(entries.map((entry) => [entry.slice(entry.indexOf('\t') + 1), entry.slice(0, 6)]));
  }

  /** The commits of a branch, newest first. */
  async log(revision: string): Promise<LoggedCommit[]> {
    const text = await this.text(['log', '-z', `--format=tformat:${LOG_FIELDS.join('%x00')}`, revision]);
    const values = text.split('\0');
    const count = Math.floor(values.length / LOG_FIELDS.length);
    return Array.from({ length: count }, (_, index) =>
      asLoggedCommit(values.slice(index * LOG_FIELDS.length, (index + 1) * LOG_FIELDS.length)),
    );
  }

  /** What `git diff` shows between two revisions, or for `a...b` since they parted. */
  async diff(...revisions: readonly string[]): Promise<string> {
    return await this.text(['diff', '--no-color', '--no-ext-diff', ...revisions]);
  }

  /** Commits to a branch as a person would, also over what is there; gives the new commit's id. */
  async commit(branch: string, files: Files, options: CommitOptions = {}): Promise<string> {
    const { author = SOMEONE, message = 'Change by hand\n', parent } = options;
    const id =
      parent === undefined
        ? ((await this.tip(branch)) ?? (await this.tip(this.defaultBranch)))
        : await this.commitId(parent);
    const input = commitStream({ branch, parent: id, author, message, files });
    return (await this.text(['fast-import', '--quiet', '--force'], { input })).trim();
  }

  async deleteBranch(branch: string): Promise<void> {
    await this.text(['update-ref', '-d', `refs/heads/${branch}`]);
  }

  /** How a head differs from where it left its base, both by their ids. */
  compare(base: string, head: string): Promise<Comparison> {
    const range = `${base}...${head}`;
    const known = this.#comparisons.get(range) ?? this.#compare(base, head);
    this.#comparisons.set(range, known);
    return known;
  }

  async #compare(base: string, head: string): Promise<Comparison> {
    const [commits, numbers] = await Promise.all([
      this.countAbove(base, head),
      this.text(['diff', '--numstat', `${base}...${head}`]),
    ]);
    const lines = numbers.split('\n').filter(Boolean);
    // Binary files have `-` for a number.
    const sum = (column: number): number =>
      lines.reduce((total, line) => total + (Number(line.split('\t')[column]) || 0), 0);
    return { commits, additions: sum(0), deletions: sum(1), files: lines.length };
  }

  /** Sets a tag without a message; the default branch's tip unless another revision is given. */
  async tag(name: string, revision: string = this.defaultBranch): Promise<void> {
    await this.text(['update-ref', `refs/tags/${name}`, await this.commitId(revision)]);
  }

  /** The id of the commit that a revision names. Throws GitError when there is none. */
  async commitId(revision: string): Promise<string> {
    return (await this.text(['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`])).trim();
  }

  /** Objects by any name that git has for them; undefined for one that is not there. */
  objects(names: readonly string[]): Promise<(GitObject | undefined)[]> {
    this.#reader ??= new ObjectReader(this.gitDir);
    return this.#reader.read(names);
  }

  /** Moves refs, all of them or none. Throws GitError when one is not what it is said to be before. */
  updateRefs(...updates: readonly RefUpdate[]): Promise<void> {
    return this.#updater.update(updates);
  }

  /** Ends what reads objects and moves refs. */
  close(): void {
    this.#updater.close();
    this.#reader?.close();
    this.#reader = undefined;
  }

  /** What a git command writes, as text. */
  async text(args: readonly string[], options: Omit<GitOptions, 'gitDir'> = {}): Promise<string> {
    return (await this.bytes(args, options)).toString();
  }

  async bytes(args: readonly string[], options: Omit<GitOptions, 'gitDir'> = {}): Promise<Buffer> {
    return git(args, { gitDir: this.gitDir, ...options });
  }
}

function asLoggedCommit(values: readonly string[]): LoggedCommit {
  const [sha = '', parents = '', name = '', email = '', committer = '', committerEmail = ''] = values;
  const [subject = '', body = '', trailers = ''] = values.slice(6);
  return {
    sha,
    parents: parents.split(' ').filter(Boolean),
    author: { name, email },
    committer: { name: committer, email: committerEmail },
    subject,
    body: body.trimEnd(),
    trailers: trailers.split('\n').filter(Boolean),
  };
}
