/**
 * The commits that led to one, along first parents, with their trees. They are fetched into a repository of their own,
 * which borrows what the clone has: more history in the clone would change what it takes for its beginning, and what the
 * server takes it to have.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clone } from './clone.ts';
import { readCommit } from './commit.ts';
import type { Commit } from '../core/objects.ts';

/** Fetches what is named, and no contents that are not. */
export const FETCH: readonly string[] = [
  'fetch',
  '--quiet',
  '--filter=blob:none',
  '--no-tags',
  '--no-write-fetch-head',
  '--recurse-submodules=no',
];
/** Negotiating over commits whose contents are not here fails. */
export const FETCH_CONFIG = { 'fetch.negotiationAlgorithm': 'noop' };

export class Trail {
  readonly commit: string;
  readonly #clone: Clone;
  readonly #gitDir: string;

  private constructor(clone: Clone, gitDir: string, commit: string) {
    this.#clone = clone;
    this.#gitDir = gitDir;
    this.commit = commit;
  }

  /** The trail of a commit that is in the clone; it goes when the clone is closed. */
  static async make(clone: Clone, commit: string): Promise<Trail> {
    const gitDir = await clone.makeFolder('trail');
    const format = commit.length === 64 ? 'sha256' : 'sha1';
    await clone.run(['init', '--quiet', '--bare', '--template=', `--object-format=${format}`], { gitDir });
    await mkdir(join(gitDir, 'objects/info'), { recursive: true });
    await writeFile(join(gitDir, 'objects/info/alternates'), `${join(clone.gitDir, 'objects')}\n`);
    const trail = new Trail(clone, gitDir, commit);
    const [first] = await trail.readCommits([commit]);
    if (first?.parents.length !== 0) await writeFile(join(gitDir, 'shallow'), `${commit}\n`);
    return trail;
  }

  /** How far it is here, and whether that is to the first commit. */
  async reach(): Promise<{ count: number; end: string; isComplete: boolean }> {
    const ids = (await this.run(['rev-list', '--first-parent', this.commit])).toString().trimEnd().split('\n');
    const end = ids.at(-1) ?? '';
    const [last] = await this.readCommits([end]);
    return { count: ids.length, end, isComplete: last?.parents.length === 0 };
  }

  /** Fetches the latest `depth` commits and their trees. Throws what Clone.useServer throws. */
  async fetch(depth: number): Promise<void> {
    const config = { ...FETCH_CONFIG, 'remote.origin.url': this.#clone.options.remote.url };
    const fetch = [...FETCH, `--depth=${depth}`, 'origin', this.commit];
    await this.#clone.useServer(fetch, { gitDir: this.#gitDir, config });
  }

  async run(args: readonly string[], input = ''): Promise<Buffer> {
    return (await this.#clone.run(args, { gitDir: this.#gitDir, input })).stdout;
  }

  async readCommits(ids: readonly string[]): Promise<Commit[]> {
    const objects = await this.#clone.objects(ids, { gitDir: this.#gitDir });
    return ids.map((id, index) => readCommit(id, objects[index]?.toString() ?? ''));
  }
}
