/** What else has to be read to know whose tag a tag is: what values name, and what names them. Pure. */
import { KUSTOMIZATION_NAMES } from '../../core/manifest-names.ts';
import type { ManifestFile } from '../../core/objects.ts';
import { mayContain } from '../search-terms.ts';
import type { Manifest } from '../yaml/manifest.ts';
import { mapOf, scalarOf, walk, type ManifestDocument } from '../yaml/tree.ts';
import { readLonePart } from '../conventions/image-keys.ts';
import {
  chartFolders,
  dependenciesOf,
  foldersAbove,
  hasValues,
  isChartFile,
  isValuesFile,
  valuesFolderOf,
} from './charts.ts';
import { configEntries } from './config-objects.ts';
import { ANY, folderOf, inFolder, pathPattern, repositoryPath } from './repository-paths.ts';
import { fileAt, textsOf } from './value-lists.ts';
import { treesIn } from './tag-owners.ts';
import { chartOfTemplate, templateUses } from './template-uses.ts';
import type { ValuesSource } from './values-tree.ts';

/** Manifests that may have the other half of values. */
export interface Related {
  readonly files: ReadonlySet<string>;
  /** Charts, and folders with files called `values…`: all values in them. */
  readonly folders: ReadonlySet<string>;
  /** Folders without a chart in which one file has the repository of an image: all that may be values beside it. */
  readonly siblings: ReadonlySet<string>;
  /** Names of objects and charts, as the manifests have them that patch or use them. */
  readonly names: ReadonlySet<string>;
}

/** Every manifest that names values, or patches an object with values, has one of these words. */
export const VALUES_WORDS = [
  'helm',
  'Helm',
  'onfigMap',
  'Secret',
  'ecretGenerator',
  'releases',
  'Application',
  'dependencies',
];

/** Parses some of the files, and all that are related to them. Each is parsed once. */
export function withRelated(
  some: readonly ManifestFile[],
  files: readonly ManifestFile[],
  parse: (file: ManifestFile) => Manifest,
): Map<ManifestFile, Manifest> {
  const parsed = new Map(some.map((file) => [file, parse(file)]));
  const charts = chartFolders(files.map(({ path }) => path));
  let last = [...parsed.values()];
  while (last.length > 0) {
    const isRelated = matcherOf(relatedTo(last, charts), charts);
    const more = files.filter((file) => !parsed.has(file) && isRelated(file));
    last = more.map(parse);
    for (const [index, file] of more.entries()) parsed.set(file, last[index] ?? parse(file));
  }
  return parsed;
}

/** Whether a file is one of those that are related. */
function matcherOf(
  { files, folders, siblings, names }: Related,
  charts: ReadonlySet<string>,
): (file: ManifestFile) => boolean {
  if (files.size + folders.size + siblings.size + names.size === 0) return () => false;
  const isValue = isValueOf(folders, charts);
  const patterns = [...files].filter((file) => file.includes(ANY)).map(pathPattern);
  return ({ path, bytes }) =>
    files.has(path) ||
    isValue(path) ||
    (siblings.has(folderOf(path)) && mayBeValues(bytes)) ||
    patterns.some((pattern) => pattern.test(path)) ||
    (names.size > 0 && mayContain(bytes, VALUES_WORDS) && hasName(bytes, names));
}

/** Whether one of the names is in a text as a word: one pass, however many names there are. */
function hasName(bytes: Uint8Array, names: ReadonlySet<string>): boolean {
  const words = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString()
    .matchAll(/[\w.-]+/g);
  for (const [word] of words) if (names.has(word)) return true;
  return false;
}

/** Whether a text may be values with a tag: it has one, and the kind of no object. */
export function mayBeValues(bytes: Uint8Array): boolean {
  return mayContain(bytes, TAG_WORDS) && !mayContain(bytes, ['kind:', '"kind"']);
}

