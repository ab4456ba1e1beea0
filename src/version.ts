/** What tags say about versions. */
import semver from 'semver';

/** True for a tag that moves: `latest`, or part of a version (`1`, `v1.2`); seven digits are a commit or a date. */
export function isMovingTag(tag: string): boolean {
  return tag === 'latest' || /^v?\d{1,6}(?:\.\d+)?$/.test(tag);
}

/** True when both tags are full versions and their major, minor or patch differ. */
export function areDifferentVersions(one: string, other: string): boolean {
  const [a, b] = [semver.parse(one), semver.parse(other)];
  return a !== null && b !== null && a.compareMain(b) !== 0;
}
