/** Which versions of images manifests held, one after the other. */
import { utcTime } from '../core/time.ts';
import type { Build } from '../release/build.ts';
import { ReleaseError } from '../core/errors.ts';
import type { FileChange, ManifestStore } from '../git/manifest-store.ts';
import { readHoldings, versionsOf } from './deployed-versions.ts';
import type { PlanOptions } from '../manifests/plan.ts';
import { buildIn, pullOf } from '../release/commit-trailers.ts';
import type { Commit, ManifestFile } from '../core/objects.ts';

/** What was held for a time. */
export interface PastVersion {
  /** One version per image, e.g. `ghcr.io/acme/web` -> `1.4.1@sha256:…`; an image that stood nowhere is not in it. */
  readonly versions: ReadonlyMap<string, string>;
  /** The commit that brought it to the base. */
  readonly commit: Commit;
  /** Of that commit, as `utcTime` writes it. */
  readonly time: string;
  /** The number of the pull request; empty where the commit tells none. */
  readonly pull: string;
  /** What released it, as far as the commit tells. */
  readonly build: Build | undefined;
}

/** Whose versions are read, and where. */
export interface Sought {
  /** Of the identity of the release that writes them. */
  readonly key: string;
  /** What its pull requests brought, by number, for commits that do not tell. */
  readonly builds: ReadonlyMap<string, Build>;
  /** Names without a version. */
  readonly images: readonly string[];
  /** Exact paths: all that is read, also what only says of other files what they hold. */
  readonly files: readonly string[];
  readonly options: PlanOptions;
}

type Versions = ReadonlyMap<string, string>;

interface Brought {
  readonly versions: Versions;
  readonly change: FileChange;
}

/**
 * What the files held up to `commit`, the newest first: what comes after each other differs, and the commit is the first
 * that had it, so one that leaves the versions as they are is no entry. Left out is what is no version: a state with two
 * versions of one image, one that cannot be read, and one without any of the images. (So the first entry is the present
 * state only if that is a version.) Goes back until `enough` says so of what was found, and to the first commit if it
 * never does; what a file held under another name is not found. As long as `commit` is the same, what one call has
 * fetched serves the next; calls are made one after the other.
 * Throws what Clone.useServer throws.
 */
export async function readPast(
  store: ManifestStore,
  sought: Sought,
  commit: string,
  enough: (past: readonly PastVersion[]) => boolean,
): Promise<readonly PastVersion[]> {
  const read = new Map<string, Versions | undefined>();
  const after = ({ commit: { id }, after: files }: FileChange): Versions | undefined => {
    if (!read.has(id)) read.set(id, readVersions(files, sought));
    return read.get(id);
  };
  let past: PastVersion[] = [];
  for await (const { changes, isComplete } of store.fileHistory(sought.files, commit)) {
    past = [];
    let later: Brought | undefined;
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
function readVersions(files: readonly ManifestFile[], { images, options }: Sought): Versions | undefined {
  // A target may be younger than what is read.
  const targets = (options.targets ?? []).filter(({ file }) => files.some(({ path }) => path === file));
  try {
    return versionsOf(readHoldings(images, files, { ...options, targets }));
  } catch (error) {
    if (error instanceof ReleaseError) return undefined;
    throw error;
  }
}

function entryOf({ versions, change }: Brought, { key, builds }: Sought): PastVersion[] {
  if (versions.size === 0) return [];
  const { commit, merged, time } = change;
  const pull = pullOf(commit.message);
  const [build = builds.get(pull)] = [commit, ...merged].flatMap((one) => buildIn(one, key) ?? []);
  return [{ versions, commit, time: utcTime(time), pull, build }];
}

function areEqual(one: Versions, other: Versions): boolean {
  return one.size === other.size && [...one].every(([image, version]) => other.get(image) === version);
}
