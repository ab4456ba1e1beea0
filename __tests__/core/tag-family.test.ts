import { describe, expect, test } from 'vitest';
import { areOfTwoFamilies, familyOf } from '../../src/core/tag-family.ts';

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  '#': [
    '1.4.1',
    'v1.4.1',
    '1.4',
    'v2',
    '42',
    '1.4.1-rc.1',
    '1.4.1rc1',
    '1.4.1-beta-2.1',
    '1.4.1-alpha',
    '1.4.1.dev3',
    '1.4.1.post1',
    '1.4.1-SNAPSHOT',
    '1.4.1.Final',
    '1.4.1-15-gabc1234',
    '1.4.1-8f14e45',
    '1.4.1-20240102153000-8f14e45',
    '1.4.1-3',
    '1.4.1_3',
    '1.4.1-r3',
    '1.4.1-b42',
    '1.4.1-build.42',
    '1.4.1.1',
    '4.0.17.2969-ls281',
    '2024.01.02',
    '2024-01-02',
    '2024-01-02.3',
    '2024-01-02-8f14e45',
    '2024.01.02-3',
    'release-2024-01-02.3',
    'RELEASE.2024-01-02T15-30-00Z',
    'RELEASE.2024-01-02T15-30-00Z-8f14e45',
    '2024-01-02T1530',
    '1.4-2024-01-02-153000-8f14e45',
    'v1.4.1-2024-01-02-8f14e45',
    '1.4.1-hotfix.1',
    '1.4.1-dirty',
    '1.4.1-15-gabc1234-dirty',
    '1.4.1-milestone-2',
    'release-1.4.1',
    '42-8f14e45',
  ],
  'agent-#': [
    'agent-0.0.1',
    'agent-v0.0.1',
    'agent_0.0.1',
    'agent-0.0.2-rc.1',
    'agent-0.1',
    'agent1.4.2',
    'agent-latest',
  ],
  'client-#': ['client-0.0.1', 'client-latest'],
  '#-alpine': [
    '1.4.1-alpine',
    'v1.4.1-alpine',
    '1.4.1-rc.1-alpine',
    '1.4.1-alpine-8f14e45',
    '16-alpine',
    'latest-alpine',
  ],
  '#-alpine3-19': ['1.4.1-alpine3.19', '1.4-alpine3.19'],
  '#-python3-11': ['1.4.1-python3.11'],
  '#-python3-12': ['1.4.1-python3.12'],
  '#-debian-12': ['1.4.1-debian-12-r3', '1.4.2-debian-12-r0'],
  '#-main': ['1.4.1-main.8f14e45', '1.4.1-main.42'],
  'jdk17-#': ['jdk17-1.4.1'],
  '17-jdk-#': ['17-jdk-1.4.1'],
  '#-amd64': ['1.4.1-amd64'],
  'web-#-alpine': ['web-1.4.1-alpine'],
  'main-#': ['main-1.4.1'],
  '@': [
    'sha-8f14e45',
    '8f14e45',
    'sha8f14e45',
    '20240102153000',
    '1700000000',
    '20240102T153000Z',
    'run-42',
    'build-8f14e45',
    'v20240102-8f14e45',
    'v20240102',
    '745cfe64-ac7a-4d4a-a627-c481e8f03be8',
  ],
  '@-main': ['main-8f14e45', 'main-8f14e45-1700000000', 'main-42', 'main-42-8f14e45', 'main-20240102'],
  '@-nightly': ['nightly-20240102'],
  '@-master': ['v20240102-8f14e45-master'],
  '#-cpuv1': ['RELEASE.2024-01-02T15-30-00Z-cpuv1'],
  'nightly-#': ['nightly-2024-01-02', 'nightly-2024-01-02.3'],
  '#-staging': ['1.4.1-staging'],
  '#-debug': ['1.4.1-debug'],
  '@-api': ['api-8f14e45', 'api-42', 'api-sha-8f14e45'],
  '@-alpine': ['sha-8f14e45-alpine'],
  '@-pr-12': ['pr-12-8f14e45'],
};

describe.each(Object.entries(FAMILIES))('%s', (family, tags) => {
  test.each(tags)('%s', (tag) => {
    expect(familyOf(tag)).toBe(family);
  });
});

test.each(['latest', 'main', 'bookworm', 'feature-foo', 'pr-12', 'PLACEHOLDER', ''])('%j has no family', (tag) => {
  expect(familyOf(tag)).toBeUndefined();
});

test.each([
  ['agent-0.0.1', 'client-0.0.1', true],
  ['1.4.1', '1.4.1-alpine', true],
  ['1.4.1-alpine', 'latest-alpine', false],
  ['1.4.1-rc.1', '1.4.1', false],
  ['v1.4.1', '1.4.1', false],
  ['1.4.1', 'latest', false],
  ['1.4.1', 'sha-8f14e45', false],
  ['1.4.1', 'main-8f14e45', false],
  ['api-8f14e45', 'web-8f14e45', true],
  ['pr-12-8f14e45', 'pr-13-8f14e45', true],
  ['main', 'develop', false],
])('%s and %s are of two families: %s', (one, other, expected) => {
  expect(areOfTwoFamilies(one, other)).toBe(expected);
});
