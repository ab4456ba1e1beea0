/**
 * A reference inside a longer value on one line: `--image=ghcr.io/acme/web:1.4.2`, `web=ghcr.io/acme/web:1.4.2` of Argo
 * CD's `kustomize.images`, `docker://ghcr.io/acme/web:1.4.2`. It is bounded by characters that no reference contains.
 */
import { parseReference } from '../image.ts';
import { LAST_APPLIED, walk, type ManifestDocument, type ManifestScalar } from '../manifest-tree.ts';
import type { Dialect, ImageSite } from './dialect.ts';

export const argument: Dialect = {
  name: 'argument',
  *find({ root, text }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      if (node.kind === 'scalar' && !node.text.includes('\n') && !path.includes(LAST_APPLIED))
        yield* sitesIn(node, path, text);
    }
  },
};

/**
 * A run of characters of which references are made, whole: neither `${REGISTRY}/web:1.4.2` nor `web:1.4-${SUFFIX}` has
 * one. Before it may stand the scheme of an address, behind it the full stop of a sentence.
 */
const CANDIDATE =
  /(?<![\w./:@+)}\]%-])(?<scheme>[a-z][a-z0-9+.-]*:\/\/)?(?<reference>\w(?:[\w./:@+-]*\w)?)(?=[.:]?(?:[\s"'`\\,;)\]}|&<>]|$))/g;
/** Addresses of something else than an image. */
const NO_IMAGE = /^(?:https?|git|ssh|file|s3|gs|tcp|udp|unix|grpc|rediss?|postgres(?:ql)?|mysql|mongodb|amqp):/;

function* sitesIn({ start, end }: ManifestScalar, path: string, text: string): Generator<ImageSite> {
  for (const { groups, index, 0: whole } of text.slice(start, end).matchAll(CANDIDATE)) {
    const { scheme = '', reference: candidate = '' } = groups ?? {};
    const reference = parseReference(candidate);
    const hasVersion = reference?.tag !== undefined || reference?.digest !== undefined;
    if (!reference || !hasVersion || NO_IMAGE.test(scheme)) continue;
    // Without a slash it is as likely a host and port, or a pair of words.
    if (!reference.name.includes('/') && !/image/i.test(path)) continue;
    const { name, ...version } = reference;
    const from = start + index + scheme.length;
    const field = { role: 'reference', text: candidate, style: 'verbatim', scalar: start, start: from } as const;
    yield { where: path, name, version, fields: [{ ...field, end: start + index + whole.length }] };
  }
}
