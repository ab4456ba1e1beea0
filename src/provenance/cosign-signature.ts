/** A signature as cosign kept it before version 3, in annotations of a layer, as a Sigstore bundle. */
import { createHash, X509Certificate } from 'node:crypto';
import * as z from 'zod/mini';
import { jsonOf } from '../core/answer-body.ts';

/** An entry of the log with the promise to include it; https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md. */
const ENTRY = z.object({
  SignedEntryTimestamp: z.string(),
  Payload: z.object({ body: z.string(), integratedTime: z.number(), logIndex: z.number(), logID: z.string() }),
});

/** A bundle in JSON of version 0.1. What is missing or broken in the annotations is missing in it, and then it is not verified. */
export function bundleOfSignature(payload: Buffer, annotations: Readonly<Record<string, string>>): unknown {
  const certificate = derOf(annotations['dev.sigstore.cosign/certificate'] ?? '');
  const { data: entry } = ENTRY.safeParse(jsonOf(Buffer.from(annotations['dev.sigstore.cosign/bundle'] ?? '')));
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
    verificationMaterial: {
      ...(certificate
        ? { x509CertificateChain: { certificates: [{ rawBytes: certificate }] } }
        : { publicKey: { hint: '' } }),
      tlogEntries: certificate && entry ? [logEntry(entry)] : [],
    },
    messageSignature: {
      messageDigest: { algorithm: 'SHA2_256', digest: createHash('sha256').update(payload).digest('base64') },
      signature: annotations['dev.cosignproject.cosign/signature'] ?? '',
    },
  };
}

function logEntry({ SignedEntryTimestamp, Payload }: z.output<typeof ENTRY>): unknown {
  const { kind, apiVersion } = (jsonOf(Buffer.from(Payload.body, 'base64')) ?? {}) as Readonly<Record<string, unknown>>;
  return {
    logIndex: String(Payload.logIndex),
    logId: { keyId: Buffer.from(Payload.logID, 'hex').toString('base64') },
    kindVersion: { kind, version: apiVersion },
    integratedTime: String(Payload.integratedTime),
    inclusionPromise: { signedEntryTimestamp: SignedEntryTimestamp },
    canonicalizedBody: Payload.body,
  };
}

/** A certificate in PEM as DER in base64. */
function derOf(pem: string): string | undefined {
  try {
    return new X509Certificate(pem).raw.toString('base64');
  } catch {
    return undefined;
  }
}
