/** A bare clone in a temporary folder: the commands that run in it, and those that use its server. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asReleaseError, failure, type FailureCode, type ReleaseError } from '../core/errors.ts';
import { CloneReader } from './clone-reader.ts';
import { remoteConfig } from './credentials.ts';
import type { ProgramResult } from '../core/programs.ts';
import { git, GitError, gitVersion, GitTimeout, isTooOld, type GitOptions } from './run-git.ts';
import { stepIn } from './progress.ts';
import { explainRefusal, tookTooLong, type GitAction } from './explain-stderr.ts';
import type { Remote } from '../core/remote.ts';
import { MACHINE_SSH, prepareSsh, type SshIdentity } from './ssh.ts';
import { makeTemporaryFolder, removeAbandonedFolders, removeTemporaryFolder } from './temporary.ts';

const PASSING: ReadonlySet<FailureCode> = new Set(['NETWORK', 'SERVER_FAILED', 'RATE_LIMITED']);
const NETWORK_RETRIES = [500, 2000];

/** How long git may take. */
export interface Limits {
  /** Milliseconds for one command. */
  readonly command: number;
  /** Milliseconds from the clone to the last command. */
  readonly run: number;
  /** Seconds without a byte from an http server. */
  readonly silence: number;
}

const LIMITS: Limits = { command: 600_000, run: 1_800_000, silence: 60 };

export interface CloneOptions {
  readonly remote: Remote;
  readonly token: string;
  /** For a repository behind ssh; what the machine has unless given. */
  readonly ssh?: SshIdentity | undefined;
  /** Empty for the repository's default branch. */
  readonly base: string;
  /** Ten minutes a command, half an hour for all commands of the clone, and one minute of silence unless given. */
  readonly limits?: Limits;
  /** Gets a line for each git command: its arguments, time and exit code. Arguments have no secrets. */
  readonly debug?: (text: string) => void;
  /** Gets how far the clone is, for a person who waits, and an empty text at its end. */
  readonly progress?: ((text: string) => void) | undefined;
  /** Pathspecs; where there are any, only the files that they match are fetched. */
  readonly paths: readonly string[];
}

/** `run` is for commands that need no server, `useServer` for those that do, `reader` for objects. */
export class Clone {
  readonly gitDir: string;
  readonly options: CloneOptions;
  /** Its objects. */
  readonly reader: CloneReader;
  readonly #folder: string;
  readonly #deadline: number;
  /** Of what earlier runs left. */
  readonly #removing = removeAbandonedFolders();
  /** Of commands that use the server. */
  #environment: Readonly<Record<string, string>> = {};

  private constructor(folder: string, options: CloneOptions) {
    this.#folder = folder;
    this.gitDir = join(folder, 'clone.git');
    this.options = options;
    this.#deadline = Date.now() + (options.limits ?? LIMITS).run;
    this.reader = new CloneReader(this.gitDir, {
      limit: () => this.#limit(),
      explain: (error) => this.#explainTimeout('cat-file', error),
      debug: options.debug,
    });
  }

  /**
   * Clones with `args` of git clone, which is started before this returns. The caller closes it. Throws what `useServer`
   * throws.
   */
  static async make(options: CloneOptions, args: readonly string[]): Promise<Clone> {
    const clone = new Clone(makeTemporaryFolder(), options);
    try {
      if (options.remote.transport === 'ssh') {
        clone.#environment = options.ssh ? await prepareSsh(await clone.makeFolder('ssh'), options.ssh) : MACHINE_SSH;
      }
      const { progress } = options;
      const onStderr = progress && ((text: string) => progress(stepIn(text) ?? ''));
      const shape = [progress ? '--progress' : '--quiet', ...args];
      const cloning = clone.#useServer(['clone', ...shape, '--', options.remote.url, clone.gitDir], { onStderr });
      // Beside the clone, so that it takes no time of its own; an old git says misleading things.
      const [version] = await Promise.all([gitVersion(), cloning.catch(() => undefined)]);
      if (isTooOld(version)) throw failure('GIT_TOO_OLD', { version });
      await cloning.finally(() => progress?.(''));
      await clone.#forgetPromisor();
      return clone;
    } catch (error) {
      await clone.close();
      throw error;
    }
  }

