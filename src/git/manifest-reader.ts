/** The contents of a clone's manifests: searched, fetched and read. */
import { ReleaseError } from '../core/errors.ts';
import { counted, type ManifestFile } from '../core/objects.ts';
import type { Clone } from './clone.ts';
import type { Fetches } from './fetches.ts';
import { tooLarge } from './large-files.ts';
import type { ReadManifests, ReadOptions, SearchTerms } from './manifest-store.ts';
import type { GitObject } from './object-reader.ts';
import type { Candidate, Found, ManifestSearch } from './search.ts';

/** How many names of manifests a line of the debug log has. */
const LOGGED = 20;
/** How many manifests are read at a time where none is kept. */
const GROUP = 500;

export class ManifestReader {
  readonly #clone: Clone;
  readonly #fetches: Fetches;
  readonly #search: ManifestSearch;

  constructor(clone: Clone, fetches: Fetches, search: ManifestSearch) {
    this.#clone = clone;
    this.#fetches = fetches;
    this.#search = search;
  }

  /** What `ManifestStore.read` reads, with the id of the branch's tip, empty for none. */
  async read(
    terms: SearchTerms,
    commit: string,
    { branch, below, limit = Infinity }: Omit<ReadOptions, 'commit'>,
  ): Promise<Omit<ReadManifests, 'tip'> & { readonly head: string }> {
    const [found, name] = await Promise.all([this.#search.find(terms, commit, below), branch]);
    const candidates = found.candidates.slice(0, limit);
    const wanted = [...candidates, ...found.others];
    const ids = wanted.map(({ id }) => id);
    const head = await this.#fetches.contents(ids, name);
    const objects = await this.#clone.reader.objects(ids);
    const files = filesOf(wanted, objects);
    const otherPaths = new Set(found.others.map(({ path }) => path));
    const manifests = files.filter(({ path }) => !otherPaths.has(path));
    const others = files.filter(({ path }) => otherPaths.has(path));
    this.#clone.options.debug?.(`read ${listed(manifests.map(({ path }) => path))}`);
    // What is asked for by its id is fetched whatever its size.
    const large = new Set(objects.flatMap((object) => (object && !object.content ? object.id : [])));
    const tooMuch = candidates.filter(({ id }) => large.has(id)).map(({ path }) => tooLarge(path));
    return { manifests, others, problems: [...found.problems, ...tooMuch], head };
  }

  /** As `ManifestStore.prefetch`, for a commit. */
  async prefetch(terms: readonly SearchTerms[], commit: string): Promise<void> {
    if (!this.#fetches.isPartial) return;
    const candidates: Candidate[] = [];
    for (const one of terms) {
      const found = await this.#search.find(one, commit).catch(passOver);
      // A call has room for some hundred thousand arguments, and a repository may have more files.
      for (const candidate of [...found.candidates, ...found.others]) candidates.push(candidate);
    }
    const ids = candidates.map(({ id }) => id);
    await this.#fetches.contents(ids);
    await this.#clone.reader.objects(ids);
  }

  /** As `ManifestStore.readAll`, for a commit. */
  async *readAll(
    paths: readonly string[],
    commit: string,
  ): AsyncGenerator<Pick<ReadManifests, 'manifests' | 'problems'>, void> {
    const { candidates, problems } = await this.#search.all(paths, commit);
    await this.#fetches.contents(candidates.map(({ id }) => id));
    yield { manifests: [], problems };
    for (let start = 0; start < candidates.length; start += GROUP) {
      const group = candidates.slice(start, start + GROUP);
      const objects = await this.#clone.reader.readOnce(group.map(({ id }) => id));
      yield {
        manifests: filesOf(group, objects),
        problems: group.flatMap(({ path }, index) => (objects[index]?.content ? [] : tooLarge(path))),
      };
    }
  }
}

/** The files whose contents were read; `objects` are those of the candidates, in their order. */
function filesOf(candidates: readonly Candidate[], objects: readonly (GitObject | undefined)[]): ManifestFile[] {
  return candidates.flatMap(({ path, mode }, index) => {
    const bytes = objects[index]?.content;
    return bytes ? [{ path, mode, bytes }] : [];
  });
}

/** `3 manifests: a, b and 1 more`. */
function listed(paths: readonly string[]): string {
  const names = paths.slice(0, LOGGED).join(', ');
  const more = paths.length > LOGGED ? ` and ${paths.length - LOGGED} more` : '';
  return `${counted(paths.length, 'manifest')}${names && `: ${names}`}${more}`;
}

/** Nothing, where a pathspec matches nothing: that is an error of the release that has it. */
function passOver(error: unknown): Found {
  if (error instanceof ReleaseError && error.code.startsWith('PATHS_'))
    return { candidates: [], others: [], problems: [] };
  throw error;
}
