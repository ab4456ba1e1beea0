/** What a release changes in the cluster, as kustomize and Helm render it. */
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Rendering } from '../../src/rendering/rendering.ts';
import { reason, renderers, renderingOf, toolsOf, type Files } from './rendering-of.ts';

const deployment = (name: string, image: string, more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  template:
    spec:
      containers:
      - name: ${name}
        image: ${image}
${more}`;

const KUSTOMIZE: Files = {
  'base/kustomization.yaml': 'resources: [web.yaml, service.yaml]\n',
  'base/web.yaml': deployment('web', 'ghcr.io/acme/web:1.4.2'),
  'base/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n',
  'staging/kustomization.yaml': 'namespace: staging\nresources: [../base]\n',
  'production/kustomization.yaml':
    'namespace: production\nresources: [../base]\nimages:\n- {name: ghcr.io/acme/web, newTag: 1.4.1}\n',
};

const CHART: Files = {
  'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'charts/shop/values.yaml': 'image:\n  repository: ghcr.io/acme/web\n  tag: 1.4.2\n',
  'charts/shop/templates/_names.tpl': '{{ define "name" }}{{ .Release.Name }}-web{{ end }}\n',
  'charts/shop/templates/web.yaml': deployment(
    '{{ include "name" . }}',
    '"{{ .Values.image.repository }}:{{ .Values.image.tag }}"',
  ),
};

const application = (helm: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop-live}
spec:
  destination: {namespace: live}
  source:
    repoURL: https://git.example.com/acme/manifests
    path: charts/shop
    helm:
${helm}`;

/** `root: kind namespace/name path from -> to` of each difference. */
const told = ({ roots }: Rendering): string[] =>
  roots.flatMap(({ path, changes }) =>
    changes.flatMap(({ kind, namespace, name, what, differences }) =>
      what === 'changed'
        ? differences.map(
            (one) => `${path}: ${kind} ${namespace}/${name} ${one.path} ${one.from} -> ${one.to} (${one.cause})`,
          )
        : `${path}: ${kind} ${namespace}/${name} ${what}`,
    ),
  );

const IMAGE = 'spec.template.spec.containers[0].image';
const STEP = 'ghcr.io/acme/web:1.4.2 -> ghcr.io/acme/web:1.5.0 (image)';

it.skipIf(reason !== '')(reason === '' ? 'the tools are there' : `skipped: the tools are ${reason}`, () => {
  expect(renderers.length).toBe(2);
});

describe.each(renderers)('with $name', (layer) => {
  const tools = toolsOf(layer);
  const release = (files: Files, paths?: readonly string[]): Promise<Rendering> =>
    renderingOf(files, 'ghcr.io/acme/web:1.5.0', tools, paths);

  it('renders each overlay of a base, and finds the edit that an overlay hides', async () => {
    const files = { ...KUSTOMIZE, 'production/kustomization.yaml': KUSTOMIZE['production/kustomization.yaml'] ?? '' };
    const rendering = await release(files);
    expect(told(rendering)).toEqual([
      `production: Deployment production/web ${IMAGE} ghcr.io/acme/web:1.4.1 -> ghcr.io/acme/web:1.5.0 (image)`,
      `staging: Deployment staging/web ${IMAGE} ${STEP}`,
    ]);
    expect(rendering.roots.map(({ objects, files: from }) => [objects, from])).toEqual([
      [2, ['base/web.yaml', 'production/kustomization.yaml']],
      [2, ['base/web.yaml']],
    ]);
    expect([rendering.unrendered, rendering.hidden]).toEqual([[], []]);
  });

  it('finds an edit that every overlay overrides', async () => {
    const { 'staging/kustomization.yaml': _, ...files } = KUSTOMIZE;
    const patch = `images:\n- {name: ghcr.io/acme/web, newName: ghcr.io/acme/other, newTag: "3"}\n`;
    const rendering = await release({
      ...files,
      'production/kustomization.yaml': `resources: [../base]\n${patch}`,
    });
    expect(told(rendering)).toEqual([]);
    expect(rendering.hidden.map(({ file, line }) => `${file}:${line}`)).toEqual(['base/web.yaml:10']);
  });

  it('renders a component in what names it, and not by itself', async () => {
    const component = (name: string): Files => ({
      [`${name}/kustomization.yaml`]:
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [web.yaml]\n',
      [`${name}/web.yaml`]: deployment(name, 'ghcr.io/acme/web:1.4.2'),
    });
    const rendering = await release({
      ...component('used'),
      ...component('unused'),
      'live/kustomization.yaml': 'components: [../used]\n',
    });
    expect(told(rendering)).toEqual([`live: Deployment /used ${IMAGE} ${STEP}`]);
    expect([rendering.unrendered, rendering.hidden]).toEqual([[], []]);
  });

  it('reads only the paths and what they name', async () => {
    const rendering = await release(KUSTOMIZE, ['production']);
    expect(told(rendering)).toEqual([
      `production: Deployment production/web ${IMAGE} ghcr.io/acme/web:1.4.1 -> ghcr.io/acme/web:1.5.0 (image)`,
    ]);
    expect(rendering.unrendered).toEqual([]);
  });

  it('names all that changes beside the image', async () => {
    const rendering = await release({
      ...CHART,
      'charts/shop/templates/web.yaml':
        (CHART['charts/shop/templates/web.yaml'] ?? '') + '      # c\n      nodeName: n-{{ .Values.image.tag }}\n',
    });
    expect(told(rendering)).toEqual([
      `charts/shop: Deployment /shop-web ${IMAGE} ${STEP}`,
      'charts/shop: Deployment /shop-web spec.template.spec.nodeName n-1.4.2 -> n-1.5.0 (other)',
    ]);
  });

  it('takes a ConfigMap with a new hash for the same object', async () => {
    const rendering = await release({
      'kustomization.yaml':
        'resources: [web.yaml]\nconfigMapGenerator:\n- name: images\n  files: [images.yaml, a.txt]\n',
      'images.yaml': 'web:\n  image: ghcr.io/acme/web:1.4.2\n',
      'a.txt': 'a file that is no manifest\n',
      'web.yaml': deployment('web', 'busybox:1', '      volumes:\n      - {name: a, configMap: {name: images}}\n'),
    });
    expect(told(rendering)).toEqual([
      expect.stringMatching(/^\.: ConfigMap \/images-\w{10} data\["images.yaml"\] web:\n.*1\.5\.0\n \(image\)$/s),
      expect.stringMatching(/^\.: ConfigMap \/images-\w{10} metadata.name images-\w{10} -> images-\w{10} \(name\)$/),
      expect.stringMatching(/^\.: Deployment \/web .*configMap.name images-\w{10} -> images-\w{10} \(name\)$/),
    ]);
  });

  it('never has a value of a Secret, also where a tool fails', async () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {image: "ghcr.io/acme/web:1.4.2", password: hunter2-hunter2}\n';
    const whole = await release({ 'kustomization.yaml': 'resources: [s.yaml]\n', 's.yaml': secret });
    expect(told(whole)).toEqual(['.: Secret /s stringData.image (hidden) -> (hidden) (image)']);
    expect(whole.hidden).toEqual([]);
    const broken = await release({
      'kustomization.yaml': 'resources: [web.yaml]\npatches:\n- path: p.yaml\n',
      'web.yaml': deployment('web', 'ghcr.io/acme/web:1.4.2'),
      'p.yaml': secret,
    });
    expect(JSON.stringify(broken)).not.toContain('hunter2');
    expect(broken.unrendered.map(({ message }) => message)).toEqual([
      'kubectl ended with exit code 1; its message is not shown, since it may quote a Secret',
    ]);
  });

  it('shows no message where a chart is packed, which may have a Secret', async () => {
    const broken = await release({
      ...CHART,
      'charts/shop/Chart.yaml': `${CHART['charts/shop/Chart.yaml'] ?? ''}dependencies: [{name: packed, version: 1.0.0, repository: ""}]\n`,
      'charts/shop/charts/packed-1.0.0.tgz': 'no archive\n',
    });
    expect(broken.unrendered.map(({ message }) => message)).toEqual([
      'helm ended with exit code 1; its message is not shown, since it may quote a Secret',
    ]);
  });

  it('gives Helm no schema that refers to another file, and any other one', async () => {
    const schema = (reference: string): Files => ({
      ...CHART,
      'charts/shop/values.schema.json': `{"properties": {"image": {"$ref": "${reference}"}}, "definitions": {"x": {"type": "string"}}}\n`,
    });
    const own = await release(schema('#/definitions/x'));
    expect(own.unrendered.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^helm ended with exit code 1/),
    ]);
    for (const reference of ['file:///etc/passwd', 'http://127.0.0.1:1/x']) {
      const other = await release(schema(reference));
      expect([told(other), other.unrendered]).toEqual([[`charts/shop: Deployment /shop-web ${IMAGE} ${STEP}`], []]);
    }
  });

  it('renders a chart as an Application of Argo CD says', async () => {
    const rendering = await release({
      ...CHART,
      'charts/shop/values-live.yaml': 'image:\n  tag: 1.4.1\n',
      'apps/shop.yaml': application('      releaseName: shop\n      valueFiles: [values-live.yaml]\n'),
    });
    expect(rendering.roots.map(({ path, as }) => [path, as])).toEqual([['charts/shop', 'Application/shop-live']]);
    expect(told(rendering)).toEqual([
      `charts/shop: Deployment /shop-web ${IMAGE} ghcr.io/acme/web:1.4.1 -> ghcr.io/acme/web:1.5.0 (image)`,
    ]);
    // The default tag is overridden by the values that the Application names.
    expect(rendering.hidden.map(({ file }) => file)).toEqual([]);
  });

  it('renders the values inside of an Application and of a HelmRelease', async () => {
    const argo = await release({
      ...CHART,
      'charts/shop/values.yaml': 'image: {repository: ghcr.io/acme/web, tag: none}\n',
      'apps/shop.yaml': application(
        '      valuesObject: {replicas: 2, image: {repository: ghcr.io/acme/web}}\n      parameters: [{name: image.tag, value: 1.4.2}]\n',
      ),
    });
    expect(told(argo)).toEqual([`charts/shop: Deployment /shop-live-web ${IMAGE} ${STEP}`]);
    const flux = await release({
      ...CHART,
      'charts/shop/values.yaml': 'image: {repository: none, tag: none}\n',
      'apps/shop.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: shop}\nspec:\n  targetNamespace: live\n' +
        '  chart: {spec: {chart: ./charts/shop, sourceRef: {kind: GitRepository, name: m}}}\n' +
        '  valuesFrom: [{kind: ConfigMap, name: shop-values}]\n  values: {image: {repository: ghcr.io/acme/web}}\n',
      'apps/values.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop-values}\ndata:\n  values.yaml: |\n    image:\n      repository: ghcr.io/acme/web\n      tag: 1.4.2\n',
    });
    expect(told(flux)).toEqual([`charts/shop: Deployment /live-shop-web ${IMAGE} ${STEP}`]);
  });

  it('calls an edit of values in a kustomization an image', async () => {
    const rendering = await release({
      'kustomization.yaml': 'namespace: live\nresources: [release.yaml]\n',
      'release.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: shop}\nspec:\n' +
        '  chart: {spec: {chart: shop, sourceRef: {kind: HelmRepository, name: m}}}\n' +
        '  values:\n    image: {repository: ghcr.io/acme/web, tag: 1.4.2}\n',
    });
    expect(told(rendering)).toEqual(['.: HelmRelease live/shop spec.values.image.tag 1.4.2 -> 1.5.0 (image)']);
    expect(rendering.unrendered.map(({ message }) => message)).toEqual([
      'HelmRelease/shop: its chart is not in the repository',
    ]);
  });

  it('says which chart is not rendered: one with an absent dependency, one from another server', async () => {
    const absent = await release({
      ...CHART,
      'charts/shop/Chart.yaml': `${CHART['charts/shop/Chart.yaml']}dependencies:\n- name: redis\n  version: 1.0.0\n  repository: https://charts.example.com\n`,
    });
    expect([absent.roots, absent.hidden]).toEqual([[], []]);
    expect(absent.unrendered).toEqual([
      {
        file: 'charts/shop/Chart.yaml',
        line: 5,
        message: 'the chart "redis" that it depends on is not in the repository',
      },
    ]);
    const elsewhere = await release({
      'apps/shop.yaml': application('      values: |\n        image: ghcr.io/acme/web:1.4.2\n').replace(
        'path: charts/shop',
        'chart: shop',
      ),
    });
    expect(elsewhere.unrendered).toEqual([
      { file: 'apps/shop.yaml', line: 1, message: 'Application/shop-live: its chart is not in the repository' },
    ]);
  });

  it('copies a chart of the repository into the one that depends on it', async () => {
    const rendering = await release({
      ...CHART,
      'charts/shop/Chart.yaml': `${CHART['charts/shop/Chart.yaml']}dependencies:\n- name: common\n  version: 1.0.0\n  repository: file://../common\n`,
      'charts/common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 1.0.0\ntype: library\n',
      'charts/common/templates/_image.tpl': '{{ define "image" }}{{ .repository }}:{{ .tag }}{{ end }}\n',
      'charts/shop/templates/web.yaml': deployment('web', '"{{ include "image" .Values.image }}"'),
    });
    expect(told(rendering)).toEqual([`charts/shop: Deployment /web ${IMAGE} ${STEP}`]);
  });

  it('renders a chart in a kustomization, where the tools work together', async () => {
    const rendering = await release({
      ...Object.fromEntries(Object.entries(CHART).map(([path, text]) => [`live/${path}`, text])),
      'live/kustomization.yaml': 'helmCharts:\n- {name: shop, releaseName: live, valuesFile: values.yaml}\n',
      'live/values.yaml': 'image: {repository: ghcr.io/acme/web, tag: 1.4.2}\n',
    });
    const isHelm3 = layer.name.includes('Helm 3');
    expect(told(rendering).filter((line) => line.startsWith('live:'))).toEqual(
      isHelm3 ? [`live: Deployment /live-web ${IMAGE} ${STEP}`] : [],
    );
    expect(rendering.unrendered.map(({ file }) => file)).toEqual(isHelm3 ? [] : ['live/kustomization.yaml']);
  });

  it('leaves out what is random in a chart', async () => {
    const rendering = await release({
      ...CHART,
      'charts/shop/templates/web.yaml': `${CHART['charts/shop/templates/web.yaml']}      nodeName: {{ randAlphaNum 20 }}\n`,
    });
    expect(told(rendering)).toEqual([`charts/shop: Deployment /shop-web ${IMAGE} ${STEP}`]);
  });

  it('leaves no folder', async () => {
    await release(KUSTOMIZE);
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith(`manifest-release-${process.pid}-`));
    expect(left).toEqual([]);
  });
});

it.skipIf(reason !== '')('names the tool that is not there', async () => {
  const [layer] = renderers;
  if (!layer) throw new Error('no tools');
  const { helm: _, ...tools } = toolsOf(layer);
  const rendering = await renderingOf({ ...KUSTOMIZE, ...CHART }, 'ghcr.io/acme/web:1.5.0', tools);
  expect(rendering.roots.map(({ path }) => path)).toEqual(['production', 'staging']);
  expect(rendering.unrendered).toEqual([
    { file: 'charts/shop/values.yaml', line: 1, message: 'there is no helm on the PATH' },
  ]);
  expect(existsSync(layer.helm)).toBe(true);
});
