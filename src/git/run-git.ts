/** Runs git: never with the user's configuration, never asking a question. */
import { devNull } from 'node:os';
import { failure } from '../core/errors.ts';
import { safeText } from '../core/secrets.ts';
import { withoutProgress } from './progress.ts';
import { endTree, finish, start, type ProgramOptions, type ProgramResult } from '../core/programs.ts';

export interface GitOptions extends ProgramOptions {
  /** The repository, for a command that needs one. */
  readonly gitDir?: string;
  /** Configuration of this one command, passed in its environment. */
  readonly config?: GitConfig;
  /** Exit codes that are answers and not failures, or how an answer is known; 0 alone unless given. */
  readonly answers?: readonly number[] | ((result: ProgramResult) => boolean);
  /** Gets what git writes to stderr as it comes; lines that git writes over are not in the result then. */
  readonly onStderr?: ((text: string) => void) | undefined;
  /** Milliseconds after which the command and its children are ended; none unless given. */
  readonly limit?: number;
}

/** Configuration keys and values. */
export type GitConfig = Readonly<Record<string, string>>;

/** A server may send without end; the reason is behind all else. */
const MAX_STDERR = 20_000;

/** The end of what git wrote to stderr, in which the reason of a failure is looked for. */
export function endOfStderr(stderr: string): string {
  return safeText(stderr).slice(-MAX_STDERR);
}

/** A git command that ended in failure. `stderr` is the end of git's own, in English. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly command: string;
  readonly exitCode: number;
  readonly stderr: string;

  constructor(command: string, { exitCode, stderr }: ProgramResult) {
    const end = endOfStderr(stderr);
    super(`git ${command} exited with ${exitCode}: ${end.trim()}`);
    this.command = command;
    this.exitCode = exitCode;
    this.stderr = end;
  }
}

/** A git command that was ended because it took longer than its limit. */
export class GitTimeout extends Error {
  override readonly name = 'GitTimeout';

  /** `limit` in milliseconds. */
  constructor(command: string, limit: number) {
    super(`git ${command} took longer than ${limit / 1000} s`);
  }
}

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Settings of every command: nothing from the machine, no hooks, and only the transports that a caller allows. */
const CONFIG: GitConfig = {
  'protocol.allow': 'never',
  'http.followRedirects': 'false',
  'core.hooksPath': devNull,
  'core.attributesFile': devNull,
  'core.excludesFile': devNull,
  // In a bare repository git reads the attributes of HEAD: this tree has none.
  'attr.tree': EMPTY_TREE,
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'advice.detachedHead': 'false',
  // The branch of a clone is read from its file HEAD.
  'init.defaultRefFormat': 'files',
};

const ENVIRONMENT: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  // libcurl reads .netrc there, git its configuration and attributes.
  HOME: devNull,
  GIT_ATTR_NOSYSTEM: '1',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_TERMINAL_PROMPT: '0',
  // A blob that was not fetched is left out; git must not fetch it alone, one request each.
  GIT_NO_LAZY_FETCH: '1',
};

/**
 * Runs one git command to its end. Throws GitError when it is none of `answers`, GitTimeout after its limit, GIT_MISSING
 * when there is no git.
 */
export async function git(args: readonly string[], options: GitOptions = {}): Promise<ProgramResult> {
  const { answers = [0], input, limit, onStderr } = options;
  const child = startGit(args, options);
  if (onStderr) child.stderr.on('data', (chunk: Buffer) => onStderr(chunk.toString()));
  let isLate = false;
  const end = (): void => {
    isLate = true;
    endTree(child);
  };
  const timer = limit === undefined ? undefined : setTimeout(end, Math.max(limit, 0));
  const ended = await finish(child, input, () => failure('GIT_MISSING')).finally(() => clearTimeout(timer));
  const result = onStderr ? { ...ended, stderr: withoutProgress(ended.stderr) } : ended;
  if (isLate) throw new GitTimeout(args[0] ?? '', limit ?? 0);
  const isAnswer = typeof answers === 'function' ? answers(result) : answers.includes(result.exitCode);
  if (!isAnswer) throw new GitError(args[0] ?? '', result);
  return result;
}

/** The version of git, as `2.39.5`; as git writes it where it has another form. */
export async function gitVersion(): Promise<string> {
  const text = (await git(['version'])).stdout.toString().trim();
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0] ?? text;
}

/** Before 2.33.1 a push over http that negotiates fails; before 2.32 git always read the user's configuration. */
export function isTooOld(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) < 2 || (Number(major) === 2 && Number(minor) < 34);
}

/** Starts one git command, for a caller that streams to and from it. */
export function startGit(args: readonly string[], options: GitOptions = {}): ReturnType<typeof start> {
  const { gitDir, config = {}, environment = {} } = options;
  const variables = {
    ...ENVIRONMENT,
    ...configEnvironment({ ...CONFIG, ...config }),
    ...(gitDir !== undefined && { GIT_DIR: gitDir }),
    ...environment,
  };
  return start('git', args, variables);
}

/** Configuration as environment variables, so that no value is in an argument list or on disk. */
function configEnvironment(config: GitConfig): Record<string, string> {
  const entries = Object.entries(config);
  const pairs = entries.flatMap(([key, value], index): [string, string][] => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(pairs) };
}
