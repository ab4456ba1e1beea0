/** Which runs have GitLab as their forge, which server and which project that is, and which token goes there. */
import { afterEach, describe, expect, test } from 'vitest';
import { failure, type ReleaseError } from '../../../src/core/errors.ts';
import { readRemote } from '../../../src/core/remote.ts';
import { connectForge, explainRefusal } from '../../../src/forge/connect.ts';
import { placeOf } from '../../../src/forge/gitlab/server.ts';
import { RefusedAnswer } from '../../../src/forge/http/refused-answer.ts';
import type { Server } from '../../../src/forge/kind.ts';
import { detectCi } from '../../../src/inputs/ci.ts';
import { readAccess } from '../../../src/inputs/access.ts';
import { startStubApi, type StubApi } from '../stub-api.ts';

const GITLAB_CI = { GITLAB_CI: 'true', CI_SERVER_URL: 'https://gitlab.test', CI_PROJECT_PATH: 'acme/web' };

describe('the place of a project', () => {
  const folder: Server[] = [{ kind: 'gitlab', url: 'https://git.test/gitlab' }];
  test.each<[address: string, servers: readonly Server[], serverUrl: string, project: string]>([
    ['https://gitlab.com/acme/ops/manifests.git', [], 'https://gitlab.com', 'acme/ops/manifests'],
    ['https://gitlab.test:8443/acme/manifests', [], 'https://gitlab.test:8443', 'acme/manifests'],
    ['git@gitlab.test:acme/ops/manifests.git', [], 'https://gitlab.test', 'acme/ops/manifests'],
    ['ssh://git@altssh.gitlab.com:443/acme/manifests.git', [], 'https://gitlab.com', 'acme/manifests'],
    ['https://git.test/gitlab/acme/manifests.git', folder, 'https://git.test/gitlab', 'acme/manifests'],
    ['git@git.test:acme/manifests.git', folder, 'https://git.test/gitlab', 'acme/manifests'],
  ])('%s', (address, servers, serverUrl, project) => {
    const place = placeOf(readRemote(address, 'https://gitlab.com'), servers);
    expect(place).toEqual({ serverUrl, apiUrl: `${serverUrl}/api/v4`, project });
  });

  test('is none for a path without a group', () => {
    expect(placeOf(readRemote('https://gitlab.com/manifests', 'https://gitlab.com'), [])).toBeUndefined();
  });
});

function connect(repository: string, token: string, environment: Record<string, string> = GITLAB_CI, forge = '') {
  const ci = detectCi(environment);
  const logged: string[] = [];
  const access = readAccess({ repository, token, forge }, ci);
  return { connecting: connectForge(access, ci, { log: (text) => logged.push(text) }), logged };
}

describe('GitLab has the merge requests of', () => {
  test.each([
    ['acme/ops/manifests', GITLAB_CI, ''],
    ['git@gitlab.test:acme/manifests.git', GITLAB_CI, ''],
    ['https://gitlab.com/acme/manifests', {}, ''],
    ['https://gitlab.example.com/acme/ops/manifests', { GITHUB_ACTIONS: 'true' }, ''],
    ['https://git.example.com/acme/manifests', {}, 'gitlab'],
  ])('%s, run by %j', async (repository, environment, forge) => {
    const { connecting, logged } = connect(repository, 'glpat-x', environment, forge);
    expect(await connecting).toMatchObject({ name: 'GitLab' });
    expect(logged).toEqual([]);
  });

  test.each([
    ['glcbt-64_x', 'CI_JOB_TOKEN'],
    ['acme-glcbt-64_x', 'CI_JOB_TOKEN'],
    ['gldt-x', 'The deploy token (gldt-…)'],
  ])('nobody for the token %s, and says which token to make', async (token, name) => {
    const { connecting, logged } = connect('acme/manifests', token);
    expect(await connecting).toBeUndefined();
    expect(logged).toEqual([expect.stringMatching(/scopes api and write_repository/)]);
    expect(logged[0]).toContain(`${name} may not open merge requests. Make a project access token`);
  });

  test('nobody for the token of the job, whatever its prefix', async () => {
    const { connecting } = connect('acme/manifests', 'old-job-token', { ...GITLAB_CI, CI_JOB_TOKEN: 'old-job-token' });
    expect(await connecting).toBeUndefined();
  });
});

