import { describe, expect, test } from 'vitest';
import {
  defaultNames,
  formatIdentity,
  identityKey,
  identityOf,
  namesInOtherOrders,
} from '../../src/inputs/identity.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';

const NONE = { app: '', environment: '' };
const of = (images: string, paths: readonly string[] = []) =>
  identityOf(NONE, readReleasedImages(images).released, paths);
const app = (name: string, environment: string) => identityOf({ app: name, environment }, [], []);

describe('identityKey', () => {
  test.each([
    ['the order of images', of('acme/web:1\nacme/api:1'), of('acme/api:1\nacme/web:1')],
    ['the order of paths', of('acme/web:1', ['a', 'b']), of('acme/web:1', ['b', 'a', 'a'])],
    ['the version', of('acme/web:1'), of('acme/web:2')],
    ['the spelling of an image', of('nginx:1'), of('docker.io/library/nginx:1')],
    ['the former name of an image that moves', of('old/web=acme/web:1'), of('acme/web:1')],
    ['the images and paths of an app', app('web', 'dev'), identityOf({ app: 'web', environment: 'dev' }, [], ['p'])],
  ])('does not depend on %s', (_, one, other) => {
    expect(identityKey(one)).toBe(identityKey(other));
  });

  test.each([
    ['repositories that end in the same word', of('shop/api:1'), of('blog/api:1')],
    ['an image more', of('acme/web:1'), of('acme/web:1\nacme/api:1')],
    ['paths', of('acme/web:1', ['s']), of('acme/web:1', ['p'])],
    ['no paths', of('acme/web:1', ['s']), of('acme/web:1')],
    ['app and environment that join to one text', app('web', 'a-b'), app('web-a', 'b')],
    ['environments', app('web', 'dev'), app('web', 'prod')],
  ])('differs for %s', (_, one, other) => {
    expect(identityKey(one)).not.toBe(identityKey(other));
  });
});

test.each([
  [of('ghcr.io/acme/web:1'), 'ghcr.io/acme/web'],
  [of('acme/web:1\nacme/api:1', ['p', 's']), 'docker.io/acme/api and 1 more in p, s'],
  [app('web', 'staging'), 'web in staging'],
])('formatIdentity %#: %s', (identity, text) => {
  expect(formatIdentity(identity)).toBe(text);
});

describe('defaultNames', () => {
  test.each([
    [of('nginx:1.27.0'), 'nginx', 'nginx', /^library-nginx-[0-9a-f]{6}$/],
    [of('localhost:5000/web:1'), 'localhost:5000/web', 'web', /^web-[0-9a-f]{6}$/],
    [of('ghcr.io/acme/shop:1', ['apps/shop']), 'ghcr.io/acme/shop', 'shop', /^acme-shop-apps-shop-[0-9a-f]{6}$/],
    [of('acme/web:1\nacme/api:1'), 'acme/web', 'web', /^acme-api-[0-9a-f]{6}$/],
    [of('acme/web:1', [':(glob)a/*/v.yaml']), 'acme/web', 'web', /^acme-web-glob-a-v\.yaml-[0-9a-f]{6}$/],
    [app('web', 'staging'), '', 'web-staging', /^web-staging-[0-9a-f]{6}$/],
  ])('%#: that of the first image, then one that no other identity has', (identity, first, short, long) => {
    expect(defaultNames(identity, first)).toEqual([short, expect.stringMatching(long)]);
  });

  test('has a long name of a length that a branch may have', () => {
    const [, long] = defaultNames(of('acme/web:1', ['a'.repeat(500)]));
    expect(long.length).toBeLessThanOrEqual(70);
  });
});

test('namesInOtherOrders has the last word of each repository once, and not too many', () => {
  expect(namesInOtherOrders(of('shop/api:1\nblog/api:1\nacme/web:1'))).toEqual(['web', 'api']);
  const many = of(Array.from({ length: 50 }, (_, index) => `acme/app${index}:1`).join('\n'));
  expect(namesInOtherOrders(many)).toHaveLength(5);
  expect(namesInOtherOrders(app('web', 'staging'))).toEqual([]);
});
