import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import * as arbitrary from '../manifests/arbitraries.ts';
import {
  formatReference,
  formatVersion,
  isDigest,
  isTag,
  parseReference,
  parseVersion,
  referenceProblem,
  repositoryOf,
  searchWord,
  splitName,
  versionIn,
  versionProblem,
} from '../../src/core/image-reference.ts';

const SHA256 = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('parseReference', () => {
  it.each([
    ['nginx', { name: 'nginx' }],
    ['nginx:1.27', { name: 'nginx', tag: '1.27' }],
    [`nginx@${SHA256}`, { name: 'nginx', digest: SHA256 }],
    [`ghcr.io/acme/web:1.5.0@${SHA256}`, { name: 'ghcr.io/acme/web', tag: '1.5.0', digest: SHA256 }],
    ['localhost:5000/a/b_c__d-e.f:_T.-', { name: 'localhost:5000/a/b_c__d-e.f', tag: '_T.-' }],
    ['[2001:db8::1]:5000/web:1', { name: '[2001:db8::1]:5000/web', tag: '1' }],
    ['GHCR.io/acme/web:1', { name: 'GHCR.io/acme/web', tag: '1' }],
    [`a/b@sha512:${'a'.repeat(128)}`, { name: 'a/b', digest: `sha512:${'a'.repeat(128)}` }],
    [`acme/vacuumv1.22.2@${SHA256}`, { name: 'acme/vacuumv1.22.2', digest: SHA256 }],
    ['redis:6379', { name: 'redis', tag: '6379' }],
    [`web:${'8f14e'.repeat(8)}`, { name: 'web', tag: '8f14e'.repeat(8) }],
  ])('reads %s', (text, expected) => {
    expect(parseReference(text)).toEqual(expected);
  });

  it.each([
    '',
    ':1',
    'web:',
    'web@',
    ' web:1',
    'web:1 ',
    'web:1\n',
    'Web:1',
    'ghcr.io/Acme/web:1',
    'a//b:1',
    '/a:1',
    'a/:1',
    'a..b:1',
    'a___b:1',
    'https://ghcr.io/acme/web:1',
    'web:${TAG}',
    'web:1:2',
    'old=web:1',
    `web:${'a'.repeat(129)}`,
    `web@${SHA256.toUpperCase()}`,
    `web@${SHA256}0`,
    'web@sha256:abc',
    SHA256,
    `sha512:${'a'.repeat(128)}`,
    `web@sha512:${'a'.repeat(64)}`,
    `${'a'.repeat(256)}:1`,
  ])('takes %j for no reference', (text) => {
    expect(parseReference(text)).toBeUndefined();
  });

  it('is the inverse of formatReference', () => {
    fc.assert(
      fc.property(arbitrary.reference, (reference) => {
        expect(parseReference(formatReference(reference))).toEqual(reference);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, and reads nothing that it would not write', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-z0-9:@./_-]{0,40}$/)), (text) => {
        const reference = parseReference(text);
        expect(reference === undefined ? text : formatReference(reference)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});

test.each([
  ['1.4.2', '1.4.2'],
  ['ghcr.io/acme/web:1.4.2', '1.4.2'],
  [`localhost:5000/web@sha256:${'0'.repeat(64)}`, `sha256:${'0'.repeat(64)}`],
  ['ghcr.io/acme/web', ''],
])('the version in %s is %s', (text, version) => {
  expect(versionIn(text)).toBe(version);
});

describe('parseVersion', () => {
  it.each([
    ['1.4.2', { tag: '1.4.2' }],
    [SHA256, { digest: SHA256 }],
    [`1.4.2@${SHA256}`, { tag: '1.4.2', digest: SHA256 }],
    ['', undefined],
    ['~', undefined],
    ['${TAG}', undefined],
    [`@${SHA256}`, undefined],
    ['1.4.2@', undefined],
    ['sha256:abc', undefined],
  ])('%s', (text, expected) => {
    expect(parseVersion(text)).toEqual(expected);
  });

  it('is the inverse of formatVersion', () => {
    fc.assert(
      fc.property(arbitrary.reference, (reference) => {
        const { name, ...version } = reference;
        const text = formatVersion(version);
        expect(parseVersion(text)).toEqual(text === '' ? undefined : version);
        expect(formatReference(reference).startsWith(name)).toBe(true);
      }),
    );
  });
});

it.each([
  ['nginx', 'docker.io/library/nginx'],
  ['library/nginx', 'docker.io/library/nginx'],
  ['docker.io/nginx', 'docker.io/library/nginx'],
  ['index.docker.io/library/nginx', 'docker.io/library/nginx'],
  ['registry.hub.docker.com/library/nginx', 'docker.io/library/nginx'],
  ['bitnami/nginx', 'docker.io/bitnami/nginx'],
  ['GHCR.io/acme/web', 'ghcr.io/acme/web'],
  ['ghcr.io/nginx', 'ghcr.io/nginx'],
  ['localhost/web', 'localhost/web'],
  ['localhost:5000/web', 'localhost:5000/web'],
])('%s stands for %s', (name, repository) => {
  expect(repositoryOf(name)).toBe(repository);
  expect(repositoryOf(repository)).toBe(repository);
});

it.each([
  ['nginx', 'nginx'],
  ['docker.io/library/nginx', 'nginx'],
  ['ghcr.io/acme/web', 'acme/web'],
  ['ghcr.io/library/web', 'library/web'],
])('%s is searched by %s', (name, word) => {
  expect(searchWord(name)).toBe(word);
});

it('a search word stands in each spelling of the name', () => {
  fc.assert(
    fc.property(arbitrary.name, (name) => {
      expect(name).toContain(searchWord(name));
      expect(repositoryOf(name)).toContain(searchWord(name));
      expect(splitName(name).path).toContain(searchWord(name));
    }),
  );
});

it.each([
  ['', 'names no repository'],
  ['ghcr.io/Acme/web:1', 'has an uppercase letter in its repository; write ghcr.io/acme/web'],
  ['Object', 'is what an expression gives for a list or an object; give its text, by join() or toJSON()'],
  ['web:${TAG}', 'has a variable that was not replaced'],
  ['web:$(Build.BuildId)', 'has a variable that was not replaced'],
  ['web:$TAG', 'has a variable that was not replaced'],
  ['web:%TAG%', 'has a variable that was not replaced'],
  ['docker://web:1', 'has a scheme before its name; leave that out'],
  ['"web:1"', 'begins with a character that no reference begins with'],
  ['-', 'begins with a character that no reference begins with'],
  ['/web:1', 'has an empty part in its name, as where a variable or an output is empty'],
  [':1', 'has an empty part in its name, as where a variable or an output is empty'],
  ['ghcr.io//web:1', 'has an empty part in its name, as where a variable or an output is empty'],
  ['ghcr.io/acme/:1', 'has an empty part in its name, as where a variable or an output is empty'],
  ['localhost:5000/web:', 'has no tag after the ":", as where a variable or an output is empty'],
  ['web:@sha256:', 'has no tag after the ":", as where a variable or an output is empty'],
  ['web:1@', 'has no digest after the "@", as where a variable or an output is empty'],
  ['web@sha256:', 'has no digest after the "@", as where a variable or an output is empty'],
  ['acme web:1', 'has a repository that is not of the form registry/path in lowercase letters, digits and . _ - /'],
  [`web:${'a'.repeat(129)}`, 'has a tag of 129 characters, more than 128'],
  ['web:a+b', 'has a tag with a character other than letters, digits and _ . -'],
  ['web:.5', 'has a tag that begins with . or -'],
  ['web@sha256:abc', 'has a digest that is not sha256: and 64 hexadecimal digits'],
  [`${'a'.repeat(256)}:1`, 'has a repository of 256 characters, more than 255'],
])('says what is wrong with %j', (text, problem) => {
  expect(referenceProblem(text)).toBe(problem);
});

it.each([
  ['ghcr.io/acme/web:1.4.2', 'has more than a version; write 1.4.2'],
  [`acme/web@${SHA256}`, `has more than a version; write ${SHA256}`],
  [':1.4.2', 'has more than a version; write 1.4.2'],
  [`@${SHA256}`, `has more than a version; write ${SHA256}`],
  ['refs/tags/v1.4.2', 'has a tag with a slash; write v1.4.2'],
  ['1.4.2+build.7', 'has a tag with a character other than letters, digits and _ . -'],
  ['v1 ', 'has a tag with a character other than letters, digits and _ . -'],
  ['${{ github.sha }}', 'has a variable that was not replaced'],
  ['1.4.2@sha256:abc', 'has a digest that is not sha256: and 64 hexadecimal digits'],
  ['a'.repeat(129), 'has a tag of 129 characters, more than 128'],
])('says why %j is not a version', (text, problem) => {
  expect(versionProblem(text)).toBe(problem);
});

it('isTag and isDigest keep to the grammar', () => {
  expect(['1', '_', 'a'.repeat(128)].map(isTag)).toEqual([true, true, true]);
  expect(['', '.a', '-a', 'a b', 'a/b', 'a'.repeat(129), 'é', 'a\n'].some(isTag)).toBe(false);
  expect(isDigest(SHA256)).toBe(true);
  expect(['', 'sha256:', `${SHA256}\n`, SHA256.slice(0, -1), SHA256.slice(7)].some(isDigest)).toBe(false);
});
