/** A repository on a Gitea as a person with git has it: commits made of files, pushed over http. */
import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { User } from './server.ts';

const run = promisify(execFile);

/** Contents by path; a mode where it is not that of a plain file. */
export type Files = Readonly<Record<string, string | { readonly mode: string; readonly content: string | Uint8Array }>>;

export interface CommitOptions {
  readonly message?: string;
  /** The branch's tip, else the tip of main, unless given. */
  readonly parent?: string;
  readonly author?: { readonly name: string; readonly email: string };
}

const ADA = { name: 'Ada Lovelace', email: 'ada@example.com' };

export class GitRepository {
  /** The address without a credential. */
  readonly url: string;
  readonly #folder: string;
  readonly #login: string;

  private constructor(folder: string, url: string, user: User) {
    this.#folder = folder;
    this.url = url;
    this.#login = `AUTHORIZATION: basic ${Buffer.from(`${user.name}:${user.token}`).toString('base64')}`;
  }

  /** The repository with that address, in a new bare repository at `folder`. */
  static async at(folder: string, url: string, user: User): Promise<GitRepository> {
    await run('git', ['init', '--quiet', '--bare', '--initial-branch', 'main', folder]);
    return new GitRepository(folder, url, user);
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }

  /** The tip of a branch; `undefined` where the branch is not there. */
  async tip(branch: string): Promise<string | undefined> {
    const listed = await this.#git(['ls-remote', this.url, `refs/heads/${branch}`]);
    return /^[\da-f]{40}/.exec(listed)?.[0];
  }

  /** Commits files on top of a branch, and pushes; gives the commit's id. */
  async commit(branch: string, files: Files, { message, parent, author = ADA }: CommitOptions = {}): Promise<string> {
    const before = parent ?? (await this.tip(branch)) ?? (await this.tip('main'));
    if (before !== undefined) await this.#git(['fetch', '--quiet', '--no-tags', this.url, before]);
    await this.#git(['read-tree', ...(before === undefined ? ['--empty'] : [before])]);
    for (const [path, file] of Object.entries(files)) {
      const { mode, content } = typeof file === 'string' ? { mode: '100644', content: file } : file;
      const blob = await this.#git(['hash-object', '-w', '--stdin'], content);
      await this.#git(['update-index', '--add', '--cacheinfo', `${mode},${blob},${path}`]);
    }
    const tree = await this.#git(['write-tree']);
    const parents = before === undefined ? [] : ['-p', before];
    const id = await this.#git(['commit-tree', tree, ...parents, '-F', '-'], message ?? 'Change by hand\n', author);
    await this.push(id, branch);
    return id;
  }

  /** Moves a branch to a commit, or deletes it where that is empty. */
  async push(commit: string, branch: string): Promise<void> {
    await this.#git(['push', '--quiet', '--force', this.url, `${commit}:refs/heads/${branch}`]);
  }

  async tag(name: string, commit: string): Promise<void> {
    await this.#git(['push', '--quiet', this.url, `${commit}:refs/tags/${name}`]);
  }

  async look(commit: string): Promise<{ tree: string; parents: readonly string[]; message: string }> {
    await this.#git(['fetch', '--quiet', '--no-tags', this.url, commit]);
    const text = await this.#git(['cat-file', 'commit', commit], undefined, ADA, false);
    const [head = '', ...message] = text.split('\n\n');
    const values = (name: string): string[] =>
      [...head.matchAll(new RegExp(`^${name} (.*)$`, 'gm'))].map(([, value = '']) => value);
    return { tree: values('tree')[0] ?? '', parents: values('parent'), message: message.join('\n\n') };
  }

  /** The text of a file at the tip of a branch; `undefined` where it is not there. */
  async read(branch: string, path: string): Promise<string | undefined> {
    const tip = await this.tip(branch);
    if (tip === undefined) return undefined;
    await this.#git(['fetch', '--quiet', '--no-tags', this.url, tip]);
    return this.#git(['cat-file', 'blob', `${tip}:${path}`], undefined, ADA, false);
  }

  /** Writes the files of a commit into a new folder. */
  async export(commit: string, folder: string): Promise<void> {
    await this.#git(['fetch', '--quiet', '--no-tags', this.url, commit]);
    await mkdir(folder);
    await this.#git([`--work-tree=${folder}`, 'checkout', '--quiet', commit, '--', '.']);
  }

  async #git(args: readonly string[], input?: string | Uint8Array, author = ADA, isTrimmed = true): Promise<string> {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.#folder,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraHeader',
      GIT_CONFIG_VALUE_0: this.#login,
      GIT_TERMINAL_PROMPT: '0',
      ...Object.fromEntries(
        ['AUTHOR', 'COMMITTER'].flatMap((role) => [
          [`GIT_${role}_NAME`, author.name],
          [`GIT_${role}_EMAIL`, author.email],
        ]),
      ),
    };
    const running = run('git', ['-C', this.#folder, ...args], { env, maxBuffer: 50_000_000 });
    running.child.stdin?.end(input);
    const { stdout } = await running;
    return isTrimmed ? stdout.trim() : stdout;
  }
}
