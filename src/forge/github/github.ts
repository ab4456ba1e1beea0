/** GitHub as a forge, through Octokit. */
import type { Forge } from '../forge.ts';
import { giveAttributes } from './attributes.ts';
import { createClient, type ClientOptions } from './client.ts';
import { compare, isVerified, makeCommit } from './commits.ts';
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

/** The pull requests of one repository. */
export function gitHub({ manifests, owner, repo, source, ...options }: GitHubOptions): Forge {
  const repository = new GitHubRepository(createClient(manifests, options), owner, repo);
  const sourceClient = typeof source === 'string' ? source : createClient(source, options);
  const pullRequests = new PullRequestReader(repository);
  return {
    name: 'GitHub',
    limits: { title: 256, body: 65_536, label: 50 },
    files: new RepositoryFiles(repository, pullRequests),
    find: (...asked) => pullRequests.find(...asked),
    open: (pullRequest) => openPullRequest(repository, pullRequest),
    update: (...change) => updatePullRequest(repository, ...change),
    giveAttributes: (...asked) => giveAttributes(repository, ...asked),
    compare: async (fullName, ...revisions) => {
      if (typeof sourceClient === 'string') return { status: 'unknown', reason: sourceClient };
      const [sourceOwner = '', name = ''] = fullName.split('/');
      return compare(new GitHubRepository(sourceClient, sourceOwner, name), ...revisions);
    },
    commit: (commit) => makeCommit(repository, commit),
    isVerified: (commit) => isVerified(repository, commit),
  };
}
