/**
 * Maps that keep an image's parts in keys of their own, in any order and with other keys between, as Helm values do:
 * `{registry?, repository, tag, digest?}` and the other names that charts and operators have for them, see `image-keys.ts`.
 */
import { splitName } from '../../core/image-reference.ts';
import { mapOf, scalarOf, walk, type ManifestDocument, type ManifestMap, type ManifestScalar } from '../yaml/tree.ts';
import { isEmpty, type Convention, type ImageSite } from './convention.ts';
import { imageParts } from './image-keys.ts';
import { sitesOfParts, type ImageParts } from './image-parts.ts';

export const helmValues: Convention = {
  name: 'helm-values',
  *find({ root }: ManifestDocument): Generator<ImageSite> {
    const globals: { readonly path: string; readonly registry: ManifestScalar }[] = [];
    for (const { node, path } of walk(root)) {
      if (node.kind !== 'map') continue;
      const global = globalRegistry(node);
      if (global) globals.push({ path, registry: global });
      const registry = globals.findLast((one) => path.startsWith(one.path))?.registry;
      const groups = imageParts(scalarsOf(node), /image/i.test(path));
      yield* sitesOfParts(path, registry ? withRegistry(groups, registry) : groups);
    }
  },
};

/** The keys of a map that have a scalar, those of a merged map too. */
function scalarsOf({ values }: ManifestMap): (readonly [string, ManifestScalar])[] {
  return [...values].flatMap(([key, value]) => (value.kind === 'scalar' ? [[key, value] as const] : []));
}

/** `global.imageRegistry` of these values: in the charts that have it, it wins over the registry of each image. */
function globalRegistry(values: ManifestMap): ManifestScalar | undefined {
  const global = mapOf(values, 'global');
  const registry = global && scalarOf(global, 'imageRegistry');
  return registry && !isEmpty(registry) ? registry : undefined;
}

function* withRegistry(
  groups: Iterable<readonly ImageParts[]>,
  registry: ManifestScalar,
): Generator<readonly ImageParts[]> {
  for (const group of groups) {
    yield group.map((parts) => (lacksRegistry(parts) ? { ...parts, registry } : parts));
  }
}

const lacksRegistry = ({ repository }: ImageParts): boolean =>
  repository !== undefined && splitName(repository.text).path === repository.text;
