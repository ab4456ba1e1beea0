/** What commits changed, as `git log --raw -z` lists it with the format `%H %cI`. */
import type { TreeEntry } from './git-objects.ts';

/** A file as it was, or is. */
export type Entry = Pick<TreeEntry, 'path' | 'mode' | 'id'>;

/** A commit that changed some of the files asked for, and what each was before; `undefined` for one that was not there. */
export interface LoggedChange {
  readonly id: string;
  /** When it was committed, as ISO 8601 with the committer's zone. */
  readonly time: string;
  readonly before: ReadonlyMap<string, Entry | undefined>;
}

interface FileChange {
  /** The number of the commit, the newest is 0. */
  readonly commit: number;
  readonly before: Entry | undefined;
}

export class ChangeLog {
  readonly #commits: { readonly id: string; readonly time: string }[] = [];
  readonly #byPath = new Map<string, FileChange[]>();

  constructor(text: string) {
    const fields = text.split('\0');
    for (let index = 0; index < fields.length; index += 1) {
      const field = fields[index] ?? '';
      const [, id, time = ''] = /^(\w{40,64}) (\S+)$/.exec(field) ?? [];
      if (id !== undefined) this.#commits.push({ id, time });
      const [, mode, blob = ''] = /^\n?:(\d{6}) \d{6} (\w+) \w+ [A-Z]$/.exec(field) ?? [];
      if (mode === undefined) continue;
      const path = fields[(index += 1)] ?? '';
      const change = { commit: this.#commits.length - 1, before: isFile(mode) ? { path, mode, id: blob } : undefined };
      const known = this.#byPath.get(path);
      if (known) known.push(change);
      else this.#byPath.set(path, [change]);
    }
  }

  /** The commits that changed one of the files, by their exact names, the newest first. */
  of(files: readonly string[]): LoggedChange[] {
    const before = new Map<number, Map<string, Entry | undefined>>();
    for (const file of new Set(files)) {
      for (const change of this.#byPath.get(file) ?? []) {
        const known = before.get(change.commit) ?? new Map<string, Entry | undefined>();
        before.set(change.commit, known.set(file, change.before));
      }
    }
    const numbers = [...before.keys()].toSorted((a, b) => a - b);
    return numbers.flatMap((number) => {
      const commit = this.#commits[number];
      return commit ? [{ ...commit, before: before.get(number) ?? new Map<string, Entry | undefined>() }] : [];
    });
  }
}

/** Whether a mode is that of a file with contents, and no symbolic link or submodule. */
export const isFile = (mode: string): boolean => mode.startsWith('100');
