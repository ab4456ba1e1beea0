/**
 * A manifest file: bytes -> text -> documents in which every scalar knows where it stands in the text.
 *
 * Offsets are UTF-16 code units into `Manifest.text`. All scalars are read as strings (YAML's failsafe schema), so a
 * plain `1.10` is the text `1.10`, never a number.
 */
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
import type { ScalarStyle } from './scalar.ts';

export interface ManifestScalar {
  readonly kind: 'scalar';
  readonly text: string;
  /** How to write it: as it is, but `double` for a JSON number or null, which no plain string may replace. */
  readonly style: ScalarStyle;
  /** The characters to replace: with quotes, without anchor, tag, comment and block header. Equal where none stands. */
  readonly start: number;
  readonly end: number;
}

export interface ManifestEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly value: ManifestNode;
}

export interface ManifestMap {
  readonly kind: 'map';
  readonly entries: readonly ManifestEntry[];
  /** What `<<` brings in, the strongest of each key. */
  readonly merged: readonly ManifestEntry[];
  readonly flow: boolean;
}

export interface ManifestList {
  readonly kind: 'list';
  readonly items: readonly ManifestNode[];
}

/** An alias of a map or a list, which is walked where it is anchored; an alias of a scalar is that scalar itself. */
export interface ManifestAlias {
  readonly kind: 'alias';
  readonly target: ManifestMap | ManifestList;
}

export type ManifestNode = ManifestScalar | ManifestMap | ManifestList | ManifestAlias;

export interface ManifestDocument {
  readonly path: string;
  /** The whole file's text, which the offsets of `root` point into. */
  readonly text: string;
  readonly root: ManifestNode | undefined;
  /** `kind/name` where there are both and the file holds several documents; else empty. */
  readonly label: string;
}

/** Why a file is not edited. `line` and `column` count from 1. */
export interface ManifestDefect {
  readonly kind: 'encoding' | 'syntax' | 'template' | 'encrypted';
  readonly reason: string;
  readonly line: number;
  readonly column: number;
}

export interface Manifest {
  readonly path: string;
  /** The whole file, a byte order mark included; empty when it is not UTF-8. */
  readonly text: string;
  /** Empty when there is a defect. */
  readonly documents: readonly ManifestDocument[];
  readonly defect?: ManifestDefect;
}

/** Reads a YAML or JSON manifest from its bytes. Never throws: what cannot be read is the result's `defect`. */
export function readManifest(path: string, bytes: Uint8Array): Manifest {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { path, text: '', documents: [], defect: { kind: 'encoding', reason: 'is not UTF-8', line: 1, column: 1 } };
  }
  const defective = (kind: ManifestDefect['kind'], reason: string, offset: number): Manifest => {
    return { path, text, documents: [], defect: { kind, reason, ...positionAt(text, offset) } };
  };
  try {
    // The parser takes a byte order mark for indentation, a line break not.
    const source = text.replace(/^\ufeff/, '\n');
    const tokens = [...new Parser().parse(source)];
    if (isTooDeep(tokens)) return defective('syntax', 'is nested too deeply', 0);
    const documents = [...new Composer({ schema: 'failsafe', uniqueKeys: false }).compose(tokens)];
    const template = findTemplate(text, documents);
    if (template !== undefined) return defective('template', 'is a template', template);
    const error = documents.flatMap((document) => document.errors)[0];
    if (error) return defective('syntax', error.message, error.pos[0]);
    const read = documents.map((document) => readDocument(path, text, document, documents.length));
    const encrypted = read.find(({ root }) => root?.kind === 'map' && isEncrypted(root));
    if (encrypted) return defective('encrypted', 'is encrypted with SOPS', 0);
    return { path, text, documents: read };
  } catch (error) {
    return defective('syntax', error instanceof Error ? error.message : String(error), 0);
  }
}

