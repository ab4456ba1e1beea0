/** Signatures on commits, made by ssh-keygen or gpg with a key that the machine does not have. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, type ReleaseError } from '../core/errors.ts';
import type { Clone } from './clone.ts';
import type { Signer } from './manifest-store.ts';
import { run, start } from '../core/programs.ts';
import { normalizeKey, whyUnusable } from './private-key.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from './temporary.ts';
import type { Commit } from '../core/objects.ts';

/** Writes a signed twin of a commit. Throws SIGNING_KEY_INVALID, PROGRAM_MISSING. */
export async function signCommit(clone: Clone, commit: Commit, signer: Signer): Promise<Commit> {
  const [object] = await clone.reader.objects([commit.id]);
  const unsigned = object?.content ?? Buffer.alloc(0);
  // Not below the clone: the names of gpg's sockets have a limit of about a hundred characters.
  const folder = makeTemporaryFolder();
  try {
    const sign = signer.format === 'ssh' ? signWithSsh : signWithGpg;
    const input = withSignature(unsigned, await sign(folder, signer.key, unsigned), commit.id.length);
    const { stdout } = await clone.run(['hash-object', '-t', 'commit', '-w', '--stdin'], { input });
    return { ...commit, id: stdout.toString().trim(), signed: true };
  } finally {
    await removeTemporaryFolder(folder);
  }
}

/** The commit with the signature as its last header, where `git commit -S` puts it. */
function withSignature(commit: Buffer, signature: string, idLength: number): Buffer {
  const headersEnd = commit.indexOf('\n\n') + 1;
  const name = idLength === 64 ? 'gpgsig-sha256' : 'gpgsig';
  const lines = signature.replaceAll('\r', '').trimEnd().split('\n');
  const header = Buffer.from(`${name} ${lines.join('\n ')}\n`);
  return Buffer.concat([commit.subarray(0, headersEnd), header, commit.subarray(headersEnd)]);
}

async function signWithSsh(folder: string, text: string, input: Buffer): Promise<string> {
  const key = normalizeKey(text);
  const reason = whyUnusable(key);
  if (reason !== undefined) throw invalid('ssh', reason);
  const path = join(folder, 'key');
  await writeFile(path, key, { mode: 0o600 });
  const environment = { SSH_AUTH_SOCK: '' };
  const { exitCode, stdout, stderr } = await run('ssh-keygen', ['-Y', 'sign', '-n', 'git', '-f', path], {
    environment,
    input,
  });
  if (exitCode !== 0) throw invalid('ssh', sshReason(stderr));
  return stdout.toString();
}

async function signWithGpg(folder: string, key: string, input: Buffer): Promise<string> {
  if (!/^-----BEGIN PGP PRIVATE KEY BLOCK-----$/m.test(key.replaceAll('\r', ''))) {
    throw invalid('gpg', 'it has no line -----BEGIN PGP PRIVATE KEY BLOCK-----');
  }
  const environment = { GNUPGHOME: folder };
  // Where gpg would ask for a passphrase, it fails.
  const gpg = (args: readonly string[], options: { input: Buffer | string }) =>
    run('gpg', ['--batch', '--no-tty', '--pinentry-mode', 'error', ...args], { ...options, environment });
  const agent = await startAgent(environment);
  try {
    const imported = await gpg(['--status-fd', '1', '--import'], { input: key });
    const fingerprint = importedSecret(imported.stdout.toString());
    if (fingerprint === undefined) throw invalid('gpg', gpgReason(imported.stderr));
    const made = await gpg(['--local-user', fingerprint, '--armor', '--detach-sign'], { input });
    if (made.exitCode !== 0) throw invalid('gpg', gpgReason(made.stderr));
    return made.stdout.toString();
  } finally {
    agent.stdin.end();
    await run('gpgconf', ['--kill', 'all'], { environment }).catch(() => undefined);
  }
}

/**
 * An agent that ends some seconds after the program that it wraps: `cat` ends with its input, so with this process, however
 * that ends. An agent that gpg starts would stay, with the key in memory. Throws PROGRAM_MISSING.
 */
async function startAgent(environment: Readonly<Record<string, string>>) {
  const agent = start('gpg-agent', ['--daemon', 'cat'], { LC_ALL: 'C', ...environment });
  agent.stderr.resume();
  agent.stdin.on('error', () => undefined);
  agent.stdin.write('\n');
  // What comes back came through a program that is started when the agent is ready.
  const isReady = Promise.race([once(agent.stdout, 'data'), once(agent, 'close')]);
  await isReady.catch(() => {
    throw failure('PROGRAM_MISSING', { program: 'gpg-agent' });
  });
  return agent;
}

/** The fingerprint of the first private key that gpg imported. */
function importedSecret(status: string): string | undefined {
  const SECRET = 16;
  const taken = [...status.matchAll(/^\[GNUPG:\] IMPORT_OK (\d+) (\w+)$/gm)];
  return taken.find(([, flags]) => (Number(flags) & SECRET) !== 0)?.[2];
}

function invalid(format: Signer['format'], reason: string): ReleaseError {
  return failure('SIGNING_KEY_INVALID', { format, reason });
}

function sshReason(stderr: string): string {
  // What follows is about a file of ours, and misleads.
  if (/^(?:Couldn't load|Load key|No private key found)/m.test(stderr)) return 'ssh-keygen cannot read it';
  const line = stderr.split('\n').find((one) => one !== '' && !one.startsWith('Signing data'));
  return line ?? 'ssh-keygen gave no reason';
}

function gpgReason(stderr: string): string {
  if (/pinentry|passphrase/i.test(stderr)) return 'it has a passphrase';
  const lines = stderr.split('\n').filter((line) => /^gpg: (?!keybox|.*trustdb|.*created$|Total| +)/.test(line));
  return lines.at(-1)?.replace(/^gpg: /, '') ?? 'gpg gave no reason';
}
