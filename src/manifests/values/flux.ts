/**
 * Values of Flux's HelmReleases: `valuesFrom`, then `values`, over the values files of a chart in the repository
 * (https://fluxcd.io/flux/components/helm/helmreleases/#values).
 */
import { joinPath, mapOf, scalarOf, valueOf, type ManifestDocument, type ManifestMap } from '../yaml/tree.ts';
import { repositoryPath } from './repository-paths.ts';
import { fileAt, textsOf } from './value-lists.ts';
import { splitKeys, treeOf, type ChartRelease, type PlacedSource, type ValuesTree } from './values-tree.ts';

/** The values of a HelmRelease; none for other objects. */
export function* fluxTrees(document: ManifestDocument): Generator<ValuesTree> {
  const spec = document.root?.kind === 'map' ? mapOf(document.root, 'spec') : undefined;
  if (!spec || !document.name.startsWith('HelmRelease/')) return;
  const values = valueOf(spec, 'values');
  yield treeOf(
    document.name,
    [
      ...ofChart(spec),
      ...valuesFrom(spec),
      [values && { kind: 'node', document, node: values, where: joinPath('spec', 'values') }],
    ],
    releaseOf(document, spec),
  );
}

/** https://fluxcd.io/flux/components/helm/helmreleases/#release-name */
function releaseOf({ root }: ManifestDocument, spec: ManifestMap): ChartRelease {
  const metadata = root?.kind === 'map' ? mapOf(root, 'metadata') : undefined;
  const text = (map: ManifestMap | undefined, key: string): string | undefined => map && scalarOf(map, key)?.text;
  const target = text(spec, 'targetNamespace');
  const name = text(metadata, 'name') ?? '';
  return {
    name: text(spec, 'releaseName') ?? (target === undefined ? name : `${target}-${name}`),
    namespace: target ?? text(metadata, 'namespace') ?? '',
  };
}

/** A chart is in the repository when its name is a path; paths are relative to the top folder. */
function ofChart(spec: ManifestMap): PlacedSource[] {
  const chart = mapOf(mapOf(spec, 'chart'), 'spec');
  const name = chart && scalarOf(chart, 'chart')?.text;
  const folder = name !== undefined && /[/.]/.test(name) ? repositoryPath('', name) : undefined;
  if (!chart || folder === undefined) return [];
  const files = textsOf(chart, 'valuesFiles').map((file): PlacedSource => [fileAt('', file)]);
  return [[{ kind: 'chart', folder }], ...files];
}

function valuesFrom(spec: ManifestMap): PlacedSource[] {
  const list = valueOf(spec, 'valuesFrom');
  if (list?.kind !== 'list') return [];
  return list.items.map((item): PlacedSource => {
    const text = (key: string): string | undefined => (item.kind === 'map' ? scalarOf(item, key)?.text : undefined);
    const [kind, name, target] = [text('kind'), text('name'), text('targetPath')];
    if (kind === undefined || name === undefined) return [undefined];
    const source = { kind: 'object', name: `${kind}/${name}`, key: text('valuesKey') ?? 'values.yaml' } as const;
    return [source, target === undefined ? [] : splitKeys(target)];
  });
}
