import { afterEach, describe, expect, test } from 'vitest';
import { createClient, createHastyClient, isAnswer, type Client } from '../../../src/forge/github/client.ts';
import type { Limits } from '../../../src/forge/http/client.ts';
import { restBy } from '../../../src/forge/github/rest.ts';
import { ServerToken } from '../../../src/forge/github/server-token.ts';
import { startStubApi, type Answer, type StubApi } from '../stub-api.ts';

let api: StubApi;
afterEach(() => api.close());

interface Observed {
  readonly client: Client;
  readonly logged: string[];
  readonly seen: string[];
}

/** A client whose first requests are answered so, and all further ones well. */
async function client(...answers: Answer[]): Promise<Observed> {
  return limited(undefined, ...answers);
}

/** The same with limits of its own. */
async function limited(limits: Partial<Limits> | undefined, ...answers: Answer[]): Promise<Observed> {
  const waiting = [...answers];
  api = await startStubApi(() => waiting.shift() ?? { status: 200, body: { data: { ok: true }, full_name: 'a/b' } });
  const [logged, seen]: [string[], string[]] = [[], []];
  const observers = { log: (text: string) => logged.push(text), debug: (text: string) => seen.push(text) };
  return { client: createClient(server('ghs_x'), { ...observers, ...(limits && { limits }) }), logged, seen };
}

const server = (token: string): ServerToken => ServerToken.restored({ apiUrl: api.apiUrl, token });
const get = async (one: Client) => (await restBy(one)).repos.get({ owner: 'a', repo: 'b' });
const query = (one: Client) => one.graphql<{ ok: boolean }>('query { ok }');
const now = (): string => String(Math.floor(Date.now() / 1000));

test.each<[what: string, answer: Answer, logged: string]>([
  ['an error of the server', { status: 502, body: '<html>' }, 'GitHub answered 502; trying again'],
  ['a connection that is lost', 'drop', 'GitHub could not be reached; trying again'],
  ['an answer that is cut short', 'cut', 'GitHub could not be reached; trying again'],
  ['a page in place of JSON', { status: 200, body: '<html>Log in' }, 'GitHub could not be reached; trying again'],
  [
    'a secondary rate limit',
    { status: 403, body: { message: 'You have exceeded a secondary rate limit.' }, headers: { 'retry-after': '1' } },
    'GitHub asked to wait 1 s (secondary rate limit)',
  ],
])('%s is tried again, of REST and of GraphQL, and logged', async (_, answer, telling) => {
  const { client: one, logged } = await client(answer, { status: 200, body: { full_name: 'a/b' } }, answer);
  expect((await get(one)).data.full_name).toBe('a/b');
  expect(await query(one)).toEqual({ ok: true });
  expect(api.requests()).toEqual(['GET /repos/a/b', 'GET /repos/a/b', 'POST /api/graphql', 'POST /api/graphql']);
  expect(logged).toEqual([telling]);
});

test('a primary rate limit of GraphQL, which is an answer of status 200, is waited for on Enterprise Server too', async () => {
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': now() };
  const errors = [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }];
  const { client: one, logged } = await client({ status: 200, body: { errors }, headers });
  expect(await query(one)).toEqual({ ok: true });
  expect(logged).toEqual([expect.stringMatching(/^GitHub asked to wait [01] s \(primary rate limit\)$/)]);
});

test.each([400, 401, 403, 404, 405, 409, 422, 429])('%d is an answer and not asked for again', async (status) => {
  const { client: one, logged } = await client({ status, body: { message: 'No' } });
  const error: unknown = await get(one).catch((thrown: unknown) => thrown);
  expect([(error as { status: number }).status, isAnswer(error)]).toEqual([status, status !== 429]);
  expect([api.requests(), logged]).toEqual([['GET /repos/a/b'], []]);
});

test('GraphQL’s errors are answers', async () => {
  const errors = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }];
  const { client: one } = await client({ status: 200, body: { data: null, errors } });
  expect(isAnswer(await query(one).catch((thrown: unknown) => thrown))).toBe(true);
});

test('a rate limit that asks for too long is thrown, and is no answer', async () => {
  const body = { message: 'You have exceeded a secondary rate limit.' };
  const { client: one, logged } = await client({ status: 403, body, headers: { 'retry-after': '61' } });
  expect(isAnswer(await get(one).catch((thrown: unknown) => thrown))).toBe(false);
  expect([api.requests(), logged]).toEqual([['GET /repos/a/b'], []]);
});

test('a server that stays broken is given up after four tries, logged once', async () => {
  const { client: one, logged } = await client(...Array<Answer>(9).fill({ status: 500, body: { message: 'No' } }));
  const error: unknown = await get(one).catch((thrown: unknown) => thrown);
  expect([(error as { status: number }).status, isAnswer(error)]).toEqual([500, false]);
  expect([api.requests().length, logged]).toEqual([4, ['GitHub answered 500; trying again']]);
}, 20_000);

test('the token goes along, and nobody’s is none', async () => {
  const { client: one } = await client();
  await get(one);
  await get(createClient(server('')));
  expect(api.asked.map(({ headers }) => headers.authorization)).toEqual(['token ghs_x', undefined]);
});

test('a hasty client asks once', async () => {
  await client({ status: 500, body: { message: 'No' } });
  await expect(get(createHastyClient(server('ghs_x'), 5000))).rejects.toMatchObject({ status: 500 });
  expect(api.requests()).toEqual(['GET /repos/a/b']);
});

test('a hasty client does not wait for ever', async () => {
  await client('silent');
  await expect(get(createHastyClient(server('ghs_x'), 50))).rejects.toMatchObject({ status: 500 });
});

describe.each(['silent', 'trickle'] as const)('a server that is %s', (answer) => {
  test('is asked again', async () => {
    const { client: one, logged, seen } = await limited({ request: 200, call: 60_000 }, answer);
    expect((await get(one)).data.full_name).toBe('a/b');
    expect(logged).toEqual(['GitHub did not answer within 0.2 s; trying again']);
    expect(seen.map(withoutTime)).toEqual([
      'GET /api/v3/repos/a/b failed: there was no complete answer within 0.2 s',
      'GET /api/v3/repos/a/b 200',
    ]);
  });

  test('is given up when the call has taken its time, and is asked nothing more', async () => {
    const { client: one, logged } = await limited({ request: 60_000, call: 1000 }, ...Array<Answer>(9).fill(answer));
    for (const ask of [get, query]) {
      const error: unknown = await ask(one).catch((thrown: unknown) => thrown);
      expect([String(error), isAnswer(error)]).toEqual(['Error: there was no result within 1 s', false]);
    }
    expect(api.requests()).toEqual(['GET /repos/a/b', 'POST /api/graphql']);
    expect(logged).toEqual([]);
  });
});

test('each request is observed with method, path, status and milliseconds, and without its query', async () => {
  const { client: one, seen } = await client({ status: 502, body: '<html>' });
  await one.request('GET /repos/a/b', { secret: 'x' });
  await query(one);
  await one.request('GET /repos/a/c');
  expect(api.requests()[0]).toBe('GET /repos/a/b?secret=x');
  expect(seen).toEqual(seen.filter((text) => / \(\d+ ms\)$/.test(text)));
  expect(seen.map(withoutTime)).toEqual([
    'GET /api/v3/repos/a/b 502',
    'GET /api/v3/repos/a/b 200',
    'POST /api/graphql 200',
    'GET /api/v3/repos/a/c 200',
  ]);
});

function withoutTime(text: string): string {
  return text.replace(/ \(\d+ ms\)$/, '');
}
