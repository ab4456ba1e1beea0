/** Objects of a repository, read by one `git cat-file --batch` that runs until the reader is closed. */
import { endTree } from '../core/programs.ts';
import { GitError, GitTimeout, type startGit } from './run-git.ts';

export interface GitObject {
  readonly id: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Absent for a blob that is larger than the reader takes. */
  readonly content?: Buffer;
}

/** Where objects are read by their ids; `undefined` for one that is not there. */
export interface ObjectSource {
  objects(ids: readonly string[]): Promise<readonly (GitObject | undefined)[]>;
  /** The tree of a commit. */
  treeOf(commit: string): Promise<GitObject | undefined>;
}

interface Question {
  readonly answer: (object: GitObject | undefined) => void;
  readonly fail: (error: Error) => void;
}

/** An object whose contents are on their way: bytes that are left, the line break behind them included. */
interface Arriving {
  readonly object: GitObject;
  readonly isTaken: boolean;
  readonly left: number;
}

export class ObjectReader {
  readonly #child: ReturnType<typeof startGit>;
  readonly #largest: number;
  readonly #asked: Question[] = [];
  readonly #ended: Promise<void>;
  /** Why nothing can be asked any more. */
  #over: Error | undefined;
  /** What came and was not read yet, in pieces, and how much of it there must be before it can be. */
  #chunks: Buffer[] = [];
  #length = 0;
  #needed = 1;
  #arriving: Arriving | undefined;

  /** `child` is the command; blobs of `largest` bytes and more are returned without their contents. */
  constructor(child: ReturnType<typeof startGit>, largest: number) {
    this.#child = child;
    this.#largest = largest;
    const stderr: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    // What it was asked too late has its reason in the end.
    child.stdin.on('error', () => undefined);
    this.#ended = new Promise((resolve) => {
      const end = (reason: Error): void => {
        this.#over = reason;
        this.#fail(reason);
        resolve();
      };
      child.on('error', end);
      child.on('close', (code) => {
        const result = { exitCode: code ?? -1, stdout: Buffer.alloc(0), stderr: Buffer.concat(stderr).toString() };
        end(new GitError('cat-file', result));
      });
    });
  }

  /**
   * The objects with these names (ids, refs, `<commit>^{tree}`); `undefined` for one that is not here. Throws GitError,
   * and GitTimeout where they take more than `limit` ms, which ends the command.
   */
  async read(names: readonly string[], limit: number): Promise<(GitObject | undefined)[]> {
    if (this.#over) throw this.#over;
    const timer = setTimeout(() => this.#end(new GitTimeout('cat-file', limit)), Math.max(limit, 0));
    const answers = names.map(
      () => new Promise<GitObject | undefined>((answer, fail) => this.#asked.push({ answer, fail })),
    );
    this.#child.stdin.write(names.map((name) => `${name}\n`).join(''));
    return Promise.all(answers).finally(() => clearTimeout(timer));
  }

  /** Ends the command, and waits for that. */
  async close(): Promise<void> {
    this.#child.stdin.end();
    await this.#ended;
  }

  #end(reason: Error): void {
    this.#fail(reason);
    endTree(this.#child);
  }

  #fail(reason: Error): void {
    for (const { fail } of this.#asked.splice(0)) fail(reason);
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return;
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    for (let next = this.#next(rest); next !== undefined; next = this.#next(rest)) rest = rest.subarray(next);
    this.#chunks = [rest];
    this.#length = rest.length;
  }

  /** Reads a header, or the contents behind one; gives how many bytes it took, nothing where more have to come. */
  #next(data: Buffer): number | undefined {
    return this.#arriving ? this.#takeContents(data, this.#arriving) : this.#takeHeader(data);
  }

  #takeHeader(data: Buffer): number | undefined {
    const lineEnd = data.indexOf('\n');
    this.#needed = data.length + 1;
    if (lineEnd < 0) return undefined;
    const [, id = '', type = '', digits] = /^(\w+) (\w+) (\d+)$/.exec(data.toString('latin1', 0, lineEnd)) ?? [];
    const size = Number(digits);
    if (digits === undefined) this.#answer(undefined);
    else
      this.#arriving = { object: { id, type, size }, isTaken: type !== 'blob' || size < this.#largest, left: size + 1 };
    return lineEnd + 1;
  }

  #takeContents(data: Buffer, { object, isTaken, left }: Arriving): number | undefined {
    this.#needed = isTaken ? left : 1;
    if (data.length < this.#needed) return undefined;
    const taken = Math.min(data.length, left);
    if (taken < left) this.#arriving = { object, isTaken, left: left - taken };
    else this.#answer(isTaken ? { ...object, content: data.subarray(0, object.size) } : object);
    return taken;
  }

  #answer(object: GitObject | undefined): void {
    this.#arriving = undefined;
    this.#asked.shift()?.answer(object);
  }
}
