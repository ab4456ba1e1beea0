/** Gitea and Forgejo as a forge, whose APIs are the same as far as a release needs them. */
import type { Forge, Sources } from '../forge.ts';
import { JsonClient, type ClientOptions } from '../http/client.ts';
import { unreadSources } from '../unread-sources.ts';
import { giveAttributes, LABEL_LENGTH } from './attributes.ts';
import { compare, isPublic, isVerified } from './commits.ts';
import { PREFIX_LENGTH } from './draft.ts';
import { mergesOf } from './merges.ts';
import { findPullRequests, openPullRequest, updatePullRequest } from './pull-requests.ts';
import { GiteaRepository } from './repository.ts';
import { apiServer, type GiteaAddress } from './server.ts';

/** The server of the source repositories, and a token for it; an empty one is not sent. */
export interface Source {
  readonly serverUrl: string;
  readonly token: string;
}

interface SourceOptions extends ClientOptions {
  /** `Gitea` or `Forgejo`: for sentences. */
  readonly name: string;
  /** What reads the source repositories, or the reason why they are not read. */
  readonly source: Source | string;
}

export interface GiteaOptions extends SourceOptions {
  readonly address: GiteaAddress;
  readonly token: string;
}

/** Characters of a title, of which Gitea cuts what is more. */
const TITLE_LENGTH = 255;

/** The pull requests of one repository. */
export function gitea({ address, token, ...sources }: GiteaOptions): Forge {
  const { serverUrl, owner, name } = address;
  const client = new JsonClient(apiServer(sources.name, serverUrl, token), sources);
  const repository = new GiteaRepository(client, serverUrl, owner, name);
  return {
    name: sources.name,
    numberSign: '#',
    hiddenText: 'html-comment',
    limits: { title: TITLE_LENGTH - PREFIX_LENGTH, body: 65_536, label: LABEL_LENGTH },
    find: (...asked) => findPullRequests(repository, ...asked),
    open: (pullRequest) => openPullRequest(repository, pullRequest),
    update: (number, change) => updatePullRequest(repository, number, change),
    giveAttributes: (...asked) => giveAttributes(repository, ...asked),
    isPublic: () => isPublic(repository),
    ...sourcesBy(sources),
    isVerified: (commit) => isVerified(repository, commit),
    merges: mergesOf(repository),
  };
}

/** The source repositories of one server. */
export function sourcesBy({ name, source, ...options }: SourceOptions): Sources {
  if (typeof source === 'string') return unreadSources(source);
  const client = new JsonClient(apiServer(name, source.serverUrl, source.token), options);
  const repositoryOf = (fullName: string) => {
    const [owner = '', repository = ''] = fullName.split('/');
    return new GiteaRepository(client, source.serverUrl, owner, repository);
  };
  return {
    compare: (fullName, ...revisions) => compare(repositoryOf(fullName), ...revisions),
    isSourcePublic: (fullName) => isPublic(repositoryOf(fullName)),
  };
}
