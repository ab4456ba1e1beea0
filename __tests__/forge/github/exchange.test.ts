/** Answers that are not GitHub's, or not whole: each ends in the error that names it, and none is believed. */
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { Forge } from '../../../src/forge/forge.ts';
import { gitHub } from '../../../src/forge/github/github.ts';
import { ServerToken } from '../../../src/forge/github/server-token.ts';
import { startStubApi, type Answer, type Asked, type StubApi } from '../stub-api.ts';

const apis: StubApi[] = [];
afterEach(() => Promise.all(apis.splice(0).map((api) => api.close())));

async function start(answer: (asked: Asked) => Answer | undefined): Promise<StubApi> {
  const api = await startStubApi(answer);
  apis.push(api);
  return api;
}

function forge({ apiUrl }: StubApi): Forge {
  const server = ServerToken.restored({ apiUrl, token: 'ghs_x' });
  return gitHub({ manifests: server, source: server, owner: 'acme', repo: 'manifests', limits: { retry: 1 } });
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const page = (nodes: unknown, pageInfo: object = { hasNextPage: false, endCursor: null }): Answer => ({
  status: 200,
  body: { data: { repository: { id: 'R_1', isPrivate: true, open: { nodes, pageInfo }, merged: { nodes: [] } } } },
});
const PULL_REQUEST = {
  node_id: 'PR_1',
  number: 1,
  html_url: 'https://github.com/acme/manifests/pull/1',
  title: 'Release web',
  body: null,
  state: 'open',
  labels: [],
  head: { ref: 'release/web', sha: 'a'.repeat(40) },
};

describe('an answer that is', () => {
  test.each<[what: string, answer: Answer, reason: string]>([
    ['a web page', { status: 200, body: '<!DOCTYPE html><title>Log in</title>' }, 'it is a web page'],
    ['a web page that refuses', { status: 404, body: '<html>' }, 'it is a web page, with status 404'],
    ['a text', { status: 200, body: 'OK', headers: { 'content-type': 'text/plain' } }, 'it is not JSON'],
    ['empty', { status: 200, body: '', headers: JSON_TYPE }, 'it is empty'],
    [
      'a refusal without JSON’s end',
      { status: 422, body: '{"mess', headers: JSON_TYPE },
      'cut short or damaged, with status 422',
    ],
    ['cut short', { status: 200, body: '{"data":{"repository":', headers: JSON_TYPE }, 'cut short or damaged'],
    ['null', { status: 200, body: 'null', headers: JSON_TYPE }, 'it is not the JSON that was asked for'],
    ['a number', { status: 200, body: '7', headers: JSON_TYPE }, 'it is not the JSON that was asked for'],
    ['a list', { status: 200, body: [] }, 'it'],
    ['an empty object', { status: 200, body: {} }, 'it'],
    [
      'a bomb',
      { status: 200, body: gzipSync(' '.repeat(80 * 2 ** 20)), headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } },
      'it has more than 64 MiB',
    ],
    [
      'a redirect to nowhere',
      { status: 307, headers: { location: 'http://' } },
      'redirects to an address that is not valid',
    ],
  ])('%s', { timeout: 60_000 }, async (_, answer, reason) => {
    const api = await start(() => answer);
    const calls = [
      ['list pull requests', forge(api).find(['release/web'], 'main')],
      ['update the pull request', forge(api).update(1, { title: 'x' })],
      ['compare two commits', forge(api).compare('acme/web', 'v1', 'v2')],
    ] as const;
    const expected = calls.map(([action, call]) =>
      expect(call, action).rejects.toMatchObject({
        code: 'ANSWER_UNREADABLE',
        blame: 'again',
        message: expect.stringMatching(
          new RegExp(`^Could not ${action} .*: the answer was not one of that server: .*${reason}`),
        ),
      }),
    );
    await Promise.all(expected);
  });

  test.each<[what: string, body: object, reason: string]>([
    ['no data', { data: null }, 'it has neither data nor errors, as GraphQL has'],
    ['errors that are none', { data: null, errors: 'x' }, 'it has neither data nor errors, as GraphQL has'],
    ['an empty list of errors', { errors: [] }, 'it has neither data nor errors, as GraphQL has'],
    ['no repository', { data: { repository: null } }, 'its field repository is null'],
    [
      'no list',
      { data: { repository: { id: 'R_1', isPrivate: true, open: {}, merged: { nodes: [] } } } },
      'its field repository.open.nodes is missing',
    ],
    ['half of the lists', { data: { repository: { open: { nodes: [], pageInfo: {} } } } }, 'its field repository.'],
    [
      'a pull request that is none',
      {
        data: {
          repository: {
            open: { nodes: [null], pageInfo: { hasNextPage: false, endCursor: null } },
            id: 'R_1',
            isPrivate: true,
            merged: { nodes: [] },
          },
        },
      },
      'its field repository.open.nodes.0 is null',
    ],
  ])('GraphQL’s, with %s', { timeout: 30_000 }, async (_, body, reason) => {
    const api = await start(() => ({ status: 200, body }));
    await expect(forge(api).find([], 'main')).rejects.toMatchObject({
      code: 'ANSWER_UNREADABLE',
      message: expect.stringContaining(reason),
    });
  });

  test.each(Object.keys(PULL_REQUEST).filter((field) => field !== 'body'))(
    'a pull request without %s',
    async (field) => {
      const api = await start(() => ({ status: 200, body: { ...PULL_REQUEST, [field]: undefined } }));
      await expect(forge(api).update(1, { title: 'x' })).rejects.toMatchObject({
        code: 'ANSWER_UNREADABLE',
        message: expect.stringContaining(`its field ${field} is missing`),
      });
    },
  );

  test('errors of another form than GitHub’s are told as they are', async () => {
    const api = await start(() => ({ status: 422, body: { message: 7, errors: [null, 7, { field: [] }, 'No'] } }));
    await expect(forge(api).update(1, { title: 'x' })).rejects.toMatchObject({ code: 'API_DENIED' });
  });
});

