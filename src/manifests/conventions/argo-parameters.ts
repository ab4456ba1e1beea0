/**
 * Argo CD's `helm.parameters`: a list of `{name, value}` in which the parts of one image have names with one beginning,
 * `image.repository` beside `image.tag` (https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-parameters).
 */
import {
  scalarOf,
  walk,
  type ManifestDocument,
  type ManifestList,
  type ManifestMap,
  type ManifestScalar,
} from '../yaml/tree.ts';
import { fieldOf, type Convention, type Field, type ImageSite } from './convention.ts';
import { insertedField } from './inserted-key.ts';
import { siteOfParts } from './image-parts.ts';

export const argoParameters: Convention = {
  name: 'argo-parameters',
  *find({ root, text }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      if (node.kind === 'list' && path.endsWith('parameters')) yield* sitesIn(node, path, text);
    }
  },
};

function* sitesIn({ items }: ManifestList, path: string, text: string): Generator<ImageSite> {
  const values = new Map<string, ManifestScalar>();
  const maps = new Map<ManifestScalar, ManifestMap>();
  for (const item of items) {
    if (item.kind !== 'map') continue;
    const name = scalarOf(item, 'name');
    const value = scalarOf(item, 'value');
    if (!name || !value) continue;
    values.set(name.text, value);
    maps.set(value, item);
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
    const parameter = tag && /(?:^|\.)helm\.parameters$/.test(path) ? maps.get(tag) : undefined;
    if (site) yield parameter ? { ...site, fields: [...site.fields, ...forceStringOf(parameter, text)] } : site;
  }
}

/** Argo CD gives a parameter to `helm --set`, which makes a number of digits, and with `forceString` to `--set-string`. */
export function forceStringOf(parameter: ManifestMap, text: string): Field[] {
  const role = 'force-string';
  const present = scalarOf(parameter, 'forceString');
  // A boolean is never quoted.
  if (present) return [{ ...fieldOf(role, present), style: 'verbatim' }];
  const beside = parameter.entries.find(({ key }) => key === 'value');
  if (!beside) return [];
  const absent = insertedField(parameter, { key: 'forceString', role, beside, side: 'after' }, text);
  return [{ ...absent, style: 'verbatim' }];
}
