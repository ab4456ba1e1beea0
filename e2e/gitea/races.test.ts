/** Runs side by side on a real Gitea: one pull request, the newest version, and no run that fails. */
import { expect, test } from 'vitest';
import { eachWithRepository } from './scenario.ts';

const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const apps = Array.from({ length: 4 }, (_, index) => `app${index}`);
const current = eachWithRepository({
  'web.yaml': manifest('1.4.1'),
  ...Object.fromEntries(apps.map((app) => [`${app}.yaml`, `image: ghcr.io/acme/${app}:1.0.0\n`])),
});

test('versions at once end in one pull request of the newest', async () => {
  const { cli, git, listed } = current();
  const versions = ['1.5.0', '1.5.1', '1.5.2', '1.5.3'];
  const runs = await Promise.all(versions.map((version) => cli('release', { images: `ghcr.io/acme/web:${version}` })));
  expect(runs.filter(({ exitCode }) => exitCode !== 0).map(({ log }) => log)).toEqual([]);
  expect(await listed()).toEqual(['1 open release/web Release web 1.4.1 → 1.5.3 (minor)']);
  expect(await git.read('release/web', 'web.yaml')).toBe(manifest('1.5.3'));
});

test('applications that are delivered by push to one branch: none is lost', async () => {
  const { cli, git } = current();
  const runs = await Promise.all(
    apps.map((app) => cli('release', { images: `ghcr.io/acme/${app}:1.0.1`, delivery: 'push' })),
  );
  expect(runs.filter(({ exitCode }) => exitCode !== 0).map(({ log }) => log)).toEqual([]);
  for (const app of apps) expect(await git.read('main', `${app}.yaml`)).toContain(':1.0.1');
});
