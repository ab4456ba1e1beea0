import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { detectCi, type Ci } from '../../src/inputs/ci.ts';

const SHA = '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3';
const NOTHING = {
  branch: '',
  source: { repository: '', commit: '', url: '', time: '', ref: '', build: '' },
  run: { url: '', actor: '' },
};
const GITHUB_COM = {
  serverUrl: 'https://github.com',
  apiUrl: 'https://api.github.com',
  sourceServerUrl: 'https://github.com',
};

const GITHUB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'acme/web',
  GITHUB_SHA: SHA,
  GITHUB_RUN_ID: '1042',
  GITHUB_RUN_NUMBER: '42',
  GITHUB_WORKFLOW_REF: 'acme/web/.github/workflows/ci.yml@refs/heads/main',
  GITHUB_REF_TYPE: 'branch',
  GITHUB_REF_NAME: 'main',
  GITHUB_ACTOR: 'ada',
};
const CIRCLECI = {
  CIRCLECI: 'true',
  CIRCLE_PROJECT_USERNAME: 'acme',
  CIRCLE_PROJECT_REPONAME: 'web',
  CIRCLE_SHA1: SHA,
  CIRCLE_BUILD_URL: 'https://circleci.com/gh/acme/web/7',
  CIRCLE_JOB: 'build',
  CIRCLE_BUILD_NUM: '7',
  CIRCLE_TAG: 'v1.4.2',
  CIRCLE_USERNAME: 'ada',
};
const GITLAB = {
  GITLAB_CI: 'true',
  CI_PROJECT_PATH: 'acme/shop/web',
  CI_PROJECT_URL: 'https://gitlab.example.com/acme/shop/web',
  CI_COMMIT_SHA: SHA,
  CI_COMMIT_TIMESTAMP: '2026-11-20T11:00:00+01:00',
  CI_COMMIT_TAG: 'v1.4.2',
  CI_PIPELINE_IID: '9',
  CI_PIPELINE_URL: 'https://gitlab.example.com/acme/shop/web/-/pipelines/1009',
  GITLAB_USER_LOGIN: 'ada',
};

describe('GitHub Actions', () => {
  test.each([
    ['github.com', 'https://github.com', 'https://api.github.com'],
    ['Enterprise Server', 'https://git.example.com:8443', 'https://git.example.com:8443/api/v3'],
    ['Data Residency', 'https://acme.ghe.com', 'https://api.acme.ghe.com'],
  ])('on %s', (_, serverUrl, apiUrl) => {
    const expected: Ci = {
      name: 'GitHub Actions',
      source: {
        repository: 'acme/web',
        commit: SHA,
        url: `${serverUrl}/acme/web/commit/${SHA}`,
        time: '',
        ref: '',
        build: 'acme/web/.github/workflows/ci.yml#42',
      },
      run: { url: `${serverUrl}/acme/web/actions/runs/1042`, actor: 'ada' },
      branch: 'main',
      serverUrl,
      apiUrl,
      sourceServerUrl: serverUrl,
    };
    expect(detectCi({ ...GITHUB, GITHUB_SERVER_URL: serverUrl, GITHUB_API_URL: apiUrl })).toEqual(expected);
    expect(detectCi({ ...GITHUB, GITHUB_SERVER_URL: serverUrl }), 'without GITHUB_API_URL').toEqual(expected);
  });

  test('for a tag', () => {
    const { source } = detectCi({ ...GITHUB, GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.4.2' });
    expect(source.ref).toBe('v1.4.2');
  });

  test.each([
    ['acme/web/.github/workflows/ci.yml@refs/pull/7/merge', '42', 'acme/web/.github/workflows/ci.yml#42'],
    ['acme/web/.github/workflows/a@b.yml@refs/heads/x@y', '42', 'acme/web/.github/workflows/a@b.yml#42'],
    ['acme/web/.github/workflows/a@b.yml@refs/tags/x@refs/y', '42', 'acme/web/.github/workflows/a@b.yml#42'],
    [`acme/web/.github/workflows/ci.yml@${SHA}`, '42', 'acme/web/.github/workflows/ci.yml#42'],
    ['acme/web/.github/workflows/ci.yml@refs/heads/main', '', ''],
    ['acme/web/.github/workflows/ci.yml@refs/heads/main', '4x', ''],
    ['', '42', ''],
  ])('numbers a run of %j by %j as %j', (workflow, run, number) => {
    const ci = detectCi({ ...GITHUB, GITHUB_WORKFLOW_REF: workflow, GITHUB_RUN_NUMBER: run });
    expect(ci.source.build).toBe(number);
  });
});

describe('the time of the commit, in the event that started a run on GitHub', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'event.json');
  const timeOf = (commit = SHA): string =>
    detectCi({ ...GITHUB, GITHUB_SHA: commit, GITHUB_EVENT_PATH: path }).source.time;

  test('is told for a push of it', () => {
    writeFileSync(path, JSON.stringify({ head_commit: { id: SHA, timestamp: '2026-11-20T11:00:00+01:00' } }));
    expect(timeOf()).toBe('2026-11-20T10:00:00Z');
    expect(timeOf('0'.repeat(40)), 'of another commit').toBe('');
  });

  test.each([
    ['not a time', JSON.stringify({ head_commit: { id: SHA, timestamp: 'yesterday' } })],
    ['a number', JSON.stringify({ head_commit: { id: SHA, timestamp: 1_763_632_800 } })],
    ['not there', JSON.stringify({ head_commit: { id: SHA } })],
    ['of a deleted branch', JSON.stringify({ head_commit: null })],
    ['of another event', JSON.stringify({ action: 'published' })],
    ['not in an object', '"head_commit"'],
    ['not in anything', 'null'],
    ['not in JSON', '{"head_commit": '],
    ['not in a text', ''],
  ])('is empty when it is %s', (_, event) => {
    writeFileSync(path, event);
    expect(timeOf()).toBe('');
  });

  test('is empty when the file is huge, a folder or not there', () => {
    writeFileSync(path, JSON.stringify({ head_commit: { id: SHA, timestamp: '2026-11-20T10:00:00Z' } }));
    truncateSync(path, 30_000_001);
    expect(timeOf()).toBe('');
    for (const elsewhere of [folder, join(folder, 'none.json'), '', 'a\0b']) {
      expect(detectCi({ ...GITHUB, GITHUB_EVENT_PATH: elsewhere }).source.time, elsewhere).toBe('');
    }
  });
});

