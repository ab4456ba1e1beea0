import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Forge } from '../../src/forge/forge.ts';
import { GitHub } from '../../src/forge/github.ts';
import { startSandbox, type Sandbox, type SandboxRepository, type TokenOptions } from '../../src/sandbox/sandbox.ts';
import { describeForge } from './contract.ts';
import { violations } from './openapi.ts';

const WANTED = { branch: 'release/web', base: 'main', title: 'Release web', body: 'By the pipeline.' };

async function startRepository(): Promise<{ sandbox: Sandbox; repository: SandboxRepository }> {
  const sandbox = await startSandbox();
  const repository = await sandbox.createRepository('acme/manifests', { 'web.yaml': 'image: web:1.4.1\n' });
  await repository.commit('staging', { 'web.yaml': 'image: web:1.4.0\n' });
  await repository.commit('release/web', { 'web.yaml': 'image: web:1.4.2\n' });
  await repository.commit('release/web-admin', { 'web.yaml': 'image: web:1.4.3\n' });
  return { sandbox, repository };
}

/** Opens a pull request without the API, whose writes Octokit keeps seconds apart. */
async function open(repository: SandboxRepository, head: string, base: string, title: string, body: string | null) {
  const [headSha = '', baseSha = ''] = [await repository.tip(head), await repository.tip(base)];
  const opened = repository.pullRequests.open({ title, body, head, headSha, base, baseSha, draft: false });
  if (!opened) throw new Error('one is open already');
  return opened.number;
}

/** Closes the sandbox; every exchange must be as GitHub describes it, and only the API may have seen the token. */
async function stop(sandbox: Sandbox): Promise<void> {
  await sandbox.close();
  const answered = sandbox.requests.filter(({ status }) => status > 0);
  expect(answered.flatMap((one) => violations({ ...one, path: one.path.replace('/api/v3', '') }))).toEqual([]);
  expect(sandbox.requests.filter(({ kind }) => kind !== 'api')).toEqual([]);
  expect(sandbox.requests.filter(({ authorization }) => !authorization?.startsWith('token '))).toEqual([]);
}

describeForge('GitHub', async () => {
  const { sandbox, repository } = await startRepository();
  const { pullRequests } = repository;
  return {
    forge: new GitHub(sandbox.apiUrl, sandbox.token, 'acme', 'manifests'),
    open: (...pullRequest) => open(repository, ...pullRequest),
    close: (number) => pullRequests.close(number),
    merge: (number) => pullRequests.merge(number),
    see: (number) => pullRequests.get(number),
    stop: () => stop(sandbox),
  };
});

