/** Tags whose repository is in other files, which are found in the whole repository, and changed below `paths` only. */
import { expect, test } from 'vitest';
import { scenarios } from './harness.ts';

const CHART = 'apiVersion: v2\nname: web\nversion: 0.1.0\n';

const FILES = {
  'charts/web/Chart.yaml': CHART,
  'charts/web/values.yaml': 'image: { repository: ghcr.io/acme/web, tag: 1.4.0 }\n',
  'charts/web/env/production.yaml': 'image: { tag: 1.4.1 }\n',
  'charts/shop/Chart.yaml':
    'apiVersion: v2\nname: shop\nversion: 0.1.0\ndependencies:\n  - { name: web, version: 0.1.0, repository: "file://../web" }\n',
  'charts/shop/values-production.yaml': 'web: { image: { tag: 1.4.1 } }\n',
  'apps/web.yaml': `kind: Application
metadata: { name: web }
spec:
  source:
    path: charts/web
    helm:
      valueFiles: [../../fleet/production/web.yaml]
      valuesObject: { image: { tag: 1.4.1 } }
`,
  'fleet/production/web.yaml': 'image: { tag: 1.4.1 }\n',
  'clusters/base/mail.yaml':
    'kind: HelmRelease\nmetadata: { name: mail }\nspec: { values: { image: { repository: ghcr.io/acme/mail } } }\n',
  'clusters/base/kustomization.yaml': 'resources: [mail.yaml]\n',
  'clusters/production/kustomization.yaml': `resources: [../base]
patches:
  - target: { kind: HelmRelease, name: mail }
    patch: |-
      - { op: add, path: /spec/values/image/tag, value: 1.4.1 }
`,
  'flux/images.yaml': `kind: ImageRepository
metadata: { name: web, namespace: flux-system }
spec: { image: ghcr.io/acme/web }
---
kind: ImagePolicy
metadata: { name: web, namespace: flux-system }
spec: { imageRepositoryRef: { name: web } }
`,
  'marked/web.yaml': 'version: 1.4.1 # {"$imagepolicy": "flux-system:web:tag"}\n',
  'marked/other.yaml': 'version: 1.4.1 # {"$imagepolicy": "elsewhere:web:tag"}\n',
};

const TEMPLATE = 'image: "ghcr.io/acme/bill:{{ .Values.image.tag }}"\n{{- if .Values.x }}\n{{- end }}\n';

const WEB = { images: 'ghcr.io/acme/web:1.4.2' };

const ALL = {
  ...FILES,
  'charts/bill/Chart.yaml': CHART,
  'charts/bill/templates/job.yaml': TEMPLATE,
  'charts/bill/values.yaml': 'image: { tag: 1.4.1 }\n',
};

scenarios('values in several files', ALL, (current) => {
  const changed = async (inputs: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const { exitCode, stdout, outputs } = await current().action(inputs);
    expect(exitCode, stdout).toBe(0);
    return JSON.parse(outputs['changed-files'] ?? '') as string[];
  };

  test('without paths all of them change, and a second run changes nothing', async () => {
    expect(await changed(WEB)).toEqual([
      'apps/web.yaml',
      'charts/shop/values-production.yaml',
      'charts/web/env/production.yaml',
      'charts/web/values.yaml',
      'fleet/production/web.yaml',
      'marked/web.yaml',
    ]);
    expect((await current().action(WEB)).outputs['outcome']).toBe('unchanged');
  });

  test.each([
    ['an Application, over a chart', 'apps'],
    ['values of a chart', 'charts/web/env/production.yaml'],
    ['values for a chart that the chart depends on', 'charts/shop'],
    ['a file that an Application names', 'fleet'],
    ['a Flux setter', 'marked'],
  ])('with paths: %s; what explains it does not change', async (_, paths) => {
    const files = await changed({ ...WEB, paths });
    expect(files).toHaveLength(1);
    expect(files[0]).toMatch(new RegExp(`^${paths}`));
    expect((await current().action({ ...WEB, paths })).outputs['outcome']).toBe('unchanged');
  });

  test('with paths: a patch of what the resources of a Kustomization have', async () => {
    const inputs = { images: 'ghcr.io/acme/mail:1.4.2', paths: 'clusters/production' };
    expect(await changed(inputs)).toEqual(['clusters/production/kustomization.yaml']);
  });

  test.each([{}, { paths: 'charts/bill/values.yaml' }])(
    'a tag that a template writes behind a name, with %j',
    async (more) => {
      expect(await changed({ images: 'ghcr.io/acme/bill:1.4.2', ...more })).toEqual(['charts/bill/values.yaml']);
    },
  );

  test('a workflow that names the chart is found by that name, and left', async () => {
    const workflow = 'run: helm upgrade web charts/web --set image=ghcr.io/acme/web:1.4.1\n';
    await current().repository.commit('main', { '.github/workflows/deploy.yaml': workflow });
    expect(await changed(WEB)).not.toContain('.github/workflows/deploy.yaml');
  });

  test('a policy that is given, whose setter is in a file without the name of the image', async () => {
    const inputs = { ...WEB, 'image-policies': 'elsewhere:web=ghcr.io/acme/web' };
    expect(await changed(inputs)).toContain('marked/other.yaml');
  });
});
