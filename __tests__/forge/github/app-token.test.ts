import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { issueAppToken, revokeToken, type AppRequest } from '../../../src/forge/github/app-token.ts';
import { ServerToken } from '../../../src/forge/github/server-token.ts';
import { startStubApi, type Answer, type Asked, type StubApi } from '../stub-api.ts';

const { privateKey: KEY, publicKey: PUBLIC_KEY } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PKCS1 = KEY.export({ type: 'pkcs1', format: 'pem' }).toString();
const PKCS8 = KEY.export({ type: 'pkcs8', format: 'pem' }).toString();
const CLIENT_ID = 'Iv23liAbCdEf';
const GRANTED = { contents: 'write', pull_requests: 'write', metadata: 'read', members: 'read', workflows: 'write' };
const FIND = 'GET /repos/acme/manifests/installation';
const ISSUE = 'POST /app/installations/7/access_tokens';

let api: StubApi;
afterEach(() => api?.close());

/** Starts an API with the App installed; `faults` are answers in place of its own. */
async function start(permissions: object = GRANTED, faults: Readonly<Record<string, Answer[]>> = {}): Promise<void> {
  api = await startStubApi(({ request }) => {
    const short = request.replace('/api/v3', '');
    const fault = faults[short]?.shift();
    if (fault !== undefined) return fault;
    if (short === FIND) return { status: 200, body: { id: 7, permissions } };
    if (short === ISSUE) return { status: 201, body: { token: 'ghs_issued', expires_at: '2026-01-01T00:00:00Z' } };
    return { status: 204 };
  });
}

/** The token that is given back. */
const issued = (): ServerToken => ServerToken.restored({ apiUrl: api.apiUrl, token: 'ghs_issued' });

const issue = (request: Partial<AppRequest> = {}): Promise<ServerToken> =>
  issueAppToken({
    server: ServerToken.restored({ apiUrl: api.apiUrl, token: '' }),
    clientId: CLIENT_ID,
    privateKey: PKCS1,
    owner: 'acme',
    name: 'manifests',
    ...request,
  });

interface Claims {
  readonly iss: string;
  readonly iat: number;
  readonly exp: number;
}

/** The claims of a request's web token, whose signature must be good. */
function claimsOf({ headers }: Asked): Claims {
  const [, jwt = ''] = /^bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
  const [head = '', claims = '', signature = ''] = jwt.split('.');
  const key = createPublicKey(PUBLIC_KEY.export({ type: 'spki', format: 'pem' }));
  expect(verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Claims;
}

describe('a token of an App', () => {
  test('is asked for with one repository and two permissions', async () => {
    await start();
    expect(await issue()).toEqual(issued());
    expect(api.requests()).toEqual([FIND, ISSUE]);
    expect(api.asked[1]?.body).toEqual({
      repositories: ['manifests'],
      permissions: { contents: 'write', pull_requests: 'write' },
    });
    for (const asked of api.asked) {
      const { iss, iat, exp } = claimsOf(asked);
      expect(iss).toBe(CLIENT_ID);
      expect(exp - iat).toBeLessThanOrEqual(600);
    }
  });

  test('gets a wish only where the App has it', async () => {
    await start();
    await issue({ wishes: { members: 'read', issues: 'write' } });
    expect(api.asked[1]?.body).toMatchObject({
      permissions: { contents: 'write', pull_requests: 'write', members: 'read' },
    });
  });

  test('waits for nobody’s trouble longer than for a release', async () => {
    await start(GRANTED, { [FIND]: ['drop'], [ISSUE]: [{ status: 502, body: '' }] });
    const logged: string[] = [];
    expect(await issue({ log: (text) => logged.push(text) })).toEqual(issued());
    expect(logged).toEqual(['GitHub could not be reached; trying again', 'GitHub answered 502; trying again']);
  });

  test('is asked for by GitHub’s clock where ours is wrong', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const message =
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
    await start(GRANTED, { [FIND]: [{ status: 401, body: { message }, headers: { date } }] });
    expect(await issue()).toEqual(issued());
    expect(api.requests()).toEqual([FIND, FIND, ISSUE]);
    const [before, after] = api.asked.map(claimsOf);
    expect((after?.iat ?? 0) - (before?.iat ?? 0)).toBeGreaterThan(3500);
  });
});

test.each([
  ['PKCS#8', PKCS8],
  ['with CRLF', PKCS1.replaceAll('\n', '\r\n')],
  ['with \\n written out', PKCS1.replaceAll('\n', '\\n')],
  ['with \\r\\n written out', PKCS8.replaceAll('\n', '\\r\\n')],
  ['with spaces for its line breaks', PKCS1.trim().replaceAll('\n', ' ')],
  ['in quotes, with spaces around', `  "${PKCS1.replaceAll('\n', '\\n')}"\n\n`],
  ['indented', PKCS1.replaceAll(/^/gm, '    ')],
])('a key %s is read', async (_, privateKey) => {
  await start();
  expect(await issue({ privateKey })).toEqual(issued());
});

