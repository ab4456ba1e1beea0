/** GitHub as a forge, through Octokit. */
import type { Forge } from '../forge.ts';
import { giveAttributes } from './attributes.ts';
import { createClient, type ClientOptions } from './client.ts';
import { compare, isVerified, makeCommit } from './commits.ts';
import { findPullRequests, openPullRequest, updatePullRequest } from './pull-requests.ts';
import { GitHubRepository } from './repository.ts';

interface GitHubOptions extends ClientOptions {
  /** The REST API's root, e.g. https://api.github.com. */
  readonly apiUrl: string;
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  /** The API of the server that has the source repositories, and the token that reads them. */
  readonly source: { readonly apiUrl: string; readonly token: string };
}

/** The pull requests of one repository. */
export function gitHub({ apiUrl, token, owner, repo, source, ...options }: GitHubOptions): Forge {
  const repository = new GitHubRepository(createClient(apiUrl, token, options), owner, repo);
  const sourceClient = createClient(source.apiUrl, source.token, options);
  return {
    name: 'GitHub',
    limits: { title: 256, body: 65_536, label: 50 },
    find: (...asked) => findPullRequests(repository, ...asked),
    open: (pullRequest) => openPullRequest(repository, pullRequest),
    update: (...change) => updatePullRequest(repository, ...change),
    giveAttributes: (...asked) => giveAttributes(repository, ...asked),
    compare: (fullName, ...revisions) => {
      const [sourceOwner = '', name = ''] = fullName.split('/');
      return compare(new GitHubRepository(sourceClient, sourceOwner, name), ...revisions);
    },
    commit: (commit) => makeCommit(repository, commit),
    isVerified: (commit) => isVerified(repository, commit),
  };
}
