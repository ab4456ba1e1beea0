/** History of files: the commits that changed them, as far back as the caller asks. */
import type { Clone } from './clone.ts';
import type { FileChange, FileHistory } from './manifest-store.ts';
import { isFile, type Entry, type LoggedChange } from './change-log.ts';
import { ALL, FETCH, FETCH_CONFIG, pathspecOf, type CommitHistory, type Reach } from './history.ts';
import type { Trees } from './trees.ts';
import type { Commit, ManifestFile } from '../core/objects.ts';

/** How many commits are fetched, step by step. */
const DEPTHS = [50, 500, ALL];

/** Where the history of files is read. */
export interface Readable {
  readonly clone: Clone;
  readonly trees: Trees;
  readonly history: CommitHistory;
}

/**
 * The changes of files, by their exact names, along first parents; a file is not followed to the name that it had before.
 * First comes the latest alone where it was read, then all that is known, then, as long as the caller asks, the same with
 * earlier ones. A step takes at most two fetches: one of commits and trees, one of the contents of these files, which go into the clone.
 * Not to be read twice at once, nor beside a fetch into the clone. Throws what Clone.useServer throws.
 */
export async function* readFileHistory(
  { clone, trees, history }: Readable,
  files: readonly string[],
): AsyncGenerator<FileHistory, void> {
  if (files.length === 0) yield { changes: [], isComplete: true };
  if (files.length === 0) return;
  const tip = (await trees.named(files, history.commit)).filter(({ mode }) => isFile(mode));
  for await (const reach of stepsBack(history)) {
    const logged = await knownChanges(history, files, reach);
    const [latest, ...more] = logged;
    if (latest && more.length > 0 && [...tip, ...latest.before.values()].every((entry) => isRead(clone, entry))) {
      yield { changes: await readChanges(clone, history, tip, [latest]), isComplete: false };
    }
    yield { changes: await readChanges(clone, history, tip, logged), isComplete: reach.isComplete };
  }
}

/**
 * Fetches at once what the histories of many sets of files have as their latest changes, so many of each file. Throws what
 * Clone.useServer throws.
 */
export async function fetchFileHistories(
  { clone, history }: Readable,
  files: readonly string[],
  most: number,
): Promise<void> {
  history.readAllChanges();
  let latest: readonly LoggedChange[] = [];
  for await (const reach of stepsBack(history)) {
    const known = new Map<string, number>();
    latest = (await knownChanges(history, files, reach)).flatMap((change) => {
      const own = [...change.before].filter(([file]) => (known.get(file) ?? 0) < most);
      for (const [file] of own) known.set(file, (known.get(file) ?? 0) + 1);
      return own.length > 0 ? { ...change, before: new Map(own) } : [];
    });
    if (files.every((file) => known.get(file) === most)) break;
  }
  await readAll(
    clone,
    latest.flatMap(({ before }) => [...before.values()].flatMap((entry) => entry ?? [])),
  );
  const commits = await history.readCommits(latest.map(({ id }) => id));
  await history.readCommits(commits.flatMap(({ parents }) => parents.slice(1)));
}

/** What lies at the end of what was fetched looks as if it had made all there is. */
async function knownChanges(
  history: CommitHistory,
  files: readonly string[],
  { end, isComplete }: Reach,
): Promise<LoggedChange[]> {
  return (await history.changesOf(files)).filter(({ id }) => isComplete || id !== end);
}

/**
 * The commits that made files what they are, also on branches that were merged, the newest first; as long as the caller
 * asks, the same with more behind them. Their contents are not fetched.
 */
export async function* readFileCommits(
  history: CommitHistory,
  files: readonly string[],
): AsyncGenerator<readonly Commit[], void> {
  if (files.length === 0) return;
  const input = [history.commit, '--', ...files.map(pathspecOf), ''].join('\n');
  for await (const _ of stepsBack(history)) {
    const lines = (await history.run(['log', '--date-order', '--format=%H %P', '--stdin'], input))
      .toString()
      .split('\n');
    // Where its parents were not fetched, git knows none, and takes a commit for the one that made all there is.
    const rootless = new Set(lines.filter((line) => /^\w+ $/.test(line)).map((line) => line.trimEnd()));
    const commits = await history.readCommits(lines.flatMap((line) => /^\w+/.exec(line) ?? []));
    yield commits.filter(({ id, parents }) => parents.length === 0 || !rootless.has(id));
  }
}

/** How far a history goes: first what is here, then more each time. */
async function* stepsBack(history: CommitHistory): AsyncGenerator<Reach, void> {
  for (let reached = 0; ;) {
    const reach = await history.reach();
    const { count, isComplete } = reach;
    // The server has no more.
    if (count === reached) return;
    reached = count;
    yield reach;
    const depth = DEPTHS.find((step) => step > count);
    if (isComplete || depth === undefined) return;
    await history.fetch([history.commit], depth, 'blob:none');
  }
}

/** Goes back from what the files are at its commit, change by change. */
async function readChanges(
  clone: Clone,
  history: CommitHistory,
  tip: readonly Entry[],
  logged: readonly LoggedChange[],
): Promise<FileChange[]> {
  if (logged.length === 0) return [];
  const states = [new Map<string, Entry | undefined>(tip.map((entry) => [entry.path, entry]))];
  for (const { before } of logged) states.push(new Map([...(states.at(-1) ?? []), ...before]));

  const known = new Map(states.flatMap((state) => [...state.values()]).map((entry) => [keyOf(entry), entry]));
  const entries = [...known.values()].flatMap((entry) => entry ?? []);
  const contents = await readAll(clone, entries);
  const manifests = states.map((state) => [...state.values()].flatMap((entry) => contents.get(keyOf(entry)) ?? []));
  const commits = await history.readCommits(logged.map(({ id }) => id));
  const tips = await history.readCommits(commits.flatMap(({ parents }) => parents.slice(1)));
  return commits.map((commit, index) => ({
    commit,
    merged: tips.filter(({ id }) => commit.parents.slice(1).includes(id)),
    time: logged[index]?.time ?? '',
    before: manifests[index + 1] ?? [],
    after: manifests[index] ?? [],
  }));
}

/** The contents of entries; what is not here is fetched, all at once. */
async function readAll(clone: Clone, entries: readonly Entry[]): Promise<Map<string, ManifestFile>> {
  const ids = entries.map(({ id }) => id);
  const here = await clone.reader.objects(ids);
  const missing = new Set(ids.filter((_, index) => !here[index]));
  if (missing.size > 0) {
    await clone.useServer([...FETCH, '--filter=blob:none', '--stdin', 'origin'], {
      input: [...missing].join('\n'),
      config: FETCH_CONFIG,
    });
  }
  const blobs = missing.size > 0 ? await clone.reader.objects(ids) : here;
  const files = new Map<string, ManifestFile>();
  for (const [index, entry] of entries.entries()) {
    const bytes = blobs[index]?.content;
    if (bytes) files.set(keyOf(entry), { path: entry.path, mode: entry.mode, bytes });
  }
  return files;
}

const isRead = (clone: Clone, entry: Entry | undefined): boolean => !entry || clone.reader.hasRead(entry.id);

const keyOf = (entry: Entry | undefined): string => (entry ? `${entry.mode} ${entry.id} ${entry.path}` : '');
