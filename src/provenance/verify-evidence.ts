/** Whether evidence proves that the wanted signer signed an image. Nothing is asked of a network. */
import type { KeyObject } from 'node:crypto';
import * as z from 'zod/mini';
import { jsonOf } from '../core/answer-body.ts';
import { oneLine } from '../core/escape.ts';
import type { Evidence } from './evidence.ts';
import { mismatchOf, PREDICATES, signerName, type Signer } from './signer.ts';
import { bundleFromJSON, toSignedEntity, Verifier, type Bundle, type SignedEntity } from './sigstore.ts';
import type { TrustMaterial } from './trusted-root.ts';

export type Verdict =
  /** `by` is who signed: `acme/web, workflow .github/workflows/ci.yml`, an identity and its issuer, or `the key`. */
  | { readonly kind: 'verified'; readonly by: string }
  /** There is no evidence at all. */
  | { readonly kind: 'unsigned' }
  /** There is some, and none of it proves this signer; a clause for each: `it is signed by … of …`. */
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

/**
 * Verifies with Sigstore's own library: certificate, its log, the log of signatures, timestamps and the signature; and that the
 * signed text is about this digest, is of the wanted type, and its signer the wanted one. One proof is enough.
 *
 * A key needs no trusted root. Never throws for what the evidence is.
 */
export function verifyEvidence(
  evidence: readonly Evidence[],
  digest: string,
  signer: Signer,
  trustedRoots: readonly TrustMaterial[],
): Verdict {
  if (evidence.length === 0) return { kind: 'unsigned' };
  const isSignedBy = signer.kind === 'key' ? byKey(signer.publicKey) : byCertificate(signer, trustedRoots);
  const reasons = new Set<string>();
  for (const { bundle: json, payload } of evidence) {
    try {
      const bundle = read(json);
      const by = isSignedBy(toSignedEntity(bundle, payload));
      const problem = isAbout(bundle, payload, digest, PREDICATES[signer.kind]);
      if (problem === undefined) return { kind: 'verified', by };
      reasons.add(problem);
    } catch (error) {
      reasons.add(oneLine(error instanceof Error ? error.message : String(error)));
    }
  }
  return { kind: 'refused', reasons: [...reasons] };
}

/** Who signed; throws where that is not the wanted signer, with a clause about the evidence. */
type Check = (entity: SignedEntity) => string;

/** The library reads an object, and throws what comes for anything else. */
function read(json: unknown): Bundle {
  try {
    return bundleFromJSON(json);
  } catch (error) {
    throw new Error('it is no Sigstore bundle', { cause: error });
  }
}

function byKey(key: KeyObject): Check {
  return ({ signature }) => {
    if (!signature.verifySignature(key)) throw new Error('it is not signed by the key');
    return 'the key';
  };
}

function byCertificate(wanted: Exclude<Signer, { kind: 'key' }>, trustedRoots: readonly TrustMaterial[]): Check {
  const verifiers = trustedRoots.map((trust) => {
    // GitHub's own authority, for private repositories, has timestamps in place of public logs.
    const wantedOf = ({ length }: readonly unknown[]): number => Math.min(length, 1);
    return new Verifier(trust, { tlogThreshold: wantedOf(trust.tlogs), ctlogThreshold: wantedOf(trust.ctlogs) });
  });
  return (entity) => {
    const problems: string[] = [];
    for (const verifier of verifiers) {
      try {
        const signer = verifier.verify(entity);
        const problem = mismatchOf(signer, wanted);
        if (problem === undefined) return oneLine(signerName(signer, wanted));
        problems.push(problem);
      } catch (error) {
        problems.push((error as Error).message);
      }
    }
    throw new Error(problems.join(', or ') || 'no trusted root was given');
  };
}

const STATEMENT = z.object({
  predicateType: z.string(),
  subject: z.array(z.object({ digest: z.record(z.string(), z.string()) })),
});
const SIMPLE_SIGNING = z.object({
  critical: z.object({
    type: z.literal('cosign container image signature'),
    image: z.object({ 'docker-manifest-digest': z.string() }),
  }),
});

/** Why a signed text is not about an image, as a clause; `undefined` where it is. It is an in-toto statement or cosign's own payload. */
function isAbout({ content }: Bundle, payload: Buffer | undefined, digest: string, predicate: string) {
  if (content.$case === 'messageSignature') {
    const { data } = SIMPLE_SIGNING.safeParse(payload && jsonOf(payload));
    const isOwn = data?.critical.image['docker-manifest-digest'] === digest && predicate === PREDICATES.key;
    return isOwn ? undefined : 'it is a signature of something else';
  }
  const { payloadType, payload: signed } = content.dsseEnvelope;
  const { data } = STATEMENT.safeParse(payloadType === 'application/vnd.in-toto+json' ? jsonOf(signed) : undefined);
  if (!data) return 'it is no in-toto statement';
  if (data.predicateType !== predicate) return `it is a statement of type ${oneLine(data.predicateType)}`;
  const [algorithm = '', hex] = digest.split(':');
  return data.subject.some((one) => one.digest[algorithm] === hex)
    ? undefined
    : 'it is a statement about something else';
}
