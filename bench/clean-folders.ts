/** A folder of its own for each measured process, as a runner gives it to a step. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The files that a step writes to, by the variables that tell it where they are. */
export const STEP_FILES = { GITHUB_OUTPUT: 'outputs', GITHUB_STEP_SUMMARY: 'summary', GITHUB_STATE: 'state' } as const;

/**
 * All of them stay until `remove`: for some minutes after many files were deleted, ext4 is slow at making new ones,
 * so that cleaning up after one contender would slow down the next.
 */
export class CleanFolders {
  readonly #root: string;
  #count = 0;

  private constructor(root: string) {
    this.#root = root;
  }

  static async make(): Promise<CleanFolders> {
    return new CleanFolders(await mkdtemp(join(tmpdir(), 'bench-')));
  }

  /** A new folder, on a disk that has nothing left to write. */
  async next(): Promise<string> {
    this.#count += 1;
    const folder = join(this.#root, String(this.#count));
    await mkdir(folder);
    await Promise.all(Object.values(STEP_FILES).map((name) => writeFile(join(folder, name), '')));
    await run('sync');
    return folder;
  }

  async remove(): Promise<void> {
    // Many times faster than Node's own.
    await run('rm', ['-rf', this.#root]);
  }
}
