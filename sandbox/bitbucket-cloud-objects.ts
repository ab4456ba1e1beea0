/** What Bitbucket Cloud's REST API says about accounts, commits and pull requests. */
import { createHash } from 'node:crypto';
import type { CommitStatus } from './commit-statuses.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';
import type { DatedPerson, StoredCommit } from './stored-commit.ts';

/** The id of an account or a repository, made from its name. */
export function uuidOf(name: string): string {
  const digits = createHash('sha256').update(name.toLowerCase()).digest('hex');
  return `{${[8, 4, 4, 4, 12].map((length, index) => digits.slice(index * 12, index * 12 + length)).join('-')}}`;
}

export const accountIdOf = (name: string): string => `557058:${uuidOf(name).slice(1, -1)}`;

export function accountObject(serverUrl: string, name: string): object {
  const uuid = uuidOf(name);
  return {
    type: 'user',
    uuid,
    account_id: accountIdOf(name),
    nickname: name,
    display_name: name,
    links: { html: { href: `${serverUrl}/${encodeURIComponent(uuid)}/` } },
  };
}

interface Shown {
  readonly serverUrl: string;
  readonly repository: SandboxRepository;
}

/** Its reviewers and participants are only told of one that is asked for alone, or where `fields` names them. */
export function pullRequestObject({ serverUrl, repository }: Shown, one: PullRequest, withReviewers: boolean): object {
  const page = `${serverUrl}/${repository.fullName}/pull-requests/${one.number}`;
  const end = (branch: string, commit: string, fork: boolean): object => ({
    branch: { name: branch },
    commit: { type: 'commit', hash: commit.slice(0, 12), links: {} },
    repository: {
      type: 'repository',
      full_name: fork ? `someone/${repository.name}` : repository.fullName,
      name: repository.name,
      uuid: uuidOf(fork ? 'fork' : repository.fullName),
    },
  });
  return {
    type: 'pullrequest',
    id: one.number,
    title: one.title,
    description: one.body ?? '',
    summary: { type: 'rendered', raw: one.body ?? '', markup: 'markdown', html: '' },
    state: one.mergedAt !== null ? 'MERGED' : one.state === 'open' ? 'OPEN' : 'DECLINED',
    draft: one.draft,
    merge_commit: one.mergeCommit === null ? null : { type: 'commit', hash: one.mergeCommit.slice(0, 12) },
    close_source_branch: false,
    closed_by: null,
    author: accountObject(serverUrl, one.author),
    reason: '',
    created_on: one.createdAt,
    updated_on: one.updatedAt,
    source: end(one.head, one.headSha, one.fork),
    destination: end(one.base, one.baseSha, false),
    ...(withReviewers && { reviewers: one.reviewers.map((name) => accountObject(serverUrl, name)), participants: [] }),
    links: { html: { href: page } },
    comment_count: 0,
    task_count: 0,
  };
}

export function commitObject({ serverUrl, repository }: Shown, commit: StoredCommit): object {
  const { id, parents, message, author, committer } = commit;
  return {
    type: 'commit',
    hash: id,
    date: committer.date.replace(/Z$/, '+00:00'),
    message,
    author: personObject(author),
    committer: personObject(committer),
    parents: parents.map((hash) => ({ type: 'commit', hash })),
    links: { html: { href: `${serverUrl}/${repository.fullName}/commits/${id}` } },
  };
}

const STATES = { success: 'SUCCESSFUL', failure: 'FAILED', pending: 'INPROGRESS' } as const;

/** It does not say who wrote it. */
export function statusObject({ serverUrl, repository }: Shown, one: CommitStatus): object {
  const commit = `${serverUrl}/2.0/repositories/${repository.fullName}/commit/${one.commit}`;
  return {
    type: 'build',
    key: one.context,
    name: one.context,
    state: STATES[one.state],
    description: one.description,
    url: one.url === '' ? serverUrl : one.url,
    refname: null,
    created_on: one.time.replace(/Z$/, '+00:00'),
    updated_on: one.time.replace(/Z$/, '+00:00'),
    links: {
      commit: { href: commit },
      self: { href: `${commit}/statuses/build/${encodeURIComponent(one.context)}` },
    },
  };
}

/** There is an account behind an address that Bitbucket knows. */
const personObject = ({ name, email }: DatedPerson): object => ({ type: 'author', raw: `${name} <${email}>` });
