/** GitHub's GraphQL API as a way to read a repository without a clone; each object is proven by its id. */
import * as z from 'zod/mini';
import { ReleaseError } from '../../core/errors.ts';
import type { Commit } from '../../core/objects.ts';
import {
  CloneNeeded,
  type ApiBase,
  type ApiObject,
  type AskedBase,
  type RepositoryApi,
} from '../../core/repository-api.ts';
import { idOf, writeTree, type TreeNode } from '../../core/tree-objects.ts';
import { readAnswer } from '../http/unreadable.ts';
import {
  BASE,
  COMMIT_OBJECT,
  HISTORY_FACTS,
  objectFacts,
  tipFacts,
  type CommitFacts,
  type GitObjectFacts,
} from './graphql-answers.ts';
import { deleteBranch, readTip, refOf } from './branches.ts';
import { baseQuery, filesQuery, historyQuery, objectsQuery } from './graphql-documents.ts';
import { commitOf } from './pull-request.ts';
import type { PullRequestReader } from './pull-requests.ts';
import type { GitHubRepository } from './repository.ts';

/** An answer whose parts are read one by one. */
const ANSWER = z.object({ repository: z.unknown(), movingRefs: z.optional(z.unknown()) });

/** Files and folders that are read without a clone; more take GitHub longer than git. */
const MOST_OBJECTS = 3000;
/** Paths, branches or objects that one request names, and requests for one base. */
const MOST_AT_ONCE = 50;
const MOST_PARTS = 20;

export class RepositoryFiles implements RepositoryApi {
  readonly #repository: GitHubRepository;
  readonly #pullRequests: PullRequestReader;
  readonly #objects = new Map<string, ApiObject | undefined>();

  /** `pullRequests` gets those that are read with a base. */
  constructor(repository: GitHubRepository, pullRequests: PullRequestReader) {
    this.#repository = repository;
    this.#pullRequests = pullRequests;
  }

  async readBase({ branch, paths, branches }: AskedBase): Promise<ApiBase> {
    const parts = Math.max(Math.ceil(Math.max(paths.length, branches.length) / MOST_AT_ONCE), 1);
    if (parts > MOST_PARTS) throw new CloneNeeded(`there are more than ${MOST_PARTS * MOST_AT_ONCE} paths`);
    this.#pullRequests.forget();
    const part = <Item>(all: readonly Item[], index: number): readonly Item[] =>
      all.slice(index * MOST_AT_ONCE, (index + 1) * MOST_AT_ONCE);
    const read = await Promise.all(
      [...Array(parts).keys()].map((index) =>
        this.#readPart({ branch, paths: part(paths, index), branches: part(branches, index) }),
      ),
    );
    const [first] = read;
    if (!first) throw new Error('nothing was read');
    return { ...first, tips: new Map(read.flatMap(({ tips }) => [...tips])) };
  }

