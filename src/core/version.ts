/** Order of versions, read from tags. A digest after a tag is ignored, and so is what is before it in a whole reference. */
// By file: all of semver takes twice as long to load, and each run begins with it.
import SemverRange from 'semver/classes/range.js';
import type SemVer from 'semver/classes/semver.js';
import diff from 'semver/functions/diff.js';
import parse from 'semver/functions/parse.js';
import validRange from 'semver/ranges/valid.js';

/** How far a version is from the one before; `down` for an older one, `unordered` where there is no order. */
export type Bump = 'major' | 'minor' | 'patch' | 'down' | 'unordered';

/** What of a tag can be ordered. */
interface Version {
  /** Main part and pre-release. */
  readonly order: SemVer;
  /** Only versions of one kind are compared: see `readVersion`. */
  readonly kind: string;
  /** True where the whole suffix is a number: `1.4.1-3`. */
  readonly numbered: boolean;
  /** What follows the pre-release, in which no order is seen. */
  readonly rest: string;
}

const LOOSE = { loose: true } as const;

/** `1.4.1`, `v1.4`, `1.4.1-rc.1`, `1.4.1rc1`, `1.4.1-alpine`. */
const VERSION = /^v?(\d+\.\d+)(\.\d+)?(?:(?:-|(?=[a-z]))([a-z\d].*))?$/i;

/** A suffix that begins with a pre-release: `rc`, `rc1`, `beta-2.1`, `rc.1-alpine`. */
const PRERELEASE = /^((?:alpha|beta|preview|pre|rc)(?:[.-]?\d{1,6}(?![a-z\d]))*)(?:[.-](.+))?$/i;

/** `git describe` on a commit after the tag. */
const DESCRIBED = /-\d+-g[\da-f]{4,40}(?:-|$)/i;

const COMMIT = /(?<![a-z\d])g?[\da-f]{7,40}(?![a-z\d])/g;

/**
 * Below 0 when `one` is older, above 0 when it is newer, 0 when they are the same; `undefined` when the two have no
 * order. In doubt there is none, because commits, times and run numbers are compared next.
 */
export function compareVersions(one: string, other: string): number | undefined {
  const [tag, otherTag] = [tagOf(one), tagOf(other)];
  if (tag === otherTag) return 0;
  const [a, b] = [readVersion(tag), readVersion(otherTag)];
  if (!a || !b || a.kind !== b.kind) return undefined;
  const main = a.order.compareMain(b.order);
  if (main !== 0) return main;
  // To semver 1.4.1-3 comes before 1.4.1, to packagers after it.
  if (a.numbered !== b.numbered) return undefined;
  const prerelease = a.order.comparePre(b.order);
  return prerelease !== 0 || a.rest === b.rest ? prerelease : undefined;
}

/**
 * The step from an older version to a newer one, as semver's `diff` names it: what leads to a pre-release counts as
 * what leads to its version (1.4.1 -> 2.0.0-rc.1 is major), and so does the end of the pre-releases (2.0.0-rc.1 ->
 * 2.0.0), because a version that asks for care does so when it is final; steps between them are patches.
 */
export function bumpOf(from: string, to: string): Bump {
  const [a, b] = [readVersion(tagOf(from)), readVersion(tagOf(to))];
  const order = compareVersions(from, to) ?? 0;
  if (order > 0) return 'down';
  if (!a || !b || order === 0) return 'unordered';
  const step = diff(a.order, b.order) ?? '';
  return (['major', 'minor', 'patch'] as const).find((bump) => step.endsWith(bump)) ?? 'patch';
}

/** No tag has a slash or a colon. */
const tagOf = (text: string): string => withoutDigest(text).replace(/^.*[/:]/, '');

/** The largest of several steps; `unordered` counts as larger than most, so that a label never understates it. */
export function largestBump(bumps: readonly Bump[]): Bump {
  return (
    (['major', 'unordered', 'down', 'minor', 'patch'] as const).find((bump) => bumps.includes(bump)) ?? 'unordered'
  );
}

/** False for a first version, and for a version that is only written in another way. */
export function isStep({ from, to }: { readonly from: string; readonly to: string }): boolean {
  return from !== '' && from !== to;
}

/** A range of versions: `1.x`, `>=1.2 <2`, `^1.4 || 3`. */
export interface Range {
  /** As written. */
  readonly text: string;
  readonly comparators: SemverRange;
}

