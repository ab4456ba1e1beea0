/** Where a manifest repository is: the input `repository`, read into what git and the forge need. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { failure } from './errors.ts';
import { isUserName } from './user-name.ts';

/**
 * How git shows a token to a server over http: as the password of a user, or alone. `email` is that of the user's account, where
 * the server's API wants it in place of the name.
 */
export type Login = { readonly user: string; readonly email?: string } | 'bearer';

export interface Remote {
  /** `owner/name`, else the address. Contains no credential. */
  readonly name: string;
  /** What git is given. */
  readonly url: string;
  readonly transport: 'https' | 'http' | 'ssh' | 'file';
  /** The server, for http with its port; empty for a local path. */
  readonly host: string;
  /** With the user of an http address, which is nowhere else; absent where the address says none. Never shown. */
  readonly login?: Login;
}

const OWNER_AND_NAME = /^[\w.-]+\/[\w.-]+$/;
const SCP_LIKE = /^(?:([\w.+-]+)@)?([\w.-]+):(?!\/\/)((?:[\w./~-]|%[\da-f]{2})+)$/i;
/** `C:\x`, `C:/x`, `\\server\share`, `//server/share`: to the other rules an ssh host, a URL or a path of this machine. */
const WINDOWS_PATH = /^(?:[a-z]:[\\/]|\\\\|\/\/)/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
/** Paths that a server has over http alone. */
const HTTP_PATH = /(?:^|\/)(?:scm|_git)\/|^v1\/repos\//;
const MAY_BE_CREDENTIAL = 'contains what may be a credential; give it in the input "token"';

/** A page of a repository: GitHub and GitLab give these names to no group, and Gitea has no groups of groups. */
const PAGE = /^(?!.*\.git\/?$)\/([^/]+(?:\/[^/]+)+?)\/(?:-|tree|blob|commits|src\/branch)\/./;

/** What is no repository, and what is meant by it. */
const MISTAKES: readonly (readonly [text: RegExp, problem: (text: string) => string])[] = [
  [/\$[\w({]|\{\{/, () => 'has a variable that was not replaced'],
  [/^[\w-]+(?:\.[\w-]+)+(?:\/[\w.~-]+){2,}\/?$/, (text) => `has no scheme; write https://${text}`],
  [/^[\w.-]+(?:\/[\w.-]+)+\/$/, (text) => `ends with a slash; write ${text.slice(0, -1)}`],
];

/**
 * Reads `owner/name` (on the server whose address is `serverUrl`), an https or ssh URL, `user@host:path`, or a local
 * path. An address may name a user, but no secret. Plain http is for loopback only, where a token cannot be overheard. With
 * `overSsh`, what would be reached by http is reached by ssh on the same host. Paths of Windows are for Windows only.
 * Throws INPUT_INVALID.
 */
export function readRemote(
  repository: string,
  serverUrl: string,
  overSsh = false,
  platform: NodeJS.Platform = process.platform,
): Remote {
  const remote = WINDOWS_PATH.test(repository)
    ? readWindowsPath(repository, platform)
    : readAddress(repository, serverUrl);
  if (!overSsh || !remote.transport.startsWith('http')) return remote;
  if (HTTP_PATH.test(remote.name)) throw invalid(remote.url, 'has another form over ssh; give its ssh address');
  const { hostname } = new URL(remote.url);
  return { name: remote.name, url: `ssh://git@${hostname}/${remote.name}.git`, transport: 'ssh', host: hostname };
}

function readAddress(repository: string, serverUrl: string): Remote {
  if (OWNER_AND_NAME.test(repository) && !repository.startsWith('.')) {
    return readAddress(`${serverUrl.replace(/\/$/, '')}/${repository.replace(/\.git$/, '')}.git`, serverUrl);
  }
  const [, user = 'git', host, path] = SCP_LIKE.exec(repository) ?? [];
  if (host !== undefined && path !== undefined) {
    if (!isUserName(user) || mayHaveCredential(path)) throw invalid(`…@${host}:…`, MAY_BE_CREDENTIAL);
    return { name: nameFromPath(path), url: repository, transport: 'ssh', host: host.toLowerCase() };
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(repository)) return readUrl(repository);
  return readPath(repository);
}

function readWindowsPath(repository: string, platform: NodeJS.Platform): Remote {
  if (platform !== 'win32') throw invalid(repository, 'is a path of Windows, and this machine is not Windows');
  return readPath(repository);
}

function readPath(repository: string): Remote {
  if (repository.startsWith('-') || !existsSync(repository)) {
    const [, problem] = MISTAKES.find(([pattern]) => pattern.test(repository)) ?? [];
    const unknown = 'is no repository: neither owner/name, nor a URL (https://…, ssh://…), nor a folder that exists';
    throw invalid(repository, problem?.(repository) ?? unknown);
  }
  return { name: repository, url: pathToFileURL(resolve(repository)).href, transport: 'file', host: '' };
}

function readUrl(repository: string): Remote {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(?:\/\/)?(.*)$/is.exec(repository) ?? [];
  const user = scheme.toLowerCase() === 'file' ? '' : readUser(rest);
  if (user === undefined) throw invalid(`${scheme}://…`, MAY_BE_CREDENTIAL);
  if (!URL.canParse(repository)) throw invalid(`${scheme}://…`, 'is not a valid URL');
  const url = new URL(repository);
  const transport = url.protocol.slice(0, -1);
  if (transport === 'http' && !LOOPBACK.test(url.hostname)) {
    throw invalid(repository, 'would send the token unencrypted; use https');
  }
  if (transport !== 'https' && transport !== 'http' && transport !== 'ssh' && transport !== 'file') {
    throw invalid(repository, 'uses a transport other than https, ssh and file');
  }
  const name = transport === 'file' ? url.pathname : nameFromPath(url.pathname);
  if (!transport.startsWith('http')) return { name, url: url.href, transport, host: url.hostname };
  const [, ofPage] = PAGE.exec(url.pathname) ?? [];
  if (ofPage !== undefined) throw invalid(repository, `is the address of a page; write ${url.origin}/${ofPage}`);
  url.username = '';
  url.password = '';
  return { name, url: url.href, transport, host: url.host, ...(user !== '' && { login: { user } }) };
}

/** The user in what follows `scheme://`, empty without one; `undefined` where there is more than a user, or no user name. */
function readUser(rest: string): string | undefined {
  const [, before, path = ''] = /^(?:([^/]*)@)?(.*)$/s.exec(rest) ?? [];
  // What has an @ for a URL alone is behind it here.
  const [server = '', ...others] = path.split('/');
  if (mayHaveCredential(others.join('/')) || /[@?#]|%40|%3a|%3f|%23/i.test(server)) return undefined;
  if (before === undefined || before === '') return '';
  const user = decode(before);
  return user !== undefined && !before.includes('@') && isUserName(user) ? user : undefined;
}

/** A query, a fragment, `@` and `:` have no place in the path of a repository. */
const mayHaveCredential = (path: string): boolean => /[@:?#]|%(?:3a|3f|23|40)/i.test(path);

/** `undefined` for what is not well percent-encoded. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function nameFromPath(path: string): string {
  return path
    .replace(/^[/~]+/, '')
    .replace(/(?<!\/)\/+$/, '')
    .replace(/\.git$/, '');
}

/** The part before an @ may be a credential and is not shown. */
function invalid(repository: string, reason: string): Error {
  return failure('INPUT_INVALID', { input: 'repository', value: repository.replace(/^.*@/s, '…@'), reason });
}
