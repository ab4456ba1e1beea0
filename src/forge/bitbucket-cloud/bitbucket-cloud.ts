/** Bitbucket Cloud as a forge, through its REST API 2.0. */
import type { Forge, Sources } from '../forge.ts';
import type { ClientOptions } from '../http/client.ts';
import { unreadSources } from '../unread-sources.ts';
import { giveAttributes } from './attributes.ts';
import { compare, isPublic } from './commits.ts';
import { mergesOf } from './merges.ts';
import { PullRequestReader } from './pull-requests.ts';
import { Repository } from './repository.ts';
import type { Credential, Place } from './server.ts';

/** A server, and what its API is shown. */
export interface Source extends Pick<Place, 'serverUrl'> {
  readonly credential: Credential;
}

export interface BitbucketCloudOptions extends ClientOptions {
  readonly place: Place;
  readonly credential: Credential;
  /** What reads the source repositories, or the reason why they are not read. */
  readonly source: Source | string;
}

/** The pull requests of one repository. */
export function bitbucketCloud({ place, credential, source, ...options }: BitbucketCloudOptions): Forge {
  const repository = new Repository(place, credential, options);
  const pullRequests = new PullRequestReader(repository);
  return {
    name: 'Bitbucket Cloud',
    numberSign: '#',
    hiddenText: 'link-definition',
    headsByGit: true,
    staysOpenWithoutBranch: true,
    limits: { title: 255, body: 32_768, label: 255 },
    find: (branches, base, matters = () => true) => pullRequests.find(branches, base, matters),
    open: (pullRequest) => pullRequests.open(pullRequest),
    update: (...change) => pullRequests.update(...change),
    giveAttributes: (pullRequest, given, wanted) =>
      giveAttributes(repository, pullRequests, pullRequest, given, wanted),
    isPublic: () => isPublic(repository),
    merges: mergesOf(repository),
    ...sourcesBy(source, options),
  };
}

/** `source` is what reads the source repositories, or the reason why they are not read. */
export function sourcesBy(source: Source | string, options: ClientOptions): Sources {
  if (typeof source === 'string') return unreadSources(source);
  const { serverUrl, credential } = source;
  const repositoryOf = (fullName: string) => {
    const [workspace = '', slug = ''] = fullName.split('/');
    return new Repository({ serverUrl, workspace, slug }, credential, options);
  };
  return {
    compare: (fullName, ...revisions) => compare(repositoryOf(fullName), ...revisions),
    isSourcePublic: (fullName) => isPublic(repositoryOf(fullName)),
  };
}