describe('a source is compared', () => {
  const apis: StubApi[] = [];
  afterEach(() => Promise.all(apis.splice(0).map((api) => api.close())));
  const start = async (): Promise<StubApi & { readonly url: string }> => {
    const api = await startStubApi(() => ({ status: 404, body: { message: 'no' } }));
    apis.push(api);
    return { ...api, url: api.apiUrl.replace('/api/v3', '') };
  };
  const compare = async (manifests: string, environment: Record<string, string>, more: Record<string, string>) => {
    const ci = detectCi(environment);
    const access = readAccess({ repository: manifests, token: 'glpat-x', ...more }, ci);
    const forge = await connectForge(access, ci, { log: () => undefined });
    return forge?.compare('acme/web', 'v1', 'v2');
  };

  test('on the same GitLab with the same token', async () => {
    const { url, asked } = await start();
    await compare('acme/manifests', { ...GITLAB_CI, CI_SERVER_URL: url, CI_PROJECT_URL: `${url}/acme/web` }, {});
    expect(asked.map(({ request, headers }) => [request, headers['private-token']])).toEqual(
      expect.arrayContaining([['GET /api/v4/projects/acme%2Fweb/repository/commits/v1', 'glpat-x']]),
    );
  });

  test('on a GitHub with the token of the source, and never with that of the manifests', async () => {
    const [github, gitlab] = [await start(), await start()];
    const run = { GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: github.url, GITHUB_API_URL: github.apiUrl };
    const repository = `${gitlab.url}/acme/manifests`;
    const more = { forge: 'gitlab', 'source-token': 'ghs_source' };
    expect(await compare(repository, { ...run, GITHUB_REPOSITORY: 'acme/web' }, more)).toMatchObject({
      status: 'unknown',
    });
    expect(gitlab.asked).toEqual([]);
    expect(github.asked.map(({ headers }) => headers.authorization)).toEqual(['token ghs_source']);
  });

  test.each([
    [{ CI_PROJECT_URL: 'https://code.test/acme/web' }, 'code.test is not known as GitLab'],
    [{ CI_PROJECT_URL: '' }, 'is not known'],
  ])('on no server that is no GitLab: %j', async (variables, reason) => {
    const source = await compare('acme/manifests', { ...GITLAB_CI, ...variables }, { 'source-token': 'x' });
    expect(source).toMatchObject({ status: 'unknown', reason: expect.stringContaining(reason) });
  });
});

describe('a refusal is explained', () => {
  const explain = async (
    token: string,
    cause: unknown,
    code: 'API_DENIED' | 'ACCESS_DENIED' | 'PUSH_REFUSED' = 'API_DENIED',
  ) => {
    const ci = detectCi({ ...GITLAB_CI, CI_JOB_TOKEN: 'job' });
    const repository = token === '' ? 'git@gitlab.test:acme/manifests.git' : 'acme/manifests';
    const access = readAccess({ repository, token }, ci);
    const details = { forge: 'GitLab', access: '', repository: 'acme/manifests', branch: 'release/web' };
    const more = { action: 'open a pull request', credential: 'token', reason: 'no' } as const;
    const error = {
      API_DENIED: () => failure('API_DENIED', { ...details, ...more }, cause),
      ACCESS_DENIED: () => failure('ACCESS_DENIED', { ...details, ...more, action: 'push to' }, cause),
      PUSH_REFUSED: () => failure('PUSH_REFUSED', { ...details, ...more }, cause),
    }[code]();
    return ((await explainRefusal(error, access, ci)) as ReleaseError).hint;
  };
  const answered = (status: number, data: object): RefusedAnswer => new RefusedAnswer(status, new Map(), data);
  const byGit = (stderr: string): Error =>
    Object.assign(new Error('git'), { name: 'GitError', command: 'push', stderr });

  test.each<[what: string, token: string, cause: unknown, hint: RegExp]>([
    [
      'a scope',
      'glpat-x',
      answered(403, { error: 'insufficient_scope' }),
      /^The access token .* lacks the scope api\./,
    ],
    ['a dead token', 'glpat-x', answered(401, { message: '401 Unauthorized' }), /expired, was revoked/],
    ['a project', 'glpat-x', answered(404, { message: '404 Project Not Found' }), /does not see "acme\/manifests"/],
    ['a role', 'x', answered(403, { message: '403 Forbidden' }), /^The token, whose prefix .*role Developer/],
    ['another forge', 'glptt-x', answered(401, {}), /pipeline trigger token .* is none that reads/],
  ])('by the API: %s', async (_, token, cause, hint) => {
    expect(await explain(token, cause)).toMatch(hint);
  });

  test.each<[what: string, token: string, stderr: string, hint: RegExp]>([
    ['a job', 'job', 'remote: You are not allowed to upload code.', /Allow Git push requests to the repository/],
    ['a deploy token', 'gldt-x', 'remote: HTTP Basic: Access denied.', /its own user name/],
    ['a dead token', 'glpat-x', 'remote: HTTP Basic: Access denied.', /expired, was revoked/],
    ['a role', 'glpat-x', 'remote: You are not allowed to push code to this project.', /role Developer/],
    ['a key', '', 'ERROR: This deploy key does not have write access to this project.', /Grant write permissions/],
  ])('by git: %s', async (_, token, stderr, hint) => {
    expect(await explain(token, byGit(stderr), 'ACCESS_DENIED')).toMatch(hint);
  });

  test('what is not about the token stays', async () => {
    expect(await explain('glpat-x', byGit('remote: GitLab: Commit must be signed'), 'PUSH_REFUSED')).not.toContain(
      'access token',
    );
  });
});
