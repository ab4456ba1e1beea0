/**
 * Commits up to given ones. They are fetched into a repository of their own, which borrows the objects of the clone: more
 * history in the clone would change what it takes for its beginning, and what the server takes it to have.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Clone } from './clone.ts';
import { ChangeLog, type LoggedChange } from './change-log.ts';
import { readCommit } from './git-objects.ts';
import type { Commit } from '../core/objects.ts';

/** Git's own number for no limit. */
export const ALL = 2_147_483_647;
/** Fetches what is named, and no contents that are not. */
export const FETCH: readonly string[] = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--recurse-submodules=no',
];
/** Negotiating over commits whose contents are not here fails. */
export const FETCH_CONFIG = { 'fetch.negotiationAlgorithm': 'noop' };

/** The latest commits up to `base`, a child before its parents. */
export async function latestCommits(clone: Clone, base: string, depth: number): Promise<Commit[]> {
  const history = await CommitHistory.make(clone, base);
  await history.fetch([base], depth, 'tree:0');
  return history.list([`--max-count=${depth}`, base]);
}

/**
 * The commits that `head` has and `base` lacks, a child before its parents. No such commit is ever left out: where the
 * last `depth` commits do not show where the two parted, all are fetched.
 */
export async function commitsBetween(clone: Clone, base: string, head: string, depth: number): Promise<Commit[]> {
  const history = await CommitHistory.make(clone, base);
  const above = [head, `^${base}`];
  await history.fetch([base, head], depth, 'tree:0');
  const commits = await history.list(above);
  const ends = await history.ends();
  // There may be more behind these commits, or what they build on may be missing.
  const isCut = ends.size > 0 && commits.some(({ id, parents }) => ends.has(id) || parents.length === 0);
  if (!isCut) return commits;
  await history.fetch([base, head], ALL, 'tree:0');
  return history.list(above);
}

/** How far a history is here along first parents, and whether that is to the first commit. */
export interface Reach {
  readonly count: number;
  readonly end: string;
  readonly isComplete: boolean;
}

export class CommitHistory {
  /** The commit that it leads to. */
  readonly commit: string;
  readonly #clone: Clone;
  readonly #gitDir: string;
  /** What was asked since the last fetch. */
  #reach: Promise<Reach> | undefined;
  #changes: Promise<ChangeLog> | undefined;
  #isOfAllFiles = false;

  private constructor(clone: Clone, gitDir: string, commit: string) {
    this.#clone = clone;
    this.#gitDir = gitDir;
    this.commit = commit;
  }

  /** The history of a commit that is in the clone; it is removed when the clone is closed. */
  static async make(clone: Clone, commit: string): Promise<CommitHistory> {
    const gitDir = await clone.makeFolder('history');
    const format = commit.length === 64 ? 'sha256' : 'sha1';
    await clone.run(['init', '--quiet', '--bare', '--template=', `--object-format=${format}`], { gitDir });
    await mkdir(join(gitDir, 'objects/info'), { recursive: true });
    // From its own objects: a line has no room for a temporary folder with a line break in its name.
    const borrowed = relative(join(gitDir, 'objects'), join(clone.gitDir, 'objects'));
    await writeFile(join(gitDir, 'objects/info/alternates'), `${borrowed}\n`);
    const history = new CommitHistory(clone, gitDir, commit);
    const [first] = await history.readCommits([commit]);
    if (first?.parents.length !== 0) await writeFile(join(gitDir, 'shallow'), `${commit}\n`);
    return history;
  }

  /** Fetches the latest `depth` commits up to each one named, and their trees unless filtered. Throws what Clone.useServer throws. */
  async fetch(commits: readonly string[], depth: number, filter: 'tree:0' | 'blob:none'): Promise<void> {
    const config = { ...FETCH_CONFIG, 'remote.origin.url': this.#clone.options.remote.url };
    const fetch = [...FETCH, `--filter=${filter}`, `--depth=${depth}`, 'origin', ...commits];
    await this.#clone.useServer(fetch, { gitDir: this.#gitDir, config });
    this.#reach = undefined;
    this.#changes = undefined;
  }

  reach(): Promise<Reach> {
    return (this.#reach ??= this.#readReach());
  }

  async #readReach(): Promise<Reach> {
    const ids = (await this.run(['rev-list', '--first-parent', this.commit])).toString().trimEnd().split('\n');
    const end = ids.at(-1) ?? '';
    const [last] = await this.readCommits([end]);
    return { count: ids.length, end, isComplete: last?.parents.length === 0 };
  }

  /** From now on changes are read of all files at once: for a caller that asks for many sets of them. */
  readAllChanges(): void {
    this.#isOfAllFiles = true;
  }

  /** What its commits changed of files along first parents. */
  async changesOf(files: readonly string[]): Promise<LoggedChange[]> {
    const log = this.#isOfAllFiles ? (this.#changes ??= this.#log([])) : this.#log(files);
    return (await log).of(files);
  }

  async #log(files: readonly string[]): Promise<ChangeLog> {
    const shape = ['--first-parent', '-m', '--raw', '-z', '--no-abbrev', '--no-renames', '--format=%H %cI'];
    const input = [this.commit, ...(files.length > 0 ? ['--', ...files.map(pathspecOf)] : []), ''].join('\n');
    return new ChangeLog((await this.run(['log', ...shape, '--stdin'], input)).toString());
  }

  /** The commits that git lists for revisions, a child before its parents. */
  async list(revisions: readonly string[]): Promise<Commit[]> {
    const ids = (await this.run(['rev-list', '--date-order', ...revisions])).toString().split('\n').filter(Boolean);
    return this.readCommits(ids);
  }

  /** The commits whose parents were not fetched. */
  async ends(): Promise<Set<string>> {
    try {
      return new Set((await readFile(join(this.#gitDir, 'shallow'), 'utf8')).split('\n').filter(Boolean));
    } catch {
      return new Set();
    }
  }

  /** What a git command in it writes. Throws GitError, TIMED_OUT. */
  async run(args: readonly string[], input = ''): Promise<Buffer> {
    return (await this.#clone.run(args, { gitDir: this.#gitDir, input })).stdout;
  }

  async readCommits(ids: readonly string[]): Promise<Commit[]> {
    const objects = await this.#clone.reader.objects(ids, this.#gitDir);
    return ids.map((id, index) => readCommit(id, objects[index]?.content?.toString() ?? ''));
  }
}

/** A pathspec for one file, in one line; it may match more. */
export function pathspecOf(file: string): string {
  return `:(glob)${file.replace(/[\\*?[]/g, '\\$&').replaceAll('\n', '?')}`;
}
