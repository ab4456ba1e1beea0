/**
 * Argo CD's `helm.parameters`: a list of `{name, value}` in which the parts of one image have names with one beginning,
 * `image.repository` beside `image.tag` (https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-parameters).
 */
import { scalarOf, walk, type ManifestDocument, type ManifestList, type ManifestScalar } from '../yaml/tree.ts';
import type { Convention, ImageSite } from './convention.ts';
import { siteOfParts } from './image-parts.ts';

export const argoParameters: Convention = {
  name: 'argo-parameters',
  *find({ root }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      if (node.kind === 'list' && path.endsWith('parameters')) yield* sitesIn(node, path);
    }
  },
};

function* sitesIn({ items }: ManifestList, path: string): Generator<ImageSite> {
  const values = new Map<string, ManifestScalar>();
  for (const item of items) {
    const [name, value] = item.kind === 'map' ? [scalarOf(item, 'name'), scalarOf(item, 'value')] : [];
    if (name && value) values.set(name.text, value);
  }
  for (const [name, repository] of values) {
    const [, prefix, isCapital] = /^(.*?)(?:repository|image|name|(Repository|Image|Name))$/.exec(name) ?? [];
    if (prefix === undefined) continue;
    const part = (key: string): ManifestScalar | undefined => {
      return values.get(prefix + (isCapital ? key.charAt(0).toUpperCase() + key.slice(1) : key));
    };
    const tag = part('tag') ?? values.get(`${name}Tag`);
    const site = siteOfParts(`${path}[${name}]`, {
      registry: part('registry'),
      repository,
      tag,
      digest: part('digest'),
    });
    if (site) yield site;
  }
}
