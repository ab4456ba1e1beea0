/** The image parts among the values of layers, each with its path in the tree. */
import type { Manifest } from '../yaml/manifest.ts';
import { joinPath, type ManifestDocument, type ManifestNode, type ManifestScalar } from '../yaml/tree.ts';
import { defaultValues, type ManifestsByPath } from './charts.ts';
import type { ConfigEntry } from './config-objects.ts';
import { ANY, pathPattern } from './repository-paths.ts';
import type { ValuesLayer, ValuesNode, ValuesSource } from './values-tree.ts';

/** One scalar of a tree of values. */
export interface ValueLeaf {
  /** Keys from the root of the tree. */
  readonly path: readonly string[];
  readonly rank: number;
  readonly scalar: ManifestScalar;
  readonly document: ManifestDocument;
  /** The id of its document, which may be one inside a block of text of `document`. */
  readonly id: string;
  /** Path in that document, and of the map around it; of a value that is alone its own. */
  readonly where: string;
  readonly parent: string;
}

/** What sources are found in. */
export interface ValuesFiles {
  readonly manifests: ManifestsByPath;
  /** By `kind/name`. */
  readonly objects: ReadonlyMap<string, readonly ConfigEntry[]>;
}

/** Reads the leaves of layers whose key `isPart` takes; each node is walked once, in however many trees it is. */
export class LeafReader {
  readonly #files: ValuesFiles;
  readonly #isPart: (key: string) => boolean;
  readonly #read = new Map<ManifestNode, readonly ValueLeaf[]>();

  constructor(files: ValuesFiles, isPart: (key: string) => boolean) {
    this.#files = files;
    this.#isPart = isPart;
  }

  /** The leaves of a layer, also where it is several files or a chart with its dependencies. */
  leavesOf({ source, at, rank }: ValuesLayer): ValueLeaf[] {
    return nodesOf(source, at, this.#files).flatMap(({ node, at: root }) =>
      this.#leavesIn(node)
        .map((leaf) => ({ ...leaf, path: [...root, ...leaf.path], rank }))
        .filter(({ path }) => this.#isPart(path.at(-1) ?? '')),
    );
  }

  #leavesIn({ node, document, where }: ValuesNode): readonly ValueLeaf[] {
    const known = this.#read.get(node);
    if (known) return known;
    const start = { document, id: document.id, where, parent: where, path: [], rank: 0 };
    const leaves = [...walkLeaves(node, start)].filter(
      ({ path }) => path.length === 0 || this.#isPart(path.at(-1) ?? ''),
    );
    this.#read.set(node, leaves);
    return leaves;
  }
}

function* walkLeaves(node: ManifestNode, position: Omit<ValueLeaf, 'scalar'>): Generator<ValueLeaf> {
  const { id, where, path } = position;
  if (node.kind === 'map') {
    for (const { key, value } of node.entries) {
      yield* walkLeaves(value, { ...position, where: joinPath(where, key), parent: where, path: [...path, key] });
    }
  } else if (node.kind === 'scalar' && node.embedded) {
    for (const [index, inner] of node.embedded.entries()) {
      yield* walkLeaves(inner, { ...position, id: `${id} ${where} ${index}`, where: '' });
    }
  } else if (node.kind === 'scalar') {
    yield { ...position, scalar: node };
  }
}

interface PlacedNode {
  readonly node: ValuesNode;
  readonly at: readonly string[];
}

function nodesOf(source: ValuesSource, at: readonly string[], files: ValuesFiles): PlacedNode[] {
  switch (source.kind) {
    case 'node':
      return [{ node: source, at }];
    case 'file':
      return manifestsAt(source.path, files.manifests).flatMap(({ documents: [document] }) =>
        document?.root ? [{ node: { kind: 'node', document, node: document.root, where: '' }, at }] : [],
      );
    case 'object': {
      const entries = files.objects.get(source.name) ?? [];
      return entries.filter(({ key }) => key === source.key).flatMap((entry) => nodesOf(entry.source, at, files));
    }
    case 'chart':
      return defaultValues(source.folder, files.manifests).flatMap(([file, below = []]) =>
        file ? nodesOf(file, [...at, ...below], files) : [],
      );
  }
}

/** The manifest at a path, or those at all paths that a templated one may be. */
function manifestsAt(path: string, manifests: ManifestsByPath): Manifest[] {
  const manifest = manifests.get(path);
  if (manifest || !path.includes(ANY)) return manifest ? [manifest] : [];
  const pattern = pathPattern(path);
  return [...manifests.values()].filter((one) => pattern.test(one.path));
}
