/** Markers of released images that name no place: in files that are not edited, and on lines of their own. Pure. */
import { parseReference, repositoryOf } from '../core/image-reference.ts';
import type { Problem, ReleasedImage } from '../core/objects.ts';
import { DOCUMENTATION, type ReleasedText } from './leftovers.ts';

const MARKER = /^(?<before>.*?)#[ \t]*manifest-release:[ \t]*(?<image>\S+)/;

/** Each marker that names no place, as a problem of its line. `texts` are all files that have a name of the images. */
export function findLostMarkers(images: readonly ReleasedImage[], texts: readonly ReleasedText[]): Problem[] {
  const released = new Set(images.flatMap(({ reference, replaces }) => [reference.name, replaces].map(repositoryOf)));
  return texts
    .filter(({ path, text }) => text.includes('manifest-release:') && !DOCUMENTATION.test(path))
    .flatMap(({ path, text, reason }) =>
      text.split('\n').flatMap((line, index): Problem[] => {
        const { before = '', image = '' } = MARKER.exec(line)?.groups ?? {};
        const name = parseReference(image)?.name;
        const isAlone = /^[\s#/-]*$/.test(before);
        if (name === undefined || !released.has(repositoryOf(name)) || !(isAlone || reason !== undefined)) return [];
        const why = isAlone ? 'is on a line of its own, and is to be behind a value' : reason;
        return [{ file: path, line: index + 1, message: `has a marker of ${name} that names no place: it ${why}` }];
      }),
    );
}
