/** All image sites of a manifest, each scalar claimed by one convention only. */
import { ClaimedCharacters } from './claimed-characters.ts';
import type { Field, FieldRole, FindContext, ImageSite } from './conventions/convention.ts';
import { withHelmSet } from './conventions/helm-set.ts';
import { conventions } from './conventions/index.ts';
import { repositoryOf } from '../core/image-reference.ts';
import { withoutTemplateEnding } from '../core/manifest-names.ts';
import { joinPath, type ManifestDocument } from './yaml/tree.ts';
import { scannedImages } from './scanned-images.ts';
import { mergeBranches, type FoundSite } from './branch-sites.ts';
import { TEMPLATED } from './yaml/templated-values.ts';
import type { Manifest } from './yaml/manifest.ts';

const NO_CONTEXT: FindContext = { policies: new Map(), targets: [], tagOwners: new Map() };

/** Sites in the order of the file's text, none with an empty `where`. Pure; never throws. */
export function findSites(manifest: Manifest, context: FindContext = NO_CONTEXT): ImageSite[] {
  return findConventionSites(manifest, context).map(({ site }) => site);
}

/** The same, each with the convention that found it. */
export function findConventionSites({ path, text, documents }: Manifest, context: FindContext): FoundSite[] {
  const scanned = scannedImages(text, documents);
  const isScanned = ({ fields, named, target }: ImageSite): boolean =>
    named !== true && target === undefined && fields.some(({ scalar }) => scanned.has(scalar));
  const all = documents
    .flatMap((document) => sitesIn(document, context))
    .filter(({ site }) => !isScanned(site) && !isTemplated(site));
  const found = documents.length > 1 ? mergeBranches(all) : all;
  // A convention that finds a version takes a scalar before one that finds a name alone.
  const versionedFirst = [
    ...found.filter(({ site }) => isVersioned(site)),
    ...found.filter(({ site }) => !isVersioned(site)),
  ];
  const claimed = new ClaimedCharacters<FoundSite>();
  const named = new Map<FoundSite, ImageSite>();
  // Scalars that may be of several images, and that a comment names for one.
  const decided = new Set<number>();
  const sites = versionedFirst.flatMap((one) => {
    const { convention, site } = one;
    const fields = site.fields.filter(({ text: written }) => written !== undefined);
    const other = firstOf(fields, (field) => claimed.findOther(field, convention));
    if (!other) {
      for (const field of fields) claimed.claim(field, one);
      return one;
    }
    if (!site.named) return [];
    if (other.site.candidates || isAmbiguous(other.site)) {
      for (const { scalar } of fields) decided.add(scalar);
      return one;
    }
    const isSame = site.of === (other.site.of ?? repositoryOf(other.site.name));
    if (isSame && !hasVersion(other.site)) named.set(other, site);
    return isSame
      ? []
      : { ...one, site: { ...site, name: site.of ?? site.name, version: {}, refused: `is of ${other.site.name}` } };
  });
  const isOpen = ({ site }: FoundSite): boolean => {
    return !(site.candidates || isAmbiguous(site)) || !site.fields.some(({ scalar }) => decided.has(scalar));
  };
  return sites
    .filter(isOpen)
    .map((one) => ({ ...one, site: asFilledIn(asNamed(one.site, named.get(one)), path) }))
    .toSorted((a, b) => startOf(a.site) - startOf(b.site));
}

/** True for a word with a digest, which may be a name or a tag. */
function isAmbiguous({ fields: [field], version, name, named }: ImageSite): boolean {
  return named !== true && field?.role === 'reference' && version.tag === undefined && !name.includes('/');
}

function firstOf<Item, Result>(items: readonly Item[], find: (item: Item) => Result | undefined): Result | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A place without a version that a comment names as well: the convention knows its parts, the comment that it is to be filled. */
function asNamed(site: ImageSite, named: ImageSite | undefined): ImageSite {
  if (!named) return site;
  const { of = '', refused, fields } = named;
  return { ...site, of, named: true, ...(refused !== undefined && { refused, fields }) };
}

/** A word in place of a tag, which in other files is a version as any. */
const FILLED_IN = /^(?:__\w+__|[A-Z][A-Z_]+)$/;

/** In a template by its name such a word is filled in by what uses it. */
function asFilledIn(site: ImageSite, path: string): ImageSite {
  const isNamed = site.named === true || site.target !== undefined;
  if (isNamed || !FILLED_IN.test(site.version.tag ?? '') || withoutTemplateEnding(path) === path) return site;
  return { ...site, doubt: 'is on a line of a template' };
}

/** A part that only a template writes makes the others no site; a named place is refused for it. */
const isTemplated = ({ fields, refused }: ImageSite): boolean =>
  refused === undefined && fields.some(({ text }) => text === TEMPLATED);

function sitesIn(document: ManifestDocument, context: FindContext): FoundSite[] {
  let keys: ReadonlyMap<number, string> | undefined;
  const pathOf = (site: ImageSite): string => {
    keys ??= keysAtRoot(document);
    return keys.get(versionField(site)?.scalar ?? -1) ?? '(root)';
  };
  return conventions.flatMap(({ name: convention, find }) =>
    withHelmSet(document, [...find(document, context)]).map((site) => {
      const where = [document.label, site.where || pathOf(site), site.note].filter(Boolean).join(' ');
      return { convention, site: { ...site, where }, document };
    }),
  );
}

/** The key of each scalar at the root of a document, by the scalar's start. */
function keysAtRoot({ root }: ManifestDocument): Map<number, string> {
  const entries = root?.kind === 'map' ? root.entries : [];
  return new Map(
    entries.flatMap(({ key, value }) => (value.kind === 'scalar' ? [[value.start, joinPath('', key)] as const] : [])),
  );
}

/** True where a version is, or belongs. */
function isVersioned(site: ImageSite): boolean {
  const hasRoom = site.fields.some(({ role, text }) => role === 'match' || (text !== undefined && PARTS.has(role)));
  return hasVersion(site) || site.named === true || hasRoom;
}

const PARTS: ReadonlySet<FieldRole> = new Set(['tag', 'bare-tag', 'digest', 'hex']);

const hasVersion = ({ version }: ImageSite): boolean => version.tag !== undefined || version.digest !== undefined;

const startOf = ({ fields }: ImageSite): number =>
  fields.reduce((least, { start }) => Math.min(least, start), Infinity);

const VERSION_ROLES: readonly FieldRole[] = ['tag', 'bare-tag', 'reference', 'digest', 'hex'];

/** The field whose line is reported. */
export function versionField({ fields }: ImageSite): Field | undefined {
  const written = fields.filter(({ text }) => text !== undefined && text !== '');
  const find = (among: readonly Field[]): Field | undefined => {
    return VERSION_ROLES.map((role) => among.find((field) => field.role === role)).find((field) => field);
  };
  return find(written) ?? find(fields) ?? fields.find(({ role }) => role === 'match');
}
