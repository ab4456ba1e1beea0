/** Whether a value that is rendered became another one by a released image alone. Pure. */
import { formatVersion, isSameVersion, parseReference, repositoryOf } from '../core/image-reference.ts';
import type { Change, ReleasedImage } from '../core/objects.ts';

/** `path` is that of the value in its object. */
export type IsImage = (path: string, from: string, to: string) => boolean;

/** What may be an image reference or a version in a text. */
const TOKEN = /[\w./:@+-]+/g;
/** `docker://`, in front of a reference. */
const SCHEME = /^[a-z][\w+.-]*:\/\//;
/** A longer text is compared as it is. */
const LONGEST = 1_000_000;

/**
 * Texts that are the same but for references that got the version of a released image, and its name where it moves; at the
 * path of an edit, as of a HelmRelease that a kustomization has, also but for the version alone.
 */
export function imageDifference(images: readonly ReleasedImage[], changes: readonly Change[]): IsImage {
  const isReference = referenceStep(images);
  return (path, from, to) => {
    if (from.length + to.length > LONGEST) return false;
    const own = changes.filter(({ where }) => isAt(path, where));
    return isSameBut(
      from,
      to,
      (old, now) => isReference(old, now) || own.some((change) => isVersionStep(change, old, now)),
    );
  };
}

/** Whether two texts are the same but for tokens that are such a step; a text that was empty is one. */
function isSameBut(from: string, to: string, isStep: (old: string, now: string) => boolean): boolean {
  const [olds, news] = [from === '' ? [''] : (from.match(TOKEN) ?? []), to.match(TOKEN) ?? []];
  return (
    olds.length === news.length &&
    from.replace(TOKEN, '') === to.replace(TOKEN, '') &&
    olds.every((old, index) => old === news[index] || isStep(old, news[index] ?? ''))
  );
}

/** A reference that got a released version: the same repository, or the one that it is moved to. */
function referenceStep(images: readonly ReleasedImage[]): (old: string, now: string) => boolean {
  const released = images.map(({ reference: { name, ...version }, replaces }) => ({
    repository: repositoryOf(name),
    replaced: repositoryOf(replaces),
    version: formatVersion(version),
  }));
  return (from, to) => {
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
}

/** Whether a path is, or is below, one of those of a place, which are parted by spaces where a block of text is around it. */
const isAt = (path: string, where: string): boolean =>
  where.split(' ').some((one) => path.startsWith(one) && /^(?:$|[.[])/.test(path.slice(one.length)));

/** Whether a token got the version of a change, its tag or its digest. */
function isVersionStep({ from, to }: Change, old: string, now: string): boolean {
  const [olds, news] = [from, to].map((version) => [version, ...version.split('@')]) as [string[], string[]];
  return news.some((version, index) => version !== '' && now.replace(version, olds[index] ?? '') === old);
}
