/** What GitHub's REST API tells about a pull request as the issue that it is too, and about what issues carry. */
import { nodeId, repositoryUrl, suffixed, userObject } from './github-repository.ts';
import type { Addresses, Json } from './github-repository.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';

/** A pull request as an issue. */
export function issueObject(addresses: Addresses, repository: SandboxRepository, pullRequest: PullRequest): Json {
  const { number, state, title, body, createdAt, updatedAt, closedAt, mergedAt } = pullRequest;
  const api = repositoryUrl(addresses, repository);
  const self = `${api}/issues/${number}`;
  const html = `${addresses.serverUrl}/${repository.fullName}/pull/${number}`;
  const urls = {
    comments: `${self}/comments`,
    events: `${self}/events`,
    html,
    labels: `${self}/labels{/name}`,
    repository: api,
    timeline: `${self}/timeline`,
  };
  const id = repository.id * 1000 + number;
  return {
    url: self,
    ...suffixed(urls),
    id,
    node_id: nodeId('PullRequest', id),
    number,
    state,
    locked: false,
    title,
    body,
    user: userObject(addresses, pullRequest.author),
    ...attributesObject(addresses, repository, pullRequest),
    author_association: 'CONTRIBUTOR',
    active_lock_reason: null,
    comments: 0,
    draft: pullRequest.draft,
    created_at: createdAt,
    updated_at: updatedAt,
    closed_at: closedAt,
    pull_request: {
      url: `${api}/pulls/${number}`,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: mergedAt,
    },
  };
}

/** What an issue and a pull request tell alike beside their text. */
export function attributesObject(
  addresses: Addresses,
  repository: SandboxRepository,
  { assignees, labels, milestone }: PullRequest,
): Json {
  const people = assignees.map((login) => userObject(addresses, login));
  const set = repository.milestones.find(({ number }) => number === milestone);
  return {
    assignee: people[0] ?? null,
    assignees: people,
    labels: labels.map((name) => labelObject(addresses, repository, name)),
    milestone: set ? milestoneObject(addresses, repository, set) : null,
  };
}

export function labelObject(addresses: Addresses, repository: SandboxRepository, name: string): Json {
  const id = Number.parseInt(Buffer.from(name).toString('hex').slice(-10) || '0', 16);
  const url = `${repositoryUrl(addresses, repository)}/labels/${encodeURIComponent(name)}`;
  return { id, node_id: nodeId('Label', id), url, name, description: '', color: 'ededed', default: false };
}

/** A team of the repository's owner. */
export function teamObject({ serverUrl, apiUrl }: Addresses, { owner }: SandboxRepository, slug: string): Json {
  const url = `${apiUrl}/organizations/1/team/${encodeURIComponent(slug)}`;
  const urls = {
    html: `${serverUrl}/orgs/${owner}/teams/${encodeURIComponent(slug)}`,
    members: `${url}/members{/member}`,
    repositories: `${url}/repos`,
  };
  const identity = { id: 1, node_id: nodeId('Team', slug), name: slug, slug, description: null };
  return { ...identity, url, ...suffixed(urls), permission: 'push', privacy: 'closed', parent: null };
}

function milestoneObject(
  addresses: Addresses,
  repository: SandboxRepository,
  { number, title, state }: { number: number; title: string; state: string },
): Json {
  const url = `${repositoryUrl(addresses, repository)}/milestones/${number}`;
  const html = `${addresses.serverUrl}/${repository.fullName}/milestone/${number}`;
  return {
    url,
    ...suffixed({ html, labels: `${url}/labels` }),
    id: number,
    node_id: nodeId('Milestone', number),
    number,
    title,
    state,
    description: null,
    creator: userObject(addresses, repository.owner, 'Organization'),
    open_issues: 0,
    closed_issues: 0,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    closed_at: null,
    due_on: null,
  };
}
