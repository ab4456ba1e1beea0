/**
 * Argo CD's `helm.parameters`: a list of `{name, value}` in which the parts of one image have names with one beginning,
 * `image.repository` beside `image.tag` (https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-parameters).
 */
import { scalarOf, walk, type ManifestDocument, type ManifestList, type ManifestScalar } from '../yaml/tree.ts';
import type { Convention, ImageSite } from './convention.ts';
import { imageParts } from './image-keys.ts';
import { sitesOfParts } from './image-parts.ts';

export const argoParameters: Convention = {
  name: 'argo-parameters',
  *find({ root }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      if (node.kind === 'list' && path.endsWith('parameters')) yield* sitesIn(node, path);
    }
  },
};

function* sitesIn({ items }: ManifestList, path: string): Generator<ImageSite> {
  const values: (readonly [string, ManifestScalar])[] = items.flatMap((item) => {
    const [name, value] = item.kind === 'map' ? [scalarOf(item, 'name'), scalarOf(item, 'value')] : [];
    return name && value ? [[name.text, value] as const] : [];
  });
  yield* sitesOfParts(path, imageParts(values, true));
}
