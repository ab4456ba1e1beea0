/** Versions in values that no convention finds an image for. Pure. */
import { versionOf } from './conventions/convention.ts';
import { readLonePart } from './conventions/image-keys.ts';
import { joinPath, scalarOf, valueOf, walk, type ManifestDocument, type ManifestScalar } from './yaml/tree.ts';
import type { Manifest } from './yaml/manifest.ts';

/** A tag or digest by its key. */
export interface LoneTag {
  readonly scalar: ManifestScalar;
  readonly part: 'tag' | 'digest';
  /** Document and path. */
  readonly where: string;
  /** Whether it is among values, so that it can only be the tag of an image. */
  readonly isValue: boolean;
}

/** Tags and digests by their keys, without the scalars that `isKnown` takes. */
export function loneTagsIn({ documents }: Manifest, isKnown: (scalar: number) => boolean): LoneTag[] {
  const found = new Map<number, LoneTag>();
  for (const document of documents) {
    for (const { key, scalar, path } of keyedScalars(document)) {
      const part = readLonePart(key)?.part;
      if (part === undefined || part === 'registry' || part === 'repository') continue;
      if (!versionOf(scalar) || isKnown(scalar.start)) continue;
      const where = [document.label, path].filter(Boolean).join(' ');
      const isValue = isOfValues(document, path);
      found.set(scalar.start, { scalar, part: part === 'tag' ? 'tag' : 'digest', where, isValue });
    }
  }
  return [...found.values()];
}

/** Whether a manifest has the repository of an image without a version, which tags elsewhere may belong to. */
export function hasLoneRepository({ documents }: Manifest): boolean {
  return documents.some((document) =>
    keyedScalars(document).some(({ key, scalar }) => {
      return readLonePart(key)?.part === 'repository' && !/[:@]|^$/.test(scalar.text);
    }),
  );
}

/** Scalars with their keys: those of maps, and `{name, value}` of lists of parameters. */
function keyedScalars({ root }: ManifestDocument): { key: string; scalar: ManifestScalar; path: string }[] {
  return walk(root).flatMap(({ node, path }) => {
    if (node.kind !== 'map') return [];
    const own = node.entries.flatMap(({ key, value }) =>
      value.kind === 'scalar' ? [{ key, scalar: value, path: joinPath(path, key) }] : [],
    );
    const [name, value] = [scalarOf(node, 'name'), scalarOf(node, 'value')];
    return name && value ? [...own, { key: name.text, scalar: value, path: joinPath(path, 'value') }] : own;
  });
}

/** A file without a kind is a file of values; in an object values are below a key that says so. */
function isOfValues({ root, label }: ManifestDocument, path: string): boolean {
  const isObject = root?.kind === 'map' && valueOf(root, 'kind') !== undefined;
  return (!isObject && label === '') || VALUES.test(`${label} ${path}`);
}

const VALUES = /(?:^|[.\s"])(?:values|valuesObject|parameters)\b/;
