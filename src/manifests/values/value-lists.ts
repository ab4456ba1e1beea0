/** Lists in which objects name values: texts, files, and pairs of a path and a value. */
import { joinPath, namedItems, valueOf, type ManifestDocument, type ManifestMap } from '../yaml/tree.ts';
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
  return namedItems(valueOf(map, key)).map(({ index, name, scalar }): PlacedSource => {
    const place = `${joinPath(where, key)}[${index}].value`;
    return [{ kind: 'node', document, node: scalar, where: place }, splitKeys(name)];
  });
}
