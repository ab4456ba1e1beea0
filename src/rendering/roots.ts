/** Which kustomizations a changed file is part of, and which of them no other one names. Pure. */
import { kept, type ManifestFile } from '../core/objects.ts';
import { folderOf } from '../manifests/values/repository-paths.ts';
import { readManifest } from '../manifests/yaml/manifest.ts';
import { readKustomization, type Kustomization } from './kustomization.ts';
import { isBelow } from './sources.ts';

/** A leaf of the graph of kustomizations, and the changed files that it is made of. */
export interface KustomizationRoot {
  readonly folder: string;
  readonly file: string;
  readonly changed: readonly string[];
}

const WORD = /[\w.-]+/g;

/** Only those that may name something are parsed. */
export class Kustomizations {
  readonly #files: readonly ManifestFile[];
  /** By each word in its text. */
  readonly #byWord = new Map<string, ManifestFile[]>();
  readonly #read = new Map<ManifestFile, Kustomization>();

  constructor(files: readonly ManifestFile[]) {
    this.#files = files;
    for (const file of files) {
      for (const word of new Set(Buffer.from(file.bytes).toString().match(WORD))) {
        const known = this.#byWord.get(word);
        if (known) known.push(file);
        else this.#byWord.set(word, [file]);
      }
    }
  }

  /** The roots that are made of the changed files, in the order of their paths. */
  rootsOf(changed: readonly string[]): KustomizationRoot[] {
    const roots = new Map<ManifestFile, string[]>();
    for (const path of changed) {
      for (const root of this.#rootsAbove(path)) roots.set(root, [...(roots.get(root) ?? []), path]);
    }
    return [...roots]
      .map(([{ path }, files]) => ({ folder: folderOf(path), file: path, changed: files }))
      .toSorted((a, b) => (a.file < b.file ? -1 : 1));
  }

  #rootsAbove(path: string): ManifestFile[] {
    const own = this.#files.find((file) => file.path === path);
    const open = own ? [own] : this.#naming(path);
    const seen = new Set(open);
    const roots: ManifestFile[] = [];
    for (let file = open.pop(); file; file = open.pop()) {
      const above = this.#naming(folderOf(file.path)).filter((one) => one !== file);
      if (above.length === 0 && !this.#contentsOf(file).isComponent) roots.push(file);
      for (const one of above) {
        if (seen.has(one)) continue;
        seen.add(one);
        open.push(one);
      }
    }
    return roots;
  }

  /** The kustomizations that name a file, its chart, or a folder. */
  #naming(path: string): ManifestFile[] {
    const [word] = path.slice(path.lastIndexOf('/') + 1).match(WORD) ?? [];
    const named = word === undefined ? this.#files : (this.#byWord.get(word) ?? []);
    // A path that leads up has no name, and a chart is named by its folder.
    const up = this.#files.filter((file) => isBelow(file.path, path));
    const mayName = new Set([...named, ...up, ...(this.#byWord.get('helmCharts') ?? [])]);
    return [...mayName].filter((file) =>
      this.#contentsOf(file).references.some(
        (reference) => reference.path === path || (reference.kind === 'chart' && isBelow(path, reference.path)),
      ),
    );
  }

  #contentsOf(file: ManifestFile): Kustomization {
    return kept(this.#read, file, () => readKustomization(readManifest(file.path, file.bytes)));
  }
}
