/** A forge in memory: pull requests as plain data, for tests of what is above the forge. */
import { createHash } from 'node:crypto';
import { failure } from '../../src/core/errors.ts';
import type { Attributes, Commit, ManifestFile, MergeMethod } from '../../src/core/objects.ts';
import { givenAfter, missingIn, nameOf, wrongLabels } from '../../src/forge/attributes.ts';
import type {
  Comparison,
  Forge,
  ForgeCommit,
  Given,
  Merging,
  NewPullRequest,
  PullRequest,
  PullRequests,
  Refused,
} from '../../src/forge/forge.ts';

export interface MemoryPullRequest extends Omit<
  PullRequest,
  'head' | 'headId' | 'commits' | 'isWhole' | 'verified' | 'team-reviewers'
> {
  readonly base: string;
  readonly fork: boolean;
  readonly teamReviewers: readonly string[];
  readonly milestone: string;
  readonly autoMerge: MergeMethod | '';
  readonly queued: boolean;
}

export type Opening = Pick<MemoryPullRequest, 'branch' | 'base'> & Partial<MemoryPullRequest>;

/** The branches and commits of the repository. */
export interface MemoryCommits {
  /** The tip of a branch, `undefined` where the branch does not exist. */
  readonly tip: (branch: string) => Commit | undefined;
  /** Moves a branch to a commit of these files on top of `parent`, and gives its id; `undefined` when it is not at `expected`. */
  readonly commit: (commit: ForgeCommit) => Commit | undefined;
}

export class MemoryForge implements Forge {
  readonly name = 'Memory';
  readonly numberSign = '#';
  readonly hiddenText = 'html-comment';
  readonly limits = { title: 256, body: 65_536, label: 50 };
  /** The oldest first. */
  pullRequests: readonly MemoryPullRequest[] = [];
  /** Why it refuses what: `label urgent`, `reviewer ada`, `draft`, `auto-merge`, `milestone Q4`. */
  readonly refusals = new Map<string, string>();
  /** By `owner/name base...head`; all others are unknown. */
  readonly comparisons = new Map<string, Comparison>();
  /** Whether the repository is public. */
  isOpen = false;
  /** The source repositories that are public, or not; all others are not known. */
  readonly visibilities = new Map<string, boolean>();
  /** Ids of commits with a good signature. */
  readonly verified = new Set<string>();
  /** What auto-merge comes to. */
  merging: Merging = 'enabled';
  /** What was written, in order: `open`, `update 1 body,title`, `label urgent`, `auto-merge squash of c1`. */
  readonly written: string[] = [];
  readonly #commits: MemoryCommits;

  constructor(commits: MemoryCommits) {
    this.#commits = commits;
  }

  /** As a person or a run opens it. */
  add(opening: Opening): MemoryPullRequest {
    const number = this.pullRequests.length + 1;
    const opened: MemoryPullRequest = { ...NOTHING, number, id: `PR_${number}`, url: urlOf(number), ...opening };
    this.pullRequests = [...this.pullRequests, opened];
    return opened;
  }

  /** As a person or a run changes it. */
  change(number: number, change: Partial<MemoryPullRequest>): MemoryPullRequest {
    const changed = { ...this.get(number), ...change };
    this.pullRequests = this.pullRequests.map((one) => (one.number === number ? changed : one));
    return changed;
  }

  get(number: number): MemoryPullRequest {
    const found = this.pullRequests.find((one) => one.number === number);
    if (!found) throw new Error(`there is no pull request ${number}`);
    return found;
  }