export const TAG_WORDS = ['tag', 'Tag', 'TAG'];

/** Whether a file has values of one of the folders. */
export function isValueOf(folders: Iterable<string>, charts: ReadonlySet<string>): (path: string) => boolean {
  const wanted = new Set(folders);
  return (path) => wanted.has(valuesFolderOf(path, charts) ?? '\0');
}

/** What is related to manifests, of which each names a released image or is related to one that does. */
export function relatedTo(manifests: readonly Manifest[], charts: ReadonlySet<string>): Related {
  const files = new Set<string>();
  const folders = new Set<string>();
  const siblings = new Set<string>();
  const names = new Set<string>();
  const byPath = new Map(manifests.map((manifest) => [manifest.path, manifest]));
  const addSource = (source: ValuesSource): void => {
    if (source.kind === 'file') files.add(source.path);
    if (source.kind === 'object') names.add(nameIn(source.name));
    if (source.kind === 'chart')
      for (const file of ['Chart.yaml', 'values.yaml']) files.add(inFolder(source.folder, file));
  };
  for (const manifest of manifests) {
    const { path, documents } = manifest;
    if (isChartFile(path)) {
      folders.add(folderOf(path));
      names.add(nameIn(folderOf(path)));
      for (const { folder } of dependenciesOf(folderOf(path), byPath)) addSource({ kind: 'chart', folder });
    }
    const chart = chartOfTemplate(path);
    if (chart !== undefined && !templateUses(manifest).next().done) {
      folders.add(chart);
      names.add(nameIn(chart));
      addSource({ kind: 'chart', folder: chart });
    }
    if (hasValues(manifest)) {
      const folder = valuesFolderOf(path, charts);
      if (folder !== undefined) folders.add(folder);
      const above = foldersAbove(path);
      for (const one of above) files.add(inFolder(one, 'Chart.yaml'));
      if (!above.some((one) => charts.has(one)) && hasRepository(manifest)) siblings.add(folderOf(path));
      if (isValuesFile(path)) names.add(nameIn(path));
    }
    for (const document of documents) {
      for (const { object, layers } of treesIn(document)) {
        if (object !== '') names.add(nameIn(object));
        for (const { source } of layers) addSource(source);
      }
      for (const { name, source } of configEntries(document)) {
        names.add(nameIn(name));
        addSource(source);
      }
      for (const file of patchedFiles(document)) files.add(file);
    }
  }
  return { files, folders, siblings, names };
}

/** Whether a name without a version is a value of a key that repositories have. */
function hasRepository({ documents: [document] }: Manifest): boolean {
  return walk(document?.root).some(
    ({ node }) =>
      node.kind === 'map' &&
      node.entries.some(({ key, value }) => {
        const isNamed = value.kind === 'scalar' && readLonePart(key)?.part === 'repository';
        return isNamed && !/[:@]|^$/.test(value.text);
      }),
  );
}

/** The last part of a path or of `kind/name`. */
const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Files of patches, and what they patch: the resources of a Kustomization that patches objects with values. */
function* patchedFiles({ root, path, lines }: ManifestDocument): Generator<string> {
  if (root?.kind !== 'map' || !(lines.includes('HelmRelease') || lines.includes('Application'))) return;
  const folder = folderOf(path);
  for (const { node } of walk(root)) {
    const file = node.kind === 'map' && mapOf(node, 'target') ? scalarOf(node, 'path')?.text : undefined;
    const patch = file === undefined ? undefined : fileAt(folder, file);
    if (patch) yield patch.path;
  }
  for (const resource of ['resources', 'bases', 'components'].flatMap((key) => textsOf(root, key))) {
    const below = repositoryPath(folder, resource);
    if (below === undefined || below.includes(ANY)) continue;
    if (/\.ya?ml$|\.json$/.test(below)) yield below;
    else for (const name of KUSTOMIZATION_NAMES) yield inFolder(below, name);
  }
}
