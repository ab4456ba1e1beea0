import { expect, test } from 'vitest';
import { readTargets } from '../../src/manifests/targets.ts';

const WEB = { reference: { name: 'ghcr.io/acme/web', tag: '1' }, replaces: 'ghcr.io/acme/web' };

test.each([
  ['a.yaml#["a key"]', ['a key']],
  ['a.yaml#spec["a.b"].tag', ['spec', 'a.b', 'tag']],
  [String.raw`a.yaml#["\u0061"]`, ['a']],
])('readTargets reads the path of %s', (text, path) => {
  expect(readTargets([text], [WEB])).toMatchObject([{ path }]);
});

test.each([String.raw`a.yaml#["\q"]`, String.raw`a.yaml#["\u12"]`, 'a.yaml#["a\tb"]', 'a.yaml#["a'])(
  'readTargets refuses %j, which has a key that is no JSON text',
  (text) => {
    expect(() => readTargets([text], [WEB])).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining('"targets"') }),
    );
  },
);
