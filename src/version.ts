/** What tags say about versions. */
import semver from 'semver';

/** True for a tag that moves: `latest`, or part of a version (`1`, `v1.2`); seven digits are a commit or a date. */
export function isMovingTag(tag: string): boolean {
  return tag === 'latest' || /^v?\d{1,6}(?:\.\d+)?$/.test(tag);
}

/** True for a tag that is the one named, or a version in the range named (`1.x`, `>=1.2 <2`). */
export function isWithin(tag: string, tagOrRange: string): boolean {
  return tag === tagOrRange || semver.satisfies(tag, tagOrRange, { includePrerelease: true });
}

/** True when both tags are full versions and their major, minor or patch differ. */
export function areDifferentVersions(one: string, other: string): boolean {
  const [a, b] = [semver.parse(one), semver.parse(other)];
  return a !== null && b !== null && a.compareMain(b) !== 0;
}
