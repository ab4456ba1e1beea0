/** Signed commits on a real Gitea, which knows the key of the user who commits. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeGpgKey } from '../../__tests__/git/gpg-key.ts';
import { ask, createToken } from './people.ts';
import { eachWithRepository } from './scenario.ts';

const current = eachWithRepository({ 'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n' });

/** The public half of a key. */
function publicHalf(key: string): string {
  const env = { ...process.env, GNUPGHOME: mkdtempSync(join(tmpdir(), 'gitea-gpg-')) };
  try {
    execFileSync('gpg', ['--batch', '--quiet', '--import'], { env, input: key });
    return execFileSync('gpg', ['--batch', '--quiet', '--armor', '--export'], { env, encoding: 'utf8' });
  } finally {
    execFileSync('gpgconf', ['--kill', 'all'], { env });
    rmSync(env.GNUPGHOME, { recursive: true, force: true });
  }
}

test('a commit that is signed with gpg is called good for a key of its author, and stays', async () => {
  const { cli, gitea } = current();
  const key = await makeGpgKey('bot@example.com');
  const bot = await createToken(gitea, 'bot', ['write:user']);
  const added = await ask(gitea, bot, 'POST', '/user/gpg_keys', { armored_public_key: publicHalf(key) });
  expect(added.can_sign).toBe(true);
  const inputs = { images: 'ghcr.io/acme/web:1.4.2', 'sign-commits': true, author: 'bot <bot@example.com>' } as const;
  const env = { MANIFEST_RELEASE_SIGNING_KEY: key };
  const signed = await cli('release', inputs, env);
  expect(signed.outputs, signed.log).toMatchObject({ outcome: 'created', verified: true });
  const again = await cli('release', inputs, env);
  expect(again.outputs, again.log).toMatchObject({ outcome: 'unchanged', verified: true });
});

test('sign-commits without a key is an error, since Gitea makes no commits for us', async () => {
  const { exitCode, log } = await current().cli('release', {
    images: 'ghcr.io/acme/web:1.4.2',
    'sign-commits': true,
  });
  expect(exitCode).toBe(1);
  expect(log).toContain('"sign-commits" needs the API');
});
