/** A YAML text as data, and the position of each part. */
import {
  Composer,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  visit,
  type Document,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { failure, type ReleaseError } from '../../core/errors.ts';
import { quote } from '../../core/escape.ts';
import { isTooDeep } from '../../manifests/yaml/nesting.ts';
import type { ConfigProblem } from './messages.ts';
import type { Place } from '../../core/objects.ts';

type Path = ConfigProblem['path'];

/** More levels than a config has; limits an alias of its own parent. */
const MAX_DEPTH = 20;

/** Enough for a thousand apps with ten environments each; limits aliases of aliases. */
const MAX_VALUES = 200_000;

/** A YAML text as plain data (`data`), and the line and column of each of its keys and values. */
export class ConfigText {
  readonly data: unknown;
  readonly #file: string;
  readonly #lines = new LineCounter();
  readonly #root: unknown;
  readonly #aliased = new Map<unknown, unknown>();
  readonly #entries = new Map<YAMLMap, Map<string, Pair>>();
  #values = 0;

  /** Throws CONFIG_INVALID for a text that is not one YAML document. */
  constructor(file: string, text: string) {
    this.#file = file;
    const document = this.#compose(text.replace(/^\ufeff/, ''));
    this.#root = document?.contents;
    const anchors = new Map<string, unknown>();
    visit(document ?? null, (_, node) => {
      if (isAlias(node)) this.#aliased.set(node, anchors.get(node.source));
      else if (isNode(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
    });
    this.data = this.#read(this.#root, 0);
  }

  /** The keys of a map, in the order of the file. */
  keysOf(path: Path): readonly string[] {
    const map = this.#nodeAt(path);
    return isMap(map) ? [...this.#entriesOf(map).keys()] : [];
  }

  /** The position of a key or its value; of a missing one the position of its parent's key. */
  placeOf(path: Path, part: ConfigProblem['part']): Required<Place> {
    const parent = this.#nodeAt(path.slice(0, -1));
    const name = path.at(-1);
    const pair = isMap(parent) ? this.#entriesOf(parent).get(String(name)) : undefined;
    const node = isSeq(parent) ? parent.items[Number(name)] : part === 'key' ? pair?.key : (pair?.value ?? pair?.key);
    if (isNode(node)) return this.#placeAt(offsetOf(node));
    return path.length > 1 ? this.placeOf(path.slice(0, -1), 'key') : this.#placeAt(0);
  }

  #compose(text: string): Document.Parsed | undefined {
    const tokens = [...new Parser(this.#lines.addNewLine).parse(text)];
    if (isTooDeep(tokens)) throw this.#refuse(0, 'this is nested too deeply');
    const [document, second] = [...new Composer({ stringKeys: true, uniqueKeys: false }).compose(tokens, true)];
    const [error] = document?.errors ?? [];
    if (error) {
      const [offset] = error.pos;
      // The parser's message for this names an option of its own.
      const reason =
        error.code === 'NON_STRING_KEY' ? 'a key must be a text' : `this is not valid YAML: ${error.message}`;
      const isTemplate = text.split('\n')[this.#placeAt(offset).line - 1]?.includes('{{');
      const advice = isTemplate ? 'A text with "{{ app }}" in it must be in quotes.' : '';
      throw this.#refuse(offset, reason, advice);
    }
    if (second) throw this.#refuse(second.range[0], 'a second document starts here, and there may be only one');
    return document;
  }

  #nodeAt(path: Path): unknown {
    return path.reduce<unknown>((node, name) => {
      if (isSeq(node)) return this.#resolve(node.items[Number(name)]);
      return isMap(node) ? this.#resolve(this.#entriesOf(node).get(String(name))?.value) : undefined;
    }, this.#resolve(this.#root));
  }

  #read(given: unknown, depth: number): unknown {
    this.#count(given, depth);
    const node = this.#resolve(given);
    if (isSeq(node)) return node.items.map((item) => this.#read(item, depth + 1));
    if (!isMap(node)) return isScalar(node) ? node.value : null;
    const read = [...this.#entriesOf(node)].map(([name, { value }]) => [name, this.#read(value, depth + 1)] as const);
    return Object.fromEntries(read);
  }

  /** The entries of a map by name, those that it merges after its own. */
  #entriesOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#entries.get(map);
    if (known) return known;
    const entries = new Map<string, Pair>();
    // Known before it is complete, so that a map that merges itself ends.
    this.#entries.set(map, entries);
    const [merges, own] = [map.items.filter(isMerge), map.items.filter((pair) => !isMerge(pair))];
    for (const pair of own) {
      const name = this.#nameOf(pair);
      if (entries.has(name)) throw this.#refuse(offsetOf(pair.key), `${quote(name)} appears here twice`);
      entries.set(name, pair);
    }
    for (const source of merges.flatMap(({ value }) => this.#mergedMaps(value))) {
      for (const [name, pair] of this.#entriesOf(source)) {
        this.#count(pair.key);
        if (!entries.has(name)) entries.set(name, pair);
      }
    }
    return entries;
  }

  #mergedMaps(value: unknown): YAMLMap[] {
    const source = this.#resolve(value);
    const sources = isSeq(source) ? source.items.map((item) => this.#resolve(item)) : [source];
    if (!sources.every(isMap)) throw this.#refuse(offsetOf(value), '"<<" merges what is not a map');
    return sources;
  }

  #nameOf({ key }: Pair): string {
    const name = isScalar(key) ? String(key.value) : '';
    if (name === '__proto__') throw this.#refuse(offsetOf(key), '"__proto__" cannot be a key');
    return name;
  }

  #resolve(node: unknown): unknown {
    if (!isAlias(node)) return node;
    const target = this.#aliased.get(node);
    if (target === undefined) throw this.#refuse(offsetOf(node), `"*${node.source}" is an alias of nothing`);
    return target;
  }

  #count(node: unknown, depth = 0): void {
    this.#values += 1;
    if (depth > MAX_DEPTH) throw this.#refuse(offsetOf(node), 'this is nested too deeply');
    if (this.#values > MAX_VALUES) throw this.#refuse(offsetOf(node), 'with its aliases the file has too many values');
  }

  #placeAt(offset: number): Required<Place> {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  #refuse(offset: number, reason: string, advice = ''): ReleaseError {
    return failure('CONFIG_INVALID', { place: this.#placeAt(offset), reason, advice });
  }
}

const offsetOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

const isMerge = ({ key }: Pair): boolean => isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
