/** JSON 6902 patches of Kustomize, Flux and Argo CD: values that replace those of an object that is elsewhere. */
import { matchesParts } from '../../core/wildcard.ts';
import { scalarOf, valueOf, mapOf, walk, type ManifestDocument, type ManifestNode } from '../yaml/tree.ts';
import { readPointer } from '../targets.ts';
import type { ManifestsByPath } from './charts.ts';
import { folderOf, repositoryPath } from './repository-paths.ts';
import type { ValuesNode } from './values-tree.ts';

/** One operation that writes a value. */
export interface PatchedValue {
  /** What the target's `kind/name` is; a name is a regular expression, as Kustomize reads it. */
  readonly target: { readonly test: (object: string) => boolean };
  /** The keys of the JSON pointer. */
  readonly pointer: readonly string[];
  readonly value: ValuesNode;
}

/** The operations of all patches that a document names, also those in files. */
export function* patchedValues(document: ManifestDocument, manifests: ManifestsByPath): Generator<PatchedValue> {
  for (const { node, path } of walk(document.root)) {
    const target = node.kind === 'map' ? mapOf(node, 'target') : undefined;
    const kind = target && scalarOf(target, 'kind')?.text;
    if (node.kind !== 'map' || !target || kind === undefined) continue;
    const pattern = targetPattern(kind, scalarOf(target, 'name')?.text);
    const patch = scalarOf(node, 'patch');
    const where = path === '' ? 'patch' : `${path}.patch`;
    for (const [index, inner] of (patch?.embedded ?? []).entries()) {
      yield* operations({ ...document, id: `${document.id} ${where} ${index}` }, inner, pattern);
    }
    const file = repositoryPath(folderOf(document.path), scalarOf(node, 'path')?.text ?? '');
    const [patches] = (file === undefined ? undefined : manifests.get(file))?.documents ?? [];
    if (patches?.root) yield* operations(patches, patches.root, pattern);
  }
}

/** Of the regular expression of a name only `.*` and `|` are read: a pattern of others may take for ever. */
function targetPattern(kind: string, name = '.*'): PatchedValue['target'] {
  const names = name.split('|').map((one) => one.split('.*'));
  return {
    test: (object) => {
      const rest = object.startsWith(`${kind}/`) ? object.slice(kind.length + 1) : undefined;
      return rest !== undefined && names.some((parts) => matchesParts(rest, parts));
    },
  };
}

function* operations(
  document: ManifestDocument,
  root: ManifestNode,
  target: PatchedValue['target'],
): Generator<PatchedValue> {
  for (const [index, item] of root.kind === 'list' ? root.items.entries() : []) {
    const [path, node] = item.kind === 'map' ? [scalarOf(item, 'path')?.text, valueOf(item, 'value')] : [];
    if (path === undefined || !node || !path.startsWith('/')) continue;
    const pointer = readPointer(path);
    yield { target, pointer, value: { kind: 'node', document, node, where: `[${index}].value` } };
  }
}
