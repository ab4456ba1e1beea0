import { expect, test } from 'vitest';
import { idOf, writeTree } from '../../src/core/tree-objects.ts';
import type { GitObject } from '../../src/git/object-reader.ts';
import { Trees } from '../../src/git/trees.ts';

test.each(['blob', 'tree'] as const)(
  'folders that are in each other ten times, with a %s in the last, are not listed',
  async (type) => {
    const objects = new Map<string, GitObject>();
    const put = (of: 'blob' | 'tree', content: Buffer): string => {
      const id = idOf(of, content, 40);
      objects.set(id, { id, type: of, size: content.length, content });
      return id;
    };
    let node = { mode: type === 'blob' ? '100644' : '40000', id: put(type, Buffer.alloc(0)) };
    for (let level = 0; level < 10; level += 1) {
      const nodes = Array.from({ length: 10 }, (_, index) => [`d${index}`, node] as const);
      node = { mode: '40000', id: put('tree', writeTree(new Map(nodes))) };
    }
    const source = {
      objects: (ids: readonly string[]) => Promise.resolve(ids.map((id) => objects.get(id))),
      treeOf: () => Promise.resolve(objects.get(node.id)),
    };
    const trees = new Trees(source, () => Promise.resolve([]));
    await expect(trees.all('c'.repeat(40))).rejects.toMatchObject({
      code: 'PATHS_INVALID',
      message: expect.stringContaining('more than 2000000 files match'),
    });
  },
);
