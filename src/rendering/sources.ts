/** The files of one commit that kustomizations and charts are made of, read in few requests and within limits. */
import { isManifestName } from '../core/manifest-names.ts';
import type { ManifestFile } from '../core/objects.ts';
import type { ManifestStore, SearchTerms } from '../git/manifest-store.ts';
import { folderOf } from '../manifests/values/repository-paths.ts';

/** Files and bytes that one rendering reads; more is not what one release is made of. */
const MOST_FILES = 5000;
const MOST_BYTES = 50 * 1024 * 1024;

/** What is to be read: files by their exact names, folders with the manifests in and below them, and folders as a whole. */
export interface WantedSources {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  readonly whole: ReadonlySet<string>;
}

export class Sources {
  readonly #store: Pick<ManifestStore, 'read'>;
  readonly #files = new Map<string, ManifestFile>();
  /** Files that were asked for by their names. */
  readonly #asked = new Set<string>();
  /** Folders of which all manifests were read, and of which all files were. */
  readonly #folders = new Set<string>();
  readonly #whole = new Set<string>();
  #read = 0;
  #bytes = 0;

  /** `known` are files of the base's tip that were read before. */
  constructor(store: Pick<ManifestStore, 'read'>, known: readonly ManifestFile[]) {
    this.#store = store;
    for (const file of known) this.#files.set(file.path, file);
  }

  /** Whether more was read than a rendering may. */
  get isFull(): boolean {
    return this.#read >= MOST_FILES || this.#bytes > MOST_BYTES;
  }

  /** A file; `undefined` where it is not there, is a link, or was not asked for. */
  get(path: string): ManifestFile | undefined {
    return this.#files.get(path);
  }

  /** The files in and below a folder that were read. */
  below(folder: string): ManifestFile[] {
    return [...this.#files.values()].filter(({ path }) => isBelow(path, folder));
  }

  /** Whether it is known if there is such a file. */
  isKnown(path: string): boolean {
    if (this.#files.has(path) || this.#asked.has(path) || isIn(path, this.#whole)) return true;
    return isManifestName(path) && isIn(path, this.#folders);
  }

  /** Whether a file was asked for by its name. */
  wasAsked(path: string): boolean {
    return this.#files.has(path) || this.#asked.has(path);
  }

  /** Whether all manifests in and below a folder were read. */
  isFolderKnown(folder: string): boolean {
    return isIn(`${folder}/x`, this.#folders) || this.isWholeKnown(folder);
  }

  /** Whether all files in and below a folder were read. */
  isWholeKnown(folder: string): boolean {
    return isIn(`${folder}/x`, this.#whole);
  }

  /** Reads what is not known yet: one call for names and folders, and one for folders as a whole. Throws what the store throws. */
  async load({ files, folders, whole }: WantedSources): Promise<void> {
    const names = [...files].filter((path) => !this.wasAsked(path));
    const near = [...folders].filter((folder) => !this.isFolderKnown(folder));
    const all = [...whole].filter((folder) => !this.isWholeKnown(folder));
    if (names.length + near.length > 0) await this.#readAll({ words: [], files: names }, near);
    // A pathspec that matches nothing is an error, and the top folder is one too.
    if (all.length > 0) {
      const paths = all.map((folder) => (folder === '' ? '.' : `${folder}/`));
      await this.#readAll({ words: [], paths, others: true }, []);
    }
    for (const name of names) this.#asked.add(name);
    for (const folder of near) this.#folders.add(folder);
    for (const folder of all) this.#whole.add(folder);
  }

  async #readAll(terms: SearchTerms, folders: readonly string[]): Promise<void> {
    const below = { folders, matches: () => true };
    const { manifests, others } = await this.#store.read(terms, { below, limit: MOST_FILES });
    for (const file of [...manifests, ...others]) {
      if (this.#files.has(file.path)) continue;
      this.#files.set(file.path, file);
      this.#read += 1;
      this.#bytes += file.bytes.length;
    }
  }
}

/** Whether a path is below a folder, which is empty for the top one. */
export const isBelow = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

/** Of the top folder a store reads only the files in it. */
function isIn(path: string, folders: ReadonlySet<string>): boolean {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) if (folders.has(folder)) return true;
  return folders.has('') && !path.includes('/');
}
