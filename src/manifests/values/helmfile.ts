/** Values of a helmfile's releases: `values`, then `set`, over the chart (https://helmfile.readthedocs.io/en/latest/#configuration). */
import { joinPath, scalarOf, valueOf, type ManifestDocument, type ManifestMap } from '../yaml/tree.ts';
import { folderOf, repositoryPath } from './repository-paths.ts';
import { fileAt, pairsOf } from './value-lists.ts';
import { treeOf, type PlacedSource, type ValuesTree } from './values-tree.ts';

/** The values of each release with a chart; none for a document without a list `releases`. */
export function* helmfileTrees(document: ManifestDocument): Generator<ValuesTree> {
  const releases = document.root?.kind === 'map' ? valueOf(document.root, 'releases') : undefined;
  if (releases?.kind !== 'list') return;
  for (const [index, release] of releases.items.entries()) {
    if (release.kind !== 'map' || !scalarOf(release, 'chart')) continue;
    yield treeOf('', sourcesOf(document, release, `releases[${index}]`));
  }
}

function sourcesOf(document: ManifestDocument, release: ManifestMap, where: string): PlacedSource[] {
  const home = folderOf(document.path);
  const chart = scalarOf(release, 'chart')?.text ?? '';
  const folder = chart.startsWith('.') ? repositoryPath(home, chart) : undefined;
  const values = valueOf(release, 'values');
  const items = values?.kind === 'list' ? values.items : [];
  const layers = items.map((node, index): PlacedSource => {
    if (node.kind === 'scalar') return [fileAt(home, node.text)];
    return [{ kind: 'node', document, node, where: `${joinPath(where, 'values')}[${index}]` }];
  });
  return [
    [folder === undefined ? undefined : { kind: 'chart', folder }],
    ...layers,
    ...pairsOf(document, release, 'set', where),
    ...pairsOf(document, release, 'setString', where),
  ];
}
