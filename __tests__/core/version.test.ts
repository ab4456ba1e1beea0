import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  areDifferentVersions,
  bumpOf,
  compareVersions,
  isInRange,
  isStep,
  isVersionLike,
  largestBump,
  readRange,
  type Bump,
} from '../../src/core/version.ts';
import { tag } from '../manifests/arbitraries.ts';

const DIGEST = `@sha256:${'a'.repeat(64)}`;

describe('order', () => {
  it.each([
    ['1.4.1', '1.4.2'],
    ['v1.4.1', '1.4.2'],
    ['V1.9.0', 'v1.10.0'],
    ['1.4.1-rc.1', '1.4.1'],
    ['1.4.1rc1', '1.4.1'],
    ['1.4.1-rc9', '1.4.1-rc10'],
    ['1.4.1-rc-9', '1.4.1-RC.10'],
    ['1.4.1-alpha.2', '1.4.1-beta.1'],
    ['1.4.1-beta', '1.4.1-rc'],
    ['8.0.0-preview.7', '8.0.0-rc.1'],
    ['1.4.0', '1.4.1-rc.1'],
    ['1.9', '1.10'],
    ['1.10', '1.10.1'],
    ['1.10rc1', '1.10'],
    ['2024.01.02', '2024.01.10'],
    ['2024.9', '2024.10.1'],
    ['2024.01.02', '2025.1.1'],
    ['1.4.1', '2200.0.0'],
    ['1989.0.0', '2200.0.0'],
    ['1990.1.1', '2199.1.1'],
    ['2024.01.02-1', '2024.01.02-2'],
    ['1.4.1-3', '1.4.1-12'],
    ['1.4.1-12', '1.4.2'],
    ['1.25.1-alpine', '1.25.2-alpine'],
    ['1.25.1-alpine3.19', '1.26.0-alpine3.20'],
    ['1.25.1-rc.1-alpine', '1.25.1-alpine'],
    ['1.4.1-abc1234', '1.4.2-bcd2345'],
    ['1.4.1-20240102', '1.4.2-abc1234'],
    ['1.4.1-main.abc1234', '1.5.0-main.0123456'],
    ['1.4.1-rc.1.abc1234', '1.4.1-rc.2.bcd2345'],
    ['1.4.1-dev.5', '1.4.2-dev.1'],
    [`1.4.1${DIGEST}`, '1.4.2'],
    ['localhost:5000/web:1.4.1', `ghcr.io/acme/web:1.4.2${DIGEST}`],
  ])('%s is older than %s', (older, newer) => {
    expect(compareVersions(older, newer)).toBeLessThan(0);
    expect(compareVersions(newer, older)).toBeGreaterThan(0);
  });

  it.each([
    ['1.4.1', 'v1.4.1'],
    ['1.10', '1.10.0'],
    ['1.4.1-rc1', '1.4.1-rc.1'],
    ['2024.01.02', '2024.1.2'],
    ['main-42', 'main-42'],
    ['latest', `latest${DIGEST}`],
    ['1.4.1-15-gabc1234', '1.4.1-15-gabc1234'],
    [`1.4.1${DIGEST}`, `1.4.1@sha256:${'b'.repeat(64)}`],
  ])('%s and %s are the same', (one, other) => {
    expect(compareVersions(one, other)).toBe(0);
    expect(compareVersions(other, one)).toBe(0);
  });

  it.each([
    ['another variant', '1.25.1', '1.25.1-alpine'],
    ['another variant, also of a later version', '1.25.1-alpine', '1.26.0'],
    ['the same version on another base', '1.25.1-alpine3.19', '1.25.1-alpine3.20'],
    ['another processor', '1.4.1-x64', '1.4.1-x86'],
    ['git describe after its tag', '1.4.1-15-gabc1234', '1.4.1'],
    ['git describe', '1.4.1-15-gabc1234', '1.4.1-16-gbcd2345'],
    ['git describe of two tags, on branches maybe', '1.4.1-300-gabc1234', '1.5.0-2-gbcd2345'],
    ['git describe after a pre-release', '1.4.1-rc.1-15-gabc1234', '1.4.1-rc.1'],
    ['git describe of a dirty tree', '1.4.1-15-gabc1234-dirty', '1.4.2-1-gabc1234-dirty'],
    ['commits', '1.4.1-abc1234', '1.4.1-bcd2345'],
    ['commits of digits only', '1.4.1-1234567', '1.4.1-2345678'],
    ['dates as commits', '1.4.1-20240102', '1.4.1-20240103'],
    ['commits of one pre-release', '1.4.1-rc.1.abc1234', '1.4.1-rc.1.bcd2345'],
    ['a packager’s revision, or a pre-release', '1.4.1-3', '1.4.1'],
    ['a revision and a pre-release', '1.4.1-3', '1.4.1-rc.1'],
    ['a revision in another way', '1.4.1_3', '1.4.1_4'],
    ['dev, before or after', '1.4.1-dev.5', '1.4.1'],
    ['dev by number', '1.4.1-dev.5', '1.4.1-dev.6'],
    ['snapshots', '1.4.1-SNAPSHOT-abc1234', '1.4.1'],
    ['a letter: OpenSSL’s 1.1.1w is newer than 1.1.1', '1.1.1', '1.1.1w'],
    ['PEP 440’s post', '1.4.1.post1', '1.4.1'],
    ['years and small numbers', '2024.01.02', '1.0.0'],
    ['years and large numbers', '2199.1.1', '2200.0.0'],
    ['years and the numbers before', '1989.0.0', '1990.0.0'],
    ['four parts', '1.2.3.4', '1.2.3.5'],
    ['runs', 'main-41', 'main-42'],
    ['pull requests', 'pr-12', 'pr-13'],
    ['shas', 'sha-abc1234', 'sha-bcd2345'],
    ['bare shas of digits', '6801028', '6801029'],
    ['times', '20240102153000', '20240103153000'],
    ['one number', '41', '42'],
    ['moving tags', 'latest', 'stable'],
    ['a digest', `sha256:${'a'.repeat(64)}`, '1.4.2'],
    ['numbers beyond counting', '1.99999999999999999999.0', '1.99999999999999999998.0'],
    ['nothing', '', '1.4.2'],
  ])('%s: %s and %s tell none', (_, one, other) => {
    expect(compareVersions(one, other)).toBeUndefined();
    expect(compareVersions(other, one)).toBeUndefined();
  });
});

