/** The trusted root from a repository of The Update Framework, which this test signs itself. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fetchTrustedRoots, type TufRepository } from '../../src/provenance/sigstore-root.ts';
import { exchanging } from '../../src/registry/exchange.ts';
import { startSigstore, type Sigstore } from './sigstore.ts';

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

let sigstore: Sigstore;
beforeAll(async () => {
  sigstore = await startSigstore();
});
afterAll(() => sigstore.close());
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(files: Readonly<Record<string, string>>): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    response.statusCode = files[url] === undefined ? 404 : 200;
    response.end(files[url]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const sorted = (value: Json): Json => {
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
};

const KEY_ID = 'a'.repeat(64);
const LATER = '2999-01-01T00:00:00Z';

/** A repository with one key for all roles; `target` is its trusted root, and `expires` the time of its timestamp. */
function repositoryOf({ target = '', promised = '', expires = LATER, version = 1 }) {
  const content = target || sigstore.rootText;
  const listed = promised || content;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const signed = (type: string, body: { readonly [key: string]: Json }): string => {
    const all = sorted({ _type: type, spec_version: '1.0.31', version: 1, expires: LATER, ...body });
    const sig = sign(null, Buffer.from(JSON.stringify(all)), privateKey).toString('hex');
    return JSON.stringify({ signed: all, signatures: [{ keyid: KEY_ID, sig }] });
  };
  const hash = createHash('sha256').update(listed).digest('hex');
  const value = { public: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex') };
  const keys = { [KEY_ID]: { keytype: 'ed25519', scheme: 'ed25519', keyval: value } };
  const role = { keyids: [KEY_ID], threshold: 1 };
  const roles = { root: role, timestamp: role, snapshot: role, targets: role };
  const rootOf = (number: number): string =>
    signed('root', { version: number, keys, roles, consistent_snapshot: true });
  const files = {
    ...(version > 1 && { '/2.root.json': rootOf(2) }),
    '/timestamp.json': signed('timestamp', { expires, meta: { 'snapshot.json': { version: 1 } } }),
    '/1.snapshot.json': signed('snapshot', { meta: { 'targets.json': { version: 1 } } }),
    '/1.targets.json': signed('targets', {
      targets: { 'trusted_root.json': { length: listed.length, hashes: { sha256: hash } } },
    }),
    [`/targets/${hash}.trusted_root.json`]: content,
  };
  return { root: Buffer.from(rootOf(1)), files };
}

const requests: string[] = [];
afterEach(() => void requests.splice(0));

const read = (repository: TufRepository) =>
  fetchTrustedRoots(exchanging({ debug: (text) => requests.push(text), limits: { retry: 1 } }), repository);

test('is read in five requests, and nothing is left on the disk', async () => {
  const { root, files } = repositoryOf({});
  const before = await readdir(tmpdir());
  expect(await read({ url: await serve(files), root })).toHaveLength(1);
  expect(requests).toHaveLength(5);
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith('sigstore-') && !before.includes(name));
  expect(left).toEqual([]);
});

test('is proved from an older root', async () => {
  const { root, files } = repositoryOf({ version: 2 });
  expect(await read({ url: await serve(files), root })).toHaveLength(1);
  expect(requests).toHaveLength(6);
});

test.each<[what: string, change: () => { root: Buffer; files: Readonly<Record<string, string>> }]>([
  ['of another key', () => ({ ...repositoryOf({}), root: repositoryOf({}).root })],
  ['another than the one that is signed', () => repositoryOf({ promised: 'x'.repeat(sigstore.rootText.length) })],
  ['of the past', () => repositoryOf({ expires: '2020-01-01T00:00:00Z' })],
  ['that is none', () => repositoryOf({ target: '{}' })],
  ['that is not there', () => ({ ...repositoryOf({}), files: {} })],
])('is not believed: %s', async (_, change) => {
  const { root, files } = change();
  const url = await serve(files);
  await expect(read({ url, root })).rejects.toMatchObject({
    name: 'RegistryFailure',
    message: expect.stringContaining(`the trusted root of ${url} could not be read: `),
  });
});
