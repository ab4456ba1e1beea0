/** Moves refs of a bare repository by one `git update-ref --stdin`, since a process for each request would be slower than GitHub. */
import { text } from 'node:stream/consumers';
import { GitError, startGit } from './git.ts';

/** What a ref points to before and after; `ZEROS` where it is not there. */
export interface RefUpdate {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
}

export const ZEROS = '0'.repeat(40);

export class RefUpdater {
  readonly #gitDir: string;
  #child: ReturnType<typeof startGit> | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(gitDir: string) {
    this.#gitDir = gitDir;
  }

  /** Moves all of them or none. Throws GitError when one is not what it is said to be before. */
  async update(updates: readonly RefUpdate[]): Promise<void> {
    const updated = this.#last.then(() => this.#transact(updates));
    this.#last = updated.catch(() => undefined);
    await updated;
  }

  close(): void {
    this.#child?.stdin.end();
    this.#child = undefined;
  }

  async #transact(updates: readonly RefUpdate[]): Promise<void> {
    const child = (this.#child ??= startUpdating(this.#gitDir));
    const lines = updates.map(({ ref, before, after }) => `update ${ref} ${after} ${before}`);
    child.stdin.write(['start', ...lines, 'prepare', 'commit', ''].join('\n'));
    let said = '';
    // Where a ref is another, git says why on stderr and ends.
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      said += String(chunk);
      if (said.endsWith('commit: ok\n')) return;
    }
    this.#child = undefined;
    const reason = (await text(child.stderr)).trim();
    throw new GitError(`git update-ref moved none of ${updates.map(({ ref }) => ref).join(', ')}: ${reason}`);
  }
}

function startUpdating(gitDir: string): ReturnType<typeof startGit> {
  const child = startGit(['update-ref', '--stdin'], { gitDir });
  // One that ends before it has read its input says why on stderr.
  child.stdin.on('error', () => undefined);
  // It does not keep the process alive.
  child.unref();
  return child;
}
