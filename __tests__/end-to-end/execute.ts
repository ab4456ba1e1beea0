/** One run of an entry, as a process or in this one: its environment, its files, and what it writes. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAction } from '../../src/main/action.ts';
import { runCommandLine } from '../../src/main/cli.ts';

export type Entry = 'action' | 'cli';

export interface Result {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Outputs of the Action as the runner reads them from GITHUB_OUTPUT. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the main step left for the post step. */
  readonly state: Readonly<Record<string, string>>;
  /** What is left in the temporary folder of the run. */
  readonly left: readonly string[];
  /** Arguments and environment of each git command of a process that had our PATH; none of a run in this process, which the
   * sandbox shares. */
  readonly commands: readonly GitCommand[];
}

export interface GitCommand {
  readonly args: readonly string[];
  readonly environment: readonly string[];
}

type Written = Pick<Result, 'exitCode' | 'stdout' | 'stderr'>;
type Environment = Readonly<Record<string, string>>;

/** Read once: a run in this process sets TMPDIR to a folder of its own while a process may be started beside it. */
const TEMPORARY = tmpdir();

const FILES: Readonly<Record<Entry, string>> = { action: 'dist/index.cjs', cli: 'dist/cli.cjs' };

/**
 * Runs a built file. `kill` sends the process the signal that is its reason; without one it kills the process at once, as a
 * machine that is switched off would.
 */
export async function runProcess(
  node: string,
  entry: Entry,
  args: readonly string[],
  env: Environment,
  kill?: AbortSignal,
): Promise<Result> {
  const folder = await mkdtemp(join(TEMPORARY, 'end-to-end-'));
  try {
    return await collect(folder, env, async (environment) => {
      const child = spawn(node, [FILES[entry], ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
      kill?.addEventListener('abort', () => child.kill(signalOf(kill)), { once: true });
      const chunks: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] };
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => chunks.stdout.push(chunk));
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => chunks.stderr.push(chunk));
      const exitCode = await new Promise<number>((resolve, reject) => {
        child.on('error', reject).on('close', (code) => resolve(code ?? -1));
      });
      return { exitCode, stdout: chunks.stdout.join(''), stderr: chunks.stderr.join('') };
    });
  } finally {
    // What git was at when its parent was killed may go on for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

const signalOf = ({ reason }: AbortSignal): NodeJS.Signals =>
  typeof reason === 'string' ? (reason as NodeJS.Signals) : 'SIGKILL';

let running = false;

/** Whether a run is under way in this process, whose environment and output it has. */
export function isRunningInProcess(): boolean {
  return running;
}

/** One folder for all runs of this process, since @actions/core opens the summary of the first one only. */
const folderOfRuns = mkdtemp(join(TEMPORARY, 'in-process-'));

/** Calls the function of an entry with the environment that a process would have. One at a time. */
export async function runInProcess(entry: Entry, args: readonly string[], env: Environment): Promise<Result> {
  running = true;
  try {
    return await collect(await folderOfRuns, env, async (environment) => {
      const before = { ...process.env };
      const restore = [capture(process.stdout), capture(process.stderr)] as const;
      replaceEnvironment(environment);
      try {
        const exitCode = await (entry === 'action' ? runAction() : runCommandLine(args));
        return { exitCode, stdout: restore[0](), stderr: restore[1]() };
      } finally {
        for (const end of restore) end();
        replaceEnvironment(before);
      }
    });
  } finally {
    running = false;
  }
}

function replaceEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
}

/** Takes what is written to a stream from now on; the function returned ends that and returns it. */
function capture(stream: NodeJS.WriteStream): () => string {
  const chunks: string[] = [];
  const write = stream.write.bind(stream);
  const listeners = stream.listeners('error');
  stream.write = (chunk: Uint8Array | string, ...rest: unknown[]) => {
    chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const done = rest.find((argument) => typeof argument === 'function') as (() => void) | undefined;
    if (done) process.nextTick(done);
    return true;
  };
  return () => {
    stream.write = write;
    for (const added of stream.listeners('error').filter((one) => !listeners.includes(one))) {
      stream.off('error', added as () => void);
    }
    return chunks.join('');
  };
}

/** A git that notes its arguments and environment before it runs; `log` gets an entry for each. */
async function recordingGit(folder: string): Promise<{ tools: string; log: string }> {
  const [tools, log] = [join(folder, 'tools'), join(folder, 'commands')];
  await mkdir(tools);
  await writeFile(log, '');
  const entry = `{ printf '%s\\0' "$@"; printf '\\1\\0'; env -0; printf '\\2\\0'; } > '${log}.'$$ && cat '${log}.'$$ >> '${log}'; rm -f '${log}.'$$`;
  await writeFile(join(tools, 'git'), `#!/bin/sh\n${entry}\nexec '${REAL_GIT}' "$@"\n`, { mode: 0o755 });
  return { tools, log };
}

const REAL_GIT = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();

function readCommands(text: string): GitCommand[] {
  return text
    .split('\u0002\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [args = '', environment = ''] = entry.split('\u0001\0');
      return { args: args.split('\0'), environment: environment.split('\0') };
    });
}

/** Runs with a temporary folder of its own and the files that the runner gives, and reads them. */
async function collect(
  folder: string,
  env: Environment,
  run: (environment: Record<string, string>) => Promise<Written>,
): Promise<Result> {
  const [output, summary, state] = [join(folder, 'output'), join(folder, 'summary'), join(folder, 'state')];
  await Promise.all([output, summary, state].map((file) => writeFile(file, '')));
  const work = await mkdtemp(join(folder, 'work-'));
  const recording = isRunningInProcess() ? undefined : await recordingGit(await mkdtemp(join(folder, 'git-')));
  try {
    const written = await run({
      PATH: `${recording ? `${recording.tools}:` : ''}${process.env['PATH'] ?? ''}`,
      HOME: folder,
      TMPDIR: work,
      ...('GITHUB_ACTIONS' in env && { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, GITHUB_STATE: state }),
      ...env,
    });
    return {
      ...written,
      outputs: readOutputs(await readFile(output, 'utf8')),
      summary: await readFile(summary, 'utf8'),
      state: readOutputs(await readFile(state, 'utf8')),
      left: await readdir(work),
      commands: recording ? readCommands(await readFile(recording.log, 'utf8')) : [],
    };
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** The file format of GITHUB_OUTPUT: `name<<delimiter`, lines, `delimiter`. */
function readOutputs(text: string): Record<string, string> {
  const entries = text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n?\2$/gm);
  return Object.fromEntries([...entries].map(([, name = '', , value = '']) => [name, value]));
}
