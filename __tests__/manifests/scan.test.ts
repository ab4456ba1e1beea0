import { describe, expect, test } from 'vitest';
import { ManifestScan, type Scan } from '../../src/manifests/scan.ts';

function scanOf(files: Readonly<Record<string, string>>, policies?: ReadonlyMap<string, string>): Scan {
  const scan = new ManifestScan(policies);
  for (const [path, text] of Object.entries(files)) scan.add({ path, mode: '100644', bytes: Buffer.from(text) });
  return scan.end();
}

/** `image version file:line convention` of each place. */
const told = ({ places }: Scan): string[] =>
  places.map((one) => `${one.image} ${one.version} ${one.file}:${one.line} ${one.convention}`);
const open = ({ open: all }: Scan): string[] =>
  all.map((one) => `${one.file}:${one.line} ${one.image || '?'} ${one.version} ${one.reason} | ${one.marker}`);

describe('ManifestScan', () => {
  test('lists places by image, whatever the spelling and the order of the files', () => {
    const found = scanOf({
      'b.yaml': 'image: docker.io/library/nginx:1.27.0\n',
      'a.yaml': 'image: nginx:1.26.0\nsidecar: ghcr.io/acme/log:2.0.0\n',
      'kustomization.yaml': 'images:\n  - name: ghcr.io/acme/web\n    newTag: 1.4.2\n',
    });
    expect(told(found)).toEqual([
      'nginx 1.26.0 a.yaml:1 whole-reference',
      'docker.io/library/nginx 1.27.0 b.yaml:1 whole-reference',
      'ghcr.io/acme/log 2.0.0 a.yaml:2 whole-reference',
      'ghcr.io/acme/web 1.4.2 kustomization.yaml:3 kustomize',
    ]);
    expect(found.open).toEqual([]);
  });

  test('what only looks like a reference is none, unless it is an image elsewhere', () => {
    const files = { 'config.yaml': 'backend: shop:stable\ncache: redis:6379\nname: "web:main"\nurl: http://a.b/c:d\n' };
    expect(told(scanOf(files))).toEqual([]);
    expect(told(scanOf({ ...files, 'shop.yaml': 'image: shop:1.0.0\n' }))).toEqual([
      'shop stable config.yaml:1 whole-reference',
      'shop 1.0.0 shop.yaml:1 whole-reference',
    ]);
  });

  test('a tag in values has the repository of another file, read before it or behind it', () => {
    const chart = {
      'chart/Chart.yaml': 'name: web\n',
      'chart/values.yaml': 'image:\n  repository: ghcr.io/acme/web\n',
    };
    const values = { 'chart/values-prod.yaml': 'image:\n  tag: 1.4.2\n' };
    const expected = ['ghcr.io/acme/web 1.4.2 chart/values-prod.yaml:2 split-values'];
    expect(told(scanOf({ ...chart, ...values }))).toEqual(expected);
    expect(told(scanOf({ ...values, ...chart }))).toEqual(expected);
    const named = {
      'argo/web.yaml':
        'kind: Application\nmetadata: {name: web}\nspec:\n  source:\n    path: chart\n    helm:\n      valueFiles: [../live/web.yaml]\n',
      'live/web.yaml': 'image:\n  tag: 1.5.0\n',
    };
    expect(told(scanOf({ ...named, ...chart }))).toEqual(['ghcr.io/acme/web 1.5.0 live/web.yaml:2 split-values']);
  });

  test('a tag of no known image is told with the line that names it', () => {
    const found = scanOf({
      'values/web.yaml': 'image:\n  tag: "1.10" # the web\n  pullPolicy: Always\nother: {tag: 2.0.0}\n',
      'source.yaml': 'kind: OCIRepository\nspec:\n  ref:\n    tag: 6.5.0\n',
      'release.yaml': 'kind: HelmRelease\nspec:\n  values:\n    image:\n      tag: 6.5.0\n',
    });
    expect(found.places).toEqual([]);
    expect(open(found)).toEqual([
      'release.yaml:5 ? 6.5.0 is of an image that no file names | tag: 6.5.0 # manifest-release: IMAGE tag',
      'values/web.yaml:2 ? 1.10 is of an image that no file names | tag: "1.10" # manifest-release: IMAGE tag',
      'values/web.yaml:4 ? 2.0.0 is of an image that no file names | ',
    ]);
  });

  test('a tag that may be of two images names both', () => {
    const found = scanOf({
      'chart/Chart.yaml': 'name: web\n',
      'chart/values-a.yaml': 'image:\n  repository: ghcr.io/acme/a\n',
      'chart/values-b.yaml': 'image:\n  repository: ghcr.io/acme/b\n',
      'chart/values-prod.yaml': 'image:\n  tag: 1.4.2\n',
    });
    expect(found.places).toEqual([]);
    const [only, ...more] = open(found).filter((line) => line.startsWith('chart/values-prod'));
    expect([only, more]).toEqual([
      expect.stringMatching(
        /^chart\/values-prod\.yaml:2 \? 1\.4\.2 may be of ghcr\.io\/acme\/a .* or ghcr\.io\/acme\/b /,
      ),
      [],
    ]);
    expect(only).toMatch(/ \| tag: 1\.4\.2 # manifest-release: IMAGE tag$/);
  });

  test('the policies of Flux, from files and from the input', () => {
    const setter = { 'web.yaml': 'spec:\n  values:\n    tag: 1.4.2 # {"$imagepolicy": "flux-system:web:tag"}\n' };
    const policy = {
      'policy.yaml':
        'kind: ImagePolicy\nmetadata: {name: web, namespace: flux-system}\nspec:\n  imageRepositoryRef: {name: web}\n---\n' +
        'kind: ImageRepository\nmetadata: {name: web, namespace: flux-system}\nspec:\n  image: ghcr.io/acme/web\n',
    };
    const expected = ['ghcr.io/acme/web 1.4.2 web.yaml:3 flux-setters'];
    expect(told(scanOf({ ...setter, ...policy }))).toEqual(expected);
    expect(told(scanOf(setter, new Map([['flux-system:web', 'ghcr.io/acme/web']])))).toEqual(expected);
    expect(open(scanOf(setter))).toEqual([
      'web.yaml:3 ? 1.4.2 has an image policy that is in no file (name its image in the setting "image-policies") | ',
    ]);
  });

  test('an image without a version is told where no other place has one', () => {
    const base = { 'base/deployment.yaml': 'kind: Deployment\nspec:\n  image: ghcr.io/acme/web\n' };
    expect(open(scanOf(base))).toEqual([
      'base/deployment.yaml:3 ghcr.io/acme/web  has no version | image: ghcr.io/acme/web # manifest-release: ghcr.io/acme/web',
    ]);
    const overlay = { 'kustomization.yaml': 'images:\n  - name: ghcr.io/acme/web\n    newTag: 1.4.2\n' };
    expect(open(scanOf({ ...base, ...overlay }))).toEqual([]);
  });

  test('a file that cannot be read is told where it has an image; a workflow is none of the manifests', () => {
    const found = scanOf({
      'broken.yaml': 'image: ghcr.io/acme/web:1.0.0\nenv: [a\n',
      'other.yaml': 'tags: [a\n',
      'secret.yaml': `image: ghcr.io/acme/web:1.0.0\nsops:\n  mac: abc\n`,
      '.github/workflows/ci.yaml': 'jobs:\n  a:\n    container: {image: "node:20.1.0"}\n',
    });
    expect(told(found)).toEqual([]);
    expect(found.problems.map(({ file, message }) => `${file} ${message}`)).toEqual([
      expect.stringMatching(/^broken\.yaml was not searched: /),
      'secret.yaml was not searched: is encrypted with SOPS',
    ]);
  });
});
