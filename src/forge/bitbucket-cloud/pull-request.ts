/** A pull request as Bitbucket Cloud returns it. */
import type { Commit } from '../../core/objects.ts';
import type { PullRequest } from '../forge.ts';
import type { Account, CommitFacts, PullRequestFacts } from './answers.ts';

/** `SUPERSEDED` is one that Bitbucket closed for another from the same branch. */
export const STATES = { OPEN: 'open', MERGED: 'merged', DECLINED: 'closed', SUPERSEDED: 'closed' } as const;

/**
 * `latest` are its latest commits, by whose whole ids its head is known. Bitbucket does not say why one was declined, so
 * that each is taken for a decision.
 */
export function pullRequestOf(facts: PullRequestFacts, latest: readonly Commit[] = []): PullRequest {
  const short = facts.source.commit?.hash ?? '';
  return {
    number: facts.id,
    url: facts.links.html.href,
    id: String(facts.id),
    state: STATES[facts.state],
    title: facts.title,
    body: facts.description ?? '',
    draft: facts.draft ?? false,
    labels: [],
    reviewers: facts.reviewers?.map(nameOf) ?? [],
    'team-reviewers': [],
    assignees: [],
    branch: facts.source.branch.name,
    headId: latest.find(({ id }) => short !== '' && id.startsWith(short))?.id ?? short,
    commits: latest,
    isWhole: false,
    head: undefined,
    closedByDeletion: false,
    verified: undefined,
  };
}

/** Nicknames need not be unique; they are what people know. */
export function nameOf({ nickname, display_name: displayName, uuid }: Account): string {
  return nickname || displayName || uuid;
}

/** Whether its branch is one of this repository. */
export function isOwn({ source, destination }: PullRequestFacts): boolean {
  return source.repository?.uuid === destination.repository?.uuid;
}

/** Bitbucket says neither the tree of a commit nor whether it is signed. */
export function commitOf({ hash, parents, message, author, committer }: CommitFacts): Commit {
  const email = /<([^<>]*)>\s*$/.exec((committer ?? author)?.raw ?? '')?.[1] ?? '';
  return { id: hash, tree: '', parents: parents.map((one) => one.hash), message, committerEmail: email, signed: false };
}
