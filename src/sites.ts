/** All image sites of a manifest, each scalar claimed by one dialect only. */
import type { ImageSite } from './dialects/dialect.ts';
import { dialects } from './dialects/index.ts';
import type { Manifest } from './manifest.ts';

/** Sites in the order of the file's text. Pure; never throws. */
export function findSites({ documents }: Manifest): ImageSite[] {
  const owners = new Map<number, string>();
  const sites: ImageSite[] = [];
  for (const document of documents) {
    for (const dialect of dialects) {
      for (const site of dialect.find(document)) {
        const scalars = site.fields.filter(({ text }) => text !== undefined).map(({ scalar }) => scalar);
        if (scalars.some((scalar) => (owners.get(scalar) ?? dialect.name) !== dialect.name)) continue;
        for (const scalar of scalars) owners.set(scalar, dialect.name);
        sites.push({ ...site, where: [document.label, site.where].filter((part) => part !== '').join(' ') });
      }
    }
  }
  return sites.toSorted((a, b) => startOf(a) - startOf(b));
}

const startOf = (site: ImageSite): number => Math.min(...site.fields.map(({ start }) => start));
