/** YAML or JSON text -> its tree of maps, lists and scalars. */
import { Composer, isAlias, isMap, isScalar, isSeq, Parser, type YAMLParseError } from 'yaml';
import {
  isCollection,
  mergedValues,
  uniqueRoots,
  walk,
  type ManifestEntry,
  type ManifestList,
  type ManifestMap,
  type ManifestNode,
  type ManifestScalar,
} from './tree.ts';
import type { ScalarStyle } from './scalar.ts';
import { dedent, type Mapping } from './lines.ts';
import { repair } from './repair.ts';
import { isTooDeep } from './nesting.ts';
import { findTemplate } from './template.ts';
import { branchesOf } from './template-branches.ts';
import { isContinued, TEMPLATED, unmasked, TemplatedLines } from './templated-values.ts';

/** What was read; when there is a `flaw`, nothing. */
export interface ParsedText {
  readonly roots: readonly (ManifestNode | undefined)[];
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

/** The text that offsets point into, and how those of a part of it are mapped to it. */
interface Origin {
  readonly text: string;
  readonly place: Mapping;
}

/**
 * Reads all documents of a text, and `blocks` levels of blocks of text in them; of a template those of all its branches.
 * `origin` is the larger text that its offsets are mapped to. Never throws.
 */
export function parseText(
  text: string,
  origin: Origin = { text, place: (offset) => offset },
  blocks = MAX_BLOCKS,
): ParsedText {
  const parsed = parseYaml(text, origin, blocks);
  if (parsed.flaw?.kind !== 'template') return parsed;
  const branches = branchesOf(text).map((branch) => parseYaml(branch, origin, blocks));
  const roots = uniqueRoots(branches.flatMap((branch) => branch.roots));
  return roots.some(isCollection) ? { roots } : parsed;
}

function parseYaml(text: string, origin: Origin, blocks: number): ParsedText {
  const flawed = (kind: TextFlaw['kind'], reason: string, offset: number): ParsedText => {
    return { roots: [], flaw: { kind, reason, offset: origin.place(offset) } };
  };
  try {
    let first: YAMLParseError | undefined;
    for (let source = text, repairs = 0; ; repairs += 1) {
      // The parser takes a byte order mark for indentation, a line break not.
      const tokens = [...new Parser().parse(source.replace(/^\ufeff/, '\n'))];
      if (isTooDeep(tokens)) return flawed('syntax', 'is nested too deeply', 0);
      const documents = [...new Composer({ schema: 'failsafe', uniqueKeys: false }).compose(tokens)];
      const template = findTemplate(source, documents);
      if (template !== undefined) return flawed('template', 'is a template', template);
      const error = documents.flatMap(({ errors }) => errors)[0];
      if (!error) return { roots: documents.map(({ contents }) => new Reader(source, origin, blocks).read(contents)) };
      const repaired = repairs < MAX_REPAIRS ? repair(source, error) : source;
      first ??= error;
      if (repaired === source) return flawed('syntax', first.message, first.pos[0]);
      source = repaired;
    }
  } catch (error) {
    return flawed('syntax', error instanceof Error ? error.message : String(error), 0);
  }
}

/** A file with more that the parser does not take is more likely no YAML. */
const MAX_REPAIRS = 20;

/** Turns the parser's nodes into ours, resolving aliases to what is anchored before them. */
class Reader {
  readonly #text: string;
  readonly #origin: Origin;
  readonly #blocks: number;
  readonly #templated: TemplatedLines;
  readonly #anchors = new Map<string, ManifestNode>();

  constructor(text: string, origin: Origin, blocks: number) {
    this.#text = text;
    this.#origin = origin;
    this.#blocks = blocks;
    this.#templated = new TemplatedLines(text);
  }

  read(node: unknown): ManifestNode | undefined {
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      return target?.kind === 'map' || target?.kind === 'list' ? { kind: 'alias', target } : target;
    }
    const read = isScalar(node)
      ? this.#scalar(node as YamlScalar)
      : isMap(node)
        ? this.#map(node)
        : isSeq(node)
          ? this.#list(node.items)
          : undefined;
    if (read && (isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) {
      this.#anchors.set(node.anchor, read);
    }
    return read;
  }

