/** Commits and listings of trees, read from what git prints of them. */
import type { Commit } from '../core/objects.ts';

/** An entry of a tree, with its whole path. */
export interface TreeEntry {
  readonly path: string;
  /** Git's file mode, e.g. `100644`. */
  readonly mode: string;
  readonly id: string;
  readonly type: 'file' | 'symbolic link' | 'submodule';
}

const TYPES: Readonly<Record<string, TreeEntry['type']>> = { '120000': 'symbolic link', '160000': 'submodule' };

/** The type of an entry by its mode. */
export const typeOf = (mode: string): TreeEntry['type'] => TYPES[mode] ?? 'file';

/** Reads a listing of `git diff-tree -r -z`, without what is gone (mode 000000). */
export function readListing(listing: Buffer): TreeEntry[] {
  const fields = listing.toString().split('\0');
  const entries: TreeEntry[] = [];
  for (let index = 0; index < fields.length; index += 1) {
    const [, mode, id = ''] = /^:\d+ (\d{6}) \w+ (\w{40,64}) [A-Z]\d*$/.exec(fields[index] ?? '') ?? [];
    if (mode === undefined) continue;
    const path = fields[(index += 1)] ?? '';
    if (mode !== '000000') entries.push({ path, mode, id, type: typeOf(mode) });
  }
  return entries;
}

/** Reads a commit object's text. Headers that it does not know are passed over. */
export function readCommit(id: string, text: string): Commit {
  const end = text.indexOf('\n\n');
  const headers = text.slice(0, end < 0 ? text.length : end).split('\n');
  const values = (name: string): string[] =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return {
    id,
    tree: values('tree')[0] ?? '',
    parents: values('parent'),
    committerEmail: /<([^<>]*)>/.exec(values('committer')[0] ?? '')?.[1] ?? '',
    message: end < 0 ? '' : text.slice(end + 2),
    signed: headers.some((line) => /^gpgsig(?:-sha256)? /.test(line)),
  };
}
