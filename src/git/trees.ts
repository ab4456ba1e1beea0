/** What the trees of commits have: the entries of files, by their names, below folders, and by pathspecs. */
import { createHash } from 'node:crypto';
import { failure } from '../core/errors.ts';
import type { ManifestFile } from '../core/objects.ts';
import type { Clone } from './clone.ts';
import { lastLine } from './explain-stderr.ts';
import { isFolder, readListing, readTree, typeOf, writeTree, type TreeEntry, type TreeNode } from './git-objects.ts';
import { GitError } from './run-git.ts';

/** The tree without entries, which git knows without having it. */
const NOTHING = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};
/** A pathspec that is a file or a folder: without a wildcard, magic, and steps that git would resolve. */
const PLAIN = /^(?!:)(?!(?:.*\/)?(?:\.{0,2}\/|\.{1,2}$))[^*?[\\]+$/;

/** Nodes of a folder by their names, in git's order. */
type Folder = ReadonlyMap<string, TreeNode>;

/** What is written into a folder: files, and folders of them; each byte of a name is a character. */
type Changes = Map<string, ManifestFile | Changes>;

export class Trees {
  readonly #clone: Clone;
  /** By the id of the tree. */
  readonly #folders = new Map<string, Folder>();

  constructor(clone: Clone) {
    this.#clone = clone;
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
    if (!pathspecs.every((pathspec) => PLAIN.test(pathspec))) return this.#askGit(pathspecs, commit);
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

  /** The id of the tree that a commit's tree becomes when files are written into it; nothing is written. */
  async idWith(commit: string, files: readonly ManifestFile[]): Promise<string> {
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
    return this.#changed(await this.#root(commit), changes, commit.length);
  }

  async #changed(tree: string | undefined, changes: Changes, idLength: number): Promise<string> {
    const [object] = tree === undefined ? [] : await this.#clone.objects([tree]);
    const nodes = readTree(object?.content ?? Buffer.alloc(0), idLength, 'latin1');
    for (const [name, change] of changes) {
      const present = nodes.get(name);
      const below = present && isFolder(present) ? present.id : undefined;
      nodes.set(
        name,
        change instanceof Map
          ? { mode: '40000', id: await this.#changed(below, change, idLength) }
          : { mode: change.mode, id: idOf('blob', change.bytes, idLength) },
      );
    }
    return idOf('tree', writeTree(nodes), idLength);
  }

  /** The difference of a tree to nothing is the tree, and diff-tree, unlike ls-tree, takes every pathspec. */
  async #askGit(pathspecs: readonly string[], commit: string): Promise<readonly TreeEntry[]> {
    const nothing = commit.length === 64 ? NOTHING.sha256 : NOTHING.sha1;
    try {
      const listing = ['diff-tree', '-r', '-z', '--no-renames', nothing, commit, '--', ...pathspecs];
      return readListing((await this.#clone.run(listing)).stdout);
    } catch (error) {
      if (error instanceof GitError) throw failure('PATHS_INVALID', { reason: lastLine(error.stderr) }, error);
      throw error;
    }
  }

  async #root(commit: string): Promise<string> {
    const [tree] = await this.#clone.objects([`${commit}^{tree}`]);
    if (!tree?.content) throw new Error(`the tree of ${commit} is not here`);
    if (!this.#folders.has(tree.id)) this.#folders.set(tree.id, readTree(tree.content, commit.length));
    return tree.id;
  }

  async #folder(id: string): Promise<Folder> {
    await this.#load([id]);
    return this.#folders.get(id) ?? new Map<string, TreeNode>();
  }

  /** Reads trees that are not known yet, all at once. */
  async #load(ids: readonly string[]): Promise<void> {
    const unread = [...new Set(ids)].filter((id) => !this.#folders.has(id));
    const read = await this.#clone.objects(unread);
    for (const [index, id] of unread.entries()) {
      const content = read[index]?.content;
      if (content) this.#folders.set(id, readTree(content, id.length));
    }
  }

  /** The nodes at paths, folder by folder for all of them at once; one that is not there is left out. */
  async #find(paths: readonly string[], commit: string): Promise<(readonly [path: string, node: TreeNode])[]> {
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
      level = nodes.filter(isFolder).map(({ id }) => id);
    }
    const entries: TreeEntry[] = [];
    const list = (id: string, path: string): void => {
      for (const [name, node] of this.#folders.get(id) ?? []) {
        if (isFolder(node)) list(node.id, `${path}${name}/`);
        else entries.push(entryOf(path + name, node));
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

/** The id of an object (git-hash-object(1)); ids of 40 digits are SHA-1, those of 64 SHA-256. */
function idOf(type: 'blob' | 'tree', content: Uint8Array, idLength: number): string {
  return createHash(idLength === 64 ? 'sha256' : 'sha1')
    .update(`${type} ${content.length}\0`)
    .update(content)
    .digest('hex');
}
