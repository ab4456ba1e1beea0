import { describe, expect, it } from 'vitest';
import { groupImageParts, readImageKey, readLonePart } from '../../../src/manifests/conventions/image-keys.ts';

describe('readImageKey', () => {
  it.each([
    ['repository', '', 'repository', false],
    ['tag', '', 'tag', false],
    ['image', '', 'name', true],
    ['image.tag', '', 'tag', true],
    ['imageTag', '', 'tag', true],
    ['image_tag', '', 'tag', true],
    ['image-tag', '', 'tag', true],
    ['IMAGE_TAG', '', 'tag', true],
    ['imageVersion', '', 'tag', true],
    ['imageSHA', '', 'digest', true],
    ['image.sha256', '', 'digest', true],
    ['webImage', 'web', 'name', true],
    ['webImageRepository', 'web', 'repository', true],
    ['WEB_TAG', 'web', 'tag', false],
    ['web.image.registry', 'web', 'registry', true],
    ['controllers.main2.image.tag', 'controllers.main2', 'tag', true],
    ['images[0].repository', 'images.0', 'repository', false],
    ['img', '', 'name', true],
    ['apiImageVersion', 'api', 'tag', true],
  ])('%s', (key, prefix, part, isOfImage) => {
    expect(readImageKey(key)).toMatchObject({ prefix, part, isOfImage });
  });

  it.each([
    '',
    'tags',
    'imagePullPolicy',
    'hostname',
    'stage',
    'imageTagSuffix',
    'webVersion',
    'apiVersion',
    'gitRepository',
    'x@y',
  ])('%s is of no image', (key) => {
    expect(readImageKey(key)).toBeUndefined();
  });
});

describe('readLonePart', () => {
  it.each([
    ['repository', '', 'repository'],
    ['webImage', 'web', 'repository'],
    ['imageName', '', 'repository'],
    ['webTag', 'web', 'tag'],
    ['imageVersion', '', 'tag'],
    ['imageDigest', '', 'digest'],
    ['sha', '', 'sha'],
    ['imageRegistry', '', 'registry'],
  ])('%s', (key, prefix, part) => {
    expect(readLonePart(key)).toEqual({ prefix, part });
  });

  it.each(['name', 'repo', 'version', 'replicas'])('%s says nothing alone', (key) => {
    expect(readLonePart(key)).toBeUndefined();
  });
});

describe('groupImageParts', () => {
  const group = (values: Readonly<Record<string, string>>, path?: string): Record<string, string>[] =>
    groupImageParts(
      Object.entries(values).map(([key, text]) => [key, { text }] as const),
      path,
    ).map((parts) => Object.fromEntries(Object.entries(parts).map(([part, { key }]) => [part, key])));
  const digits = 'a'.repeat(64);

  it.each([
    ['two sets in one list', ['repository', 'tag', 'image.repository', 'image.tag'], 2],
    ['a repository without a version', ['repository', 'registry'], 0],
    ['a version without a repository', ['tag', 'digest'], 0],
    ['two prefixes', ['webImage', 'webTag', 'apiImage', 'apiImageTag'], 2],
    ['a tag of another prefix', ['webImage', 'apiTag'], 0],
    ['a package', ['name', 'version'], 0],
    ['versions of what is in images', ['webImage', 'webVersion'], 0],
    ['paths with dots', ['web.image', 'web.version'], 1],
  ])('%s', (_, keys, count) => {
    expect(group(Object.fromEntries(keys.map((key) => [key, 'x'])))).toHaveLength(count);
  });

  it.each([
    ['the tag of an image before another', { image: 'x', tag: 'x', imageTag: 'x' }, { name: 'image', tag: 'imageTag' }],
    ['an image before any name', { name: 'x', image: 'x', tag: 'x' }, { name: 'image', tag: 'tag' }],
    ['a tag before a version', { version: 'x', repository: 'x', tag: 'x' }, { repository: 'repository', tag: 'tag' }],
    [
      'a digest of the image beside the rest',
      { repository: 'x', tag: 'x', imageDigest: 'x' },
      { repository: 'repository', tag: 'tag', digest: 'imageDigest' },
    ],
    ['no commit', { image: 'x', tag: 'x', sha: '8f14e45' }, { name: 'image', tag: 'tag' }],
    ['the digits of a digest', { image: 'x', tag: 'x', sha: digits }, { name: 'image', tag: 'tag', digest: 'sha' }],
    [
      'a package with a registry',
      { registry: 'x', name: 'x', version: 'x' },
      { registry: 'registry', name: 'name', tag: 'version' },
    ],
  ])('takes %s', (_, values, expected) => {
    expect(group(values)).toEqual([expected]);
  });

  it('takes a name where the path says that it is of an image', () => {
    expect(group({ name: 'x', version: 'x' }, 'images[0]')).toEqual([{ name: 'name', tag: 'version' }]);
  });
});
