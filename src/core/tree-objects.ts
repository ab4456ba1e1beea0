/** Tree objects of git as bytes, and the ids of objects (gitformat-pack(5), git-hash-object(1)). */
import { createHash } from 'node:crypto';

/** A name's value in a tree object: a file, or a folder (mode `40000`), whose id is that of its tree. */
export interface TreeNode {
  readonly mode: string;
  readonly id: string;
}

/** Whether an entry of a tree is a folder. */
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

/** The id of an object (git-hash-object(1)); ids of 40 digits are SHA-1, those of 64 SHA-256. */
export function idOf(type: 'blob' | 'tree' | 'commit', content: Uint8Array, idLength: number): string {
  return createHash(idLength === 64 ? 'sha256' : 'sha1')
    .update(`${type} ${content.length}\0`)
    .update(content)
    .digest('hex');
}
