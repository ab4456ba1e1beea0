/** Runs git for the sandbox: not the git runner of the program, so that a mistake in that one is not repeated here. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';
import { devNull } from 'node:os';

export interface GitOptions {
  /** The repository, for a command that needs one. */
  readonly gitDir?: string;
  /** Added to the configuration, also of the commands that this one starts. */
  readonly config?: Readonly<Record<string, string>>;
  /** Another program of git, by its path; git itself unless given. */
  readonly program?: string;
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: Uint8Array | string;
  /** Exit codes that are no failure; 0 alone unless given. */
  readonly answers?: readonly number[];
}

/** A git command that failed. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/** No configuration of the machine or the user, and no language but English. */
const ENVIRONMENT = {
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
};
const CONFIG = { 'gc.auto': '0' };

/** Runs a git command and returns what it writes to stdout. Throws GitError for an exit code that is not in `answers`. */
export async function git(args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  const { input, answers = [0] } = options;
  const child = startGit(args, options);
  const exit = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  // A command that ends before it has read its input says why on stderr.
  child.stdin.on('error', () => undefined).end(input);
  const [code, stdout, stderr] = await Promise.all([exit, buffer(child.stdout), text(child.stderr)]);
  if (!answers.includes(code ?? -1)) throw new GitError(`git ${args[0] ?? ''} exited with ${code}: ${stderr.trim()}`);
  return stdout;
}

/** Starts a git command, for a caller that streams to and from it. */
export function startGit(
  args: readonly string[],
  { gitDir, config, program = 'git', environment }: GitOptions = {},
): ChildProcessWithoutNullStreams {
  const inherited = Object.entries(process.env).filter(([name]) => !/^GIT_|_proxy$/i.test(name));
  return spawn(program, args, {
    env: {
      ...Object.fromEntries(inherited),
      ...ENVIRONMENT,
      ...configVariables({ ...CONFIG, ...config }),
      ...(gitDir !== undefined && { GIT_DIR: gitDir }),
      ...environment,
    },
    windowsHide: true,
  });
}

function configVariables(config: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(config);
  const variables = entries.flatMap(([key, value], n) => [
    [`GIT_CONFIG_KEY_${n}`, key],
    [`GIT_CONFIG_VALUE_${n}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(variables) };
}
