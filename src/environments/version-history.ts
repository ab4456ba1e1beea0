/** The history of the versions of images in manifests. */
import { utcTime } from '../core/time.ts';
import type { Build } from '../release/build.ts';
import { ReleaseError } from '../core/errors.ts';
import type { FileChange, ManifestStore } from '../git/manifest-store.ts';
import { isSameVersion } from '../core/image-reference.ts';
import { readDeployedVersions, versionsOf, type DeployedVersion } from '../manifests/deployed-versions.ts';
import type { PlanOptions } from '../manifests/plan.ts';
import { buildIn, pullOf } from '../release/commit-trailers.ts';
import type { Commit, ManifestFile } from '../core/objects.ts';

/** A version that was deployed for some time. */
export interface PastVersion {
  /** One version per image, e.g. `ghcr.io/acme/web` -> `1.4.1@sha256:…`; an image that was not used is not in it. */
  readonly versions: ReadonlyMap<string, string>;
  /** The commit that introduced it on the base. */
  readonly commit: Commit;
  /** Of that commit, as `utcTime` writes it. */
  readonly time: string;
  /** The number of the pull request; empty where the commit names none. */
  readonly pull: string;
  /** The build that it was released by, where the commit or its pull request names it. */
  readonly build: Build | undefined;
}

/** The images whose history is read, and the files. */
export interface Sought {
  /** Of the identity of the release that writes them. */
  readonly key: string;
  /** The builds of its pull requests, by number, for commits that do not name theirs. */
  readonly builds: ReadonlyMap<string, Build>;
  /** Names without a version. */
  readonly images: readonly string[];
  /**
   * All that was read of the base, whose paths are read of earlier commits too; a kustomization may have the tag of an image in
   * another file.
   */
  readonly read: readonly ManifestFile[];
  /** The places of the images in these files. */
  readonly places: readonly DeployedVersion[];
  readonly options: PlanOptions;
}

type Versions = ReadonlyMap<string, string>;

interface Introduced {
  readonly versions: Versions;
  readonly change: FileChange;
}

/**
 * The versions that the files had up to `commit`, the newest first. Each differs from the next, and its commit is the
 * first one with it. States without a single version are left out: with two versions of one image, unreadable, or without
 * any of the images; so the first entry may be older than the present state. Goes back until `enough` is true for what was
 * found, else to the first commit. The history of a renamed file ends at the rename. Calls for the same `commit` share
 * what was fetched, and are made one after the other.
 * Throws what Clone.useServer throws.
 */
export async function readPast(
  store: ManifestStore,
  sought: Sought,
  commit: string,
  enough: (past: readonly PastVersion[]) => boolean,
): Promise<readonly PastVersion[]> {
  const read = new Map<string, Versions | undefined>();
  const after = ({ commit: { id }, after: then }: FileChange): Versions | undefined => {
    if (!read.has(id)) read.set(id, readVersions(then, sought));
    return read.get(id);
  };
  let past: PastVersion[] = [];
  const files = sought.read.map(({ path }) => path);
  for await (const { changes, isComplete } of store.fileHistory(files, commit)) {
    past = [];
    let later: Introduced | undefined;
    for (const change of changes) {
      const versions = after(change);
      if (!versions) continue;
      if (later && !areEqual(later.versions, versions)) past.push(...entryOf(later, sought));
      if (enough(past)) return past;
      later = { versions, change };
    }
    const first = isComplete ? new Map<string, string>() : readVersions(changes.at(-1)?.before ?? [], sought);
    if (later && first && !areEqual(later.versions, first)) past.push(...entryOf(later, sought));
    if (enough(past)) return past;
  }
  return past;
}

/** `undefined` where it is not one version per image, or cannot be read. */
function readVersions(files: readonly ManifestFile[], sought: Sought): Versions | undefined {
  try {
    return versionsOf(readPlaces(files, sought));
  } catch (error) {
    if (error instanceof ReleaseError) return undefined;
    throw error;
  }
}

function readPlaces(
  files: readonly ManifestFile[],
  { images, options, read, places }: Sought,
): readonly DeployedVersion[] {
  const known = new Map(read.map((file) => [file.path, file]));
  // A clone reads equal contents once, as one object.
  const isBase = files.length === read.length && files.every(({ path, bytes }) => known.get(path)?.bytes === bytes);
  if (isBase) return places;
  // A target may be younger than what is read.
  const targets = (options.targets ?? []).filter(({ file }) => files.some(({ path }) => path === file));
  const then = files.map((file) => (known.get(file.path)?.isContext ? { ...file, isContext: true as const } : file));
  return readDeployedVersions(images, then, { ...options, targets });
}

function entryOf({ versions, change }: Introduced, { key, builds }: Sought): PastVersion[] {
  if (versions.size === 0) return [];
  const { commit, merged, time } = change;
  const pull = pullOf(commit.message);
  const [build = builds.get(pull)] = [commit, ...merged].flatMap((one) => buildIn(one, key) ?? []);
  return [{ versions, commit, time: utcTime(time), pull, build }];
}

function areEqual(one: Versions, other: Versions): boolean {
  return one.size === other.size && [...one].every(([image, version]) => other.get(image) === version);
}

/** Whether the places have that past version now; images that it lacks, and digests that one of the two lacks, do not count. */
export function isDeployed({ versions }: PastVersion, places: readonly DeployedVersion[]): boolean {
  return places.every(({ image, version }) => isSameVersion(version, versions.get(image) ?? version));
}
