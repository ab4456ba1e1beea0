import { beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox, SandboxRepository } from '../../sandbox/sandbox.ts';
import { eachWithSandbox } from './each-with-sandbox.ts';

const started = eachWithSandbox({ 'web.yaml': 'image: web:1.4.1\n' });
let sandbox: Sandbox;
let repository: SandboxRepository;

beforeEach(async () => {
  ({ sandbox, repository } = started());
  await repository.commit('release/web', { 'web.yaml': 'image: web:1.4.2\n' });
});

interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Asks below `/repos/acme`, as the holder of the sandbox's own token unless another is given. */
async function ask(
  method: string,
  path: string,
  body?: unknown,
  token: string | null = sandbox.token,
): Promise<ApiAnswer> {
  const answer = await fetch(`${sandbox.apiUrl}/repos/acme/${path}`, {
    method,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

const RELEASE = { title: 'Release web 1.4.2', head: 'release/web', base: 'main', body: 'By the pipeline.' };

async function open(fields: object = {}): Promise<ApiAnswer> {
  return await ask('POST', 'manifests/pulls', { ...RELEASE, ...fields });
}

test('tells about a repository', async () => {
  const { status, body } = await ask('GET', 'manifests');
  expect(status).toBe(200);
  expect(body).toMatchObject({ full_name: 'acme/manifests', default_branch: 'main', private: true });
  expect(body).toMatchObject({ clone_url: `${sandbox.serverUrl}/acme/manifests.git` });
});

describe('a pull request', () => {
  test('is opened, found, changed and closed', async () => {
    const opened = await open({ draft: true });
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({
      number: 1,
      state: 'open',
      title: 'Release web 1.4.2',
      body: 'By the pipeline.',
      draft: true,
      html_url: `${sandbox.serverUrl}/acme/manifests/pull/1`,
      user: { login: 'github-actions[bot]', type: 'Bot' },
      head: { ref: 'release/web', sha: await repository.tip('release/web'), label: 'acme:release/web' },
      base: { ref: 'main', sha: await repository.tip('main') },
      commits: 1,
      additions: 1,
      deletions: 1,
      changed_files: 1,
      merged: false,
    });
    expect((await ask('GET', 'manifests/pulls?head=acme:release/web&base=main')).body).toHaveLength(1);
    const changed = await ask('PATCH', 'manifests/pulls/1', { title: 'Release web 1.4.3', body: 'New.' });
    expect(changed.body).toMatchObject({ title: 'Release web 1.4.3', body: 'New.', state: 'open' });
    const closed = await ask('PATCH', 'manifests/pulls/1', { state: 'closed' });
    expect(closed.body).toMatchObject({ state: 'closed', closed_at: expect.any(String), merged: false });
    expect((await ask('GET', 'manifests/pulls')).body).toEqual([]);
    expect((await ask('GET', 'manifests/pulls?state=closed')).body).toHaveLength(1);
    expect((await ask('PATCH', 'manifests/pulls/1', { state: 'open' })).body).toMatchObject({ closed_at: null });
  });

  test('goes with its branch', async () => {
    await open();
    const sha = await repository.commit('release/web', { 'web.yaml': 'image: web:1.4.3\n' });
    expect((await ask('GET', 'manifests/pulls')).body).toMatchObject([{ head: { sha } }]);
    await repository.deleteBranch('release/web');
    expect((await ask('GET', 'manifests/pulls?state=all')).body).toMatchObject([{ state: 'closed', head: { sha } }]);
    const reopened = await ask('PATCH', 'manifests/pulls/1', { state: 'open' });
    const message = 'state cannot be changed. The release/web branch has been deleted.';
    expect(reopened.body).toMatchObject({ errors: [{ field: 'state', message }] });
  });

  test.each(['merge', 'squash'] as const)('is merged by a person: %s', async (method) => {
    await open();
    const head = await repository.tip('release/web');
    const base = await repository.tip('main');
    const { mergeCommit } = await repository.pullRequests.merge(1, method);
    expect(await repository.read('main', 'web.yaml')).toBe('image: web:1.4.2\n');
    const [newest] = await repository.log('main');
    expect(newest?.sha).toBe(mergeCommit);
    expect(newest?.parents).toEqual(method === 'merge' ? [base, head] : [base]);
    expect((await ask('GET', 'manifests/pulls?state=closed')).body).toMatchObject([
      { merged_at: expect.any(String), merge_commit_sha: mergeCommit },
    ]);
    expect((await ask('PATCH', 'manifests/pulls/1', { state: 'open' })).status).toBe(422);
    await expect(repository.pullRequests.merge(1)).rejects.toThrow('Pull request 1 of acme/manifests is not open');
    await expect(repository.pullRequests.close(2)).rejects.toThrow('acme/manifests has no pull request 2');
  });

  test('is seen without the API', async () => {
    await open();
    await repository.pullRequests.close(1);
    expect(await sandbox.pullRequests()).toMatchObject([
      { repository: 'acme/manifests', number: 1, state: 'closed', title: RELEASE.title, mergedAt: null },
    ]);
  });
});

describe('the list of pull requests', () => {
  test('has pages, newest first', async () => {
    for (const name of ['a', 'b', 'c']) {
      await repository.commit(name, { 'web.yaml': name });
      await open({ head: `acme:${name}`, title: name });
    }
    const first = await ask('GET', 'manifests/pulls?per_page=2');
    expect(first.body).toMatchObject([{ title: 'c' }, { title: 'b' }]);
    const next = `${sandbox.apiUrl}/repos/acme/manifests/pulls?per_page=2&page=2`;
    expect(first.headers.get('link')).toBe(`<${next}>; rel="next", <${next}>; rel="last"`);
    const second = await ask('GET', 'manifests/pulls?per_page=2&page=2');
    expect(second.body).toMatchObject([{ title: 'a' }]);
    expect(second.headers.get('link')).toMatch(/rel="prev".*rel="first"$/);
    expect((await ask('GET', 'manifests/pulls?direction=asc&per_page=1')).body).toMatchObject([{ title: 'a' }]);
  });

  test('takes a head without an owner for no filter, as GitHub does', async () => {
    await open();
    expect((await ask('GET', 'manifests/pulls?head=other')).body).toHaveLength(1);
    expect((await ask('GET', 'manifests/pulls?head=acme:other')).body).toEqual([]);
    expect((await ask('GET', 'manifests/pulls?base=other')).body).toEqual([]);
  });
});

describe('refuses a pull request', () => {
  test.each([
    ['whose head is missing', { head: 'none' }, { resource: 'PullRequest', field: 'head', code: 'invalid' }],
    ['whose base is missing', { base: 'none' }, { resource: 'PullRequest', field: 'base', code: 'invalid' }],
    [
      'without commits',
      { head: 'main' },
      { resource: 'PullRequest', code: 'custom', message: 'No commits between main and main' },
    ],
    ['without a title', { title: ' ' }, { resource: 'Issue', code: 'missing_field', field: 'title' }],
    [
      'with a long title',
      { title: 'ä'.repeat(257) },
      { resource: 'Issue', code: 'custom', field: 'title', message: 'title is too long (maximum is 256 characters)' },
    ],
    [
      'with a long body',
      { body: 'a'.repeat(65_537) },
      { resource: 'Issue', code: 'custom', field: 'body', message: 'body is too long (maximum is 65536 characters)' },
    ],
  ])('%s', async (_, fields, error) => {
    const { status, body } = await open(fields);
    expect(status).toBe(422);
    expect(body).toMatchObject({ message: 'Validation Failed', errors: [error] });
    expect(await sandbox.pullRequests()).toEqual([]);
  });

  test('that is already there', async () => {
    await open();
    const { status, body } = await open({ title: 'Again' });
    expect(status).toBe(422);
    const message = 'A pull request already exists for acme:release/web.';
    expect(body).toMatchObject({ errors: [{ resource: 'PullRequest', code: 'custom', message }] });
    await repository.pullRequests.close(1);
    expect((await open()).body).toMatchObject({ number: 2 });
  });

  test('that is opened by another at the same moment', async () => {
    const answers = await Promise.all([open(), open(), open()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422, 422]);
    expect(await sandbox.pullRequests()).toHaveLength(1);
  });

  test('changed to what it may not be', async () => {
    await open();
    for (const fields of [{ title: 'a'.repeat(257) }, { base: 'none' }]) {
      expect((await ask('PATCH', 'manifests/pulls/1', fields)).status).toBe(422);
    }
    expect((await ask('PATCH', 'manifests/pulls/2', { title: 'Other' })).status).toBe(404);
  });

  test('that is no JSON', async () => {
    expect(await ask('POST', 'manifests/pulls', '{')).toMatchObject({
      status: 400,
      body: { message: 'Problems parsing JSON' },
    });
    expect(sandbox.requests.at(-1)?.requestBody).toBe('{');
    started().departures.push('request body must be object', 'pulls/create does not answer 400');
  });
});

describe('refuses a visitor', () => {
  test('with a wrong token', async () => {
    const { status, body } = await ask('GET', 'manifests', undefined, 'wrong');
    expect([status, body]).toMatchObject([401, { message: 'Bad credentials' }]);
  });

  test('without a token, unless the repository is public and only read', async () => {
    await sandbox.createRepository('acme/open', { 'a.yaml': 'a: 1' }, { visibility: 'public' });
    expect((await ask('GET', 'manifests', undefined, null)).status).toBe(404);
    expect((await ask('GET', 'open/pulls', undefined, null)).status).toBe(200);
    expect((await ask('POST', 'open/pulls', RELEASE, null)).status).toBe(401);
  });

  test('whose token lacks the repository', async () => {
    const token = sandbox.createToken({ repositories: ['acme/other'] });
    const { status, body } = await ask('GET', 'manifests/pulls', undefined, token);
    expect([status, body]).toMatchObject([404, { message: 'Not Found' }]);
  });

  test.each([{ permission: 'read' }, { pullRequests: 'read' }] as const)(
    'whose token may not write: %o',
    async (rights) => {
      const token = sandbox.createToken(rights);
      expect((await ask('GET', 'manifests/pulls', undefined, token)).status).toBe(200);
      const { status, body } = await ask('POST', 'manifests/pulls', RELEASE, token);
      expect([status, body]).toMatchObject([403, { message: 'Resource not accessible by integration' }]);
    },
  );

  test('who asks for something else', async () => {
    expect((await ask('GET', 'manifests/issues')).status).toBe(404);
    expect((await ask('DELETE', 'manifests')).status).toBe(404);
    started().departures.push(
      'GET /repos/acme/manifests/issues is no operation in github-openapi.json',
      'DELETE /repos/acme/manifests is no operation in github-openapi.json',
    );
  });
});

test('fails on demand', async () => {
  sandbox.failNext({
    match: /^POST .*\/pulls$/,
    status: 403,
    body: { message: 'Slow down' },
    headers: { 'retry-after': '1' },
  });
  expect((await ask('GET', 'manifests/pulls')).status).toBe(200);
  const slowed = await open();
  expect([slowed.status, slowed.body, slowed.headers.get('retry-after')]).toEqual([403, { message: 'Slow down' }, '1']);
  expect(await sandbox.pullRequests()).toEqual([]);
  sandbox.failNext({ match: /pulls/, status: 0 });
  await expect(open()).rejects.toThrow('fetch failed');
  expect(sandbox.requests.at(-1)).toMatchObject({ status: 0, requestBody: RELEASE, responseBody: undefined });
  expect((await open()).status).toBe(201);
});
