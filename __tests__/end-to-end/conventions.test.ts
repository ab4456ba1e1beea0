/** Places that are found through other files, or named by a person, in a whole run. */
import { expect, test } from 'vitest';
import { scenarios } from './harness.ts';

const FILES = {
  'clusters/images.yaml': `kind: ImageRepository
metadata: { name: web, namespace: flux-system }
spec: { image: ghcr.io/acme/web }
---
kind: ImagePolicy
metadata: { name: web, namespace: flux-system }
spec: { imageRepositoryRef: { name: web } }
`,
  'apps/marked.yaml': 'version: 1.4.1 # {"$imagepolicy": "flux-system:web:tag"}\n',
  'apps/unmarked.yaml': 'settings: { version: 1.4.1 }\n',
  'charts/web/templates/job.yaml': '{{- if .Values.job }}\nimage: ghcr.io/acme/web:1.4.1\n{{- end }}\n',
  'charts/shop/values.yaml': 'image: { repository: acme/shop, registry: ghcr.io }\n',
  'charts/shop/values-production.yaml': 'image: { tag: 1.4.1 }\n',
  'charts/path/values.yaml': 'image:\n  registry: "ghcr.io/acme" # ours\n  repository: cart\n  tag: 1.4.1\n',
  'charts/path/other.yaml': 'image:\n  registry: ghcr.io/acme\n  repository: bill\n  tag: 1.4.1\n',
  'json/cart.json': '{"image": "ghcr.io\\/acme\\/cart:1.4.1"}',
  'base/release.yaml':
    'kind: HelmRelease\nmetadata: { name: mail }\nspec: { values: { image: { repository: ghcr.io/acme/mail } } }\n',
  'production/patch.yaml': 'kind: HelmRelease\nmetadata: { name: mail }\nspec: { values: { image: { tag: 1.4.1 } } }\n',
};
const IMAGES = 'ghcr.io/acme/web:1.10';

scenarios('conventions', FILES, (current) => {
  test('a Flux setter, an explicit target and a literal line of a template', async () => {
    const { action, repository } = current();
    const inputs = { images: IMAGES, targets: 'apps/unmarked.yaml#settings.version' };
    const { exitCode, stdout } = await action(inputs);
    expect(exitCode, stdout).toBe(0);
    expect(await repository.read('release/web', 'apps/marked.yaml')).toContain('version: "1.10" #');
    expect(await repository.read('release/web', 'apps/unmarked.yaml')).toBe('settings: { version: "1.10" }\n');
    expect(await repository.read('release/web', 'charts/web/templates/job.yaml')).toContain('web:1.10\n');
    expect(await repository.read('release/web', 'clusters/images.yaml')).toBe(FILES['clusters/images.yaml']);
    expect((await action(inputs)).outputs['outcome']).toBe('unchanged');
  });

  test('with paths, a policy is given as an input and a target may stand outside of them', async () => {
    const { action, repository } = current();
    const { exitCode, stdout } = await action({
      images: IMAGES,
      paths: 'apps/marked.yaml',
      targets: 'apps/unmarked.yaml#/settings/version',
      'image-policies': 'flux-system:web=ghcr.io/acme/web',
    });
    expect(exitCode, stdout).toBe(0);
    expect(await repository.read('release/web', 'apps/marked.yaml')).toContain('version: "1.10" #');
    expect(await repository.read('release/web', 'apps/unmarked.yaml')).toBe('settings: { version: "1.10" }\n');
  });

  test('a tag whose repository stands in another file', async () => {
    const { action, repository } = current();
    const { exitCode, stdout, outputs } = await action({ images: 'ghcr.io/acme/shop:1.4.2\nghcr.io/acme/mail:2.0.0' });
    expect(exitCode, stdout).toBe(0);
    expect(await repository.read('release/shop', 'charts/shop/values-production.yaml')).toBe('image: { tag: 1.4.2 }\n');
    expect(await repository.read('release/shop', 'production/patch.yaml')).toContain('image: { tag: 2.0.0 }');
    expect(outputs['changes']).toContain('image (its repository is in charts/shop/values.yaml:1)');
  });

  test('a registry with a path, and slashes as JSON may write them', async () => {
    const { action, repository } = current();
    const { exitCode, stdout, outputs } = await action({ images: 'ghcr.io/acme/cart:1.4.2' });
    expect(exitCode, stdout).toBe(0);
    expect(JSON.parse(outputs['changed-files'] ?? '')).toEqual(['charts/path/values.yaml', 'json/cart.json']);
    expect(await repository.read('release/cart', 'charts/path/values.yaml')).toContain(
      'repository: cart\n  tag: 1.4.2\n',
    );
    expect(await repository.read('release/cart', 'json/cart.json')).toBe(
      String.raw`{"image": "ghcr.io\/acme\/cart:1.4.2"}`,
    );
  });

  test('a target that is not there is an error', async () => {
    const { action } = current();
    for (const targets of ['apps/unmarked.yaml#settings.tag', 'nowhere.yaml#/a']) {
      const { exitCode, stdout } = await action({ images: IMAGES, targets });
      expect([exitCode, stdout]).toEqual([1, expect.stringContaining('title=TARGET_NOT_FOUND')]);
    }
  });
});

