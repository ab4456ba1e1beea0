import { describe, expect, test } from 'vitest';
import { detectCi, UNKNOWN_SOURCE } from '../../src/inputs/ci.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import { PLAIN_RELEASE } from '../../src/inputs/operation.ts';
import { buildOf, hasVersion, sourceOf, versionPairs } from '../../src/release/build.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('buildOf', () => {
  test('has what was released, from which source, by which run', () => {
    const ci = detectCi({
      GITLAB_CI: 'true',
      CI_PROJECT_PATH: 'acme/web',
      CI_COMMIT_SHA: '8f14e45',
      CI_COMMIT_TIMESTAMP: '2026-11-20T10:00:00+01:00',
      CI_PIPELINE_URL: 'https://git.test/acme/web/-/pipelines/1042',
      CI_PIPELINE_IID: '42',
      GITLAB_USER_LOGIN: 'ada',
    });
    const { released } = readReleasedImages(`old/web=ghcr.io/acme/web:1.4.2@${DIGEST}\nacme/api@${DIGEST}`);
    expect(buildOf(released, PLAIN_RELEASE, ci)).toEqual({
      images: [`ghcr.io/acme/web:1.4.2@${DIGEST}`, `acme/api@${DIGEST}`],
      source: { repository: 'acme/web', commit: '8f14e45', time: '2026-11-20T09:00:00Z', build: 'acme/web#42' },
      operation: PLAIN_RELEASE,
      run: { url: 'https://git.test/acme/web/-/pipelines/1042', actor: 'ada' },
    });
  });

  test('leaves empty what is not known', () => {
    const { released } = readReleasedImages('acme/web:1.4.2');
    expect(buildOf(released, PLAIN_RELEASE, detectCi({}))).toEqual({
      images: ['acme/web:1.4.2'],
      source: { repository: '', commit: '', time: '', build: '' },
      operation: PLAIN_RELEASE,
      run: { url: '', actor: '' },
    });
  });
});

test('a digest of the registry is beside its image', () => {
  const { released } = readReleasedImages('acme/web:1.4.2 acme/api:2.0.0');
  const [web] = released.map((image) => ({ ...image, digest: DIGEST }));
  const build = buildOf(web ? [web] : [], PLAIN_RELEASE, detectCi({}));
  expect(build).toMatchObject({ images: ['acme/web:1.4.2'], digests: [`acme/web@${DIGEST}`] });
  expect(buildOf(released, PLAIN_RELEASE, detectCi({}))).not.toHaveProperty('digests');
});

test('hasVersion compares repositories, and versions to the letter', () => {
  const build = { images: [`nginx:1.25.1@${DIGEST}`, 'acme/web:1.4.2'] };
  expect(hasVersion(build, 'docker.io/library/nginx', `1.25.1@${DIGEST}`)).toBe(true);
  expect(hasVersion(build, 'nginx', '1.25.1')).toBe(false);
  expect(hasVersion(build, 'acme/web', '1.4.2')).toBe(true);
  expect(hasVersion(build, 'acme/api', '1.4.2')).toBe(false);
  const written = { images: ['acme/web:1.4.2'], digests: [`acme/web@${DIGEST}`] };
  expect(hasVersion(written, 'acme/web', `1.4.2@${DIGEST}`)).toBe(true);
  expect(hasVersion(written, 'acme/web', `1.4.1@${DIGEST}`)).toBe(false);
});

describe('sourceOf', () => {
  const ci = detectCi({
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/manifests',
    GITHUB_SHA: 'f'.repeat(40),
    GITHUB_RUN_ID: '9',
    GITHUB_ACTOR: 'ada',
  });

  test('is that of the earlier build, with its own web page', () => {
    const source = {
      repository: 'acme/web',
      commit: '8f14e45',
      time: '2026-11-20T09:00:00Z',
      build: 'acme/web#42',
    };
    const build = { images: [], source, operation: PLAIN_RELEASE, run: { url: '', actor: '' } };
    expect(sourceOf(build, ci)).toEqual({ ...source, url: 'https://github.com/acme/web/commit/8f14e45', ref: '' });
  });

  test('is unknown where the build is', () => {
    expect(sourceOf(undefined, ci)).toEqual(UNKNOWN_SOURCE);
  });
});

test('the versions of the images that two builds have in common', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const present = { images: ['nginx:1.25.1', `ghcr.io/acme/web:1.4.1@${digest}`, 'acme/gone:1', 'NOT::one'] };
  const next = { images: ['ghcr.io/acme/web:1.4.2', `docker.io/library/nginx@${digest}`, 'acme/new:1', ''] };
  expect(versionPairs(present, next)).toEqual([
    [`1.4.1@${digest}`, '1.4.2'],
    ['1.25.1', digest],
  ]);
  expect(versionPairs({ images: [] }, next)).toEqual([]);
});
