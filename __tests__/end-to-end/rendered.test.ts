/** What changes in the cluster: a release with the tools on the PATH, and without. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { installRenderers } from '../manifests/renderers.ts';
import { scenarios, type Result } from './harness.ts';

const deployment = (image: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: web, image: "${image}"}]}}}\n`;
const FILES = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': deployment('ghcr.io/acme/web:1.4.1'),
  'production/kustomization.yaml': 'namespace: production\nresources: [../base]\n',
  'staging/kustomization.yaml':
    'namespace: staging\nresources: [../base]\nimages: [{name: ghcr.io/acme/web, newTag: 1.4.1}]\n',
  'pinned/kustomization.yaml':
    'namePrefix: pinned-\nresources: [web.yaml]\nimages: [{name: ghcr.io/acme/web, newName: ghcr.io/acme/fork, newTag: "7"}]\n',
  'pinned/web.yaml': deployment('ghcr.io/acme/web:1.4.1'),
  'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'chart/values.yaml':
    'image: {repository: ghcr.io/acme/web, tag: 1.4.1}\n# 1\n# 2\n# 3\n# 4\npassword: hunter2-hunter2\n',
  'chart/templates/shop.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: shop, labels: {version: "{{ .Values.image.tag }}"}}\nspec: {containers: [{image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"}]}\n' +
    '---\napiVersion: v1\nkind: Secret\nmetadata: {name: shop}\nstringData: {password: "{{ .Values.password }}-{{ .Values.image.tag }}"}\n',
  'remote/kustomization.yaml': 'resources: [web.yaml, "https://example.com/base.yaml"]\n',
  'remote/web.yaml': deployment('ghcr.io/acme/web:1.4.1'),
};
const IMAGES = { images: 'ghcr.io/acme/web:1.4.2' };
const { renderers, reason } = installRenderers();
const [layer] = renderers;

/** A PATH with git and nothing that renders. */
const bare = mkdtempSync(join(tmpdir(), 'path-'));
symlinkSync(execFileSync('which', ['git'], { encoding: 'utf8' }).trim(), join(bare, 'git'));
afterAll(() => rmSync(bare, { recursive: true }));
const WITHOUT = { PATH: bare };
// Warnings at a line are annotations of a run in the manifest repository alone.
const WITH = { GITHUB_REPOSITORY: 'acme/manifests', PATH: `${bare}:${dirname(layer?.kubectl ?? '/')}` };

const warningsOf = ({ stdout }: Result): string[] => stdout.split('\n').filter((line) => line.startsWith('::warning'));
const factsOf = ({ outputs }: Result): unknown =>
  (JSON.parse(outputs['results'] ?? '[]') as { rendered: unknown }[]).map(({ rendered }) => rendered);

scenarios(
  'what changes in the cluster',
  FILES,
  (current) => {
    test.skipIf(reason !== undefined)('is in the pull request, the summary, the results and warnings', async () => {
      const { action, sandbox } = current();
      const result = await action({ ...IMAGES, render: 'auto' }, WITH);
      expect(result.outputs['outcome'], result.stdout).toBe('created');
      const [pullRequest] = await sandbox.pullRequests();
      const body = pullRequest?.body ?? '';
      expect(body).toContain(`**What changes in the cluster:** 4 objects, 2 in more than the image

| Object | Namespace | Rendered from | What changes |
| --- | --- | --- | --- |
| \`Secret/shop\` | – | \`chart\` | \`stringData.password\` |
| \`Pod/shop\` | – | \`chart\` | \`metadata.labels.version\` |
| \`Deployment/web\` | \`production\` | \`production\` | images |
| \`Deployment/web\` | \`staging\` | \`staging\` | images |

- \`pinned/web.yaml:4\` changes, and nothing that is rendered has \`1.4.2\`
- not rendered: \`remote/kustomization.yaml:1\`: "https\u200b://example.com/base.yaml" is no plain path in the repository, and nothing is fetched

<details><summary>Differences</summary>`);
      expect(body).toContain(`
  production: Deployment production/web
- spec.template.spec.containers[0].image: ghcr.io/acme/web:1.4.1
+ spec.template.spec.containers[0].image: ghcr.io/acme/web:1.4.2
`);
      expect(body + result.stdout + result.summary).not.toContain('hunter2');
      expect(result.summary).toContain('**What changes in the cluster:** 4 objects, 2 in more than the image');
      expect(factsOf(result)).toEqual([{ roots: 4, objects: 4, 'only-images': 2, hidden: 1, 'not-rendered': 1 }]);
      expect(warningsOf(result)).toEqual([
        '::warning file=pinned/web.yaml,line=4::pinned/web.yaml:4: ghcr.io/acme/web is 1.4.2 here, and nothing that is rendered has it: another place overrides this one',
        '::warning::chart: Secret shop: stringData.password changes beside the released images',
        '::warning::chart: Pod shop: metadata.labels.version changes beside the released images',
      ]);
      expect(result.left).toEqual([]);
      const again = await action({ ...IMAGES, render: 'auto' }, WITH);
      expect([again.outputs['outcome'], factsOf(again)]).toEqual(['unchanged', [null]]);
    });

    test.skipIf(reason !== undefined)(
      'is one line where only images change, also in a dry run and without a clone',
      async () => {
        const { action, sandbox } = current();
        const inputs = { ...IMAGES, paths: 'staging', render: 'require' };
        const dry = await action({ ...inputs, 'dry-run': 'true' }, WITH);
        expect(dry.stdout).toContain('**What changes in the cluster:** 1 object, only images\n\n<details>');
        const asked = sandbox.requests.length;
        await action({ ...inputs, images: 'ghcr.io/acme/web:1.4.3', name: 'unrendered', render: 'off' }, WITHOUT);
        const without = sandbox.requests.length - asked;
        const result = await action(inputs, WITH);
        // One request reads the base, which is outside of the paths.
        expect(sandbox.requests.length - asked - without).toBe(without + 1);
        expect(sandbox.requests.some(({ path }) => path.includes('.git/'))).toBe(false);
        const [pullRequest] = (await sandbox.pullRequests()).filter(({ head }) => head === 'release/web');
        expect(pullRequest?.body).toContain('**What changes in the cluster:** 1 object, only images\n\n<details>');
        expect(warningsOf(result)).toEqual([]);
      },
    );

    test('is left out without tools, and an error where it is required', async () => {
      const { action, sandbox } = current();
      const required = await action({ ...IMAGES, render: 'require' }, WITHOUT);
      expect(required.exitCode).toBe(1);
      expect(required.stdout).toContain('[RENDERING_INCOMPLETE]');
      expect(required.stdout).toContain('there is no kustomize on the PATH');
      expect(await sandbox.pullRequests()).toEqual([]);
      const result = await action({ ...IMAGES, render: 'auto' }, WITHOUT);
      expect([result.outputs['outcome'], factsOf(result)]).toEqual(['created', [null]]);
      const [pullRequest] = await sandbox.pullRequests();
      expect((pullRequest?.body ?? '') + result.stdout).not.toMatch(/changes in the cluster|rendered/);
    });
  },
  { runs: 'processes' },
);
