/**
 * Values of a Kustomization's `helmCharts`
 * (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/helmcharts/).
 */
import { joinPath, mapOf, scalarOf, valueOf, type ManifestDocument, type ManifestMap } from '../yaml/tree.ts';
import { folderOf, inFolder, repositoryPath } from './repository-paths.ts';
import { fileAt, textsOf } from './value-lists.ts';
import { treeOf, type PlacedSource, type ValuesTree } from './values-tree.ts';

/** The values of each chart of a kustomization; none for other documents. */
export function* kustomizeTrees(document: ManifestDocument): Generator<ValuesTree> {
  const { root } = document;
  const charts = root?.kind === 'map' ? valueOf(root, 'helmCharts') : undefined;
  if (root?.kind !== 'map' || charts?.kind !== 'list') return;
  const globals = mapOf(root, 'helmGlobals');
  const chartHome = (globals && scalarOf(globals, 'chartHome')?.text) ?? 'charts';
  for (const [index, chart] of charts.items.entries()) {
    if (chart.kind === 'map') yield treeOf('', sourcesOf(document, chart, chartHome, `helmCharts[${index}]`));
  }
}

function sourcesOf(document: ManifestDocument, chart: ManifestMap, chartHome: string, where: string): PlacedSource[] {
  const home = folderOf(document.path);
  const charts = repositoryPath(home, chartHome);
  const name = scalarOf(chart, 'name')?.text;
  const files = [...textsOf(chart, 'valuesFile'), ...textsOf(chart, 'additionalValuesFiles')];
  const inline = valueOf(chart, 'valuesInline');
  return [
    [charts === undefined || name === undefined ? undefined : { kind: 'chart', folder: inFolder(charts, name) }],
    ...files.map((file): PlacedSource => [fileAt(home, file)]),
    [inline && { kind: 'node', document, node: inline, where: joinPath(where, 'valuesInline') }],
  ];
}
