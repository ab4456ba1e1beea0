/** Runs programs: git, those that sign, and those that render. Never through a shell, and with as little of our environment as they need. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { isProcessEnding, keepChild } from './children.ts';
import { failure } from './errors.ts';

export interface ProgramOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: Uint8Array | string;
}

export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const IS_WINDOWS = process.platform === 'win32';

/** What a command may see of our own environment: programs, proxies, certificates, ssh. Never a token. */
const INHERITED =
  /^(?:PATH|PATHEXT|USER|SYSTEMROOT|TMPDIR|TEMP|TMP|SSH_AUTH_SOCK|SSL_CERT_FILE|SSL_CERT_DIR|GIT_SSL_\w+|GIT_EXEC_PATH|(?:https?|all|no)_proxy)$/i;

/** Runs another program to its end, with as little of our environment as git gets. Throws PROGRAM_MISSING. */
export async function run(
  program: 'gpg' | 'gpgconf' | 'ssh-keygen',
  args: readonly string[],
  { environment, input }: ProgramOptions,
): Promise<ProgramResult> {
  const child = start(program, args, { LC_ALL: 'C', ...environment });
  return finish(child, input, () => failure('PROGRAM_MISSING', { program }));
}

/** Gives a program its input and waits for its end. `missing` is what is thrown where there is no such program. */
export async function finish(
  child: ChildProcessWithoutNullStreams,
  input: ProgramOptions['input'],
  missing: () => Error,
): Promise<ProgramResult> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A command that ends before it has read its input has the reason on stderr.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? missing() : error);
    });
    child.on('close', (code) => resolve(code ?? -1));
  });
  return { exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

/** Starts a program with as little of our environment as git gets. Throws nothing of it: `error` is an event. */
export function start(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProcessWithoutNullStreams {
  return startAlone(program, args, { ...inheritedEnvironment(), ...environment });
}

/** The same with nothing of our environment, in a folder. */
export function startAlone(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  folder?: string,
): ChildProcessWithoutNullStreams {
  if (isProcessEnding()) throw new Error(`${program} is not started: a signal ends this process`);
  const child = spawn(program, args, {
    env: environment,
    cwd: folder,
    stdio: 'pipe',
    windowsHide: true,
    // The first of a process group, so that a signal from the terminal does not reach it.
    detached: !IS_WINDOWS,
  });
  const ended = keepChild(() => endTree(child));
  child.on('close', ended);
  child.on('error', ended);
  return child;
}

/** Ends a child that is the first of its group, and the children of that child: git's helper for http, or ssh. */
export function endTree({ pid }: ChildProcessWithoutNullStreams): void {
  if (pid === undefined) return;
  if (IS_WINDOWS) {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { windowsHide: true }).on('error', () => undefined);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // All of the group has ended, and the end was not read yet.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function inheritedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => INHERITED.test(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']));
}
