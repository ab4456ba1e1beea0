import { describe, expect, test } from 'vitest';
import { areParts, kindOfTag, type TagKind } from '../../src/core/tag-kind.ts';

const COMMIT = '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3';

/** What build tools and CI systems make of a branch, a git tag, a commit, a time or a run. */
const TAGS: Readonly<Record<TagKind, readonly string[]>> = {
  version: [
    '1.4.2',
    'v1.4.2',
    '1.4.2-rc.1',
    '1.4.2rc2',
    '1.4.2-alpine3.19',
    '1.4.2.1',
    '1.4.1-15-gabc1234',
    '1.4.2-8f14e45',
    'agent-1.4.2',
    'agent-v1.4.2',
    'main-1.4.2',
    '0.1.42',
    '2024.01.02',
    '2024.1.0',
    'jdk17-1.4.2',
  ],
  build: [
    'sha-8f14e45',
    `sha-${COMMIT}`,
    'sha8f14e45',
    '8f14e45',
    COMMIT,
    '8F14E45',
    '6801028',
    'abcdefa',
    'sha-8f14e45-alpine',
    'main-8f14e45',
    'main-8f14e45-1700000000',
    'pr-12-8f14e45',
    'latest-8f14e45',
    '42-8f14e45',
    'v1-8f14e45',
    'release-g8f14',
    '20240102',
    '20240102-1530',
    '20240102T153000Z',
    '2024-01-02',
    'nightly-20240102',
    'main-2024-01-02',
    '1700000000',
    'main-42',
    'run-42',
    'build.42',
    'b42',
    'r42',
    'main-build-42',
    '1.4-8f14e45',
  ],
  word: ['bookworm', 'feature-foo', 'some_thing', 'web42', 'node20', 'feature-eu1', 'mainly', 'edgeworth', 'abcdef'],
  part: [
    '1',
    'v1',
    '1.4',
    'v1.4',
    '42',
    '2024',
    '1.10',
    '1-alpine',
    '1.4-alpine',
    '16-bookworm',
    '1.4rc1',
    'release-1.4',
  ],
  moving: [
    'latest',
    'LATEST',
    'latest-alpine',
    'latest-alpine3.19',
    'latest-arm64',
    'agent-latest',
    'main',
    'master',
    'develop',
    'dev',
    'trunk',
    'edge',
    'edge-alpine',
    'main-arm64',
    'nightly',
    'stable',
    'staging',
    'production',
    'prod-eu',
    'web-main',
    'pr-12',
    'pr12',
    'mr-12',
    'pr-12-merge',
    '12-merge',
    '1.4.2-SNAPSHOT',
    '1.x',
    'v1.x',
    '1.4.x',
  ],
};

describe.each(Object.entries(TAGS))('%s', (kind, tags) => {
  test.each(tags)('%s', (tag) => {
    expect(kindOfTag(tag)).toBe(kind);
  });
});

describe('the branch that is built', () => {
  const long = `feature/${'a'.repeat(70)}`;
  test.each<[branch: string, tag: string, kind: TagKind]>([
    ['feature/foo', 'feature-foo', 'moving'],
    ['Feature/FOO_1', 'feature-foo-1', 'moving'],
    ['Feature/FOO_1', 'Feature-FOO_1', 'moving'],
    ['feature/8f14e45', 'feature-8f14e45', 'moving'],
    ['dependabot/npm/foo-1.2.3', 'dependabot-npm-foo-1.2.3', 'moving'],
    ['release/1.4', 'release-1.4', 'moving'],
    [long, `feature-${'a'.repeat(55)}`, 'moving'],
    [long, `feature-${'a'.repeat(70)}`, 'moving'],
    ['feature/foo', 'feature-foo-8f14e45', 'build'],
    [long, `feature-${'a'.repeat(70)}-8f14e45`, 'build'],
    ['feature/foo', 'feature-bar', 'word'],
    ['release/1.4.2', '1.4.2', 'version'],
    ['', 'feature-foo', 'word'],
  ])('%s, tag %s', (branch, tag, kind) => {
    expect(kindOfTag(tag, branch)).toBe(kind);
  });
});

test.each([
  ['1', '1.4', true],
  ['1.4.2', '1.4', true],
  ['v1', 'v1.4', true],
  ['1', '14.2', false],
  ['1.4', '1.4', false],
  ['42', '1.4', false],
  ['1', 'v1.4', false],
])('%s and %s', (one, other, expected) => {
  expect(areParts(one, other)).toBe(expected);
});
