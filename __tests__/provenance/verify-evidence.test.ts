/** What proves who built or signed an image, and what does not. */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evidenceOf } from '../../src/provenance/evidence.ts';
import { PREDICATES, type Signer } from '../../src/provenance/signer.ts';
import { readTrustedRoots } from '../../src/provenance/trusted-root.ts';
import { verifyEvidence } from '../../src/provenance/verify-evidence.ts';
import { attestWithKey, startSigstore, type Identity, type Sigstore } from './sigstore.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const OTHER = `sha256:${'cd'.repeat(32)}`;
const WORKFLOW: Signer = { kind: 'workflow', repository: 'acme/web' };
const GITHUB = 'https://token.actions.githubusercontent.com';
const BUILD: Identity = {
  name: 'https://github.com/acme/web/.github/workflows/build.yml@refs/heads/main',
  issuer: GITHUB,
  source: 'https://github.com/acme/web',
};
const SHARED: Identity = { ...BUILD, name: 'https://github.com/acme/ci/.github/workflows/build.yml@refs/tags/v1' };

let sigstore: Sigstore;
let other: Sigstore;
beforeAll(async () => {
  [sigstore, other] = await Promise.all([startSigstore(), startSigstore()]);
});
afterAll(() => Promise.all([sigstore.close(), other.close()]));

const refused = (reason: string) => ({ kind: 'refused', reasons: [expect.stringContaining(reason)] });

/** The verdict on one attestation. */
async function judge(identity: Identity, signer: Signer, { digest = DIGEST, predicate = PREDICATES.workflow } = {}) {
  const bundle = await sigstore.attest(identity, digest, predicate);
  return verifyEvidence([{ bundle }], DIGEST, signer, [sigstore.trustedRoot]);
}

test('an image without evidence is unsigned', () => {
  expect(verifyEvidence([], DIGEST, WORKFLOW, [sigstore.trustedRoot])).toEqual({ kind: 'unsigned' });
});

describe('an attestation of a workflow on GitHub', () => {
  test.each<[what: string, identity: Identity, signer: Signer, by?: string]>([
    ['of the repository', BUILD, WORKFLOW, 'acme/web, workflow .github/workflows/build.yml'],
    ['of the repository in another case', BUILD, { ...WORKFLOW, repository: 'Acme/Web' }],
    ['of one workflow', BUILD, { ...WORKFLOW, workflow: 'acme/web/.github/workflows/build.yml' }],
    [
      'of a reusable workflow elsewhere',
      SHARED,
      { ...WORKFLOW, workflow: 'acme/ci/.github/workflows/build.yml' },
      'acme/web, workflow acme/ci/.github/workflows/build.yml',
    ],
  ])('proves the image: %s', async (_, identity, signer, by) => {
    expect(await judge(identity, signer)).toMatchObject({ kind: 'verified', ...(by !== undefined && { by }) });
  });

  test.each<[what: string, identity: Identity, signer: Signer, reason: string]>([
    [
      'another repository',
      BUILD,
      { ...WORKFLOW, repository: 'acme/we' },
      'it is built from https://github.com/acme/web',
    ],
    [
      'a fork with a workflow of the repository',
      { ...BUILD, source: 'https://github.com/eve/web' },
      WORKFLOW,
      'it is built from https://github.com/eve/web',
    ],
    ['no repository', { name: BUILD.name, issuer: GITHUB }, WORKFLOW, 'it is built from no repository'],
    [
      'another issuer',
      { ...BUILD, issuer: 'https://gitlab.example' },
      WORKFLOW,
      'of https://gitlab.example, not by a workflow on GitHub',
    ],
    ['a workflow elsewhere that was not named', SHARED, WORKFLOW, `it is signed by ${SHARED.name}`],
    [
      'a workflow of a repository with a longer name',
      { ...BUILD, name: BUILD.name.replace('/web/', '/web-tools/') },
      WORKFLOW,
      'it is signed by https://github.com/acme/web-tools/',
    ],
    [
      'another workflow',
      BUILD,
      { ...WORKFLOW, workflow: 'acme/web/.github/workflows/release.yml' },
      `it is signed by ${BUILD.name}`,
    ],
    [
      'a workflow with a longer name',
      BUILD,
      { ...WORKFLOW, workflow: 'acme/web/.github/workflows/build' },
      `it is signed by ${BUILD.name}`,
    ],
  ])('does not prove it: %s', async (_, identity, signer, reason) => {
    expect(await judge(identity, signer)).toEqual(refused(reason));
  });

  test('does not prove another image, and another statement does not prove it', async () => {
    expect(await judge(BUILD, WORKFLOW, { digest: OTHER })).toEqual(refused('it is a statement about something else'));
    const predicate = 'https://spdx.dev/Document';
    expect(await judge(BUILD, WORKFLOW, { predicate })).toEqual(refused(`it is a statement of type ${predicate}`));
  });

  test('of another authority does not prove it; one of several roots is enough', async () => {
    const evidence = [{ bundle: await other.attest(BUILD, DIGEST, PREDICATES.workflow) }];
    expect(verifyEvidence(evidence, DIGEST, WORKFLOW, [sigstore.trustedRoot])).toMatchObject({ kind: 'refused' });
    expect(verifyEvidence(evidence, DIGEST, WORKFLOW, [])).toEqual(refused('no trusted root was given'));
    const both = [sigstore.trustedRoot, other.trustedRoot];
    expect(verifyEvidence(evidence, DIGEST, WORKFLOW, both)).toMatchObject({ kind: 'verified' });
  });

  test('of an authority with timestamps alone proves it by its own root, where that names no logs', async () => {
    const own = await startSigstore({ isPrivate: true });
    const evidence = [{ bundle: await own.attest(BUILD, DIGEST, PREDICATES.workflow) }];
    await own.close();
    expect(verifyEvidence(evidence, DIGEST, WORKFLOW, [own.trustedRoot])).toMatchObject({ kind: 'verified' });
    expect(verifyEvidence(evidence, DIGEST, WORKFLOW, [sigstore.trustedRoot])).toMatchObject({ kind: 'refused' });
    for (const log of ['tlogs', 'ctlogs']) {
      const logs = (JSON.parse(sigstore.rootText) as Record<string, unknown>)[log];
      const roots = readTrustedRoots(JSON.stringify({ ...JSON.parse(own.rootText), [log]: logs })) ?? [];
      expect(verifyEvidence(evidence, DIGEST, WORKFLOW, roots)).toEqual(refused(', got 0'));
    }
  });

  test('is no signature of the same workflow', async () => {
    const image = { 'docker-manifest-digest': DIGEST };
    const payload = Buffer.from(JSON.stringify({ critical: { image, type: 'cosign container image signature' } }));
    const evidence = [{ payload, bundle: await sigstore.signBytes(BUILD, payload) }];
    const identity: Signer = { kind: 'identity', identity: BUILD.name, issuer: BUILD.issuer };
    expect(verifyEvidence(evidence, DIGEST, identity, [sigstore.trustedRoot])).toMatchObject({ kind: 'verified' });
    expect(verifyEvidence(evidence, DIGEST, WORKFLOW, [sigstore.trustedRoot])).toEqual(
      refused('it is a signature of something else'),
    );
  });

  test('that was changed does not prove it', async () => {
    const text = JSON.stringify(await sigstore.attest(BUILD, OTHER, PREDICATES.workflow));
    const payload = /"payload":"([^"]+)"/.exec(text)?.[1] ?? expect.fail();
    const forged = Buffer.from(payload, 'base64').toString().replace(OTHER.slice(7), DIGEST.slice(7));
    const bundle: unknown = JSON.parse(text.replace(payload, Buffer.from(forged).toString('base64')));
    expect(verifyEvidence([{ bundle }], DIGEST, WORKFLOW, [sigstore.trustedRoot])).toMatchObject({ kind: 'refused' });
  });

  test('without its entry in the log does not prove it', async () => {
    const bundle = (await sigstore.attest(BUILD, DIGEST, PREDICATES.workflow)) as { verificationMaterial: object };
    const verificationMaterial = { ...bundle.verificationMaterial, tlogEntries: [] };
    const evidence = [{ bundle: { ...bundle, verificationMaterial } }];
    expect(verifyEvidence(evidence, DIGEST, WORKFLOW, [sigstore.trustedRoot])).toMatchObject({ kind: 'refused' });
  });

  test('is enough among others that prove nothing, as GitHub lists them', async () => {
    const good = await sigstore.attest(BUILD, DIGEST, PREDICATES.workflow);
    const foreign = await sigstore.attest(SHARED, DIGEST, PREDICATES.workflow);
    const answer = { attestations: [{ bundle: foreign, repository_id: 1 }, { bundle: null }, { bundle: good }] };
    expect(verifyEvidence(evidenceOf(answer), DIGEST, WORKFLOW, [sigstore.trustedRoot])).toMatchObject({
      kind: 'verified',
    });
    expect(evidenceOf({ message: 'x' })).toEqual([]);
  });
});

