/** A token is passed to git in the environment of one command, for one server only. */
import type { GitConfig } from './run-git.ts';
import type { Login, Remote } from '../core/remote.ts';
import { inBase64, keyLines } from '../core/secrets.ts';

/** Unless the remote has another one: most servers take any user name with a token, and this is the one of GitHub's docs. */
const ANY_USER = 'x-access-token';
/** A shorter form would hide parts of other texts. */
const SHORTEST_FORM = 6;

/** What a command that uses `remote` is configured with: its one transport, and the token for its server. */
export function remoteConfig(remote: Remote, token: string): GitConfig {
  const transport = { [`protocol.${remote.transport}.allow`]: 'always' };
  if (token === '' || !remote.transport.startsWith('http')) return transport;
  const header = `http.${new URL(remote.url).origin}/.extraHeader`;
  return { ...transport, [header]: `Authorization: ${credentials(token, remote.login)}` };
}

function credentials(token: string, login: Login = { user: ANY_USER }): string {
  return login === 'bearer' ? `Bearer ${token}` : `Basic ${basic(login.user, token)}`;
}

/**
 * The texts that the runner masks: the token, the header with it, and what every header has in common, whatever the user; or
 * the lines of a private key.
 */
export function maskedForms(secret: string): string[] {
  const trimmed = secret.trim();
  const lines = keyLines(trimmed);
  if (lines.length > 0) return lines;
  if (trimmed === '') return [];
  const encoded = inBase64(trimmed).filter((form) => form.length >= SHORTEST_FORM);
  return [...new Set([trimmed, basic(ANY_USER, trimmed), ...encoded])];
}

function basic(user: string, token: string): string {
  return Buffer.from(`${user}:${token}`).toString('base64');
}
