/** The client of all forges with a REST API in JSON: what it sends, what it waits for, and what it never believes. */
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { asFailure, ApiRepository } from '../../../src/forge/http/api-repository.ts';
import { path } from '../../../src/forge/http/address.ts';
import { JsonClient, type ApiServer, type Limits } from '../../../src/forge/http/client.ts';
import { startStubApi, type Answer, type Asked, type StubApi } from '../stub-api.ts';

const apis: StubApi[] = [];
afterEach(() => Promise.all(apis.splice(0).map((api) => api.close())));

const NAMED = z.object({ name: z.string() });
const JSON_TYPE = { 'content-type': 'application/json' };

/** An API that gives these answers in turn, and the last one from then on. */
async function start(...answers: (Answer | ((asked: Asked) => Answer))[]): Promise<StubApi> {
  let next = 0;
  const api = await startStubApi((asked) => {
    const answer = answers[Math.min(next, answers.length - 1)];
    next += 1;
    return typeof answer === 'function' ? answer(asked) : answer;
  });
  apis.push(api);
  return api;
}

const logged: string[] = [];
afterEach(() => void logged.splice(0));

function connect(api: StubApi, server: Partial<ApiServer> = {}, limits: Partial<Limits> = {}): JsonClient {
  const headers = { 'private-token': 'glpat-x' };
  const known = { name: 'GitLab', apiUrl: api.apiUrl, headers, access: 'Make a better token.' };
  return new JsonClient(
    { ...known, ...server },
    { log: (text) => logged.push(text), limits: { retry: 1, patience: [1, 1], ...limits } },
  );
}

const repositoryOf = (client: JsonClient): ApiRepository => new ApiRepository(client, 'group/sub/project');
const list = (client: JsonClient) =>
  repositoryOf(client).call('list pull requests', () => client.list(z.array(NAMED), '/things', { per_page: 2 }));

describe('sends', () => {
  test('a path whose parts are encoded, a query, a body and the headers of the server', async () => {
    const api = await start({ status: 201, body: { name: 'x', other: 1 } });
    const client = connect(api);
    expect(await client.send(NAMED, 'POST', path`/projects/${'a/b c'}/x`, { title: 'ä' })).toEqual({ name: 'x' });
    await client.get(NAMED, '/q', { state: 'open', none: undefined, all: true, in: ['a', 'b'] });
    expect(api.requests()).toEqual(['POST /projects/a%2Fb%20c/x', 'GET /q?state=open&all=true&in=a&in=b']);
    expect(api.asked[0]).toMatchObject({
      headers: { 'private-token': 'glpat-x', 'content-type': 'application/json', 'user-agent': 'manifest-release-pr' },
      body: { title: 'ä' },
    });
    expect(api.asked[1]?.headers['content-type']).toBeUndefined();
  });

  test('what has an empty answer', async () => {
    const api = await start({ status: 204 }, { status: 200, body: '' });
    expect(await connect(api).send(z.unknown(), 'DELETE', '/x')).toBeUndefined();
    expect(await connect(api).send(z.unknown(), 'POST', '/x')).toBeUndefined();
  });
});

