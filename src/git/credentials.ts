/** A token is passed to git in the environment of one command, for one server only. */
import type { GitConfig } from './run-git.ts';
import type { Remote } from '../core/remote.ts';

/** What a command that uses `remote` is configured with: its one transport, and the token for its server. */
export function remoteConfig(remote: Remote, token: string): GitConfig {
  const transport = { [`protocol.${remote.transport}.allow`]: 'always' };
  if (token === '' || !remote.transport.startsWith('http')) return transport;
  return { ...transport, [`http.${new URL(remote.url).origin}/.extraHeader`]: `Authorization: Basic ${basic(token)}` };
}

/** All forms in which a token could be seen, or all lines of a private key, for masking. */
export function secretsOf(secret: string): string[] {
  if (secret.includes('-----BEGIN ')) return secretsOfKey(secret.replaceAll('\\n', '\n'));
  return secret === '' ? [] : [secret, basic(secret)];
}

/** All parts of a private key that could be seen: a log is searched line by line. */
export function secretsOfKey(key: string): string[] {
  const lines = key.split('\n').map((line) => line.trim());
  const long = lines.filter((line) => line.length >= 16 && !/^-----(?:BEGIN|END) /.test(line));
  return key.trim() === '' ? [] : [key.trim(), ...long];
}

/** GitHub takes any user name with a token; this is the one its documentation names. */
function basic(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64');
}
