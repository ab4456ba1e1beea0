/** A bare clone in a temporary folder: the commands that run in it, and those that use its server. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asReleaseError, failure, type FailureCode } from '../core/errors.ts';
import { remoteConfig } from './credentials.ts';
import type { ProgramResult } from './programs.ts';
import { git, GitError, gitVersion, GitTimeout, isTooOld, type GitOptions } from './run-git.ts';
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
  /** Pathspecs; where there are any, only the files that they match are fetched. */
  readonly paths: readonly string[];
}

export class Clone {
  readonly gitDir: string;
  readonly options: CloneOptions;
  readonly #folder: string;
  readonly #deadline: number;
  /** Of what earlier runs left. */
  readonly #removing = removeAbandonedFolders();
  /** What was read: an id names the same bytes for ever. */
  readonly #objects = new Map<string, Buffer>();
  /** Of commands that use the server. */
  #environment: Readonly<Record<string, string>> = {};

  private constructor(folder: string, options: CloneOptions) {
    this.#folder = folder;
    this.gitDir = join(folder, 'clone.git');
    this.options = options;
    this.#deadline = Date.now() + (options.limits ?? LIMITS).run;
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
      const cloning = clone.#useServer(['clone', ...args, '--', options.remote.url, clone.gitDir], {});
      // Beside the clone, so that it takes no time of its own; an old git says misleading things.
      const [version] = await Promise.all([gitVersion(), cloning.catch(() => undefined)]);
      if (isTooOld(version)) throw failure('GIT_TOO_OLD', { version });
      await cloning;
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

  /** The id that a ref points to; empty where there is no such ref. */
  async resolve(ref: string): Promise<string> {
    const { stdout } = await this.run(['for-each-ref', '--format=%(objectname) %(refname)', ref]);
    const lines = stdout.toString().split('\n');
    return lines.find((line) => line.endsWith(` ${ref}`))?.replace(/ .*/, '') ?? '';
  }

  /** The contents of objects, each read once, all in one process; `undefined` for one that is not here. */
  async objects(ids: readonly string[], options: GitOptions = {}): Promise<(Buffer | undefined)[]> {
    const unread = [...new Set(ids)].filter((id) => !this.#objects.has(id));
    if (unread.length > 0) {
      const input = `${unread.join('\n')}\n`;
      const { stdout } = await this.run(['cat-file', '--batch', '--buffer'], { ...options, input });
      let position = 0;
      for (const id of unread) {
        const lineEnd = stdout.indexOf('\n', position);
        const size = Number(/^\w+ \w+ (\d+)$/.exec(stdout.toString('latin1', position, lineEnd))?.[1] ?? NaN);
        position = lineEnd + 1;
        if (Number.isNaN(size)) continue;
        this.#objects.set(id, stdout.subarray(position, position + size));
        position += size + 1;
      }
    }
    return ids.map((id) => this.#objects.get(id));
  }

  /** Whether an object was read before. */
  hasRead(id: string): boolean {
    return this.#objects.has(id);
  }

  /** The sizes of objects in bytes; `undefined` for one that is not here. */
  async sizes(ids: readonly string[]): Promise<(number | undefined)[]> {
    const unread = [...new Set(ids)].filter((id) => !this.#objects.has(id));
    const sizes = new Map<string, number>();
    if (unread.length > 0) {
      const input = `${unread.join('\n')}\n`;
      const { stdout } = await this.run(['cat-file', '--batch-check', '--buffer'], { input });
      const lines = stdout.toString().matchAll(/^(\w+) \w+ (\d+)$/gm);
      for (const [, id = '', size] of lines) sizes.set(id, Number(size));
    }
    return ids.map((id) => this.#objects.get(id)?.length ?? sizes.get(id));
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
    const { command, run } = this.options.limits ?? LIMITS;
    const started = Date.now();
    const log = (end: string): void =>
      this.options.debug?.(`git ${args.join(' ')}: ${Date.now() - started} ms, ${end}`);
    try {
      const result = await git(args, { ...options, limit: Math.min(command, this.#deadline - started) });
      log(`exit code ${result.exitCode}`);
      return result;
    } catch (error) {
      log(error instanceof GitError ? `exit code ${error.exitCode}` : String(error));
      if (!(error instanceof GitTimeout)) throw error;
      const isRun = Date.now() >= this.#deadline;
      const reason = isRun ? `the run took longer than ${run / 1000} s` : error.message;
      throw tookTooLong(args[0] ?? '', this.options.remote, reason, error);
    }
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
