/** The examples that people copy, as they are; builds of images have stand-ins. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eachWithRunner, pushImage, type Scenario } from './scenario.ts';
import type { Checkout } from './runner.ts';

const current = eachWithRunner();

/** The repository `owner/name` with an example as its only workflow. */
function withExample({ checkOut }: Scenario, fullName: string, example: string): Promise<Checkout> {
  return checkOut(fullName, { [example]: readFileSync(`examples/${example}`, 'utf8') });
}

/** What the examples with a GitHub App ask for. */
const ofApp = ({ app }: Scenario) => ({
  vars: { RELEASE_APP_CLIENT_ID: app.clientId },
  secrets: { RELEASE_APP_PRIVATE_KEY: app.privateKey },
});

test('after-build.yml releases the tag and the digest of the build', async () => {
  const scenario = current();
  const { sandbox, registry, listed, read } = scenario;
  const workflow = 'after-build.yml';
  const web = await withExample(scenario, 'acme/web', workflow);
  pushImage(registry, 'web', `sha-${web.commit.slice(0, 7)}`);

  const secrets = { MANIFEST_TOKEN: sandbox.token };
  const ran = await web.run({ workflow, ref: 'refs/tags/v1.4.2', secrets });
  expect([ran.succeeded, ran.outputs['release']?.['outcome']], ran.log).toEqual([true, 'created']);
  expect(await listed()).toEqual([`1 open release/web Release web 1.4.1 → 1.4.2 (patch)`]);
  expect(await read('release/web', 'staging/web.yaml')).toMatch(
    /^image: ghcr\.io\/acme\/web:1\.4\.2(@sha256:[0-9a-f]{64})?\n$/,
  );
  expect(ran.log).toContain(`created ${sandbox.serverUrl}/acme/manifests/pull/1`);
});

test('same-repository.yml needs no token but the one of the workflow', async () => {
  const scenario = current();
  const { repository, registry, listed, read } = scenario;
  await repository.commit('main', { 'deploy/web.yaml': `image: ${registry.host}/acme/web:1.4.1\n` });
  const manifests = await withExample(scenario, 'acme/manifests', 'same-repository.yml');

  const ran = await manifests.run({
    workflow: 'same-repository.yml',
    event: 'workflow_dispatch',
    inputs: { tag: '1.4.2' },
  });
  expect(ran.succeeded, ran.log).toBe(true);
  expect(await listed()).toEqual(['1 open release/web Release web 1.4.1 → 1.4.2 (patch)']);
  expect(await read('release/web', 'deploy/web.yaml')).toBe('image: ghcr.io/acme/web:1.4.2\n');
});

test('reusable-workflow.yml releases into the environments that come after no other', async () => {
  const scenario = current();
  const { registry, repository, listed, read } = scenario;
  await repository.commit('main', { '.github/manifest-release.yaml': configOf('web', registry.host) });
  const web = await withExample(scenario, 'acme/web', 'reusable-workflow.yml');
  const tag = `sha-${web.commit.slice(0, 7)}`;
  const digest = pushImage(registry, 'web', tag);

  const ran = await web.run({ workflow: 'reusable-workflow.yml', ...ofApp(scenario) });
  expect(ran.succeeded, ran.log).toBe(true);
  expect(await listed()).toEqual([expect.stringMatching(/^1 open release\/web-staging /)]);
  expect(await read('release/web-staging', 'staging/web.yaml')).toBe(`image: ghcr.io/acme/web:${tag}@${digest}\n`);
});

test('matrix-build.yml releases all images of the build together', async () => {
  const scenario = current();
  const { registry, repository, listed, read } = scenario;
  const names = ['web', 'api', 'worker'];
  await repository.commit('main', {
    '.github/manifest-release.yaml': configOf('shop', registry.host, ...names),
    'staging/worker.yaml': `image: ${registry.host}/acme/worker:1.4.1\n`,
  });
  const shop = await withExample(scenario, 'acme/shop', 'matrix-build.yml');
  const digests = names.map((name) => pushImage(registry, name, shop.commit));

  const ran = await shop.run({ workflow: 'matrix-build.yml', ...ofApp(scenario) });
  expect(ran.succeeded, ran.log).toBe(true);
  expect(await listed()).toEqual([expect.stringMatching(/^1 open release\/shop-staging /)]);
  const released = await Promise.all(names.map((name) => read('release/shop-staging', `staging/${name}.yaml`)));
  expect(released).toEqual(names.map((name, n) => `image: ghcr.io/acme/${name}:${shop.commit}@${digests[n]}\n`));
});

test('scheduled-promotion.yml takes to production what staging has', async () => {
  const scenario = current();
  const { registry, repository, listed, read } = scenario;
  const configs = ['web', 'shop'].map((app) => configOf(app, registry.host, app === 'web' ? 'web' : 'api'));
  await repository.commit('main', {
    '.github/manifest-release.yaml': configs.join('').replaceAll(/(?!^)apps:\n/g, ''),
    'staging/web.yaml': `image: ${registry.host}/acme/web:1.4.2\n`,
  });
  const manifests = await withExample(scenario, 'acme/manifests', 'manifest-repository/scheduled-promotion.yml');

  const ran = await manifests.run({
    workflow: 'manifest-repository/scheduled-promotion.yml',
    event: 'workflow_dispatch',
  });
  expect(ran.succeeded, ran.log).toBe(true);
  expect(await listed()).toEqual([expect.stringMatching(/^1 open release\/web-production /)]);
  expect(await read('release/web-production', 'production/web.yaml')).toBe('image: ghcr.io/acme/web:1.4.2\n');
});

/** The config file with one app, which has two environments. */
function configOf(app: string, registry: string, ...images: readonly string[]): string {
  const names = (images.length > 0 ? images : [app]).map((name) => `${registry}/acme/${name}`);
  return `apps:
  ${app}:
    images: [${names.join(', ')}]
    environments:
      staging: { paths: [staging] }
      production: { paths: [production], after: staging }
`;
}