const SUFFIXES = [
  ['', 'rc', 'rc1', 'RC1', 'rc.1', 'rc.10', 'rc10', 'beta', 'b2', 'a', 'alpha.2', 'pre', 'preview.1', 'dev.5'],
  ['alpine', 'alpine3.19', '3', '12', '007', '1234567', '20240102'],
  ['abc1234', 'bcd2345', 'g0123456', '15-gabc1234'],
].flat();

describe('order of any tags', () => {
  const number = fc.constantFrom('0', '1', '2', '9', '10', '01', '2024');
  const suffix = fc
    .array(fc.constantFrom(...SUFFIXES), { maxLength: 3 })
    .map((parts) => parts.map((part) => `-${part}`).join(''));
  const version = fc
    .tuple(fc.constantFrom('', 'v'), fc.array(number, { minLength: 1, maxLength: 4 }), suffix)
    .map(([v, parts, end]) => `${v}${parts.join('.')}${end}`);
  const anyTag = fc.oneof({ weight: 9, arbitrary: version }, { weight: 1, arbitrary: tag });
  /** Few main parts, so that the suffixes meet. */
  const near = fc
    .tuple(fc.constantFrom('1.4.1', 'v1.4.1', '1.4', '1.4.0', '2024.1.1'), suffix)
    .map(([main, end]) => main + end);
  const three = fc.oneof(fc.tuple(anyTag, anyTag, anyTag), fc.tuple(near, near, near));

  test('is the same from both sides', () => {
    fc.assert(
      fc.property(three, ([a, b]) => {
        const order = compareVersions(a, b);
        const back = compareVersions(b, a);
        expect(back === undefined ? undefined : Math.sign(back)).toBe(
          order === undefined ? undefined : 0 - Math.sign(order),
        );
        expect(compareVersions(a, a)).toBe(0);
      }),
      { numRuns: 3000 },
    );
  });

  test('goes on: what is older than an older one is older', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyTag, near, near), { minLength: 3, maxLength: 12 }), (tags) => {
        const signs = tags.map((a) => tags.map((b) => Math.sign(compareVersions(a, b) ?? NaN)));
        for (const [a, row] of signs.entries()) {
          for (const [b, ab] of row.entries()) {
            for (const [c, bc] of signs[b]?.entries() ?? []) {
              if (!(ab <= 0 && bc <= 0)) continue;
              expect(row[c], `${tags[a]} then ${tags[b]} then ${tags[c]}`).toBe(Math.min(ab, bc));
            }
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  test('is told by bumps only where it is up', () => {
    fc.assert(
      fc.property(three, ([a, b]) => {
        const [bump, order] = [bumpOf(a, b), compareVersions(a, b) ?? 0];
        expect([bump === 'down', bump === 'unordered']).toEqual([order > 0, order === 0]);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the bump', () => {
  it.each<[from: string, to: string, bump: Bump]>([
    ['1.4.1', '1.4.2', 'patch'],
    ['1.4.1', 'v1.5.0', 'minor'],
    ['1.4', '2.0', 'major'],
    ['1.25.1-alpine', '1.26.0-alpine', 'minor'],
    ['1.4.1-abc1234', '2.0.0-bcd2345', 'major'],
    ['2024.01.02', '2024.02.01', 'minor'],
    ['1.4.1', '2.0.0-rc.1', 'major'],
    ['1.4.1', '1.5.0-rc.1', 'minor'],
    ['1.4.1', '1.4.2-rc.1', 'patch'],
    ['2.0.0-rc.1', '2.0.0-rc.2', 'patch'],
    ['1.4.1-3', '1.4.1-4', 'patch'],
    ['2.0.0-rc.1', '2.0.0', 'major'],
    ['1.5.0-rc.1', '1.5.0', 'minor'],
    ['1.4.2-rc.1', '1.4.2', 'patch'],
    [`1.4.1${DIGEST}`, `1.4.2${DIGEST}`, 'patch'],
    ['1.4.2', '1.4.1', 'down'],
    ['docker.io/acme/web:1.4.2', 'ghcr.io/acme/web:1.5.0', 'minor'],
    ['1.4.2', '1.4.2', 'unordered'],
    ['1.4.2', `1.4.2${DIGEST}`, 'unordered'],
    ['1.4.1', '1.4.1-15-gabc1234', 'unordered'],
    ['main-41', 'main-42', 'unordered'],
    ['', '', 'unordered'],
  ])('from %s to %s is %s', (from, to, bump) => {
    expect(bumpOf(from, to)).toBe(bump);
  });
});

test.each<[bumps: Bump[], largest: Bump]>([
  [['patch', 'minor', 'patch'], 'minor'],
  [['unordered', 'major'], 'major'],
  [['unordered', 'patch'], 'unordered'],
  [['unordered'], 'unordered'],
  [[], 'unordered'],
])('the largest of %j is %s', (bumps, largest) => {
  expect(largestBump(bumps)).toBe(largest);
});

/** Whether `readRange` takes the text, and then whether the tag is in it. */
function isIn(tag: string, text: string): boolean | undefined {
  const range = readRange(text);
  return range && isInRange(tag, range);
}

describe('isInRange', () => {
  it.each([
    ['1.4.2', '1.x', true],
    ['v1.4.2', '>=1.4 <2', true],
    ['V1.4.2', '>=1.4 <2', true],
    ['1.4.2', '>=v1.4 <v2', true],
    [`1.4.2${DIGEST}`, '^1.2 || 3', true],
    ['3.1.0', '^1.2 || 3', true],
    ['1.10', '>=1.9', true],
    ['1.10', '1.10.0', true],
    ['1.4.7', '1.4', true],
    ['1.40.0', '1.4', false],
    ['1.5.0', '1.4', false],
    ['1.4', '1.4', true],
    ['2024.01.02', '>=2024.01', true],
    ['2024.01.02', '>=2024.01.02', true],
    ['2024.1.2', '2024.01.02', true],
    ['2024.01.01', '>=2024.01.02', false],
    ['2024.10.1', '>=2024.09.30 <2025', true],
    ['1.4.2', '>=1.2, <2', true],
    ['2.0.0', '>=1.2, <2', false],
    ['1.0.0', '>=1.2,<2', false],
    ['10.0.0', '>=10', true],
    ['1.0.0', '>=10', false],
    ['2.0.0', '1.x', false],
    ['1.5.0-rc.1', '1.x', false],
    ['1.5.0-rc.1', '>=1.0.0', false],
    ['1.5.0-rc.1', '>=1.0.0-0', true],
    ['1.10rc1', '>=1.0.0', false],
    ['1.10rc1', '>=1.0.0-0', true],
    ['1.5.0-rc.1', '1.2 - 1.9', false],
    ['1.25.1-alpine', '1.25.x', false],
    ['1.25.1-alpine', '>=1.25.0-0 <1.26.0-0', true],
    ['1.4.1-15-gabc1234', '>=1.0.0', false],
    ['latest', '>=0.0.0-0', false],
    ['main-42', '*', false],
    ['1', '1.x', false],
  ])('%s in %s: %s', (version, range, expected) => {
    expect(isIn(version, range)).toBe(expected);
  });
});

describe('readRange', () => {
  it.each([
    '1.x',
    '*',
    '1.*',
    '>=1.4 <2',
    '>=1.4,<2',
    '>=2024.01',
    '1.2 - 1.4',
    '^1 || ~2.3',
    '=1.4.2',
    '>= 1.4',
    '1.4.1-alpine',
  ])('takes %j as it is written', (text) => {
    expect(readRange(text)?.text).toBe(text);
  });

  it.each([
    '',
    ' ',
    'latest',
    '>=1.0 <oops',
    '>=1.0 <oops || 1.x',
    '>=1.0 ||',
    '|| 1.x',
    ',>=1',
    '>=1,',
    '>=1,,<2',
    '1.2.3.4',
    '>=1.x.oops',
    'main-42',
    '1.4.1-a*',
    '>=1.4.1-*',
  ])('refuses %j', (text) => {
    expect(readRange(text)).toBeUndefined();
  });
});

it.each([
  ['1.4.2', '1.4.3', true],
  ['v1.4.2', '1.5.2', true],
  ['1.4.2', 'v1.4.2', false],
  ['1.4.2', '1.4.2-alpine', false],
  ['1.4.2', 'sha-9ecf2d3', false],
  ['1.4.2', '1.4', false],
  ['', '', false],
])('%s and %s are different versions: %s', (one, other, different) => {
  expect(areDifferentVersions(one, other)).toBe(different);
  expect(areDifferentVersions(other, one)).toBe(different);
});

describe('a tag that looks like a version', () => {
  it.each(['1.4', '1.4.1', 'v1.4.1-rc.1', '1.4.1-alpine', '8f14e45', 'sha-8f14e45', 'sha-1234567', 'g8f14e45'])(
    '%s is one',
    (tag) => {
      expect(isVersionLike(tag)).toBe(true);
    },
  );

  it.each(['main', 'latest', 'web', '42', '8080', '1234567', 'deadbeef', '10.0.0.1', 'x86', 'v1', ''])(
    '%s is none',
    (tag) => {
      expect(isVersionLike(tag)).toBe(false);
    },
  );
});

it('a step is from one version to another', () => {
  expect(isStep({ from: '1.4.1', to: '1.4.2' })).toBe(true);
  expect(isStep({ from: '', to: '1.4.2' })).toBe(false);
  expect(isStep({ from: '1.4.2', to: '1.4.2' })).toBe(false);
});
