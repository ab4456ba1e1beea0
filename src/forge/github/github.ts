/** GitHub as a forge, through Octokit. */
import type { Forge, Sources } from '../forge.ts';
import { unreadSources } from '../unread-sources.ts';
import { giveAttributes } from './attributes.ts';
import { createClient, type ClientOptions } from './client.ts';
import { compare, isPublic, isVerified, makeCommit } from './commits.ts';
import { mergesOf } from './merges.ts';
import { openPullRequest, PullRequestReader, updatePullRequest } from './pull-requests.ts';
import { GitHubRepository } from './repository.ts';
import { RepositoryFiles } from './repository-files.ts';
import type { ServerToken } from './server-token.ts';

interface GitHubOptions extends ClientOptions {
  readonly manifests: ServerToken;
  readonly owner: string;
  readonly repo: string;
  /** What reads the source repositories, or the reason why they are not read. */
  readonly source: ServerToken | string;
}

/** It has all that a forge may have. */
export type GitHub = Forge & Required<Pick<Forge, 'files' | 'commit' | 'isVerified' | 'merges'>>;

/** The pull requests of one repository. */
export function gitHub({ manifests, owner, repo, source, ...options }: GitHubOptions): GitHub {
  const repository = new GitHubRepository(createClient(manifests, options), owner, repo);
  const pullRequests = new PullRequestReader(repository);
  return {
    name: 'GitHub',
    numberSign: '#',
    hiddenText: 'html-comment',
    limits: { title: 256, body: 65_536, label: 50 },
    files: new RepositoryFiles(repository, pullRequests),
    find: (branches, base) => pullRequests.find(branches, base),
    open: (pullRequest) => openPullRequest(repository, pullRequest),
    update: (...change) => updatePullRequest(repository, ...change),
    giveAttributes: (...asked) => giveAttributes(repository, ...asked),
    isPublic: () => isPublic(repository),
    ...sourcesBy(source, options),
    commit: (commit) => makeCommit(repository, commit),
    isVerified: (commit) => isVerified(repository, commit),
    merges: mergesOf(repository),
  };
}

/** `source` is what reads the source repositories, or the reason why they are not read. */
export function sourcesBy(source: ServerToken | string, options: ClientOptions): Sources {
  if (typeof source === 'string') return unreadSources(source);
  const client = createClient(source, options);
  const repositoryOf = (fullName: string): GitHubRepository => {
    const [owner = '', name = ''] = fullName.split('/');
    return new GitHubRepository(client, owner, name);
  };
  return {
    compare: (fullName, ...revisions) => compare(repositoryOf(fullName), ...revisions),
    // What is read without a token is public.
    isSourcePublic: (fullName) => (source.token === '' ? Promise.resolve(true) : isPublic(repositoryOf(fullName))),
  };
}
