import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ciSystem, detectCi, type Ci } from '../../src/inputs/ci.ts';

const SHA = '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3';
const NOTHING = {
  branch: '',
  source: { repository: '', commit: '', url: '', time: '', ref: '', build: '' },
  run: { url: '', actor: '' },
};
const AUTHOR = { name: 'manifest-release-pr', email: 'manifest-release-pr@noreply.invalid' };
const GITHUB_COM = {
  servers: [{ kind: 'github', url: 'https://github.com' }],
  ownRepository: '',
  serverUrl: 'https://github.com',
  apiUrl: 'https://api.github.com',
  sourceServerUrl: 'https://github.com',
  jobToken: '',
  jobServerUrl: '',
  author: AUTHOR,
} as const;

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
      isSourcePublic: undefined,
      run: { url: `${serverUrl}/acme/web/actions/runs/1042`, actor: 'ada' },
      branch: 'main',
      servers: [{ kind: 'github', url: serverUrl }],
      ownRepository: `${serverUrl}/acme/web.git`,
      serverUrl,
      apiUrl,
      sourceServerUrl: serverUrl,
      jobToken: '',
      jobServerUrl: '',
      author: { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' },
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

describe('whether the source repository is public', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'event.json');

  test.each([
    [{ full_name: 'acme/web', private: false, visibility: 'public' }, true],
    [{ full_name: 'acme/web', private: true, visibility: 'internal' }, false],
    [{ full_name: 'acme/web', private: false, internal: true }, false],
    [{ full_name: 'acme/other', private: false }, undefined],
    [{ full_name: 'acme/web', private: 'false' }, undefined],
    [null, undefined],
    ['acme/web', undefined],
  ])('by the event of a run: %j', (repository, expected) => {
    writeFileSync(path, JSON.stringify({ repository }));
    expect(detectCi({ ...GITHUB, GITHUB_EVENT_PATH: path }).isSourcePublic).toBe(expected);
  });

  test.each([
    ['public', true],
    ['internal', false],
    ['private', false],
    ['', undefined],
  ])('by the variables of GitLab: %j', (visibility, expected) => {
    expect(detectCi({ ...GITLAB, CI_PROJECT_VISIBILITY: visibility }).isSourcePublic).toBe(expected);
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

describe('GitLab CI', () => {
  const EXPECTED = {
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
    servers: [{ kind: 'gitlab', url: 'https://gitlab.example.com' }],
    ownRepository: 'https://gitlab.example.com/acme/shop/web.git',
    sourceServerUrl: 'https://gitlab.example.com',
  };

  test('in a sub-group, with the token of the job', () => {
    expect(detectCi(GITLAB)).toEqual(EXPECTED);
    expect(detectCi({ ...GITLAB, CI_SERVER_URL: 'https://gitlab.example.com', CI_JOB_TOKEN: 'glcbt-x' })).toEqual({
      ...EXPECTED,
      jobToken: 'glcbt-x',
      jobServerUrl: 'https://gitlab.example.com',
    });
  });

  test('below a path of its server', () => {
    const ci = detectCi({ ...GITLAB, CI_SERVER_URL: 'https://example.com:8443/gitlab/' });
    expect(ci.servers).toEqual([{ kind: 'gitlab', url: 'https://example.com:8443/gitlab' }]);
    expect(ci.ownRepository).toBe('https://example.com:8443/gitlab/acme/shop/web.git');
  });

  test('with a GitHub server that a person names', () => {
    const ci = detectCi({ ...GITLAB, GITHUB_SERVER_URL: 'https://git.acme.test' });
    expect(ci).toMatchObject({ serverUrl: 'https://git.acme.test', apiUrl: 'https://git.acme.test/api/v3' });
    expect(ci.servers).toEqual([
      { kind: 'github', url: 'https://git.acme.test' },
      { kind: 'gitlab', url: 'https://gitlab.example.com' },
    ]);
  });
});

describe.each([
  ['Gitea Actions', 'gitea', { GITEA_ACTIONS: 'true' }],
  ['Forgejo Actions', 'forgejo', { GITEA_ACTIONS: 'true', FORGEJO_ACTIONS: 'true' }],
] as const)('%s', (name, kind, signs) => {
  const variables = {
    ...GITHUB,
    ...signs,
    GITHUB_SERVER_URL: 'https://git.example.com/',
    GITHUB_API_URL: 'https://git.example.com/api/v1',
    GITHUB_WORKFLOW_REF: undefined,
  };

  test('has the variables of GitHub, and is none', () => {
    expect(detectCi(variables)).toEqual({
      name,
      source: {
        repository: 'acme/web',
        commit: SHA,
        url: `https://git.example.com/acme/web/commit/${SHA}`,
        time: '',
        ref: '',
        build: 'acme/web#42',
      },
      run: { url: 'https://git.example.com/acme/web/actions/runs/42', actor: 'ada' },
      branch: 'main',
      ...GITHUB_COM,
      servers: [{ kind, url: 'https://git.example.com' }],
      ownRepository: 'https://git.example.com/acme/web.git',
      sourceServerUrl: 'https://git.example.com',
    });
  });

  test('for a tag', () => {
    const ci = detectCi({ ...variables, GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.4.2' });
    expect([ci.source.ref, ci.branch]).toEqual(['v1.4.2', '']);
  });
});

const AZURE = {
  TF_BUILD: 'True',
  SYSTEM_COLLECTIONURI: 'https://dev.azure.com/fabrikam/',
  SYSTEM_TEAMPROJECT: 'My Shop',
  SYSTEM_DEFINITIONID: '12',
  BUILD_BUILDID: '1042',
  BUILD_REPOSITORY_PROVIDER: 'TfsGit',
  BUILD_REPOSITORY_NAME: 'web',
  BUILD_REPOSITORY_URI: 'https://fabrikam@dev.azure.com/fabrikam/My%20Shop/_git/web',
  BUILD_SOURCEVERSION: SHA,
  BUILD_SOURCEBRANCH: 'refs/heads/main',
  BUILD_REQUESTEDFOR: 'Ada Lovelace',
};

describe('Azure Pipelines', () => {
  const EXPECTED = {
    name: 'Azure Pipelines',
    source: {
      repository: 'My%20Shop/_git/web',
      commit: SHA,
      url: `https://dev.azure.com/fabrikam/My%20Shop/_git/web/commit/${SHA}`,
      time: '',
      ref: '',
      build: 'My Shop/12#1042',
    },
    run: { url: 'https://dev.azure.com/fabrikam/My%20Shop/_build/results?buildId=1042', actor: 'Ada Lovelace' },
    branch: 'main',
    ...GITHUB_COM,
    servers: [{ kind: 'azure-devops', url: 'https://dev.azure.com/fabrikam' }],
    ownRepository: 'https://dev.azure.com/fabrikam/My%20Shop/_git/web',
    sourceServerUrl: 'https://dev.azure.com/fabrikam',
  };

  test('with a repository there', () => {
    expect(detectCi(AZURE)).toEqual(EXPECTED);
  });

  test('with its token, which a pipeline has where it is mapped', () => {
    expect(detectCi({ ...AZURE, SYSTEM_ACCESSTOKEN: 'eyJ.x.y' })).toMatchObject({
      ...EXPECTED,
      jobToken: 'eyJ.x.y',
      jobServerUrl: 'https://dev.azure.com/fabrikam',
    });
  });

  test('of a server of one’s own', () => {
    const ci = detectCi({
      ...AZURE,
      SYSTEM_COLLECTIONURI: 'https://tfs.example.com/tfs/Main/',
      BUILD_REPOSITORY_URI: 'https://tfs.example.com/tfs/Main/shop/_git/web',
    });
    expect(ci.source.repository).toBe('shop/_git/web');
    expect(ci.servers).toEqual([{ kind: 'azure-devops', url: 'https://tfs.example.com/tfs/Main' }]);
  });

  test.each([
    ['GitHub', 'https://github.com/acme/web', 'github', `https://github.com/acme/web/commit/${SHA}`],
    [
      'GitHubEnterprise',
      'https://git.acme.test/acme/web.git',
      'github',
      `https://git.acme.test/acme/web/commit/${SHA}`,
    ],
    [
      'Bitbucket',
      'https://ada@bitbucket.org/acme/web.git',
      'bitbucket-cloud',
      `https://bitbucket.org/acme/web/commits/${SHA}`,
    ],
  ])('with a repository of %s: names without a server belong there', (provider, uri, kind, url) => {
    const ci = detectCi({ ...AZURE, BUILD_REPOSITORY_PROVIDER: provider, BUILD_REPOSITORY_URI: uri });
    const { origin } = new URL(uri);
    expect(ci).toMatchObject({ servers: [{ kind, url: origin }], sourceServerUrl: origin });
    expect(ci.source).toMatchObject({ repository: 'acme/web', url });
    expect(ci.ownRepository).toBe(uri.replace('ada@', ''));
  });

  test('with a repository elsewhere', () => {
    const ci = detectCi({
      ...AZURE,
      BUILD_REPOSITORY_PROVIDER: 'Git',
      BUILD_REPOSITORY_URI: 'https://x:secret@git.example.com/web.git',
    });
    expect(ci).toMatchObject({ ...GITHUB_COM, sourceServerUrl: 'https://git.example.com' });
    expect(ci.source).toMatchObject({ repository: 'web', commit: SHA, url: '' });
    expect(JSON.stringify(ci)).not.toContain('secret');
  });

  test('for a tag, and for a pull request', () => {
    const tag = detectCi({ ...AZURE, BUILD_SOURCEBRANCH: 'refs/tags/v1.4.2' });
    expect([tag.source.ref, tag.branch]).toEqual(['v1.4.2', '']);
    const request = { ...AZURE, BUILD_SOURCEBRANCH: 'refs/pull/7/merge' };
    expect(detectCi(request).branch).toBe('');
    for (const branch of ['refs/heads/feature/foo', 'feature/foo']) {
      expect(detectCi({ ...request, SYSTEM_PULLREQUEST_SOURCEBRANCH: branch }).branch).toBe('feature/foo');
    }
  });
});

const BITBUCKET = {
  BITBUCKET_BUILD_NUMBER: '42',
  BITBUCKET_REPO_FULL_NAME: 'acme/web',
  BITBUCKET_COMMIT: SHA,
  BITBUCKET_BRANCH: 'main',
};

test('Bitbucket Pipelines', () => {
  expect(detectCi(BITBUCKET)).toEqual({
    name: 'Bitbucket Pipelines',
    source: {
      repository: 'acme/web',
      commit: SHA,
      url: `https://bitbucket.org/acme/web/commits/${SHA}`,
      time: '',
      ref: '',
      build: 'acme/web#42',
    },
    run: { url: 'https://bitbucket.org/acme/web/pipelines/results/42', actor: '' },
    branch: 'main',
    ...GITHUB_COM,
    servers: [{ kind: 'bitbucket-cloud', url: 'https://bitbucket.org' }],
    ownRepository: 'https://bitbucket.org/acme/web.git',
    sourceServerUrl: 'https://bitbucket.org',
  });
});

const JENKINS = {
  JENKINS_URL: 'https://ci.example.com/',
  JOB_NAME: 'shop/web/main',
  BUILD_NUMBER: '42',
  BUILD_URL: 'https://ci.example.com/job/shop/job/web/job/main/42/',
  GIT_COMMIT: SHA,
  GIT_URL: 'https://github.com/acme/web.git',
  GIT_BRANCH: 'origin/main',
  BRANCH_NAME: 'main',
};

describe('Jenkins', () => {
  test('with a repository of GitHub', () => {
    expect(detectCi(JENKINS)).toEqual({
      name: 'Jenkins',
      source: {
        repository: 'acme/web',
        commit: SHA,
        url: `https://github.com/acme/web/commit/${SHA}`,
        time: '',
        ref: '',
        build: 'shop/web/main#42',
      },
      run: { url: JENKINS.BUILD_URL, actor: '' },
      branch: 'main',
      ...GITHUB_COM,
    });
  });

  test.each([
    ['git@gitlab.com:acme/shop/web.git', 'acme/shop/web', 'https://gitlab.com', `/acme/shop/web/-/commit/${SHA}`],
    ['https://ada:secret@bitbucket.org/acme/web.git', 'acme/web', 'https://bitbucket.org', `/acme/web/commits/${SHA}`],
    ['https://dev.azure.com/f/s/_git/w', 'f/s/_git/w', 'https://dev.azure.com', `/f/s/_git/w/commit/${SHA}`],
    ['ssh://git@git.example.com:7999/ops/web.git', 'ops/web', 'https://git.example.com', ''],
    [
      'https://git.example.com/scm/ops/web.git',
      'scm/ops/web',
      'https://git.example.com',
      `/projects/ops/repos/web/commits/${SHA}`,
    ],
    ['/srv/git/web.git', '', '', ''],
    ['file:///srv/git/web.git', '', '', ''],
    ['', '', '', ''],
  ])('with the repository %s', (url, repository, server, page) => {
    const ci = detectCi({ ...JENKINS, GIT_URL: url });
    expect(ci.source).toMatchObject({ repository, url: page === '' ? '' : `${server}${page}` });
    expect(ci).toMatchObject({ sourceServerUrl: server, servers: GITHUB_COM.servers, ownRepository: '' });
    expect(JSON.stringify(ci)).not.toContain('secret');
  });

  test('without its address, which is a setting', () => {
    const ci = detectCi({ ...JENKINS, JENKINS_URL: '', BUILD_TAG: 'jenkins-shop-web-main-42', BUILD_URL: '' });
    expect(ci).toMatchObject({ name: 'Jenkins', run: { url: '' } });
  });

  test.each([
    [{ BRANCH_NAME: 'PR-7', CHANGE_BRANCH: 'feature/foo', CHANGE_AUTHOR: 'ada' }, 'feature/foo', '', 'ada'],
    [{ BRANCH_NAME: 'v1.4.2', TAG_NAME: 'v1.4.2', BUILD_USER_ID: 'bob' }, '', 'v1.4.2', 'bob'],
    [{ BRANCH_NAME: undefined }, 'main', '', ''],
    [{ BRANCH_NAME: undefined, GIT_BRANCH: 'refs/remotes/origin/a/b' }, 'a/b', '', ''],
    [{ BRANCH_NAME: undefined, GIT_BRANCH: 'detached' }, '', '', ''],
  ])('with %j', (change, branch, ref, actor) => {
    const ci = detectCi({ ...JENKINS, ...change });
    expect([ci.branch, ci.source.ref, ci.run.actor]).toEqual([branch, ref, actor]);
  });
});

test.each([
  ['GitHub Actions', GITHUB],
  ['Gitea Actions', { ...GITHUB, GITEA_ACTIONS: 'true' }],
  ['Forgejo Actions', { ...GITHUB, GITEA_ACTIONS: 'true', FORGEJO_ACTIONS: 'true' }],
  ['GitLab CI', { ...GITLAB, JENKINS_URL: 'https://ci.example.com' }],
  ['CircleCI', CIRCLECI],
  ['Azure Pipelines', AZURE],
  ['Azure Pipelines', { TF_BUILD: 'true' }],
  ['Bitbucket Pipelines', BITBUCKET],
  ['Jenkins', JENKINS],
  ['plain', { BITBUCKET_BUILD_NUMBER: '1' }],
  ['plain', { TF_BUILD: '1', BUILD_TAG: 'x' }],
])('the system is %s, without a look at what may be wrong', (name, variables) => {
  expect(ciSystem({ ...variables, GITHUB_API_URL: 'no address' })?.name ?? 'plain').toBe(name);
  expect(detectCi(variables).name).toBe(name);
});

test.each([
  ['GitHub Actions', GITHUB, { GITHUB_STEP_SUMMARY: '/tmp/summary' }, { path: '/tmp/summary' }],
  ['Gitea Actions', { GITEA_ACTIONS: 'true' }, { GITHUB_STEP_SUMMARY: '/tmp/summary' }, { path: '/tmp/summary' }],
  ['Forgejo Actions', { FORGEJO_ACTIONS: 'true' }, { GITHUB_STEP_SUMMARY: '/tmp/summary' }, { path: '/tmp/summary' }],
  ['GitHub Actions without a file', GITHUB, {}, undefined],
  [
    'Azure Pipelines',
    AZURE,
    { AGENT_TEMPDIRECTORY: '/agent 50%' },
    {
      path: expect.stringMatching(/^\/agent 50%\/manifest-release-[\da-f-]{36}\.md$/) as unknown,
      command: expect.stringMatching(
        /^##vso\[task\.uploadsummary\]\/agent 50%AZP25\/manifest-release-[\da-f-]{36}\.md$/,
      ) as unknown,
    },
  ],
  ['Azure Pipelines without an agent', AZURE, { GITHUB_STEP_SUMMARY: '/tmp/summary' }, undefined],
  ['GitLab CI', GITLAB, { GITHUB_STEP_SUMMARY: '/tmp/summary' }, undefined],
  ['Jenkins', JENKINS, { GITHUB_STEP_SUMMARY: '/tmp/summary' }, undefined],
])('%s: where a summary is written', (_, variables: Record<string, string>, more: Record<string, string>, file) => {
  const environment = { ...variables, ...more };
  expect(ciSystem(environment)?.summary?.((name) => environment[name] ?? '')).toEqual(file);
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

test.each([
  ['GITHUB_SERVER_URL', {}],
  ['GITHUB_API_URL', {}],
  ['GITHUB_SERVER_URL', GITHUB],
  ['CI_SERVER_URL', GITLAB],
  ['SYSTEM_COLLECTIONURI', AZURE],
])('detectCi refuses a %s that is no http(s) URL', (variable, others) => {
  for (const value of ['github', 'file:///etc', 'https://', 'https://git.test/?a=', 'https://git.test/#a']) {
    expect(() => detectCi({ ...others, [variable]: value })).toThrow(
      expect.objectContaining({
        code: 'VARIABLE_INVALID',
        message: expect.stringContaining(`${variable} is "${value}"`),
      }),
    );
  }
  const secret = { ...others, [variable]: 'https://ada:s3cret@git.test' };
  expect(() => detectCi(secret)).toThrow(`${variable} is "…@git.test"`);
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
