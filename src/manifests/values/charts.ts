/** Charts of the repository, and the files that have their values. */
import { groupBy } from '../../core/objects.ts';
import { scalarOf, valueOf } from '../yaml/tree.ts';
import type { Manifest } from '../yaml/manifest.ts';
import { folderOf, inFolder, repositoryPath } from './repository-paths.ts';
import { treeOf, type PlacedSource, type ValuesLayer, type ValuesTree } from './values-tree.ts';

/** The manifests of a repository that were read, by path. */
export type ManifestsByPath = ReadonlyMap<string, Manifest>;

const CHART_FILE = /(?:^|\/)Chart\.ya?ml$/;
const VALUES_FILE = /(?:^|\/)values[^/]*$/;
const DEFAULT_VALUES = ['values.yaml', 'values.yml'];
/** Folders of a chart that have no values of it. */
const NO_VALUES = /(?:^|\/)(?:templates|charts|crds)\//;
/** More dependencies, of one chart and of all below it, are a mistake or an attack. */
const MAX_DEPENDENCIES = 200;

/** Whether a path is that of a `Chart.yaml`. */
export const isChartFile = (path: string): boolean => CHART_FILE.test(path);
/** Whether the name of a file begins with `values`, as files of values are called. */
export const isValuesFile = (path: string): boolean => VALUES_FILE.test(path);

/** The folders from that of a file to the top. */
export function foldersAbove(file: string): string[] {
  const folder = folderOf(file);
  return folder === '' ? [''] : [folder, ...foldersAbove(folder)];
}

/**
 * The folder whose values a file may have: that of the chart around it, or its own where it and others there are
 * called `values…`; `undefined` for any other file.
 */
export function valuesFolderOf(file: string, charts: ReadonlySet<string>): string | undefined {
  const chart = foldersAbove(file).find((folder) => charts.has(folder));
  if (chart === undefined) return isValuesFile(file) ? folderOf(file) : undefined;
  return NO_VALUES.test(chart === '' ? file : file.slice(chart.length + 1)) || isChartFile(file) ? undefined : chart;
}

/** Charts, by the paths of all files. */
export function chartFolders(files: Iterable<string>): Set<string> {
  return new Set([...files].filter(isChartFile).map(folderOf));
}

/** True for a file that may have values: its first document is no object of Kubernetes. */
export function hasValues({ documents: [document] }: Manifest): boolean {
  return document?.root?.kind === 'map' && !valueOf(document.root, 'kind');
}

/**
 * For each folder with values: the default values, those of the charts in it, and over them the other files. Where a
 * folder has neither a chart nor default values, its files are only a guess.
 */
export function chartTrees(manifests: ManifestsByPath): ValuesTree[] {
  const charts = chartFolders(manifests.keys());
  const values = [...manifests.values()].filter(hasValues).map(({ path }) => path);
  const named = groupBy(values, (path) => valuesFolderOf(path, charts));
  const trees = [...named].flatMap(([folder, paths]): ValuesTree[] => {
    if (folder === undefined) return [];
    const { object, layers } = treeOf('', [[{ kind: 'chart', folder }]]);
    const tree = { object, layers: [...layers, ...filesOf(paths.filter((path) => !isDefault(path, folder)))] };
    return charts.has(folder) || paths.some((path) => isDefault(path, folder)) ? [tree] : [];
  });
  const inNoChart = values.filter((path) => !foldersAbove(path).some((folder) => charts.has(folder)));
  const guesses = [...groupBy(inNoChart, folderOf).values()].filter(({ length }) => length > 1);
  return [...trees, ...guesses.map((paths) => ({ object: '', layers: filesOf(paths), isGuess: true as const }))];
}

const filesOf = (paths: readonly string[]): ValuesLayer[] =>
  paths.map((path) => ({ source: { kind: 'file', path }, at: [], rank: 1 }));

const isDefault = (path: string, folder: string): boolean =>
  DEFAULT_VALUES.some((name) => path === inFolder(folder, name));

/** The default values of a chart, and those of its dependencies below their names. */
export function defaultValues(folder: string, manifests: ManifestsByPath): PlacedSource[] {
  return chartsIn(folder, manifests).flatMap((chart) => {
    const paths = DEFAULT_VALUES.map((name) => inFolder(chart.folder, name)).filter((path) => manifests.has(path));
    return paths.map((path): PlacedSource => [{ kind: 'file', path }, chart.at]);
  });
}

/** A chart in the values of another: its folder, and the path of its values. */
interface PlacedChart {
  readonly folder: string;
  readonly at: readonly string[];
}

/** A chart and all that it depends on in the repository; one that is in itself only once. */
export function chartsIn(folder: string, manifests: ManifestsByPath): PlacedChart[] {
  let left = MAX_DEPENDENCIES;
  const below = (chart: PlacedChart, above: readonly string[]): PlacedChart[] => {
    if (above.includes(chart.folder) || (left -= 1) < 0) return [];
    const dependencies = dependenciesOf(chart.folder, manifests).flatMap(({ name, folder: inside }) =>
      below({ folder: inside, at: [...chart.at, name] }, [...above, chart.folder]),
    );
    return [chart, ...dependencies];
  };
  return below({ folder, at: [] }, []);
}

/** Charts in the repository that a chart depends on, by the names that their values have in it. */
export function dependenciesOf(folder: string, manifests: ManifestsByPath): { name: string; folder: string }[] {
  const chart = manifests.get(inFolder(folder, 'Chart.yaml')) ?? manifests.get(inFolder(folder, 'Chart.yml'));
  const root = chart?.documents[0]?.root;
  const list = root?.kind === 'map' ? valueOf(root, 'dependencies') : undefined;
  return (list?.kind === 'list' ? list.items.slice(0, MAX_DEPENDENCIES) : []).flatMap((item) => {
    const text = (key: string): string | undefined => (item.kind === 'map' ? scalarOf(item, key)?.text : undefined);
    const name = text('name');
    if (name === undefined) return [];
    const written = text('repository')?.replace(/^file:\/\//, '') ?? '';
    const isLocal = text('repository')?.startsWith('file://') === true;
    const below = isLocal ? repositoryPath(folder, written) : inFolder(folder, `charts/${name}`);
    return below === undefined ? [] : { name: text('alias') ?? name, folder: below };
  });
}
