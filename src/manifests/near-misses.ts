/** When no place of an image was found: the names nearest to it. */
import { distance } from 'fastest-levenshtein';
import { formatVersion, repositoryOf } from '../core/image-reference.ts';
import { takeInventory } from './inventory.ts';
import { TextSearch } from './text/text-references.ts';
import { LineTable } from './yaml/lines.ts';
import type { ManifestFile, ReleasedImage } from '../core/objects.ts';

/** Every manifest that names an image contains one of these words. */
export const IMAGE_WORDS = ['image', 'repository', 'newName', 'newTag'];

const MOST = 5;

/** At most five, nearest first, each with file and line. Pure. */
export function findNearMisses(image: string, files: readonly ManifestFile[]): string[] {
  const wanted = repositoryOf(image);
  const places = takeInventory(files).places.filter(
    ({ where, site }) => site.fields[0]?.role !== 'reference' || /image/i.test(where),
  );
  const versioned = places.filter(({ version }) => formatVersion(version) !== '');
  const named = new Map(versioned.map((place) => [place.repository, place]));
  const nearest = [...named].toSorted(([a], [b]) => distance(a, wanted) - distance(b, wanted));
  return nearest.slice(0, MOST).map(([, place]) => `${place.image} (${place.file}:${place.line})`);
}

/** At most five lines of any texts that have the name of an image and no version. */
export function findMentions(image: ReleasedImage, files: readonly ManifestFile[]): string[] {
  const search = new TextSearch([image]);
  const mentions = files.flatMap(({ path, bytes }) => {
    const text = new TextDecoder().decode(bytes);
    const lines = new LineTable(text);
    return [...search.find(path, text)]
      .filter(({ version, variable }) => formatVersion(version) === '' && variable === undefined)
      .map(({ name, offset }) => `${path}:${lines.positionAt(offset).line} names ${name} without a version`);
  });
  return mentions.slice(0, MOST);
}
