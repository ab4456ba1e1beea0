/** YAML or JSON text -> the tree of what it holds. */
import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Parser,
  type CST,
  type Document,
  type Node as YamlNode,
} from 'yaml';
import {
  walk,
  type ManifestEntry,
  type ManifestList,
  type ManifestMap,
  type ManifestNode,
  type ManifestScalar,
} from './manifest-tree.ts';
import type { ScalarStyle } from './scalar.ts';

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

/** Where an offset of the text read stands in the whole file. */
type Mapping = (offset: number) => number;

/** Reads all documents of a text. `place` says where it stands in a larger one. Never throws. */
export function parseText(text: string, place: Mapping = (offset) => offset): ParsedText {
  const flawed = (kind: TextFlaw['kind'], reason: string, offset: number): ParsedText => {
    return { roots: [], flaw: { kind, reason, offset: place(offset) } };
  };
  try {
    // The parser takes a byte order mark for indentation, a line break not.
    const tokens = [...new Parser().parse(text.replace(/^\ufeff/, '\n'))];
    if (isTooDeep(tokens)) return flawed('syntax', 'is nested too deeply', 0);
    const documents = [...new Composer({ schema: 'failsafe', uniqueKeys: false }).compose(tokens)];
    const template = findTemplate(text, documents);
    if (template !== undefined) return flawed('template', 'is a template', template);
    const error = documents.flatMap(({ errors }) => errors)[0];
    if (error) return flawed('syntax', error.message, error.pos[0]);
    return { roots: documents.map(({ contents }) => new Reader(text, place).read(contents)) };
  } catch (error) {
    return flawed('syntax', error instanceof Error ? error.message : String(error), 0);
  }
}

/** Composing calls itself for each level: near the end of the stack Node does not throw but dies. */
const MAX_DEPTH = 300;

function isTooDeep(tokens: readonly CST.Token[]): boolean {
  let level = tokens;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((token) => {
      if (token.type === 'document') return token.value ?? [];
      return 'items' in token ? token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat()) : [];
    });
  }
  return false;
}

/**
 * Where template syntax stands outside scalars and comments. `{{ … }}` parses as a flow map in a flow map, so it is
 * known by its text; inside a scalar it is data (Argo Workflows, Prometheus rules) and no concern of ours.
 */
