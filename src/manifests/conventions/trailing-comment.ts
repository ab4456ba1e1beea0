/** Values with a trailing comment that names their image. */
import { parseReference, parseVersion } from '../../core/image-reference.ts';
import { isVersionLike, withoutDigest } from '../../core/version.ts';
import { joinPath, walk, type ManifestDocument, type ManifestEntry, type ManifestScalar } from '../yaml/tree.ts';
import { isEmpty } from './convention.ts';

export interface CommentedScalar {
  readonly scalar: ManifestScalar;
  /** The characters of the scalar in its file. */
  readonly source: string;
  /** Path of the scalar, and of the map or list around it. */
  readonly path: string;
  readonly parent: string;
  readonly match: RegExpExecArray;
  /** Start of the block of text that the scalar is a line of. */
  readonly block?: number;
  /** Why the comment is behind no single value, as the end of a sentence. */
  readonly refused?: string;
}

/** The values of a document whose trailing comment matches, which has `word`; `comment` is sticky and begins with `#`. */
export function* findCommented(
  { root, text, lines }: ManifestDocument,
  word: string,
  comment: RegExp,
): Generator<CommentedScalar> {
  if (!lines.includes(word)) return;
  const nodes = walk(root);
  const scalars = nodes.flatMap(({ node, path }) => (node.kind === 'scalar' ? { node, path } : []));
  const seen = new Set<number>();
  for (const [index, { node, path }] of scalars.entries()) {
    if (node.style === 'verbatim') {
      if (!node.embedded) yield* commentedLines(node, path, text, comment);
      continue;
    }
    const gap = matchAt(/[ \t,\]}]*[ \t](?=#)/y, text, node.end)?.[0] ?? '';
    const match = matchAt(comment, text, node.end + gap.length);
    if (!match) continue;
    seen.add(match.index);
    const found = (scalar: ManifestScalar, where: string, refused?: string): CommentedScalar => {
      const source = text.slice(scalar.start, scalar.end);
      const parent = where.replace(LAST_STEP, '');
      return { scalar, source, path: where, parent, match, ...(refused !== undefined && { refused }) };
    };
    const others = [...inSameCollection(text, scalars, index, closersIn(gap))];
    const [only, ...more] = [...others, { node, path }].filter((one) => others.length === 0 || isVersion(one.node));
    if (only && more.length === 0) yield found(only.node, only.path);
    else yield found(node, path, 'is one of several values in front of the comment');
  }
  const hashes = new NextOf(text, '#');
  const ends = new NextOf(text, '\n');
  const matches = new Map<number, RegExpExecArray | null>();
  for (const { node, path } of nodes) {
    for (const entry of node.kind === 'map' ? node.entries : []) {
      const hash = hashes.from(entry.keyStart);
      const line = hash < ends.from(entry.keyStart) ? restOfLine(text, entry, hash) : undefined;
      if (!line || seen.has(line.end)) continue;
      // A line may have many keys in front of one comment.
      if (!matches.has(line.end)) matches.set(line.end, matchAt(comment, text, line.end));
      const match = matches.get(line.end);
      if (match)
        yield { ...line, path: joinPath(path, entry.key), parent: path, match, refused: 'is no value of one line' };
    }
  }
}

/** The lines of a block of text, such as a script, that end in the comment; what is in front of it is the value. */
function* commentedLines(
  { start, end }: ManifestScalar,
  path: string,
  text: string,
  comment: RegExp,
): Generator<CommentedScalar> {
  for (const { 0: line, index } of text.slice(start, end).matchAll(/[^\n]+/g)) {
    if (/^[|>]/.test(line)) continue;
    const from = start + index;
    for (const { index: hash } of [...line.matchAll(/(?<=[ \t])#/g)].slice(0, MOST_HASHES)) {
      const match = matchAt(comment, text, from + hash);
      const source = line.slice(0, hash).trim();
      if (!match || source === '') continue;
      const at = from + line.indexOf(source);
      const scalar = { kind: 'scalar', text: source, style: 'verbatim', start: at, end: at + source.length } as const;
      yield { scalar, source, path, parent: `${path} ${index}`, match, block: start };
      break;
    }
  }
}

/** Where a character is next, asked for from places mostly in the order of the text. */
class NextOf {
  readonly #text: string;
  readonly #character: string;
  #asked = 0;
  #found = -1;

  constructor(text: string, character: string) {
    this.#text = text;
    this.#character = character;
  }

  /** From an offset on; Infinity where there is no more. */
  from(offset: number): number {
    if (offset < this.#asked || offset > this.#found) {
      const found = this.#text.indexOf(this.#character, offset);
      this.#found = found < 0 ? Infinity : found;
      this.#asked = offset;
    }
    return this.#found;
  }
}

/** A line has many when it is no line of a person. */
const MOST_HASHES = 50;

const LAST_STEP = /(?:\.[^.[\]]+|\[[^\]]*\]|^[^.[\]]+)$/;

function matchAt(sticky: RegExp, text: string, offset: number): RegExpExecArray | null {
  sticky.lastIndex = offset;
  return sticky.exec(text);
}

const closersIn = (text: string): number => text.match(/[\]}]/g)?.length ?? 0;

/** The scalars in front of one that are in the flow collections which are closed behind it. */
function* inSameCollection<One extends { readonly node: ManifestScalar }>(
  text: string,
  scalars: readonly One[],
  last: number,
  closed: number,
): Generator<One> {
  let depth = closed;
  for (let index = last; index > 0 && depth > 0; index -= 1) {
    const [one, next] = [scalars[index - 1], scalars[index]];
    const between = one && next ? text.slice(one.node.end, next.node.start) : '';
    for (const character of between.split('').toReversed()) {
      if (depth > 0) depth += Number(/[\]}]/.test(character)) - Number(/[[{]/.test(character));
    }
    if (one && depth > 0) yield one;
  }
}

/** Of several values in front of a comment, one that may be what it names. */
function isVersion(scalar: ManifestScalar): boolean {
  const { tag, digest } = parseReference(scalar.text) ?? {};
  const isReference = tag !== undefined || digest !== undefined;
  return (
    isEmpty(scalar) ||
    isReference ||
    (parseVersion(scalar.text) !== undefined && isVersionLike(withoutDigest(scalar.text)))
  );
}

/** What is behind a key, up to a comment, where that is not the value itself: a map, a block of text, an alias. */
function restOfLine(
  text: string,
  { keyStart }: ManifestEntry,
  end: number,
): (Pick<CommentedScalar, 'scalar' | 'source'> & { readonly end: number }) | undefined {
  if (end === keyStart || !/[ \t]/.test(text.charAt(end - 1))) return undefined;
  const source = text.slice(keyStart, end).trim();
  return { scalar: { kind: 'scalar', text: source, style: 'verbatim', start: keyStart, end: keyStart }, source, end };
}
