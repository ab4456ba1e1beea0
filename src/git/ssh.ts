/** What ssh is given for one clone: a key of its own and the hosts that it may meet, nothing of the machine. */
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { normalizeKey, whyUnusable } from './private-key.ts';

export interface SshIdentity {
  /** A private key without a passphrase. */
  readonly key: string;
  /** Lines of known_hosts. */
  readonly knownHosts: string;
}

/** A server without an answer for half a minute, or a minute once it is connected, is a timeout. */
const SILENCE = ['ConnectTimeout 30', 'ServerAliveInterval 15', 'ServerAliveCountMax 4'];

/** The environment of git commands that use the machine's own ssh: its home, its agent, its keys, its known hosts. */
export const MACHINE_SSH: Readonly<Record<string, string>> = {
  HOME: homedir(),
  GIT_SSH_COMMAND: `ssh -o BatchMode=yes ${SILENCE.map((setting) => `-o ${setting.replace(' ', '=')}`).join(' ')}`,
  GIT_SSH_VARIANT: 'ssh',
};

/**
 * Writes the identity into `folder`, which only we may read, and gives the environment of git commands that use it.
 * Throws SSH_KEY_INVALID.
 */
export async function prepareSsh(folder: string, identity: SshIdentity): Promise<Readonly<Record<string, string>>> {
  const key = normalizeKey(identity.key);
  const reason = whyUnusable(key);
  if (reason !== undefined) throw failure('SSH_KEY_INVALID', { reason });
  const [keyFile, hostsFile, configFile] = [join(folder, 'key'), join(folder, 'known_hosts'), join(folder, 'config')];
  await writeFile(keyFile, key, { mode: 0o600 });
  await writeFile(hostsFile, `${identity.knownHosts.replaceAll('\r\n', '\n').trim()}\n`);
  await writeFile(configFile, sshConfig(keyFile, hostsFile));
  return {
    // Git hands this to a shell, so the path goes by a variable.
    GIT_SSH_COMMAND: 'ssh -F "$MANIFEST_RELEASE_SSH_CONFIG"',
    GIT_SSH_VARIANT: 'ssh',
    MANIFEST_RELEASE_SSH_CONFIG: configFile,
    SSH_AUTH_SOCK: '',
  };
}

function sshConfig(keyFile: string, hostsFile: string): string {
  return [
    `IdentityFile ${quoted(keyFile)}`,
    'IdentitiesOnly yes',
    'IdentityAgent none',
    `UserKnownHostsFile ${quoted(hostsFile)}`,
    'GlobalKnownHostsFile /dev/null',
    'StrictHostKeyChecking yes',
    'UpdateHostKeys no',
    'BatchMode yes',
    'PasswordAuthentication no',
    ...SILENCE,
    '',
  ].join('\n');
}

/** A path in ssh's configuration, where % begins a placeholder. */
function quoted(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`;
}
