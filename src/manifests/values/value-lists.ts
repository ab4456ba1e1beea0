/** Lists in which objects name values: texts, files, and pairs of a path and a value. */
import { joinPath, scalarOf, valueOf, type ManifestDocument, type ManifestMap } from '../yaml/tree.ts';
import { repositoryPath } from './repository-paths.ts';
import { splitKeys, type PlacedSource, type ValuesFile } from './values-tree.ts';

/** The texts of a list, or the one text in its place. */
export function textsOf(map: ManifestMap, key: string): string[] {
  const value = valueOf(map, key);
  const items = value?.kind === 'list' ? value.items : value ? [value] : [];
  return items.flatMap((item) => (item.kind === 'scalar' ? item.text : []));
}

/** A file that is named relative to a folder; `undefined` for one outside of the repository. */
export function fileAt(folder: string, written: string): ValuesFile | undefined {
  const path = repositoryPath(folder, written);
  return path === undefined ? undefined : { kind: 'file', path };
}

/** A list of `{name, value}` in which each name is a dotted path. `where` is the path of the map. */
export function pairsOf(document: ManifestDocument, map: ManifestMap, key: string, where: string): PlacedSource[] {
  const list = valueOf(map, key);
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item, index): PlacedSource[] => {
    const [name, node] = item.kind === 'map' ? [scalarOf(item, 'name'), scalarOf(item, 'value')] : [];
    if (!name || !node) return [];
    const place = `${joinPath(where, key)}[${index}].value`;
    return [[{ kind: 'node', document, node, where: place }, splitKeys(name.text)]];
  });
}
