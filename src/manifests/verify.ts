/** The proof that edits changed what was planned and nothing else. */
import { applyEdits, type Edit } from './apply-edits.ts';
import type { FindContext, ImageSite } from './conventions/convention.ts';
import { formatReference, repositoryOf, type ImageReference } from '../core/image-reference.ts';
import { walk } from './yaml/tree.ts';
import type { Manifest } from './yaml/manifest.ts';
import { findSites } from './find-sites.ts';

/** An edited file, before and after, with what was planned. */
export interface Verification {
  readonly before: Manifest;
  readonly after: Manifest;
  readonly edits: readonly Edit[];
  /** The planned reference of each site, in the order of `findSites`. */
  readonly expected: readonly ImageReference[];
  readonly context?: FindContext;
}

/**
 * Why the manifest after the edits is not what was planned, or `undefined` when it is: it still parses, has the same
 * sites with the `expected` references, every other value is as before,
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
  if (sites.some(({ where }, index) => where !== sitesBefore[index]?.where)) return 'an image is at another place';
  const others = otherValues(after, sites);
  const othersBefore = otherValues(before, sitesBefore);
  const same = others.length === othersBefore.length && others.every((value, index) => value === othersBefore[index]);
  return same ? undefined : 'another value changed';
}

/** `path=value` of every scalar that belongs to no site. */
function otherValues(manifest: Manifest, sites: readonly ImageSite[]): string[] {
  const ofSites = new Set(sites.flatMap((site) => site.fields.map(({ scalar }) => scalar)));
  return manifest.documents.flatMap(({ root }) =>
    walk(root).flatMap(({ node, path }) =>
      node.kind === 'scalar' && !node.embedded && !ofSites.has(node.start) ? [`${path}=${node.text}`] : [],
    ),
  );
}
