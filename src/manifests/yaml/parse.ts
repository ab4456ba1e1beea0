/** YAML or JSON text -> its tree of maps, lists and scalars. */
import type { YAMLParseError } from 'yaml';
import { ReadingBudget, TooComplex } from './budget.ts';
import { compose } from './compose.ts';
import { dedent, type Mapping } from './lines.ts';
import { NodeReader, type Block, type Origin } from './reader.ts';
import { repair } from './repair.ts';
import { OPENING } from './template-actions.ts';
import { findTemplate } from './template.ts';
import { branchesOf } from './template-branches.ts';
import { readTokens } from './tokens.ts';
import { isCollection, uniqueRoots, walk, type ManifestNode } from './tree.ts';

/** What was read; when there is a `flaw`, nothing. */
export interface ParsedText {
  readonly roots: readonly (ManifestNode | undefined)[];
  readonly flaw?: TextFlaw;
}

/** Characters of a text that are read by themselves, and what was read there: one document, as a rule. */
export interface TextPart extends Pick<ParsedText, 'roots'> {
  readonly start: number;
  readonly end: number;
}

export interface ParsedParts {
  /** In the order of the text; together they are all of it. */
  readonly parts: readonly TextPart[];
  readonly flaw?: TextFlaw;
}

/** Why a text is not read as YAML, and the offset where that shows. */
export interface TextFlaw {
  readonly kind: 'syntax' | 'template';
  readonly reason: string;
  readonly offset: number;
}

/** Blocks of text are read in blocks of text, but not without end: each level is read again for all outside it. */
const MAX_BLOCKS = 8;

/**
 * Reads all documents of a text, and those in its blocks of text; of a template those of all its branches, as far as the
 * budget for one text lasts. Never throws.
 */
export function parseText(text: string): ParsedParts {
  const origin: Origin = { text, place: (offset) => offset, budget: new ReadingBudget() };
  try {
    const starts = documentStarts(text);
    const read = starts.length > 1 ? parseParts(text, starts, origin) : undefined;
    // A template is one text: what opens in one of its documents may close in another.
    if (read && !(read.flaw && text.search(OPENING) >= 0)) return read;
    const { roots, ...flaw } = parsePart(text, { ...origin, budget: origin.budget.forPart() }, MAX_BLOCKS);
    return { parts: [{ start: 0, end: text.length, roots }], ...flaw };
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
    return { parts: [], flaw: { kind: 'syntax', reason: error.message, offset: error.offset } };
  }
}

/** Reads each document by itself, up to the first with a flaw. Throws TooComplex. */
function parseParts(text: string, starts: readonly number[], origin: Origin): ParsedParts {
  const parts: TextPart[] = [];
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? text.length;
    const place: Mapping = (offset) => start + offset;
    const budget = origin.budget.forPart();
    const { roots, flaw } = parseYaml(text.slice(start, end), { text, place, budget }, MAX_BLOCKS);
    if (flaw) return { parts: [], flaw };
    parts.push({ start, end, roots });
  }
  return { parts };
}

/** Where the documents of a text begin, which directives in front of one may join to the one before. */
function documentStarts(text: string): readonly number[] {
  if (/(?:^|\n)%/.test(text)) return [0];
  const marks = Array.from(text.matchAll(/(?<=\n)---(?=[ \t\r\n]|$)/g), ({ index }) => index);
  return [0, ...marks];
}

/** The same for a part of a text, with so many levels of blocks. Throws TooComplex. */
function parsePart(text: string, origin: Origin, blocks: number): ParsedText {
  const parsed = parseYaml(text, origin, blocks);
  if (parsed.flaw?.kind !== 'template') return parsed;
  const found: (ManifestNode | undefined)[] = [];
  const { budget } = origin;
  let cost = 0;
  for (const branch of branchesOf(text)) {
    const { left } = budget;
    if (left < 2 * cost) break;
    found.push(...parseYaml(branch, origin, blocks).roots);
    cost = left - budget.left;
  }
  const roots = uniqueRoots(found);
  return roots.some(isCollection) ? { roots } : parsed;
}

function parseYaml(text: string, origin: Origin, blocks: number): ParsedText {
  const flawed = (kind: TextFlaw['kind'], reason: string, offset: number): ParsedText => {
    return { roots: [], flaw: { kind, reason, offset: origin.place(offset) } };
  };
  try {
    let first: YAMLParseError | undefined;
    for (let source = text, repairs = 0; ; repairs += 1) {
      const { left } = origin.budget;
      // The parser takes a byte order mark for indentation, a line break not.
      const { documents, error } = compose(readTokens(source.replace(/^\ufeff/, '\n'), origin));
      const template = findTemplate(source, error ? undefined : documents);
      if (template !== undefined) return flawed('template', 'is a template', template);
      if (!error) {
        const reader = new NodeReader(source, origin, (block) => readBlock(block, origin, blocks));
        return { roots: documents.map(({ contents }) => reader.readDocument(contents)) };
      }
      const isRepairable = repairs < MAX_REPAIRS && origin.budget.left > 2 * (left - origin.budget.left);
      const repaired = isRepairable ? repair(source, error) : source;
      first ??= error;
      if (repaired === source) return flawed('syntax', first.message, first.pos[0]);
      source = repaired;
    }
  } catch (error) {
    if (error instanceof TooComplex) throw error;
    return flawed('syntax', error instanceof Error ? error.message : String(error), 0);
  }
}

/** A file with more that the parser does not take is more likely no YAML. */
const MAX_REPAIRS = 20;

/** The maps or lists in the lines of a block; `undefined` where it is something else. Throws TooComplex. */
function readBlock(
  { lines: block, start, text, isLiteral }: Block,
  origin: Origin,
  blocks: number,
): ManifestNode[] | undefined {
  if (blocks === 0 || text.startsWith('#!') || !IMAGE_WORD.test(text)) return undefined;
  const lines = dedent(block, text);
  const place: Mapping = (offset) => origin.place(start + lines.place(offset));
  const inner = parsePart(lines.text, { ...origin, place }, blocks - 1);
  const roots = inner.roots.filter((root) => root && !(root.kind === 'scalar' && root.text === ''));
  if (roots.length === 0 || !roots.every(isCollection)) return undefined;
  // Folding joins lines; the joined text must have the same values as the lines.
  const isSame = isLiteral
    ? sameLines(lines.text, text)
    : valuesOf(parsePart(text, { ...origin, text, place: (offset) => offset }, 0).roots) === valuesOf(inner.roots);
  return isSame ? roots : undefined;
}

/** A block without one of these words, or a name with a version, names no image; it is not worth reading. */
const IMAGE_WORD = /image|tag|repository|newName|digest|\w\/[\w.-]+[:@]\w/i;

function sameLines(one: string, other: string): boolean {
  return one.replaceAll('\r\n', '\n').trimEnd() === other.trimEnd();
}

function valuesOf(roots: readonly (ManifestNode | undefined)[]): string {
  const values = roots.flatMap((root) => walk(root));
  return JSON.stringify(values.map(({ node, path }) => [path, node.kind === 'scalar' ? node.text : node.kind]));
}
