/**
 * A reference inside a longer value on one line: `--image=ghcr.io/acme/web:1.4.2`, `web=ghcr.io/acme/web:1.4.2` of Argo
 * CD's `kustomize.images`, `docker://ghcr.io/acme/web:1.4.2`. It is bounded by characters that no reference contains.
 */
import { parseReference, type ImageReference } from '../../core/image-reference.ts';
import { LAST_APPLIED, walk, type ManifestDocument, type ManifestScalar } from '../yaml/tree.ts';
import type { Convention, ImageSite } from './convention.ts';

export const argument: Convention = {
  name: 'argument',
  *find({ root, text }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      if (node.kind !== 'scalar' || node.embedded || node.text.includes('\n') || path.includes(LAST_APPLIED)) continue;
      yield* sitesIn(node, path, text.slice(node.start, node.end));
    }
  },
};

/**
 * A run of characters of which references are made, whole: neither `${REGISTRY}/web:1.4.2` nor `web:1.4-${SUFFIX}` has
 * one. The scheme of an address may be before it, the full stop of a sentence behind it.
 */
const CANDIDATE =
  /(?<=^|[\s"'`=,;([{|&<])(?<scheme>[a-z][a-z0-9+.-]*:\/\/)?(?<reference>\w(?:[\w./:@+-]*\w)?)(?=[.:]?(?:[\s"'`\\,;)\]}|&<>]|$))/g;
/** Addresses of something else than an image. */
const NO_IMAGE = /^(?:https?|git|ssh|file|s3|gs|tcp|udp|unix|grpc|rediss?|postgres(?:ql)?|mysql|mongodb|amqp):/;

function* sitesIn({ text, start }: ManifestScalar, path: string, source: string): Generator<ImageSite> {
  const header = /^[|>].*/.exec(source)?.[0].length ?? 0;
  const found = referencesIn(' '.repeat(header) + source.slice(header), path);
  const parsed = referencesIn(text, path);
  // An escape may change a reference: only one that is the same in source and text is read.
  if (found.length !== parsed.length || found.some((one, index) => one.text !== parsed[index]?.text)) return;
  for (const { text: written, index, reference } of found) {
    const { name, ...version } = reference;
    const from = start + index;
    const field = { role: 'reference', text: written, style: 'verbatim', scalar: start, start: from } as const;
    yield { where: path, name, version, fields: [{ ...field, end: from + written.length }] };
  }
}

function referencesIn(text: string, path: string): { text: string; index: number; reference: ImageReference }[] {
  return [...text.matchAll(CANDIDATE)].flatMap(({ groups, index }) => {
    const { scheme = '', reference: candidate = '' } = groups ?? {};
    const reference = NO_IMAGE.test(scheme) ? undefined : parseReference(candidate);
    return reference && isImage(reference, path) ? { text: candidate, index: index + scheme.length, reference } : [];
  });
}

/** Without a slash it is as likely a host and port, or a pair of words. */
function isImage({ name, tag, digest }: ImageReference, path: string): boolean {
  if (tag === undefined && digest === undefined) return false;
  return name.includes('/') || (/image/i.test(path) && !/^\d{1,5}$/.test(tag ?? ''));
}
