/** A manifest repository in memory, and stores on it: for tests of what is above git. */
import { createHash } from 'node:crypto';
import { failure } from '../../src/core/errors.ts';
import type { Author, Commit, ManifestFile } from '../../src/core/objects.ts';
import type {
  Deletion,
  FileChange,
  FileHistory,
  ManifestStore,
  NewCommit,
  Pushed,
  ReadManifests,
  ReadOptions,
  SearchTerms,
  SeenBranch,
  Signer,
} from '../../src/git/manifest-store.ts';

type Tree = ReadonlyMap<string, ManifestFile>;

interface Stored {
  readonly commit: Commit;
  readonly tree: Tree;
  /** ISO 8601. */
  readonly time: string;
}

const MANIFEST = /\.(?:ya?ml|json)$|(?:^|\/)Kustomization$/i;
const SOMEONE: Author = { name: 'Ada Lovelace', email: 'ada@example.com' };

/** What a server has: branches, and the commits that they are at. */
export class MemoryRepository {
  readonly name = 'acme/manifests';
  readonly defaultBranch = 'main';
  readonly branches = new Map<string, string>();
  readonly protected = new Map<string, string>();
  readonly #commits = new Map<string, Stored>();
  #seconds = 1_700_000_000;

  /** A repository with one commit on `main`. */
  constructor(files: Readonly<Record<string, string>>) {
    this.commit('main', files, { message: 'First manifests\n' });
  }

  /** A store on `base`, the default branch unless given. Throws BASE_NOT_FOUND. */
  open(base = this.defaultBranch): MemoryStore {
    return new MemoryStore(this, base);
  }

  /** Commits as a person: texts of files by path, `null` for one that goes. Gives the id. */
  commit(
    branch: string,
    files: Readonly<Record<string, string | null>>,
    {
      message = 'Change by hand\n',
      author = SOMEONE,
      parent,
    }: { message?: string; author?: Author; parent?: string } = {},
  ): string {
    const from =
      (parent && (this.branches.get(parent) ?? parent)) ?? this.branches.get(branch) ?? this.branches.get('main');
    const tree = new Map(from === undefined ? [] : this.stored(from).tree);
    for (const [path, text] of Object.entries(files)) {
      if (text === null) tree.delete(path);
      else tree.set(path, { path, mode: tree.get(path)?.mode ?? '100644', bytes: Buffer.from(text) });
    }
    this.#seconds += 1;
    const { id } = this.store({
      tree,
      parents: from === undefined ? [] : [from],
      author,
      message,
      time: this.#seconds,
    });
    this.branches.set(branch, id);
    return id;
  }

  tip(branch: string): string | undefined {
    return this.branches.get(branch);
  }

  read(branch: string, path: string): string {
    return String(this.stored(this.branches.get(branch) ?? '').tree.get(path)?.bytes ?? '');
  }

  deleteBranch(branch: string): void {
    this.branches.delete(branch);
  }

  /** From now on pushes to the branch are refused. */
  protect(branch: string, reason = 'protected branch hook declined'): void {
    this.protected.set(branch, reason);
  }

  /** Keeps a commit; gives it with its id. */
  store(made: {
    tree: Tree;
    parents: readonly string[];
    author: Author;
    message: string;
    time: number;
    signed?: boolean;
  }) {
    const { tree, parents, author, message, time, signed = false } = made;
    const contents = [...tree.values()].map(({ path, mode, bytes }) => [path, mode, String(bytes)]);
    const treeId = idOf(contents.toSorted());
    const id = idOf([treeId, parents, author, message, time, signed]);
    const commit: Commit = { id, tree: treeId, parents, committerEmail: author.email, message, signed };
    this.#commits.set(id, { commit, tree, time: new Date(time * 1000).toISOString() });
    return commit;
  }

  has(id: string): boolean {
    return this.#commits.has(id);
  }

  stored(id: string): Stored {
    const stored = this.#commits.get(id);
    if (!stored) throw new Error(`no commit ${id}`);
    return stored;
  }

  /** All commits that lead to one, a child before its parents. */
  ancestors(id: string): Stored[] {
    const seen = new Set<string>();
    const ordered: Stored[] = [];
    const visit = (one: string): void => {
      if (seen.has(one)) return;
      seen.add(one);
      const stored = this.stored(one);
      for (const parent of stored.commit.parents) visit(parent);
      ordered.unshift(stored);
    };
    visit(id);
    return ordered;
  }
}

export class MemoryStore implements ManifestStore {
  readonly base: string;
  readonly canPush = true;
  #baseCommit: string;
  readonly #origin: MemoryRepository;
  #hasMoved = false;

  constructor(origin: MemoryRepository, base: string) {
    this.#origin = origin;
    this.base = base;
    this.#baseCommit = this.#readBase();
  }

