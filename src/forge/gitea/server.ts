/** Gitea's and Forgejo's servers: where the API of one is, and which token goes there. */
import type { Remote } from '../../core/remote.ts';
import type { ApiServer } from '../http/client.ts';

/** A repository on a server that may be in a folder of its host. */
export interface GiteaAddress {
  /** What the addresses of its repositories begin with. */
  readonly serverUrl: string;
  readonly owner: string;
  readonly name: string;
}

/**
 * The repository behind a remote. An address of ssh names the host alone: a server of `servers` with that host is its web
 * address, else https without a port. `undefined` for an address that is no repository of such a server.
 */
export function addressOf(
  { name: path, url, transport, host }: Pick<Remote, 'name' | 'url' | 'transport' | 'host'>,
  servers: readonly string[],
): GiteaAddress | undefined {
  const names = path.split('/');
  const [owner, name] = names.slice(-2);
  if (transport === 'file' || !owner || !name) return undefined;
  if (transport === 'ssh') {
    const known = servers.find((server) => URL.canParse(server) && new URL(server).hostname === host);
    return { serverUrl: trimmed(known ?? `https://${host.replace(/^ssh\./, '')}`), owner, name };
  }
  return { serverUrl: [new URL(url).origin, ...names.slice(0, -2)].join('/'), owner, name };
}

const trimmed = (url: string): string => url.replace(/\/+$/, '');

/** What a token must have. */
export const RIGHT_TOKEN =
  'The token needs the scopes write:repository (branches and pull requests) and write:issue (labels, milestones), and its ' +
  'user the right to write code, pull requests and issues of this repository. In a repository of an organisation its ' +
  'team must have these units.';

/**
 * Refusals that pass: Gitea looks for conflicts after an opening or a push, for a second or two, and merges nothing before; and a
 * repository whose first push it has not seen to the end is empty to it, and has no pull requests.
 */
const NOT_YET = [
  [/^POST \S+\/pulls\/\d+\/merge$/, /^405 .*try again later/i],
  [/^POST \S+\/pulls$/, /^404 /],
] as const;

/** The API of a server for one token; an empty token is not sent. */
export function apiServer(name: string, serverUrl: string, token: string): ApiServer {
  return {
    name,
    apiUrl: `${trimmed(serverUrl)}/api/v1`,
    headers: token === '' ? {} : { authorization: `token ${token}` },
    notYet: NOT_YET,
    access: RIGHT_TOKEN,
  };
}
