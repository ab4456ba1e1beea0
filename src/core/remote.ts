/** Where a manifest repository is: the input `repository`, read into what git and the forge need. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { failure } from './errors.ts';

export interface Remote {
  /** `owner/name`, else the address. Contains no credential. */
  readonly name: string;
  /** What git is given. */
  readonly url: string;
  readonly transport: 'https' | 'http' | 'ssh' | 'file';
  /** The server, for http with its port; empty for a local path. */
  readonly host: string;
}

const OWNER_AND_NAME = /^[\w.-]+\/[\w.-]+$/;
const SCP_LIKE = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)([\w./~-]+)$/;
/** `C:\x`, `C:/x`, `\\server\share`, `//server/share`: to the other rules an ssh host, a URL or a path of this machine. */
const WINDOWS_PATH = /^(?:[a-z]:[\\/]|\\\\|\/\/)/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * Reads `owner/name` (on the server whose address is `serverUrl`), an https or ssh URL, `user@host:path`, or a local
 * path. Plain http is for loopback only, where a token cannot be overheard. With `overSsh`, what would be reached by
 * http is reached by ssh on the same host. Paths of Windows are for Windows only. Throws INPUT_INVALID.
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
  const { hostname } = new URL(remote.url);
  return { name: remote.name, url: `ssh://git@${hostname}/${remote.name}.git`, transport: 'ssh', host: hostname };
}

function readAddress(repository: string, serverUrl: string): Remote {
  if (OWNER_AND_NAME.test(repository) && !repository.startsWith('.')) {
    return readAddress(`${serverUrl.replace(/\/$/, '')}/${repository.replace(/\.git$/, '')}.git`, serverUrl);
  }
  const scp = SCP_LIKE.exec(repository);
  if (scp?.[1] !== undefined && scp[2] !== undefined) {
    return { name: nameFromPath(scp[2]), url: repository, transport: 'ssh', host: scp[1].toLowerCase() };
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(repository)) return readUrl(repository);
  return readPath(repository);
}

/** What may be a credential, and is none of an address of a repository: a query, a fragment, `@` or `:` behind the server. */
function hasCredential(rest: string, isHttp: boolean): boolean {
  const text = rest.replace(/%(?:3a|3f|23|40)/gi, (encoded) => decodeURIComponent(encoded));
  const path = text.replace(/^[^/]*/, '');
  const user = text
    .slice(0, text.length - path.length)
    .split('@')
    .slice(0, -1)
    .join('@');
  return /[?#]/.test(text) || /[@:]/.test(path) || (isHttp ? user !== '' : /[@:]/.test(user));
}

function readWindowsPath(repository: string, platform: NodeJS.Platform): Remote {
  if (platform !== 'win32') throw invalid(repository, 'is a path of Windows, and this machine is not Windows');
  return readPath(repository);
}

function readPath(repository: string): Remote {
  if (repository.startsWith('-') || !existsSync(repository))
    throw invalid(repository, 'is no repository: neither owner/name, nor a URL, nor a folder that exists');
  return { name: repository, url: pathToFileURL(resolve(repository)).href, transport: 'file', host: '' };
}

function readUrl(repository: string): Remote {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(?:\/\/)?(.*)$/is.exec(repository) ?? [];
  if (scheme.toLowerCase() !== 'file' && hasCredential(rest, /^https?$/i.test(scheme))) {
    throw invalid(`${scheme}://…`, 'contains what may be a credential; give it in the input "token"');
  }
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
  return { name, url: url.href, transport, host: transport === 'ssh' ? url.hostname : url.host };
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
