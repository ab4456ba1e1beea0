/** What changes, by image: one row for the places that a person decides on together. */
import { parseVersion, repositoryOf, shortVersion } from '../core/image-reference.ts';
import { groupBy, memoized, type Change } from '../core/objects.ts';
import { bumpOf, isStep, largestBump, withoutDigest, type Bump } from '../core/version.ts';

export interface ImageChange {
  /** As the first of its places spells it. */
  readonly image: string;
  /** The versions before for a person, each once; none for a first version. */
  readonly from: readonly string[];
  /** The version after for a person. */
  readonly to: string;
  /** The largest step; empty for a first version. */
  readonly bump: Bump | '';
  readonly places: number;
}

/** The changes by image and version, in the order of their first places. */
export function imageChanges(changes: readonly Change[]): readonly ImageChange[] {
  const bumpBetween = memoized(bumpOf);
  const groups = groupBy(changes, ({ image, to }) => `${repositoryOf(image)} ${withoutDigest(to) || to}`);
  return [...groups.values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const steps = all.filter(isStep);
    // The one that says most.
    const to = all.map((change) => change.to).reduce((one, other) => (other.length > one.length ? other : one));
    return {
      image: first.image,
      from: [...new Set(steps.map((step) => shownBefore(step.from, to)))],
      to: shortVersion(to),
      bump: steps.length === 0 ? '' : largestBump(steps.map((step) => bumpBetween(step.from, step.to))),
      places: all.length,
    };
  });
}

/** A version that was replaced, for a person: its tag, unless the new one has the same tag. */
export function shownBefore(from: string, to: string): string {
  const { tag } = parseVersion(from) ?? {};
  return tag === undefined || tag === parseVersion(to)?.tag ? shortVersion(from) : tag;
}

/** A step for a person, who learns nothing from "unordered". */
export const shownStep = (bump: Bump | ''): string => (bump === 'unordered' ? '' : bump);
