/** A deploy key for git and a token for the API; a commit that a key has signed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { maskedForms } from '../../src/git/credentials.ts';
import { git } from '../../src/git/run-git.ts';
import { makeKey, NEEDS_SSHD, SSHD, startSshServer, type SshServer } from '../git/sshd.ts';
import { REPOSITORY, scenarios, type Result } from './harness.ts';

const INPUTS = { images: 'ghcr.io/acme/web:1.4.2' };
let folder: string;
let signing: { readonly private: string; readonly public: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ssh-end-to-end-'));
  signing = await makeKey(folder, 'signing');
});

afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(SSHD === undefined)(`ssh${NEEDS_SSHD}`, () => {
  scenarios('a deploy key', { 'apps/web.yaml': 'image: ghcr.io/acme/web:1.4.1\n' }, (current) => {
    let server: SshServer;

    beforeEach(async () => {
      server = await startSshServer(dirname(dirname(current().repository.gitDir)));
    });

    afterEach(() => server.close());

    function release(inputs: Readonly<Record<string, string>> = {}): Promise<Result> {
      return current().action({
        ...INPUTS,
        repository: server.address(REPOSITORY),
        'ssh-key': server.key,
        'ssh-known-hosts': server.knownHosts,
        ...inputs,
      });
    }

    /** No line of a key is anywhere to be seen, but where the runner is told to mask it. */
    function expectNothingOf(keys: readonly string[], { stdout, stderr, summary, outputs }: Result): void {
      const shown = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
      const seen = [...shown, stderr, summary, ...Object.values(outputs)].join('\n');
      for (const secret of keys.flatMap(maskedForms)) expect(seen).not.toContain(secret);
      const masked = stdout.match(/^::add-mask::.*$/gm)?.join('\n') ?? '';
      for (const key of keys) expect(masked).toContain(key.split('\n')[1]);
    }

    test('is what git is done with, and the token what the API is', async () => {
      const { repository, requests } = current();
      const result = await release();
      expect(result).toMatchObject({ exitCode: 0, outputs: { outcome: 'created', branch: 'release/web' }, left: [] });
      expect(await repository.read('release/web', 'apps/web.yaml')).toBe('image: ghcr.io/acme/web:1.4.2\n');
      expect(requests().filter((request) => !request.includes('/api/v3/') && !request.includes('/graphql'))).toEqual(
        [],
      );
      expectNothingOf([server.key], result);
      const again = await release({ images: 'ghcr.io/acme/web:1.5.0' });
      expect(again).toMatchObject({ exitCode: 0, outputs: { outcome: 'updated' }, left: [] });
    });

    test('goes with a key that signs', async () => {
      const { repository } = current();
      const result = await release({ 'sign-commits': 'true', 'signing-key': signing.private });
      expect(result).toMatchObject({ exitCode: 0, outputs: { outcome: 'created' }, left: [] });
      expectNothingOf([server.key, signing.private], result);
      const [latest] = await repository.log('release/web');
      const allowed = join(folder, 'allowed');
      await writeFile(allowed, `${latest?.committer.email} ${signing.public}`);
      const config = { 'gpg.ssh.allowedSignersFile': allowed };
      const { stderr } = await git(['verify-commit', 'release/web'], { gitDir: repository.gitDir, config });
      expect(stderr).toContain(`Good "git" signature for ${latest?.committer.email}`);
    });

    test.each([
      ['that the server does not know', () => ({ 'ssh-key': signing.private }), 'ACCESS_DENIED'],
      ['that may only read', () => ({ 'ssh-key': server.readOnlyKey }), 'ACCESS_DENIED'],
      ['that is none', () => ({ 'ssh-key': 'abc' }), 'SSH_KEY_INVALID'],
      ['for a host that is not known', () => ({ 'ssh-known-hosts': '' }), 'HOST_KEY_UNKNOWN'],
    ])('%s is refused', async (_, inputs, code) => {
      const result = await release(inputs());
      expect([result.exitCode, result.stdout]).toEqual([1, expect.stringContaining(`title=${code}`)]);
      expect(result.left).toEqual([]);
    });

    test('comes to the command line in the environment', async () => {
      const { cli, repository } = current();
      const address = server.address(REPOSITORY);
      const args = ['--repository', address, '--images', INPUTS.images, '--ssh-known-hosts', server.knownHosts];
      const result = await cli(['release', ...args], { MANIFEST_RELEASE_SSH_KEY: server.key });
      expect(result).toMatchObject({ exitCode: 0, left: [] });
      expect(await repository.read('release/web', 'apps/web.yaml')).toBe('image: ghcr.io/acme/web:1.4.2\n');
      expect(result.stderr + result.stdout).not.toContain(server.key.split('\n')[1]);
    });
  });
});
