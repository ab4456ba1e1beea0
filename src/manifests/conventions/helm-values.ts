/**
 * Maps that keep an image's parts in keys of their own, in any order and with other keys between: values of charts,
 * custom resources, elements of an ApplicationSet, variables that Flux fills in; see `image-keys.ts`.
 */
import {
  joinPath,
  mapOf,
  type ManifestDocument,
  type ManifestMap,
  type ManifestNode,
  type ManifestScalar,
} from '../yaml/tree.ts';
import type { Convention, ImageSite } from './convention.ts';
import { globalRegistry, groupImageParts } from './image-keys.ts';
import { siteOfParts } from './image-parts.ts';

export const helmValues: Convention = {
  name: 'helm-values',
  *find({ root }: ManifestDocument): Generator<ImageSite> {
    if (root) yield* sitesIn(root, '', undefined, new Map());
  },
};

type Registries = Map<ManifestMap, ManifestScalar | undefined>;

/** `above` is the registry that the values around it have for all images; `known` those of each map `global`. */
function* sitesIn(
  node: ManifestNode,
  path: string,
  above: ManifestScalar | undefined,
  known: Registries,
): Generator<ImageSite> {
  if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) yield* sitesIn(item, `${path}[${index}]`, above, known);
  }
  if (node.kind !== 'map') return;
  const registry = registryIn(node, known) ?? above;
  // A name and a version are two values.
  for (const parts of node.values.size > 1 ? groupImageParts(scalarsOf(node), path) : []) {
    const site = siteOfParts(path, parts, registry);
    if (site) yield site;
  }
  for (const { key, value } of node.entries) yield* sitesIn(value, joinPath(path, key), registry, known);
}

/** The keys of a map that have a scalar, those of a merged map too. */
function* scalarsOf(map: ManifestMap | undefined, prefix = ''): Generator<[string, ManifestScalar]> {
  for (const [key, value] of map?.values ?? []) if (value.kind === 'scalar') yield [prefix + key, value];
}

/** A map `global` may be merged into many. */
function registryIn(values: ManifestMap, known: Registries): ManifestScalar | undefined {
  const global = mapOf(values, 'global');
  if (!global) return undefined;
  if (!known.has(global)) known.set(global, globalRegistry(globalsOf(global)));
  return known.get(global);
}

function* globalsOf(global: ManifestMap): Generator<[string, ManifestScalar]> {
  yield* scalarsOf(global, 'global.');
  yield* scalarsOf(mapOf(global, 'image'), 'global.image.');
}
