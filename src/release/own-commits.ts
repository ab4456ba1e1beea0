/**
 * Whether a release branch has nothing but what this program wrote: only then is it written anew or deleted. Messages
 * and committers prove nothing, since a workflow that amends our commit keeps them; contents do.
 */
import { ReleaseError } from '../core/errors.ts';
import { parseReference, repositoryOf, type ImageReference } from '../core/image-reference.ts';
import { SILENT } from '../core/log.ts';
import { kept, type Commit, type ReleasedImage } from '../core/objects.ts';
import { identityKey } from '../inputs/identity.ts';
import { planRelease, type Plan } from '../manifests/plan.ts';
import type { PullRequests } from '../forge/forge.ts';
import type { Build } from './build.ts';
import { readTrailers, type Trailers } from './commit-trailers.ts';
import type { ReadFiles } from './plan-manifests.ts';
import { readManifests } from './read-manifests.ts';
import type { ReleaseRequest } from './request.ts';
import type { Workspace } from './workspace.ts';

/** The base, and what was read of it for the images of the request. */
interface Base {
  readonly commit: string;
  readonly files: ReadFiles;
}

export interface BranchCommits {
  /** The commits that a branch adds to the base, the newest first; none where all of it was merged. */
  readonly commits: readonly Commit[];
  /** Whether each of them is one of ours, or a merge of the base that adds nothing. */
  readonly areOurs: boolean;
}

export class OwnCommits {
  readonly #workspace: Workspace;
  readonly #request: ReleaseRequest;
  readonly #base: Base;
  readonly #mergedHeads: ReadonlySet<string>;
  /** By the tip, where the forge knows all that a branch adds to the base. */
  readonly #proposed: ReadonlyMap<string, readonly Commit[]>;
  readonly #known = new Map<string, Promise<BranchCommits>>();
  readonly #fetched = new Map<string, Promise<boolean>>();

