/** The parser's nodes -> the tree of maps, lists and scalars. */
import { isAlias, isMap, isNode, isScalar, isSeq, type Alias } from 'yaml';
import type { ReadingBudget } from './budget.ts';
import type { Mapping } from './lines.ts';
import type { ScalarStyle } from './scalar.ts';
import { isContinued, TEMPLATED, TemplatedLines, unmasked } from './templated-values.ts';
import {
  mergedValues,
  type ManifestEntry,
  type ManifestList,
  type ManifestMap,
  type ManifestNode,
  type ManifestScalar,
} from './tree.ts';

/** The text that offsets point into, how those of a part of it are mapped to it, and what reading it may cost. */
export interface Origin {
  readonly text: string;
  readonly place: Mapping;
  readonly budget: ReadingBudget;
}

/** A block of text, as its lines are written. */
export interface Block {
  readonly lines: string;
  /** Offset of the lines in the text that was parsed. */
  readonly start: number;
  /** What the block is read as. */
  readonly text: string;
  readonly isLiteral: boolean;
}

interface Anchored {
  readonly node: ManifestNode;
  readonly cost: number;
}

/** A text that is repeated costs a step for so many characters. */
const CHARACTERS_OF_STEP = 16;
/** A path of more characters costs steps. */
const LONG_PATH = 500;

/** Turns the parser's nodes of one text into ours, resolving aliases to what is anchored before them. */
export class NodeReader {
  readonly #text: string;
  readonly #origin: Origin;
  readonly #embedded: (block: Block) => readonly ManifestNode[] | undefined;
  readonly #templated: TemplatedLines;
  #anchors = new Map<string, Anchored>();
  /** The nodes that were read, each alias as all that is in its target. */
  #cost = 0;
  /** Characters of the keys around a node, which its path repeats. */
  #around = 0;

  /** `embedded` gives the maps or lists in the lines of a block. */
  constructor(text: string, origin: Origin, embedded: (block: Block) => readonly ManifestNode[] | undefined) {
    this.#text = text;
    this.#origin = origin;
    this.#embedded = embedded;
    this.#templated = new TemplatedLines(text);
  }

  /** Reads the contents of a document. Throws TooComplex where aliases repeat more than the budget has. */
  readDocument(contents: unknown): ManifestNode | undefined {
    this.#anchors = new Map();
    return this.#read(contents);
  }

  #read(node: unknown): ManifestNode | undefined {
    if (isAlias(node)) return this.#alias(node);
    const before = this.#cost;
    this.#cost += 1;
    if (this.#around > LONG_PATH) this.#spend(Math.floor(this.#around / CHARACTERS_OF_STEP), node);
    const read = isScalar(node)
      ? this.#scalar(node as YamlScalar)
      : isMap(node)
        ? this.#map(node)
        : isSeq(node)
          ? this.#list(node.items)
          : undefined;
    if (read && (isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) {
      this.#anchors.set(node.anchor, { node: read, cost: this.#cost - before });
    }
    return read;
  }

  /** An alias costs what its target did: whatever is looked up behind it, and whatever is merged. */
  #alias(alias: Alias): ManifestNode | undefined {
    const anchored = this.#anchors.get(alias.source);
    if (!anchored) return undefined;
    const { node: target, cost } = anchored;
    this.#spend(cost, alias);
    return target.kind === 'map' || target.kind === 'list' ? { kind: 'alias', target } : target;
  }

  #spend(cost: number, node: unknown): void {
    this.#cost += cost;
    this.#origin.budget.spend(cost, () => this.#origin.place((isNode(node) && node.range?.[0]) || 0));
  }

  #scalar({ value, type, range }: YamlScalar): ManifestScalar {
    const style = STYLES[type ?? ''] ?? 'plain';
    const [start, end] = range ?? [0, 0];
    const text = String(value);
    this.#cost += Math.floor(text.length / CHARACTERS_OF_STEP);
    const placed = (from: number, to: number, read = text): ManifestScalar => {
      const [start, end] = [this.#origin.place(from), this.#origin.place(to)];
      const isTemplated = this.#templated.has(from, to) || isContinued(this.#origin.text, start, end);
      return { kind: 'scalar', text: isTemplated ? TEMPLATED : read, style, start, end };
    };
    if (start === end) return placed(this.#behindWord(start), this.#behindWord(start));
    if (style !== 'verbatim') return placed(start, end);
    const first = this.#text.indexOf('\n', start) + 1;
    const lines = this.#text.slice(first, end);
    const embedded = this.#embedded({ lines, start: first, text, isLiteral: type === 'BLOCK_LITERAL' });
    // A block of one line is that line, whether or not line breaks are kept behind it.
    const only = text.replace(/^(.+)\n+$/, '$1');
    const line = only.includes('\n') ? -1 : lines.indexOf(only);
    const whole = line < 0 ? { ...placed(start, end), text } : placed(first + line, first + line + only.length, only);
    return { ...whole, ...(embedded && { embedded }) };
  }

  /** Where a value goes that is not written: without the spaces in front of it, which a comment behind it needs. */
  #behindWord(offset: number): number {
    return offset - (/[ \t]*$/.exec(this.#text.slice(Math.max(offset - 80, 0), offset))?.[0].length ?? 0);
  }

  #map({ items, flow }: { items: { key: unknown; value: unknown }[]; flow?: boolean }): ManifestMap {
    const entries: ManifestEntry[] = [];
    const merged = new Map<string, ManifestNode>();
    for (const { key, value } of items) {
      const keyNode = this.#key(key);
      const length = keyNode?.kind === 'scalar' ? keyNode.text.length : 0;
      this.#around += length;
      const valueNode = this.#read(value);
      this.#around -= length;
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
    for (const { key, value } of entries) merged.set(key, value);
    return { kind: 'map', entries, values: merged, flow: flow === true };
  }

  /** A key is read also on a line of a template. */
  #key(key: unknown): ManifestNode | undefined {
    const node = this.#read(key);
    return node?.kind === 'scalar' && isScalar(key) ? { ...node, text: unmasked(String(key.value)) } : node;
  }

  #list(items: readonly unknown[]): ManifestList {
    return { kind: 'list', items: items.map((item) => this.#read(item)).filter((item) => item !== undefined) };
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
