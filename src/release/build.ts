/** What one run released, why, and what that was built from: what a commit and a pull request keep of it. */
import { formatReference, formatVersion, parseReference, repositoryOf } from '../core/image-reference.ts';
import type { ReleasedImage } from '../core/objects.ts';
import type { Ci, CiRun, ImageSource } from '../inputs/ci.ts';
import type { Operation } from '../inputs/operation.ts';

/** Later runs compare themselves with it. Texts are empty where unknown. */
export interface Build {
  /** References, `name:tag@digest`. */
  readonly images: readonly string[];
  /** `name@digest` of images without one, as their registries had them: written to places that have a digest. */
  readonly digests?: readonly string[];
  readonly source: Pick<ImageSource, 'repository' | 'commit' | 'time' | 'build'>;
  readonly operation: Operation;
  readonly run: CiRun;
}

/** The build of a run: its images with the digests that their registries gave, and the source as the CI knows it. */
export function buildOf(
  images: readonly ReleasedImage[],
  operation: Operation,
  { source, run }: Pick<Ci, 'source' | 'run'>,
): Build {
  const { repository, commit, time, build } = source;
  const digests = images.flatMap(({ reference: { name }, digest }) =>
    digest === undefined ? [] : formatReference({ name, digest }),
  );
  return {
    images: images.map(({ reference }) => formatReference(reference)),
    ...(digests.length > 0 && { digests }),
    source: { repository, commit, time, build },
    operation,
    run,
  };
}

/** The version of a build, for names and texts: the tag of its first image, else the digest; empty where the image has neither. */
export function versionOf({ images }: Pick<Build, 'images'>): string {
  const [first] = images.flatMap((image) => parseReference(image) ?? []);
  return first?.tag ?? first?.digest ?? '';
}

/** A reference with its name as compared; a text that is no reference as it is. */
export function canonical(text: string): string {
  const reference = parseReference(text);
  return reference ? formatReference({ ...reference, name: repositoryOf(reference.name) }) : text;
}

/** Whether two builds have the same images, in any order. */
export function hasSameImages(one: Pick<Build, 'images'>, other: Pick<Build, 'images'>): boolean {
  const [a, b] = [one, other].map(({ images }) => new Set(images.map(canonical)));
  return a !== undefined && b !== undefined && a.size === b.size && [...a].every((image) => b.has(image));
}

/** `tag@digest` by repository (as compared); texts that are no references are left out. */
export function versionsOf({
  images,
}: Pick<Build, 'images'>): readonly (readonly [repository: string, version: string])[] {
  return images.flatMap((image): [string, string][] => {
    const reference = parseReference(image);
    return reference ? [[repositoryOf(reference.name), formatVersion(reference)]] : [];
  });
}

/** Pairs of versions of the images that two builds have in common. */
export function versionPairs(
  present: Pick<Build, 'images'>,
  next: Pick<Build, 'images'>,
): readonly (readonly [present: string, next: string])[] {
  const there = versionsOf(present);
  return versionsOf(next).flatMap(([repository, version]) =>
    there.filter(([other]) => other === repository).map(([, presentVersion]) => [presentVersion, version] as const),
  );
}

/**
 * The source of images that an earlier build made, as far as that is known: of another build no ref is known, and its web
 * page is derived from that of this run's own source.
 */
export function sourceOf(build: Build | undefined, { source: own }: Pick<Ci, 'source'>): ImageSource {
  const { repository = '', commit = '', time = '', build: number = '' } = build?.source ?? {};
  const isShown = commit !== '' && own.commit !== '' && own.repository !== '';
  const url = isShown ? own.url.replace(own.repository, repository).replace(own.commit, commit) : '';
  return { repository, commit, url, time, ref: '', build: number };
}

/** Whether a build released that version of an image, as `formatVersion` writes it: where it wrote a digest from the registry, with that. */
export function hasVersion(build: Pick<Build, 'images' | 'digests'>, image: string, version: string): boolean {
  const repository = repositoryOf(image);
  const digests = versionsOf({ images: build.digests ?? [] }).filter(([other]) => other === repository);
  return versionsOf(build).some(
    ([other, tag]) =>
      other === repository && [tag, ...digests.map(([, digest]) => `${tag}@${digest}`)].includes(version),
  );
}
