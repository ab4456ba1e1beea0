/** A Sigstore of its own: an authority for certificates, logs and timestamps, in memory and on loopback. */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { bundleToJSON } from '@sigstore/bundle';
// Not the package's index, which loads a library that takes over all requests of the process.
import { initializeCA, initializeCTLog } from '@sigstore/mock/dist/fulcio/index.js';
import { initializeTLog, rekorHandler } from '@sigstore/mock/dist/rekor/index.js';
import { initializeTSA, tsaHandler } from '@sigstore/mock/dist/timestamp/index.js';
import {
  DSSEBundleBuilder,
  MessageSignatureBundleBuilder,
  RekorWitness,
  TSAWitness,
  type Signer,
} from '@sigstore/sign';
import { readTrustedRoots, type TrustMaterial } from '../../src/provenance/trusted-root.ts';

export interface Identity {
  /** The name in the certificate. */
  readonly name: string;
  readonly issuer: string;
  /** `https://github.com/owner/name` of a workflow. */
  readonly source?: string;
}

export interface Sigstore {
  readonly trustedRoot: TrustMaterial;
  /** In JSON, as tools print it. */
  readonly rootText: string;
  /** A bundle with an in-toto statement about a digest. */
  readonly attest: (identity: Identity, digest: string, predicateType: string) => Promise<unknown>;
  /** A bundle with a signature of some bytes. */
  readonly signBytes: (identity: Identity, bytes: Buffer) => Promise<MessageBundle>;
  readonly close: () => Promise<void>;
}

/** As much as cosign keeps of a bundle in annotations. */
export interface MessageBundle {
  readonly messageSignature: { readonly signature: string };
  readonly verificationMaterial: {
    readonly x509CertificateChain: { readonly certificates: readonly { readonly rawBytes: string }[] };
    readonly tlogEntries: readonly {
      readonly logIndex: string;
      readonly logId: { readonly keyId: string };
      readonly integratedTime: string;
      readonly inclusionPromise: { readonly signedEntryTimestamp: string };
      readonly canonicalizedBody: string;
    }[];
  };
}

const LOG = 'https://rekor.example';
const ISSUER = '1.3.6.1.4.1.57264.1.8';
const SOURCE = '1.3.6.1.4.1.57264.1.12';

export const statementOf = (digest: string, predicateType: string): Buffer => {
  const [algorithm = '', hex = ''] = digest.split(':');
  const subject = [{ name: 'ghcr.io/acme/web', digest: { [algorithm]: hex } }];
  return Buffer.from(
    JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate: {} }),
  );
};

/** Starts it. A private one has timestamps and no logs, as GitHub's own for private repositories. */
export async function startSigstore({ isPrivate = false } = {}): Promise<Sigstore> {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // Milliseconds that end with a zero are written in a form that the verifier does not read; the certificates are older.
  const now = isPrivate ? new Date(Math.ceil(Date.now() / 1000) * 1000 + 123) : undefined;
  const [log, clock] = await Promise.all([initializeTLog(LOG, keys), initializeTSA(keys, now)]);
  const certificateLog = await initializeCTLog(keys);
  const authority = await initializeCA(keys, isPrivate ? undefined : certificateLog, now);
  const handlers = [rekorHandler(log), tsaHandler(clock)];
  const server = createServer((message, response) => {
    void text(message).then(async (body) => {
      const handler = handlers.find(({ path }) => path === message.url);
      const {
        statusCode,
        response: answer,
        contentType,
      } = (await handler?.fn(body)) ?? { statusCode: 404, response: '' };
      response.writeHead(statusCode, { 'content-type': contentType ?? 'text/plain' });
      response.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const witnesses = isPrivate
    ? [new TSAWitness({ tsaBaseURL: url })]
    : [new RekorWitness({ rekorBaseURL: url, entryType: 'intoto' })];

  const signerOf = ({ name, issuer, source }: Identity): Signer => ({
    sign: async (data) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const extensions = [
        { oid: ISSUER, value: issuer },
        ...(source === undefined ? [] : [{ oid: SOURCE, value: source }]),
      ];
      const der = await authority.issueCertificate({
        publicKey: publicKey.export({ format: 'der', type: 'spki' }),
        subjectAltName: name,
        extensions,
      });
      return {
        signature: sign('sha256', data, privateKey),
        key: { $case: 'x509Certificate', certificate: pemOf(der as Uint8Array) },
      };
    },
  });
  const rootText = JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    certificateAuthorities: [authorityOf(authority.rootCertificate as Uint8Array)],
    timestampAuthorities: [authorityOf(clock.intCertificate as Uint8Array, clock.rootCertificate as Uint8Array)],
    tlogs: isPrivate ? [] : [logOf(log.publicKey)],
    ctlogs: isPrivate ? [] : [logOf(certificateLog.publicKey)],
  });
  const [trustedRoot] = readTrustedRoots(rootText) ?? [];
  if (!trustedRoot) throw new Error('the root is none');
  return {
    trustedRoot,
    rootText,
    attest: async (identity, digest, predicateType) => {
      const builder = new DSSEBundleBuilder({ signer: signerOf(identity), witnesses });
      const data = statementOf(digest, predicateType);
      return bundleToJSON(await builder.create({ data, type: 'application/vnd.in-toto+json' }));
    },
    signBytes: async (identity, data) => {
      const builder = new MessageSignatureBundleBuilder({ signer: signerOf(identity), witnesses });
      return bundleToJSON(await builder.create({ data })) as unknown as MessageBundle;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A bundle with an in-toto statement, signed with a key alone (https://github.com/secure-systems-lab/dsse/blob/master/protocol.md). */
export function attestWithKey(
  key: KeyObject,
  digest: string,
  predicateType: string,
  payloadType = 'application/vnd.in-toto+json',
): unknown {
  const payload = statementOf(digest, predicateType);
  const signed = Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} ${payload.toString()}`);
  const signatures = [{ sig: sign('sha256', signed, key).toString('base64') }];
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: '' }, tlogEntries: [] },
    dsseEnvelope: { payload: payload.toString('base64'), payloadType, signatures },
  };
}

export const pemOf = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;

const SINCE = { start: '2020-01-01T00:00:00Z' };

function authorityOf(...certificates: readonly Uint8Array[]): unknown {
  const chain = certificates.map((der) => ({ rawBytes: Buffer.from(der).toString('base64') }));
  return { subject: {}, uri: 'https://authority.example', certChain: { certificates: chain }, validFor: SINCE };
}

function logOf(publicKey: Buffer): unknown {
  const rawBytes = publicKey.toString('base64');
  const keyId = createHash('sha256').update(publicKey).digest('base64');
  return {
    baseUrl: LOG,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes, keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor: SINCE },
    logId: { keyId },
  };
}