describe('a list that does not end', () => {
  test.each<[what: string, cursor: (request: number) => string | null, requests: number]>([
    ['with one cursor for ever', () => 'same', 2],
    ['with two that alternate', (request) => `cursor${request % 2}`, 3],
    ['with none', () => null, 1],
    ['with ever new ones', (request) => `cursor${request}`, 200],
  ])('%s', async (_, cursor, requests) => {
    const api = await start(() => page([], { hasNextPage: true, endCursor: cursor(api.asked.length) }));
    await expect(forge(api).find([], 'main')).rejects.toMatchObject({
      code: 'ANSWER_UNREADABLE',
      message: expect.stringContaining(`the list of open pull requests has no end after ${requests} page`),
    });
    expect(api.asked).toHaveLength(requests);
  });
});

describe('a redirect', () => {
  const moved = (status: number, location: string) => ({ status, headers: { location }, body: { message: 'Moved' } });
  const bodies = (api: StubApi): unknown[] => api.asked.map(({ body }) => body);

  test.each([307, 308])('of a write with status %d, on one server: the same request goes there', async (status) => {
    const api = await start(({ request }) =>
      request.includes('/repos/')
        ? moved(status, '/api/v3/repositories/7/pulls/1')
        : { status: 200, body: PULL_REQUEST },
    );
    expect(await forge(api).update(1, { title: 'x' })).toMatchObject({ number: 1 });
    expect(api.requests()).toEqual(['PATCH /repos/acme/manifests/pulls/1', 'PATCH /repositories/7/pulls/1']);
    expect(bodies(api)).toEqual([{ title: 'x' }, { title: 'x' }]);
    expect(api.asked.map(({ headers }) => headers.authorization)).toEqual(['token ghs_x', 'token ghs_x']);
  });

  test.each([301, 302, 303])('of a write with status %d is not made a request that reads', async (status) => {
    const api = await start(() => moved(status, '/api/v3/repositories/7/pulls'));
    await expect(forge(api).update(1, { title: 'x' })).rejects.toMatchObject({
      code: 'ANSWER_UNREADABLE',
      message: expect.stringContaining(`redirects a PATCH with status ${status}`),
    });
    expect(api.asked).toHaveLength(1);
  });

  test.each([301, 302, 307, 308])('of a reading with status %d, on one server, is followed', async (status) => {
    const comparison = {
      status: 'ahead',
      total_commits: 0,
      html_url: 'x',
      base_commit: { commit: { committer: null } },
      commits: [],
    };
    const api = await start(({ request }) =>
      request.includes('/repos/') ? moved(status, '/api/v3/repositories/7/compare') : { status: 200, body: comparison },
    );
    expect(await forge(api).compare('acme/web', 'v1', 'v2')).toMatchObject({ status: 'ahead' });
    expect(api.asked).toHaveLength(2);
  });

  test('to itself ends', async () => {
    const api = await start(({ request }) => moved(307, request.replace('GET ', '')));
    await expect(forge(api).compare('acme/web', 'v1', 'v2')).rejects.toMatchObject({
      code: 'ANSWER_UNREADABLE',
      message: expect.stringContaining('redirects without end'),
    });
    expect(api.asked).toHaveLength(6);
  });

  test.each([301, 302, 303, 307, 308])(
    'to another server with status %d: nothing goes there, and both are named',
    async (status) => {
      const other = await start(() => page([]));
      const location = other.apiUrl;
      const api = await start(() => moved(status, `${location}/graphql`));
      const [from, to] = [api, other].map(({ apiUrl }) => new URL(apiUrl).host);
      const calls = [
        forge(api).find([], 'main'),
        forge(api).update(1, { title: 'x' }),
        forge(api).compare('acme/web', 'v1', 'v2'),
      ];
      const message = expect.stringContaining(`${from} redirects to ${to}, another server`) as string;
      const expected = { code: 'ANSWER_UNREADABLE', message };
      await Promise.all(calls.map((call) => expect(call).rejects.toMatchObject(expected)));
      expect(other.asked).toEqual([]);
      expect(api.asked).toHaveLength(3);
    },
  );
});
