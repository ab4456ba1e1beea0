/** What GitHub's REST API tells about repositories and pull requests, complete as its OpenAPI description has it. */
import { LOGIN } from './access.ts';
import type { Comparison } from './bare-repository.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';

type Json = Readonly<Record<string, unknown>>;

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

/** The objects of one server, whose URLs start with its own. */
export class GitHubObjects {
  readonly #serverUrl: string;
  readonly #apiUrl: string;

  constructor(serverUrl: string, apiUrl: string) {
    this.#serverUrl = serverUrl;
    this.#apiUrl = apiUrl;
  }

  /** The answer to `GET /repos/{owner}/{repo}`. */
  fullRepository(repository: SandboxRepository): Json {
    return { ...this.#repository(repository), has_discussions: false, network_count: 0, subscribers_count: 0 };
  }

  /** An entry in the list of pull requests. */
  listedPullRequest(repository: SandboxRepository, pullRequest: PullRequest): Json {
    const { number, head, headSha, base, baseSha } = pullRequest;
    const self = this.#pullRequestUrl(repository, number);
    const api = this.#repositoryUrl(repository);
    const html = `${this.#serverUrl}/${repository.fullName}/pull/${number}`;
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
      user: this.#user(LOGIN, 'Bot'),
      author_association: 'CONTRIBUTOR',
      assignee: null,
      assignees: [],
      requested_reviewers: [],
      requested_teams: [],
      labels: [],
      milestone: null,
      draft: pullRequest.draft,
      auto_merge: null,
      created_at: pullRequest.createdAt,
      updated_at: pullRequest.updatedAt,
      closed_at: pullRequest.closedAt,
      merged_at: pullRequest.mergedAt,
      merge_commit_sha: pullRequest.mergeCommit,
      head: this.#end(repository, head, headSha),
      base: this.#end(repository, base, baseSha),
    };
  }

  /** A pull request on its own. */
  pullRequest(repository: SandboxRepository, pullRequest: PullRequest, comparison: Comparison): Json {
    return {
      ...this.listedPullRequest(repository, pullRequest),
      merged: pullRequest.mergedAt !== null,
      merged_by: pullRequest.mergedAt === null ? null : this.#user(repository.owner, 'Organization'),
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

  #end(repository: SandboxRepository, ref: string, sha: string): Json {
    const { owner } = repository;
    const user = this.#user(owner, 'Organization');
    return { label: `${owner}:${ref}`, ref, sha, user, repo: this.#repository(repository) };
  }

  #repository(repository: SandboxRepository): Json {
    const { id, owner, name, fullName, visibility, defaultBranch, createdAt } = repository;
    const url = this.#repositoryUrl(repository);
    const html = `${this.#serverUrl}/${fullName}`;
    const { host } = new URL(this.#serverUrl);
    return {
      id,
      node_id: nodeId('Repository', id),
      name,
      full_name: fullName,
      owner: this.#user(owner, 'Organization'),
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

  #user(login: string, type: 'Bot' | 'Organization'): Json {
    const url = `${this.#apiUrl}/users/${encodeURIComponent(login)}`;
    return {
      login,
      id: type === 'Bot' ? 41898282 : 1,
      node_id: nodeId(type, login),
      avatar_url: `${this.#serverUrl}/avatars/${encodeURIComponent(login)}`,
      gravatar_id: '',
      url,
      html_url: `${this.#serverUrl}/${encodeURIComponent(login)}`,
      ...suffixed(USER_URLS, url),
      type,
      site_admin: false,
    };
  }

  #repositoryUrl({ fullName }: SandboxRepository): string {
    return `${this.#apiUrl}/repos/${fullName}`;
  }

  #pullRequestUrl(repository: SandboxRepository, number: number): string {
    return `${this.#repositoryUrl(repository)}/pulls/${number}`;
  }
}

function suffixed(urls: Readonly<Record<string, string>>, root = ''): Json {
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [`${name}_url`, `${root}${url}`]));
}

function nodeId(type: string, id: number | string): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}