scenarios(
  'one repository with two programs',
  {
    'agent.yaml': 'image: ghcr.io/acme/monitor:agent-0.0.1\n',
    'client.yaml': 'image: ghcr.io/acme/monitor:client-0.0.1\n',
  },
  (current) => {
    const AGENT = 'image: ghcr.io/acme/monitor:agent-0.0.2\n';

    test('the one that the tag is of is changed, and only-tags says otherwise', async () => {
      const { action, repository } = current();
      const images = 'ghcr.io/acme/monitor:agent-0.0.2';
      const { outputs, stdout } = await action({ images });
      expect(outputs['outcome'], stdout).toBe('created');
      expect(await repository.read('release/monitor', 'agent.yaml')).toBe(AGENT);
      expect(await repository.read('release/monitor', 'client.yaml')).toContain('client-0.0.1');
      const all = await action({ images, 'only-tags': '*' });
      expect(all.outputs['outcome'], all.stdout).toBe('updated');
      expect(await repository.read('release/monitor', 'client.yaml')).toBe(AGENT);
    });

    test('a glob that cannot be read is refused', async () => {
      const { exitCode, stdout } = await current().action({
        images: 'ghcr.io/acme/monitor:agent-0.0.2',
        'only-tags': 'agent-*,client-*',
      });
      expect(exitCode).toBe(1);
      expect(stdout).toContain('Input "only-tags" is "agent-*,client-*", which is neither a tag, nor a glob');
    });
  },
);

const STEP = (version: string): string => `jobs:\n  scan: { container: 'ghcr.io/acme/web:${version}' }\n`;
const DEPLOYMENT = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;

scenarios(
  'workflows',
  {
    '.github/workflows/scan.yml': STEP('1.4.1'),
    '.forgejo/workflows/scan.yml': STEP('1.4.1'),
    '.circleci/config.yml': STEP('1.4.1'),
    'web.yaml': DEPLOYMENT('1.4.1'),
  },
  (current) => {
    const images = 'ghcr.io/acme/web:1.4.2';
    const read = (path: string): Promise<string | undefined> => current().repository.read('release/web', path);

    test.each([{}, { paths: '.' }, { paths: '*.yml\n*.yaml' }])('are left and told with %j', async (inputs) => {
      const { outputs, stdout } = await current().action({ images, ...inputs });
      expect(outputs['outcome'], stdout).toBe('created');
      expect(await read('.github/workflows/scan.yml')).toBe(STEP('1.4.1'));
      expect(await read('.forgejo/workflows/scan.yml')).toBe(STEP('1.4.1'));
      expect(await read('.circleci/config.yml')).toBe(STEP('1.4.2'));
      expect(stdout).toContain('is in a workflow, which most tokens may not change');
      expect(stdout).toContain('.github/workflows/scan.yml');
    });

    test('are changed where paths or a target names them', async () => {
      await current().action({ images, paths: '.github/workflows\nweb.yaml' });
      expect(await read('.github/workflows/scan.yml')).toBe(STEP('1.4.2'));
      const { outputs } = await current().action({
        images,
        paths: 'web.yaml',
        targets: '.forgejo/workflows/scan.yml#jobs.scan.container=ghcr.io/acme/web',
      });
      const branch = outputs['branch'] ?? '';
      expect(await current().repository.read(branch, '.forgejo/workflows/scan.yml')).toBe(STEP('1.4.2'));
    });

    test('that alone have an image are named by the error', async () => {
      await current().repository.commit('main', { 'web.yaml': 'a: 1\n', '.circleci/config.yml': 'a: 1\n' });
      const { exitCode, stdout } = await current().action({ images });
      expect(exitCode).toBe(1);
      expect(stdout).toContain('was not found in any place that can be changed');
      expect(stdout).toContain('.github/workflows/scan.yml:2');
    });
  },
);
