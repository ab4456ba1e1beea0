/**
 * A reference inside a longer value: `--image=ghcr.io/acme/web:1.4.2`, `${IMAGE:-ghcr.io/acme/web:1.4.2}`, a line of a
 * script. It is bounded by characters that no reference contains. In a sentence it is doubtful.
 */
import { parseReference, type ImageReference } from '../../core/image-reference.ts';
import { LAST_APPLIED, walk, type ManifestDocument, type ManifestScalar } from '../yaml/tree.ts';
import type { Convention, ImageSite } from './convention.ts';
import { isComment, isUsed, namesImage, type Surroundings } from './surroundings.ts';

export const argument: Convention = {
  name: 'argument',
  *find({ root, text }: ManifestDocument): Generator<ImageSite> {
    for (const { node, path } of walk(root)) {
      if (node.kind !== 'scalar' || node.embedded || path.includes(LAST_APPLIED)) continue;
      if (!SOME_VERSION.test(node.text) || isWhole(node.text)) continue;
      yield* sitesIn(node, path, text.slice(node.start, node.end));
    }
  },
};

/** No text without it has a reference with a version. */
const SOME_VERSION = /\w[:@]\w/;
/** The same for names with a slash; of the lines of a log most have the other. */
const VERSION_OF_PATH = /(?<![\w./-])(?=[\w./-]*?\w\/)[\w./-]+[:@]\w|@sha\d/;
/** Where these words are, names have no slash. */
const IMAGE_WORDS = /image|\bFROM\b|\bpull\b/i;

/**
 * A run of characters of which references are made, whole: neither `${REGISTRY}/web:1.4.2` nor `web:1.4-${SUFFIX}` has
 * one. The scheme of an address may be before it, the full stop of a sentence behind it.
 */
const CANDIDATE =
  /(?<=^|[\s"'`=,;([{|&<]|\$\{\w+:?-)(?<!\$\{)(?<scheme>[a-z][a-z0-9+.-]*:\/\/)?(?<reference>\w(?:[\w./:@+-]{0,500}\w)?)(?=[.:]?(?:[\s"'`\\,;)\]}|&<>]|$))/g;
/** Addresses of something else than an image. */
const NO_IMAGE = /^(?:https?|git|ssh|file|s3|gs|tcp|udp|unix|grpc|rediss?|postgres(?:ql)?|mysql|mongodb|amqp):/;
/** How much of a line says whether a reference in it is used. */
const NEAR = 500;

/** True for a reference with nothing around it, which is no argument. */
function isWhole(text: string): boolean {
  const { tag, digest } = parseReference(text) ?? {};
  return tag !== undefined || digest !== undefined;
}

interface Candidate {
  readonly text: string;
  readonly index: number;
  readonly reference: ImageReference;
}

function* sitesIn({ text, start }: ManifestScalar, path: string, source: string): Generator<ImageSite> {
  const header = /^[|>].*/.exec(source)?.[0].length ?? 0;
  const version = IMAGE_WORDS.test(path) || IMAGE_WORDS.test(text) ? SOME_VERSION : VERSION_OF_PATH;
  const found = referencesIn(' '.repeat(header) + source.slice(header), version);
  const parsed = referencesIn(text, version);
  // An escape may change a reference: only one that is the same in source and text is read.
  if (found.length !== parsed.length || found.some((one, index) => one.text !== parsed[index]?.text)) return;
  const isLines = text.trimEnd().includes('\n');
  // A text that names its interpreter is a script under any key.
  const key = text.startsWith('#!') ? `${path}.script` : path;
  for (const [number, { text: written, index, reference }] of found.entries()) {
    const around = { ...linesAround(text, parsed[number]), path: key };
    if (!isImage(reference, around) || (isLines && isComment(around))) continue;
    const { name, ...present } = reference;
    const from = start + index;
    const field = { role: 'reference', text: written, style: 'verbatim', scalar: start, start: from } as const;
    const site = { where: path, name, version: present, fields: [{ ...field, end: from + written.length }] };
    yield isUsed(around) ? site : { ...site, doubt: 'is in a sentence' };
  }
}

/** The line around a reference, with those that it continues by a backslash. */
function linesAround(text: string, candidate: Candidate | undefined): { before: string; after: string } {
  const { index = 0, text: { length } = '' } = candidate ?? {};
  const before = text.slice(Math.max(index - NEAR, 0), index).split(/(?<!\\)\n/);
  const [after = ''] = text.slice(index + length, index + length + NEAR).split('\n', 1);
  return { before: before.at(-1) ?? '', after };
}

/** The references with a version in the lines that have `some` of it. */
function referencesIn(text: string, some: RegExp): Candidate[] {
  return [...text.matchAll(/.+/g)].flatMap(({ 0: line, index: start }) =>
    some.test(line) ? [...line.matchAll(CANDIDATE)].flatMap((match) => candidateOf(match, start)) : [],
  );
}

function candidateOf({ groups, index }: RegExpExecArray, start: number): Candidate[] {
  const { scheme = '', reference: text = '' } = groups ?? {};
  const reference = SOME_VERSION.test(text) && !NO_IMAGE.test(scheme) ? parseReference(text) : undefined;
  if (reference?.tag === undefined && reference?.digest === undefined) return [];
  return [{ text, index: start + index + scheme.length, reference }];
}

/** Without a slash it is as likely a host and port, or a pair of words. */
function isImage({ name, tag = '', digest }: ImageReference, around: Surroundings): boolean {
  if (name.includes('/') || digest !== undefined || namesImage(around)) return true;
  return /image/i.test(around.path) && !/^\d{1,5}$/.test(tag);
}
