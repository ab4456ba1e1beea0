/**
 * The contents of a manifest: documents, maps, lists and scalars, each scalar with its offsets.
 *
 * Offsets are UTF-16 code units into the text of the whole file. All scalars are strings (YAML's failsafe schema), so a
 * plain `1.10` is the text `1.10`, never a number.
 */
import type { LineTable } from './lines.ts';
import type { ScalarStyle } from './scalar.ts';

export interface ManifestScalar {
  readonly kind: 'scalar';
  readonly text: string;
  /** How to write it: as it is, but `double` for a JSON number or null, which no plain string may replace. */
  readonly style: ScalarStyle;
  /** The characters to replace: with quotes, without anchor, tag, comment and block header. Equal for an absent value. */
  readonly start: number;
  readonly end: number;
  /** The YAML or JSON inside a block of text, e.g. a manifest in a ConfigMap. */
  readonly embedded?: readonly ManifestNode[];
}

export interface ManifestEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly value: ManifestNode;
}

export interface ManifestMap {
  readonly kind: 'map';
  /** As written, in order, without what `<<` adds. */
  readonly entries: readonly ManifestEntry[];
  /** The value of each key: the map's own, of two the last, as Go readers take it; else what `<<` adds. */
  readonly values: ReadonlyMap<string, ManifestNode>;
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
  /** The lines of `text`. */
  readonly lines: LineTable;
  readonly root: ManifestNode | undefined;
  /** `kind/name` where there are both. */
  readonly name: string;
  /** Its number in the file or block, from 0. */
  readonly index: number;
  /**
   * Which document of the file it is, where there are several: `kind/name`, and for one inside a block of text the path
   * of the block. Empty for the only one.
   */
  readonly label: string;
  /** What no other document of the file has: the number, and for one inside a block of text those of the blocks too. */
  readonly id: string;
}

/** The value of a key; `undefined` when there is none. */
export function valueOf({ values }: ManifestMap, key: string): ManifestNode | undefined {
  return values.get(key);
}

/** The scalar value of a key; `undefined` when there is none or it is a map or a list. */
export function scalarOf(map: ManifestMap, key: string): ManifestScalar | undefined {
  const value = valueOf(map, key);
  return value?.kind === 'scalar' ? value : undefined;
}

/** The map that is the value of a key; `undefined` when there is none, or there is no map to look in. */
export function mapOf(map: ManifestMap | undefined, key: string): ManifestMap | undefined {
  const value = map && valueOf(map, key);
  const node = value?.kind === 'alias' ? value.target : value;
  return node?.kind === 'map' ? node : undefined;
}

/** A scalar of a list, and the name beside it. */
export interface NamedItem {
  readonly index: number;
  readonly name: string;
  readonly scalar: ManifestScalar;
}

/**
 * The items `{name, value}` of a list, as parameters and variables are written, or those with two other keys; none where the
 * node is no list.
 */
export function namedItems(
  list: ManifestNode | undefined,
  [nameKey, valueKey]: readonly [name: string, value: string] = ['name', 'value'],
): readonly NamedItem[] {
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item, index) => {
    const [name, scalar] = item.kind === 'map' ? [scalarOf(item, nameKey), scalarOf(item, valueKey)] : [];
    return name && scalar ? [{ index, name: name.text, scalar }] : [];
  });
}

/** A node of a document, and its path. */
export interface Visit {
  readonly node: ManifestNode;
  readonly path: string;
}

/** Every node of a document, parents first. Aliased collections are visited once, at their anchor. */
export function walk(root: ManifestNode | undefined): readonly Visit[] {
  if (!root) return [];
  if (last?.root !== root) last = { root, visits: visitAll(root) };
  return last.visits;
}

/** Conventions walk the same document one after another. */
let last: { readonly root: ManifestNode; readonly visits: readonly Visit[] } | undefined;

function visitAll(root: ManifestNode): Visit[] {
  const visits: Visit[] = [];
  const visit = (node: ManifestNode, path: string): void => {
    if (node.kind === 'alias') return;
    visits.push({ node, path });
    if (node.kind === 'map') {
      for (const { key, value } of node.entries) visit(value, joinPath(path, key));
    } else if (node.kind === 'list') {
      for (const [index, item] of node.items.entries()) visit(item, `${path}[${index}]`);
    }
  };
  visit(root, '');
  return visits;
}

/** The annotation in which kubectl keeps what was applied: a record, not a wish. */
export const LAST_APPLIED = 'last-applied-configuration';

/** `a.b`, or `a["b c"]` for a key that is not a plain word. */
export function joinPath(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** True for a map or a list. */
export function isCollection(node: ManifestNode | undefined): node is ManifestMap | ManifestList {
  return node?.kind === 'map' || node?.kind === 'list';
}

/** What the value of a `<<` key adds, the strongest first; anything but maps adds nothing. */
export function* mergedValues(value: ManifestNode): Generator<readonly [key: string, value: ManifestNode]> {
  const node = value.kind === 'alias' ? value.target : value;
  if (node.kind === 'map') yield* node.values;
  else if (node.kind === 'list') for (const item of node.items) yield* mergedValues(item);
}

/** Documents without those that have the same scalars as one before: what branches of a template have in common. */
export function uniqueRoots(roots: readonly (ManifestNode | undefined)[]): (ManifestNode | undefined)[] {
  const read = new Set<string>();
  return roots.filter((root) => {
    const scalars = walk(root).flatMap(({ node }) => (node.kind === 'scalar' ? node.start : []));
    const key = scalars.join(' ');
    return !read.has(key) && read.add(key);
  });
}
