/**
 * What a kustomization is made of, and what of it is not rendered here: everything that comes from another server, is
 * outside of its folder, or runs a program
 * (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/).
 */
import { KUSTOMIZATION_NAMES } from '../core/manifest-names.ts';
import type { Problem } from '../core/objects.ts';
import { folderOf, inFolder, repositoryPath } from '../manifests/values/repository-paths.ts';
import type { Manifest } from '../manifests/yaml/manifest.ts';
import { mapOf, scalarOf, valueOf, walk, type ManifestMap, type ManifestNode } from '../manifests/yaml/tree.ts';
import { ambiguityIn, isKey } from './go-reader.ts';

/** Something of the repository that a kustomization names. */
export interface Reference {
  /** Path in the repository. */
  readonly path: string;
  /** `any` is a file of objects or the folder of a kustomization; `plugin` a file of generators or transformers. */
  readonly kind: 'file' | 'any' | 'plugin' | 'chart';
  /** Where it is named. */
  readonly file: string;
  readonly line: number;
}

export interface Kustomization {
  readonly isComponent: boolean;
  readonly references: readonly Reference[];
  /** Why it is not rendered. */
  readonly problem?: Problem;
}

/** Whether a path is that of a kustomization, by its name. */
export const isKustomizationFile = (path: string): boolean =>
  KUSTOMIZATION_NAMES.includes(path.slice(path.lastIndexOf('/') + 1));

/** Keys whose value is a list of texts, and what each text names. */
const LISTS: Readonly<Record<string, Reference['kind']>> = {
  resources: 'any',
  bases: 'any',
  components: 'any',
  crds: 'file',
  configurations: 'file',
  patchesStrategicMerge: 'file',
  generators: 'plugin',
  transformers: 'plugin',
  validators: 'plugin',
};
/** Keys whose value is a map, or a list of maps, and the keys in each whose texts name files. */
const MAPS: Readonly<Record<string, readonly string[]>> = {
  patches: ['path'],
  patchesJson6902: ['path'],
  replacements: ['path'],
  openapi: ['path'],
  configMapGenerator: ['files', 'envs', 'env'],
  secretGenerator: ['files', 'envs', 'env'],
  helmCharts: ['valuesFile', 'additionalValuesFiles'],
};

/** All keys of a kustomization. Kustomize refuses others, but takes another case of a letter for the same key, as Go's readers of JSON do. */
const KEYS: ReadonlySet<string> = new Set(
  (
    'apiVersion kind metadata namePrefix nameSuffix namespace commonLabels labels commonAnnotations images imageTags replicas ' +
    'vars sortOptions generatorOptions buildMetadata helmGlobals helmChartInflationGenerator'
  )
    .split(' ')
    .concat(Object.keys(LISTS), Object.keys(MAPS)),
);
const CHART_KEYS = [
  'name',
  'repo',
  'releaseName',
  'nameTemplate',
  'namespace',
  'version',
  'apiVersions',
  'kubeVersion',
];
/** What a text has that kustomize may take for the address of a repository, in any of its versions, or for no path below. */
const NOT_PLAIN = /[:?@\\~\p{Cc}]|^\/|^github\.com(?:\/|$)|\/\/|\.git(?:\/|$)|(?:^|\/)_git(?:\/|$)/iu;
const IS_OUTSIDE = 'is outside of the folder of its kustomization, where kustomize reads no file';

/** Reads a kustomization from its manifest. Pure, never throws. */
export function readKustomization(manifest: Manifest): Kustomization {
  return new Reader(manifest).read();
}

class Reader {
  readonly #manifest: Manifest;
  readonly #folder: string;
  readonly #references: Reference[] = [];
  #problem: Problem | undefined;

  constructor(manifest: Manifest) {
    this.#manifest = manifest;
    this.#folder = folderOf(manifest.path);
  }

