/** A token is passed to git in the environment of one command, for one server only. */
import type { GitConfig } from './run-git.ts';
import type { Remote } from '../core/remote.ts';
import { keyLines } from '../core/secrets.ts';

/** What a command that uses `remote` is configured with: its one transport, and the token for its server. */
export function remoteConfig(remote: Remote, token: string): GitConfig {
  const transport = { [`protocol.${remote.transport}.allow`]: 'always' };
  if (token === '' || !remote.transport.startsWith('http')) return transport;
  return { ...transport, [`http.${new URL(remote.url).origin}/.extraHeader`]: `Authorization: Basic ${basic(token)}` };
}

/** What the runner is told to hide: the token and its form in the header, or the lines of a private key. */
export function maskedForms(secret: string): string[] {
  const trimmed = secret.trim();
  const lines = keyLines(trimmed);
  if (lines.length > 0) return lines;
  return trimmed === '' ? [] : [trimmed, basic(trimmed)];
}

/** GitHub takes any user name with a token; this is the one its documentation names. */
function basic(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64');
}
