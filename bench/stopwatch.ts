/** How long a command takes, by the shell's own `time`: with all processes that it starts and waits for. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Seconds. */
export interface Timing {
  readonly wall: number;
  /** In user and system mode, of all processes together. */
  readonly cpu: number;
}

export interface Command {
  readonly line: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where it runs, and all that it writes is. */
  readonly folder: string;
}

export interface Finished extends Timing {
  readonly exitCode: number;
  /** What it wrote, on both channels. */
  readonly output: string;
}

/** Runs a command to its end. `watch` is given the process when it has started. */
export async function time(
  { line, environment, folder }: Command,
  watch: (child: ChildProcess) => void = () => undefined,
): Promise<Finished> {
  const script = 'TIMEFORMAT="%3R %3U %3S"; time "$@" >output 2>&1';
  const child = spawn('bash', ['-c', script, 'bash', ...line], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  watch(child);
  const [report, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'close') as Promise<[number]>]);
  const [wall = NaN, user = NaN, system = NaN] = report.trim().split(' ').map(Number);
  return { wall, cpu: user + system, exitCode, output: await readFile(join(folder, 'output'), 'utf8') };
}