  read(): Kustomization {
    const { defect, documents, parts, path } = this.#manifest;
    const root = documents[0]?.root;
    if (defect) this.#problem = { file: path, line: defect.line, message: `${path} ${defect.reason}` };
    else if (root?.kind === 'map') this.#readRoot(root);
    this.#problem ??= ambiguityIn(this.#manifest);
    if (parts[0]?.isOnly === false) this.#problem ??= { file: path, line: 1, message: 'it has several documents' };
    return {
      isComponent: root?.kind === 'map' && scalarOf(root, 'kind')?.text === 'Component',
      references: this.#references,
      ...(this.#problem && { problem: this.#problem }),
    };
  }

  #readRoot(root: ManifestMap): void {
    for (const [key, value] of root.values) {
      if (!KEYS.has(key)) this.#refuse(value, `${JSON.stringify(key)} is no key of a kustomization`);
    }
    for (const [key, kind] of Object.entries(LISTS)) {
      for (const item of itemsOf(valueOf(root, key))) {
        if (item.kind !== 'scalar' || ((kind === 'plugin' || key === 'patchesStrategicMerge') && isInline(item.text))) {
          if (kind === 'plugin') this.#refuse(item, `${key} inside of a kustomization are not read`);
        } else this.#add(item.text, kind, item);
      }
    }
    for (const [key, names] of Object.entries(MAPS)) {
      for (const item of itemsOf(valueOf(root, key))) {
        if (item.kind === 'map') this.#refuseOtherCase(item, names);
        for (const text of item.kind === 'map' ? names.flatMap((name) => itemsOf(valueOf(item, name))) : []) {
          // Generators have key=path.
          if (text.kind === 'scalar') this.#add(text.text.replace(/^[^=]*=/, ''), 'file', text);
        }
      }
    }
    this.#readCharts(root);
  }

  #readCharts(root: ManifestMap): void {
    const old = valueOf(root, 'helmChartInflationGenerator');
    if (old) this.#refuse(old, 'helmChartInflationGenerator fetches charts');
    const globals = mapOf(root, 'helmGlobals');
    if (globals) this.#refuseOtherCase(globals, ['chartHome']);
    const config = globals && [...globals.values].find(([key]) => isKey(key, ['configHome']));
    if (config) this.#refuse(config[1], 'the configuration of Helm is not read');
    const home = (globals && scalarOf(globals, 'chartHome')?.text) ?? 'charts';
    for (const chart of itemsOf(valueOf(root, 'helmCharts'))) {
      if (chart.kind !== 'map') continue;
      this.#refuseOtherCase(chart, CHART_KEYS);
      this.#refuseOptions(chart);
      const repository = scalarOf(chart, 'repo');
      const name = scalarOf(chart, 'name');
      if (repository && repository.text !== '') this.#refuse(repository, 'a chart is fetched from another server');
      else if (name) this.#add(`${home}/${name.text}`, 'chart', name);
    }
  }

  /** Keys that kustomize takes for one of these names. */
  #refuseOtherCase(map: ManifestMap, names: readonly string[]): void {
    for (const [key, value] of map.values) {
      if (!names.includes(key) && isKey(key, names))
        this.#refuse(value, `${JSON.stringify(key)} is not spelled as its key`);
    }
  }

  /** Texts that kustomize puts among the arguments of Helm, which takes them for options: `--post-renderer` runs a program. */
  #refuseOptions(chart: ManifestMap): void {
    for (const [key, value] of chart.values) {
      if (key === 'valuesInline') continue;
      for (const { node } of walk(value.kind === 'alias' ? value.target : value)) {
        if (node.kind === 'scalar' && node.text.trimStart().startsWith('-')) {
          this.#refuse(value, `${JSON.stringify(node.text)} would be an option of Helm`);
        }
      }
    }
  }

  #add(text: string, kind: Reference['kind'], node: ManifestNode): void {
    const place = this.#placeOf(node);
    const path = repositoryPath(this.#folder, text);
    if (NOT_PLAIN.test(text) || path === undefined) {
      this.#refuse(node, `${JSON.stringify(text)} is no plain path in the repository, and nothing is fetched`);
    } else if (kind === 'file' && this.#folder !== '' && !path.startsWith(`${this.#folder}/`)) {
      this.#refuse(node, `${JSON.stringify(text)} ${IS_OUTSIDE}`);
    } else this.#references.push({ path, kind, ...place });
  }

  /** The first reason is kept. */
  #refuse(node: ManifestNode, message: string): void {
    this.#problem ??= { ...this.#placeOf(node), message };
  }

  #placeOf(node: ManifestNode): { file: string; line: number } {
    const scalar = walk(node.kind === 'alias' ? node.target : node).find((visit) => visit.node.kind === 'scalar')?.node;
    const start = scalar?.kind === 'scalar' ? scalar.start : 0;
    return { file: this.#manifest.path, line: this.#manifest.lines.positionAt(start).line };
  }
}

/** The folder of a kustomization, by its file. */
export const kustomizationFiles = (folder: string): string[] =>
  KUSTOMIZATION_NAMES.map((name) => inFolder(folder, name));

/** The items of a list, or the one value in its place. */
function itemsOf(node: ManifestNode | undefined): readonly ManifestNode[] {
  const value = node?.kind === 'alias' ? node.target : node;
  if (!value) return [];
  return value.kind === 'list' ? value.items.map((item) => (item.kind === 'alias' ? item.target : item)) : [value];
}

/** A patch, generator or transformer that is written in place of its path. */
const isInline = (text: string): boolean => /\n|^\s*[{[]/.test(text);
