/** The programs that render, and how they run: without our environment, without a network, within limits. */
import { access, constants } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { oneLine } from '../core/escape.ts';
import { endTree, startAlone } from '../core/programs.ts';
import type { ToolName } from './rendering.ts';

/** A program on this machine. */
export interface Tool {
  /** Its name, as `kubectl`. */
  readonly program: string;
  /** Absolute. */
  readonly path: string;
}

export type Tools = Readonly<Partial<Record<ToolName, Tool>>>;

/** The programs that are each tool, the preferred one first. */
const PROGRAMS: Readonly<Record<ToolName, readonly string[]>> = { kustomize: ['kustomize', 'kubectl'], helm: ['helm'] };

/** Milliseconds for one program. */
const LONGEST = 20_000;
/** Bytes that one program may print. */
const MOST_PRINTED = 20 * 1024 * 1024;
const MOST_STDERR = 20_000;
/** Nothing listens there: a program that fetches something in spite of all fails at once. */
const CLOSED_PROXY = 'http://127.0.0.1:1';

/** The tools in the absolute folders of `path`, a list as the environment variable PATH has it. */
export async function findTools(path: string): Promise<Tools> {
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  const find = async (programs: readonly string[]): Promise<Tool | undefined> => {
    for (const program of programs) {
      for (const folder of folders) {
        const file = join(folder, process.platform === 'win32' ? `${program}.exe` : program);
        const isHere = await access(file, constants.X_OK).then(
          () => true,
          () => false,
        );
        if (isHere) return { program, path: file };
      }
    }
    return undefined;
  };
  const [kustomize, helm] = await Promise.all([find(PROGRAMS.kustomize), find(PROGRAMS.helm)]);
  return { ...(kustomize && { kustomize }), ...(helm && { helm }) };
}

/** What a program printed, or why that is nothing, as the end of a sentence. */
export type Printed = { readonly text: string } | { readonly failed: string; readonly stderr: string };

/** How a program is run. */
export interface ToolRun {
  /** An empty folder: the home of the program, and all that it has on its PATH. */
  readonly home: string;
  /** The time at which all has to be over, as `Date.now()` returns it. */
  readonly deadline: number;
}

/** Runs a tool to its end; it and its children are ended at a limit. As many run at once as there are processors. */
export async function runTool({ path }: Tool, args: readonly string[], { home, deadline }: ToolRun): Promise<Printed> {
  const release = await enter();
  try {
    return await run(path, args, home, Math.min(LONGEST, deadline - Date.now()));
  } finally {
    release();
  }
}

async function run(path: string, args: readonly string[], home: string, limit: number): Promise<Printed> {
  if (limit <= 0) return { failed: 'had no time left: all that is rendered took too long', stderr: '' };
  const child = startAlone(path, args, environmentIn(home), home);
  let failed: string | undefined;
  const end = (reason: string): void => {
    failed ??= reason;
    endTree(child);
    // A child that left the group of the program keeps them open.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const timer = setTimeout(() => end(`took longer than ${limit / 1000} s`), limit);
  const printed: Buffer[] = [];
  let size = 0;
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MOST_PRINTED) end(`printed more than ${MOST_PRINTED / 1024 / 1024} MiB`);
    else printed.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-MOST_STDERR);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end();
  const exitCode = await new Promise<number>((resolve) => {
    child.on('error', (error) => {
      failed ??= `could not be started: ${error.message}`;
      resolve(-1);
    });
    child.on('close', (code) => resolve(code ?? -1));
  }).finally(() => clearTimeout(timer));
  if (failed !== undefined) return { failed, stderr: '' };
  if (exitCode === 0) return { text: Buffer.concat(printed).toString() };
  return { failed: `ended with exit code ${exitCode}`, stderr: oneLine(lastLine(stderr), 300) };
}

/** Nothing of ours: no token, no cluster, no plugin, no git to clone with, and a proxy that is none. */
function environmentIn(home: string): Record<string, string> {
  const proxies = ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);
  const systemRoot = process.env['SYSTEMROOT'];
  return {
    HOME: home,
    PATH: home,
    TMPDIR: home,
    TEMP: home,
    TMP: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    XDG_DATA_HOME: home,
    HELM_PLUGINS: join(home, 'plugins'),
    KUBECONFIG: join(home, 'kubeconfig'),
    LC_ALL: 'C',
    ...Object.fromEntries(proxies.map((name) => [name, CLOSED_PROXY])),
    ...(systemRoot !== undefined && { SYSTEMROOT: systemRoot }),
  };
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** All renderings of this process share its processors. */
const waiting: (() => void)[] = [];
let free = availableParallelism();

/** Waits for a turn; the function returned ends it. */
async function enter(): Promise<() => void> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  return () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
}
