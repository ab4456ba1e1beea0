import { describe, expect, test } from 'vitest';
import { apiOf, detectCi, type Ci } from '../src/ci.ts';

const SHA = '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3';
const NOTHING = { source: { repository: '', commit: '', url: '' }, runUrl: '', actor: '' };
const GITHUB_COM = { serverUrl: 'https://github.com', apiUrl: 'https://api.github.com' };

const GITHUB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'acme/web',
  GITHUB_SHA: SHA,
  GITHUB_RUN_ID: '42',
  GITHUB_ACTOR: 'ada',
};
const CIRCLECI = {
  CIRCLECI: 'true',
  CIRCLE_PROJECT_USERNAME: 'acme',
  CIRCLE_PROJECT_REPONAME: 'web',
  CIRCLE_SHA1: SHA,
  CIRCLE_BUILD_URL: 'https://circleci.com/gh/acme/web/7',
  CIRCLE_USERNAME: 'ada',
};
const GITLAB = {
  GITLAB_CI: 'true',
  CI_PROJECT_PATH: 'acme/shop/web',
  CI_PROJECT_URL: 'https://gitlab.example.com/acme/shop/web',
  CI_COMMIT_SHA: SHA,
  CI_PIPELINE_URL: 'https://gitlab.example.com/acme/shop/web/-/pipelines/9',
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
      source: { repository: 'acme/web', commit: SHA, url: `${serverUrl}/acme/web/commit/${SHA}` },
      runUrl: `${serverUrl}/acme/web/actions/runs/42`,
      actor: 'ada',
      serverUrl,
      apiUrl,
    };
    expect(detectCi({ ...GITHUB, GITHUB_SERVER_URL: serverUrl, GITHUB_API_URL: apiUrl })).toEqual(expected);
    expect(detectCi({ ...GITHUB, GITHUB_SERVER_URL: serverUrl }), 'without GITHUB_API_URL').toEqual(expected);
  });
});

describe('CircleCI', () => {
  test.each([
    ['ssh', 'git@github.com:acme/web.git', 'github.com'],
    ['ssh with an organization’s certificates', 'org-123@github.com:acme/web.git', 'github.com'],
    ['an ssh URL', 'ssh://git@git.example.com:2222/acme/web.git', 'git.example.com'],
    ['https', 'https://github.com/acme/web', 'github.com'],
    ['https with a credential, which is not told', 'https://x:secret@github.com/acme/web', 'github.com'],
    ['http with a port', 'http://git.example.com:8080/acme/web', 'git.example.com'],
  ])('with a repository by %s', (_, url, host) => {
    expect(detectCi({ ...CIRCLECI, CIRCLE_REPOSITORY_URL: url })).toEqual({
      name: 'CircleCI',
      source: { repository: 'acme/web', commit: SHA, url: `https://${host}/acme/web/commit/${SHA}` },
      runUrl: 'https://circleci.com/gh/acme/web/7',
      actor: 'ada',
      ...GITHUB_COM,
    });
  });

  test('with a project of a GitHub App, which has no names', () => {
    expect(detectCi({ CIRCLECI: 'true', CIRCLE_SHA1: SHA }).source).toEqual({ repository: '', commit: SHA, url: '' });
  });
});

test('GitLab CI, in a sub-group', () => {
  expect(detectCi(GITLAB)).toEqual({
    name: 'GitLab CI',
    source: {
      repository: 'acme/shop/web',
      commit: SHA,
      url: `https://gitlab.example.com/acme/shop/web/-/commit/${SHA}`,
    },
    runUrl: 'https://gitlab.example.com/acme/shop/web/-/pipelines/9',
    actor: 'ada',
    ...GITHUB_COM,
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
    });
  });

  test('reads the environment of this process unless given one', () => {
    expect(detectCi()).toEqual(detectCi(process.env));
  });
});

test.each([
  ['https://github.com', 'https://api.github.com'],
  ['https://github.com/', 'https://api.github.com'],
  ['https://acme.ghe.com', 'https://api.acme.ghe.com'],
  ['https://git.example.com', 'https://git.example.com/api/v3'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/api/v3'],
  ['https://notghe.com', 'https://notghe.com/api/v3'],
  ['https://github.com.example.com', 'https://github.com.example.com/api/v3'],
])('the API of %s is %s', (serverUrl, apiUrl) => {
  expect(apiOf(serverUrl)).toBe(apiUrl);
});
