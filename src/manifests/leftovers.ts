/** Lines that have a released image with another version after the release, each with the reason. Pure. */
import { formatVersion, repositoryOf } from '../core/image-reference.ts';
import { withoutDigest } from '../core/version.ts';
import type { Leftover, ReleasedImage } from '../core/objects.ts';
import type { LeftPlace } from './select-places.ts';
import type { OpenVariables } from './outer-variables.ts';
import { isOther, isOtherVersion } from './text/other-versions.ts';
import { isPort, type TextReference } from './text/text-references.ts';
import { lineAround, LineTable } from './yaml/lines.ts';

/** A file as it is after the release. */
export interface ReleasedText {
  readonly path: string;
  readonly text: string;
  /** Why its lines are not edited, the end of a sentence; absent for a manifest that is. */
  readonly reason?: string;
}

/** The same with all references of released images in it. */
export interface SearchedText extends ReleasedText {
  readonly references: readonly TextReference[];
}

/**
 * The places that were left and have another version, and every other line of the texts with a reference of a released
 * image, or that gives a version to one of the variables, each line once: in the order of the files, documentation at the end.
 */
export function findLeftovers(
  images: readonly ReleasedImage[],
  texts: readonly SearchedText[],
  left: readonly LeftPlace[],
  variables: OpenVariables,
): Leftover[] {
  // Of several the first counts.
  const named = images.flatMap((image) =>
    [image.reference.name, image.replaces].map((name) => [repositoryOf(name), image] as const),
  );
  const byRepository = new Map(named.toReversed());
  const all = [
    ...left.flatMap((place) => leftoverOf(place, byRepository)),
    ...texts.flatMap((text) => leftoversIn(text, variables)),
  ];
  const found = new Map<string, Leftover>();
  for (const one of all) {
    // A digest in a key of its own is found with the place, and not with the line.
    const key = `${one.file}:${one.line} ${repositoryOf(one.image)} ${withoutDigest(one.version)}`;
    if (!found.has(key)) found.set(key, one);
  }
  const order = new Map(texts.map(({ path }, index) => [path, index]));
  const rank = ({ file }: Leftover): number => (order.get(file) ?? 0) + (DOCUMENTATION.test(file) ? texts.length : 0);
  return [...found.values()].toSorted((a, b) => rank(a) - rank(b) || a.line - b.line);
}

/** Files that a person reads. */
export const DOCUMENTATION = /\.(?:mdx?|markdown|rst|adoc|txt|html?)$|(?:^|\/)(?:docs?|CHANGELOG)(?:\/|$)/i;

function leftoverOf({ place, reason }: LeftPlace, images: ReadonlyMap<string, ReleasedImage>): Leftover[] {
  const { file, line, image: name, repository, version, site } = place;
  if (site.doubt === 'may be a port' && isPort(version.tag ?? '')) return [];
  const image = images.get(repository);
  const present = formatVersion(version);
  return image && isOther(image, name, present) ? [{ file, line, image: name, version: present, reason }] : [];
}

function leftoversIn({ path, text, reason, references }: SearchedText, variables: OpenVariables): Leftover[] {
  const lines = new LineTable(text);
  return [...references, ...variables.valuesIn(path, text)].filter(isOtherVersion).map((reference) => {
    const { name, version, offset, isVariable } = reference;
    const why = isVariable ? 'has a variable in place of its registry' : (reason ?? reasonAt(text, reference));
    const { line } = lines.positionAt(offset);
    return { file: path, line, image: name, version: formatVersion(version), reason: why };
  });
}

/** Why a line of a manifest is not a place. */
function reasonAt(text: string, { image, version, offset, isApart }: TextReference): string {
  const { line } = lineAround(text, offset);
  if (/\{\{|\{%/.test(line)) return 'is on a line of a template';
  const isOnlyDigest = isApart && version.tag === undefined;
  if (isOnlyDigest && image.reference.digest === undefined) return 'is a digest, and no new digest was given';
  return isApart ? 'is in keys of no known convention' : 'is part of a longer text';
}
