/** The versions of images that manifests have now. Pure. */
import { failure } from '../core/errors.ts';
import { formatVersion, isPartOf } from '../core/image-reference.ts';
import { takeInventory, type Inventory } from './inventory.ts';
import type { PlanOptions } from './plan.ts';
import { selectPlaces } from './select-places.ts';
import type { ManifestFile, ReleasedImage } from '../core/objects.ts';
import type { TagSelection } from '../core/tag-selection.ts';

/** One place, and its version. */
export interface DeployedVersion {
  /** The image's name as in `images`; the manifest may spell it in another way. */
  readonly image: string;
  /** `tag`, `tag@digest` or `digest`. */
  readonly version: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly where: string;
}

/**
 * All places that a release of the images would write, and the version that each has, in the order of the files; an image
 * without a place is not in it. `images` are names without a version. Throws what selectPlaces throws.
 */
export function readDeployedVersions(
  images: readonly string[],
  files: readonly ManifestFile[],
  options: PlanOptions = {},
): readonly DeployedVersion[] {
  return deployedVersionsIn(takeInventory(files, { ...options, images: asImages(images) }), images, options.onlyTags);
}

const asImages = (names: readonly string[]): ReleasedImage[] =>
  names.map((name) => ({ reference: { name }, replaces: name }));

/** The same, of an inventory that was taken for these images. */
export function deployedVersionsIn(
  inventory: Inventory,
  images: readonly string[],
  onlyTags?: TagSelection,
): readonly DeployedVersion[] {
  const { selected } = selectPlaces(asImages(images), inventory, { onlyTags });
  return [...selected]
    .map(([{ version, file, line, where }, { replaces }]) => {
      return { image: replaces, version: formatVersion(version), file, line, where };
    })
    .filter(({ version }) => version !== '');
}

/**
 * The version of each image. A place may have only a part of the version: its tag, where the digest is elsewhere.
 * Throws IMAGES_DIFFER.
 */
export function versionsOf(deployed: readonly DeployedVersion[]): ReadonlyMap<string, string> {
  const images = [...new Set(deployed.map(({ image }) => image))];
  const byImage = images.map((image) => deployed.filter((place) => place.image === image));
  const chosen = byImage.map((places) => {
    return places.find(({ version }) => places.every((other) => isPartOf(other.version, version)));
  });
  const differing = byImage.filter((_, index) => chosen[index] === undefined);
  if (differing.length > 0) throw failure('IMAGES_DIFFER', { places: differing.flat() });
  return new Map(chosen.flatMap((place) => (place ? [[place.image, place.version] as const] : [])));
}
