import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/environments/config/config.ts';
import { configText } from '../../../src/environments/init/config-text.ts';
import { environmentOf } from '../../../src/environments/init/environment-names.ts';
import { propose } from '../../../src/environments/init/propose.ts';
import { ManifestScan, type ScannedPlace } from '../../../src/manifests/scan.ts';
import { LAYOUTS } from './layouts.ts';

function placesOf(files: Readonly<Record<string, string>>): readonly ScannedPlace[] {
  const scan = new ManifestScan();
  for (const [path, text] of Object.entries(files)) scan.add({ path, mode: '100644', bytes: Buffer.from(text) });
  return scan.end().places;
}

const textOf = (files: Readonly<Record<string, string>>, owner = 'acme'): string =>
  configText(propose(placesOf(files), owner));

const image = (reference: string): string => `image: ${reference}\n`;

describe('environmentOf', () => {
  test.each([
    ['apps/web/overlays/production/kustomization.yaml', 'production', 'apps/web/overlays/production'],
    ['clusters/prod-eu/web.yaml', 'prod-eu', 'clusters/prod-eu'],
    ['clusters/prod/prod-us-east-1/web.yaml', 'prod-us-east-1', 'clusters/prod/prod-us-east-1'],
    ['charts/web/values-stg.yaml', 'stg', 'charts/web/values-stg.yaml'],
    ['charts/web/values.test.yaml.gotmpl', 'test', 'charts/web/values.test.yaml.gotmpl'],
    ['charts/web/Dev-values.yaml', 'dev', 'charts/web/Dev-values.yaml'],
    ['apps/web-prod/web.yaml', 'prod', 'apps/web-prod'],
    ['web/production.yaml', 'production', 'web/production.yaml'],
    ['environments/test/web.yaml', 'test', 'environments/test'],
    ['environments/pre-prod/web.yaml', 'pre-prod', 'environments/pre-prod'],
    ['apps/production/values-prod.yaml', 'production', 'apps/production'],
  ])('%s', (file, name, path) => {
    expect(environmentOf(file)).toMatchObject({ name, path });
  });

  test.each([
    'apps/web/base/deployment.yaml',
    'charts/web/values.yaml',
    'test/web.yaml',
    'apps/demo-app/web.yaml',
    'apps/dev-tools/web.yaml',
    'apps/production-planning/web.yaml',
    'products/web.yaml',
    'live/web.yaml',
  ])('%s has none', (file) => {
    expect(environmentOf(file)).toBeUndefined();
  });

  test('names of two kinds are no environment', () => {
    expect(environmentOf('clusters/production/web/values-staging.yaml')).toBe('several');
  });
});

describe('propose', () => {
  test.each(Object.entries(LAYOUTS))('%s: the golden file, which our own check takes', async (name, files) => {
    const text = textOf(files as Readonly<Record<string, string>>);
    expect(() => readConfig('manifest-release.yaml', text)).not.toThrow();
    await expect(text).toMatchFileSnapshot(`../../fixtures/init/${name}.yaml`);
  });

  test('a folder that has a place of another environment is not named as a whole', () => {
    const text = textOf({
      'clusters/production/web.yaml': image('ghcr.io/acme/web:1.0.0'),
      'clusters/production/odd/values-staging.yaml': image('ghcr.io/acme/web:1.1.0'),
    });
    expect(text).toContain('production: { paths: [clusters/production/web.yaml], delivery: pull-request }');
    expect(text).toContain(
      '# ghcr.io/acme/web is in no environment, since the path names several: clusters/production/odd/',
    );
  });

  test('images of others are no apps, unless there are no others', () => {
    const files = {
      'overlays/production/web.yaml': image('ghcr.io/acme/web:1.0.0'),
      'overlays/production/cache.yaml': image('redis:7.2.0'),
    };
    expect(textOf(files)).toContain(
      '# redis is left out, since it is no image of acme: overlays/production/cache.yaml:1',
    );
    expect(textOf(files, '')).toContain('  redis:\n    images: [redis]');
  });

  test('images that are always released together are one app, and never those of others', () => {
    const files = (migrations: string) => ({
      'overlays/staging/web.yaml': `web: ${image('ghcr.io/acme/web:1.0.0').slice(7)}job: ghcr.io/acme/web-migrations:1.0.0\n`,
      'overlays/production/web.yaml': `web: ghcr.io/acme/web:0.9.0\njob: ghcr.io/acme/web-migrations:${migrations}\n`,
    });
    expect(textOf(files('0.9.0'))).toContain('  web:\n    images: [ghcr.io/acme/web, ghcr.io/acme/web-migrations]');
    expect(textOf(files('0.8.0'))).toContain('  web-migrations:\n    images: [ghcr.io/acme/web-migrations]');
  });

  test('two images of one name have longer names', () => {
    const text = textOf({
      'overlays/production/a.yaml': image('ghcr.io/acme/shop/api:1.0.0'),
      'overlays/production/b.yaml': image('ghcr.io/acme/mail/api:1.0.0'),
    });
    expect(text).toContain('  mail-api:\n');
    expect(text).toContain('  shop-api:\n');
  });

  test('paths that git takes for patterns are literal, and what YAML reads otherwise has quotes', () => {
    const text = textOf({ 'overlays/prod/[a]/on.yaml': image('ghcr.io/acme/on:1.0.0'), 'values-prod*.yaml': 'a: b\n' });
    expect(text).toContain('  "on":\n    images: [ghcr.io/acme/on]');
    expect(() => readConfig('manifest-release.yaml', text)).not.toThrow();
    const odd = textOf({ '[x]/prod/web.yaml': image('ghcr.io/acme/web:1.0.0') });
    expect(odd).toContain('paths: [":(literal)[x]/prod"]');
  });

  test('no name of an environment: no app, and each image is named', () => {
    const { apps, notes } = propose(placesOf({ 'web.yaml': image('ghcr.io/acme/web:1.0.0') }), 'acme');
    expect([apps, notes]).toEqual([[], ['ghcr.io/acme/web is in no environment by its path: web.yaml:1']]);
  });
});
