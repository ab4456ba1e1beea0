/** What is set beside the inputs of a step: the input `settings`, and the defaults of the config file without an app. */
import { describe, expect, test } from 'vitest';
import { scenarios } from './harness.ts';

const CONFIG = '.github/manifest-release.yaml';
const WEB = { images: 'ghcr.io/acme/web:1.4.2' };
const DEPLOYMENT = `kind: Deployment
spec:
  template:
    spec:
      containers:
        - name: web
          image: ghcr.io/acme/web:1.4.1
`;
const FILES = { 'apps/web/deployment.yaml': DEPLOYMENT, 'other/deployment.yaml': DEPLOYMENT };

const withConfig = (text: string): Record<string, string> => ({ ...FILES, [CONFIG]: text });

scenarios(
  'the defaults of a file without apps',
  withConfig(`defaults:
  title: Deploy {{ version }}
  labels: [deploy, 'bump/{{ bump }}']
  milestone: nothing
`),
  (current) => {
    test.each([
      ['in a clone', {}],
      ['through the API', { paths: 'apps' }],
    ])('count for a release without an app, %s; the step overrides them', async (_, where) => {
      const { action, sandbox } = current();
      const first = await action({ ...WEB, ...where, milestone: '', labels: 'mine' });
      expect(first.outputs['outcome']).toBe('created');
      const [opened] = await sandbox.pullRequests();
      expect(opened).toMatchObject({ title: 'Deploy 1.4.2', labels: ['mine'] });
      expect((await action({ ...WEB, ...where, labels: 'mine' })).outputs['outcome']).toBe('unchanged');
    });

    test('have lists', async () => {
      const { action, sandbox } = current();
      await action(WEB);
      expect((await sandbox.pullRequests())[0]?.labels.toSorted()).toEqual(['bump/patch', 'deploy']);
    });
  },
);

scenarios(
  'defaults for apps',
  withConfig(`defaults:
  paths: ['apps/{{ app }}']
  delivery: push
apps:
  web: { images: ghcr.io/acme/web, environments: { production: } }
`),
  (current) => {
    test('with the name of the app in them are no defaults without an app, unless the step has that input', async () => {
      const { action, repository } = current();
      const before = await repository.log('main');
      const refused = await action(WEB);
      expect([refused.exitCode, refused.stdout]).toEqual([1, expect.stringContaining('title=CONFIG_INVALID')]);
      expect(refused.stdout).toContain(`${CONFIG}:2:10: `);
      expect(refused.stdout).toContain('"apps/{{ app }}", and this run has no app');
      expect(await repository.log('main')).toEqual(before);
      const given = await action({ ...WEB, paths: 'other' });
      expect(given.outputs['outcome']).toBe('pushed');
      expect(JSON.parse(given.outputs['changed-files'] ?? '')).toEqual(['other/deployment.yaml']);
    });
  },
);

scenarios(
  'a default that is wrong',
  withConfig('defaults:\n  wait-timeout: soon\n  allowed-versions: ">=1"\n'),
  (current) => {
    test('is told with its place in the file', async () => {
      const { exitCode, stdout } = await current().action(WEB);
      expect([exitCode, stdout]).toEqual([1, expect.stringMatching(/title=INPUT_INVALID.*manifest-release\.yaml:2/)]);
    });
  },
);

scenarios('a base in the defaults', withConfig('defaults:\n  base: deploy\n'), (current) => {
  test('is released to', async () => {
    const { action, repository } = current();
    await repository.commit('deploy', { 'README.md': 'x' }, { parent: 'main' });
    const { outputs } = await action(WEB);
    expect(outputs).toMatchObject({ outcome: 'created', base: 'deploy' });
  });
});

scenarios('no config file', FILES, (current) => {
  test('is right, unless the step names one', async () => {
    const { action } = current();
    expect((await action({ ...WEB, 'dry-run': 'true' })).outputs['outcome']).toBe('dry-run');
    const { exitCode, stdout } = await action({ ...WEB, config: 'release.yaml' });
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('title=CONFIG_NOT_FOUND')]);
  });

  test.each([
    ['without an app', { ...WEB, paths: 'apps' }],
    ['in a clone', { ...WEB, author: 'Bot <bot@example.com>' }],
    ['with an app', { app: 'web', version: '1.4.2' }],
    ['at a path of the step', { ...WEB, config: './.github/manifest-release.yaml' }],
  ])('but one with the other extension, %s: the failure names it, and nothing is written', async (_, inputs) => {
    const { action, repository } = current();
    await repository.commit('main', { '.github/manifest-release.yml': 'defaults: { labels: [deploy] }\n' });
    const { exitCode, stdout } = await action(inputs);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('title=CONFIG_NOT_FOUND')]);
    expect(stdout).toContain(`"${CONFIG}" does not exist on "main", and ".github/manifest-release.yml" does.`);
    expect(Object.keys(await repository.refs())).toEqual(['refs/heads/main']);
  });

  test.each(['manifest-release.yml', './manifest-release.yml', '/manifest-release.yml'])(
    'is one at %s',
    async (config) => {
      const { action, repository, sandbox } = current();
      await repository.commit('main', { 'manifest-release.yml': 'defaults: { labels: [deploy] }\n' });
      await action({ ...WEB, config });
      expect((await sandbox.pullRequests())[0]?.labels).toEqual(['deploy']);
    },
  );

  describe('the input settings', () => {
    test('sets what the config file could', async () => {
      const { action, sandbox } = current();
      await action(WEB, {
        INPUT_SETTINGS: 'registry: off\nrender: off\ntitle: x\n'.replace('title: x\n', 'name: shop\n'),
      });
      expect((await sandbox.pullRequests())[0]?.head).toBe('release/shop');
    });

    test.each([
      ['registri: off', 'settings:1:1: "registri" is unknown here', 'Did you mean "registry"?'],
      ['render: off\ntitle: x', 'settings:2:1: "title" is not a setting', 'Give it under "with:"'],
      ['signing-key: x', 'settings:1:1: "signing-key" is not a setting', 'MANIFEST_RELEASE_SIGNING_KEY'],
      ['registry: maybe', 'settings:1:11: "registry" is "maybe", none of check, require and off', ''],
      ['- registry', 'settings:1:1: this is a list', ''],
      ['registry: [', 'settings:', ''],
    ])('%j is refused before anything is read', async (settings, message, hint) => {
      const { action, requests } = current();
      const { exitCode, stdout } = await action(WEB, { INPUT_SETTINGS: settings });
      expect([exitCode, stdout]).toEqual([1, expect.stringContaining('title=CONFIG_INVALID')]);
      expect(stdout).toContain(message);
      expect(stdout).toContain(hint);
      expect(requests()).toEqual([]);
    });

    test('a setting under with: is told where it belongs', async () => {
      const { exitCode, stdout } = await current().action(WEB, { INPUT_REGISTRY: 'off' });
      expect([exitCode, stdout]).toEqual([1, expect.stringContaining('title=INPUT_IS_SETTING')]);
      expect(stdout).toContain('Give it under "settings:" of the step, in the config file');
    });
  });
});
