/** Which versions of images are written in manifests now. Pure. */
import { failure } from '../core/errors.ts';
import { formatReference, formatVersion, isPartOf, parseReference, repositoryOf } from '../core/image-reference.ts';
import { planRelease, type PlanOptions } from '../manifests/plan.ts';
import type { Change, ManifestFile } from '../core/objects.ts';

/** One place, and the version that is written there. */
export interface Holding {
  /** The image's name as it was asked for, however it is spelled there. */
  readonly image: string;
  /** `tag`, `tag@digest` or `digest`. */
  readonly version: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly where: string;
}

/**
 * No image has this version, so planning its release finds all that a release would change. It has both parts, because a
 * release without one of them is refused where that one stands.
 */
const PROBE = {
  tag: 'THE-VERSION-IN-WHICH-NOTHING-WAS-EVER-BUILT',
  digest: `sha256:${Buffer.from('manifest-release-pr'.padEnd(32, '.')).toString('hex')}`,
};
const PROBES: readonly string[] = [PROBE.tag, PROBE.digest, formatVersion(PROBE)];

/**
 * All places where a release of the images would write, and what stands there, in the order of the files; an image that
 * stands nowhere is not in it. `images` are names without a version. Throws what planRelease throws, except
 * DIGEST_REQUIRED and TAG_REQUIRED.
 */
export function readHoldings(
  images: readonly string[],
  files: readonly ManifestFile[],
  options: PlanOptions = {},
): readonly Holding[] {
  const probes = images.map((name) => ({ reference: { name, ...PROBE }, replaces: name }));
  const { changes } = planRelease(probes, files, options);
  return changes.map((change) => holdingOf(change, images)).filter(({ version }) => version !== '');
}

/**
 * The version of each image. A place may hold less than another: the tag of a version that has its digest elsewhere.
 * Throws IMAGES_DIFFER.
 */
export function versionsOf(holdings: readonly Holding[]): ReadonlyMap<string, string> {
  const images = [...new Set(holdings.map(({ image }) => image))];
  const held = images.map((image) => holdings.filter((holding) => holding.image === image));
  const chosen = held.map((places) => {
    return places.find(({ version }) => places.every((other) => isPartOf(other.version, version)));
  });
  const differing = held.filter((_, index) => chosen[index] === undefined);
  if (differing.length > 0) throw failure('IMAGES_DIFFER', { holdings: differing.flat() });
  return new Map(chosen.flatMap((holding) => (holding ? [[holding.image, holding.version] as const] : [])));
}

/** Where somebody says that a place is of an image, and another one stands there, the change shows whole references. */
function holdingOf({ image, from, to, ...place }: Change, images: readonly string[]): Holding {
  const asked = PROBES.includes(to) ? undefined : images.find((name) => to === formatReference({ name, ...PROBE }));
  if (asked !== undefined) return { ...place, image: asked, version: formatVersion(parseReference(from) ?? {}) };
  const name = images.find((one) => repositoryOf(one) === repositoryOf(image)) ?? image;
  return { ...place, image: name, version: from };
}
