/** Commits and trees, read from what git prints of them. */
import type { Commit } from '../core/objects.ts';

/** An entry of a tree, as `git ls-tree -z` and `git diff-tree -z` list it. */
export interface TreeEntry {
  readonly path: string;
  /** Git's file mode, e.g. `100644`. */
  readonly mode: string;
  readonly id: string;
  readonly type: 'file' | 'folder' | 'symbolic link' | 'submodule';
}

const TYPES: Readonly<Record<string, TreeEntry['type']>> = {
  '040000': 'folder',
  '120000': 'symbolic link',
  '160000': 'submodule',
};

/**
 * Reads either listing: `mode type id<TAB>path` of ls-tree, or `:mode mode id id status` and `path` of diff-tree, in
 * which what is gone (mode 000000) is left out.
 */
export function readTree(listing: Buffer): TreeEntry[] {
  const fields = listing.toString().split('\0');
  const entries: TreeEntry[] = [];
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index] ?? '';
    const [, mode = '', id = '', inline] =
      /^(?::\d+ )?(\d{6}) (?:\w+ )?(\w{40,64})(?: [A-Z]\d*|\t(.*))$/s.exec(field) ?? [];
    if (mode === '') continue;
    const path = inline ?? fields[(index += 1)] ?? '';
    if (mode !== '000000') entries.push({ path, mode, id, type: TYPES[mode] ?? 'file' });
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
