/** Where signatures and attestations of an image are kept, and that what is read there can be verified. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { forgetSecrets } from '../../src/core/secrets.ts';
import { readEvidence } from '../../src/provenance/evidence.ts';
import { PREDICATES, type Signer } from '../../src/provenance/signer.ts';
import { verifyEvidence } from '../../src/provenance/verify-evidence.ts';
import { openingRepositories } from '../../src/registry/open-repository.ts';
import {
  digestOf,
  HAS_REGISTRY,
  NEEDS_REGISTRY,
  OCI,
  startDockerRegistry,
  type DockerRegistry,
} from '../registry/docker-registry.ts';
import { attestWithKey, pemOf, startSigstore, type Sigstore } from './sigstore.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const TAG = DIGEST.replace(':', '-');
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const SIMPLE_SIGNING = 'application/vnd.dev.cosign.simplesigning.v1+json';
const PERSON = { name: 'https://login.example/jane', issuer: 'https://issuer.example' };
const JANE: Signer = { kind: 'identity', identity: PERSON.name, issuer: PERSON.issuer };
const KEYS = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const BY_KEY: Signer = { kind: 'key', publicKey: KEYS.publicKey };

afterEach(forgetSecrets);

function read(name: string, requests: string[] = []) {
  const debug = (text: string) => void requests.push(text);
  const open = openingRepositories({ environment: { DOCKER_CONFIG: '/nonexistent' }, debug });
  return readEvidence(open(name), DIGEST);
}

const payloadOf = (digest: string) => ({
  critical: {
    identity: { 'docker-reference': 'ghcr.io/acme/web' },
    image: { 'docker-manifest-digest': digest },
    type: 'cosign container image signature',
  },
  optional: null,
});

describe.skipIf(!HAS_REGISTRY)(`in a registry${NEEDS_REGISTRY}`, () => {
  let registry: DockerRegistry;
  let sigstore: Sigstore;
  beforeAll(async () => {
    [registry, sigstore] = await Promise.all([startDockerRegistry(), startSigstore()]);
  });
  afterAll(() => Promise.all([registry.close(), sigstore.close()]));

  /** Pushes a manifest of layers, each a type, a text and its annotations; its descriptor. */
  async function push(
    repository: string,
    reference: string,
    type: string,
    layers: readonly [content: object, annotations?: object][],
  ) {
    const described = await Promise.all(
      layers.map(async ([content, annotations = {}]) => ({
        ...(await registry.pushBlob(repository, content as Record<string, unknown>)),
        mediaType: type,
        annotations,
      })),
    );
    const config = { ...(await registry.pushBlob(repository, {})), mediaType: 'application/vnd.oci.empty.v1+json' };
    const manifest = { schemaVersion: 2, mediaType: OCI.manifest, artifactType: type, config, layers: described };
    const digest = await registry.push(repository, reference, manifest);
    return { mediaType: OCI.manifest, artifactType: type, digest, size: JSON.stringify(manifest).length };
  }

  /** Cosign's annotations for a signature without a key. */
  async function signed(payload: object) {
    const { messageSignature, verificationMaterial } = await sigstore.signBytes(
      PERSON,
      Buffer.from(JSON.stringify(payload)),
    );
    const [entry] = verificationMaterial.tlogEntries;
    const [certificate] = verificationMaterial.x509CertificateChain.certificates;
    const bundle = {
      SignedEntryTimestamp: entry?.inclusionPromise.signedEntryTimestamp,
      Payload: {
        body: entry?.canonicalizedBody,
        integratedTime: Number(entry?.integratedTime),
        logIndex: Number(entry?.logIndex),
        logID: Buffer.from(entry?.logId.keyId ?? '', 'base64').toString('hex'),
      },
    };
    return {
      'dev.cosignproject.cosign/signature': messageSignature.signature,
      'dev.sigstore.cosign/certificate': pemOf(Buffer.from(certificate?.rawBytes ?? '', 'base64')),
      'dev.sigstore.cosign/bundle': JSON.stringify(bundle),
    };
  }

  test('there is none', async () => {
    await push('none/web', 'other', 'text/plain', []);
    expect(await read(`${registry.host}/none/web`)).toEqual([]);
  });

  test('a signature under cosign’s tag, without a key', async () => {
    const payload = payloadOf(DIGEST);
    await push('signed/web', `${TAG}.sig`, SIMPLE_SIGNING, [[payload, await signed(payload)]]);
    const evidence = await read(`${registry.host}/signed/web`);
    expect(verifyEvidence(evidence, DIGEST, JANE, [sigstore.trustedRoot])).toMatchObject({ kind: 'verified' });
    expect(verifyEvidence(evidence, DIGEST, { ...JANE, identity: 'x' }, [sigstore.trustedRoot])).toMatchObject({
      reasons: ['it is signed by https://login.example/jane of https://issuer.example'],
    });
  });

  test.each<[what: string, change: Record<string, string>]>([
    ['its entry in the log', { 'dev.sigstore.cosign/bundle': '' }],
    ['a certificate', { 'dev.sigstore.cosign/certificate': '' }],
    ['its own signature', { 'dev.cosignproject.cosign/signature': Buffer.from('x').toString('base64') }],
  ])('a signature without %s proves nothing', async (what, change) => {
    const payload = payloadOf(DIGEST);
    const repository = `broken/${what.replaceAll(' ', '-')}`;
    await push(repository, `${TAG}.sig`, SIMPLE_SIGNING, [[payload, { ...(await signed(payload)), ...change }]]);
    const evidence = await read(`${registry.host}/${repository}`);
    expect(evidence).toHaveLength(1);
    expect(verifyEvidence(evidence, DIGEST, JANE, [sigstore.trustedRoot])).toMatchObject({ kind: 'refused' });
  });

  test('a signature with a key; one of another image beside it proves nothing', async () => {
    const withKey = (payload: object) => ({
      'dev.cosignproject.cosign/signature': sign(
        'sha256',
        Buffer.from(JSON.stringify(payload)),
        KEYS.privateKey,
      ).toString('base64'),
    });
    const [own, other] = [payloadOf(DIGEST), payloadOf(digestOf('other'))];
    await push('other/web', `${TAG}.sig`, SIMPLE_SIGNING, [[other, withKey(other)]]);
    expect(verifyEvidence(await read(`${registry.host}/other/web`), DIGEST, BY_KEY, [])).toEqual({
      kind: 'refused',
      reasons: ['it is a signature of something else'],
    });
    await push('key/web', `${TAG}.sig`, SIMPLE_SIGNING, [
      [other, withKey(other)],
      [own, withKey(own)],
    ]);
    expect(verifyEvidence(await read(`${registry.host}/key/web`), DIGEST, BY_KEY, [])).toMatchObject({
      kind: 'verified',
    });
  });

  test('bundles that the tag of referrers lists, of those with this type', async () => {
    const bundle = attestWithKey(KEYS.privateKey, DIGEST, PREDICATES.key) as object;
    const manifests = [
      await push('tagged/web', 'sbom', 'application/spdx+json', [[{}]]),
      await push('tagged/web', 'bundle', BUNDLE, [[bundle]]),
      await push('tagged/web', 'empty', BUNDLE, []),
    ];
    await registry.push('tagged/web', TAG, { schemaVersion: 2, mediaType: OCI.index, manifests });
    const evidence = await read(`${registry.host}/tagged/web`);
    expect(evidence).toEqual([{ bundle }, { bundle: undefined }]);
    expect(verifyEvidence(evidence, DIGEST, BY_KEY, [])).toMatchObject({ kind: 'verified' });
  });
});

