/**
 * Helm values that are split over files: the repository is in a chart's values or in a HelmRelease, the tag at the
 * same path in another values file of the chart, or in a patch of that HelmRelease.
 */
import { parseReference, repositoryOf } from '../core/image-reference.ts';
import type { SplitValues } from './conventions/convention.ts';
import { scalarOf, valueOf, walk, type ManifestDocument } from './yaml/tree.ts';
import { readManifest, type Manifest } from './yaml/manifest.ts';
import { mayContain } from './search-terms.ts';
import type { ManifestFile, ReleasedImage } from '../core/objects.ts';

/** All repositories in the values of the manifests given. */
export function readSplitValues(manifests: readonly Manifest[]): SplitValues[] {
  return manifests.flatMap(({ documents }) => documents.flatMap((document) => [...splitsIn(document)]));
}

/** Where else the tags of images may be: folders of charts, and names of HelmReleases. */
export interface Related {
  readonly folders: readonly string[];
  readonly releases: readonly string[];
}

/** Where else the tags of the released images may be, according to the files that contain their repositories. */
export function findRelated(images: readonly ReleasedImage[], files: readonly ManifestFile[]): Related {
  const withRepository = files.filter(({ bytes }) => mayContain(bytes, ['repository']));
  return relatedTo(images, readSplitValues(withRepository.map(({ path, bytes }) => readManifest(path, bytes))));
}

/** The same, according to repositories in values. */
export function relatedTo(images: readonly ReleasedImage[], splits: readonly SplitValues[]): Related {
  const released = new Set(images.flatMap(({ reference, replaces }) => [reference.name, replaces].map(repositoryOf)));
  const homes = splits.filter(({ image }) => released.has(image)).map(({ home }) => home);
  return {
    folders: [...new Set(homes.flatMap((home) => ('folder' in home ? home.folder : [])))],
    releases: [...new Set(homes.flatMap((home) => ('release' in home ? home.release : [])))],
  };
}

function* splitsIn(document: ManifestDocument): Generator<SplitValues> {
  const { path: file, lines, root, name: object } = document;
  const release = /^HelmRelease\/(.+)$/.exec(object)?.[1];
  const hasKind = root?.kind === 'map' && valueOf(root, 'kind') !== undefined;
  if (hasKind && release === undefined) return;
  const home = release === undefined ? { folder: file.slice(0, Math.max(file.lastIndexOf('/'), 0)) } : { release };
  for (const { node, path } of walk(root)) {
    const repository = node.kind === 'map' ? scalarOf(node, 'repository') : undefined;
    if (node.kind !== 'map' || !repository) continue;
    const registry = scalarOf(node, 'registry')?.text ?? '';
    const name = parseReference(registry === '' ? repository.text : `${registry}/${repository.text}`)?.name;
    const source = `${file}:${lines.positionAt(repository.start).line}`;
    if (name !== undefined) yield { image: repositoryOf(name), name, path, source, home };
  }
}
