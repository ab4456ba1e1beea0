/** A tag that is the default of a variable behind a name: `ghcr.io/acme/web:${TAG:-1.4.2}`, as Compose, shells and Flux read it. */
import { isTag, parseReference } from '../../core/image-reference.ts';
import { walk, type ManifestDocument, type ManifestScalar } from '../yaml/tree.ts';
import type { Convention, ImageSite } from './convention.ts';

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
  const end = start + scalar.text.length - 1;
  const field = { role: 'bare-tag', text: tag, style: 'verbatim', scalar: scalar.start } as const;
  return { where, name, version: { tag }, fields: [{ ...field, start: end - tag.length, end }] };
}
