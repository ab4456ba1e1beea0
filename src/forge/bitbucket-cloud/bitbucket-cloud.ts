/** Bitbucket Cloud as a forge, through its REST API 2.0. */
import type { Forge } from '../forge.ts';
import type { ClientOptions } from '../http/client.ts';
import { giveAttributes } from './attributes.ts';
import { compare } from './commits.ts';
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
    compare: comparing(source, options),
  };
}

/** As `Forge.compare`; `source` is what reads the source repositories, or the reason why they are not read. */
export function comparing(source: Source | string, options: ClientOptions): Forge['compare'] {
  return async (fullName, base, head) => {
    if (typeof source === 'string') return { status: 'unknown', reason: source };
    const [workspace = '', slug = ''] = fullName.split('/');
    const { serverUrl, credential } = source;
    return compare(new Repository({ serverUrl, workspace, slug }, credential, options), base, head);
  };
}
