/** A pull request as Bitbucket Data Center returns it. */
import type { Commit } from '../../core/objects.ts';
import type { PullRequest } from '../forge.ts';
import type { CommitFacts, PullRequestFacts } from './answers.ts';

export const STATES = { OPEN: 'open', MERGED: 'merged', DECLINED: 'closed' } as const;

/** Bitbucket does not say why one was declined, so that each is taken for a decision. */
export function pullRequestOf(facts: PullRequestFacts, commits: readonly Commit[] = []): PullRequest {
  return {
    number: facts.id,
    url: facts.links.self[0]?.href ?? '',
    id: String(facts.id),
    state: STATES[facts.state],
    title: facts.title,
    body: facts.description ?? '',
    draft: facts.draft ?? false,
    labels: [],
    reviewers: reviewersOf(facts),
    'team-reviewers': [],
    assignees: [],
    branch: facts.fromRef.displayId,
    headId: facts.fromRef.latestCommit ?? '',
    commits,
    isWhole: false,
    head: undefined,
    closedByDeletion: false,
    verified: undefined,
  };
}

/** The names of the reviewers, as they log in. */
export const reviewersOf = ({ reviewers }: PullRequestFacts): readonly string[] =>
  reviewers?.map(({ user }) => user.name) ?? [];

/** Whether its branch is one of this repository. */
export const isOwn = ({ fromRef, toRef }: PullRequestFacts): boolean => fromRef.repository.id === toRef.repository.id;

/** Bitbucket says neither the tree of a commit nor whether it is signed. */
export function commitOf({ id, parents, message, committer, author }: CommitFacts): Commit {
  const { emailAddress } = committer ?? author ?? {};
  return {
    id,
    tree: '',
    parents: parents.map((one) => one.id),
    message,
    committerEmail: emailAddress ?? '',
    signed: false,
  };
}
