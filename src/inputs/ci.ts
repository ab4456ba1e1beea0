/** Detection of the CI system: the source of the image, the run, who started it, and the servers that it names. */
import type { Author } from '../core/objects.ts';
import { apiOf } from '../forge/github/server.ts';
import type { Server } from '../forge/kind.ts';
import {
  readServer,
  type CiName,
  type CiRun,
  type CiSystem,
  type Facts,
  type ImageSource,
  type Variables,
} from './ci-systems/ci-system.ts';
import { CI_SYSTEMS } from './ci-systems/index.ts';

export type { CiRun, ImageSource } from './ci-systems/ci-system.ts';

/** The CI system, the run and its source. */
export interface Ci {
  readonly name: CiName | 'plain';
  readonly source: ImageSource;
  /** Whether the repository of `source` is public; `undefined` where the CI does not say. */
  readonly isSourcePublic: boolean | undefined;
  readonly run: CiRun;
  /** The branch that is built, of a pull request the one that it is from; empty for a git tag. */
  readonly branch: string;
  /** The servers that the CI names; a repository without a server belongs to the first one. */
  readonly servers: readonly [Server, ...Server[]];
  /** Address of the repository that the run is for; empty where the CI is part of no server. */
  readonly ownRepository: string;
  /** The GitHub server among these, or github.com, and its REST API. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** The server that has the source repository, GitHub or another one. */
  readonly sourceServerUrl: string;
  /** The token that the CI made for this job; empty for none. A secret. */
  readonly jobToken: string;
  /** The server that it is for; empty without one. */
  readonly jobServerUrl: string;
  /** Of commits, where the setting `author` is not given. */
  readonly author: Author;
}

type Environment = Readonly<Record<string, string | undefined>>;

export const UNKNOWN_SOURCE: ImageSource = { repository: '', commit: '', url: '', time: '', ref: '', build: '' };
const UNKNOWN: Facts = { source: UNKNOWN_SOURCE, run: { url: '', actor: '' }, branch: '' };

const GITHUB: Server = { kind: 'github', url: 'https://github.com' };
/** An address that does not exist: the domain `invalid` is reserved for that. */
const AUTHOR: Author = { name: 'manifest-release-pr', email: 'manifest-release-pr@noreply.invalid' };

/** Reads the environment of this process, or the one given. Throws VARIABLE_INVALID. */
export function detectCi(environment: Environment = process.env): Ci {
  const read: Variables = (name) => environment[name] ?? '';
  const system = ciSystem(environment);
  const facts = system?.facts(read) ?? UNKNOWN;
  const servers = serversOf(facts.server, read);
  const gitHub = servers.find(({ kind }) => kind === GITHUB.kind) ?? GITHUB;
  const named = readServer('GITHUB_SERVER_URL', read) ?? gitHub.url;
  return {
    name: system?.name ?? 'plain',
    source: facts.source,
    isSourcePublic: facts.isSourcePublic,
    run: facts.run,
    branch: facts.branch,
    servers,
    ownRepository: facts.ownRepository ?? '',
    serverUrl: gitHub.url,
    // A server of another kind that sets one of the two sets both.
    apiUrl: (named === gitHub.url && readServer('GITHUB_API_URL', read)) || apiOf(gitHub.url),
    sourceServerUrl: facts.sourceServerUrl ?? gitHub.url,
    jobToken: facts.jobToken ?? '',
    jobServerUrl: (facts.jobToken && (facts.jobServerUrl ?? facts.server?.url)) ?? '',
    author: facts.author ?? AUTHOR,
  };
}

/** The CI system, as far as it is known. Never throws. */
export function ciSystem(environment: Environment = process.env): CiSystem | undefined {
  return CI_SYSTEMS.find(({ isHere }) => isHere((name) => environment[name] ?? ''));
}

/** First the GitHub server that GITHUB_SERVER_URL names, where it is not a server of another kind that sets it; then the CI's own. */
function serversOf(own: Server | undefined, read: Variables): Ci['servers'] {
  const named = readServer('GITHUB_SERVER_URL', read);
  if (named === undefined || named === own?.url) return [own ?? GITHUB];
  return own ? [{ ...GITHUB, url: named }, own] : [{ ...GITHUB, url: named }];
}
