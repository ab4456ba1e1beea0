/** A real ssh server on loopback, which serves the bare repositories of a folder as GitHub does: by deploy keys. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Read before a test sets a folder of its own, which must end empty. */
const TEMPORARY = tmpdir();

/** The path of the program, by which it insists on being started; undefined where there is none. */
export const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((path) => existsSync(path));
export const NEEDS_SSHD = SSHD === undefined ? ' (skipped: needs sshd, apt-get install openssh-server)' : '';

export interface SshServer {
  /** The address of `owner/name` there. */
  readonly address: (fullName: string) => string;
  /** A private key that may read and write. */
  readonly key: string;
  /** One that may read. */
  readonly readOnlyKey: string;
  /** The server's own line of known_hosts. */
  readonly knownHosts: string;
  /** Ends the server and waits for it. */
  readonly close: () => Promise<void>;
}

export interface SshServerOptions {
  /** Whether the server takes git's protocol version 2, as GitHub does and a plain sshd does not; true unless given. */
  readonly protocol2?: boolean;
}

/** Starts a server for the repositories `owner/name.git` in `root`. */
export async function startSshServer(root: string, { protocol2 = true }: SshServerOptions = {}): Promise<SshServer> {
  const folder = await mkdtemp(join(TEMPORARY, 'sshd-'));
  // As root it wants a folder for its unprivileged part.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const [host, key, readOnlyKey] = await Promise.all(['host', 'key', 'read-only'].map((name) => makeKey(folder, name)));
  if (!host || !key || !readOnlyKey) throw new Error('ssh-keygen made no key');
  const serve = join(folder, 'serve');
  await writeFile(serve, serveScript(root), { mode: 0o755 });
  const authorized = [
    `command="${serve}",restrict ${key.public}`,
    `command="${serve} read-only",restrict ${readOnlyKey.public}`,
  ];
  await writeFile(join(folder, 'authorized_keys'), authorized.join(''));
  const port = await freePort();
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    'PidFile none',
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    ...(protocol2 ? ['AcceptEnv GIT_PROTOCOL'] : []),
  ];
  await writeFile(join(folder, 'sshd_config'), `${settings.join('\n')}\n`);
  const child = spawn(SSHD ?? 'sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await listening(child);
  return {
    address: (fullName) => `ssh://${userInfo().username}@127.0.0.1:${port}/${fullName}.git`,
    key: key.private,
    readOnlyKey: readOnlyKey.private,
    knownHosts: `[127.0.0.1]:${port} ${host.public}`,
    close: async () => {
      const end = new Promise((resolve) => child.once('close', resolve));
      child.kill();
      await end;
      await rm(folder, { recursive: true });
    },
  };
}

/** Makes a key pair with ssh-keygen, of `type` and behind a passphrase if there is one. */
export async function makeKey(folder: string, name: string, { type = 'ed25519', passphrase = '' } = {}) {
  const path = join(folder, name);
  await run('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', name, '-f', path]);
  return { private: await readFile(path, 'utf8'), public: await readFile(`${path}.pub`, 'utf8') };
}

/** What a key is restricted to: git's two services, below the root. */
function serveScript(root: string): string {
  return `#!/bin/sh
case "$SSH_ORIGINAL_COMMAND" in
  "git-receive-pack '/"*)
    if [ "$1" = read-only ]; then
      echo 'ERROR: The key you are authenticating with has been marked as read only.' >&2
      exit 1
    fi ;;
  "git-upload-pack '/"*) ;;
  *) exit 1 ;;
esac
exec git shell -c "$(echo "$SSH_ORIGINAL_COMMAND" | sed "s#'/#'${root}/#")"
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(child: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`sshd ended: ${said}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Server listening on')) resolve();
    });
  });
}
