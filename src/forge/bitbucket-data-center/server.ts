/** Where a repository of Bitbucket Data Center is, and how its API is shown a token. */
import type { Login, Remote } from '../../core/remote.ts';
import type { ApiServer } from '../http/client.ts';
import type { NotYet } from '../http/patience.ts';
import { isServerOf, type Server } from '../kind.ts';

export interface Place {
  /** Web address of the server, which may be in a folder of its host, without a slash at its end. */
  readonly serverUrl: string;
  /** The key of the project, `OPS`; of a person `~ada`. */
  readonly project: string;
  readonly slug: string;
}

/** The path of a repository over http: behind the folder of its server there is `scm`. */
const OVER_HTTP = /^(.*?)\/scm\/([^/]+)\/([^/]+?)(?:\.git)?\/*$/;
const OVER_SSH = /(?:^|[:/])([^:/]+)\/([^/]+?)(?:\.git)?\/*$/;

/**
 * The repository behind a remote. An address of ssh names neither the port nor the folder of the web server: these are of a
 * server of `servers` with that host, else there are none. `undefined` for a path that is of no repository.
 */
export function placeOf(
  remote: Pick<Remote, 'host' | 'transport' | 'url'>,
  servers: readonly Server[],
): Place | undefined {
  const { host, transport, url } = remote;
  if (transport === 'file') return undefined;
  if (transport === 'ssh') {
    const known = servers.find((server) => server.kind === 'bitbucket-data-center' && isServerOf(server, remote));
    const [, project, slug] = OVER_SSH.exec(url) ?? [];
    const serverUrl = known?.url.replace(/\/+$/, '') ?? `https://${host}`;
    return project && slug ? { serverUrl, project: decodeURIComponent(project), slug } : undefined;
  }
  const { origin, pathname } = new URL(url);
  const [, folder, project, slug] = OVER_HTTP.exec(pathname) ?? [];
  return project && slug ? { serverUrl: `${origin}${folder}`, project: decodeURIComponent(project), slug } : undefined;
}

/** The web page of a repository: those of a person are below that person's. */
export function pageOf({ serverUrl, project, slug }: Place): string {
  const owner = project.startsWith('~') ? `users/${project.slice(1)}` : `projects/${project}`;
  return `${serverUrl}/${owner}/repos/${slug}`;
}

/** The token to make, and the permission to choose. */
export const RIGHT_TOKEN =
  'Make an HTTP access token of the manifest repository (Repository settings → HTTP access tokens) with the permission ' +
  'Repository write, save it as a secret of the CI, and give it in the input "token". A token of its project, or of a user ' +
  'for machines with write access, does as well.';

/** Refusals right after a push, whose branch another node of the server does not see yet. */
const NOT_YET: readonly NotYet[] = [[/^POST .*\/pull-requests$/, /^404 .*(?:no|not have) .*branch/i]];

/** The API for one token: shown as git shows it, alone or as the password of the user in the address; an empty one is not sent. */
export function apiServer({ serverUrl }: Pick<Place, 'serverUrl'>, token: string, login: Login | undefined): ApiServer {
  const isPassword = typeof login === 'object';
  const authorization = isPassword
    ? `Basic ${Buffer.from(`${login.user}:${token}`).toString('base64')}`
    : `Bearer ${token}`;
  return {
    name: 'Bitbucket Data Center',
    apiUrl: `${serverUrl}/rest`,
    headers: token === '' ? {} : { authorization },
    notYet: NOT_YET,
    access: RIGHT_TOKEN,
  };
}
