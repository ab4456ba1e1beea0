/**
 * Temporary folders of a run: readable by its user alone, removed at its end, and by the next run where it was killed.
 */
import { lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';

/** The folder's name has the process that made it, and the namespace in which that number is its own. */
const NAME = /^manifest-release-(\d+)-(\d+)-\w{6}$/;
/** Milliseconds; longer than any run, which ends its git commands after half an hour. */
const LONGEST_RUN = 7_200_000;
/** Why no folder can be made in another one. */
const NO_FOLDER: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG']);
const REMOVAL = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 } as const;

const folders = new Set<string>();

/** A new folder. Throws VARIABLE_INVALID where none can be made. */
export function makeTemporaryFolder(): string {
  const parent = tmpdir();
  try {
    const folder = mkdtempSync(join(parent, `manifest-release-${process.pid}-${namespace()}-`));
    folders.add(folder);
    return folder;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!NO_FOLDER.has(code)) throw error;
    const reason = `is no folder that this user can write to (${code})`;
    throw failure('VARIABLE_INVALID', { variable: 'TMPDIR', value: parent, reason }, error);
  }
}

/** Removes a folder, any number of times. */
export async function removeTemporaryFolder(folder: string): Promise<void> {
  await rm(folder, REMOVAL);
  folders.delete(folder);
}

/** Removes all folders of this process at once: it is about to end. */
export function removeAllTemporaryFolders(): void {
  for (const folder of folders) rmSync(folder, REMOVAL);
  folders.clear();
}

/** Removes the folders of earlier runs of this user that were killed. What cannot be removed is left. */
export async function removeAbandonedFolders(): Promise<void> {
  const parent = tmpdir();
  for (const name of namesIn(parent)) {
    const folder = join(parent, name);
    if (isAbandoned(name, folder)) await rm(folder, REMOVAL).catch(() => undefined);
  }
}

/** None of a folder that this user may write to and not read. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAbandoned(name: string, folder: string): boolean {
  const [, pid, space] = NAME.exec(name) ?? [];
  if (pid === undefined || folders.has(folder)) return false;
  try {
    const stats = lstatSync(folder);
    if (!stats.isDirectory() || stats.uid !== (process.getuid?.() ?? stats.uid)) return false;
    // In another container the number is that of another process.
    return Date.now() - stats.mtimeMs > LONGEST_RUN || (space === namespace() && !isRunning(Number(pid)));
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** The number of this process's namespace of process numbers; 0 where the system has none. */
function namespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}
