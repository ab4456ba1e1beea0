/** The names under which docker keeps a login. That a login opens a registry is shown in `inspect-images.test.ts`. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetSecrets } from '../../src/core/secrets.ts';
import { findLogin } from '../../src/registry/login.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-config-'));
});
afterEach(async () => {
  forgetSecrets();
  await rm(folder, { recursive: true });
});

const auth = (user: string) => ({ auth: Buffer.from(`${user}:password:with:colons`).toString('base64') });

test.each<[registry: string, name: string, isFound: boolean]>([
  ['docker.io', 'https://index.docker.io/v1/', true],
  ['docker.io', 'docker.io', true],
  ['docker.io', 'registry-1.docker.io', true],
  ['docker.io', 'https://index.docker.io.example/v1/', false],
  ['docker.io', 'corp', false],
  ['docker.io', 'http://corp/docker.io', false],
  ['ghcr.io', 'https://ghcr.io', true],
  ['ghcr.io', 'GHCR.io/', true],
  ['ghcr.io', 'ghcr.io.example', false],
  ['ghcr.io', 'https://example/ghcr.io', false],
  ['localhost:5000', 'localhost:5000', true],
  ['localhost:5000', 'localhost', false],
])('for %s under %s', async (registry, name, isFound) => {
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { [name]: auth('one') } }));
  const { login } = await findLogin(registry, { environment: { DOCKER_CONFIG: folder } });
  expect(login).toEqual(isFound ? { username: 'one', secret: 'password:with:colons' } : undefined);
});

test('under its own name before any other', async () => {
  const auths = { 'https://ghcr.io': auth('one'), 'ghcr.io': auth('two') };
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths }));
  expect(await findLogin('ghcr.io', { environment: { DOCKER_CONFIG: folder } })).toMatchObject({
    login: { username: 'two' },
  });
});