  /** Nothing can be lost of the heads that the forge merged. */
  constructor(workspace: Workspace, request: ReleaseRequest, base: Base, { open, past }: PullRequests) {
    this.#workspace = workspace;
    this.#request = request;
    this.#base = base;
    this.#mergedHeads = new Set(past.filter(({ state }) => state === 'merged').map(({ headId }) => headId));
    this.#proposed = new Map(
      open.flatMap(({ head, isWhole, commits }) => (head && isWhole ? [[head.id, commits]] : [])),
    );
  }

  /** The commits on a branch with this tip. */
  on(tip: Commit): Promise<BranchCommits> {
    return kept(this.#known, tip.id, () => this.#read(tip));
  }

  async #read(tip: Commit): Promise<BranchCommits> {
    if (this.#mergedHeads.has(tip.id)) return { commits: [], areOurs: true };
    const isOnBase = tip.parents.join() === this.#base.commit;
    const known = isOnBase ? [tip] : this.#proposed.get(tip.id);
    // Both ask the server.
    const [commits] = await Promise.all([
      known ?? this.#workspace.store.commitsAbove(tip.id),
      !isOnBase && this.#buildOf(tip) && this.#fetch(tip.parents[0] ?? ''),
    ]);
    return { commits, areOurs: await this.#areOurs(commits) };
  }

  /** Whether they are our commit on the base, and above it any number of merges of the base that add nothing. */
  async #areOurs(commits: readonly Commit[]): Promise<boolean> {
    const chain = chainOf(commits);
    const first = chain?.at(-1);
    if (!chain || !first) return commits.length === 0;
    const build = this.#buildOf(first.commit);
    if (!build) return false;
    for (const { commit, base } of chain) {
      if ((await this.#plannedTree(base, build)) !== commit.tree) return false;
    }
    return true;
  }

  /** What a commit says that it releases, where it says this on its only parent. */
  #buildOf({ message, parents }: Commit): Build | undefined {
    const trailers = readTrailers(message);
    const isOfRelease = trailers !== undefined && identityKey(trailers.identity) === this.#request.key;
    return isOfRelease && parents.length === 1 && trailers.base === parents[0] ? trailers.build : undefined;
  }

  /** The tree of the release of a build on a commit; `undefined` where it cannot be planned there. */
  async #plannedTree(parent: string, build: Build): Promise<string | undefined> {
    try {
      if (!(await this.#fetch(parent))) return undefined;
      const { files } = await this.plan(parent, build);
      return await this.#workspace.store.treeWith(parent, files);
    } catch (error) {
      if (error instanceof ReleaseError && error.blame === 'yours') return undefined;
      throw error;
    }
  }

  #fetch(commit: string): Promise<boolean> {
    if (commit === this.#base.commit) return Promise.resolve(true);
    return kept(this.#fetched, commit, () => this.#workspace.store.fetchCommit(commit));
  }

  /** Whether each image that the trailers of a commit name is somewhere in the files of that commit. */
  async areNamed(commit: string, { identity, build }: Trailers): Promise<boolean> {
    const names = build.images.flatMap((image) => parseReference(image)?.name.split('/').at(-1) ?? []);
    const read = await this.#workspace.store.read({ words: names, paths: identity.paths, others: true }, { commit });
    const files = [...read.manifests, ...read.others].map(({ bytes }) => Buffer.from(bytes));
    return names.length > 0 && names.every((name) => files.some((file) => file.includes(name)));
  }

  /** What the release of a build changes on a commit; an image without a place there is left out. Throws what planRelease throws. */
  async plan(commit: string, build: Build): Promise<Plan> {
    const images = imagesOf(this.#request, build);
    const { manifests, others } = await this.#filesOf(commit, images);
    return planRelease(images, manifests, { ...this.#request.inputs.search.plan, others });
  }

  async #filesOf(commit: string, images: readonly ReleasedImage[]): Promise<ReadFiles> {
    const { inputs } = this.#request;
    const read = new Set(inputs.images.released.map(({ replaces }) => repositoryOf(replaces)));
    const isRead = images.every(({ replaces }) => read.has(repositoryOf(replaces)));
    if (commit === this.#base.commit && isRead) return this.#base.files;
    const { store } = this.#workspace;
    return readManifests({ store, log: SILENT }, { images, search: inputs.search }, { commit });
  }
}

/** From the tip down, each with its one parent on the base; `undefined` where commits have another shape. */
function chainOf(commits: readonly Commit[]): readonly { commit: Commit; base: string }[] | undefined {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const chain: { commit: Commit; base: string }[] = [];
  for (let [commit] = commits; commit;) {
    const [base, ...others] = commit.parents.filter((parent) => !byId.has(parent));
    const [below, ...more] = commit.parents.flatMap((parent) => byId.get(parent) ?? []);
    if (base === undefined || others.length > 0 || more.length > 0) return undefined;
    chain.push({ commit, base });
    commit = below;
  }
  return chain;
}

/** The images of another build of a release, which replace what those of the request replace. */
export function imagesOf({ inputs }: Pick<ReleaseRequest, 'inputs'>, build: Build): readonly ReleasedImage[] {
  const digests = (build.digests ?? []).flatMap((text) => parseReference(text) ?? []);
  return build.images.flatMap((text) => {
    const reference = parseReference(text);
    if (!reference) return [];
    const isOfIt = ({ name }: ImageReference): boolean => repositoryOf(name) === repositoryOf(reference.name);
    const known = inputs.images.released.find((one) => isOfIt(one.reference));
    const digest = digests.find(isOfIt)?.digest;
    return { reference, replaces: known?.replaces ?? reference.name, ...(digest !== undefined && { digest }) };
  });
}

/** A commit for a log or an error: short id, subject and committer. */
export const nameOf = ({ id, message, committerEmail }: Commit): string =>
  `${id.slice(0, 7)} ${message.split('\n')[0] ?? ''} <${committerEmail}>`;
