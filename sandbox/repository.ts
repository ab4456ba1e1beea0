/** A repository of the sandbox: what git keeps, and what GitHub keeps around it. */
import { BareRepository } from './bare-repository.ts';
import { CommitStatuses } from './commit-statuses.ts';
import type { MergeMethod } from './merging.ts';
import { PullRequests } from './pull-requests.ts';
import type { Protection } from './push-refusal.ts';

export interface RepositoryOptions {
  /** `main` unless given. */
  readonly defaultBranch?: string;
  /** `private` unless given; a public one may be read without a token. */
  readonly visibility?: 'private' | 'public';
  /** Whether auto-merge may be enabled; false unless given, as on GitHub. */
  readonly allowAutoMerge?: boolean;
  /** Whether there are drafts, which a private repository of a free plan has not; true unless given. */
  readonly allowDrafts?: boolean;
  /** All unless given. */
  readonly mergeMethods?: readonly MergeMethod[];
  /** Logins of those who may push, and so be asked for a review or assigned; nobody unless given. */
  readonly collaborators?: readonly string[];
  /** Slugs of the teams that may push; none unless given. */
  readonly teams?: readonly string[];
  /** How many reviewers, and how many assignees, a merge request has at most; any number unless given. */
  readonly peopleAtMost?: number;
  /** Who is asked for a review of each pull request that is opened on a page of Bitbucket; nobody unless given. */
  readonly defaultReviewers?: readonly string[];
  /** Whether a pull request stays open when its branch is deleted; unless given, on Azure DevOps alone. */
  readonly staysOpenWithoutBranch?: boolean;
  /** A bare repository on this disk to begin with, which stays as it is; an empty one unless given. */
  readonly copyOf?: string;
}

export interface Milestone {
  readonly number: number;
  readonly title: string;
  readonly state: 'open' | 'closed';
}

export class SandboxRepository extends BareRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  visibility: 'private' | 'public';
  readonly pullRequests: PullRequests;
  readonly statuses = new CommitStatuses();
  /** What GitHub calls deployments: the context of each is its environment. */
  readonly deployments = new CommitStatuses();
  /** What GitHub calls check runs: the context of each is its name, and the author the App. */
  readonly checkRuns = new CommitStatuses();
  readonly createdAt = new Date().toISOString();
  allowAutoMerge: boolean;
  readonly allowDrafts: boolean;
  readonly mergeMethods: Set<MergeMethod>;
  readonly collaborators: Set<string>;
  readonly teams: Set<string>;
  readonly peopleAtMost: number;
  readonly defaultReviewers: readonly string[];
  readonly #protected = new Map<string, Protection>();
  readonly #checked = new Set<string>();
  readonly #queued = new Set<string>();
  readonly #labels = new Map<string, string>();
  #milestones: readonly Milestone[] = [];

  /** The repository `owner/name` under the folder `root`; `id` is GitHub's number for it. */
  constructor(root: string, id: number, fullName: string, options: RepositoryOptions = {}) {
    super(`${root}/${fullName}.git`, options.defaultBranch ?? 'main');
    const end = fullName.lastIndexOf('/');
    this.id = id;
    // On GitLab groups have groups.
    this.owner = fullName.slice(0, end);
    this.name = fullName.slice(end + 1);
    this.visibility = options.visibility ?? 'private';
    this.pullRequests = new PullRequests(fullName, this, options.staysOpenWithoutBranch ?? fullName.includes('/_git/'));
    this.allowAutoMerge = options.allowAutoMerge ?? false;
    this.allowDrafts = options.allowDrafts ?? true;
    this.mergeMethods = new Set(options.mergeMethods ?? ['merge', 'squash', 'rebase']);
    this.collaborators = new Set(options.collaborators);
    this.teams = new Set(options.teams);
    this.peopleAtMost = options.peopleAtMost ?? Infinity;
    this.defaultReviewers = options.defaultReviewers ?? [];
  }

  get fullName(): string {
    return `${this.owner}/${this.name}`;
  }

  /** From now on pushes to the branch are refused, with the reason that git shows, and with advice for the user. */
  protect(branch: string, reason = 'protected branch hook declined', advice?: string): void {
    this.#protected.set(`refs/heads/${branch}`, { reason, advice });
  }

  /** Refs that may not be pushed to. */
  get protectedRefs(): ReadonlyMap<string, Protection> {
    return this.#protected;
  }

  /** From now on a pull request into the branch waits for a check. */
  requireChecks(branch: string): void {
    this.#checked.add(branch);
  }

  /** What was waited for is there. */
  passChecks(branch: string): void {
    this.#checked.delete(branch);
  }

  waitsForChecks(branch: string): boolean {
    return this.#checked.has(branch);
  }

  /** From now on a pull request into the branch is merged by way of a queue only. */
  mergeQueue(branch: string): void {
    this.#queued.add(branch);
  }

  hasMergeQueue(branch: string): boolean {
    return this.#queued.has(branch);
  }

  /** A label as the repository spells it; a new one when nobody had it yet. */
  label(name: string): string {
    const known = this.#labels.get(name.toLowerCase());
    if (known === undefined) this.#labels.set(name.toLowerCase(), name);
    return known ?? name;
  }

  /** All labels, in the order in which they were made. */
  get labelNames(): readonly string[] {
    return [...this.#labels.values()];
  }

  /** Makes a milestone; gives its number. */
  addMilestone(title: string, state: Milestone['state'] = 'open'): number {
    const number = this.#milestones.length + 1;
    this.#milestones = [...this.#milestones, { number, title, state }];
    return number;
  }

  get milestones(): readonly Milestone[] {
    return this.#milestones;
  }
}