describe('what has an ETag', () => {
  const named = (name: string, etag: string): Answer => ({ status: 200, body: { name }, headers: { etag } });
  const conditions = (api: StubApi) => api.asked.map(({ headers }) => headers['if-none-match']);

  test('is not sent again while it is the same, and is seen when it has changed', async () => {
    const api = await start(named('a', 'W/"1"'), { status: 304 }, named('b', 'W/"2"'), { status: 304 });
    const client = connect(api);
    const read = [];
    for (const _ of [1, 2, 3, 4]) read.push(await client.get(NAMED, '/x'));
    expect(read).toEqual(['a', 'a', 'b', 'b'].map((name) => ({ name })));
    expect(conditions(api)).toEqual([undefined, 'W/"1"', 'W/"1"', 'W/"2"']);
  });

  test('is asked for by its address alone, and by no other client', async () => {
    const api = await start(named('a', '"1"'));
    const client = connect(api);
    await client.get(NAMED, '/x');
    await client.get(NAMED, '/x', { page: 2 });
    await client.send(NAMED, 'POST', '/x');
    await connect(api).get(NAMED, '/x');
    expect(conditions(api)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('is asked for anew where a later answer has none', async () => {
    const api = await start(named('a', '"1"'), { status: 200, body: { name: 'b' } }, named('c', '"3"'));
    const client = connect(api);
    for (const _ of [1, 2, 3]) await client.get(NAMED, '/x');
    expect(conditions(api)).toEqual([undefined, '"1"', undefined]);
  });

  test('is kept within a limit', async () => {
    const large = 'a'.repeat(7 * 2 ** 20);
    const api = await start(named(large, '"1"'));
    const client = connect(api);
    for (const at of ['/1', '/2', '/3', '/3', '/1']) await client.get(NAMED, at);
    expect(conditions(api)).toEqual([undefined, undefined, undefined, '"1"', undefined]);
  });

  test('that was not asked for is a refusal', async () => {
    const client = connect(await start({ status: 304 }));
    const read = repositoryOf(client).call('read the statuses', () => client.get(NAMED, '/x'));
    await expect(read).rejects.toMatchObject({ code: 'API_DENIED', message: expect.stringContaining('status 304') });
  });
});

describe('a list', () => {
  const link = (api: () => StubApi, to: string) => ({ link: `<${api().apiUrl}${to}>; rel="next", <x>; rel="first"` });

  test('is read page by page, as the header Link says', async () => {
    let api: StubApi;
    const page = (name: string, to: string) => () =>
      ({ status: 200, body: [{ name }], headers: to === '' ? {} : link(() => api, to) }) as const;
    api = await start(page('a', '/things?page=2'), page('b', '/things?page=3'), page('c', ''));
    expect(await list(connect(api))).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
    expect(api.requests()).toEqual(['GET /things?per_page=2', 'GET /things?page=2', 'GET /things?page=3']);
  });

  test('is read whatever a page has', async () => {
    const things = Array.from({ length: 200_000 }, () => ({ name: 'a' }));
    expect(await list(connect(await start({ status: 200, body: things })))).toHaveLength(200_000);
  });

  test('is read no further than is asked for', async () => {
    const api = await start(() => ({
      status: 200,
      body: [{ name: 'a' }, { name: 'b' }],
      headers: link(() => api, '/2'),
    }));
    expect(await connect(api).list(z.array(NAMED), '/things', {}, 1)).toEqual([{ name: 'a' }]);
    expect(api.requests()).toHaveLength(1);
  });

  test('without end is no list', async () => {
    const api = await start(() => ({ status: 200, body: [], headers: link(() => api, '/things?page=1') }));
    await expect(list(connect(api))).rejects.toMatchObject({
      code: 'ANSWER_UNREADABLE',
      message: expect.stringContaining('the list has no end after 2 pages'),
    });
  });

  test('that goes on elsewhere is not followed, and the token is not sent there', async () => {
    const other = await start({ status: 200, body: [] });
    const api = await start(() => ({ status: 200, body: [], headers: link(() => other, '/things') }));
    await expect(list(connect(api))).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' });
    expect(other.asked).toEqual([]);
  });
});

describe('trouble that passes is waited out', () => {
  const good = { status: 200, body: { name: 'x' } } as const;

  test.each<[what: string, answer: Answer, told: string]>([
    ['500', { status: 500, body: { message: 'x' } }, 'GitLab answered 500; trying again'],
    ['a page of a proxy with 502', { status: 502, body: '<html>' }, 'GitLab answered 502; trying again'],
    ['a lost connection', 'drop', 'GitLab could not be reached; trying again'],
    ['a connection lost within the answer', 'cut', 'GitLab could not be reached; trying again'],
    ['no answer', 'silent', 'GitLab did not answer within 0.2 s; trying again'],
    ['an answer without end', 'trickle', 'GitLab did not answer within 0.2 s; trying again'],
    ['an answer that is no JSON', { status: 200, body: '<html>' }, 'GitLab could not be reached; trying again'],
    ['429 without a time', { status: 429, body: { message: 'x' } }, ''],
  ])('%s', async (_, answer, told) => {
    const api = await start(answer, answer, answer, good);
    expect(await connect(api, {}, { request: 200 }).get(NAMED, '/x')).toEqual({ name: 'x' });
    expect(api.asked).toHaveLength(4);
    expect(logged).toEqual(told === '' ? [] : [told]);
  });

  test.each<[what: string, status: number, headers: Record<string, string>]>([
    ['Retry-After in seconds', 429, { 'retry-after': '1' }],
    ['Retry-After with a date', 429, { 'retry-after': new Date(Date.now() + 1000).toUTCString() }],
    ['RateLimit-Reset since 1970', 429, { 'ratelimit-reset': String(Math.floor(Date.now() / 1000) + 1) }],
    ['RateLimit-Reset from now', 429, { 'ratelimit-remaining': '0', 'ratelimit-reset': '1' }],
    ['403 that is a rate limit', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }],
  ])('a rate limit as long as the server asks: %s', async (_, status, headers) => {
    const api = await start({ status, headers, body: { message: 'Too many' } }, good);
    expect(await connect(api).get(NAMED, '/x')).toEqual({ name: 'x' });
    expect(logged).toEqual([expect.stringMatching(/^GitLab asked to wait [012] s \(rate limit\)$/)]);
    expect(api.asked).toHaveLength(2);
  });

  test('what the server does not know yet is asked for again, and believed once the delays are over', async () => {
    const notYet = [[/^PUT .*\/merge$/, /^405 try again/i]] as const;
    const merge = (client: JsonClient) => client.send(NAMED, 'PUT', '/1/merge', {});
    const later = { status: 405, body: { message: 'Try again later' } };
    const api = await start(later, later, good);
    expect(await merge(connect(api, { notYet }))).toEqual({ name: 'x' });
    expect(logged).toEqual(['GitLab is not up to date yet (Try again later); trying again']);
    const never = await start(later);
    const client = connect(never, { notYet });
    for (const requests of [3, 4]) {
      await expect(merge(client)).rejects.toMatchObject({ name: 'RefusedAnswer', status: 405 });
      expect(never.asked).toHaveLength(requests);
    }
  });
});

describe('an answer that stays is', () => {
  test.each<[what: string, answer: Answer, requests: number, failed: object]>([
    [
      'a rate limit that asks for too long',
      { status: 429, headers: { 'retry-after': '3600' } },
      1,
      { code: 'RATE_LIMITED', retryAfter: 3600 },
    ],
    ['429 without a time', { status: 429 }, 4, { code: 'RATE_LIMITED', blame: 'again', retryAfter: undefined }],
    ['503', { status: 503, body: { message: 'maintenance' } }, 4, { code: 'SERVER_FAILED' }],
    ['a lost connection', 'drop', 4, { code: 'NETWORK' }],
    ['HTML', { status: 200, body: '<!doctype html>' }, 4, { code: 'ANSWER_UNREADABLE' }],
    ['HTML with 404', { status: 404, body: '<!doctype html>' }, 1, { code: 'ANSWER_UNREADABLE' }],
    ['JSON of another kind', { status: 200, body: { things: [] } }, 1, { code: 'ANSWER_UNREADABLE' }],
    ['nothing', { status: 200, body: '', headers: JSON_TYPE }, 1, { code: 'ANSWER_UNREADABLE' }],
    [
      'too long',
      { status: 200, body: gzipSync(' '.repeat(80 * 2 ** 20)), headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } },
      1,
      { code: 'ANSWER_UNREADABLE', message: expect.stringContaining('more than 64 MiB') },
    ],
    ['401', { status: 401, body: { message: '401 Unauthorized' } }, 1, { code: 'API_DENIED', blame: 'yours' }],
    [
      '403',
      { status: 403, body: { error: 'insufficient_scope', error_description: 'The request needs more.' } },
      1,
      {
        code: 'API_DENIED',
        message:
          'GitLab refused to list pull requests in "group/sub/project": The request needs more.; insufficient_scope.',
        hint: expect.stringMatching(/Make a better token\.$/),
      },
    ],
    [
      '422 with fields',
      { status: 422, body: { message: { title: ['is too long', 'is odd'], base: ['No'] } } },
      1,
      { code: 'API_DENIED', message: expect.stringContaining(': title is too long; is odd; No.') },
    ],
    [
      '400 with words too deep for any server',
      { status: 400, body: Buffer.from(`${'['.repeat(100_000)}"No"${']'.repeat(100_000)}`) },
      1,
      { code: 'API_DENIED', message: expect.stringContaining('status 400 without a message') },
    ],
    ['404 without a word', { status: 404 }, 1, { code: 'API_DENIED', message: expect.stringContaining('status 404') }],
  ])('%s', { timeout: 60_000 }, async (_, answer, requests, failed) => {
    const api = await start(answer);
    await expect(list(connect(api))).rejects.toMatchObject(failed);
    expect(api.asked).toHaveLength(requests);
  });
});

describe('a redirect', () => {
  test('on the same server is followed', async () => {
    const api = await start(
      { status: 301, headers: { location: '/api/v3/new' } },
      { status: 200, body: { name: 'x' } },
    );
    expect(await connect(api).get(NAMED, '/old')).toEqual({ name: 'x' });
    expect(api.requests()).toEqual(['GET /old', 'GET /new']);
  });

  test.each([
    ['to another server', 307, 'GET'],
    ['of a request that writes', 302, 'POST'],
  ] as const)('%s sends nothing there', async (_, status, method) => {
    const other = await start({ status: 200, body: { name: 'x' } });
    const api = await start({ status, headers: { location: method === 'GET' ? other.apiUrl : '/api/v3/other' } });
    const client = connect(api);
    const asked = method === 'GET' ? client.get(NAMED, '/x') : client.send(NAMED, method, '/x', {});
    await expect(asked).rejects.toMatchObject({ name: 'UnreadableAnswer' });
    expect([other.asked.length, api.asked.length]).toEqual([0, 1]);
  });
});

test('a call ends, however long its requests wait', async () => {
  const api = await start('silent');
  const asked = connect(api, {}, { call: 300, request: 200 }).get(NAMED, '/x');
  const failed = await asked.catch((error: unknown) => asFailure('read a thing', error));
  expect(failed).toMatchObject({ code: 'NETWORK', message: expect.stringContaining('no result within 0.3 s') });
});