function findTemplate(text: string, documents: readonly Document.Parsed[]): number | undefined {
  const errors = documents.some((document) => document.errors.length > 0);
  if (errors) return text.search(/\{\{|\{%/) < 0 ? undefined : text.search(/\{\{|\{%/);
  if (!text.includes('{{')) return undefined;
  const offsets = documents.map((document) => findDoubleBrace(text, document.contents));
  return offsets.find((offset) => offset !== undefined);
}

function findDoubleBrace(text: string, node: unknown): number | undefined {
  if (isMap(node)) {
    const start = (node as YamlNode).range?.[0] ?? 0;
    if (node.flow && text.startsWith('{{', start)) return start;
    for (const { key, value } of node.items) {
      const found = findDoubleBrace(text, key) ?? findDoubleBrace(text, value);
      if (found !== undefined) return found;
    }
  }
  if (isSeq(node)) {
    for (const item of node.items) {
      const found = findDoubleBrace(text, item);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Turns the parser's nodes into ours, resolving aliases to what is anchored before them. */
class Reader {
  readonly #text: string;
  readonly #place: Mapping;
  readonly #anchors = new Map<string, ManifestNode>();

  constructor(text: string, place: Mapping) {
    this.#text = text;
    this.#place = place;
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
      return { kind: 'scalar', text, style, start: this.#place(from), end: this.#place(to) };
    };
    if (style !== 'verbatim') return placed(start, end);
    const content = this.#text.indexOf(text, this.#text.indexOf('\n', start));
    if (content >= 0 && content + text.length <= end && !text.includes('\n')) {
      return placed(content, content + text.length);
    }
    const embedded = this.#embedded(start, end, text, type === 'BLOCK_LITERAL');
    return { ...placed(start, end), ...(embedded && { embedded }) };
  }

  /** What the lines of a block hold, when that is maps or lists. */
  #embedded(start: number, end: number, text: string, isLiteral: boolean): ManifestNode[] | undefined {
    if (!IMAGE_WORD.test(text)) return undefined;
    const first = this.#text.indexOf('\n', start) + 1;
    const block = dedent(this.#text.slice(first, end));
    const inner = parseText(block.text, (offset) => this.#place(first + block.place(offset)));
    const roots = inner.roots.filter((root) => root?.kind === 'map' || root?.kind === 'list');
    if (roots.length === 0 || roots.length < inner.roots.length) return undefined;
    // Folding joins lines; what it joined must mean the same as what stands there.
    const isSame = isLiteral ? sameLines(block.text, text) : valuesOf(parseText(text).roots) === valuesOf(roots);
    return isSame ? roots : undefined;
  }

  #map({ items, flow }: { items: { key: unknown; value: unknown }[]; flow?: boolean }): ManifestMap {
    const entries: ManifestEntry[] = [];
    const merged = new Map<string, ManifestEntry>();
    for (const { key, value } of items) {
      const keyNode = this.read(key);
      const valueNode = this.read(value);
      if (keyNode?.kind !== 'scalar' || !valueNode) continue;
      if (keyNode.text === '<<' && keyNode.style === 'plain') {
        for (const entry of mergedEntries(valueNode)) if (!merged.has(entry.key)) merged.set(entry.key, entry);
      } else {
        const style = flow === true && keyNode.style === 'double' ? 'double' : 'plain';
        const colon = this.#text.indexOf(':', (key as YamlNode).range?.[1]);
        const placed = toReplace(valueNode, style, this.#place(colon + 1));
        entries.push({ key: keyNode.text, keyStart: keyNode.start, value: placed });
      }
    }
    return { kind: 'map', entries, merged: [...merged.values()], flow: flow === true };
  }

  #list(items: readonly unknown[]): ManifestList {
    return { kind: 'list', items: items.map((item) => this.read(item)).filter((item) => item !== undefined) };
  }
}

/** An entry's value as it is replaced: in JSON's style where the key has it, and where none is written, behind the colon. */
function toReplace(value: ManifestNode, style: ScalarStyle, behindColon: number): ManifestNode {
  if (value.kind !== 'scalar' || value.style !== 'plain') return value;
  return { ...value, style, ...(value.start === value.end && { start: behindColon, end: behindColon }) };
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

/** What the value of a `<<` key brings in, the strongest first; anything but maps brings in nothing. */
function mergedEntries(value: ManifestNode): ManifestEntry[] {
  const node = value.kind === 'alias' ? value.target : value;
  if (node.kind === 'map') return [...node.entries.toReversed(), ...node.merged];
  return node.kind === 'list' ? node.items.flatMap(mergedEntries) : [];
}

/** A block without one of these words names no image; it is not worth reading. */
const IMAGE_WORD = /image|tag|repository|newName|digest/i;

/** A block's text without the indentation that all its lines share, and where its offsets stand in the block. */
function dedent(block: string): { text: string; place: Mapping } {
  const lines = block.split('\n');
  const indentation = /^ */.exec(lines.find((line) => line.trim() !== '') ?? '')?.[0].length ?? 0;
  const removed = lines.map((line) => Math.min(indentation, line.length - line.trimStart().length));
  const starts: number[] = [];
  let shift = 0;
  let position = 0;
  const shifts = lines.map((line, index) => {
    shift += removed[index] ?? 0;
    starts.push(position);
    position += line.length - (removed[index] ?? 0) + 1;
    return shift;
  });
  const place: Mapping = (offset) => offset + (shifts[starts.findLastIndex((start) => start <= offset)] ?? 0);
  return { text: lines.map((line, index) => line.slice(removed[index])).join('\n'), place };
}

function sameLines(one: string, other: string): boolean {
  return one.replaceAll('\r\n', '\n').trimEnd() === other.trimEnd();
}

function valuesOf(roots: readonly (ManifestNode | undefined)[]): string {
  const values = roots.flatMap((root) => [...walk(root)]);
  return JSON.stringify(values.map(({ node, path }) => [path, node.kind === 'scalar' ? node.text : node.kind]));
}
