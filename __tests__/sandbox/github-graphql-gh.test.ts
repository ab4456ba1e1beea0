import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { parse, print } from 'graphql';
import { describe, expect, test } from 'vitest';
import * as documents from './gh-documents.ts';
import { GH, gh, NEEDS_GH } from './gh.ts';
import { eachWithVisitor, type Visitor } from './visitor.ts';

const visitor = eachWithVisitor();
const OF = { owner: 'acme', repo: 'manifests' };
const BRANCH = { ...OF, headRefName: 'release/web', states: ['OPEN'] };

async function ask(document: string, variables: object, token?: string): Promise<unknown> {
  return (await visitor().query(document, variables, token)).body;
}

async function list(variables: object = {}, token?: string): Promise<unknown> {
  return await ask(documents.PULL_REQUEST_LIST, { ...OF, limit: 30, state: ['OPEN'], ...variables }, token);
}

async function create(input: object = {}, token?: string): Promise<unknown> {
  const repositoryId = await idIn(visitor());
  const ends = { baseRefName: 'main', headRefName: 'release/web' };
  const asked = { body: '', draft: false, maintainerCanModify: true, repositoryId, title: 'Release web', ...ends };
  return await ask(documents.PULL_REQUEST_CREATE, { input: { ...asked, ...input } }, token);
}

async function idIn({ query }: Visitor): Promise<string> {
  const { body } = await query(documents.REPOSITORY_INFO, { owner: 'acme', name: 'manifests' });
  return (body as { data: { repository: { id: string } } }).data.repository.id;
}

function refusal(type: string, message: string, field = 'createPullRequest'): object {
  return { data: { [field]: null }, errors: [{ type, message, path: [field] }] };
}

function listed(...numbers: number[]): object {
  const nodes = numbers.map((number) => ({ number }));
  const pageInfo = { hasNextPage: false, endCursor: null };
  return { data: { repository: { pullRequests: { totalCount: numbers.length, nodes, pageInfo } } } };
}

describe('gh pr list', () => {
  test('is told the open ones of a branch, the newest first', async () => {
    const { repository, open } = visitor();
    await repository.pullRequests.close(await open());
    await open();
    await open({ fork: true });
    await open({ fork: true, head: 'patch' });
    expect(await list({ headBranch: 'release/web' })).toEqual(listed(3, 2));
    expect(await list({ headBranch: 'none' })).toEqual(listed());
    expect(await list({ baseBranch: 'main' })).toEqual(listed(4, 3, 2));
    expect(await list({ baseBranch: 'staging' })).toEqual(listed());
    expect(await list({ state: ['OPEN', 'CLOSED'] })).toEqual(listed(4, 3, 2, 1));
  });

  test('is told no more than it wants', async () => {
    const { open } = visitor();
    await open();
    await open({ fork: true });
    const pullRequests = { totalCount: 2, nodes: [{ number: 2 }], pageInfo: { hasNextPage: true } };
    expect(await list({ limit: 1 })).toMatchObject({ data: { repository: { pullRequests } } });
  });

  test('needs a token that may read pull requests', async () => {
    const token = visitor().sandbox.createToken({ pullRequests: 'none' });
    const refused = refusal('FORBIDDEN', 'Resource not accessible by integration', 'repository');
    expect(await list({}, token)).toMatchObject(refused);
    const stranger = visitor().sandbox.createToken({ repositories: ['acme/other'] });
    const message = "Could not resolve to a Repository with the name 'acme/manifests'.";
    expect(await list({}, stranger)).toMatchObject(refusal('NOT_FOUND', message, 'repository'));
  });
});

