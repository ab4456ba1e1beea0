/** The tree that a tree becomes when files are written into it. */
import type { ManifestFile } from '../core/objects.ts';
import { idOf, isFolder, readTree, writeTree } from '../core/tree-objects.ts';
import type { ObjectSource } from './object-reader.ts';

/** What is written into a folder: files, and folders of them; each byte of a name is a character. */
type Changes = Map<string, ManifestFile | Changes>;

/** An object that is not in the repository yet. */
export interface MadeObject {
  readonly id: string;
  readonly type: 'blob' | 'tree';
  readonly size: number;
  readonly content: Buffer;
}

/** A tree, with all that is new in it. */
export interface NewTree {
  readonly id: string;
  readonly objects: readonly MadeObject[];
}

/** The tree with this id, with files written into it; only the folders that change are read, and nothing is written. */
export async function makeTree(
  source: Pick<ObjectSource, 'objects'>,
  root: string,
  files: readonly ManifestFile[],
): Promise<NewTree> {
  const objects: MadeObject[] = [];
  const make = (type: MadeObject['type'], content: Buffer): string => {
    const id = idOf(type, content, root.length);
    objects.push({ id, type, size: content.length, content });
    return id;
  };
  const change = async (tree: string | undefined, changes: Changes): Promise<string> => {
    const [object] = tree === undefined ? [] : await source.objects([tree]);
    const nodes = readTree(object?.content ?? Buffer.alloc(0), root.length, 'latin1');
    for (const [name, changed] of changes) {
      const present = nodes.get(name);
      const below = present && isFolder(present) ? present.id : undefined;
      nodes.set(
        name,
        changed instanceof Map
          ? { mode: '40000', id: await change(below, changed) }
          : { mode: changed.mode, id: make('blob', Buffer.from(changed.bytes)) },
      );
    }
    return make('tree', writeTree(nodes));
  };
  return { id: await change(root, changesOf(files)), objects };
}

function changesOf(files: readonly ManifestFile[]): Changes {
  const changes: Changes = new Map();
  for (const file of files) {
    const folders = Buffer.from(file.path).toString('latin1').split('/');
    const name = folders.pop() ?? '';
    let inside = changes;
    for (const folder of folders) {
      const known = inside.get(folder);
      const below: Changes = known instanceof Map ? known : new Map<string, ManifestFile | Changes>();
      inside.set(folder, below);
      inside = below;
    }
    inside.set(name, file);
  }
  return changes;
}
