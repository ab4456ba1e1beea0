/** GitLab as a forge, through its REST API: GitLab.com and servers of its version 16 or later. */
import type { Forge, Sources } from '../forge.ts';
import type { ClientOptions } from '../http/client.ts';
import { PATIENCE } from '../http/patience.ts';
import { unreadSources } from '../unread-sources.ts';
import { giveAttributes } from './attributes.ts';
import { compare, isPublic, isVerified } from './commits.ts';
import { PREFIX_LENGTH } from './draft-title.ts';
import { MergeRequests } from './merge-requests.ts';
import { mergesOf } from './merges.ts';
import { Project } from './project.ts';
import type { Place } from './server.ts';

/** A token, and the server that it was given for; the project of the place is set for each call. */
export interface Source extends Omit<Place, 'project'> {
  readonly token: string;
}

export interface GitLabOptions extends ClientOptions {
  readonly place: Place;
  readonly token: string;
  /** What reads the source repositories, or the reason why they are not read. */
  readonly source: Source | string;
}

/** GitLab counts the bytes of a text, of which a UTF-16 code unit has three at most. */
const BODY_BYTES = 1_048_576;

/** The merge requests of one project. */
export function gitLab({
  place,
  token,
  source,
  ...options
}: GitLabOptions): Forge & Required<Pick<Forge, 'isVerified'>> {
  const project = new Project(place, token, options);
  const mergeRequests = new MergeRequests(project);
  const delays = options.limits?.patience ?? PATIENCE;
  return {
    name: 'GitLab',
    numberSign: '!',
    hiddenText: 'html-comment',
    headsByGit: true,
    limits: { title: 255 - PREFIX_LENGTH, body: Math.floor(BODY_BYTES / 3), label: 255 },
    find: (branches, base, matters = () => true) => mergeRequests.find(branches, base, matters),
    open: (pullRequest) => mergeRequests.open(pullRequest),
    update: (...change) => mergeRequests.update(...change),
    giveAttributes: (...asked) => giveAttributes(project, mergeRequests, ...asked, delays),
    isPublic: () => isPublic(project),
    ...sourcesBy(source, options),
    isVerified: (commit) => isVerified(project, commit),
    merges: mergesOf(project),
  };
}

/** `source` is what reads the source repositories, or the reason why they are not read. */
export function sourcesBy(source: Source | string, options: ClientOptions): Sources {
  if (typeof source === 'string') return unreadSources(source);
  const projectOf = (project: string) => new Project({ ...source, project }, source.token, options);
  return {
    compare: (project, ...revisions) => compare(projectOf(project), ...revisions),
    isSourcePublic: (project) => isPublic(projectOf(project)),
  };
}
