/** A template is read once for each of its branches, which have most of their lines in common. */
import { groupBy } from '../core/objects.ts';
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
  const scalars = distinct.flatMap((one) => versionScalars(one).map((scalar) => ({ scalar, one })));
  const sharing = groupBy(scalars, ({ scalar }) => scalar);
  const shared = new Set(
    [...sharing].flatMap(([scalar, [first, ...more]]) =>
      more.some(({ one }) => one.document !== first?.one.document) ? scalar : [],
    ),
  );
  // Those of one scalar have the same candidates.
  const known = new Map<string, readonly string[]>();
  return distinct.map((one) => {
    const own = versionScalars(one);
    if (!own.some((scalar) => shared.has(scalar))) return one;
    const key = own.join('\n');
    const others = own.flatMap((scalar) => (known.has(key) ? [] : (sharing.get(scalar) ?? [])));
    const candidates = known.get(key) ?? [...new Set(others.map((other) => describe(other.one)))];
    known.set(key, candidates);
    return { ...one, site: { ...one.site, candidates } };
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
