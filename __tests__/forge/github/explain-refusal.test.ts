import { afterEach, describe, expect, test } from 'vitest';
import { detectCi } from '../../../src/inputs/ci.ts';
import { asReleaseError, failure, type ReleaseError } from '../../../src/core/errors.ts';
import { createClient } from '../../../src/forge/github/client.ts';
import { restBy } from '../../../src/forge/github/rest.ts';
import { explainRefusal, subjectOf, type Subject } from '../../../src/forge/github/explain-refusal.ts';
import { ServerToken } from '../../../src/forge/github/server-token.ts';
import { GitError } from '../../../src/git/run-git.ts';
import { explainRefusal as explainStderr } from '../../../src/git/explain-stderr.ts';
import { readRemote } from '../../../src/core/remote.ts';
import { startStubApi, type Answer, type StubApi } from '../stub-api.ts';

let api: StubApi;
afterEach(() => api?.close());

const TOKEN = 'github_pat_11AAsecret';
const DENIED = { forge: 'GitHub', access: 'Use another token.', repository: 'acme/manifests' } as const;
const PROBE = 'GET /repos/acme/manifests';
const NOT_FOUND = 'remote: Repository not found.\nfatal: repository x not found\n';

async function start(answer: Answer = { status: 404, body: { message: 'Not Found' } }): Promise<void> {
  api = await startStubApi(() => answer);
}

const server = (): ServerToken => ServerToken.restored({ apiUrl: api.apiUrl, token: TOKEN });

const subject = (given: Partial<Subject> = {}): Subject => ({
  server: server(),
  repository: 'acme/manifests',
  isOwnRepository: false,
  token: TOKEN,
  isWorkflowToken: false,
  usesSsh: false,
  ...given,
});

/** A refusal as git's own words make it. */
function refusedByGit(stderr: string, command = 'clone'): ReleaseError {
  const error = new GitError(command, { exitCode: 128, stdout: Buffer.alloc(0), stderr });
  const remote = readRemote('acme/manifests', 'https://github.com');
  return asReleaseError(explainStderr(error, { remote, credential: 'token', action: 'read', base: '' }));
}

test('a refusal of git keeps its code, its message and its cause, and gets a hint about this token', async () => {
  await start();
  const error = refusedByGit(NOT_FOUND);
  const told = (await explainRefusal(error, subject())) as ReleaseError;
  expect(told).toMatchObject({
    code: 'REPOSITORY_NOT_FOUND',
    message: error.message,
    blame: 'yours',
    cause: error.cause,
  });
  expect(told.hint).toContain('The fine-grained personal access token (github_pat_…) does not see "acme/manifests"');
  expect(told.hint).not.toContain('secret');
  expect(api.requests()).toEqual([PROBE]);
  expect(api.asked[0]?.headers.authorization).toBe(`token ${TOKEN}`);
});

test('the probe tells a permission from a repository', async () => {
  const permissions = { admin: false, push: true, pull: true };
  await start({ status: 200, body: { full_name: 'acme/manifests', archived: false, permissions } });
  expect(await explainRefusal(refusedByGit(NOT_FOUND), subject())).toMatchObject({
    hint: expect.stringContaining('lacks the permission Contents: write on "acme/manifests"'),
  });
});

test('the probe tells a user who only reads', async () => {
  await start({ status: 200, body: { archived: false, permissions: { push: false } } });
  const error = refusedByGit('remote: Permission to acme/manifests.git denied to ada.\nfatal: error: 403\n', 'push');
  expect(await explainRefusal(error, subject({ token: 'ghp_x' }))).toMatchObject({
    hint: expect.stringContaining('belongs to a user who may not write'),
  });
});

test('a refusal of the API is told by its headers', async () => {
  const accepted = { 'x-accepted-github-permissions': 'pull_requests=write' };
  const body = { message: 'Resource not accessible by personal access token' };
  await start({ status: 403, body, headers: accepted });
  const wanted = { owner: 'acme', repo: 'manifests', head: 'a', base: 'main', title: 'x' };
  const { pulls } = await restBy(createClient(server()));
  const cause: unknown = await pulls.create(wanted).catch((thrown: unknown) => thrown);
  const details = { ...DENIED, action: 'open a pull request', reason: body.message } as const;
  expect(await explainRefusal(failure('API_DENIED', details, cause), subject())).toMatchObject({
    code: 'API_DENIED',
    hint: expect.stringContaining('lacks the permission Pull requests: write'),
  });
});

