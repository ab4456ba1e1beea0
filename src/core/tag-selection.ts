/** The setting `only-tags`: which tags a release replaces. */
import { isTag } from './image-reference.ts';
import { isInRange, readRange, type Range } from './version.ts';

/** The tags that are one tag, match a glob, or are versions in a range. */
export interface TagSelection {
  /** As written. */
  readonly text: string;
  readonly range: Range | undefined;
  readonly glob: RegExp | undefined;
}

/** Reads a tag (`main`), a glob (`*-alpine`) or a range (see `readRange`); a version is both tag and range. `undefined` for anything else. */
export function readTagSelection(text: string): TagSelection | undefined {
  const isGlob = GLOB.test(text) && !X_RANGE.test(text);
  if (isGlob) return { text, range: undefined, glob: asPattern(text) };
  const range = readRange(text);
  return range || isTag(text) ? { text, range, glob: undefined } : undefined;
}

/** Whether a tag (empty for none) is one of a selection. */
export function isSelected(tag: string, { text, range, glob }: TagSelection): boolean {
  return tag === text || (glob?.test(tag) ?? false) || (range !== undefined && isInRange(tag, range));
}

/** The characters of a tag, at least one of them a wildcard. */
const GLOB = /^[\w.-]*[*?][\w.*?-]*$/;
/** `1.*` is npm's `1.x`; a `*` alone is any tag. */
const X_RANGE = /^v?\d+(?:\.(?:\d+|[xX*]))+$/;

function asPattern(glob: string): RegExp {
  const source = glob.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}
