/** Reads objects of a bare repository by one `git cat-file --batch`, since a process for each request would be slower than GitHub. */
import { startGit } from './git.ts';

export interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly content: Buffer;
}

type Resolve = (object: GitObject | undefined) => void;

export class ObjectReader {
  readonly #child: ReturnType<typeof startGit>;
  readonly #waiting: Resolve[] = [];
  #received = Buffer.alloc(0);

  constructor(gitDir: string) {
    this.#child = startGit(['cat-file', '--batch'], { gitDir });
    this.#child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#child.on('close', () => {
      for (const resolve of this.#waiting.splice(0)) resolve(undefined);
    });
    this.#child.stdin.on('error', () => undefined);
    // It does not keep the process alive.
    this.#child.unref();
  }

  /** Objects by any name that git has for them, in one line; undefined for one that is not there. */
  async read(names: readonly string[]): Promise<(GitObject | undefined)[]> {
    const answers = names.map(
      (name) =>
        new Promise<GitObject | undefined>((resolve) => {
          if (name.includes('\n')) resolve(undefined);
          else this.#waiting.push(resolve);
        }),
    );
    this.#child.stdin.write(names.map((name) => (name.includes('\n') ? '' : `${name}\n`)).join(''));
    return Promise.all(answers);
  }

  close(): void {
    this.#child.stdin.end();
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const end = this.#received.indexOf('\n');
      if (end < 0) return;
      const header = this.#received.toString('utf8', 0, end);
      const [, id = '', type = '', size] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(header) ?? [];
      const length = size === undefined ? 0 : Number(size) + 1;
      if (this.#received.length < end + 1 + length) return;
      const content = this.#received.subarray(end + 1, end + length);
      this.#received = this.#received.subarray(end + 1 + length);
      this.#waiting.shift()?.(size === undefined ? undefined : { id, type, content });
    }
  }
}
