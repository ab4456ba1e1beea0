/** What to tell when no site was found: the places that nearly were one, and the names that nearly are the image. */
import { distance } from 'fastest-levenshtein';
import { repositoryOf } from '../core/image-reference.ts';
import { positionAt } from './yaml/tree.ts';
import { readManifest } from './yaml/manifest.ts';
import { findSites } from './find-sites.ts';
import type { ManifestFile } from '../core/objects.ts';

/** Words of which every manifest that names an image has one. */
export const IMAGE_WORDS = ['image', 'repository', 'newName', 'newTag'];

const MOST = 5;

/** Pure; at most five of each, nearest first, each with file and line. */
export function findNearMisses(image: string, files: readonly ManifestFile[]): { notes: string[]; nearest: string[] } {
  const wanted = repositoryOf(image);
  const seen = files.flatMap(({ path, bytes }) => {
    const manifest = readManifest(path, bytes);
    const sites = findSites(manifest).filter(
      ({ where, fields }) => fields[0]?.role !== 'reference' || /image/i.test(where),
    );
    return sites.map(({ name, version, fields }) => ({
      name,
      hasVersion: version.tag !== undefined || version.digest !== undefined,
      at: `${path}:${positionAt(manifest.text, fields[0]?.start ?? 0).line}`,
    }));
  });
  const bare = seen.filter(({ name, hasVersion }) => !hasVersion && repositoryOf(name) === wanted);
  const named = new Map(seen.filter(({ hasVersion }) => hasVersion).map((site) => [repositoryOf(site.name), site]));
  const nearest = [...named].toSorted(([a], [b]) => distance(a, wanted) - distance(b, wanted));
  return {
    notes: bare.slice(0, MOST).map(({ name, at }) => `${at} names ${name} without a version that can be changed`),
    nearest: nearest.slice(0, MOST).map(([, { name, at }]) => `${name} (${at})`),
  };
}
