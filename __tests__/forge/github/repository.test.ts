import { afterEach, expect, test } from 'vitest';
import { gitHub } from '../../../src/forge/github/github.ts';
import { ServerToken } from '../../../src/forge/github/server-token.ts';
import { startStubApi, type StubApi } from '../stub-api.ts';

let api: StubApi;
afterEach(() => api.close());

test.each(['silent', 'trickle'] as const)('a server that is %s fails the action by its name', async (answer) => {
  api = await startStubApi(() => answer);
  const { apiUrl } = api;
  const server = (token: string): ServerToken => ServerToken.restored({ apiUrl, token });
  const limits = { request: 60_000, call: 200 };
  const forge = gitHub({
    manifests: server('ghs_x'),
    owner: 'acme',
    repo: 'manifests',
    source: server('ghs_y'),
    limits,
  });
  await expect(forge.find(['release/web'], 'main')).rejects.toMatchObject({
    code: 'NETWORK',
    blame: 'again',
    message: expect.stringContaining(' list pull requests in acme/manifests: there was no result within 0.2 s.'),
  });
  await expect(forge.compare('acme/web', 'v1.4.1', 'v1.4.2')).rejects.toMatchObject({
    code: 'NETWORK',
    blame: 'again',
    message: expect.stringContaining(' compare two commits of acme/web: there was no result within 0.2 s.'),
  });
});