describe('CircleCI', () => {
  test.each([
    ['ssh', 'git@github.com:acme/web.git', 'https://github.com'],
    ['ssh with an organization’s certificates', 'org-123@github.com:acme/web.git', 'https://github.com'],
    ['an ssh URL', 'ssh://git@git.example.com:2222/acme/web.git', 'https://git.example.com'],
    ['https', 'https://github.com/acme/web', 'https://github.com'],
    ['https with a credential, which is not told', 'https://x:secret@github.com/acme/web', 'https://github.com'],
    ['http with a port', 'http://git.example.com:8080/acme/web', 'http://git.example.com:8080'],
  ])('with a repository by %s', (_, url, sourceServerUrl) => {
    expect(detectCi({ ...CIRCLECI, CIRCLE_REPOSITORY_URL: url })).toEqual({
      name: 'CircleCI',
      source: {
        repository: 'acme/web',
        commit: SHA,
        url: `${sourceServerUrl}/acme/web/commit/${SHA}`,
        time: '',
        ref: 'v1.4.2',
        build: 'acme/web/build#7',
      },
      run: { url: 'https://circleci.com/gh/acme/web/7', actor: 'ada' },
      branch: '',
      ...GITHUB_COM,
      sourceServerUrl,
    });
  });

  test('with a project of a GitHub App, which has no names', () => {
    const ci = detectCi({ CIRCLECI: 'true', CIRCLE_SHA1: SHA, CIRCLE_JOB: 'build', CIRCLE_BUILD_NUM: '7' });
    expect(ci.source).toEqual({ ...NOTHING.source, commit: SHA });
    expect(ci.source.build).toBe('');
  });
});

test('GitLab CI, in a sub-group', () => {
  expect(detectCi(GITLAB)).toEqual({
    name: 'GitLab CI',
    source: {
      repository: 'acme/shop/web',
      commit: SHA,
      url: `https://gitlab.example.com/acme/shop/web/-/commit/${SHA}`,
      time: '2026-11-20T10:00:00Z',
      ref: 'v1.4.2',
      build: 'acme/shop/web#9',
    },
    run: { url: 'https://gitlab.example.com/acme/shop/web/-/pipelines/1009', actor: 'ada' },
    branch: '',
    ...GITHUB_COM,
    sourceServerUrl: 'https://gitlab.example.com',
  });
});

describe('anywhere else', () => {
  test.each([
    ['on a machine of one’s own', {}],
    ['on a CI that is not known', { CI: 'true' }],
    ['where a sign is not true', { ...GITHUB, GITHUB_ACTIONS: 'false' }],
  ])('%s', (_, environment) => {
    expect(detectCi(environment)).toEqual({ name: 'plain', ...NOTHING, ...GITHUB_COM });
  });

  test('goes by the server that it is told', () => {
    expect(detectCi({ GITHUB_SERVER_URL: 'https://git.example.com' })).toMatchObject({
      name: 'plain',
      serverUrl: 'https://git.example.com',
      apiUrl: 'https://git.example.com/api/v3',
      sourceServerUrl: 'https://git.example.com',
    });
  });

  test('reads the environment of this process unless given one', () => {
    expect(detectCi()).toEqual(detectCi(process.env));
  });
});

test.each(['GITHUB_SERVER_URL', 'GITHUB_API_URL'])('detectCi refuses a %s that is no http(s) URL', (variable) => {
  for (const value of ['github', 'file:///etc', 'https://']) {
    expect(() => detectCi({ [variable]: value })).toThrow(
      expect.objectContaining({
        code: 'VARIABLE_INVALID',
        message: expect.stringContaining(`${variable} is "${value}"`),
      }),
    );
  }
});

const REF = { GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: '7/merge' };

test.each([
  [{ ...GITHUB }, 'main'],
  [{ ...GITHUB, ...REF, GITHUB_HEAD_REF: 'feature/foo' }, 'feature/foo'],
  [{ ...GITHUB, GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.4.2' }, ''],
  [{ ...CIRCLECI, CIRCLE_BRANCH: 'feature/foo', CIRCLE_TAG: '' }, 'feature/foo'],
  [{ ...CIRCLECI }, ''],
  [{ ...GITLAB, CI_COMMIT_REF_NAME: 'v1.4.2' }, ''],
  [{ ...GITLAB, CI_COMMIT_REF_NAME: 'feature/foo', CI_COMMIT_TAG: undefined }, 'feature/foo'],
  [{}, ''],
])('the branch that is built: %#', (environment, branch) => {
  expect(detectCi(environment).branch).toBe(branch);
});
