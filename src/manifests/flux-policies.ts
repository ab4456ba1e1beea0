/** The image of a Flux image policy: ImagePolicy -> ImageRepository -> its image. */
import { scalarOf, valueOf, type ManifestMap } from './yaml/tree.ts';
import { readManifest, type Manifest } from './yaml/manifest.ts';
import { mayContain } from './search-terms.ts';
import type { ManifestFile } from '../core/objects.ts';

/** Every manifest with a policy or a setter contains one of these words. */
export const FLUX_WORDS = ['$imagepolicy', 'ImagePolicy'];

/** Whether a file may have an ImageRepository; without one no policy of the repository has an image. */
export function mayHaveRepository({ bytes }: ManifestFile): boolean {
  return mayContain(bytes, ['ImageRepository']);
}

/** Whether a setter has a policy that is neither given nor among the files. */
export function hasUnknownPolicy(files: readonly ManifestFile[], given: ReadonlyMap<string, string>): boolean {
  const setters = files.filter(({ bytes }) => mayContain(bytes, ['$imagepolicy']));
  if (setters.length === 0) return false;
  const withObjects = files.filter((file) => mayHaveRepository(file) || mayContain(file.bytes, ['ImagePolicy']));
  const known = readPolicies(withObjects.map(({ path, bytes }) => readManifest(path, bytes)));
  const used = setters.flatMap(({ bytes }) => [...Buffer.from(bytes).toString().matchAll(POLICY)]);
  return used.some(([, policy = '']) => !known.has(policy) && !given.has(policy));
}

const POLICY = /"\$imagepolicy"\s*:\s*"([^":]+:[^":]+)/g;

/** `namespace:policy` -> image, from all manifests given. A policy whose repository is not among them is left out. */
export function readPolicies(manifests: readonly Manifest[]): Map<string, string> {
  const objects = manifests.flatMap(({ documents }) =>
    documents.flatMap(({ root }) => (root?.kind === 'map' ? { root, kind: scalarOf(root, 'kind')?.text } : [])),
  );
  const images = new Map<string, string>();
  for (const { root } of objects.filter(({ kind }) => kind === 'ImageRepository')) {
    const image = textAt(root, 'spec', 'image');
    if (image !== undefined) images.set(keyOf(root), image);
  }
  const policies = new Map<string, string>();
  for (const { root } of objects.filter(({ kind }) => kind === 'ImagePolicy')) {
    const namespace = textAt(root, 'spec', 'imageRepositoryRef', 'namespace') ?? textAt(root, 'metadata', 'namespace');
    const image = images.get(`${namespace ?? ''}:${textAt(root, 'spec', 'imageRepositoryRef', 'name') ?? ''}`);
    if (image !== undefined) policies.set(keyOf(root), image);
  }
  return policies;
}

function keyOf(root: ManifestMap): string {
  return `${textAt(root, 'metadata', 'namespace') ?? ''}:${textAt(root, 'metadata', 'name') ?? ''}`;
}

function textAt(root: ManifestMap, ...path: readonly string[]): string | undefined {
  const [key = '', ...rest] = path;
  if (rest.length === 0) return scalarOf(root, key)?.text;
  const value = valueOf(root, key);
  return value?.kind === 'map' ? textAt(value, ...rest) : undefined;
}