describe('cosign', () => {
  const sign = { predicate: PREDICATES.identity };
  const person = { name: 'https://login.example/jane', issuer: 'https://issuer.example' };
  const jane: Signer = { kind: 'identity', identity: person.name, issuer: person.issuer };

  test('without a key proves an image by exactly this identity and issuer', async () => {
    expect(await judge(person, jane, sign)).toMatchObject({ kind: 'verified' });
    const reason = 'it is signed by https://login.example/jane of https://issuer.example';
    for (const identity of ['https://login.example/jan', 'https://login.example/.*', '']) {
      expect(await judge(person, { ...jane, identity }, sign)).toEqual(refused(reason));
    }
    expect(await judge(person, { ...jane, issuer: 'https://issuer' }, sign)).toEqual(refused(reason));
    expect(await judge(person, jane)).toEqual(refused(`it is a statement of type ${PREDICATES.workflow}`));
  });

  test('with a key proves an image by this key', () => {
    const [own, foreign] = [0, 1].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
    const publicKey = own?.publicKey ?? expect.fail();
    const verdict = (key = own, digest = DIGEST, type?: string) => {
      const bundle = attestWithKey(key?.privateKey ?? expect.fail(), digest, PREDICATES.key, type);
      return verifyEvidence([{ bundle }], DIGEST, { kind: 'key', publicKey }, []);
    };
    expect(verdict()).toMatchObject({ kind: 'verified' });
    expect(verdict(foreign)).toEqual(refused('it is not signed by the key'));
    expect(verdict(own, OTHER)).toEqual(refused('it is a statement about something else'));
    expect(verdict(own, DIGEST, 'application/json')).toEqual(refused('it is no in-toto statement'));
  });
});

test.each([
  [undefined],
  [null],
  ['text'],
  [{}],
  [[]],
  [{ mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json' }],
])('what is no bundle proves nothing: %j', (bundle) => {
  expect(verifyEvidence([{ bundle }], DIGEST, WORKFLOW, [sigstore.trustedRoot])).toMatchObject({ kind: 'refused' });
});