  #scalar({ value, type, range }: YamlScalar): ManifestScalar {
    const style = STYLES[type ?? ''] ?? 'plain';
    const [start, end] = range ?? [0, 0];
    const text = String(value);
    const placed = (from: number, to: number): ManifestScalar => {
      const [start, end] = [this.#origin.place(from), this.#origin.place(to)];
      const isTemplated = this.#templated.has(from, to) || isContinued(this.#origin.text, start, end);
      return { kind: 'scalar', text: isTemplated ? TEMPLATED : text, style, start, end };
    };
    if (start === end) return placed(this.#behindWord(start), this.#behindWord(start));
    if (style !== 'verbatim') return placed(start, end);
    const first = this.#text.indexOf('\n', start) + 1;
    const block = this.#text.slice(first, end);
    const embedded = this.#embedded(block, first, text, type === 'BLOCK_LITERAL');
    const line = text.includes('\n') ? -1 : block.indexOf(text);
    const whole = line < 0 ? { ...placed(start, end), text } : placed(first + line, first + line + text.length);
    return { ...whole, ...(embedded && { embedded }) };
  }

  /** Where a value goes that is not written: without the spaces in front of it, which a comment behind it needs. */
  #behindWord(offset: number): number {
    return offset - (/[ \t]*$/.exec(this.#text.slice(Math.max(offset - 80, 0), offset))?.[0].length ?? 0);
  }

  /** The maps or lists in the lines of a block. */
  #embedded(block: string, start: number, text: string, isLiteral: boolean): ManifestNode[] | undefined {
    if (this.#blocks === 0 || text.startsWith('#!') || !IMAGE_WORD.test(text)) return undefined;
    const lines = dedent(block, text);
    const place: Mapping = (offset) => this.#origin.place(start + lines.place(offset));
    const inner = parseText(lines.text, { text: this.#origin.text, place }, this.#blocks - 1);
    const roots = inner.roots.filter((root) => root && !(root.kind === 'scalar' && root.text === ''));
    if (roots.length === 0 || !roots.every(isCollection)) return undefined;
    // Folding joins lines; the joined text must have the same values as the lines.
    const isSame = isLiteral
      ? sameLines(lines.text, text)
      : valuesOf(parseText(text, undefined, 0).roots) === valuesOf(inner.roots);
    return isSame ? roots : undefined;
  }

  #map({ items, flow }: { items: { key: unknown; value: unknown }[]; flow?: boolean }): ManifestMap {
    const entries: ManifestEntry[] = [];
    const merged = new Map<string, ManifestNode>();
    for (const { key, value } of items) {
      const keyNode = this.#key(key);
      const valueNode = this.read(value);
      if (keyNode?.kind !== 'scalar' || !valueNode) continue;
      if (keyNode.text === '<<' && keyNode.style === 'plain') {
        for (const [name, added] of mergedValues(valueNode)) if (!merged.has(name)) merged.set(name, added);
      } else {
        // JSON has no plain strings.
        const style = flow === true && keyNode.style === 'double' ? 'double' : 'plain';
        const isPlain = valueNode.kind === 'scalar' && valueNode.style === 'plain';
        entries.push({
          key: keyNode.text,
          keyStart: keyNode.start,
          value: isPlain ? { ...valueNode, style } : valueNode,
        });
      }
    }
    const values = new Map([...merged, ...entries.map((entry) => [entry.key, entry.value] as const)]);
    return { kind: 'map', entries, values, flow: flow === true };
  }

  /** A key is read also on a line of a template. */
  #key(key: unknown): ManifestNode | undefined {
    const node = this.read(key);
    return node?.kind === 'scalar' && isScalar(key) ? { ...node, text: unmasked(String(key.value)) } : node;
  }

  #list(items: readonly unknown[]): ManifestList {
    return { kind: 'list', items: items.map((item) => this.read(item)).filter((item) => item !== undefined) };
  }
}

interface YamlScalar {
  value: unknown;
  type?: string;
  range?: [number, number, number] | null;
}

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'verbatim',
  BLOCK_FOLDED: 'verbatim',
};

/** A block without one of these words, or a name with a version, names no image; it is not worth reading. */
const IMAGE_WORD = /image|tag|repository|newName|digest|\w\/[\w.-]+[:@]\w/i;

function sameLines(one: string, other: string): boolean {
  return one.replaceAll('\r\n', '\n').trimEnd() === other.trimEnd();
}

function valuesOf(roots: readonly (ManifestNode | undefined)[]): string {
  const values = roots.flatMap((root) => [...walk(root)]);
  return JSON.stringify(values.map(({ node, path }) => [path, node.kind === 'scalar' ? node.text : node.kind]));
}
