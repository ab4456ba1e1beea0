/** The files that a kustomization is made of, as far as they are known. Pure. */
import type { Problem } from '../core/objects.ts';
import { inFolder } from '../manifests/values/repository-paths.ts';
import { readManifest } from '../manifests/yaml/manifest.ts';
import { chartFilesOf, chartIn, gatherChart } from './chart-files.ts';
import { kustomizationFiles, readKustomization, type Reference } from './kustomization.ts';
import { problemOfPlugin } from './plugin-config.ts';
import type { Sources } from './sources.ts';

/** The files of a root; those of `wanted` have to be read before they are all. */
export interface Gathered {
  /** Path to write -> path in the repository. */
  readonly files: ReadonlyMap<string, string>;
  readonly wanted: { readonly files: Set<string>; readonly folders: Set<string>; readonly whole: Set<string> };
  /** Why the root is not rendered. */
  readonly problem: Problem | undefined;
  /** Whether kustomize is to render charts in it. */
  readonly hasCharts: boolean;
}

/** Files of one root; a tree of more is a mistake, or an attack. */
const MOST_FILES = 2000;

/** Walks from the kustomization of a folder to all that it names. */
export function gatherKustomization(folder: string, sources: Sources): Gathered {
  return new Gathering(sources).from(folder);
}

class Gathering {
  readonly #sources: Sources;
  readonly #files = new Map<string, string>();
  readonly #wanted: Gathered['wanted'] = { files: new Set(), folders: new Set(), whole: new Set() };
  #problem: Problem | undefined;
  #hasCharts = false;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  from(folder: string): Gathered {
    const open = [
      ...this.#addFolder({ path: folder, kind: 'any', file: inFolder(folder, 'kustomization.yaml'), line: 1 }),
    ];
    const seen = new Set<string>();
    for (let reference = open.pop(); reference && !this.#problem; reference = open.pop()) {
      const key = `${reference.kind} ${reference.path}`;
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(...this.#follow(reference));
      if (this.#files.size > MOST_FILES) this.#refuse(reference, `more than ${MOST_FILES} files belong to it`);
    }
    return { files: this.#files, wanted: this.#wanted, problem: this.#problem, hasCharts: this.#hasCharts };
  }

  /** What is named by what a reference names. */
  #follow(reference: Reference): readonly Reference[] {
    if (reference.kind === 'chart') return this.#addChart(reference);
    // By its name a file or a folder; anything else is asked for as both.
    const isFile = reference.kind !== 'any' || /\.(?:ya?ml|json)$/.test(reference.path);
    if (this.#addFile(reference)) return [];
    if (!this.#sources.isKnown(reference.path)) {
      this.#wanted.files.add(reference.path);
      if (isFile) return [];
    }
    if (isFile) {
      this.#refuse(reference, `${JSON.stringify(reference.path)} is no file of the repository that is read here`);
      return [];
    }
    return this.#addFolder(reference);
  }

  #addFile(reference: Reference): boolean {
    const file = this.#sources.get(reference.path);
    if (!file) return false;
    this.#files.set(file.path, file.path);
    if (reference.kind === 'plugin') this.#problem ??= problemOfPlugin(readManifest(file.path, file.bytes));
    return true;
  }

  #addFolder(reference: Reference): readonly Reference[] {
    const { path } = reference;
    const names = kustomizationFiles(path);
    const [file] = names.flatMap((name) => this.#sources.get(name) ?? []);
    if (file) {
      this.#files.set(file.path, file.path);
      this.#wanted.files.delete(path);
      const { references, problem } = readKustomization(readManifest(file.path, file.bytes));
      this.#problem ??= problem;
      return references;
    }
    if (names.every((name) => this.#sources.isKnown(name))) {
      this.#refuse(
        reference,
        `${JSON.stringify(path)} is no file or kustomization of the repository that is read here`,
      );
    } else this.#wanted.folders.add(path);
    return [];
  }

  #addChart(reference: Reference): readonly Reference[] {
    const { path } = reference;
    this.#hasCharts = true;
    const names = chartFilesOf(path);
    if (!chartIn(path, this.#sources)) {
      if (names.every((name) => this.#sources.wasAsked(name)))
        this.#refuse(reference, 'its chart is not in the repository');
      else for (const name of names) this.#wanted.files.add(name);
      return [];
    }
    const { copies, wanted, problem } = gatherChart(path, this.#sources);
    this.#problem ??= problem;
    for (const [to, from] of copies) this.#files.set(to, from);
    for (const file of wanted.files) this.#wanted.files.add(file);
    for (const folder of wanted.whole) this.#wanted.whole.add(folder);
    return [];
  }

  #refuse({ file, line }: Reference, message: string): void {
    this.#problem ??= { file, line, message };
  }
}
