/** What a release branch has of its release, by the files that are on it. */
import { ReleaseError } from '../core/errors.ts';
import { formatReference, parseVersion } from '../core/image-reference.ts';
import type { Change } from '../core/objects.ts';
import { UNKNOWN_SOURCE } from '../inputs/ci.ts';
import { PLAIN_RELEASE } from '../inputs/operation.ts';
import { readDeployedVersions, type DeployedVersion } from '../manifests/deployed-versions.ts';
import { planRelease } from '../manifests/plan.ts';
import type { Build } from './build.ts';
import type { ChosenBranch } from './choose-branch.ts';
import { buildIn } from './commit-trailers.ts';
import { imagesOf } from './own-commits.ts';
import type { ReadFiles } from './plan-manifests.ts';
import type { ReleaseRequest } from './request.ts';
import type { Workspace } from './workspace.ts';

export interface Carried {
  /** The tree of the commit that brought it. */
  readonly tree: string;
  readonly build: Build;
}

/**
 * The build that the latest commit of this release on the branch names, where the branch has its versions. `files` are
 * those at the tip, of a branch with commits by others.
 */
export function carriedBy(
  { log }: Pick<Workspace, 'log'>,
  request: ReleaseRequest,
  { tip, commits, areOurs, branch }: ChosenBranch,
  files: ReadFiles,
): Carried | undefined {
  if (!tip) return undefined;
  for (const commit of commits) {
    const build = buildIn(commit, request.key);
    if (!build) continue;
    if (areOurs || hasVersions(request, build, files)) return { tree: commit.tree, build };
    const claimed = build.images.slice(0, MOST_NAMED).join(', ');
    log.warn(
      `commit ${commit.id.slice(0, 7)} on ${branch} says that it releases ${claimed}, which the files there do not have; ` +
        'its trailers are ignored',
    );
    return undefined;
  }
  return undefined;
}

const MOST_NAMED = 3;

/** Whether releasing the build on the files would change nothing. */
function hasVersions(request: ReleaseRequest, build: Build, { manifests }: ReadFiles): boolean {
  try {
    const images = imagesOf(request, build);
    const { files, missing } = planRelease(images, manifests, request.inputs.search.plan);
    // An image may be missing that another registry has a copy of.
    return files.length === 0 && missing.length < images.length;
  } catch (error) {
    if (error instanceof ReleaseError) return false;
    throw error;
  }
}

/** The places of the images of a request. */
export function placesIn({ inputs }: ReleaseRequest, { manifests }: ReadFiles): readonly DeployedVersion[] {
  const names = inputs.images.released.map(({ replaces }) => replaces);
  return readDeployedVersions(names, manifests, inputs.search.plan);
}

/** What differs between places of the base and the same places of a branch. */
export function changesBetween(base: readonly DeployedVersion[], branch: readonly DeployedVersion[]): Change[] {
  const keyOf = ({ file, where, image }: DeployedVersion): string => JSON.stringify([file, where, image]);
  const before = new Map(base.map((place) => [keyOf(place), place]));
  return branch.flatMap((place): Change[] => {
    const present = before.get(keyOf(place));
    const { file, where, image, version: to } = place;
    const [line, from] = [present?.line ?? place.line, present?.version ?? ''];
    return from === to ? [] : [{ file, line, where, image, from, to }];
  });
}

/** The build that is made of the changes on a branch, where no commit names one: only its images are known. */
export function buildOfChanges(changes: readonly Change[]): Build {
  const images = new Map(changes.map(({ image, to }) => [image, to]));
  return {
    images: [...images].map(([name, to]) => formatReference({ name, ...(parseVersion(to) ?? { tag: to }) })),
    source: UNKNOWN_SOURCE,
    operation: PLAIN_RELEASE,
    run: { url: '', actor: '' },
  };
}