const ELLIPTIC = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const OPENSSH = `-----BEGIN OPENSSH PRIVATE KEY-----\n${Buffer.from('openssh-key-v1\0 and so on').toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`;
const LOCKED = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const;
const LOCKED_OLD = { ...LOCKED, type: 'pkcs1' } as const;

test.each([
  ['an empty one', '', 'it has no lines BEGIN and END'],
  ['its first line', '-----BEGIN RSA PRIVATE KEY-----', 'it has no lines BEGIN and END'],
  ['a public one', PUBLIC_KEY.export({ type: 'spki', format: 'pem' }).toString(), 'it has no lines BEGIN and END'],
  ['half of one', PKCS1.replace(/^(.{300}).*(-----END.*)$/s, '$1\n$2'), 'it is not a whole RSA key'],
  ['one of ssh', OPENSSH, 'it is not a whole RSA key'],
  ['an elliptic one', ELLIPTIC.export({ type: 'pkcs8', format: 'pem' }).toString(), 'it is not a whole RSA key'],
  ['a locked one', KEY.export(LOCKED).toString(), 'it is encrypted with a passphrase'],
  ['a locked one of the old kind', KEY.export(LOCKED_OLD).toString(), 'it is encrypted with a passphrase'],
])('%s for a key is refused without a request, and not quoted', async (_, privateKey, reason) => {
  await start();
  const error: unknown = await issue({ privateKey }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'APP_KEY_INVALID', message: expect.stringContaining(reason), cause: undefined });
  const body = privateKey.split('\n')[1]?.slice(0, 20) ?? '';
  if (body !== '') expect(JSON.stringify(error)).not.toContain(body);
  expect(api.requests()).toEqual([]);
});

test.each<[what: string, faults: Record<string, Answer[]>, permissions: object, expected: object]>([
  [
    'a wrong key',
    { [FIND]: [{ status: 401, body: { message: 'A JSON web token could not be decoded' } }] },
    GRANTED,
    { code: 'APP_REFUSED', message: expect.stringContaining('A JSON web token could not be decoded') },
  ],
  [
    'a wrong client id',
    { [FIND]: [{ status: 404, body: { message: 'Integration not found' } }] },
    GRANTED,
    { code: 'APP_REFUSED', hint: expect.stringContaining('app-client-id') },
  ],
  [
    'an App that is not installed there',
    { [FIND]: [{ status: 404, body: { message: 'Not Found' } }] },
    GRANTED,
    { code: 'APP_NOT_INSTALLED', message: 'The GitHub App is not installed on "acme/manifests".' },
  ],
  [
    'a suspended installation',
    { [ISSUE]: [{ status: 403, body: { message: 'This installation has been suspended' } }] },
    GRANTED,
    { code: 'APP_REFUSED', message: expect.stringContaining('This installation has been suspended') },
  ],
  [
    'an App without a permission',
    {},
    { contents: 'read', metadata: 'read' },
    {
      code: 'APP_PERMISSION_MISSING',
      message: 'The GitHub App lacks on "acme/manifests" the permissions: Contents: write, Pull requests: write.',
    },
  ],
  [
    'a rate limit',
    { [FIND]: [{ status: 403, body: { message: 'secondary rate limit' }, headers: { 'retry-after': '900' } }] },
    GRANTED,
    { code: 'RATE_LIMITED', blame: 'again' },
  ],
])('%s is logged by its name', async (_, faults, permissions, expected) => {
  await start(permissions, faults);
  await expect(issue()).rejects.toMatchObject(expected);
  expect(api.requests()).toEqual(faults[ISSUE] ? [FIND, ISSUE] : [FIND]);
});

describe('giving a token back', () => {
  test('is one request with that token', async () => {
    await start();
    expect(await revokeToken(issued())).toBeUndefined();
    expect(api.requests()).toEqual(['DELETE /installation/token']);
    expect(api.asked[0]?.headers.authorization).toBe('token ghs_issued');
  });

  test.each<[Answer, string | undefined]>([
    [{ status: 401, body: { message: 'Bad credentials' } }, undefined],
    [{ status: 403, body: { message: 'No' } }, 'No'],
    [{ status: 500, body: { message: 'Trouble' } }, 'Trouble'],
  ])('that is answered with %j never throws', async (answer, reason) => {
    await start(GRANTED, { 'DELETE /installation/token': [answer] });
    expect(await revokeToken(issued())).toBe(reason);
    expect(api.requests()).toHaveLength(1);
  });

  test('to a server that is gone never throws', async () => {
    await start();
    await api.close();
    expect(await revokeToken(issued())).toEqual(expect.any(String));
  });
});