/** A `*` that is no whole part of a version; semver drops it (`1.4.1-a*`). */
const STRAY_WILDCARD = /[^\s.,|<>=~^v]\*|\*[^\s.,|]/;

/**
 * Reads a range in the syntax of npm; `undefined` when any part of it is malformed. A comma joins as a space does
 * (`>=1.2, <2`), zeros in front mean nothing (`>=2024.01.02`), a `v` neither, and a version of two parts is all of its
 * patches (`1.4` is `1.4.x`).
 */
export function readRange(text: string): Range | undefined {
  const parts = text.split(/,|\|\|/);
  if (parts.some((part) => part.trim() === '') || STRAY_WILDCARD.test(text)) return undefined;
  const normal = text.replaceAll(',', ' ').replace(/(?<![\w-])(v?)0+(?=\d)/gi, '$1');
  // A range with a pre-release takes pre-releases of each version in it, not only of the one that it names.
  const includePrerelease = /\d-[a-z\d]/i.test(normal);
  if (validRange(normal) === null) return undefined;
  return { text, comparators: new SemverRange(normal, { includePrerelease }) };
}

/**
 * True for a version in the range. `v1.4` is 1.4.0. As with Flux, a suffix makes a pre-release (`1.4.1-rc.1`, and also
 * `1.4.1-alpine`), which only a range with a pre-release takes: `>=1.0.0-0`. A tag that is no version is in no range.
 */
export function isInRange(tag: string, { comparators }: Range): boolean {
  const full = withoutDigest(tag)
    .replace(/^v/i, '')
    .replace(/^\d+\.\d+(?![.\d])/, '$&.0');
  const version = parse(full, LOOSE);
  return version !== null && comparators.test(version);
}

/** True for a tag that is a version or a commit by its look, which a word or a number alone is not. */
export function isVersionLike(tag: string): boolean {
  return VERSION.test(tag) || (/^(?=.*\d)(?:sha-|g)?[\da-f]{7,40}$/.test(tag) && /\D/.test(tag));
}

/** True when both tags are full versions and their major, minor or patch differ. */
export function areDifferentVersions(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)];
  return a !== null && b !== null && a.compareMain(b) !== 0;
}

/**
 * What can be ordered by semver, and what must not be:
 * - a number alone (`42`, `20240102153000`, `6801028`) may be a run, a date, a commit or a moving tag: no version;
 * - four parts, words before (`main-42`) and `_` (`1.4.1_3`) are not semver's: no version;
 * - `1.4.1-15-gabc1234` comes after 1.4.1, and semver puts it before: no version;
 * - `1.10` is 1.10.0, and zeros in front (`2024.01.02`) are ignored: both are in use;
 * - years and small numbers (`2024.1.0`, `1.0.0`) are two schemes: not compared, or the change of scheme is a step back;
 * - alpha, beta, pre, preview and rc come before their version in everybody's use, and `rc10` after `rc9`, which semver
 *   reads as words;
 * - any other suffix is a variant (`alpine`) or has a meaning that differs (`dev` is before or after a version): equal ones
 *   are compared by their main parts only, numbers and commits in them aside (`alpine3.19`, `main.abc1234`).
 */
function readVersion(tag: string): Version | undefined {
  const [, main, patch = '.0', suffix = ''] = VERSION.exec(tag) ?? [];
  if (main === undefined || DESCRIBED.test(tag)) return undefined;
  const numbered = /^\d{1,6}$/.test(suffix);
  const [, prerelease = '', after = ''] = (numbered ? ['', suffix] : PRERELEASE.exec(suffix)) ?? ['', '', suffix];
  const dotted = prerelease.toLowerCase().replace(/-|(?<=[a-z])(?=\d)/g, '.');
  const order = parse(`${main}${patch}${dotted && `-${dotted}`}`, LOOSE);
  if (!order) return undefined;
  const rest = after.toLowerCase();
  const scheme = order.major >= 1990 && order.major < 2200 ? 'years' : 'numbers';
  const kind = `${scheme} ${rest.replace(COMMIT, '#').replace(/\d+/g, '#')}`;
  return { order, kind, numbered, rest };
}

/** The tag of a version, without the digest behind it. */
export const withoutDigest = (version: string): string => version.replace(/@.*/s, '');
