/** How much memory and disk a running command takes at most, looked at again and again while it runs. */
import { execFile, type ChildProcess } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Milliseconds between two looks. */
const MEMORY_PAUSE = 5;
const DISK_PAUSE = 20;

/** Bytes. */
export interface Footprint {
  /** The proportional set sizes (PSS) of all processes of the tree together. */
  readonly memory: number;
  /** What the folder takes on the disk. */
  readonly disk: number;
}

/** Watches a process that just started, with its descendants, and the folder that it writes to, until it ends. */
export async function footprintOf(child: ChildProcess, folder: string): Promise<Footprint> {
  const [memory, disk] = await Promise.all([
    largest(child, MEMORY_PAUSE, () => memoryOf(child.pid ?? 0)),
    largest(child, DISK_PAUSE, () => diskOf(folder)),
  ]);
  return { memory, disk };
}

async function largest(child: ChildProcess, pause: number, look: () => Promise<number>): Promise<number> {
  let found = await look();
  while (child.exitCode === null && child.signalCode === null) {
    await sleep(pause);
    found = Math.max(found, await look());
  }
  return found;
}

async function memoryOf(pid: number): Promise<number> {
  const rollup = await readProc(`${pid}/smaps_rollup`);
  const own = Number(/^Pss: +(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * 1024;
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(threads.map((thread) => readProc(`${pid}/task/${thread}/children`)));
  const children = lists.join(' ').split(' ').filter(Boolean).map(Number);
  const theirs = await Promise.all(children.map(memoryOf));
  return theirs.reduce((sum, bytes) => sum + bytes, own);
}

/** Empty when the process is gone. */
async function readProc(path: string): Promise<string> {
  return await readFile(`/proc/${path}`, 'utf8').catch(() => '');
}

async function diskOf(folder: string): Promise<number> {
  // It fails when something goes while it looks, and tells the sum all the same.
  const looked = run('du', ['--summarize', '--block-size=1', folder]);
  const { stdout } = await looked.catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
  return Number(/^\d+/.exec(stdout)?.[0] ?? 0);
}