/** The value of a key: the map's own, of two the last, as Go readers take it; else what is merged into the map. */
export function valueOf({ entries, merged }: ManifestMap, key: string): ManifestNode | undefined {
  const has = (entry: ManifestEntry): boolean => entry.key === key;
  return (entries.findLast(has) ?? merged.find(has))?.value;
}

/** The scalar value of a key; `undefined` when there is none or it is a map or a list. */
export function scalarOf(map: ManifestMap, key: string): ManifestScalar | undefined {
  const value = valueOf(map, key);
  return value?.kind === 'scalar' ? value : undefined;
}

/** Every node of a document with its path, parents first. Aliased collections are visited once, at their anchor. */
export function* walk(root: ManifestNode | undefined, path = ''): Generator<{ node: ManifestNode; path: string }> {
  if (!root || root.kind === 'alias') return;
  yield { node: root, path };
  if (root.kind === 'map') {
    for (const { key, value } of root.entries) yield* walk(value, joinPath(path, key));
  } else if (root.kind === 'list') {
    for (const [index, item] of root.items.entries()) yield* walk(item, `${path}[${index}]`);
  }
}

/** `a.b`, or `a["b c"]` for a key that is not a plain word. */
export function joinPath(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** Line and column of an offset, both from 1. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
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

/** True for a file of SOPS, whose checksum (MAC) covers also the values that stand in clear. */
function isEncrypted(root: ManifestMap): boolean {
  const sops = valueOf(root, 'sops');
  return sops?.kind === 'map' && valueOf(sops, 'mac') !== undefined;
}

function readDocument(path: string, text: string, document: Document.Parsed, count: number): ManifestDocument {
  const root = new Reader(text).read(document.contents);
  return { path, text, root, label: count > 1 ? labelOf(root) : '' };
}

function labelOf(root: ManifestNode | undefined): string {
  if (root?.kind !== 'map') return '';
  const metadata = valueOf(root, 'metadata');
  const kind = scalarOf(root, 'kind')?.text;
  const name = metadata?.kind === 'map' ? scalarOf(metadata, 'name')?.text : undefined;
  return kind !== undefined && name !== undefined ? `${kind}/${name}` : '';
}

/** Turns the parser's nodes into ours, resolving aliases to what is anchored before them. */
class Reader {
  readonly #text: string;
  readonly #anchors = new Map<string, ManifestNode>();

  constructor(text: string) {
    this.#text = text;
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
    if (style !== 'block') return { kind: 'scalar', text, style, start, end };
    const content = this.#text.indexOf(text, this.#text.indexOf('\n', start));
    const inPlace = content >= 0 && content + text.length <= end && !text.includes('\n');
    return {
      kind: 'scalar',
      text,
      style,
      start: inPlace ? content : start,
      end: inPlace ? content + text.length : end,
    };
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
        const inJson = flow === true && keyNode.style === 'double';
        entries.push({ key: keyNode.text, keyStart: keyNode.start, value: this.#value(valueNode, keyNode, inJson) });
      }
    }
    return { kind: 'map', entries, merged: [...merged.values()], flow: flow === true };
  }

  /** An entry's value; where none is written, it stands right behind the colon. */
  #value(value: ManifestNode, key: ManifestScalar, inJson: boolean): ManifestNode {
    if (value.kind !== 'scalar' || value.style !== 'plain') return value;
    const style = inJson ? 'double' : 'plain';
    if (value.start !== value.end) return { ...value, style };
    const start = this.#text.indexOf(':', key.end) + 1;
    return { ...value, style, start, end: start };
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
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block',
};

/** What the value of a `<<` key brings in, the strongest first; anything but maps brings in nothing. */
function mergedEntries(value: ManifestNode): ManifestEntry[] {
  const node = value.kind === 'alias' ? value.target : value;
  if (node.kind === 'map') return [...node.entries.toReversed(), ...node.merged];
  return node.kind === 'list' ? node.items.flatMap(mergedEntries) : [];
}
