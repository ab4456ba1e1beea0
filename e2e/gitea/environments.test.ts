/** Delivery by push, environments with promote and rollback, and status, on a real Gitea. */
import { expect, test } from 'vitest';
import { ask, type Answer } from './people.ts';
import { eachWithRepository, type Run } from './scenario.ts';

const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const CONFIG = `apps:
  web:
    images: ghcr.io/acme/web
    environments:
      development: { paths: development, delivery: push }
      staging: { paths: staging }
      production: { paths: production, after: staging, reviewers: [acme/platform] }
`;
const FILES = {
  '.github/manifest-release.yaml': CONFIG,
  ...Object.fromEntries(
    ['development', 'staging', 'production'].map((name) => [`${name}/web.yaml`, manifest('1.4.1')]),
  ),
};

const resultsOf = ({ outputs }: Run): Answer[] =>
  typeof outputs['results'] === 'string' ? JSON.parse(outputs['results']) : (outputs['results'] ?? []);
const outcomesOf = (run: Run): string[] =>
  resultsOf(run).map(({ environment, outcome }) => `${environment} ${outcome}`);

const current = eachWithRepository(FILES);

test('development by push, staging by pull request, production after staging, promote, rollback, status', async () => {
  const { cli, git, merge, listed } = current();
  const app = { app: 'web' };
  const released = await cli('release', { ...app, version: '1.4.2' });
  expect(outcomesOf(released), released.log).toEqual(['development pushed', 'staging created']);
  expect(await git.read('main', 'development/web.yaml')).toBe(manifest('1.4.2'));
  const early = await cli('release', { ...app, version: '1.4.2', environments: 'production' });
  expect(outcomesOf(early), early.log).toEqual(['production waiting']);
  await merge(1);
  expect(await git.read('main', 'staging/web.yaml')).toBe(manifest('1.4.2'));

  const promoted = await cli('promote', { ...app, from: 'staging', environments: 'production' });
  expect(outcomesOf(promoted), promoted.log).toEqual(['production created']);
  await merge(2);
  expect(await git.read('main', 'production/web.yaml')).toBe(manifest('1.4.2'));

  const back = await cli('rollback', { ...app, environments: 'production', reason: 'Orders are lost' });
  expect(outcomesOf(back), back.log).toEqual(['production created']);
  expect(await listed()).toEqual([
    '1 merged release/web-staging Release web-staging 1.4.1 → 1.4.2 (patch)',
    '2 merged release/web-production Promote web-production 1.4.1 → 1.4.2 (patch)',
    '3 open rollback/web-production Roll back web-production 1.4.2 → 1.4.1',
  ]);

  const status = await cli('status', app);
  expect(resultsOf(status), status.log).toMatchObject([
    { environment: 'development', version: '1.4.2', 'pull-request': '', open: '' },
    { environment: 'staging', version: '1.4.2', 'pull-request': '1', open: '' },
    {
      environment: 'production',
      version: '1.4.2',
      'pull-request': '2',
      open: '#3 Roll back web-production 1.4.2 → 1.4.1',
    },
  ]);

  const history = await cli('list-versions', { ...app, environments: 'production' });
  expect(resultsOf(history), history.log).toMatchObject([
    { version: '1.4.2', 'pull-request': '2' },
    { version: '1.4.1', 'pull-request': '' },
  ]);
});

test('a push to a base that Gitea protects is an error with its words', async () => {
  const { cli, gitea, git, name } = current();

  await ask(gitea, gitea.admin, 'POST', `/repos/${name}/branch_protections`, {
    rule_name: 'main',
    enable_push: false,
  });
  const images = { images: 'ghcr.io/acme/web:1.4.2', paths: 'development', delivery: 'push' };
  const { exitCode, log } = await cli('release', images);
  expect(exitCode).toBe(1);
  expect(log).toContain('main');
  expect(log).toMatch(/protected/i);
  expect(await git.read('main', 'development/web.yaml')).toBe(manifest('1.4.1'));
});
