/** The name behind a misspelt one. */
import { closest, distance } from 'fastest-levenshtein';

/**
 * The name that was probably meant: the nearest, where at most half of the written letters are wrong, or one that begins with them.
 * Case does not count. `undefined` where none is near.
 */
export function nearName<Name extends string>(written: string, names: readonly Name[]): Name | undefined {
  if (written === '' || names.length === 0) return undefined;
  const [wanted, ...folded] = [written, ...names].map((name) => name.toLowerCase()) as [string, ...string[]];
  const near = closest(wanted, folded);
  const isNear = distance(wanted, near) <= wanted.length / 2;
  return names[folded.findIndex((name) => (isNear ? name === near : name.startsWith(wanted)))];
}
