/** A template is read once for each of its branches, which have most of their lines in common. */
import type { Field, ImageSite } from './conventions/convention.ts';
import type { ManifestDocument } from './yaml/tree.ts';

/** A site, and what found it where. */
export interface FoundSite {
  readonly convention: string;
  readonly site: ImageSite;
  readonly document: ManifestDocument;
}

/**
 * The sites without those that a branch before has too. A version that is of another image in each branch, or with a
 * digest in one of them only, has all of these as candidates.
 */
export function mergeBranches(found: readonly FoundSite[]): FoundSite[] {
  const first = new Map<string, ManifestDocument>();
  const distinct = found.filter((one) => {
    const key = keyOf(one);
    const document = first.get(key) ?? one.document;
    first.set(key, document);
    return document === one.document;
  });
  const sharing = new Map<string, FoundSite[]>();
  for (const one of distinct) {
    for (const scalar of versionScalars(one)) sharing.set(scalar, [...(sharing.get(scalar) ?? []), one]);
  }
  return distinct.map((one) => {
    const others = versionScalars(one).flatMap((scalar) => sharing.get(scalar) ?? []);
    if (others.every(({ document }) => document === one.document)) return one;
    return { ...one, site: { ...one.site, candidates: [...new Set(others.map(describe))] } };
  });
}

function keyOf({ convention, site: { name, fields } }: FoundSite): string {
  return [convention, name, ...fields.map(({ role, start }) => `${role} ${start}`)].join('\n');
}

const versionScalars = ({ convention, site: { fields } }: FoundSite): string[] =>
  fields.filter(isVersion).map(({ scalar }) => `${convention} ${scalar}`);

const isVersion = ({ role, text }: Field): boolean =>
  text !== undefined && ['tag', 'bare-tag', 'digest', 'hex'].includes(role);

/** The image, and the line that names it. */
function describe({ site: { name, fields }, document: { path, lines } }: FoundSite): string {
  const [field] = fields;
  return `${name} (${path}:${lines.positionAt(field?.start ?? 0).line})`;
}
