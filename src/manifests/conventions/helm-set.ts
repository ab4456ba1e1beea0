/**
 * Values that are read as by `helm --set`, which takes digits for a number whatever quotes they have: Argo CD's
 * `helm.parameters`, where `forceString` makes it `--set-string`, helmfile's `set`, where `setString` does, and the values that
 * Flux puts at a `targetPath`.
 */
import { scalarOf, walk, type ManifestDocument, type ManifestMap } from '../yaml/tree.ts';
import { fieldOf, type Field, type ImageSite } from './convention.ts';
import { insertedField } from './inserted-key.ts';

const ARGO_CD = /(?:^|\.)helm\.parameters$/;
const HELMFILE = /^releases\[\d+\]\.set$/;

/** The sites of a document, each with the switch beside its parameter, or the note that there is none. */
export function withHelmSet({ root, text, name }: ManifestDocument, sites: readonly ImageSite[]): readonly ImageSite[] {
  if (!sites.some((site) => site.fields.some(isTag))) return sites;
  const parameters = new Map<number, Field | undefined>();
  for (const { node, path } of walk(root)) {
    if (node.kind !== 'list' || !(ARGO_CD.test(path) || HELMFILE.test(path))) continue;
    for (const item of node.items) {
      const value = item.kind === 'map' ? scalarOf(item, 'value') : undefined;
      // An alias is the value that is anchored before.
      if (item.kind !== 'map' || !value || parameters.has(value.start)) continue;
      parameters.set(value.start, ARGO_CD.test(path) ? switchOf(item, text) : undefined);
    }
  }
  return sites.map((site) => {
    const tag = site.fields.find((field) => isTag(field) && parameters.has(field.start));
    const forceString = tag && parameters.get(tag.start);
    if (forceString) return { ...site, fields: [...site.fields, forceString] };
    if (tag) return { ...site, helmSet: 'helm --set does not take for a string; move it to setString' };
    return isAtTargetPath(name, site) ? { ...site, helmSet: TARGET_PATH } : site;
  });
}

const TARGET_PATH = 'Flux does not take for a string at a targetPath; put it into a key of values';

/** True for a value of a ConfigMap or Secret whose repository is in a HelmRelease. */
function isAtTargetPath(name: string, { of, named, where, fields }: ImageSite): boolean {
  const isSplit = of !== undefined && !named && fields.some(isTag);
  return isSplit && /^(?:ConfigMap|Secret)\//.test(name) && /^(?:data|stringData)\b/.test(where);
}

const isTag = ({ role }: Field): boolean => role === 'tag' || role === 'bare-tag';

/** Its value is a boolean, and never quoted. */
function switchOf(parameter: ManifestMap, text: string): Field | undefined {
  const role = 'force-string';
  const present = scalarOf(parameter, 'forceString');
  const beside = parameter.entries.find(({ key }) => key === 'value');
  if (present) return { ...fieldOf(role, present), style: 'verbatim' };
  return (
    beside && {
      ...insertedField(parameter, { key: 'forceString', role, beside, side: 'after' }, text),
      style: 'verbatim',
    }
  );
}
