import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { App } from '../../sandbox/sandbox.ts';
import { eachWithVisitor, type ApiAnswer } from './visitor.ts';

const visitor = eachWithVisitor();
const APP = { repositories: ['acme/manifests', 'acme/web'] };
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKey = other.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** What an App signs to say who it is. */
function jwt(
  { clientId, privateKey }: Pick<App, 'clientId' | 'privateKey'>,
  claims: object = {},
  alg = 'RS256',
): string {
  const now = Math.floor(Date.now() / 1000);
  const [header, payload] = [
    { alg, typ: 'JWT' },
    { iss: clientId, iat: now - 30, exp: now + 570, ...claims },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  return `${header}.${payload}.${sign('RSA-SHA256', Buffer.from(`${header}.${payload}`), privateKey).toString('base64url')}`;
}

async function createApp(permissions?: Record<string, 'read' | 'write'>): Promise<App> {
  const { sandbox } = visitor();
  await sandbox.createRepository('acme/web', { 'main.go': 'v1' });
  return sandbox.createApp({ ...APP, ...(permissions && { permissions }) });
}

async function issue(app: App, fields: object, token = jwt(app)): Promise<ApiAnswer> {
  return await visitor().ask('POST', `/app/installations/${app.installation}/access_tokens`, fields, token);
}

function tokenOf({ body }: ApiAnswer): string {
  return (body as { token: string }).token;
}

describe('the installation of an App', () => {
  test('is found by a repository', async () => {
    const app = await createApp();
    const { status, body } = await visitor().ask('GET', '/repos/acme/manifests/installation', undefined, jwt(app));
    expect([status, body]).toMatchObject([
      200,
      { id: app.installation, app_id: app.id, app_slug: app.slug, account: { login: 'acme' } },
    ]);
  });

  test('is found with the number of the App in place of its client id', async () => {
    const app = await createApp();
    for (const iss of [app.id, String(app.id)]) {
      const token = jwt(app, { iss });
      expect((await visitor().ask('GET', '/repos/acme/web/installation', undefined, token)).status).toBe(200);
    }
  });

  test('is not there for another repository', async () => {
    const app = await createApp();
    await visitor().sandbox.createRepository('acme/other', {});
    expect((await visitor().ask('GET', '/repos/acme/other/installation', undefined, jwt(app))).status).toBe(404);
    expect((await visitor().ask('GET', '/repos/acme/none/installation', undefined, jwt(app))).status).toBe(404);
  });
});

describe('a token of an installation', () => {
  test('may do what was asked for, in the repositories asked for', async () => {
    const { ask } = visitor();
    const app = await createApp();
    const wanted = { repositories: ['manifests'], permissions: { contents: 'read', pull_requests: 'write' } };
    const issued = await issue(app, wanted);
    expect([issued.status, issued.body]).toMatchObject([
      201,
      { token: expect.stringMatching(/^ghs_/), permissions: { contents: 'read', pull_requests: 'write' } },
    ]);
    const token = tokenOf(issued);
    const opening = { title: 'Release web', head: 'release/web', base: 'main' };
    expect((await ask('POST', '/repos/acme/manifests/pulls', opening, token)).body).toMatchObject({
      user: { login: `${app.slug}[bot]`, type: 'Bot' },
    });
    expect((await ask('GET', '/repos/acme/web', undefined, token)).status).toBe(404);
    expect((await ask('PUT', '/repos/acme/manifests/pulls/1/merge', {}, token)).status).toBe(403);
    expect(app.tokens).toMatchObject([{ token, repositories: ['acme/manifests'], revoked: false }]);
  });

  test('may do all that the App may when nothing is asked for', async () => {
    const app = await createApp({ contents: 'write' });
    const { body } = await issue(app, {});
    expect(body).toMatchObject({ permissions: { contents: 'write', metadata: 'read' } });
    expect(app.tokens).toMatchObject([{ repositories: APP.repositories }]);
  });

  test.each([
    [{ permissions: { pull_requests: 'write' } }, 'The permissions requested are not granted to this installation.'],
    [{ permissions: { contents: 'write' } }, 'The permissions requested are not granted to this installation.'],
    [
      { repositories: ['manifests', 'none'] },
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    ],
  ])('is not given for more than was granted: %o', async (fields, message) => {
    const app = await createApp({ contents: 'read' });
    expect(await issue(app, fields)).toMatchObject({ status: 422, body: { message } });
    expect(app.tokens).toEqual([]);
  });

  test('is not given of another installation', async () => {
    const app = await createApp();
    expect((await visitor().ask('POST', '/app/installations/1/access_tokens', {}, jwt(app))).status).toBe(404);
  });

  test('is unknown once it is revoked', async () => {
    const { ask } = visitor();
    const app = await createApp();
    const token = tokenOf(await issue(app, {}));
    expect((await ask('DELETE', '/installation/token', undefined, token)).status).toBe(204);
    expect((await ask('GET', '/repos/acme/web', undefined, token)).status).toBe(401);
    expect((await ask('DELETE', '/installation/token', undefined, token)).status).toBe(401);
    expect(app.tokens).toMatchObject([{ token, revoked: true }]);
  });
});

test('a token that a person made is not revoked this way', async () => {
  const { ask, sandbox } = visitor();
  const token = sandbox.createToken({ kind: 'classic' });
  expect((await ask('DELETE', '/installation/token', undefined, token)).status).toBe(403);
});

describe('an App is not recognized', () => {
  const now = Math.floor(Date.now() / 1000);
  test.each([
    ['by another key', otherKey, {}, 'RS256', 401, 'A JSON web token could not be decoded'],
    ['by another way to sign', undefined, {}, 'HS256', 401, 'A JSON web token could not be decoded'],
    ['by an unknown id', undefined, { iss: 'nobody' }, 'RS256', 404, 'Integration not found'],
    ['without an id', undefined, { iss: undefined }, 'RS256', 401, "Missing 'issuer' claim ('iss') in assertion"],
    ['too late', undefined, { exp: now - 10 }, 'RS256', 401, "'Expiration time' claim ('exp') must be a numeric value"],
    ['for too long', undefined, { exp: now + 3600 }, 'RS256', 401, "'Expiration time' claim ('exp') is too far"],
    ['too early', undefined, { iat: now + 600 }, 'RS256', 401, "'Issued at' claim ('iat') must be an Integer"],
  ] as const)('%s', async (_, key, claims, alg, status, message) => {
    const app = await createApp();
    const token = jwt({ ...app, privateKey: key ?? app.privateKey }, claims, alg);
    const body = { message: expect.stringContaining(message) };
    expect(await issue(app, {}, token)).toMatchObject({ status, body });
  });

  test('by what is no such token at all', async () => {
    const app = await createApp();
    expect((await issue(app, {}, 'ghp_0123')).status).toBe(401);
  });
});

test('an App may bring its own key', async () => {
  const publicKey = other.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const app = visitor().sandbox.createApp({ repositories: ['acme/manifests'], publicKey, clientId: 'Iv1.release' });
  const token = jwt({ clientId: 'Iv1.release', privateKey: otherKey });
  expect((await issue(app, {}, token)).status).toBe(201);
});
