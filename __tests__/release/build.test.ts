import { describe, expect, it, test } from 'vitest';
import { utcTime } from '../../src/core/time.ts';
import { asBuiltBy, buildOf } from '../../src/release/build.ts';
import { detectCi } from '../../src/inputs/ci.ts';
import { readReleasedImages } from '../../src/inputs/images.ts';
import { PLAIN_RELEASE } from '../../src/inputs/operation.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('a build', () => {
  test('says what was released and where it came from', () => {
    const ci = detectCi({
      GITLAB_CI: 'true',
      CI_PROJECT_PATH: 'acme/web',
      CI_COMMIT_SHA: '8f14e45',
      CI_COMMIT_TIMESTAMP: '2026-11-20T10:00:00+01:00',
      CI_PIPELINE_URL: 'https://git.test/acme/web/-/pipelines/1042',
      CI_PIPELINE_IID: '42',
    });
    expect(
      buildOf(
        { ...readReleasedImages(`old/web=ghcr.io/acme/web:1.4.2@${DIGEST}\nacme/api@${DIGEST}`), story: PLAIN_RELEASE },
        ci,
      ),
    ).toEqual({
      images: [`ghcr.io/acme/web:1.4.2@${DIGEST}`, `acme/api@${DIGEST}`],
      source: { repository: 'acme/web', commit: '8f14e45' },
      time: '2026-11-20T09:00:00Z',
      number: 'acme/web#42',
      runUrl: 'https://git.test/acme/web/-/pipelines/1042',
      rollsBack: [],
    });
  });

  test('is silent about what is not known', () => {
    expect(buildOf({ ...readReleasedImages('acme/web:1.4.2'), story: PLAIN_RELEASE }, detectCi({}))).toEqual({
      images: ['acme/web:1.4.2'],
      source: { repository: '', commit: '' },
      time: '',
      number: '',
      runUrl: '',
      rollsBack: [],
    });
  });
});

describe('a time', () => {
  it.each([
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00Z'],
    ['2026-11-20T10:00:00+02:00', '2026-11-20T08:00:00Z'],
    ['2026-11-20T23:30:00-01:30', '2026-11-21T01:00:00Z'],
    ['2026-11-20T10:00:00.999Z', '2026-11-20T10:00:00Z'],
  ])('%s is %s', (text, utc) => {
    expect(utcTime(text)).toBe(utc);
    expect(utcTime(utc)).toBe(utc);
  });

  it.each([
    '',
    '2026-11-20',
    '2026-11-20T10:00:00',
    '2026-13-20T10:00:00Z',
    '2026-11-20T25:00:00Z',
    '9999-12-31T23:59:59-23:00',
    'Fri, 20 Nov 2026 10:00:00 GMT',
    '1763632800',
    '2026-11-20T10:00:00Z\n',
    '2026-11-20T10:00:00Z, says Ada',
  ])('%j is none', (text) => {
    expect(utcTime(text)).toBe('');
  });
});

describe('a run that did not build what it releases', () => {
  const ci = detectCi({
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/manifests',
    GITHUB_SHA: 'f'.repeat(40),
    GITHUB_RUN_ID: '9',
    GITHUB_ACTOR: 'ada',
  });

  test('tells where that was built, and of itself the rest', () => {
    const source = { repository: 'acme/web', commit: '8f14e45' };
    const build = {
      images: [],
      source,
      time: '2026-11-20T09:00:00Z',
      number: 'acme/web#42',
      runUrl: '',
      rollsBack: [],
    };
    expect(asBuiltBy(ci, build)).toEqual({
      ...ci,
      source: { ...source, url: 'https://github.com/acme/web/commit/8f14e45', time: build.time, ref: '' },
      buildNumber: 'acme/web#42',
    });
  });

  test('claims nothing where nobody knows', () => {
    const source = { repository: '', commit: '', url: '', time: '', ref: '' };
    expect(asBuiltBy(ci, undefined)).toEqual({ ...ci, source, buildNumber: '' });
  });
});
