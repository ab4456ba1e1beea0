/** Values of a chart: the layers of one tree, which several files and objects overlay. */
import type { ManifestDocument, ManifestNode } from '../yaml/tree.ts';

/** Layers of values that are merged when the chart is rendered. */
export interface ValuesTree {
  /** `kind/name` of the object that says so; empty for the files of a chart. */
  readonly object: string;
  readonly layers: readonly ValuesLayer[];
  /** The options that Helm gets beside the values, as far as an object has them. */
  readonly release?: ChartRelease;
  /** Nothing but their folder says that the layers belong together. */
  readonly isGuess?: true;
}

export interface ChartRelease {
  readonly name: string;
  /** Empty where the object has none. */
  readonly namespace: string;
}

export interface ValuesLayer {
  readonly source: ValuesSource;
  /** The path in the tree of the layer's root. */
  readonly at: readonly string[];
  /** A layer overlays those of a lower rank; layers of one rank are alternatives. */
  readonly rank: number;
}

export type ValuesSource = ValuesNode | ValuesFile | ValuesObject | ChartValues;

/** Values in an object: a map, one value, or a block of text. */
export interface ValuesNode {
  readonly kind: 'node';
  readonly document: ManifestDocument;
  readonly node: ManifestNode;
  /** Path of the node in its document. */
  readonly where: string;
}

/** A file of the repository; a templated part of its path is a run of `ANY`. */
export interface ValuesFile {
  readonly kind: 'file';
  readonly path: string;
}

/** One key of a ConfigMap or Secret. */
export interface ValuesObject {
  readonly kind: 'object';
  /** `kind/name`. */
  readonly name: string;
  readonly key: string;
}

/** The values that a chart of the repository has by itself. */
export interface ChartValues {
  readonly kind: 'chart';
  readonly folder: string;
}

/** A source with the path in the tree where its root is. */
export type PlacedSource = readonly [source: ValuesSource | undefined, at?: readonly string[]];

/** A tree of sources, the weakest first; those that are `undefined` are left out. */
export function treeOf(object: string, sources: readonly PlacedSource[], release?: ChartRelease): ValuesTree {
  const layers = sources.flatMap(([source, at = []], rank) => (source ? { source, at, rank } : []));
  return { object, layers, ...(release && { release }) };
}

/** The keys of a dotted path as `helm --set` reads it: a backslash makes a dot part of a key. */
export function splitKeys(path: string): string[] {
  return path.split(/(?<!\\)\./).map((key) => key.replaceAll('\\.', '.'));
}
