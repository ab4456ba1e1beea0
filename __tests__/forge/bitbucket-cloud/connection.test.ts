/** Which runs have Bitbucket Cloud as their forge, which repository that is, and what its API is shown. */
import { afterEach, describe, expect, test } from 'vitest';
import { readRemote } from '../../../src/core/remote.ts';
import { apiServer, apiUrlOf, credentialOf, placeOf } from '../../../src/forge/bitbucket-cloud/server.ts';
import { connectForge } from '../../../src/forge/connect.ts';
import { withLogin } from '../../../src/forge/git-login.ts';
import { detectCi } from '../../../src/inputs/ci.ts';
import { readAccess } from '../../../src/inputs/access.ts';
import { answered, hintFor, printed } from '../explained.ts';
import { startStubApi, type StubApi } from '../stub-api.ts';

const PIPELINES = { BITBUCKET_BUILD_NUMBER: '42', BITBUCKET_REPO_FULL_NAME: 'acme/web' };
const ADDRESS = 'https://bitbucket.org/acme/manifests.git';

test.each([
  [ADDRESS, 'https://api.bitbucket.org/2.0'],
  ['https://ada@bitbucket.org/acme/manifests', 'https://api.bitbucket.org/2.0'],
  ['git@bitbucket.org:acme/manifests.git', 'https://api.bitbucket.org/2.0'],
  ['ssh://git@altssh.bitbucket.org:443/acme/manifests.git', 'https://api.bitbucket.org/2.0'],
  ['https://mirror.example.com/acme/manifests.git', 'https://mirror.example.com/2.0'],
])('the repository %s is at %s', (address, apiUrl) => {
  const place = placeOf(readRemote(address, ''));
  expect(place).toMatchObject({ workspace: 'acme', slug: 'manifests' });
  expect(place && apiUrlOf(place)).toBe(apiUrl);
});

test.each(['https://bitbucket.org/acme', 'https://bitbucket.org/acme/ops/manifests'])('%s is none', (address) => {
  expect(placeOf(readRemote(address, ''))).toBeUndefined();
});

describe('a token is shown', () => {
  const shownTo = (address: string, token: string) => {
    const { login } = withLogin(readRemote(address, ''), 'bitbucket-cloud', { token, isOfJob: false });
    const { headers } = apiServer({ serverUrl: 'https://bitbucket.org' }, credentialOf(token, login));
    return { git: typeof login === 'object' ? login.user : login, api: headers['authorization'] };
  };
  const basic = `Basic ${Buffer.from('ada@example.com:ATATT3x').toString('base64')}`;

  test.each([
    ['alone, where it is of a repository', ADDRESS, 'ATCTT3x', 'x-token-auth', 'Bearer ATCTT3x'],
    [
      'with the e-mail address of its account to the API alone',
      ADDRESS.replace('//', '//ada%40example.com@'),
      'ATATT3x',
      'x-bitbucket-api-token-auth',
      basic,
    ],
  ])('%s', (_, address, token, git, api) => {
    expect(shownTo(address, token)).toEqual({ git, api });
  });

  test('to nobody where there is none', () => {
    expect(apiServer({ serverUrl: 'https://bitbucket.org' }, { token: '', email: '' }).headers).toEqual({});
  });
});

function connect(repository: string, token: string, environment: Record<string, string> = PIPELINES) {
  const ci = detectCi(environment);
  const logged: string[] = [];
  const access = readAccess({ repository, token }, ci);
  return { connecting: connectForge(access, ci, { log: (text) => logged.push(text) }), logged };
}

describe('Bitbucket Cloud has the pull requests of', () => {
  test.each([
    ['acme/manifests', 'ATCTT3x'],
    [ADDRESS, 'an-oauth-token'],
    ['git@bitbucket.org:acme/manifests.git', 'ATCTT3x'],
    [ADDRESS.replace('//', '//ada%40example.com@'), 'ATATT3x'],
  ])('%s with the token %s', async (repository, token) => {
    const { connecting, logged } = connect(repository, token);
    expect(await connecting).toMatchObject({ name: 'Bitbucket Cloud', hiddenText: 'link-definition' });
    expect(logged).toEqual([]);
  });

  test.each([
    [ADDRESS, 'ATATT3x', /^No pull request is opened: The API token \(ATATT…\).*ada%40example\.com@bitbucket\.org/],
    ['https://ada@bitbucket.org/acme/manifests', 'ATATT3x', /write the e-mail address of its Atlassian account/],
    [ADDRESS, 'ATBB3x', /app password \(ATBB…\) is not taken since 2026\. Make an access token/],
  ])('nobody for %s with %s, and the log says what to do', async (repository, token, told) => {
    const { connecting, logged } = connect(repository, token);
    expect(await connecting).toBeUndefined();
    expect(logged).toEqual([expect.stringMatching(told)]);
  });
});