  get baseCommit(): string {
    return this.#baseCommit;
  }

  async refresh(): Promise<void> {
    this.#baseCommit = this.#readBase();
  }

  follow(): Promise<void> {
    return this.refresh();
  }

  async read(
    terms: SearchTerms,
    { commit = this.#baseCommit, branch, below, limit = Infinity }: ReadOptions = {},
  ): Promise<ReadManifests> {
    const { files = [] } = terms;
    const { tree } = this.#origin.stored(commit);
    const manifests = [...tree.values()].filter(({ path }) => MANIFEST.test(path));
    const matching = this.#search(terms, [...tree.values()]);
    const found = [
      ...matching.filter(({ path }) => MANIFEST.test(path)),
      ...files.flatMap((path) => tree.get(path) ?? []),
      ...manifests.filter(
        ({ path }) => below?.folders.some((folder) => isBelow(path, folder)) === true && below.matches(path),
      ),
    ];
    const isOther = (file: ManifestFile): boolean => !file.path.endsWith('.png') && !found.includes(file);
    const others = terms.others === true ? matching.filter(isOther) : [];
    const name = await branch;
    const tip = name === undefined ? undefined : await this.tip(name);
    return { manifests: [...new Set(found)].slice(0, limit), others, problems: [], tip };
  }

  fetchFileHistories(): Promise<void> {
    return Promise.resolve();
  }

  prefetch(): Promise<void> {
    return Promise.resolve();
  }

  async *readAll(paths: readonly string[]): AsyncGenerator<Pick<ReadManifests, 'manifests' | 'problems'>, void> {
    const { manifests, problems } = await this.read({ words: [], paths: paths.length > 0 ? paths : ['.'] });
    yield { manifests, problems };
  }

  async paths(commit = this.#baseCommit): Promise<readonly string[]> {
    return [...this.#origin.stored(commit).tree.keys()].filter((path) => MANIFEST.test(path)).toSorted();
  }

  async tip(branch: string): Promise<Commit | undefined> {
    const id = this.#origin.tip(branch);
    return id === undefined ? undefined : this.#origin.stored(id).commit;
  }

  async fetchCommit(id: string): Promise<boolean> {
    return this.#origin.has(id);
  }

  async readCommit(id: string): Promise<Commit> {
    return this.#origin.stored(id).commit;
  }

  async commitsAbove(head: string): Promise<readonly Commit[]> {
    const below = new Set(this.#origin.ancestors(this.#baseCommit).map(({ commit: { id } }) => id));
    return this.#origin.ancestors(head).flatMap(({ commit }) => (below.has(commit.id) ? [] : [commit]));
  }

  async history(): Promise<readonly Commit[]> {
    return this.#origin.ancestors(this.#baseCommit).map(({ commit }) => commit);
  }

  async *fileCommits(files: readonly string[]): AsyncGenerator<readonly Commit[], void> {
    if (files.length === 0) return;
    const all = this.#origin.ancestors(this.#baseCommit);
    yield all
      .filter((stored) => this.#parents(stored).every((parent) => differ(stored, parent, files)))
      .map(({ commit }) => commit);
  }

  async *fileHistory(files: readonly string[], commit: string): AsyncGenerator<FileHistory, void> {
    const changes: FileChange[] = [];
    for (let one: Stored | undefined = this.#origin.stored(commit); one;) {
      const [before, ...merged]: readonly (Stored | undefined)[] = this.#parents(one);
      if (differ(one, before, files)) {
        changes.push({
          commit: one.commit,
          merged: merged.flatMap((tip) => tip?.commit ?? []),
          time: one.time,
          before: filesOf(before, files),
          after: filesOf(one, files),
        });
      }
      one = before;
    }
    yield { changes, isComplete: true };
  }

  async treeWith(parent: string, files: readonly ManifestFile[]): Promise<string> {
    const author = { name: 'x', email: 'x@example.com' };
    return (await this.write({ parent, message: '', author, time: 0, files })).tree;
  }

  async write({ parent, message, author, time, files }: NewCommit, signer?: Signer): Promise<Commit> {
    const tree = new Map(this.#origin.stored(parent).tree);
    for (const file of files) tree.set(file.path, file);
    return this.#origin.store({ tree, parents: [parent], author, message, time, signed: signer !== undefined });
  }

  async push(commit: string, branch: string, expected: string): Promise<Pushed | undefined> {
    const hasMoved = this.#origin.tip(this.base) !== this.#baseCommit;
    if (hasMoved && branch !== this.base && !this.#hasMoved) {
      this.#hasMoved = true;
      return undefined;
    }
    if ((this.#origin.tip(branch) ?? '') !== expected) {
      return this.#origin.tip(branch) === commit ? { page: '' } : undefined;
    }
    const reason = this.#origin.protected.get(branch);
    if (reason !== undefined) throw failure('PUSH_REFUSED', { branch, reason });
    this.#origin.branches.set(branch, commit);
    if (branch === this.base) this.#baseCommit = commit;
    return { page: '' };
  }

  async diff(from: string, to: string): Promise<string> {
    const [old, now] = [this.#origin.stored(from).tree, this.#origin.stored(to).tree];
    const paths = [...new Set([...old.keys(), ...now.keys()])].toSorted();
    return paths.map((path) => diffOf(path, textOf(old.get(path)), textOf(now.get(path)))).join('');
  }

  async deleteBranches(branches: readonly SeenBranch[]): Promise<Deletion> {
    const there = branches.filter(({ branch, expected }) => this.#origin.tip(branch) === expected);
    const reasonOf = (branch: string): string | undefined =>
      branch === this.#origin.defaultBranch
        ? 'deletion of the current branch prohibited'
        : this.#origin.protected.get(branch);
    const refused = there.flatMap(({ branch }) => {
      const reason = reasonOf(branch);
      return reason === undefined ? [] : [{ branch, reason }];
    });
    const deleted = there.map(({ branch }) => branch).filter((branch) => reasonOf(branch) === undefined);
    for (const branch of deleted) this.#origin.deleteBranch(branch);
    return { deleted, refused };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #readBase(): string {
    const tip = this.#origin.tip(this.base);
    if (tip === undefined) throw failure('BASE_NOT_FOUND', { repository: this.#origin.name, base: this.base });
    return tip;
  }

  /** The first commit has nothing before it. */
  #parents({ commit: { parents } }: Stored): readonly (Stored | undefined)[] {
    return parents.length === 0 ? [undefined] : parents.map((id) => this.#origin.stored(id));
  }

  #search({ words, registries = [], paths = [] }: SearchTerms, all: readonly ManifestFile[]) {
    if (paths.length === 0) {
      const expressions = [
        ...words.map((word) => `${literally(word)}(?!\\w)`),
        ...registries.map(
          (registry) => `(?:registry|repository|hub)["']?:.*${literally(registry)}["']?\\s*(?:[#,}]|$)`,
        ),
      ];
      const expression = new RegExp(expressions.join('|'), 'm');
      return expressions.length === 0 ? [] : all.filter((file) => expression.test(textOf(file)));
    }
    const [excluded, wanted] = [paths.filter(isExclusion), paths.filter((path) => !isExclusion(path))];
    const found = all.filter(({ path }) => !excluded.some((one) => isMatch(path, one)));
    for (const pathspec of wanted) {
      if (found.some(({ path }) => isMatch(path, pathspec))) continue;
      throw failure('PATHS_MATCH_NOTHING', { input: 'paths', pathspec, where: this.base });
    }
    return found.filter(({ path }) => wanted.length === 0 || wanted.some((pathspec) => isMatch(path, pathspec)));
  }
}

const idOf = (value: unknown): string => createHash('sha1').update(JSON.stringify(value)).digest('hex');

const textOf = (file: ManifestFile | undefined): string => (file ? Buffer.from(file.bytes).toString() : '');

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const isExclusion = (pathspec: string): boolean => /^:(?:[!^]|\(exclude\))/.test(pathspec);

/** Plain pathspecs alone: a folder, a file, or a pattern with `*`. */
function isMatch(path: string, pathspec: string): boolean {
  const plain = pathspec.replace(/^:(?:[!^]|\([a-z,]*\))/, '').replace(/^\.\/|\/$|^\.$/g, '');
  const pattern = plain.split('*').map(literally).join('.*');
  return plain === '' || new RegExp(`^${pattern}(?:/|$)`).test(path);
}

const isBelow = (path: string, folder: string): boolean =>
  folder === '' ? !path.includes('/') : path.startsWith(`${folder}/`);

function differ(one: Stored, other: Stored | undefined, files: readonly string[]): boolean {
  return files.some((path) => {
    const [now, before] = [one.tree.get(path), other?.tree.get(path)];
    return now?.mode !== before?.mode || textOf(now) !== textOf(before);
  });
}

const filesOf = (stored: Stored | undefined, files: readonly string[]): ManifestFile[] =>
  files.flatMap((path) => stored?.tree.get(path) ?? []);

/** One hunk from the first line that differs to the last. */
function diffOf(path: string, before: string, after: string): string {
  if (before === after) return '';
  const [old, now] = [before, after].map((text) => text.split('\n')) as [string[], string[]];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const [gone, come] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const head = `--- a/${path}\n+++ b/${path}\n@@ -${start + 1},${gone.length} +${start + 1},${come.length} @@\n`;
  return `${head}${[...gone.map((line) => `-${line}\n`), ...come.map((line) => `+${line}\n`)].join('')}`;
}
