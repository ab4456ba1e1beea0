import { describe, expect, test } from 'vitest';
import { detectCi } from '../../src/inputs/ci.ts';
import { connectForge } from '../../src/forge/connect.ts';
import { readAccess } from '../../src/inputs/access.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';

const GITHUB_COM = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/web' };
const SERVER = { ...GITHUB_COM, GITHUB_SERVER_URL: 'https://git.test:8443' };

function connect(repository: string, environment: Record<string, string>, token = 'ghs_x', forge = '') {
  const ci = detectCi(environment);
  return connectForge(readAccess({ repository, token, forge }, ci), ci, { log: () => undefined });
}

describe('GitHub holds the pull requests of', () => {
  test.each([
    ['acme/manifests', GITHUB_COM],
    ['acme/manifests', SERVER],
    ['acme/manifests', {}],
    ['https://github.com/acme/manifests', {}],
    ['https://github.com/acme/manifests.git', SERVER],
    ['https://github.com/acme/manifests/', { GITLAB_CI: 'true' }],
    ['https://acme.ghe.com/acme/manifests', GITHUB_COM],
    ['https://git.test:8443/acme/manifests', SERVER],
    ['git@github.com:acme/manifests.git', {}],
    ['git@github.com:acme/manifests.git', SERVER],
    ['git@git.test:acme/manifests.git', SERVER],
    ['ssh://git@github.com:22/acme/manifests.git', {}],
    ['ssh://git@ssh.github.com:443/acme/manifests.git', {}],
    ['ssh://git@ssh.github.com:443/acme/manifests.git', SERVER],
    ['git@ssh.github.com:acme/manifests.git', GITHUB_COM],
    ['https://www.github.com/acme/manifests', {}],
    ['https://github.com:443/acme/manifests', {}],
    ['git@acme.ghe.com:acme/manifests.git', {}],
    ['ssh://git@git.test:2222/acme/manifests.git', SERVER],
  ])('%s, run by %j', async (repository, environment) => {
    expect(await connect(repository, environment)).toMatchObject({ name: 'GitHub' });
  });
});

describe('nobody holds the pull requests of', () => {
  test.each([
    ['https://gitlab.com/acme/manifests', GITHUB_COM],
    ['git@gitlab.com:acme/manifests.git', GITHUB_COM],
    ['https://github.com.evil.test/acme/manifests', GITHUB_COM],
    ['https://evilgithub.com/acme/manifests', GITHUB_COM],
    ['https://ghe.com/acme/manifests', GITHUB_COM],
    ['https://evil-ghe.com/acme/manifests', GITHUB_COM],
    ['https://github.com:8443/acme/manifests', GITHUB_COM],
    ['https://git.test/acme/manifests', SERVER],
    ['https://git.test:9/acme/manifests', SERVER],
    ['https://gitlab.com/acme/shop/manifests', GITHUB_COM],
    ['https://github.com/acme', GITHUB_COM],
    ['/', GITHUB_COM],
  ])('%s, run by %j', async (repository, environment) => {
    expect(await connect(repository, environment)).toBeUndefined();
  });

  test('a server that the CI knows as another, although it has the variables of GitHub', async () => {
    const variables = { GITHUB_ACTIONS: '', GITLAB_CI: 'true', CI_SERVER_URL: 'https://git.test:8443' };
    for (const repository of ['https://git.test:8443/acme/manifests', 'acme/manifests']) {
      const forge = await connect(repository, { ...SERVER, ...variables, GITHUB_SERVER_URL: '' }, 'x');
      expect(forge?.name).not.toBe('GitHub');
    }
  });

  test('a repository on github.com, where the input forge says that it is none', async () => {
    for (const forge of ['git', 'gitlab']) {
      expect(await connect('https://github.com/acme/manifests', GITHUB_COM, 'ghs_x', forge)).toBeUndefined();
    }
  });

  test('any repository, without a token', async () => {
    expect(await connect('acme/manifests', GITHUB_COM, '')).toBeUndefined();
  });
});

describe('Gitea or Forgejo has the pull requests of', () => {
  test.each([
    ['Gitea', 'https://gitea.com/acme/manifests', {}],
    ['Forgejo', 'https://codeberg.org/acme/manifests.git', GITHUB_COM],
    ['Gitea', 'git@gitea.example.com:acme/manifests.git', {}],
    ['Gitea', 'https://git.test:8443/acme/manifests', { ...SERVER, GITEA_ACTIONS: 'true' }],
    ['Gitea', 'acme/manifests', { ...SERVER, GITEA_ACTIONS: 'true' }],
    ['Forgejo', 'acme/manifests', { ...SERVER, GITEA_ACTIONS: 'true', FORGEJO_ACTIONS: 'true' }],
  ])('%s: %s, run by %j', async (name, repository, environment) => {
    expect(await connect(repository, environment, 'x')).toMatchObject({ name });
  });

  test('a repository on a server that the input forge alone knows', async () => {
    expect(await connect('https://git.test/acme/manifests', GITHUB_COM, 'x', 'gitea')).toMatchObject({ name: 'Gitea' });
    expect(await connect('https://git.test/acme', GITHUB_COM, 'x', 'forgejo')).toBeUndefined();
  });
});