describe('GitHub’s own ways', () => {
  let sandbox: Sandbox;
  let repository: SandboxRepository;
  beforeEach(async () => {
    ({ sandbox, repository } = await startRepository());
  });
  afterEach(async () => {
    await stop(sandbox);
  });

  const connect = (token = sandbox.token): Forge => new GitHub(sandbox.apiUrl, token, 'acme', 'manifests');
  const asked = (): string[] => sandbox.requests.map(({ method, status }) => `${method} ${status}`);
  const refusal = async (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error);

  test('a head that GitHub does not know yet, just after the push, is asked for again', async () => {
    const sha = await repository.tip('release/web');
    await repository.deleteBranch('release/web');
    sandbox.beforeNext({ match: /^POST/, run: () => undefined });
    sandbox.beforeNext({ match: /^POST/, run: () => repository.commit('release/web', {}, { parent: sha ?? '' }) });
    expect(await connect().create(WANTED)).toMatchObject({ title: 'Release web' });
    expect(asked()).toEqual(['POST 422', 'POST 201']);
  });

  test('another reason of a 422 is told, and not asked for again', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    expect(await refusal(connect().update(1, { title: 'x'.repeat(257), body: '' }))).toMatchObject({
      code: 'API_DENIED',
      message: expect.stringContaining(': Validation Failed; title is too long (maximum is 256 characters).'),
    });
    expect(asked()).toEqual(['PATCH 422']);
  });

  test('an opening whose answer is lost was done, and is said to be there', async () => {
    sandbox.failNext({ match: /^POST/, status: 502, carryOut: true });
    expect(await connect().create(WANTED)).toBeUndefined();
    expect(asked()).toEqual(['POST 502', 'POST 422']);
    expect(await sandbox.pullRequests()).toHaveLength(1);
  });

  test.each([500, 0])('trouble that passes is waited out: %d', async (status) => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    sandbox.failNext({ match: /^GET/, status });
    expect(await connect().find('release/web', 'main')).toMatchObject({ number: 1 });
    expect(asked()).toEqual([`GET ${status}`, 'GET 200']);
  });

  test.each([
    ['a secondary rate limit', 403, { 'retry-after': '1' }, 'You have exceeded a secondary rate limit.'],
    [
      'a rate limit',
      429,
      { 'retry-after': '1', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
      'API rate limit exceeded',
    ],
  ])('%s is waited for as long as GitHub asks', async (_, status, headers, message) => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    sandbox.failNext({ match: /^GET/, status, headers, body: { message } });
    expect(await connect().find('release/web', 'main')).toMatchObject({ number: 1 });
    expect(asked()).toEqual([`GET ${status}`, 'GET 200']);
  });

  test('a rate limit that asks for too long is said, to be tried again', async () => {
    const message = 'You have exceeded a secondary rate limit.';
    sandbox.failNext({ match: /^GET/, status: 403, headers: { 'retry-after': '3600' }, body: { message } });
    expect(await refusal(connect().find('release/web', 'main'))).toMatchObject({
      code: 'NETWORK',
      blame: 'again',
      message: expect.stringContaining(
        'list pull requests in acme/manifests: You have exceeded a secondary rate limit',
      ),
    });
    expect(asked()).toEqual(['GET 403']);
  });

  test.each<[what: string, rights: TokenOptions | undefined, action: string, answer: string, reason: string]>([
    ['a wrong token', undefined, 'list pull requests', 'GET 401', 'Bad credentials'],
    ['a token without this repository', { repositories: [] }, 'list pull requests', 'GET 404', 'Not Found'],
    [
      'a token that may not write pull requests',
      { pullRequests: 'read' },
      'update the pull request',
      'PATCH 403',
      'Resource not accessible by integration',
    ],
  ])('%s is refused with GitHub’s reason', async (_, rights, action, answer, reason) => {
    const token = rights ? sandbox.createToken(rights) : 'ghp_wrong';
    const forge = connect(token);
    const call = action.startsWith('list') ? forge.find('release/web', 'main') : forge.update(1, { body: 'x' });
    const error = await refusal(call);
    expect(error).toMatchObject({
      code: 'API_DENIED',
      blame: 'yours',
      message: `GitHub refused to ${action} in "acme/manifests": ${reason}.`,
      hint: expect.stringContaining('Pull requests: write'),
    });
    expect(asked()).toEqual([answer]);
    expect(JSON.stringify([error, String((error as Error).cause)])).not.toContain(token);
  });

  test('an answer that is no JSON is told in one line', async () => {
    sandbox.failNext({ match: /^GET/, status: 403, body: '<html>\n<h1>Blocked by the proxy</h1>' });
    expect(await refusal(connect().find('release/web', 'main'))).toMatchObject({
      code: 'API_DENIED',
      message: expect.stringMatching(/^GitHub refused to list pull requests in "acme\/manifests": [^\n]+\.$/),
    });
  });

  test('a branch’s name is a name, whatever signs it has', async () => {
    const branch = 'release/größe&head=x#1+%2F';
    await repository.commit(branch, { 'web.yaml': 'image: web:2\n' });
    const number = await open(repository, branch, 'main', 'T', '');
    expect(await connect().find(branch, 'main')).toMatchObject({ number });
  });
});

test('a redirect does not carry the token to another address', async () => {
  const { sandbox } = await startRepository();
  const other = await startSandbox();
  const location = `${other.apiUrl}/repos/acme/manifests/pulls`;
  sandbox.failNext({ match: /^GET/, status: 301, headers: { location } });
  const forge = new GitHub(sandbox.apiUrl, sandbox.token, 'acme', 'manifests');
  await expect(forge.find('release/web', 'main')).rejects.toMatchObject({ code: 'API_DENIED' });
  await Promise.all([sandbox.close(), other.close()]);
  expect(other.requests.map(({ authorization }) => authorization).filter(Boolean)).toEqual([]);
});
