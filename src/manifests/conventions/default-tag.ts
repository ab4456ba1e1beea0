/** A tag that is the default of a variable behind a name: `ghcr.io/acme/web:${TAG:-1.4.2}`, as Compose, shells and Flux read it. */
import { isTag, parseReference } from '../../core/image-reference.ts';
import { walk, type ManifestDocument, type ManifestScalar } from '../yaml/tree.ts';
import type { Convention, Field, FieldRole, ImageSite } from './convention.ts';

export const defaultTag: Convention = {
  name: 'default-tag',
  *find({ root, text }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      const site = node.kind === 'scalar' ? siteOf(node, path, text) : undefined;
      if (site) yield site;
    }
  },
};

const DEFAULT = /^([\w][\w./:-]*):\$\{\w+:?[-=]([\w.-]+)\}$/;

function siteOf(scalar: ManifestScalar, where: string, text: string): ImageSite | undefined {
  const [, written = '', tag = ''] = DEFAULT.exec(scalar.text) ?? [];
  const name = parseReference(written)?.name;
  const start = scalar.start + text.slice(scalar.start, scalar.end).indexOf(scalar.text);
  // An escape may stand for any character.
  if (name !== written || !isTag(tag) || start < scalar.start) return undefined;
  const fieldAt = (role: FieldRole, part: string, offset: number): Field => {
    return { role, text: part, style: 'verbatim', scalar: scalar.start, start: offset, end: offset + part.length };
  };
  const fields = [
    fieldAt('repository', name, start),
    fieldAt('bare-tag', tag, start + scalar.text.length - 1 - tag.length),
  ];
  return { where, name, version: { tag }, fields };
}