  find(branches: readonly string[], base: string): Promise<PullRequests> {
    const all = this.pullRequests.filter((one) => one.base === base && !one.fork).toReversed();
    const isPast = ({ state, branch }: MemoryPullRequest): boolean =>
      state === 'merged' || (state === 'closed' && branches.includes(branch));
    return Promise.resolve({
      open: all.filter(({ state }) => state === 'open').map((one) => this.#seen(one, true)),
      past: all.filter(isPast).map((one) => this.#seen(one, true)),
    });
  }

  open({ branch, base, title, body, draft }: NewPullRequest): Promise<PullRequest | undefined> {
    const isThere = (one: MemoryPullRequest): boolean =>
      one.state === 'open' && !one.fork && one.branch === branch && one.base === base;
    if (this.pullRequests.some(isThere)) return Promise.resolve(undefined);
    this.written.push('open');
    const opened = this.add({ branch, base, title, body, draft: draft && !this.refusals.has('draft') });
    return Promise.resolve(this.#seen(opened, false));
  }

  update(number: number, change: { title?: string; body?: string; state?: 'closed' }): Promise<PullRequest> {
    this.written.push(`update ${number} ${Object.keys(change).join()}`);
    return Promise.resolve(this.#seen(this.change(number, change), false));
  }

  giveAttributes({ number, headId }: PullRequest, given: Attributes, wanted: Attributes, head: string): Promise<Given> {
    const missing = missingIn(given, wanted);
    const refused: Refused[] = [];
    const give = (
      what: string,
      change: (one: MemoryPullRequest) => Partial<MemoryPullRequest>,
      written = what,
    ): void => {
      const reason = this.refusals.get(what);
      if (reason === undefined) {
        this.written.push(written);
        this.change(number, change(this.get(number)));
      } else refused.push({ what, reason });
    };
    const joined = (names: readonly string[], name: string): string[] => [...new Set([...names, name])];

    if (missing.draft && !this.get(number).draft) give('draft', () => ({ draft: true }));
    for (const name of missing.reviewers)
      give(nameOf('reviewers', name), (one) => ({ reviewers: joined(one.reviewers, name) }));
    for (const name of missing['team-reviewers'])
      give(nameOf('team-reviewers', name), (one) => ({
        teamReviewers: joined(one.teamReviewers, name.replace(/^.*\//, '')),
      }));
    for (const name of missing.labels) give(nameOf('labels', name), (one) => ({ labels: joined(one.labels, name) }));
    for (const name of missing.assignees)
      give(nameOf('assignees', name), (one) => ({ assignees: joined(one.assignees, name) }));
    const wrong = wrongLabels(given, wanted).filter((label) => this.get(number).labels.includes(label));
    for (const label of wrong) {
      this.written.push(`remove label ${label}`);
      this.change(number, { labels: this.get(number).labels.filter((one) => one !== label) });
    }
    if (missing.milestone !== '') give(`milestone ${missing.milestone}`, () => ({ milestone: missing.milestone }));
    const method = missing['auto-merge'];
    const isMoved = (this.#commits.tip(this.get(number).branch)?.id ?? headId) !== head;
    if (method !== '' && isMoved) refused.push({ what: 'auto-merge', reason: 'The head branch was modified' });
    else if (method !== '') {
      const changes = {
        merged: { state: 'merged' },
        queued: { queued: true },
        enabled: { autoMerge: method },
      } as const;
      give('auto-merge', () => changes[this.merging], `auto-merge ${method} of ${head}`);
    }
    const after = givenAfter(given, wanted, refused);
    const isMerging = method !== '' && after['auto-merge'] === method;
    return Promise.resolve({ given: after, refused, ...(isMerging && { merging: this.merging }) });
  }

  compare(repository: string, base: string, head: string): Promise<Comparison> {
    const known = this.comparisons.get(`${repository} ${base}...${head}`);
    return Promise.resolve(known ?? { status: 'unknown', reason: 'Not Found' });
  }

  isPublic(): Promise<boolean> {
    return Promise.resolve(this.isOpen);
  }

  isSourcePublic(repository: string): Promise<boolean | undefined> {
    return Promise.resolve(this.visibilities.get(repository));
  }

  commit(commit: ForgeCommit): Promise<{ id: string; verified: boolean } | undefined> {
    return Promise.resolve().then(() => {
      if (this.#commits.tip(commit.branch)?.id !== (commit.expected || undefined)) return undefined;
      const made = this.#commits.commit(commit);
      if (made) this.verified.add(made.id);
      return made && { id: made.id, verified: true };
    });
  }

  isVerified(commit: string): Promise<boolean> {
    return Promise.resolve(this.verified.has(commit));
  }

  #seen(pullRequest: MemoryPullRequest, withHead: boolean): PullRequest {
    const { number, url, id, state, title, body, draft, labels, reviewers, assignees, branch } = pullRequest;
    const facts = { number, url, id, state, title, body, draft, labels, reviewers, assignees, branch };
    const tip = this.#commits.tip(branch);
    const head = withHead ? tip : undefined;
    return {
      ...facts,
      'team-reviewers': pullRequest.teamReviewers,
      closedByDeletion: pullRequest.closedByDeletion,
      headId: tip?.id ?? '',
      commits: head ? [head] : [],
      isWhole: head?.parents.join() === this.#commits.tip(pullRequest.base)?.id,
      head,
      verified: head !== undefined && this.verified.has(head.id),
    };
  }
}

const NOTHING = {
  state: 'open',
  title: '',
  body: '',
  draft: false,
  labels: [],
  fork: false,
  closedByDeletion: false,
  reviewers: [],
  teamReviewers: [],
  assignees: [],
  milestone: '',
  autoMerge: '',
  queued: false,
} as const;

const urlOf = (number: number): string => `https://forge.test/acme/manifests/pull/${number}`;

type Tree = ReadonlyMap<string, ManifestFile>;

/** Commits in memory, for a forge that has no store beside it. */
export class CommitsInMemory implements MemoryCommits {
  readonly branches = new Map<string, Commit>();
  readonly commits = new Map<string, Commit>();
  readonly #trees = new Map<string, Tree>();

  tip = (branch: string): Commit | undefined => this.branches.get(branch);

  commit = ({ branch, parent, parentTree, tree, message, files }: ForgeCommit): Commit => {
    const made = this.#write(parentTree, files);
    if (made !== tree) throw failure('EDIT_NOT_VERIFIED', { file: files[0]?.path ?? '', reason: 'another tree' });
    return this.#put(branch, { tree, parents: [parent], message, committerEmail: 'noreply@forge.test', signed: true });
  };

  /** Commits on top of a branch as a person does; a branch that does not exist starts at main. */
  push(
    branch: string,
    files: readonly ManifestFile[],
    message = 'Change by hand\n',
    parents?: readonly string[],
  ): Commit {
    const parent = this.tip(branch) ?? this.tip('main');
    const tree = this.#write(parent?.tree ?? '', files);
    const before = parents ?? (parent ? [parent.id] : []);
    return this.#put(branch, { tree, parents: before, message, committerEmail: 'ada@example.com', signed: false });
  }

  #write(base: string, files: readonly ManifestFile[]): string {
    const tree = new Map([...(this.#trees.get(base) ?? []), ...files.map((file) => [file.path, file] as const)]);
    const id = idOf(
      [...tree.values()]
        .map(({ path, mode, bytes }) => `${mode} ${path} ${Buffer.from(bytes).toString('hex')}`)
        .toSorted(),
    );
    this.#trees.set(id, tree);
    return id;
  }

  #put(branch: string, facts: Omit<Commit, 'id'>): Commit {
    const commit = { id: idOf(facts), ...facts };
    this.commits.set(commit.id, commit);
    this.branches.set(branch, commit);
    return commit;
  }
}

const idOf = (value: unknown): string => createHash('sha1').update(JSON.stringify(value)).digest('hex');