  async #readPart({ branch, paths, branches }: AskedBase): Promise<ApiBase> {
    const { folders, variables: objects } = objectsAt(branch === '' ? 'HEAD' : refOf(branch), paths);
    const counts = { tips: branches.length, listings: folders.length, files: paths.length, branches: branches.length };
    const variables = {
      ...objects,
      ...numbered('tip', branches.map(refOf)),
      ...numbered('branch', branches),
      ...(branch !== '' && { ref: refOf(branch), ...(branches.length > 0 && { base: branch }) }),
    };
    const document = baseQuery(counts, branch !== '');
    const { repository, movingRefs } = await this.#ask(() => this.#repository.graphqlOf(document, variables));
    if (!movingRefs) throw new CloneNeeded('this Enterprise Server cannot move branches by its API');
    const { base, ...facts } = readAnswer(BASE, repository);
    if (!base?.target) throw new CloneNeeded(`there is no branch ${branch || 'that is the default one'}`);
    this.#repository.keepFacts(facts);
    if (branches.length > 0) this.#pullRequests.keep(repository, branches, branch, base.name);
    this.#learnAll(repository, counts);
    const found = readAnswer(tipFacts(counts.tips), repository);
    const tips = branches.map((name, index) => [name, tipOf(found[`tip${index}`])] as const);
    return { branch: base.name, tip: commitOf(base.target), tips: new Map(tips) };
  }

  async load(commit: string, paths: readonly string[]): Promise<Commit | undefined> {
    let found: Commit | undefined;
    for (let start = 0; start === 0 || start < paths.length; start += MOST_AT_ONCE) {
      const { folders, variables } = objectsAt(commit, paths.slice(start, start + MOST_AT_ONCE));
      const counts = { listings: folders.length, files: Math.min(paths.length - start, MOST_AT_ONCE) };
      const document = filesQuery(counts);
      const { repository } = await this.#ask(() => this.#repository.graphqlOf(document, { ...variables, commit }));
      this.#learnAll(repository, counts);
      const facts = readAnswer(COMMIT_OBJECT, repository).commit;
      found = facts && 'tree' in facts ? commitOf(facts as CommitFacts) : undefined;
    }
    return found;
  }

  async objects(ids: readonly string[]): Promise<readonly (ApiObject | undefined)[]> {
    const unread = [...new Set(ids)].filter((id) => !this.#objects.has(id));
    if (unread.length > MOST_OBJECTS) throw new CloneNeeded(`more than ${MOST_OBJECTS} files and folders are read`);
    for (let start = 0; start < unread.length; start += MOST_AT_ONCE) {
      const some = unread.slice(start, start + MOST_AT_ONCE);
      const document = objectsQuery(some.length);
      const { repository } = await this.#ask(() => this.#repository.graphqlOf(document, numbered('object', some)));
      const found = readAnswer(objectFacts('object', some.length), repository);
      for (const [index, id] of some.entries()) {
        this.#learn(found[`object${index}`]);
        if (!this.#objects.has(id)) this.#objects.set(id, undefined);
      }
    }
    return ids.map((id) => this.#objects.get(id));
  }

  keep(object: ApiObject): void {
    this.#objects.set(object.id, object);
  }

  /** An answer to a question; one that the API refuses or fails to give is a reason for a clone, which says more of it. */
  async #ask(request: () => Promise<unknown>): Promise<z.output<typeof ANSWER>> {
    try {
      return await this.#repository.call('read the files', async () => readAnswer(ANSWER, await request()));
    } catch (error) {
      throw error instanceof ReleaseError ? new CloneNeeded(error.message) : error;
    }
  }

  #learnAll(repository: unknown, { listings, files }: { readonly listings: number; readonly files: number }): void {
    const named = Object.values(readAnswer(objectFacts('listing', listings), repository));
    const whole = Object.values(readAnswer(objectFacts('files', files), repository));
    for (const facts of [...named, ...whole]) this.#learn(facts);
  }

  async tip(branch: string): Promise<Commit | undefined> {
    const tip = await readTip(this.#repository, branch);
    return tip && commitOf(tip);
  }

  history(commit: string): Promise<readonly Commit[]> {
    return this.#history(commit, []);
  }

  fileCommits(commit: string, files: readonly string[]): Promise<readonly Commit[]> {
    if (files.length > MOST_AT_ONCE) throw new CloneNeeded(`more than ${MOST_AT_ONCE} files change`);
    return this.#history(commit, files);
  }

  deleteBranch(branch: string, expected: string): ReturnType<RepositoryApi['deleteBranch']> {
    return deleteBranch(this.#repository, branch, expected);
  }

  async #history(commit: string, files: readonly string[]): Promise<readonly Commit[]> {
    const document = historyQuery(files.length);
    const variables = { id: commit, ...numbered('path', files) };
    const answer = await this.#ask(() => this.#repository.graphqlOf(document, variables));
    const repository = readAnswer(HISTORY_FACTS, answer.repository);
    const found = Object.values(repository.commit ?? {}).flatMap(({ nodes }) => nodes);
    const [only, ...more] = Object.values(repository.commit ?? {});
    if (only && more.length === 0) return only.nodes.map(commitOf);
    const byId = new Map<string, CommitFacts & { readonly committedDate: string }>(found.map((one) => [one.oid, one]));
    const time = ({ committedDate }: { readonly committedDate: string }): number => Date.parse(committedDate);
    return [...byId.values()].toSorted((a, b) => time(b) - time(a)).map(commitOf);
  }

  /** Keeps an object and all that is below it. */
  #learn(facts: GitObjectFacts | null | undefined): void {
    if (!facts) return;
    const known = asObject(facts);
    if (known && this.#objects.get(known.id)?.content === undefined) this.#objects.set(known.id, known);
    if (this.#objects.size > MOST_OBJECTS) {
      throw new CloneNeeded(`the paths have more than ${MOST_OBJECTS} files and folders`);
    }
    for (const { object } of facts.entries ?? []) this.#learn(object);
  }
}

/** As git has it where its id proves that; `undefined` for what was named alone. */
function asObject({ oid, entries, text, byteSize, isBinary, isTruncated }: GitObjectFacts): ApiObject | undefined {
  if (entries) {
    const nodes = new Map<string, TreeNode>();
    for (const { name, mode, oid: id } of entries) {
      nodes.set(Buffer.from(name).toString('latin1'), { mode: mode.toString(8), id });
    }
    const content = writeTree(nodes);
    const isProven = idOf('tree', content, oid.length) === oid;
    const object = { id: oid, type: 'tree', size: content.length } as const;
    return isProven
      ? { ...object, content }
      : { ...object, unreadable: 'has names that the API does not give as they are' };
  }
  if (byteSize === undefined) return undefined;
  const object = { id: oid, type: 'blob', size: byteSize } as const;
  if (isTruncated === true) return { ...object, unreadable: 'is cut short by the API' };
  if (isBinary === true) return { ...object, unreadable: 'is no text', isBinary };
  const content = Buffer.from(text ?? '');
  const isProven = typeof text === 'string' && idOf('blob', content, oid.length) === oid;
  return isProven ? { ...object, content } : { ...object, unreadable: 'is not UTF-8' };
}

/** The variables that name objects by their paths in a revision, and the folders above them. */
function objectsAt(revision: string, paths: readonly string[]) {
  const folders = [...new Set(paths.flatMap(foldersAbove))];
  const named = (all: readonly string[]): string[] => all.map((path) => `${revision}:${path}`);
  return { folders, variables: { ...numbered('listing', named(folders)), ...numbered('files', named(paths)) } };
}

/** The folders that a path is in, from the top folder (empty). */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index).join('/'));
}

const tipOf = (ref: { readonly target: CommitFacts | null } | null | undefined): Commit | undefined =>
  ref?.target ? commitOf(ref.target) : undefined;

const numbered = (name: string, values: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(values.map((value, index) => [`${name}${index}`, value]));
