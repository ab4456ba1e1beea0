/** A folder of its own for each measured process, as a runner gives it to a step. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The files that a step writes to, by the variables that tell it where they are. */
export const STEP_FILES = { GITHUB_OUTPUT: 'outputs', GITHUB_STEP_SUMMARY: 'summary', GITHUB_STATE: 'state' } as const;

export class CleanFolders {
  readonly #root: string;
  /** For some minutes after many files were deleted, ext4 is slow at making new ones: for the next contender. */
  readonly #removesLate: boolean;
  #count = 0;

  private constructor(root: string, removesLate: boolean) {
    this.#root = root;
    this.#removesLate = removesLate;
  }

  /** Folders in the temporary folder. The caller closes it. */
  static async make(): Promise<CleanFolders> {
    const root = await mkdtemp(join(tmpdir(), 'bench-'));
    return new CleanFolders(root, (await fileSystem()).startsWith('ext'));
  }

  /** Gives `work` a new folder, on a disk that has nothing left to write. */
  async use<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
    this.#count += 1;
    const folder = join(this.#root, String(this.#count));
    await mkdir(folder);
    await Promise.all(Object.values(STEP_FILES).map((name) => writeFile(join(folder, name), '')));
    await run('sync');
    try {
      return await work(folder);
    } finally {
      if (!this.#removesLate) await remove(folder);
    }
  }

  /** Removes what is left of them. */
  async close(): Promise<void> {
    await remove(this.#root);
  }
}

/** The file system of the temporary folder, e.g. `ext4`. */
export async function fileSystem(): Promise<string> {
  const { stdout } = await run('df', ['--output=fstype', tmpdir()]);
  return stdout.trim().split('\n').at(-1) ?? '';
}

async function remove(folder: string): Promise<void> {
  // Many times faster than Node's own.
  await run('rm', ['-rf', folder]);
}
