/** Whether a value that is rendered became another one by a released image alone. Pure. */
import { formatVersion, isSameVersion, parseReference, repositoryOf } from '../core/image-reference.ts';
import type { ReleasedImage } from '../core/objects.ts';
import type { IsImage } from './objects.ts';

/** Where an image reference may be in a text. */
const TOKEN = /[\w./:@+-]+/g;
/** `docker://`, in front of a reference. */
const SCHEME = /^[a-z][\w+.-]*:\/\//;
/** A longer text is compared as it is. */
const LONGEST = 1_000_000;

/** Texts are the same but for references that got the version of a released image, and its name where it moves. */
export function imageDifference(images: readonly ReleasedImage[]): IsImage {
  const released = images.map(({ reference: { name, ...version }, replaces }) => ({
    repository: repositoryOf(name),
    replaced: repositoryOf(replaces),
    version: formatVersion(version),
  }));
  const isReleased = (from: string, to: string): boolean => {
    const [old, now] = [from, to].map((text) => parseReference(text.replace(SCHEME, '')));
    if (!old || !now) return false;
    const { name, ...version } = now;
    const written = formatVersion(version);
    return released.some((image) => {
      const isSame =
        old.name === name || (repositoryOf(old.name) === image.replaced && repositoryOf(name) === image.repository);
      return isSame && written !== '' && isSameVersion(written, image.version);
    });
  };
  return (from, to) => {
    if (from.length + to.length > LONGEST) return false;
    const [olds, news] = [from.match(TOKEN) ?? [], to.match(TOKEN) ?? []];
    return (
      olds.length === news.length &&
      from.replace(TOKEN, '') === to.replace(TOKEN, '') &&
      olds.every((old, index) => old === news[index] || isReleased(old, news[index] ?? ''))
    );
  };
}
