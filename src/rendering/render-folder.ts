/** Temporary files that are rendered: the repository's own before and after a release, and nothing else. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder, removeTemporaryFolder } from '../git/temporary.ts';

export type Side = 'before' | 'after';
export const SIDES: readonly Side[] = ['before', 'after'];

/** No step of a path leads up, and none has a character that ends it or begins another. */
const SAFE_PATH = /^(?!\/)(?!(?:.*\/)?\.{0,2}(?:\/|$))[^\0\\:]+$/;

export class RenderFolder {
  readonly #folder = makeTemporaryFolder();
  readonly #written = new Set<string>();
  #values = 0;

  /** An empty folder for what a program writes. */
  async makeHome(): Promise<string> {
    const home = join(this.#folder, 'home');
    await mkdir(home, { recursive: true });
    return home;
  }

  /** Where a path of the repository is on one side. */
  pathOf(side: Side, path: string): string {
    return join(this.#folder, side, 'files', path);
  }

  /** Writes a file that is readable and no more: no link, no mode. One that was written stays. Throws for a path that leads out. */
  async write(side: Side, path: string, bytes: Uint8Array): Promise<void> {
    if (!SAFE_PATH.test(path)) throw new Error(`a path leads out of the folder: ${JSON.stringify(path)}`);
    await this.#write(this.pathOf(side, path), bytes);
  }

  /** Writes values that are in no file of the repository. */
  async writeValues(side: Side, text: string): Promise<string> {
    this.#values += 1;
    const file = join(this.#folder, side, `values-${this.#values}.yaml`);
    await this.#write(file, text);
    return file;
  }

  /** Removes all of it, any number of times. */
  remove(): Promise<void> {
    return removeTemporaryFolder(this.#folder);
  }

  async #write(file: string, content: Uint8Array | string): Promise<void> {
    if (this.#written.has(file)) return;
    this.#written.add(file);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { mode: 0o600, flag: 'wx' });
  }
}
