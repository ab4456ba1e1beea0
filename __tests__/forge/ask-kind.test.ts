import { afterEach, describe, expect, test } from 'vitest';
import { askKind } from '../../src/forge/ask-kind.ts';
import type { ForgeKind } from '../../src/forge/kind.ts';
import { startStubApi, type Answer, type StubApi } from './stub-api.ts';

const PAGE = '<!doctype html><title>Page not found</title>';

let api: StubApi | undefined;
afterEach(() => api?.close());

async function ask(answer: Answer): Promise<ForgeKind> {
  api = await startStubApi(() => answer);
  const { origin, host } = new URL(api.apiUrl);
  return askKind({ transport: 'http', host, url: `${origin}/acme/manifests.git` });
}

test.each<[ForgeKind, string, Answer]>([
  ['gitlab', 'a page that is not there', { status: 404, body: PAGE, headers: { 'x-gitlab-meta': '{"version":"1"}' } }],
  ['gitlab', 'its API', { status: 404, body: { error: '404 Not Found' }, headers: { 'x-gitlab-meta': '{}' } }],
  [
    'github',
    'the login of an Enterprise Server',
    { status: 302, headers: { location: 'https://login.example.com/', 'x-github-request-id': '4EB8:1' }, body: '' },
  ],
  [
    'bitbucket-data-center',
    'a page that is not there',
    { status: 404, body: PAGE, headers: { 'x-arequestid': '@1A2B' } },
  ],
  ['gitea', 'its version', { status: 200, body: { version: '1.26.0' } }],
  ['gitea', 'its version in development', { status: 200, body: { version: '1.27.0+dev-12-g1234567890' } }],
  ['gitea', 'a build without a number', { status: 200, body: { version: 'development' } }],
  ['forgejo', 'its version', { status: 200, body: { version: '11.0.1+gitea-1.22.0' } }],
  [
    'gitea',
    'a server that wants a login for all',
    { status: 403, body: { message: 'Only signed in user is allowed to call APIs.', url: '/api/swagger' } },
  ],
  ['gitea', 'a version of a million digits', { status: 200, body: { version: `1.${'1'.repeat(1_000_000)}` } }],
  ['git', 'a page', { status: 200, body: PAGE }],
  ['git', 'JSON of another API', { status: 200, body: { version: 'v2', name: 'x' } }],
  ['git', 'null', { status: 200, body: null }],
  ['git', 'JSON that is damaged', { status: 200, body: Buffer.from('{"version":"1.2') }],
  ['git', 'a redirect', { status: 301, headers: { location: 'https://gitlab.com/api/v1/version' }, body: '' }],
  ['git', 'an error', { status: 503, body: PAGE }],
  ['git', 'a connection that is lost', 'drop'],
  ['git', 'an answer that is cut short', 'cut'],
])('%s: %s', async (kind, _, answer) => {
  expect(await ask(answer)).toBe(kind);
  expect(api?.requests()).toEqual(['GET /api/v1/version']);
});

describe('the question', () => {
  test.each<Answer>(['silent', 'trickle'])('is given up where the answer is %s', async (answer) => {
    expect(await ask(answer)).toBe('git');
  });

  test('has no credential', async () => {
    await ask({ status: 200, body: {} });
    const [{ headers } = { headers: {} }] = api?.asked ?? [];
    expect(Object.keys(headers).toSorted()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
  });

  test('of a server that nobody can reach is no error', async () => {
    expect(await askKind({ transport: 'ssh', host: '127.0.0.1', url: 'git@127.0.0.1:acme/manifests.git' })).toBe('git');
  });
});
