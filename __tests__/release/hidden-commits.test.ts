import { describe, expect, test } from 'vitest';
import { hiding } from '../../src/release/hidden-commits.ts';

type Visibility = boolean | undefined;

/** Why the commits of acme/web are hidden, and what was asked for that. */
async function asking(byCi: Visibility, manifests: Visibility, source: Visibility, own = 'Acme/Web') {
  const asked: string[] = [];
  const forge = {
    isPublic: () => Promise.resolve(manifests).finally(() => asked.push('manifests')),
    isSourcePublic: (name: string) => Promise.resolve(source).finally(() => asked.push(name)),
  };
  const ci = {
    source: { repository: own, commit: '', url: '', time: '', ref: '', build: '' },
    isSourcePublic: byCi,
  };
  const whyHidden = hiding(forge, ci);
  const reason = await whyHidden('acme/web');
  expect(await whyHidden('acme/web'), 'is asked once').toBe(reason);
  return [reason, ...asked];
}

const NOT_PUBLIC = 'acme/web is not public, and this repository is (setting "source-commits")';
const NOT_KNOWN = 'acme/web is not known to be public, and this repository is (setting "source-commits")';

describe('the commits of a source repository', () => {
  test.each<[byCi: Visibility, manifests: Visibility, source: Visibility, expected: string[]]>([
    [true, true, false, ['']],
    [false, true, true, [NOT_PUBLIC, 'manifests']],
    [false, false, true, ['', 'manifests']],
    [false, undefined, true, ['', 'manifests']],
    [undefined, false, false, ['', 'manifests']],
    [undefined, true, true, ['', 'manifests', 'acme/web']],
    [undefined, true, false, [NOT_PUBLIC, 'manifests', 'acme/web']],
    [undefined, true, undefined, [NOT_KNOWN, 'manifests', 'acme/web']],
  ])('by CI public: %s; manifests public: %s; source public: %s', async (byCi, manifests, source, expected) => {
    expect(await asking(byCi, manifests, source)).toEqual(expected);
  });

  test('what the CI says of its own repository says nothing of another one', async () => {
    expect(await asking(true, true, false, 'acme/manifests')).toEqual([NOT_PUBLIC, 'manifests', 'acme/web']);
  });
});
