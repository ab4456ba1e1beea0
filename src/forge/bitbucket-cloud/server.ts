/** Where a repository of Bitbucket Cloud is, and how its API is shown a token. */
import type { Login, Remote } from '../../core/remote.ts';
import type { ApiServer } from '../http/client.ts';
import type { NotYet } from '../http/patience.ts';
import { kindOfToken, RIGHT_TOKEN } from './token-kind.ts';

export interface Place {
  /** Web address of the server, without a slash at its end. */
  readonly serverUrl: string;
  readonly workspace: string;
  readonly slug: string;
}

/** Names under which Bitbucket Cloud answers, beside its own. */
const BITBUCKET_ORG = /^(?:(?:www|altssh)\.)?bitbucket\.org$/i;

/** The repository behind a remote; `undefined` for a path that is not `workspace/name`. */
export function placeOf({
  host,
  transport,
  url,
  name,
}: Pick<Remote, 'host' | 'transport' | 'url' | 'name'>): Place | undefined {
  const [workspace, slug, ...more] = name.split('/');
  if (transport === 'file' || !workspace || !slug || more.length > 0) return undefined;
  const origin = transport === 'ssh' ? `https://${host}` : new URL(url).origin;
  return { serverUrl: BITBUCKET_ORG.test(host) ? 'https://bitbucket.org' : origin, workspace, slug };
}

/** The root of the API. A proxy under another host has it below its own address. */
export function apiUrlOf({ serverUrl }: Pick<Place, 'serverUrl'>): string {
  return serverUrl === 'https://bitbucket.org' ? 'https://api.bitbucket.org/2.0' : `${serverUrl}/2.0`;
}

/** A token and, for an API token, the e-mail address of its account. */
export interface Credential {
  readonly token: string;
  readonly email: string;
}

/** The credential for the API: the e-mail address is that of the login, and empty where the login has none. */
export function credentialOf(token: string, login: Login | undefined): Credential {
  return { token, email: (typeof login === 'object' && login.email) || '' };
}

/** Refusals right after a push, whose branch the API does not see yet. */
const NOT_YET: readonly NotYet[] = [[/^POST .*\/pullrequests$/, /^400 .*branch not found/i]];

/** The API for one credential; an empty token is not sent. */
export function apiServer(place: Pick<Place, 'serverUrl'>, { token, email }: Credential): ApiServer {
  const authorization =
    kindOfToken(token) === 'api' ? `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}` : `Bearer ${token}`;
  return {
    name: 'Bitbucket Cloud',
    apiUrl: apiUrlOf(place),
    headers: token === '' ? {} : { authorization },
    notYet: NOT_YET,
    access: RIGHT_TOKEN,
  };
}
