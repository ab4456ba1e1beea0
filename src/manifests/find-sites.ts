/** All image sites of a manifest, each scalar claimed by one convention only. */
import type { Field, FieldRole, FindContext, ImageSite } from './conventions/convention.ts';
import { conventions } from './conventions/index.ts';
import { joinPath, type ManifestDocument } from './yaml/tree.ts';
import type { Manifest } from './yaml/manifest.ts';

const NO_CONTEXT: FindContext = { policies: new Map(), targets: [], splits: new Map() };

interface Found {
  readonly convention: string;
  readonly site: ImageSite;
}

/** Sites in the order of the file's text, none with an empty `where`. Pure; never throws. */
export function findSites({ documents }: Manifest, context: FindContext = NO_CONTEXT): ImageSite[] {
  const found = documents.flatMap((document) => sitesIn(document, context));
  // A convention that finds a version takes a scalar before one that finds a name alone.
  const versionedFirst = [
    ...found.filter(({ site }) => isVersioned(site)),
    ...found.filter(({ site }) => !isVersioned(site)),
  ];
  const owners = new Map<number, string>();
  const sites = versionedFirst.flatMap(({ convention, site }) => {
    const scalars = site.fields.filter(({ text }) => text !== undefined).map(({ scalar }) => scalar);
    if (scalars.some((scalar) => (owners.get(scalar) ?? convention) !== convention)) return [];
    for (const scalar of scalars) owners.set(scalar, convention);
    return site;
  });
  return sites.toSorted((a, b) => startOf(a) - startOf(b));
}

function sitesIn(document: ManifestDocument, context: FindContext): Found[] {
  const found = conventions.flatMap(({ name, find }) =>
    Array.from(find(document, context), (site) => ({ convention: name, site })),
  );
  const keys = found.some(({ site }) => site.where === '') ? keysAtRoot(document) : undefined;
  return found.map(({ convention, site }) => {
    const path = site.where || (keys?.get(versionField(site)?.scalar ?? -1) ?? '(root)');
    const where = [document.label, path, site.note].filter(Boolean).join(' ');
    return { convention, site: { ...site, where } };
  });
}

/** The key of each scalar at the root of a document, by the scalar's start. */
function keysAtRoot({ root }: ManifestDocument): Map<number, string> {
  const entries = root?.kind === 'map' ? root.entries : [];
  return new Map(
    entries.flatMap(({ key, value }) => (value.kind === 'scalar' ? [[value.start, joinPath('', key)] as const] : [])),
  );
}

function isVersioned({ version, fields, of }: ImageSite): boolean {
  const hasVersion = version.tag !== undefined || version.digest !== undefined;
  return hasVersion || of !== undefined || fields.some(({ role }) => role === 'match');
}

const startOf = ({ fields }: ImageSite): number =>
  fields.reduce((least, { start }) => Math.min(least, start), Infinity);

const VERSION_ROLES: readonly FieldRole[] = ['tag', 'bare-tag', 'reference', 'digest'];

/** The field whose line is reported. */
export function versionField({ fields }: ImageSite): Field | undefined {
  return VERSION_ROLES.map((role) => fields.find((field) => field.role === role)).find((field) => field);
}
