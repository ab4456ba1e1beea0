/** History of files: the commits that changed them, as far back as the caller asks. */
import type { Clone } from './clone.ts';
import type { FileChange, FileHistory } from './manifest-store.ts';
import { entriesOf } from './search.ts';
import { ALL, FETCH, FETCH_CONFIG, type CommitHistory } from './history.ts';
import type { TreeEntry } from './git-objects.ts';
import type { Commit, ManifestFile } from '../core/objects.ts';

/** How many commits are fetched, step by step. */
const DEPTHS = [50, 500, ALL];

/** A change as git lists it, with what was there before. */
interface LoggedChange {
  readonly id: string;
  readonly time: string;
  readonly before: ReadonlyMap<string, Entry | undefined>;
}

type Entry = Pick<TreeEntry, 'path' | 'mode' | 'id'>;

/**
 * The changes of files, by their exact names, along first parents; a file is not followed to the name that it had before. First
 * comes what is known of the latest commits, then, as long as the caller asks, the same with earlier ones. A step takes
 * at most two fetches: one of commits and trees, one of the contents of these files, which go into the clone.
 * Not to be read twice at once, nor beside a fetch into the clone. Throws what Clone.useServer throws.
 */
export async function* readFileHistory(
  clone: Clone,
  history: CommitHistory,
  files: readonly string[],
): AsyncGenerator<FileHistory, void> {
  if (files.length === 0) yield { changes: [], isComplete: true };
  if (files.length === 0) return;
  for await (const { end, isComplete } of stepsBack(history)) {
    // What lies at the end of what was fetched looks as if it had made all there is.
    const logged = (await log(history, files)).filter(({ id }) => isComplete || id !== end);
    yield { changes: logged.length === 0 ? [] : await readChanges(clone, history, files, logged), isComplete };
  }
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
async function* stepsBack(history: CommitHistory): AsyncGenerator<{ end: string; isComplete: boolean }, void> {
  for (let reached = 0; ;) {
    const { count, end, isComplete } = await history.reach();
    // The server has no more.
    if (count === reached) return;
    reached = count;
    yield { end, isComplete };
    const depth = DEPTHS.find((step) => step > count);
    if (isComplete || depth === undefined) return;
    await history.fetch([history.commit], depth, 'blob:none');
  }
}

async function log(history: CommitHistory, files: readonly string[]): Promise<LoggedChange[]> {
  const shape = ['--first-parent', '-m', '--raw', '-z', '--no-abbrev', '--no-renames', '--format=%H %cI'];
  const input = [history.commit, '--', ...files.map(pathspecOf), ''].join('\n');
  const text = (await history.run(['log', ...shape, '--stdin'], input)).toString();
  return readLog(text, new Set(files)).filter(({ before }) => before.size > 0);
}

/** A pathspec for one file, in one line; it may match more. */
function pathspecOf(file: string): string {
  return `:(glob)${file.replace(/[\\*?[]/g, '\\$&').replaceAll('\n', '?')}`;
}

function readLog(text: string, names: ReadonlySet<string>): LoggedChange[] {
  const logged: (LoggedChange & { before: Map<string, Entry | undefined> })[] = [];
  const fields = text.split('\0');
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index] ?? '';
    const [, commit, time = ''] = /^(\w{40,64}) (\S+)$/.exec(field) ?? [];
    if (commit !== undefined) logged.push({ id: commit, time, before: new Map() });
    const [, mode, id = ''] = /^\n?:(\d{6}) \d{6} (\w+) \w+ [A-Z]$/.exec(field) ?? [];
    if (mode === undefined) continue;
    const path = fields[(index += 1)] ?? '';
    if (names.has(path)) logged.at(-1)?.before.set(path, isFile(mode) ? { path, mode, id } : undefined);
  }
  return logged;
}

/** Goes back from what the files are at its commit, change by change. */
async function readChanges(
  clone: Clone,
  history: CommitHistory,
  files: readonly string[],
  logged: readonly LoggedChange[],
): Promise<FileChange[]> {
  const tip = (await entriesOf(clone, files, history.commit)).filter(({ mode }) => isFile(mode));
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
  const ids = [...new Set(entries.map(({ id }) => id))];
  const { stdout } = await clone.run(['cat-file', '--batch-check'], { input: `${ids.join('\n')}\n` });
  const missing = [...stdout.toString().matchAll(/^(\w+) missing$/gm)].map(([, id = '']) => id);
  if (missing.length > 0) {
    await clone.useServer([...FETCH, '--filter=blob:none', '--stdin', 'origin'], {
      input: missing.join('\n'),
      config: FETCH_CONFIG,
    });
  }
  const blobs = await clone.objects(entries.map(({ id }) => id));
  const files = new Map<string, ManifestFile>();
  for (const [index, entry] of entries.entries()) {
    const bytes = blobs[index];
    if (bytes) files.set(keyOf(entry), { path: entry.path, mode: entry.mode, bytes });
  }
  return files;
}

const isFile = (mode: string): boolean => mode.startsWith('100');

const keyOf = (entry: Entry | undefined): string => (entry ? `${entry.mode} ${entry.id} ${entry.path}` : '');
