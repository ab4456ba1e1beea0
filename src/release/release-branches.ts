/** The branches of a release: the names that its template gives for this version, and for any other. Pure. */
import type { ReleasedImage } from '../core/objects.ts';
import { matchesParts } from '../core/wildcard.ts';
import { defaultNames, namesInOtherOrders, type ReleaseIdentity } from '../inputs/identity.ts';

export interface ReleaseName {
  readonly name: string;
  readonly branch: string;
}

export interface ReleaseBranches {
  /** What a release of this version may be called, the preferred name first, and the branch of each. */
  readonly names: readonly ReleaseName[];
  /** Those that it would have with its images in another order. */
  readonly otherNames: readonly ReleaseName[];
  /** The names for any version: the text before, between and behind what a version decides. */
  readonly patterns: readonly (readonly string[])[];
}

/** A word in place of all that another version would change. Only letters, so that it is kept in a branch's name. */
export const ANY_VERSION = 'AnyOtherVersionOfThisRelease';

/** The names of a release: the one given, else those that its identity has. */
export function namesOf(
  identity: ReleaseIdentity,
  given: string,
  base: string,
  images: readonly Pick<ReleasedImage, 'reference'>[],
): { readonly names: readonly string[]; readonly otherNames: readonly string[] } {
  if (given !== '') return { names: [given], otherNames: [] };
  return {
    names: defaultNames(identity, images[0]?.reference.name, base),
    otherNames: namesInOtherOrders(identity),
  };
}

/** The branches of names; `render` gives that of a name for this version, or for `ANY_VERSION`. */
export function branchesOf(
  { names, otherNames }: ReturnType<typeof namesOf>,
  render: (name: string, isAnyVersion: boolean) => string,
): ReleaseBranches {
  const branchOf = (name: string): ReleaseName => ({ name, branch: render(name, false) });
  const distinct = (all: readonly ReleaseName[]): readonly ReleaseName[] =>
    all.filter(({ branch }, index) => all.findIndex((one) => one.branch === branch) === index);
  const own = distinct(names.map(branchOf));
  const others = distinct(otherNames.map(branchOf)).filter(
    (other) => !own.some(({ branch }) => branch === other.branch),
  );
  const patterns = [...names, ...otherNames].map((name) => render(name, true).split(ANY_VERSION));
  return { names: own, otherNames: others, patterns };
}

/** Whether each version has a branch, and so a pull request, of its own. */
export function isPerVersion({ patterns }: Pick<ReleaseBranches, 'patterns'>): boolean {
  return patterns.some((pattern) => pattern.length > 1);
}

/** The branches of this version, each once. */
export function branchesOfVersion({ names, otherNames }: Pick<ReleaseBranches, 'names' | 'otherNames'>): string[] {
  return [...new Set([...names, ...otherNames].map(({ branch }) => branch))];
}

/** Whether a branch is one of the release: that of this version, or one that the template gives for another version. */
export function isReleaseBranch(branches: ReleaseBranches, branch: string): boolean {
  return (
    branchesOfVersion(branches).includes(branch) ||
    branches.patterns.some((pattern) => matchesParts(branch, pattern, 1))
  );
}

const LONG_LIVED: ReadonlySet<string> = new Set(['main', 'master', 'trunk', 'develop', 'development', 'production']);

/** Whether a branch is never one of a release: a base, or one that many work on by its name. */
export function isLongLived(branch: string, bases: readonly string[]): boolean {
  return LONG_LIVED.has(branch) || bases.includes(branch);
}