test('a refusal of GraphQL is told by its type', async () => {
  await start({ status: 200, body: { data: null, errors: [{ type: 'FORBIDDEN', message: 'No' }] } });
  const cause: unknown = await createClient(server())
    .graphql('query { x }')
    .catch((thrown: unknown) => thrown);
  const details = { ...DENIED, action: 'list pull requests', reason: 'No' } as const;
  expect(
    await explainRefusal(failure('API_DENIED', details, cause), subject({ token: 'ghs_x', isWorkflowToken: true })),
  ).toMatchObject({
    hint: expect.stringContaining('GITHUB_TOKEN is good for the repository of its own workflow alone'),
  });
});

test('a push that a setting refuses is told from its reason alone', async () => {
  await start({ status: 200, body: {} });
  const reason = 'refusing to allow a GitHub App to create or update workflow `.github/workflows/a.yml`';
  expect(await explainRefusal(failure('PUSH_REFUSED', { branch: 'release/web', reason }), subject())).toMatchObject({
    code: 'PUSH_REFUSED',
    hint: expect.stringContaining('".github/workflows/a.yml"'),
  });
});

test.each<[string, Answer]>([
  ['a server in trouble', { status: 500, body: { message: 'x' } }],
  ['a connection that is lost', 'drop'],
])('%s is only less evidence', async (_, answer) => {
  await start(answer);
  expect(await explainRefusal(refusedByGit(NOT_FOUND), subject())).toMatchObject({
    hint: expect.stringContaining('does not see "acme/manifests"'),
  });
  expect(api.requests()).toEqual([PROBE]);
});

test('an ssh key is told without a question', async () => {
  await start();
  const error = refusedByGit('ERROR: Repository not found.\nfatal: Could not read from remote repository.\n');
  expect(await explainRefusal(error, subject({ usesSsh: true, token: '' }))).toMatchObject({
    hint: expect.stringContaining('A deploy key is valid for the one repository'),
  });
  expect(api.requests()).toEqual([]);
});

test('other failures, other servers and no token at all come back as they are, without a question', async () => {
  await start();
  const refused = refusedByGit(NOT_FOUND);
  const others: [unknown, Partial<Subject>][] = [
    [new Error('x'), {}],
    [failure('NETWORK', { action: 'read', reason: 'x' }), {}],
    [refused, { token: '' }],
    [refused, { server: undefined }],
  ];
  for (const [error, given] of others) expect(await explainRefusal(error, subject(given))).toBe(error);
  expect(api.requests()).toEqual([]);
});

test('a rule of the branch keeps its own hint', async () => {
  await start({ status: 200, body: {} });
  const error = failure('PUSH_REFUSED', { branch: 'main', reason: 'GH006: Protected branch update failed' });
  expect(await explainRefusal(error, subject())).toBe(error);
});

describe('whose token it is', () => {
  const GITHUB = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'Acme/web', GITHUB_SERVER_URL: 'https://github.com' };
  const told = (
    repository: string,
    given: Partial<Parameters<typeof subjectOf>[0]> = {},
    environment: object = GITHUB,
  ) => {
    const ci = detectCi({ ...environment });
    const remote = readRemote(repository, ci.serverUrl);
    return subjectOf({ remote, token: 'ghs_x', sourceToken: 'ghs_x', ...given }, ci);
  };

  test('the workflow’s own, for its own repository', () => {
    expect(told('acme/web')).toEqual({
      server: ServerToken.restored({ apiUrl: 'https://api.github.com', token: 'ghs_x' }),
      repository: 'acme/web',
      isOwnRepository: true,
      token: 'ghs_x',
      isWorkflowToken: true,
      usesSsh: false,
    });
  });

  test.each([
    ['a token of its own', { token: 'ghs_y' }],
    ['an App', { token: 'ghs_x', app: { clientId: 'x', privateKey: 'x' } }],
  ])('%s is not the workflow’s', (_, given) => {
    expect(told('acme/web', given).isWorkflowToken).toBe(false);
  });

  test('another repository, another server and another CI are not the workflow’s own', () => {
    expect(told('acme/manifests')).toMatchObject({ isOwnRepository: false, isWorkflowToken: true });
    expect(told('https://acme.ghe.com/acme/web.git')).toMatchObject({
      isOwnRepository: false,
      server: { apiUrl: 'https://api.acme.ghe.com' },
    });
    expect(told('https://gitlab.com/acme/web.git')).toMatchObject({ isOwnRepository: false, server: undefined });
    expect(told('acme/web', {}, {})).toMatchObject({ isOwnRepository: false, isWorkflowToken: false });
    expect(told('git@github.com:acme/web.git')).toMatchObject({ isOwnRepository: true, usesSsh: true });
  });
});
