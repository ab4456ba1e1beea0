/**
 * Values of Argo CD's Applications and ApplicationSets: `helm` of each source, over the chart that its `path` names
 * (https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#values).
 */
import { joinPath, mapOf, scalarOf, valueOf, walk, type ManifestDocument, type ManifestMap } from '../yaml/tree.ts';
import { repositoryPath } from './repository-paths.ts';
import { fileAt, pairsOf, textsOf } from './value-lists.ts';
import { treeOf, type ChartRelease, type PlacedSource, type ValuesSource, type ValuesTree } from './values-tree.ts';

/** The values of each source of a document; none for other objects. */
export function* argoTrees(document: ManifestDocument): Generator<ValuesTree> {
  if (!/^Application(?:Set)?\//.test(document.name)) return;
  for (const { node, path } of walk(document.root)) {
    const helm = node.kind === 'map' ? mapOf(node, 'helm') : undefined;
    if (node.kind !== 'map' || !helm) continue;
    yield treeOf(document.name, sourcesOf(document, node, helm, path), releaseOf(document, helm));
  }
}

/** The release has the name of the Application, unless the source gives another. */
function releaseOf({ root }: ManifestDocument, helm: ManifestMap): ChartRelease {
  const object = root?.kind === 'map' ? root : undefined;
  const application = mapOf(mapOf(object, 'spec'), 'template') ?? object;
  const text = (map: ManifestMap | undefined, key: string): string | undefined => map && scalarOf(map, key)?.text;
  return {
    name: text(helm, 'releaseName') ?? text(mapOf(application, 'metadata'), 'name') ?? '',
    namespace: text(mapOf(mapOf(application, 'spec'), 'destination'), 'namespace') ?? '',
  };
}

function sourcesOf(document: ManifestDocument, source: ManifestMap, helm: ManifestMap, path: string): PlacedSource[] {
  const folder = repositoryPath('', scalarOf(source, 'path')?.text ?? '');
  const where = joinPath(path, 'helm');
  const inline = (key: string): ValuesSource | undefined => {
    const node = valueOf(helm, key);
    return node && { kind: 'node', document, node, where: joinPath(where, key) };
  };
  const files = textsOf(helm, 'valueFiles').map((file): PlacedSource => {
    // `$name/…` is a path in the source of that name, `/…` one in this source.
    const [, fromTop] = /^(?:\$[^/]+)?\/(.*)$/.exec(file) ?? [];
    return [fromTop === undefined ? fileAt(folder ?? '', file) : fileAt('', fromTop)];
  });
  return [
    [folder === undefined || scalarOf(source, 'chart') ? undefined : { kind: 'chart', folder }],
    ...files,
    [inline('values')],
    [inline('valuesObject')],
    ...pairsOf(document, helm, 'parameters', where),
  ];
}
