/** Where a repository of Azure DevOps is: its organization (Services) or collection (Server), and what its API is asked with. */
import type { Remote } from '../../core/remote.ts';
import type { ApiServer } from '../http/client.ts';
import type { RawAnswer } from '../../core/transport.ts';
import { isServerOf, type Server } from '../kind.ts';
import { isJwt, RIGHT_TOKEN } from './token-kind.ts';

export interface Place {
  /** Web address of the organization or collection, without a slash at its end; its pages and its API are below it. */
  readonly collection: string;
  /** Decoded, as the repository. */
  readonly project: string;
  readonly repository: string;
}

/** Those of Azure DevOps Services, where a path is `v3/organization/project/repository`. */
const SSH_HOSTS = /^(?:ssh\.dev\.azure\.com|vs-ssh\.visualstudio\.com)$/i;
/** What is before the name of a repository, by https and by ssh. */
const BEFORE_NAME = /^_(?:git|ssh)$/i;

/** The place of a repository; `undefined` where its path is that of no repository of Azure DevOps. */
export function placeOf(
  remote: Pick<Remote, 'host' | 'transport' | 'name' | 'url'>,
  servers: readonly Server[],
): Place | undefined {
  const path = decoded(remote.name);
  if (remote.transport === 'file' || !path) return undefined;
  if (SSH_HOSTS.test(remote.host)) {
    const [version, organization, project, repository, ...more] = path;
    if (version !== 'v3' || !organization || !project || !repository || more.length > 0) return undefined;
    return { collection: `https://dev.azure.com/${encodeURIComponent(organization)}`, project, repository };
  }
  const own = servers.filter((server) => server.kind === 'azure-devops' && isServerOf(server, remote));
  const at = path.findIndex((part) => BEFORE_NAME.test(part));
  const [before, [, repository, ...more]] = [path.slice(0, at), path.slice(at)];
  if (at === -1 || !repository || more.length > 0) return undefined;
  const depth = own.flatMap((server) => depthIn(server, before) ?? [])[0] ?? depthOn(remote.host, before);
  const [project = repository, ...beyond] = before.slice(depth);
  if (before.length < depth || beyond.length > 0) return undefined;
  const origin = remote.transport === 'ssh' ? originOf(own[0], remote.host) : new URL(remote.url).origin;
  return { collection: [origin, ...before.slice(0, depth).map(encodeURIComponent)].join('/'), project, repository };
}

/** The place of a repository that is named below a collection: `project/_git/repository`, or without `_git`. */
export function placeIn(collection: string, name: string): Place | undefined {
  const names = decoded(name)?.filter((part) => !BEFORE_NAME.test(part)) ?? [];
  const [project, repository = project] = names;
  return project && repository && names.length <= 2 ? { collection, project, repository } : undefined;
}

/** Web page of a repository. */
export function pageOf({ collection, project, repository }: Place): string {
  return `${collection}/${encodeURIComponent(project)}/_git/${encodeURIComponent(repository)}`;
}

/** Percent-decoded parts of a path; `undefined` where it is not well encoded. */
function decoded(path: string): string[] | undefined {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** How many parts of a path are the collection that the CI names; `undefined` where the path is elsewhere. */
function depthIn({ url }: Server, path: readonly string[]): number | undefined {
  const folders = decoded(new URL(url).pathname)?.filter(Boolean) ?? [];
  return folders.every((folder, index) => folder === path[index]) ? folders.length : undefined;
}

/** How many they are on a host: an organization; a collection, which an older Server has in the folder `tfs`. */
function depthOn(host: string, [first = '']: readonly string[]): number {
  if (/\.visualstudio\.com$/i.test(host)) return /^DefaultCollection$/i.test(first) ? 1 : 0;
  return /^tfs$/i.test(first) ? 2 : 1;
}

const originOf = (server: Server | undefined, host: string): string =>
  server ? new URL(server.url).origin : `https://${host}`;

/** The API of identities: on Services it has a host of its own, which is of the same service. */
export function identitiesOf(collection: string): string {
  const { hostname, pathname } = new URL(collection);
  const [, ofHost] = /^([\w-]+)\.visualstudio\.com$/i.exec(hostname) ?? [];
  const organization = hostname === 'dev.azure.com' ? pathname.split('/')[1] : ofHost;
  return organization === undefined ? collection : `https://vssps.dev.azure.com/${organization}`;
}

/** Right after a push the branch may not be known yet: TF401398, “the source and/or the target branch no longer exists”. */
const NOT_YET = [[/^POST \S+\/pullRequests$/, /^4\d\d .*TF401398/]] as const;

/** The API below an address for one token; an empty token is not sent. */
export function apiServer(apiUrl: string, token: string): ApiServer {
  return {
    name: 'Azure DevOps',
    apiUrl,
    // Without the second header a refused token is sent to a page to sign in.
    headers: { ...(token !== '' && { authorization: authorizationOf(token) }), 'x-tfs-fedauthredirect': 'Suppress' },
    notYet: NOT_YET,
    access: RIGHT_TOKEN,
    translate: signInAsRefusal,
  };
}

/** https://learn.microsoft.com/azure/devops/integrate/get-started/authentication/authentication-guidance */
function authorizationOf(token: string): string {
  return isJwt(token) ? `Bearer ${token}` : `Basic ${Buffer.from(`:${token}`).toString('base64')}`;
}

/**
 * Azure answers a token that it does not take with 203 or a redirect and its page to sign in, or with 401, a page and the reason
 * in a header: each is a refusal.
 */
function signInAsRefusal(answer: RawAnswer): RawAnswer {
  const { status, headers } = answer;
  const said = headers.get('x-tfs-serviceerror') ?? '';
  const isPage = !/\bjson\b/.test(headers.get('content-type') ?? '');
  const isSignIn = status === 203 || /\/_signin\b|^https:\/\/login\.microsoftonline\.com\//.test(locationIn(headers));
  if (!isSignIn && !(isPage && said !== '' && (status === 401 || status === 403))) return answer;
  const message = said === '' ? `it answered with its page to sign in (status ${status})` : fromHeader(said);
  return {
    status: isSignIn ? 401 : status,
    headers: new Map([['content-type', 'application/json']]),
    body: Buffer.from(JSON.stringify({ message })),
  };
}

const locationIn = (headers: RawAnswer['headers']): string => headers.get('location') ?? '';

/** `Access+Denied%3a+The+token+has+expired.` */
function fromHeader(text: string): string {
  return decoded(text.replaceAll('+', ' '))?.join('/') ?? text;
}
