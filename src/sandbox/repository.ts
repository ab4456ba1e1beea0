/** A repository of the sandbox: what git keeps, and what GitHub keeps around it. */
import { BareRepository } from './bare-repository.ts';
import { PullRequests } from './pull-requests.ts';

export interface RepositoryOptions {
  /** `main` unless given. */
  readonly defaultBranch?: string;
  /** `private` unless given; a public one may be read without a token. */
  readonly visibility?: 'private' | 'public';
}

export class SandboxRepository extends BareRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly visibility: 'private' | 'public';
  readonly pullRequests: PullRequests;
  readonly createdAt = new Date().toISOString();
  readonly #protected = new Map<string, string>();

  /** The repository `owner/name` under the folder `root`; `id` is GitHub's number for it. */
  constructor(root: string, id: number, fullName: string, options: RepositoryOptions = {}) {
    super(`${root}/${fullName}.git`, options.defaultBranch ?? 'main');
    const [owner = '', name = ''] = fullName.split('/');
    this.id = id;
    this.owner = owner;
    this.name = name;
    this.visibility = options.visibility ?? 'private';
    this.pullRequests = new PullRequests(fullName, this);
  }

  get fullName(): string {
    return `${this.owner}/${this.name}`;
  }

  /** From now on pushes to the branch are refused, with the reason that git shows. */
  protect(branch: string, reason = 'protected branch hook declined'): void {
    this.#protected.set(`refs/heads/${branch}`, reason);
  }

  /** Refs that may not be pushed to, with the reason. */
  get protectedRefs(): ReadonlyMap<string, string> {
    return this.#protected;
  }
}
