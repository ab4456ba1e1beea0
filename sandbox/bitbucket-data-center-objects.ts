/** What Bitbucket Data Center's REST API says about users, commits and pull requests. */
import type { CommitStatus } from './commit-statuses.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';
import type { DatedPerson, StoredCommit } from './stored-commit.ts';

export function userObject(name: string): object {
  return {
    name,
    slug: name.toLowerCase(),
    displayName: name,
    emailAddress: `${name}@example.com`,
    active: true,
    type: 'NORMAL',
  };
}

/** Pull requests with their versions: each change that is seen makes a new one. */
export class PullRequestObjects {
  readonly #serverUrl: string;
  readonly #seen = new Map<string, { readonly version: number; readonly state: string }>();

  constructor(serverUrl: string) {
    this.#serverUrl = serverUrl;
  }

  versionOf({ repository, number, ...one }: PullRequest): number {
    const key = `${repository} ${number}`;
    const { title, body, state, draft, reviewers, headSha, mergedAt, autoMerge } = one;
    const now = JSON.stringify([title, body, state, draft, reviewers, headSha, mergedAt, autoMerge]);
    const before = this.#seen.get(key);
    const version = before === undefined ? 0 : before.state === now ? before.version : before.version + 1;
    this.#seen.set(key, { version, state: now });
    return version;
  }

  objectOf(repository: SandboxRepository, one: PullRequest): object {
    const { number, title, body, head, headSha, base, baseSha, reviewers, author, fork } = one;
    const place = { slug: repository.name, name: repository.name, project: { key: repository.owner, type: 'NORMAL' } };
    const ref = (branch: string, latestCommit: string, id: number): object => ({
      id: `refs/heads/${branch}`,
      displayId: branch,
      latestCommit,
      type: 'BRANCH',
      repository: { id, ...place },
    });
    const participant = (name: string, role: string): object => ({
      user: userObject(name),
      role,
      approved: false,
      status: 'UNAPPROVED',
    });
    const isMerged = one.mergedAt !== null;
    return {
      id: number,
      version: this.versionOf(one),
      title,
      ...(body !== null && body !== '' && { description: body }),
      state: isMerged ? 'MERGED' : one.state === 'open' ? 'OPEN' : 'DECLINED',
      open: one.state === 'open',
      closed: one.state !== 'open',
      draft: one.draft,
      createdDate: Date.parse(one.createdAt),
      updatedDate: Date.parse(one.updatedAt),
      ...(one.closedAt !== null && { closedDate: Date.parse(one.closedAt) }),
      fromRef: ref(head, headSha, fork ? 999 : repository.id),
      toRef: ref(base, baseSha, repository.id),
      locked: false,
      author: participant(author, 'AUTHOR'),
      reviewers: reviewers.map((name) => participant(name, 'REVIEWER')),
      participants: [],
      ...(one.mergeCommit !== null && {
        properties: { mergeCommit: { id: one.mergeCommit, displayId: one.mergeCommit.slice(0, 11) } },
      }),
      links: {
        self: [
          { href: `${this.#serverUrl}/projects/${repository.owner}/repos/${repository.name}/pull-requests/${number}` },
        ],
      },
    };
  }
}

const STATES = { success: 'SUCCESSFUL', failure: 'FAILED', pending: 'INPROGRESS' } as const;

/** It does not say who wrote it. */
export const buildStatusObject = ({ context, state, description, url, time }: CommitStatus): object => ({
  key: context,
  name: context,
  state: STATES[state],
  ...(description !== '' && { description }),
  url,
  createdDate: Date.parse(time),
  updatedDate: Date.parse(time),
});

export function commitObject({ id, parents, message, author, committer }: StoredCommit): object {
  return {
    id,
    displayId: id.slice(0, 11),
    author: personObject(author),
    authorTimestamp: Date.parse(author.date),
    committer: personObject(committer),
    committerTimestamp: Date.parse(committer.date),
    message: message.trimEnd(),
    parents: parents.map((parent) => ({ id: parent, displayId: parent.slice(0, 11) })),
  };
}

const personObject = ({ name, email }: DatedPerson): object => ({ name, emailAddress: email });
