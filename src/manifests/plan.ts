/** Release + manifests -> plan: which characters of which files change. Pure. */
import { applyEdits } from './apply-edits.ts';
import { failure } from '../core/errors.ts';
import type { TagSelection } from '../core/tag-selection.ts';
import { changeOf, editsOf, problemOf, targetOf, type PlaceTarget } from './edit-fields.ts';
import { DEFECT_REASONS } from './defects.ts';
import { findLeftovers, type ReleasedText, type SearchedText } from './leftovers.ts';
import { findLostMarkers } from './lost-markers.ts';
import { OpenVariables } from './outer-variables.ts';
import { emptyPlacesOf, type EmptyPlace } from './empty-places.ts';
import { takeInventory, type Inventory, type InventoryFile, type InventoryOptions } from './inventory.ts';
import { withoutScanned } from './scanned-images.ts';
import { selectPlaces, type LeftPlace, type Selection } from './select-places.ts';
import { TextSearch } from './text/text-references.ts';
import { isWorkflow, WORKFLOW_REASON } from './workflow-files.ts';
import { verifyEdits } from './verify.ts';
import { countBelow } from './yaml/lines.ts';
import type { Manifest } from './yaml/manifest.ts';
import type { Change, Leftover, ManifestFile, Problem, ReleasedImage } from '../core/objects.ts';

export interface Plan {
  /** The files that change, with their new bytes. */
  readonly files: readonly ManifestFile[];
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
  /** The released images without a place. */
  readonly missing: readonly ReleasedImage[];
  /** Their places without a version. */
  readonly emptyPlaces: readonly EmptyPlace[];
  /** The places of released images that do not change, each with the reason. */
  readonly left: readonly LeftPlace[];
  /** The lines that have a released image with another version after the release, also where nothing reads them. */
  readonly leftovers: readonly Leftover[];
}

/** What is given beside the images; all of it is optional. */
export interface PlanOptions extends InventoryOptions {
  /** A tag or a range of versions: only places with such a one are changed. */
  readonly onlyTags?: TagSelection;
  /** Whether places without a version get one where it belongs. */
  readonly insert?: boolean;
  /** Texts that are no manifests by their names: they are searched for lines that have a released image. */
  readonly others?: readonly ManifestFile[];
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
 * NAME_ELSEWHERE, ANCHOR_SHARED, PLACE_UNCLEAR, MANIFEST_UNREADABLE, MANIFEST_ENCRYPTED, TARGET_NOT_FOUND, EDIT_NOT_VERIFIED.
 */
export function planOnInventory(
  images: readonly ReleasedImage[],
  inventory: Inventory,
  { others = [], ...options }: Pick<PlanOptions, 'onlyTags' | 'insert' | 'others'> = {},
): Plan {
  const selection = selectPlaces(images, inventory, options);
  const { selected, left, problems } = selection;
  const planned = inventory.files.map((file) => planFile(file, selection, inventory));
  const found = new Set(selected.values());
  const missing = images.filter((image) => !found.has(image));
  const search = new TextSearch(images);
  const searched = (text: ReleasedText): SearchedText => ({
    ...text,
    references: [...search.find(text.path, text.text)],
  });
  const texts = [...planned.map(({ after }) => after), ...others.map(textOf)].map(searched);
  // Files without the name of an image may give a version to a variable behind one.
  const variables = new OpenVariables(texts);
  const giving = inventory.unread.filter(variables.mayBeIn).map(manifestText).map(searched);
  const shift = new Map(planned.map(({ after, lineAfter }) => [after.path, lineAfter]));
  const leftAfter = left.map(({ place, reason }) => {
    return { place: { ...place, line: shift.get(place.file)?.(place.line) ?? place.line }, reason };
  });
  return {
    files: planned.flatMap(({ file }) => file ?? []),
    changes: planned.flatMap(({ changes }) => changes),
    problems: [...problems, ...planned.flatMap((one) => one.problems), ...findLostMarkers(images, texts)],
    missing,
    emptyPlaces: missing.flatMap((image) => emptyPlacesOf(image, left, inventory.files)),
    left: [...left, ...planned.flatMap(({ unchanged }) => unchanged)],
    leftovers: findLeftovers(images, [...texts, ...giving], leftAfter, variables),
  };
}

interface PlannedFile {
  /** Absent when nothing in it changes. */
  readonly file?: ManifestFile;
  readonly changes: readonly Change[];
  readonly unchanged: readonly LeftPlace[];
  readonly problems: readonly Problem[];
  readonly after: ReleasedText;
  /** The number that a line has after the edits. */
  readonly lineAfter: (line: number) => number;
}

function planFile(
  { file, manifest, places }: InventoryFile,
  { selected }: Selection,
  { context }: Inventory,
): PlannedFile {
  const before = { after: releasedText(file, manifest), lineAfter: (line: number) => line, problems: [] };
  if (!places.some((place) => selected.has(place))) return { changes: [], unchanged: [], ...before };
  const targets = places.map((place): PlaceTarget => {
    const image = selected.get(place);
    return image
      ? { place, image, reference: targetOf(place, image) }
      : { place, reference: { name: place.image, ...place.version } };
  });
  const problems = targets.flatMap((target) => problemOf(target) ?? []);
  const changes = targets.flatMap((target) => changeOf(target, manifest.text) ?? []);
  const unchanged = targets
    .filter((target) => target.image && !changeOf(target, manifest.text))
    .map(({ place }) => ({ place, reason: 'has the version already' }));
  const edits = editsOf(targets, manifest.text);
  if (edits.length === 0) return { changes: [], unchanged, ...before, problems };

  const planned = targets.map(({ place, reference }) => ({ site: place.site, reference }));
  const reason = verifyEdits({ before: manifest, edits, planned, context });
  if (reason !== undefined) throw failure('EDIT_NOT_VERIFIED', { file: file.path, reason });
  const bytes = new TextEncoder().encode(applyEdits(manifest.text, edits));
  const after = { ...before.after, text: applyEdits(before.after.text, edits) };
  const inserted = edits
    .filter((edit) => edit.text.includes('\n'))
    .map(({ start }) => manifest.lines.positionAt(start).line)
    .toSorted((a, b) => a - b);
  const lineAfter = (line: number): number => line + countBelow(inserted, line);
  return { file: { ...file, bytes }, changes, unchanged, problems, after, lineAfter };
}

function releasedText(file: ManifestFile, { text, documents, defect }: Manifest): ReleasedText {
  if (!defect) return { path: file.path, text: withoutScanned(text, documents) };
  return {
    ...(defect.kind === 'encoding' ? textOf(file) : { path: file.path, text }),
    reason: DEFECT_REASONS[defect.kind],
  };
}

const manifestText = ({ path, bytes }: ManifestFile): ReleasedText => ({ path, text: new TextDecoder().decode(bytes) });

/** A file as text, whatever its encoding: nothing of it is written. */
function textOf({ path, bytes }: ManifestFile): ReleasedText {
  const reason = isWorkflow(path) ? WORKFLOW_REASON : 'is in a file that is neither YAML nor JSON';
  return { path, text: new TextDecoder().decode(bytes), reason };
}
