/** What a key of a ConfigMap or Secret is: in the object itself, or in a file from which Kustomize makes it. */
import { joinPath, mapOf, scalarOf, valueOf, type ManifestDocument } from '../yaml/tree.ts';
import { folderOf } from './repository-paths.ts';
import { fileAt, textsOf } from './value-lists.ts';
import type { ValuesObject, ValuesSource } from './values-tree.ts';

/** A key with its value. */
export interface ConfigEntry extends Omit<ValuesObject, 'kind'> {
  readonly source: ValuesSource;
}

const DATA: Readonly<Record<string, string>> = { ConfigMap: 'data', Secret: 'stringData' };
const GENERATORS: Readonly<Record<string, string>> = { configMapGenerator: 'ConfigMap', secretGenerator: 'Secret' };

/** The keys of a ConfigMap or Secret, and those that a kustomization generates from files. */
export function* configEntries(document: ManifestDocument): Generator<ConfigEntry> {
  const { root, name } = document;
  if (root?.kind !== 'map') return;
  const field = DATA[name.split('/')[0] ?? ''];
  const data = field === undefined ? undefined : mapOf(root, field);
  for (const { key, value } of data?.entries ?? []) {
    yield { name, key, source: { kind: 'node', document, node: value, where: joinPath(field ?? '', key) } };
  }
  for (const [generator, kind] of Object.entries(GENERATORS)) yield* generated(document, generator, kind);
}

/** `files` of a generator: `key=path`, or a path whose file name is the key. */
function* generated({ root, path }: ManifestDocument, generator: string, kind: string): Generator<ConfigEntry> {
  const list = root?.kind === 'map' ? valueOf(root, generator) : undefined;
  for (const item of list?.kind === 'list' ? list.items : []) {
    const name = item.kind === 'map' ? scalarOf(item, 'name')?.text : undefined;
    if (item.kind !== 'map' || name === undefined) continue;
    for (const text of textsOf(item, 'files')) {
      const [, given, written = ''] = /^(?:([^=]*)=)?(.*)$/s.exec(text) ?? [];
      const source = fileAt(folderOf(path), written);
      const key = given ?? written.slice(written.lastIndexOf('/') + 1);
      if (source) yield { name: `${kind}/${name}`, key, source };
    }
  }
}
