/** All image sites of a manifest, each scalar claimed by one convention only. */
import type { Field, FieldRole, FindContext, ImageSite } from './conventions/convention.ts';
import { conventions } from './conventions/index.ts';
import { repositoryOf } from '../core/image-reference.ts';
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
  const owners = new Map<number, Found>();
  // Those that are empty and that a comment names: only the comment says what goes there.
  const empty = new Set<ImageSite>();
  const sites = versionedFirst.flatMap((one) => {
    const { convention, site } = one;
    const scalars = site.fields.filter(({ text }) => text !== undefined).map(({ scalar }) => scalar);
    const other = scalars.map((scalar) => owners.get(scalar)).find((owner) => owner && owner.convention !== convention);
    if (other && !(site.of !== undefined && isEmpty(other.site))) return refusedFor(site, other.site);
    if (other) empty.add(other.site);
    for (const scalar of scalars) owners.set(scalar, one);
    return site;
  });
  return sites.filter((site) => !empty.has(site)).toSorted((a, b) => startOf(a) - startOf(b));
}

/** A named place that a convention finds too: the convention knows more of it, unless it is of another image. */
function refusedFor(site: ImageSite, owner: ImageSite): ImageSite[] {
  if (site.of === undefined || site.candidates || site.of === (owner.of ?? repositoryOf(owner.name))) return [];
  return [{ ...site, version: {}, refused: `is of ${owner.name}` }];
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

function isVersioned(site: ImageSite): boolean {
  return !isEmpty(site) || site.fields.some(({ role }) => role === 'match');
}

/** True for a site without a version that nothing names. */
function isEmpty({ version, of }: ImageSite): boolean {
  return version.tag === undefined && version.digest === undefined && of === undefined;
}

const startOf = ({ fields }: ImageSite): number =>
  fields.reduce((least, { start }) => Math.min(least, start), Infinity);

const VERSION_ROLES: readonly FieldRole[] = ['tag', 'bare-tag', 'reference', 'digest'];

/** The field whose line is reported. */
export function versionField({ fields }: ImageSite): Field | undefined {
  return VERSION_ROLES.map((role) => fields.find((field) => field.role === role)).find((field) => field);
}