describe('gh pr create', () => {
  test('is told about the repository', async () => {
    const { sandbox } = visitor();
    const told = {
      id: expect.any(String),
      name: 'manifests',
      owner: { login: 'acme' },
      hasIssuesEnabled: true,
      description: null,
      hasWikiEnabled: true,
      viewerPermission: 'WRITE',
      defaultBranchRef: { name: 'main' },
      parent: null,
      mergeCommitAllowed: true,
      rebaseMergeAllowed: true,
      squashMergeAllowed: true,
    };
    const variables = { owner: 'acme', name: 'manifests' };
    const reader = sandbox.createToken({ permission: 'read' });
    expect(await ask(documents.REPOSITORY_INFO, variables)).toEqual({ data: { repository: told } });
    expect(await ask(documents.REPOSITORY_INFO, variables, reader)).toEqual({
      data: { repository: { ...told, viewerPermission: 'READ' } },
    });
    const nobody = sandbox.createToken({ contents: 'none' });
    expect(await ask(documents.REPOSITORY_INFO, variables, nobody)).toMatchObject(
      refusal('FORBIDDEN', 'Resource not accessible by integration', 'repository'),
    );
  });

  test('is told that an empty repository has no branch', async () => {
    await visitor().sandbox.createRepository('acme/empty', {});
    const told = await ask(documents.REPOSITORY_INFO, { owner: 'acme', name: 'empty' });
    expect(told).toMatchObject({ data: { repository: { defaultBranchRef: null } } });
  });

  test('is told of the pull requests of its branch', async () => {
    const { sandbox, open } = visitor();
    const none = { data: { repository: { pullRequests: { nodes: [] }, defaultBranchRef: { name: 'main' } } } };
    expect(await ask(documents.PULL_REQUEST_FOR_BRANCH, BRANCH)).toEqual(none);
    await open();
    await open({ fork: true });
    const own = {
      id: expect.any(String),
      url: `${sandbox.serverUrl}/acme/manifests/pull/1`,
      number: 1,
      state: 'OPEN',
      baseRefName: 'main',
      headRefName: 'release/web',
      isCrossRepository: false,
      headRepositoryOwner: { id: expect.any(String), login: 'acme' },
    };
    const { body } = await visitor().query(documents.PULL_REQUEST_FOR_BRANCH, BRANCH);
    const { nodes } = (body as { data: { repository: { pullRequests: { nodes: unknown[] } } } }).data.repository
      .pullRequests;
    expect(nodes).toEqual([
      expect.objectContaining({
        number: 2,
        isCrossRepository: true,
        headRepositoryOwner: { id: expect.any(String), login: 'mallory', name: null },
      }),
      own,
    ]);
  });

  test.each([
    ['no title', { title: ' ' }, "Title can't be blank"],
    [
      'no head',
      { headRefName: 'none' },
      "Head sha can't be blank, Base sha can't be blank, No commits between main and none, Head ref must be a branch",
    ],
    [
      'no base',
      { baseRefName: 'none' },
      "Head sha can't be blank, Base sha can't be blank, No commits between none and release/web, Base ref must be a branch",
    ],
    ['no commit', { headRefName: 'main' }, 'No commits between main and main'],
  ])('opens nothing with %s', async (_, input, message) => {
    expect(await create(input)).toMatchObject(refusal('UNPROCESSABLE', message));
    expect(await visitor().repository.pullRequests.all()).toEqual([]);
  });

  test('opens one, and no second one', async () => {
    const { sandbox, repository } = visitor();
    const pullRequest = { id: expect.any(String), url: `${sandbox.serverUrl}/acme/manifests/pull/1` };
    const token = sandbox.createToken({ kind: 'fine-grained', login: 'ada' });
    expect(await create({ draft: true, body: 'By hand.' }, token)).toEqual({
      data: { createPullRequest: { pullRequest } },
    });
    expect(await repository.pullRequests.all()).toMatchObject([
      {
        number: 1,
        author: 'ada',
        title: 'Release web',
        body: 'By hand.',
        draft: true,
        head: 'release/web',
        base: 'main',
      },
    ]);
    const message = 'A pull request already exists for acme:release/web.';
    expect(await create()).toMatchObject(refusal('UNPROCESSABLE', message));
  });

  test('needs a token that may write pull requests, and a repository', async () => {
    const token = visitor().sandbox.createToken({ pullRequests: 'read' });
    const message = 'Resource not accessible by integration';
    expect(await create({}, token)).toMatchObject(refusal('FORBIDDEN', message));
    expect(await create({ repositoryId: 'nothing' })).toMatchObject(
      refusal('NOT_FOUND', "Could not resolve to a node with the global id of 'nothing'."),
    );
  });
});

describe('a repository of a free plan', () => {
  const free = eachWithVisitor({ allowDrafts: false });

  test('has no drafts', async () => {
    const ends = { baseRefName: 'main', headRefName: 'release/web' };
    const input = { repositoryId: await idIn(free()), title: 'Release web', draft: true, ...ends };
    expect((await free().query(documents.PULL_REQUEST_CREATE, { input })).body).toMatchObject(
      refusal('UNPROCESSABLE', 'Draft pull requests are not supported in this repository.'),
    );
  });
});

test('a request for the whole URL, as to a proxy, is one to the GraphQL API', async () => {
  const { sandbox } = visitor();
  const headers = { authorization: `token ${sandbox.token}` };
  const asked = request(sandbox.serverUrl, { method: 'POST', path: 'http://api.github.localhost/graphql', headers });
  asked.end(JSON.stringify({ query: documents.PULL_REQUEST_LIST, variables: { ...OF, limit: 30 } }));
  const [answered] = (await once(asked, 'response')) as [IncomingMessage];
  expect(await json(answered)).toEqual(listed());
  expect(sandbox.requests.at(-1)).toMatchObject({ path: '/api/graphql', operation: 'PullRequestList' });
});

describe.skipIf(GH === undefined)(`gh itself${NEEDS_GH}`, () => {
  const HEAD = ['--head', 'release/web'];
  const LIST = ['pr', 'list', ...HEAD, '--json', 'number', '--jq', '.[].number'];
  const CREATE = ['pr', 'create', ...HEAD, '--title', 'Release web', '--body', ''];

  test('looks for a pull request, opens it, and then finds it, by these very documents', async () => {
    const { sandbox } = visitor();
    const { token, serverUrl } = sandbox;
    expect(await gh(sandbox, token, ...LIST)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(await gh(sandbox, token, ...CREATE)).toEqual({
      exitCode: 0,
      stdout: `${serverUrl}/acme/manifests/pull/1\n`,
      stderr: '',
    });
    const sent = sandbox.requests.map(({ requestBody }) => (requestBody as { query: string }).query);
    const { PULL_REQUEST_LIST, REPOSITORY_INFO, PULL_REQUEST_FOR_BRANCH, PULL_REQUEST_CREATE } = documents;
    const known = [PULL_REQUEST_LIST, REPOSITORY_INFO, PULL_REQUEST_FOR_BRANCH, PULL_REQUEST_CREATE];
    expect(sent.map((text) => print(parse(text)))).toEqual(known.map((text) => print(parse(text))));
    expect(await gh(sandbox, token, ...LIST)).toMatchObject({ exitCode: 0, stdout: '1\n' });
    const second = await gh(sandbox, token, ...CREATE);
    expect(second).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('already exists') });
  });

  test('tells why it may not', async () => {
    const { sandbox } = visitor();
    const token = sandbox.createToken({ pullRequests: 'read' });
    expect(await gh(sandbox, token, ...CREATE)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('GraphQL: Resource not accessible by integration (createPullRequest)'),
    });
    expect(await gh(sandbox, 'ghs_unknown', ...LIST)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Bad credentials'),
    });
  });
});
