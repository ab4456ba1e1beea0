/** A key of gpg for a test, made in a home of its own. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Read before a test sets a folder of its own. */
const TEMPORARY = tmpdir();

/** The private half, as gpg exports it, without a passphrase. */
export async function makeGpgKey(email: string): Promise<string> {
  const home = await mkdtemp(join(TEMPORARY, 'gpg-key-'));
  const env = { ...process.env, GNUPGHOME: home };
  const unlocked = ['--batch', '--pinentry-mode', 'loopback', '--passphrase', ''];
  try {
    await run('gpg', [...unlocked, '--quick-generate-key', `Bot <${email}>`, 'ed25519', 'sign', 'never'], { env });
    return (await run('gpg', [...unlocked, '--armor', '--export-secret-keys', email], { env })).stdout;
  } finally {
    await run('gpgconf', ['--kill', 'all'], { env });
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
