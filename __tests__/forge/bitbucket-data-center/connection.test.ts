/** Which runs have Bitbucket Data Center as their forge, which server and which repository that is, and which token goes there. */
import { afterEach, describe, expect, test } from 'vitest';
import { readRemote } from '../../../src/core/remote.ts';
import { pageOf, placeOf } from '../../../src/forge/bitbucket-data-center/server.ts';
import { connectForge } from '../../../src/forge/connect.ts';
import type { Server } from '../../../src/forge/kind.ts';
import { detectCi } from '../../../src/inputs/ci.ts';
import { readAccess } from '../../../src/inputs/access.ts';
import { answered, hintFor, printed } from '../explained.ts';
import { startStubApi, type StubApi } from '../stub-api.ts';

const ADDRESS = 'https://git.example.com/scm/ops/manifests.git';

describe('the place of a repository', () => {
  const folder: Server[] = [{ kind: 'bitbucket-data-center', url: 'https://git.example.com:8443/bitbucket' }];

  test.each<[address: string, servers: readonly Server[], page: string]>([
    [ADDRESS, [], 'https://git.example.com/projects/ops/repos/manifests'],
    ['https://git.example.com:8443/scm/OPS/manifests', [], 'https://git.example.com:8443/projects/OPS/repos/manifests'],
    ['https://git.example.com/a/b/scm/ops/scm.git', [], 'https://git.example.com/a/b/projects/ops/repos/scm'],
    ['https://git.example.com/scm/~ada/manifests.git', [], 'https://git.example.com/users/ada/repos/manifests'],
    ['ssh://git@git.example.com:7999/ops/manifests.git', [], 'https://git.example.com/projects/ops/repos/manifests'],
    ['ssh://git@git.example.com:7999/~ada/manifests.git', [], 'https://git.example.com/users/ada/repos/manifests'],
    [
      'git@git.example.com:ops/manifests.git',
      folder,
      'https://git.example.com:8443/bitbucket/projects/ops/repos/manifests',
    ],
  ])('%s', (address, servers, page) => {
    const place = placeOf(readRemote(address, ''), servers);
    expect(place && pageOf(place)).toBe(page);
  });

  test('is none for an address without scm', () => {
    expect(placeOf(readRemote('https://git.example.com/ops/manifests.git', ''), [])).toBeUndefined();
  });
});

describe('Bitbucket Data Center has the pull requests of', () => {
  const connect = (repository: string, forge = '') => {
    const ci = detectCi({});
    const logged: string[] = [];
    const access = readAccess({ repository, token: 'BBDC-x', forge }, ci);
    return { connecting: connectForge(access, ci, { log: (text) => logged.push(text) }), logged };
  };

  test.each([
    [ADDRESS, ''],
    ['https://bitbucket.example.com/scm/~ada/manifests.git', ''],
    ['ssh://git@git.example.com:7999/ops/manifests.git', 'bitbucket-data-center'],
  ])('%s', async (repository, forge) => {
    const { connecting, logged } = connect(repository, forge);
    expect(await connecting).toMatchObject({ name: 'Bitbucket Data Center', hiddenText: 'link-definition' });
    expect(logged).toEqual([]);
  });

  test('nobody for another address, and the log says which one it would be', async () => {
    const { connecting, logged } = connect('https://bitbucket.example.com/ops/manifests.git');
    expect(await connecting).toBeUndefined();
    expect(logged).toEqual([expect.stringContaining('https://<server>/scm/<project>/<name>.git')]);
  });
});

describe('a source is compared', () => {
  const apis: StubApi[] = [];
  afterEach(() => Promise.all(apis.splice(0).map((api) => api.close())));

  const compare = async (more: Record<string, string>, environment: Record<string, string>, folder = '') => {
    const api = await startStubApi(() => ({ status: 404, body: { errors: [{ message: 'no' }] } }));
    apis.push(api);
    const url = `${api.apiUrl.replace('/api/v3', '')}${folder}`;
    const ci = detectCi({ JENKINS_URL: 'https://j', GIT_URL: `${url}/scm/shop/web.git`, ...environment });
    const access = readAccess({ repository: `${url}/scm/ops/manifests`, token: 'BBDC-x', ...more }, ci);
    const forge = await connectForge(access, ci, { log: () => undefined });
    const result = await forge?.compare(ci.source.repository, 'v1', 'v2');
    return { result, asked: api.asked.map(({ request, headers }) => [request, headers.authorization]) };
  };

  test.each(['', '/bitbucket'])('on the same server with the same token, in the folder "%s"', async (folder) => {
    const { asked, result } = await compare({}, {}, folder);
    expect(result).toMatchObject({ status: 'unknown', reason: 'no' });
    // The first refusal is the answer: the other questions may not have come yet.
    const path = `GET ${folder}/rest/api/latest/projects/shop/repos/web/`;
    expect(asked[0]).toEqual([expect.stringContaining(path), 'Bearer BBDC-x']);
  });

  test('with a token of its own, and never that of the manifests on another server', async () => {
    expect((await compare({ 'source-token': 'BBDC-y' }, {})).asked[0]?.[1]).toBe('Bearer BBDC-y');
    const { result } = await compare({}, { GIT_URL: 'https://other.example.com/scm/shop/web.git' });
    expect(result).toMatchObject({ reason: expect.stringContaining('no token was given for other.example.com') });
    const unknown = await compare({}, { GIT_URL: 'https://other.example.com/shop/web.git' });
    expect(unknown.result).toMatchObject({ reason: 'other.example.com is not known as Bitbucket Data Center' });
    expect(unknown.asked).toEqual([]);
  });
});

describe('a refusal is explained', () => {
  const errors = (message: string): object => ({ errors: [{ context: null, message, exceptionName: null }] });

  test.each<[what: string, cause: unknown, hint: RegExp]>([
    ['a dead token', answered(401, errors('Authentication failed.')), /^The token is expired, was revoked/],
    ['a right', answered(401, errors('You are not permitted to access this resource')), /^The token may not write to/],
    [
      'a repository',
      answered(404, errors('Repository ops/none does not exist.')),
      /does not see "scm\/ops\/manifests"/,
    ],
    ['a right of another kind', answered(403, errors('no')), /branch permission keeps it out/],
    ['a dead token, by git', printed('fatal: Authentication failed for'), /expired, was revoked/],
    ['a right, by git', printed('remote: You have insufficient permissions to update'), /may not write to/],
  ])('%s', async (_, cause, hint) => {
    expect(await hintFor(ADDRESS, 'BBDC-x', cause)).toMatch(hint);
    expect(await hintFor(ADDRESS, 'BBDC-x', cause)).toContain('with the permission Repository write');
  });

  test('a key', async () => {
    const hint = await hintFor('git@bitbucket.example.com:ops/manifests.git', '', printed('fatal: Could not read'));
    expect(hint).toContain('Repository settings → Access keys');
  });
});
