/** Values of Fleet's bundles: `helm` of a fleet.yaml, and of each of its target customizations (https://fleet.rancher.io/ref-fleet-yaml). */
import { joinPath, mapOf, scalarOf, valueOf, type ManifestDocument, type ManifestMap } from '../yaml/tree.ts';
import { folderOf, repositoryPath } from './repository-paths.ts';
import { fileAt, textsOf } from './value-lists.ts';
import { treeOf, type PlacedSource, type ValuesTree } from './values-tree.ts';

/** The values of a `fleet.yaml` with a key `helm`; none for any other document. */
export function* fleetTrees(document: ManifestDocument): Generator<ValuesTree> {
  const { root, path } = document;
  const helm = root?.kind === 'map' ? mapOf(root, 'helm') : undefined;
  if (root?.kind !== 'map' || !helm || !/(?:^|\/)fleet\.ya?ml$/.test(path)) return;
  const below = sourcesOf(document, helm, 'helm');
  yield treeOf('', below);
  const targets = valueOf(root, 'targetCustomizations');
  for (const [index, target] of targets?.kind === 'list' ? targets.items.entries() : []) {
    const own = target.kind === 'map' ? mapOf(target, 'helm') : undefined;
    if (own) yield treeOf('', [...below, ...sourcesOf(document, own, `targetCustomizations[${index}].helm`)]);
  }
}

function sourcesOf(document: ManifestDocument, helm: ManifestMap, where: string): PlacedSource[] {
  const home = folderOf(document.path);
  const chart = scalarOf(helm, 'chart')?.text ?? '';
  const folder = chart.startsWith('.') ? repositoryPath(home, chart) : undefined;
  const values = valueOf(helm, 'values');
  return [
    [folder === undefined ? undefined : { kind: 'chart', folder }],
    ...textsOf(helm, 'valuesFiles').map((file): PlacedSource => [fileAt(home, file)]),
    [values && { kind: 'node', document, node: values, where: joinPath(where, 'values') }],
  ];
}
