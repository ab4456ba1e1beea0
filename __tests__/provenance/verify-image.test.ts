/** Where evidence of an image is looked for: its registry, and the attestations that GitHub keeps. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifying, type GitHubApi } from '../../src/provenance/verify-image.ts';
import { exchanging } from '../../src/registry/exchange.ts';
import { openingRepositories } from '../../src/registry/open-repository.ts';
import { startImageRegistry, type ImageRegistry } from '../registry/image-registry.ts';
import { startSigstore, type Sigstore } from './sigstore.ts';

const BUILD = {
  name: 'https://github.com/acme/web/.github/workflows/ci.yml@refs/heads/main',
  issuer: 'https://token.actions.githubusercontent.com',
  source: 'https://github.com/acme/web',
};
const TYPE = 'https://slsa.dev/provenance/v1';

let sigstore: Sigstore;
let registry: ImageRegistry;
let digest = '';
/** What GitHub answers by path. */
const answers = new Map<string, readonly [status: number, body: unknown]>();
const asked: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
const api = createServer(({ url = '', headers }, response) => {
  asked.push({ url, headers });
  const [status, body] = answers.get(url.replace(/\?.*$/, '')) ?? [404, { message: 'Not Found' }];
  response.writeHead(status, { 'retry-after': '60' }).end(JSON.stringify(body));
});
beforeAll(async () => {
  [sigstore, registry] = await Promise.all([startSigstore(), startImageRegistry()]);
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  digest = registry.push('acme/web', '1.4.2');
});
afterAll(() => {
  api.close();
  api.closeAllConnections();
  return Promise.all([sigstore.close(), registry.close()]);
});

function verify({ token = 'ghs_source' } = {}, trustedRoot = sigstore.rootText) {
  const exchange = exchanging({ limits: { retry: 1 } });
  const open = openingRepositories({ environment: { DOCKER_CONFIG: '/nonexistent' } }, exchange);
  const gitHub: GitHubApi = { apiUrl: `http://127.0.0.1:${(api.address() as AddressInfo).port}`, token };
  const signer = { kind: 'workflow', repository: 'acme/web' } as const;
  return verifying({ exchange, signer, trustedRoot, gitHub })(open(`${registry.host}/acme/web`), digest);
}

test('the attestations of GitHub are read with the token for it, and prove the image', async () => {
  const path = `/repos/acme/web/attestations/${digest}`;
  answers.set(path, [200, { attestations: [{ bundle: await sigstore.attest(BUILD, digest, TYPE) }] }]);
  expect(await verify()).toEqual({ kind: 'verified', by: 'acme/web, workflow .github/workflows/ci.yml' });
  expect(asked.at(-1)?.headers.authorization).toBe('Bearer ghs_source');
  await verify({ token: '' });
  expect(asked.at(-1)?.headers.authorization).toBeUndefined();
  answers.clear();
});

test('an image of which GitHub knows no attestation is unsigned', async () => {
  expect(await verify()).toEqual({ kind: 'unsigned' });
});

test('where GitHub cannot be read, nothing is known to be unsigned', async () => {
  answers.set(`/repos/acme/web/attestations/${digest}`, [403, { message: 'Resource not accessible' }]);
  expect(await verify()).toEqual({ kind: 'refused', reasons: [expect.stringContaining('answered 403')] });
  answers.clear();
});

test('a text that is no trusted root proves nothing', async () => {
  const reasons = ['the setting "trusted-root" is no trusted root of Sigstore'];
  expect(await verify({}, 'root')).toEqual({ kind: 'refused', reasons });
});

test('evidence of the registry is enough where GitHub cannot be read', async () => {
  answers.set(`/repos/acme/web/attestations/${digest}`, [403, {}]);
  registry.attach('acme/web', digest, await sigstore.attest(BUILD, digest, TYPE));
  expect(await verify()).toMatchObject({ kind: 'verified' });
  answers.clear();
});