describe('a source is compared', () => {
  const apis: StubApi[] = [];
  afterEach(() => Promise.all(apis.splice(0).map((api) => api.close())));

  const compare = async (more: Record<string, string>, environment: Record<string, string>) => {
    const api = await startStubApi(() => ({ status: 404, body: { type: 'error', error: { message: 'no' } } }));
    apis.push(api);
    const url = api.apiUrl.replace('/api/v3', '');
    const ci = detectCi({ JENKINS_URL: 'https://j', GIT_URL: `${url}/acme/web.git`, ...environment });
    const raw = { repository: `${url}/acme/manifests`, forge: 'bitbucket-cloud', token: 'ATCTT3x', ...more };
    const forge = await connectForge(readAccess(raw, ci), ci, { log: () => undefined });
    const result = await forge?.compare('acme/web', 'v1', '8f14e45');
    return { result, asked: api.asked.map(({ request, headers }) => [request, headers.authorization]) };
  };

  test('on the same server with the same token, or with one of its own', async () => {
    const { asked, result } = await compare({}, {});
    expect(result).toMatchObject({ status: 'unknown', reason: 'no' });
    // The first refusal is the answer: the other question may not have come yet.
    expect(asked[0]).toEqual([
      expect.stringMatching(/^GET \/2\.0\/repositories\/acme\/web\/(?:refs\/tags\/v1|commit\/8f14e45)$/),
      'Bearer ATCTT3x',
    ]);
    expect((await compare({ 'source-token': 'ATCTT3source' }, {})).asked[0]?.[1]).toBe('Bearer ATCTT3source');
  });

  test.each([
    [{ GIT_URL: 'https://git.example.com/acme/web.git' }, {}, 'git.example.com is not known as Bitbucket Cloud'],
    [{ GIT_URL: 'https://bitbucket.org/acme/web.git' }, {}, 'no token was given for bitbucket.org'],
    [{ GIT_URL: '' }, {}, 'is not known'],
    [{}, { 'source-token': 'ATATT3x' }, 'e-mail address of its Atlassian account'],
  ])('on no other: %j %j', async (environment, more, reason) => {
    const { asked, result } = await compare(more, environment);
    expect(result).toMatchObject({ status: 'unknown', reason: expect.stringContaining(reason) });
    expect(asked).toEqual([]);
  });
});

describe('a refusal is explained', () => {
  const error = (message: string, more: object = {}): object => ({ type: 'error', error: { message, ...more } });

  test.each<[what: string, token: string, cause: unknown, hint: RegExp]>([
    [
      'a scope',
      'ATCTT3x',
      answered(403, error('Your credentials lack one or more required privilege scopes.')),
      /^The access token \(ATCTT…\) lacks a scope\. Make an access token/,
    ],
    ['a dead token', 'ATCTT3x', answered(401, error('Token is invalid, expired')), /expired, was revoked/],
    ['another account', 'ATATT3x', answered(401, error('Token is invalid')), /is of another account: write the e-mail/],
    [
      'a repository',
      'x',
      answered(404, error('Repository not found')),
      /whose prefix is unknown, does not see "acme\/manifests"/,
    ],
    ['a right', 'ATCTT3x', answered(403, error('Access denied')), /branch restriction keeps it out/],
    ['another forge', 'glpat-x', answered(401, error('no')), /The token of GitLab is not known to Bitbucket/],
    ['a dead token, by git', 'ATCTT3x', printed('fatal: Authentication failed for'), /expired, was revoked/],
    ['an app password, by git', 'ATBB3x', printed('fatal: Authentication failed for'), /is not taken since 2026/],
    ['a right, by git', 'ATCTT3x', printed('remote: Permission to branch main is denied'), /branch restriction/],
  ])('%s', async (_, token, cause, hint) => {
    expect(await hintFor(ADDRESS, token, cause)).toMatch(hint);
  });

  test('a key', async () => {
    const hint = await hintFor('git@bitbucket.org:acme/manifests.git', '', printed('fatal: Could not read'));
    expect(hint).toContain('an access key of a repository reads alone');
  });
});
