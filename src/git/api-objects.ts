/**
 * What the API of a server gave of commits, trees and contents, all of it proven by its ids. What it cannot give is
 * CloneNeeded. Stores of one repository share it.
 */
import type { Commit, ManifestFile, Problem } from '../core/objects.ts';
import { CloneNeeded, type ApiObject, type RepositoryApi } from '../core/repository-api.ts';
import { MAX_MANIFEST, tooLarge } from './large-files.ts';
import type { TreeEntry } from './git-objects.ts';
import type { ObjectSource } from './object-reader.ts';
import { isPlainPath } from './pathspecs.ts';
import type { MadeObject } from './new-tree.ts';

const NOT_GIVEN = 'is not given by the API';

export class ApiObjects implements ObjectSource {
  readonly #api: RepositoryApi;
  /** By their ids. */
  readonly #commits = new Map<string, Commit>();
  /** By the id of a commit, the paths below which all objects are known. */
  readonly #loaded = new Map<string, Set<string>>();

  constructor(api: RepositoryApi) {
    this.#api = api;
  }

  /** Takes a commit that was read, of which all objects at paths and below them are known. */
  know(commit: Commit, paths: Iterable<string> = []): void {
    this.#commits.set(commit.id, commit);
    this.#loaded.set(commit.id, new Set([...this.#loadedAt(commit.id), ...paths]));
  }

  /** Takes a commit that the forge made on a known one: what was loaded of its parent, with what was written. */
  keep(commit: Commit, written: readonly MadeObject[]): void {
    for (const object of written) this.#api.keep(object);
    this.know(commit, this.#loadedAt(commit.parents[0] ?? ''));
  }

  /** A commit, with what is at `paths` of it where it was not known; `undefined` where it is not there. */
  async commit(id: string, paths: readonly string[] = []): Promise<Commit | undefined> {
    const known = this.#commits.get(id);
    if (known) return known;
    const read = await this.#api.load(id, paths.map(withoutSlash));
    if (read) this.know(read, paths.map(withoutSlash));
    return read;
  }

  /** Reads in one request what is needed of paths, and of files in folders whose entries are not known. */
  async load(commit: string, paths: readonly string[], files: readonly string[]): Promise<void> {
    const loaded = this.#loadedAt(commit);
    // Everything is below the top folder, and what is not plain is refused later.
    const whole = paths.map(withoutSlash).filter((path) => isPlainPath(path) && !isBelow(path, loaded));
    const named = files.filter((file) => isPlainPath(file) && !isListed(folderOf(file), loaded));
    const wanted = [...new Set([...whole, ...named])];
    if (wanted.length === 0) return;
    const read = await this.#api.load(commit, wanted);
    if (read) this.know(read, wanted);
  }

  /** Trees, since contents are asked for by what lists them. */
  async objects(ids: readonly string[]): Promise<readonly ApiObject[]> {
    const objects = await this.#api.objects(ids);
    return objects.map((object, index) => {
      // A folder that is not known is not an empty one.
      if (!object?.content) throw new CloneNeeded(`folder ${ids[index]} ${object?.unreadable ?? NOT_GIVEN}`);
      return object;
    });
  }

  async treeOf(commit: string): Promise<ApiObject | undefined> {
    const known = await this.commit(commit);
    if (!known) throw new CloneNeeded(`the API has no commit ${commit.slice(0, 7)}`);
    const [tree] = await this.objects([known.tree]);
    return tree;
  }

  /** The contents of files. One that the API does not give as it is needs a clone, unless it is no text and no manifest. */
  async contents(
    entries: readonly TreeEntry[],
    areManifests: boolean,
  ): Promise<{ readonly files: readonly ManifestFile[]; readonly problems: readonly Problem[] }> {
    const objects = await this.#api.objects(entries.map(({ id }) => id));
    const files: ManifestFile[] = [];
    const problems: Problem[] = [];
    for (const [index, { path, mode }] of entries.entries()) {
      const object = objects[index];
      if (object?.content) files.push({ path, mode, bytes: object.content });
      else if (object && object.size >= MAX_MANIFEST) problems.push(tooLarge(path));
      else if (areManifests || object?.isBinary !== true) {
        throw new CloneNeeded(`${path} ${object?.unreadable ?? NOT_GIVEN}`);
      }
    }
    return { files, problems };
  }

  #loadedAt(commit: string): ReadonlySet<string> {
    return this.#loaded.get(commit) ?? new Set();
  }
}

/** A folder as a path, without the slash that a pathspec may have at its end. */
export const withoutSlash = (path: string): string => path.replace(/\/$/, '');

/** Whether a path is one of these, or in one of them. */
function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  const parts = path.split('/');
  return parts.some((_, index) => folders.has(parts.slice(0, index + 1).join('/')));
}

/** Whether the entries of a folder are known: it is below one of these, or above. */
function isListed(folder: string, loaded: ReadonlySet<string>): boolean {
  const prefix = folder === '' ? '' : `${folder}/`;
  return isBelow(folder, loaded) || [...loaded].some((path) => path.startsWith(prefix));
}

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));
