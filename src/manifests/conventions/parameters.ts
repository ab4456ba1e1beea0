/**
 * Lists of `{name, value}` in which the names of the parts of one image have one beginning, `image.repository` beside
 * `image.tag`: Argo CD's `helm.parameters`, parameters of an OpenShift Template, variables of a container; and of
 * `{variable, default}`, as the questions of Rancher's charts are.
 */
import { scalarOf, walk, type ManifestDocument, type ManifestList, type ManifestScalar } from '../yaml/tree.ts';
import type { Convention, ImageSite } from './convention.ts';
import { globalRegistry, groupImageParts } from './image-keys.ts';
import { siteOfParts } from './image-parts.ts';

export const parameters: Convention = {
  name: 'parameters',
  *find({ root }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      if (node.kind !== 'list') continue;
      const values = scalarsOf(node);
      const registry = globalRegistry(values);
      for (const parts of groupImageParts(values, path)) {
        const { key = '' } = parts.repository ?? parts.name ?? parts.registry ?? {};
        const site = siteOfParts(`${path}[${key}]`, parts, registry);
        if (site) yield site;
      }
    }
  },
};

const KEYS = [
  ['name', 'value'],
  ['variable', 'default'],
] as const;

function scalarsOf({ items }: ManifestList): (readonly [string, ManifestScalar])[] {
  return items.flatMap((item) => {
    if (item.kind !== 'map') return [];
    return KEYS.flatMap(([nameKey, valueKey]) => {
      const [name, value] = [scalarOf(item, nameKey), scalarOf(item, valueKey)];
      return name && value ? [[name.text, value] as const] : [];
    });
  });
}
