/**
 * Commits without what they hold. They are fetched into a repository of their own, because more history would change
 * what a shallow clone takes for its beginning.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clone } from './clone.ts';
import { readCommit } from './commit.ts';
import type { Commit } from '../core/objects.ts';

/** Git's own number for no limit. */
const ALL = 2_147_483_647;
const TIP = 'refs/heads/tip';

/** The latest commits up to `base`, a child before its parents. */
export async function latestCommits(clone: Clone, base: string, depth: number): Promise<Commit[]> {
  const history = await History.make(clone, base);
  await history.fetch([`${base}:${TIP}`], depth);
  return history.list([`--max-count=${depth}`, TIP]);
}

/**
 * The commits that `head` has and `base` lacks, a child before its parents. No such commit is ever left out: where the
 * last `depth` commits do not show where the two parted, all are fetched.
 */
export async function commitsBetween(clone: Clone, base: string, head: string, depth: number): Promise<Commit[]> {
  const history = await History.make(clone, base);
  const above = [head, `^${base}`];
  await history.fetch([base, head], depth);
  const commits = await history.list(above);
  if (!(await history.isCut(commits))) return commits;
  await history.fetch([base, head], ALL);
  return history.list(above);
}

class History {
  readonly #clone: Clone;
  readonly #gitDir: string;

  private constructor(clone: Clone, gitDir: string) {
    this.#clone = clone;
    this.#gitDir = gitDir;
  }

  /** `id` is of the kind that its objects are to have. */
  static async make(clone: Clone, id: string): Promise<History> {
    const gitDir = await clone.makeFolder('history');
    const format = id.length === 64 ? 'sha256' : 'sha1';
    await clone.run(['init', '--quiet', '--bare', '--template=', `--object-format=${format}`], { gitDir });
    return new History(clone, gitDir);
  }

  async fetch(refspecs: readonly string[], depth: number): Promise<void> {
    const shape = ['--quiet', '--filter=tree:0', '--no-tags', '--no-write-fetch-head', '--recurse-submodules=no'];
    const fetch = ['fetch', ...shape, `--depth=${depth}`, 'origin', ...refspecs];
    const config = { 'remote.origin.url': this.#clone.options.remote.url };
    await this.#clone.useServer(fetch, { gitDir: this.#gitDir, config });
  }

  async list(revisions: readonly string[]): Promise<Commit[]> {
    const list = ['rev-list', '--date-order', ...revisions];
    const { stdout } = await this.#clone.run(list, { gitDir: this.#gitDir });
    const ids = stdout.toString().split('\n').filter(Boolean);
    const objects = await this.#clone.objects(ids, { gitDir: this.#gitDir });
    return ids.map((id, index) => readCommit(id, objects[index]?.toString() ?? ''));
  }

  /** Whether there may be more behind these commits, or what they build on may be missing. */
  async isCut(commits: readonly Commit[]): Promise<boolean> {
    const ends = await this.#ends();
    return ends.size > 0 && commits.some(({ id, parents }) => ends.has(id) || parents.length === 0);
  }

  /** The commits whose parents were not fetched. */
  async #ends(): Promise<Set<string>> {
    try {
      return new Set((await readFile(join(this.#gitDir, 'shallow'), 'utf8')).split('\n').filter(Boolean));
    } catch {
      return new Set();
    }
  }
}
