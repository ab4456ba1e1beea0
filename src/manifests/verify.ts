/** Edits as data: applied in one place, and proved to have done what was planned and nothing else. */
import type { FindContext, ImageSite } from './conventions/convention.ts';
import { formatReference, repositoryOf, type ImageReference } from '../core/image-reference.ts';
import { walk } from './yaml/tree.ts';
import type { Manifest } from './yaml/manifest.ts';
import { findSites } from './find-sites.ts';

/** Replaces the characters from `start` to `end` (UTF-16 offsets into the text before any edit) by `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all edits applied. Throws a RangeError when two of them overlap: that is a mistake of ours. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const edit of inOrder(edits)) {
    if (edit.start < position || edit.end < edit.start) throw new RangeError(`edits overlap at offset ${edit.start}`);
    parts.push(text.slice(position, edit.start), edit.text);
    position = edit.end;
  }
  parts.push(text.slice(position));
  return parts.join('');
}

/** An edited file, before and after, with what it was to become. */
export interface Verification {
  readonly before: Manifest;
  readonly after: Manifest;
  readonly edits: readonly Edit[];
  /** What each site shall hold, in the order of `findSites`. */
  readonly expected: readonly ImageReference[];
  readonly context?: FindContext;
}

/**
 * Why the manifest after the edits is not what was planned, or `undefined` when it is: it still parses, has the same
 * sites holding the `expected` references, every other value is as before,
 * and every character outside the edits is.
 */
export function verifyEdits({ before, after, edits, expected, context }: Verification): string | undefined {
  if (after.defect) return `the result ${after.defect.reason}`;
  if (after.text !== applyEdits(before.text, edits)) return 'characters outside the edits differ';
  const sitesBefore = findSites(before, context);
  const sites = findSites(after, context);
  const found = sites.map(({ name, version }) => formatReference({ name: repositoryOf(name), ...version }));
  const wanted = expected.map(({ name, ...version }) => formatReference({ name: repositoryOf(name), ...version }));
  const differing = wanted.findIndex((reference, index) => reference !== found[index]);
  if (differing >= 0) return `${sites[differing]?.where ?? 'a place'} is ${found[differing]}, not ${wanted[differing]}`;
  if (found.length !== wanted.length) return `it names ${found.length} images instead of ${wanted.length}`;
  if (sites.some(({ where }, index) => where !== sitesBefore[index]?.where)) return 'an image stands at another place';
  const others = otherValues(after, sites);
  const othersBefore = otherValues(before, sitesBefore);
  const same = others.length === othersBefore.length && others.every((value, index) => value === othersBefore[index]);
  return same ? undefined : 'another value changed';
}

function inOrder(edits: readonly Edit[]): Edit[] {
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** `path=value` of every scalar that belongs to no site. */
function otherValues(manifest: Manifest, sites: readonly ImageSite[]): string[] {
  const ofSites = new Set(sites.flatMap((site) => site.fields.map(({ scalar }) => scalar)));
  return manifest.documents.flatMap(({ root }) =>
    [...walk(root)].flatMap(({ node, path }) =>
      node.kind === 'scalar' && !node.embedded && !ofSites.has(node.start) ? [`${path}=${node.text}`] : [],
    ),
  );
}
