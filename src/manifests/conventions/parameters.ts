/**
 * Lists of `{name, value}` in which the names of the parts of one image have one beginning, `image.repository` beside
 * `image.tag`: Argo CD's `helm.parameters`, parameters of an OpenShift Template, variables of a container; and of
 * `{variable, default}`, as the questions of Rancher's charts are.
 */
import { namedItems, walk, type ManifestDocument } from '../yaml/tree.ts';
import type { Convention, ImageSite } from './convention.ts';
import { globalRegistry, groupImageParts } from './image-keys.ts';
import { siteOfParts } from './image-parts.ts';

export const parameters: Convention = {
  name: 'parameters',
  *find({ root }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      if (node.kind !== 'list') continue;
      const items = KEYS.flatMap((keys) => namedItems(node, keys));
      const values = items.map(({ name, scalar }) => [name, scalar] as const);
      const registry = globalRegistry(values);
      for (const parts of groupImageParts(values, path)) {
        const { key = '' } = parts.repository ?? parts.name ?? parts.registry ?? {};
        const site = siteOfParts(`${path}[${key}]`, parts, registry);
        if (site) yield site;
      }
    }
  },
};

/** Of parameters and variables, and of the questions of Rancher's charts. */
const KEYS = [
  ['name', 'value'],
  ['variable', 'default'],
] as const;