describe('Azure DevOps has the pull requests of', () => {
  const PIPELINE = {
    TF_BUILD: 'True',
    SYSTEM_COLLECTIONURI: 'https://dev.azure.com/fabrikam/',
    BUILD_REPOSITORY_PROVIDER: 'TfsGit',
    BUILD_REPOSITORY_URI: 'https://fabrikam@dev.azure.com/fabrikam/shop/_git/web',
  };

  test.each([
    ['https://dev.azure.com/fabrikam/ops/_git/manifests', GITHUB_COM],
    ['https://fabrikam.visualstudio.com/ops/_git/manifests', {}],
    ['https://tfs.example.com/tfs/Main/ops/_git/manifests', {}],
    ['git@ssh.dev.azure.com:v3/fabrikam/ops/manifests', {}],
    ['My Ops/manifests', PIPELINE],
    ['', PIPELINE],
  ])('%s, run by %j', async (repository, environment) => {
    expect(await connect(repository, environment, 'x')).toMatchObject({ name: 'Azure DevOps' });
  });

  test('no address of another form', async () => {
    const address = 'https://dev.azure.com/fabrikam/ops/manifests';
    expect(await connect(address, {}, 'x', 'azure-devops')).toBeUndefined();
  });

  test('and the sources in its organization alone, with its token', async () => {
    const compare = async (repository: string) => (await connect(repository, PIPELINE, 'x'))?.compare('', 'a', 'b');
    const reason = 'no token was given for dev.azure.com (input "source-token")';
    expect(await compare('https://dev.azure.com/other/ops/_git/manifests')).toEqual({ status: 'unknown', reason });
    // There is a token, and no repository of that name.
    expect(await compare('ops/manifests')).toEqual({ status: 'unknown', reason: ' is no repository of Azure DevOps' });
  });
});

test.each([
  ['https://git.test/acme/manifests', GITHUB_COM],
  ['git@git.test:acme/manifests.git', {}],
  ['https://gitlab.test/acme/manifests', { GITLAB_CI: 'true', CI_SERVER_URL: 'https://gitlab.test' }],
])('GitHub holds the pull requests of %s, where the input forge says so', async (repository, environment) => {
  expect(await connect(repository, environment, 'ghs_x', 'github')).toMatchObject({ name: 'GitHub' });
});

test('asks the API of an Enterprise Server that the input forge alone knows, and the source’s own server', async () => {
  const [manifests, own] = [await startSandbox(), await startSandbox()];
  await manifests.createRepository('acme/manifests', { 'a.yaml': 'a: 1\n' });
  const environment = { ...GITHUB_COM, GITHUB_SERVER_URL: own.serverUrl, GITHUB_API_URL: own.apiUrl };
  const ci = detectCi(environment);
  const access = readAccess(
    {
      repository: `${manifests.serverUrl}/acme/manifests`,
      token: manifests.token,
      'source-token': own.token,
      forge: 'github',
    },
    ci,
  );
  const forge = await connectForge(access, ci, { log: () => undefined });
  expect(await forge?.find(['release/web'], 'main')).toEqual({ open: [], past: [] });
  await forge?.compare('acme/web', 'a'.repeat(40), 'b'.repeat(40));
  await Promise.all([manifests.close(), own.close()]);
  expect(manifests.requests.map(({ path, authorization }) => [path, authorization])).toEqual([
    ['/api/graphql', `token ${manifests.token}`],
  ]);
  expect(new Set(own.requests.map(({ authorization }) => authorization))).toEqual(new Set([`token ${own.token}`]));
});

test.each([
  ['its own server', 'acme/manifests'],
  ['a URL there', 'OWN/acme/manifests.git'],
])('asks the API that the runner names, for %s', async (_, repository) => {
  const sandbox = await startSandbox();
  await sandbox.createRepository('acme/manifests', { 'a.yaml': 'a: 1\n' });
  const environment = { ...GITHUB_COM, GITHUB_SERVER_URL: sandbox.serverUrl, GITHUB_API_URL: sandbox.apiUrl };
  const forge = await connect(repository.replace('OWN', sandbox.serverUrl), environment, sandbox.token);
  expect(await forge?.find(['release/web'], 'main')).toEqual({ open: [], past: [] });
  await sandbox.close();
  expect(sandbox.requests.map(({ method, path, operation, status }) => [method, path, operation, status])).toEqual([
    ['POST', '/api/graphql', 'PullRequests', 200],
  ]);
});
