/** What the trees of commits have: the entries of files, by their names, below folders, and by pathspecs. */
import { failure } from '../core/errors.ts';
import { nearName } from '../core/near-name.ts';
import type { ManifestFile } from '../core/objects.ts';
import { isFolder, readTree, type TreeNode } from '../core/tree-objects.ts';
import { typeOf, type TreeEntry } from './git-objects.ts';
import { makeTree, type NewTree } from './new-tree.ts';
import type { ObjectSource } from './object-reader.ts';
import { isPlainPath, type ListPathspecs } from './pathspecs.ts';

/** A folder that is in itself ten times, ten levels deep, is a few objects, and has more files and folders than any machine can list. */
const MOST_FILES = 2_000_000;

/** Nodes of a folder by their names, in git's order. */
type Folder = ReadonlyMap<string, TreeNode>;

export class Trees {
  readonly #source: ObjectSource;
  readonly #list: ListPathspecs;
  /** By the id of the tree. */
  readonly #folders = new Map<string, Folder>();
  /** The trees of commits. */
  readonly #roots = new Map<string, string>();

  /** `list` is asked where a pathspec is no plain path. */
  constructor(source: ObjectSource, list: ListPathspecs) {
    this.#source = source;
    this.#list = list;
  }

  /** All entries of a commit, in git's order. */
  async all(commit: string): Promise<readonly TreeEntry[]> {
    return this.#below([{ path: '', id: await this.#root(commit) }]);
  }

  /** Those of files by their exact names; one that is not there is left out. */
  async named(names: readonly string[], commit: string): Promise<readonly TreeEntry[]> {
    const found = await this.#find(names, commit);
    return inOrder(found.flatMap(([path, node]) => (isFolder(node) ? [] : entryOf(path, node))));
  }

  /** Those in folders and below them; of the top folder (empty) only those in it. */
  async below(folders: readonly string[], commit: string): Promise<readonly TreeEntry[]> {
    const top = folders.includes('') ? [...(await this.#folder(await this.#root(commit)))] : [];
    const found = await this.#find(
      folders.filter((folder) => folder !== ''),
      commit,
    );
    const below = await this.#below(
      found.flatMap(([path, node]) => (isFolder(node) ? { path: `${path}/`, id: node.id } : [])),
    );
    return inOrder([...top.flatMap(([name, node]) => (isFolder(node) ? [] : entryOf(name, node))), ...below]);
  }

