/** Azure DevOps as a forge, through its REST API of version 7.0: Services, and Server 2022 or later. */
import type { Forge, Sources } from '../forge.ts';
import type { ClientOptions } from '../http/client.ts';
import { PATIENCE } from '../http/patience.ts';
import { unreadSources } from '../unread-sources.ts';
import { giveAttributes } from './attributes.ts';
import { compare } from './commits.ts';
import { mergesOf } from './merges.ts';
import { PullRequests } from './pull-requests.ts';
import { AzureRepository } from './repository.ts';
import { placeIn, type Place } from './server.ts';

/** An organization or collection, and the token for it; an empty one is not sent. */
export interface Source {
  readonly collection: string;
  readonly token: string;
}

export interface AzureOptions extends ClientOptions {
  readonly place: Place;
  readonly token: string;
  /** What reads the source repositories, or the reason why they are not read. */
  readonly source: Source | string;
}

/** The pull requests of one repository. */
export function azureDevOps({ place, token, source, ...options }: AzureOptions): Forge {
  const repository = new AzureRepository(place, token, options);
  const pullRequests = new PullRequests(repository);
  const delays = options.limits?.patience ?? PATIENCE;
  return {
    name: 'Azure DevOps',
    numberSign: '!',
    hiddenText: 'link-definition',
    headsByGit: true,
    staysOpenWithoutBranch: true,
    limits: { title: 400, body: 4000, label: 400 },
    find: (branches, base, matters = () => true) => pullRequests.find(branches, base, matters),
    open: (pullRequest) => pullRequests.open(pullRequest),
    update: (...change) => pullRequests.update(...change),
    giveAttributes: (...asked) => giveAttributes(repository, pullRequests, ...asked, delays),
    isPublic: notAsked,
    ...sourcesBy(source, options),
    merges: mergesOf(repository),
  };
}

/** `source` is what reads the source repositories, or the reason why they are not read. */
export function sourcesBy(source: Source | string, options: ClientOptions): Sources {
  if (typeof source === 'string') return unreadSources(source);
  return {
    compare: async (name, ...revisions) => {
      const place = placeIn(source.collection, name);
      if (!place) return { status: 'unknown', reason: `${name} is no repository of Azure DevOps` };
      return compare(new AzureRepository(place, source.token, options), ...revisions);
    },
    isSourcePublic: notAsked,
  };
}

/** The visibility of its projects is not read. */
const notAsked = (): Promise<undefined> => Promise.resolve(undefined);
