import { expect, test } from 'vitest';
import { OwnerCandidates } from '../../../src/manifests/values/owner-candidates.ts';

const placed = (path: string) => ({ path, owner: { image: path, name: path, source: `${path}:1` } });

function imagesOf(owners: readonly string[], tagged: readonly string[], path: string): readonly string[] {
  return new OwnerCandidates(owners.map(placed), tagged).of(path).map(({ image }) => image);
}

test.each<[what: string, owners: string[], tagged: string[], path: string, expected: string[]]>([
  ['any of few', ['a.yaml', 'b.yaml'], [], 'c.yaml', ['a.yaml', 'b.yaml']],
  [
    'the one whose file it is called after, and any that no file is called after',
    ['web.yaml', 'base.yaml'],
    ['web-prod.yaml', 'prod.yaml'],
    'web-prod.yaml',
    ['web.yaml', 'base.yaml'],
  ],
  [
    'none whose file others are called after',
    ['web.yaml', 'base.yaml'],
    ['web-prod.yaml', 'prod.yaml'],
    'prod.yaml',
    ['base.yaml'],
  ],
  ['one whose name only begins another word,', ['web.yaml'], ['website.yaml', 'prod.yaml'], 'prod.yaml', ['web.yaml']],
  [
    'one that has a tag of its own is not called after itself',
    ['web.yaml'],
    ['web.yaml', 'b.yaml'],
    'b.yaml',
    ['web.yaml'],
  ],
])('a tag may be of %s', (_, owners, tagged, path, expected) => {
  expect(imagesOf(owners, tagged, path)).toEqual(expected);
});

test('of too many, a tag may be of those whose file has the most words of its name', () => {
  const many = Array.from({ length: 30 }, (_, index) => `values-app${index}.yaml`);
  expect(imagesOf(many, [], 'values-app7-prod.yaml')).toEqual(['values-app7.yaml']);
  expect(imagesOf(many, [], 'values-prod.yaml')).toEqual([]);
});
