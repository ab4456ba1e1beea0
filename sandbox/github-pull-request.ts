/** What GitHub's REST API tells about a pull request, complete as its OpenAPI description has it. */
import { createHash } from 'node:crypto';
import type { Comparison } from './bare-repository.ts';
import { attributesObject, teamObject } from './github-issue.ts';
import { nodeId, repositoryObject, repositoryUrl, suffixed, userObject } from './github-repository.ts';
import type { Addresses, Json } from './github-repository.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';

/** Whose forks there are. */
export const FORKER = 'mallory';

/** An entry in the list of pull requests. */
export function listedPullRequestObject(
  addresses: Addresses,
  repository: SandboxRepository,
  pullRequest: PullRequest,
): Json {
  const { number, head, headSha, base, baseSha } = pullRequest;
  const api = repositoryUrl(addresses, repository);
  const self = `${api}/pulls/${number}`;
  const html = `${addresses.serverUrl}/${repository.fullName}/pull/${number}`;
  const urls = {
    comments: `${api}/issues/${number}/comments`,
    commits: `${self}/commits`,
    html,
    issue: `${api}/issues/${number}`,
    review_comment: `${api}/pulls/comments{/number}`,
    review_comments: `${self}/comments`,
    statuses: `${api}/statuses/${headSha}`,
  };
  const links = Object.entries({ self, ...urls }).map(([name, href]) => [name, { href }]);
  const id = repository.id * 1000 + number;
  return {
    _links: Object.fromEntries(links),
    url: self,
    ...suffixed(urls),
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    id,
    node_id: nodeId('PullRequest', id),
    number,
    state: pullRequest.state,
    locked: false,
    title: pullRequest.title,
    body: pullRequest.body,
    user: userObject(addresses, pullRequest.author),
    author_association: 'CONTRIBUTOR',
    ...attributesObject(addresses, repository, pullRequest),
    requested_reviewers: pullRequest.reviewers.map((login) => userObject(addresses, login)),
    requested_teams: pullRequest.teamReviewers.map((slug) => teamObject(addresses, repository, slug)),
    draft: pullRequest.draft,
    auto_merge: autoMergeObject(addresses, pullRequest),
    created_at: pullRequest.createdAt,
    updated_at: pullRequest.updatedAt,
    closed_at: pullRequest.closedAt,
    merged_at: pullRequest.mergedAt,
    // That of a test merge, before there is a true one.
    merge_commit_sha: pullRequest.mergeCommit ?? testMergeOf(pullRequest),
    head: pullRequest.fork
      ? forkObject(addresses, repository, head, headSha)
      : endObject(addresses, repository, head, headSha),
    base: endObject(addresses, repository, base, baseSha),
  };
}

const testMergeOf = ({ headSha, baseSha }: PullRequest): string =>
  createHash('sha1').update(`${headSha} ${baseSha}`).digest('hex');

/** A pull request on its own. */
export function pullRequestObject(
  addresses: Addresses,
  repository: SandboxRepository,
  pullRequest: PullRequest,
  comparison: Comparison,
): Json {
  return {
    ...listedPullRequestObject(addresses, repository, pullRequest),
    merged: pullRequest.mergedAt !== null,
    merged_by: pullRequest.mergedAt === null ? null : userObject(addresses, repository.owner, 'Organization'),
    mergeable: null,
    rebaseable: null,
    mergeable_state: 'unknown',
    maintainer_can_modify: false,
    comments: 0,
    review_comments: 0,
    commits: comparison.commits,
    additions: comparison.additions,
    deletions: comparison.deletions,
    changed_files: comparison.files,
  };
}

function autoMergeObject(addresses: Addresses, { number, title, author, autoMerge }: PullRequest): Json | null {
  if (autoMerge === null) return null;
  const commit = { commit_title: `${title} (#${number})`, commit_message: '' };
  return { enabled_by: userObject(addresses, author), merge_method: autoMerge.method, ...commit };
}

/** The head or the base. */
function endObject(addresses: Addresses, repository: SandboxRepository, ref: string, sha: string): Json {
  const { owner } = repository;
  const user = userObject(addresses, owner, 'Organization');
  return { label: `${owner}:${ref}`, ref, sha, user, repo: repositoryObject(addresses, repository) };
}

/** A head in somebody's fork. */
function forkObject(addresses: Addresses, repository: SandboxRepository, ref: string, sha: string): Json {
  const user = userObject(addresses, FORKER);
  const fullName = `${FORKER}/${repository.name}`;
  const repo = { ...repositoryObject(addresses, repository), owner: user, full_name: fullName, fork: true };
  return { label: `${FORKER}:${ref}`, ref, sha, user, repo };
}
