/**
 * Helm values that are split over files: the repository stands in a chart's values or in a HelmRelease, the tag at the
 * same path in another values file of the chart, or in a patch of that HelmRelease.
 */
import { parseReference, repositoryOf } from '../core/image-reference.ts';
import { positionAt, scalarOf, valueOf, walk, type ManifestDocument } from './yaml/tree.ts';
import { mayHold, readManifest, type Manifest } from './yaml/manifest.ts';
import type { ManifestFile, ReleasedImage } from '../core/objects.ts';

/** A repository in values, for which the tag may stand in another file. */
export interface SplitValues {
  /** As compared, see `repositoryOf`. */
  readonly image: string;
  readonly name: string;
  /** Path of the map that the repository stands in. */
  readonly path: string;
  /** `file:line` of the repository. */
  readonly source: string;
  /** The folder of the chart, or the name of the HelmRelease. */
  readonly home: { readonly folder: string } | { readonly release: string };
}

/** All repositories in the values of the manifests given. */
export function readSplitValues(manifests: readonly Manifest[]): SplitValues[] {
  return manifests.flatMap(({ documents }) => documents.flatMap((document) => [...splitsIn(document)]));
}

/** Where else the tags of the released images may stand: folders of charts, and names of HelmReleases. */
export function findRelated(
  images: readonly ReleasedImage[],
  files: readonly ManifestFile[],
): { folders: string[]; releases: string[] } {
  const released = new Set(images.flatMap(({ reference, replaces }) => [reference.name, replaces].map(repositoryOf)));
  const holding = files.filter(({ bytes }) => mayHold(bytes, ['repository']));
  const splits = readSplitValues(holding.map(({ path, bytes }) => readManifest(path, bytes)));
  const homes = splits.filter(({ image }) => released.has(image)).map(({ home }) => home);
  return {
    folders: [...new Set(homes.flatMap((home) => ('folder' in home ? home.folder : [])))],
    releases: [...new Set(homes.flatMap((home) => ('release' in home ? home.release : [])))],
  };
}

/** True for a file of a chart that is neither a template nor of a chart inside it. */
export function isInChart(path: string, folder: string): boolean {
  const below = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
  return (
    below !== undefined && !/(?:^|\/)(?:templates|charts|crds)\//.test(below) && (folder !== '' || !below.includes('/'))
  );
}

/** Whether a document may hold the tag that belongs to a repository: values of a chart are whole files, and others. */
export function belongsTo({ path, root, name, label }: ManifestDocument, { home, source }: SplitValues): boolean {
  if ('release' in home) return name === `HelmRelease/${home.release}`;
  if (label !== '' || source.startsWith(`${path}:`)) return false;
  return isInChart(path, home.folder) && root?.kind === 'map' && valueOf(root, 'kind') === undefined;
}

function* splitsIn(document: ManifestDocument): Generator<SplitValues> {
  const { path: file, text, root, name: object } = document;
  const release = /^HelmRelease\/(.+)$/.exec(object)?.[1];
  const hasKind = root?.kind === 'map' && valueOf(root, 'kind') !== undefined;
  if (hasKind && release === undefined) return;
  const home = release === undefined ? { folder: file.slice(0, Math.max(file.lastIndexOf('/'), 0)) } : { release };
  for (const { node, path } of walk(root)) {
    const repository = node.kind === 'map' ? scalarOf(node, 'repository') : undefined;
    if (node.kind !== 'map' || !repository || /^(?:https?|oci):/.test(repository.text)) continue;
    const registry = scalarOf(node, 'registry')?.text ?? '';
    const name = parseReference(registry === '' ? repository.text : `${registry}/${repository.text}`)?.name;
    const source = `${file}:${positionAt(text, repository.start).line}`;
    if (name !== undefined) yield { image: repositoryOf(name), name, path, source, home };
  }
}
