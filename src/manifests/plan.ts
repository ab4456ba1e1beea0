/** Release + manifests -> plan: which characters of which files change. Pure. */
import { applyEdits } from './apply-edits.ts';
import { failure } from '../core/errors.ts';
import type { TagSelection } from '../core/tag-selection.ts';
import { changeOf, editsOf, targetOf, type PlaceTarget } from './edit-fields.ts';
import { takeInventory, type Inventory, type InventoryFile, type InventoryOptions } from './inventory.ts';
import { selectPlaces, type LeftPlace, type Selection } from './select-places.ts';
import { verifyEdits } from './verify.ts';
import { readManifest } from './yaml/manifest.ts';
import type { Change, ManifestFile, Problem, ReleasedImage } from '../core/objects.ts';

export interface Plan {
  /** The files that change, with their new bytes. */
  readonly files: readonly ManifestFile[];
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
  /** The released images without a place. */
  readonly missing: readonly ReleasedImage[];
  /** The places of released images that do not change, each with the reason. */
  readonly left: readonly LeftPlace[];
}

/** What is given beside the images; all of it is optional. */
export interface PlanOptions extends InventoryOptions {
  /** A tag or a range of versions: only places with such a one are changed. */
  readonly onlyTags?: TagSelection;
}

/** Plans a release on files, which may be more than contain the images. Throws what planOnInventory throws. */
export function planRelease(
  images: readonly ReleasedImage[],
  files: readonly ManifestFile[],
  options: PlanOptions = {},
): Plan {
  return planOnInventory(images, takeInventory(files, { ...options, images }), options);
}

/**
 * Plans a release on an inventory that was taken for these images or more. Throws DIGEST_REQUIRED, TAG_REQUIRED,
 * ANCHOR_SHARED, SPLIT_AMBIGUOUS, MANIFEST_UNREADABLE, MANIFEST_ENCRYPTED, TARGET_NOT_FOUND, EDIT_NOT_VERIFIED.
 */
export function planOnInventory(
  images: readonly ReleasedImage[],
  inventory: Inventory,
  { onlyTags }: Pick<PlanOptions, 'onlyTags'> = {},
): Plan {
  const selection = selectPlaces(images, inventory, onlyTags);
  const { selected, left, problems } = selection;
  const planned = inventory.files.map((file) => planFile(file, selection, inventory));
  const found = new Set(selected.values());
  return {
    files: planned.flatMap(({ file }) => file ?? []),
    changes: planned.flatMap(({ changes }) => changes),
    problems,
    missing: images.filter((image) => !found.has(image)),
    left: [...left, ...planned.flatMap(({ unchanged }) => unchanged)],
  };
}

interface PlannedFile {
  /** Absent when nothing in it changes. */
  readonly file?: ManifestFile;
  readonly changes: readonly Change[];
  readonly unchanged: readonly LeftPlace[];
}

function planFile(
  { file, manifest, places }: InventoryFile,
  { selected }: Selection,
  { context, templates }: Inventory,
): PlannedFile {
  if (!places.some((place) => selected.has(place))) return { changes: [], unchanged: [] };
  const targets = places.map((place): PlaceTarget => {
    const image = selected.get(place);
    return image
      ? { place, image, reference: targetOf(place, image) }
      : { place, reference: { name: place.image, ...place.version } };
  });
  const changes = targets.flatMap((target) => changeOf(target) ?? []);
  const unchanged = targets
    .filter((target) => target.image && !changeOf(target))
    .map(({ place }) => ({ place, reason: 'has the version already' }));
  const edits = editsOf(targets);
  if (edits.length === 0) return { changes: [], unchanged };

  const bytes = new TextEncoder().encode(applyEdits(manifest.text, edits));
  const after = readManifest(file.path, bytes, templates);
  const expected = targets.map(({ reference }) => reference);
  const reason = verifyEdits({ before: manifest, after, edits, expected, context });
  if (reason !== undefined) throw failure('EDIT_NOT_VERIFIED', { file: file.path, reason });
  return { file: { ...file, bytes }, changes, unchanged };
}
