/** Bitbucket Data Center as a forge, through its REST API. */
import type { Login } from '../../core/remote.ts';
import type { Forge, Sources } from '../forge.ts';
import type { ClientOptions } from '../http/client.ts';
import { unreadSources } from '../unread-sources.ts';
import { giveAttributes } from './attributes.ts';
import { compare, isPublic } from './commits.ts';
import { mergesOf } from './merges.ts';
import { PullRequestReader } from './pull-requests.ts';
import { Repository } from './repository.ts';
import type { Place } from './server.ts';

/** A token for a server, and how it is shown. */
export interface Credential {
  readonly token: string;
  readonly login: Login | undefined;
}

/** The server of the source repositories. */
export interface Source extends Pick<Place, 'serverUrl'>, Credential {}

export interface BitbucketDataCenterOptions extends ClientOptions, Credential {
  readonly place: Place;
  /** What reads the source repositories, or the reason why they are not read. */
  readonly source: Source | string;
}

/** The pull requests of one repository. */
export function bitbucketDataCenter({ place, token, login, source, ...options }: BitbucketDataCenterOptions): Forge {
  const repository = new Repository(place, token, login, options);
  const pullRequests = new PullRequestReader(repository);
  return {
    name: 'Bitbucket Data Center',
    numberSign: '#',
    hiddenText: 'link-definition',
    headsByGit: true,
    staysOpenWithoutBranch: true,
    limits: { title: 255, body: 32_768, label: 255 },
    find: (branches, base, matters = () => true) => pullRequests.find(branches, base, matters),
    open: (pullRequest) => pullRequests.open(pullRequest),
    update: (...change) => pullRequests.update(...change),
    giveAttributes: (...asked) => giveAttributes(repository, pullRequests, ...asked),
    isPublic: () => isPublic(repository),
    merges: mergesOf(repository),
    ...sourcesBy(source, options),
  };
}

/** `source` is what reads the source repositories, or the reason why they are not read. */
export function sourcesBy(source: Source | string, options: ClientOptions): Sources {
  if (typeof source === 'string') return unreadSources(source);
  const { serverUrl, token, login } = source;
  const repositoryOf = (fullName: string) => {
    const [project = '', slug = ''] = fullName.split('/').slice(-2);
    return new Repository({ serverUrl, project, slug }, token, login, options);
  };
  return {
    compare: (fullName, ...revisions) => compare(repositoryOf(fullName), ...revisions),
    isSourcePublic: (fullName) => isPublic(repositoryOf(fullName)),
  };
}
