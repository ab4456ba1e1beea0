/** All image sites of a manifest, each scalar claimed by one convention only. */
import type { FindContext, ImageSite } from './conventions/convention.ts';
import { conventions } from './conventions/index.ts';
import type { Manifest } from './yaml/manifest.ts';

export const NO_CONTEXT: FindContext = { policies: new Map(), targets: [], splits: [] };

/** Sites in the order of the file's text. Pure; never throws. */
export function findSites({ documents }: Manifest, context: FindContext = NO_CONTEXT): ImageSite[] {
  const found = documents.flatMap((document) =>
    conventions.flatMap(({ name, find }) =>
      [...find(document, context)].map((site) => {
        return { convention: name, site: { ...site, where: [document.label, site.where].filter(Boolean).join(' ') } };
      }),
    ),
  );
  // A name without a version takes its scalar from nobody who knows a version there.
  const firmFirst = [...found.filter(({ site }) => isFirm(site)), ...found.filter(({ site }) => !isFirm(site))];
  const owners = new Map<number, string>();
  const sites = firmFirst.flatMap(({ convention, site }) => {
    const scalars = site.fields.filter(({ text }) => text !== undefined).map(({ scalar }) => scalar);
    if (scalars.some((scalar) => (owners.get(scalar) ?? convention) !== convention)) return [];
    for (const scalar of scalars) owners.set(scalar, convention);
    return site;
  });
  return sites.toSorted((a, b) => startOf(a) - startOf(b));
}

function isFirm({ version, fields, of }: ImageSite): boolean {
  const hasVersion = version.tag !== undefined || version.digest !== undefined;
  return hasVersion || of !== undefined || fields.some(({ role }) => role === 'match');
}

const startOf = (site: ImageSite): number => Math.min(...site.fields.map(({ start }) => start));