  /** A new folder beside the clone, readable by this user only; it is removed when the clone is closed. */
  makeFolder(name: string): Promise<string> {
    return mkdtemp(join(this.#folder, `${name}-`));
  }

  /** Removes the temporary folder. */
  async close(): Promise<void> {
    await this.reader.close();
    await Promise.all([removeTemporaryFolder(this.#folder), this.#removing]);
  }

  /** Runs a command that needs no server. Throws GitError, TIMED_OUT. */
  run(args: readonly string[], options: GitOptions = {}): Promise<ProgramResult> {
    return this.#git(args, { gitDir: this.gitDir, ...options });
  }

  /**
   * Runs a command that uses the server; only these have the credentials. A network failure is tried again.
   * Throws REPOSITORY_NOT_FOUND, ACCESS_DENIED, BASE_NOT_FOUND, REPOSITORY_MOVED, HOST_KEY_UNKNOWN, SSH_KEY_INVALID,
   * PROGRAM_MISSING, NETWORK, TIMED_OUT.
   */
  async useServer(args: readonly string[], options: GitOptions = {}): Promise<ProgramResult> {
    const result = await this.#useServer(args, { gitDir: this.gitDir, ...options });
    if (options.gitDir === undefined) await this.#forgetPromisor();
    return result;
  }

  /** The branch that was cloned; empty where it was none. */
  async headBranch(): Promise<string> {
    const head = await readFile(join(this.gitDir, 'HEAD'), 'utf8');
    return /^ref: refs\/heads\/(.+)\n$/.exec(head)?.[1] ?? '';
  }

  async #useServer(args: readonly string[], options: GitOptions): Promise<ProgramResult> {
    const { remote, token, limits = LIMITS } = this.options;
    const silence = { 'http.lowSpeedLimit': '1', 'http.lowSpeedTime': String(limits.silence) };
    const config = { ...remoteConfig(remote, token), ...silence, ...options.config };
    const environment = { ...options.environment, ...this.#environment };
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#git(args, { ...options, config, environment });
      } catch (error) {
        const explained = asReleaseError(explainRefusal(error, this.#actionOf(args)));
        const delay = NETWORK_RETRIES[attempt];
        if (!PASSING.has(explained.code) || delay === undefined) throw explained;
        await sleep(delay);
      }
    }
  }

  /** Runs a command within the limits. */
  async #git(args: readonly string[], options: GitOptions): Promise<ProgramResult> {
    const started = Date.now();
    const log = (end: string): void =>
      this.options.debug?.(`git ${args.join(' ')}: ${Date.now() - started} ms, ${end}`);
    try {
      const result = await git(args, { ...options, limit: this.#limit() });
      log(`exit code ${result.exitCode}`);
      return result;
    } catch (error) {
      log(error instanceof GitError ? `exit code ${error.exitCode}` : String(error));
      throw error instanceof GitTimeout ? this.#explainTimeout(args[0] ?? '', error) : error;
    }
  }

  /** Milliseconds that a command may take that begins now. */
  #limit(): number {
    const { command } = this.options.limits ?? LIMITS;
    return Math.min(command, this.#deadline - Date.now());
  }

  #explainTimeout(command: string, error: GitTimeout): ReleaseError {
    const { run } = this.options.limits ?? LIMITS;
    const isRun = Date.now() >= this.#deadline;
    const reason = isRun ? `the run took longer than ${run / 1000} s` : error.message;
    return tookTooLong(command, this.options.remote, reason, error);
  }

  /** The facts for the message of a refusal. */
  #actionOf([command]: readonly string[]): GitAction {
    const { remote, token, base } = this.options;
    const credential = remote.transport === 'ssh' ? 'ssh key' : token === '' ? 'none' : 'token';
    return { remote, credential, action: command === 'push' ? 'push to' : 'read', base };
  }

  /**
   * Makes git forget that the clone is partial: an object that is not here is then an error at once, where git would
   * fetch it, one request each.
   */
  async #forgetPromisor(): Promise<void> {
    const path = join(this.gitDir, 'config');
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, lines.filter((line) => !/promisor|partialclone/i.test(line)).join('\n'));
  }
}
