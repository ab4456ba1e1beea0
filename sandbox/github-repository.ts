/** What GitHub's REST API tells about repositories and their owners, complete as its OpenAPI description has it. */
import { holds, mayPush, type Visitor } from './access.ts';
import type { SandboxRepository } from './repository.ts';

export type Json = Readonly<Record<string, unknown>>;

/** Where the server is that the objects' URLs lead to. */
export interface Addresses {
  readonly serverUrl: string;
  readonly apiUrl: string;
}

const REPOSITORY_URLS = {
  archive: '/{archive_format}{/ref}',
  assignees: '/assignees{/user}',
  blobs: '/git/blobs{/sha}',
  branches: '/branches{/branch}',
  collaborators: '/collaborators{/collaborator}',
  comments: '/comments{/number}',
  commits: '/commits{/sha}',
  compare: '/compare/{base}...{head}',
  contents: '/contents/{+path}',
  contributors: '/contributors',
  deployments: '/deployments',
  downloads: '/downloads',
  events: '/events',
  forks: '/forks',
  git_commits: '/git/commits{/sha}',
  git_refs: '/git/refs{/sha}',
  git_tags: '/git/tags{/sha}',
  hooks: '/hooks',
  issue_comment: '/issues/comments{/number}',
  issue_events: '/issues/events{/number}',
  issues: '/issues{/number}',
  keys: '/keys{/key_id}',
  labels: '/labels{/name}',
  languages: '/languages',
  merges: '/merges',
  milestones: '/milestones{/number}',
  notifications: '/notifications{?since,all,participating}',
  pulls: '/pulls{/number}',
  releases: '/releases{/id}',
  stargazers: '/stargazers',
  statuses: '/statuses/{sha}',
  subscribers: '/subscribers',
  subscription: '/subscription',
  tags: '/tags',
  teams: '/teams',
  trees: '/git/trees{/sha}',
};

const USER_URLS = {
  events: '/events{/privacy}',
  followers: '/followers',
  following: '/following{/other_user}',
  gists: '/gists{/gist_id}',
  organizations: '/orgs',
  received_events: '/received_events',
  repos: '/repos',
  starred: '/starred{/owner}{/repo}',
  subscriptions: '/subscriptions',
};

/** The answer to `GET /repos/{owner}/{repo}`; whoever may push sees the settings too. */
export function fullRepositoryObject(addresses: Addresses, repository: SandboxRepository, visitor: Visitor): Json {
  const counts = { network_count: 0, subscribers_count: 0 };
  const push = mayPush(visitor, repository);
  const permissions = { admin: false, maintain: false, push, triage: push, pull: true };
  return {
    ...repositoryObject(addresses, repository),
    has_discussions: false,
    ...counts,
    ...(holds(visitor, repository) && { permissions }),
    ...(push && {
      allow_merge_commit: repository.mergeMethods.has('merge'),
      allow_squash_merge: repository.mergeMethods.has('squash'),
      allow_rebase_merge: repository.mergeMethods.has('rebase'),
      allow_auto_merge: repository.allowAutoMerge,
    }),
  };
}

/** A repository as part of another object. */
export function repositoryObject(addresses: Addresses, repository: SandboxRepository): Json {
  const { id, owner, name, fullName, visibility, defaultBranch, createdAt } = repository;
  const url = repositoryUrl(addresses, repository);
  const html = `${addresses.serverUrl}/${fullName}`;
  const { host } = new URL(addresses.serverUrl);
  return {
    id,
    node_id: nodeId('Repository', id),
    name,
    full_name: fullName,
    owner: userObject(addresses, owner, 'Organization'),
    private: visibility === 'private',
    visibility,
    url,
    html_url: html,
    ...suffixed(REPOSITORY_URLS, url),
    clone_url: `${html}.git`,
    git_url: `git://${host}/${fullName}.git`,
    ssh_url: `git@${host}:${fullName}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    description: null,
    default_branch: defaultBranch,
    language: null,
    license: null,
    fork: false,
    archived: false,
    disabled: false,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    size: 0,
    forks: 0,
    forks_count: 0,
    open_issues: 0,
    open_issues_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    created_at: createdAt,
    updated_at: createdAt,
    pushed_at: createdAt,
  };
}

/** A user or an app, as the login tells, or an organization. */
export function userObject(
  { serverUrl, apiUrl }: Addresses,
  login: string,
  type: 'Bot' | 'Organization' | 'User' = login.endsWith('[bot]') ? 'Bot' : 'User',
): Json {
  const url = `${apiUrl}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id: type === 'Bot' ? 41898282 : 1,
    node_id: nodeId(type, login),
    avatar_url: `${serverUrl}/avatars/${encodeURIComponent(login)}`,
    gravatar_id: '',
    url,
    html_url: `${serverUrl}/${encodeURIComponent(login)}`,
    ...suffixed(USER_URLS, url),
    type,
    site_admin: false,
  };
}

/** Where the API has a repository. */
export function repositoryUrl({ apiUrl }: Addresses, { fullName }: SandboxRepository): string {
  return `${apiUrl}/repos/${fullName}`;
}

/** The URLs as GitHub names them, `name_url`, below `root`. */
export function suffixed(urls: Readonly<Record<string, string>>, root = ''): Json {
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [`${name}_url`, `${root}${url}`]));
}

/** An id as GitHub's GraphQL API has it: opaque. */
export function nodeId(type: string, id: number | string): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}
