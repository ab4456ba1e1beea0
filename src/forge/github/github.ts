/** GitHub as a forge, through Octokit. */
import type { Forge } from '../forge.ts';
import { giveAttributes } from './attributes.ts';
import { createClient, type ClientOptions } from './client.ts';
import { compare, isVerified, makeCommit } from './commits.ts';
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
    compare: comparing(source, options),
    commit: (commit) => makeCommit(repository, commit),
    isVerified: (commit) => isVerified(repository, commit),
    merges: mergesOf(repository),
  };
}

/** As `Forge.compare`; `source` is what reads the source repositories, or the reason why they are not read. */
export function comparing(source: ServerToken | string, options: ClientOptions): Forge['compare'] {
  const client = typeof source === 'string' ? source : createClient(source, options);
  return async (fullName, ...revisions) => {
    if (typeof client === 'string') return { status: 'unknown', reason: client };
    const [owner = '', name = ''] = fullName.split('/');
    return compare(new GitHubRepository(client, owner, name), ...revisions);
  };
}