test('bundles that a registry lists as referrers, at most twenty', async () => {
  const bundle = JSON.stringify(attestWithKey(KEYS.privateKey, DIGEST, PREDICATES.key));
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI.manifest,
    config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: digestOf('{}'), size: 2 },
    layers: [{ mediaType: BUNDLE, digest: digestOf(bundle), size: bundle.length }],
  });
  const referrer = { mediaType: OCI.manifest, artifactType: BUNDLE, digest: digestOf(manifest), size: manifest.length };
  const index = { schemaVersion: 2, mediaType: OCI.index, manifests: Array.from({ length: 30 }, () => referrer) };
  const files: Readonly<Record<string, string>> = {
    [`/v2/web/referrers/${DIGEST}`]: JSON.stringify(index),
    [`/v2/web/manifests/${digestOf(manifest)}`]: manifest,
    [`/v2/web/blobs/${digestOf(bundle)}`]: bundle,
  };
  const server = createServer(({ url = '' }, response) => {
    response.statusCode = files[url] === undefined ? 404 : 200;
    response.end(files[url] ?? '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const requests: string[] = [];
    const evidence = await read(`127.0.0.1:${(server.address() as AddressInfo).port}/web`, requests);
    expect(evidence).toHaveLength(20);
    expect(verifyEvidence(evidence, DIGEST, BY_KEY, [])).toMatchObject({ kind: 'verified' });
    expect(requests).toHaveLength(42);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
