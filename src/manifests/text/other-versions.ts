/** References with another version than a release gives their image. */
import { formatVersion, isSameVersion, repositoryOf } from '../../core/image-reference.ts';
import type { ReleasedImage } from '../../core/objects.ts';
import type { TextReference, TextSearch } from './text-references.ts';

/** The references in a text that the release has not: those with another version, or still of the repository before. */
export function otherReferences(path: string, text: string, search: TextSearch, isBroken = false): TextReference[] {
  return [...search.find(path, text, isBroken)].filter(isOtherVersion);
}

/** Whether a reference has another version than a release gives its image. */
export function isOtherVersion({ image, name, version }: TextReference): boolean {
  return isOther(image, name, formatVersion(version));
}

/** Whether an image has another version under a name than a release gives it, or is still of the repository before. */
export function isOther({ reference, replaces }: ReleasedImage, name: string, present: string): boolean {
  const released = formatVersion(reference);
  const isBefore =
    repositoryOf(name) === repositoryOf(replaces) && repositoryOf(reference.name) !== repositoryOf(replaces);
  const isHex = /^[\da-f]{64,}$/.test(present) && reference.digest?.endsWith(`:${present}`) === true;
  return present !== '' && (released === '' || isBefore || !(isHex || isSameVersion(present, released)));
}
