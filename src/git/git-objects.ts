/** Commits and trees, read from what git prints of them. */
import type { Commit } from '../core/objects.ts';

/** An entry of a tree, with its whole path. */
export interface TreeEntry {
  readonly path: string;
  /** Git's file mode, e.g. `100644`. */
  readonly mode: string;
  readonly id: string;
  readonly type: 'file' | 'symbolic link' | 'submodule';
}

/** A name's value in a tree object: a file, or a folder (mode `40000`), whose id is that of its tree. */
export interface TreeNode {
  readonly mode: string;
  readonly id: string;
}

const TYPES: Readonly<Record<string, TreeEntry['type']>> = { '120000': 'symbolic link', '160000': 'submodule' };

export const typeOf = (mode: string): TreeEntry['type'] => TYPES[mode] ?? 'file';

export const isFolder = ({ mode }: TreeNode): boolean => mode === '40000';

/**
 * Reads a tree object, in its order: `mode name`, a zero byte and the id in bytes, for each entry; ids have `idLength`
 * digits. As `latin1` each byte of a name is a character, and none is lost.
 */
export function readTree(content: Buffer, idLength: number, names: 'utf8' | 'latin1' = 'utf8'): Map<string, TreeNode> {
  const nodes = new Map<string, TreeNode>();
  for (let position = 0; position < content.length;) {
    const space = content.indexOf(' ', position);
    const end = content.indexOf(0, space);
    const next = end + 1 + idLength / 2;
    const mode = content.toString('latin1', position, space);
    nodes.set(content.toString(names, space + 1, end), { mode, id: content.toString('hex', end + 1, next) });
    position = next;
  }
  return nodes;
}

/** Writes a tree object of names that were read as `latin1`: in their order, those of folders as if a slash was behind them. */
export function writeTree(nodes: ReadonlyMap<string, TreeNode>): Buffer {
  const entries = [...nodes].map(([name, node]) => {
    return { key: Buffer.from(isFolder(node) ? `${name}/` : name, 'latin1'), name, node };
  });
  const sorted = entries.toSorted((a, b) => a.key.compare(b.key));
  return Buffer.concat(
    sorted.flatMap(({ name, node: { mode, id } }) => [
      Buffer.from(`${mode} ${name}\0`, 'latin1'),
      Buffer.from(id, 'hex'),
    ]),
  );
}

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
