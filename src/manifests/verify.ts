/** The proof that edits changed what was planned and nothing else. */
import { applyEdits, type Edit } from './apply-edits.ts';
import type { FindContext, ImageSite } from './conventions/convention.ts';
import { formatReference, repositoryOf, type ImageReference } from '../core/image-reference.ts';
import { groupBy } from '../core/objects.ts';
import { findSites } from './find-sites.ts';
import { countBelow } from './yaml/lines.ts';
import { rereadPart, type Manifest, type ManifestPart } from './yaml/manifest.ts';
import { walk } from './yaml/tree.ts';

/** A site as it is, and the reference that it is to have. */
export interface PlannedSite {
  readonly site: ImageSite;
  readonly reference: ImageReference;
}

/** A file and its edits, with what was planned. */
export interface Verification {
  readonly before: Manifest;
  readonly edits: readonly Edit[];
  /** All sites of the file, in the order of `findSites`. */
  readonly planned: readonly PlannedSite[];
  readonly context: FindContext | undefined;
}

/**
 * Why the manifest after the edits is not what was planned, or `undefined` when it is: each part of it that has edits still
 * parses, has the same sites with the references planned, and every other value is as before. The rest of the file has
 * the same characters, and is not read again.
 */
export function verifyEdits({ before, edits, planned, context }: Verification): string | undefined {
  const starts = before.parts.map(({ start }) => start);
  const partAt = (offset: number): number => countBelow(starts, offset + 1) - 1;
  const editsIn = groupBy(edits, ({ start }) => partAt(start));
  const plannedIn = groupBy(planned, ({ site }) => partAt(site.fields[0]?.scalar ?? 0));
  for (const index of new Set([...plannedIn.keys(), ...editsIn.keys()])) {
    const part = before.parts[index];
    const [own, sites] = [editsIn.get(index) ?? [], plannedIn.get(index) ?? []];
    if (!part || own.some(({ end }) => end > part.end)) return 'an edit is in no document';
    const reason =
      own.length > 0
        ? verifyPart(part, { before, edits: own, planned: sites, context })
        : differenceOf(
            sites,
            sites.map(({ site }) => site),
          );
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function verifyPart(part: ManifestPart, { before, edits, planned, context }: Verification): string | undefined {
  const own = edits.map((edit) => ({ ...edit, start: edit.start - part.start, end: edit.end - part.start }));
  const after = rereadPart(before.path, part, applyEdits(before.text.slice(part.start, part.end), own));
  if (after.defect) return `the result ${after.defect.reason}`;
  if (after.parts.length !== 1) return 'the result has more documents';
  const sites = findSites(after, context);
  const reason = differenceOf(planned, sites);
  if (reason !== undefined) return reason;
  const others = otherValues(after, sites);
  const othersBefore = otherValues(
    part,
    planned.map(({ site }) => site),
  );
  const same = others.length === othersBefore.length && others.every((value, index) => value === othersBefore[index]);
  return same ? undefined : 'another value changed';
}

/** What differs between the sites planned and those found; `undefined` where nothing does. */
function differenceOf(planned: readonly PlannedSite[], sites: readonly ImageSite[]): string | undefined {
  const compared = ({ name, ...version }: ImageReference): string =>
    formatReference({ name: repositoryOf(name), ...version });
  const wanted = planned.map(({ reference }) => compared(reference));
  const found = sites.map(({ name, version }) => compared({ name, ...version }));
  const differing = wanted.findIndex((reference, index) => reference !== found[index]);
  if (differing >= 0) return `${sites[differing]?.where ?? 'a place'} is ${found[differing]}, not ${wanted[differing]}`;
  if (found.length !== wanted.length) return `it names ${found.length} images instead of ${wanted.length}`;
  const isMoved = sites.some(({ where }, index) => where !== planned[index]?.site.where);
  return isMoved ? 'an image is at another place' : undefined;
}

/** `path=value` of every scalar that belongs to no site. */
function otherValues({ documents }: Pick<ManifestPart, 'documents'>, sites: readonly ImageSite[]): string[] {
  const ofSites = new Set(sites.flatMap((site) => site.fields.map(({ scalar }) => scalar)));
  return documents.flatMap(({ root }) =>
    walk(root).flatMap(({ node, path }) =>
      node.kind === 'scalar' && !node.embedded && !ofSites.has(node.start) ? [`${path}=${node.text}`] : [],
    ),
  );
}