  /** Those that pathspecs match. Throws PATHS_INVALID. */
  async matching(pathspecs: readonly string[], commit: string): Promise<readonly TreeEntry[]> {
    if (!pathspecs.every(isPlainPath)) return this.#list(pathspecs, commit);
    const folders = new Set(pathspecs.filter((path) => path.endsWith('/')).map((path) => path.slice(0, -1)));
    const found = await this.#find(
      pathspecs.map((path) => path.replace(/\/$/, '')),
      commit,
    );
    const below = await this.#below(
      found.flatMap(([path, node]) => (isFolder(node) ? { path: `${path}/`, id: node.id } : [])),
    );
    const files = found.filter(([path, node]) => !isFolder(node) && !folders.has(path));
    return inOrder([...files.map(([path, node]) => entryOf(path, node)), ...below]);
  }

  /** The pathspec that one was probably meant to be; `undefined` where none is near. */
  async nearest(path: string, commit: string): Promise<string | undefined> {
    if (path.startsWith('!')) return `:(exclude)${path.slice(1).trim()}`;
    if (!isPlainPath(path)) return undefined;
    let folder = await this.#root(commit);
    const parts = path.replace(/\/$/, '').split('/');
    for (const [index, part] of parts.entries()) {
      const nodes = await this.#folder(folder);
      const node = nodes.get(part);
      if (!node) {
        const near = nearName(part, [...nodes.keys()]);
        if (near === undefined) return undefined;
        const meant = parts.with(index, near).join('/');
        const [found] = await this.#find([meant], commit);
        return found ? meant : [...parts.slice(0, index), near].join('/');
      }
      if (!isFolder(node)) return parts.slice(0, index + 1).join('/');
      folder = node.id;
    }
    return undefined;
  }

  /** The tree that a commit's tree becomes when files are written into it; nothing is written. */
  async with(commit: string, files: readonly ManifestFile[]): Promise<NewTree> {
    return makeTree(this.#source, await this.#root(commit), files);
  }

  async #root(commit: string): Promise<string> {
    const known = this.#roots.get(commit);
    if (known !== undefined) return known;
    const tree = await this.#source.treeOf(commit);
    if (!tree?.content) throw new Error(`the tree of ${commit} is not here`);
    this.#folders.set(tree.id, readTree(tree.content, commit.length));
    this.#roots.set(commit, tree.id);
    return tree.id;
  }

  async #folder(id: string): Promise<Folder> {
    await this.#load([id]);
    return this.#folders.get(id) ?? new Map<string, TreeNode>();
  }

  /** Reads trees that are not known yet, all at once. */
  async #load(ids: readonly string[]): Promise<void> {
    const unread = [...new Set(ids.filter((id) => !this.#folders.has(id)))];
    if (unread.length === 0) return;
    const read = await this.#source.objects(unread);
    for (const [index, id] of unread.entries()) {
      const content = read[index]?.content;
      if (content) this.#folders.set(id, readTree(content, id.length));
    }
  }

  /** The nodes at paths, folder by folder for all of them at once; one that is not there is left out. */
  async #find(paths: readonly string[], commit: string): Promise<(readonly [path: string, node: TreeNode])[]> {
    if (paths.length === 0) return [];
    const root: TreeNode = { mode: '40000', id: await this.#root(commit) };
    let open = [...new Set(paths)].map((path) => ({ path, parts: path.split('/'), node: root }));
    const found = new Map<string, TreeNode>();
    while (open.length > 0) {
      await this.#load(open.map(({ node }) => node.id));
      open = open.flatMap(({ path, parts: [name = '', ...parts], node }) => {
        const next = this.#folders.get(node.id)?.get(name);
        if (next && parts.length === 0) found.set(path, next);
        return next && parts.length > 0 && isFolder(next) ? { path, parts, node: next } : [];
      });
    }
    return [...found];
  }

  /** All files below folders, in git's order; the path of a folder ends in a slash, or is empty. */
  async #below(folders: readonly { readonly path: string; readonly id: string }[]): Promise<TreeEntry[]> {
    let level = folders.map(({ id }) => id);
    while (level.length > 0) {
      await this.#load(level);
      const nodes = level.flatMap((id) => [...(this.#folders.get(id)?.values() ?? [])]);
      level = [...new Set(nodes.filter(isFolder).map(({ id }) => id))];
    }
    const entries: TreeEntry[] = [];
    let listed = 0;
    const list = (id: string, path: string): void => {
      for (const [name, node] of this.#folders.get(id) ?? []) {
        if (isFolder(node)) list(node.id, `${path}${name}/`);
        else entries.push(entryOf(path + name, node));
        listed += 1;
        if (listed > MOST_FILES)
          throw failure('PATHS_INVALID', { input: 'paths', reason: `more than ${MOST_FILES} files match` });
      }
    };
    for (const { path, id } of folders) list(id, path);
    return entries;
  }
}

const entryOf = (path: string, { mode, id }: TreeNode): TreeEntry => ({ path, mode, id, type: typeOf(mode) });

/** Each entry once, in git's order, which is that of the bytes of their paths. */
function inOrder(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const keyed = [...byPath.values()].map((entry) => ({ entry, key: Buffer.from(entry.path) }));
  return keyed.toSorted((a, b) => a.key.compare(b.key)).map(({ entry }) => entry);
}
