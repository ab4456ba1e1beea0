/**
 * Argo CD's `kustomize.images`: a list of `name:tag`, `name=new:tag` and the same with a digest, in which `name` is how the
 * image is found in the bases (https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/#kustomize).
 */
import { parseReference } from '../../core/image-reference.ts';
import { walk, type ManifestDocument, type ManifestScalar } from '../yaml/tree.ts';
import type { Convention, Field, FieldRole, ImageSite } from './convention.ts';

export const argoImages: Convention = {
  name: 'argo-images',
  *find({ root, text }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      if (node.kind !== 'scalar' || !/(?:^|\.)kustomize\.images\[\d+\]$/.test(path)) continue;
      const site = siteOf(node, path, text.slice(node.start, node.end));
      if (site) yield site;
    }
  },
};

/** The version stays of its kind, a tag or a digest; a new name goes behind a `=`, which is written where there is none. */
function siteOf({ text, start }: ManifestScalar, where: string, source: string): ImageSite | undefined {
  const equals = text.indexOf('=');
  const reference = parseReference(text.slice(equals + 1));
  if (!reference || !source.includes(text)) return undefined;
  const field = (role: FieldRole, from: number, to: number): Field => {
    const offset = start + source.indexOf(text);
    return {
      role,
      text: text.slice(from, to),
      style: 'verbatim',
      scalar: start,
      start: offset + from,
      end: offset + to,
    };
  };
  const { name, ...version } = reference;
  const nameEnd = equals + 1 + name.length;
  const names =
    equals < 0
      ? [field('match', 0, nameEnd), { ...field('name', nameEnd, nameEnd), text: undefined, before: '=' }]
      : [field('match', 0, equals), field('name', equals + 1, nameEnd)];
  const versions =
    nameEnd < text.length
      ? [field(version.tag === undefined ? 'digest' : 'tag', nameEnd + 1, text.length)]
      : [{ ...field('tag', nameEnd, nameEnd), text: undefined, before: ':' }];
  return { where, name, version, fields: [...names, ...versions] };
}
