/** Signatures and attestations of an image: where they are kept, each as a Sigstore bundle. */
import * as z from 'zod/mini';
import { jsonOf } from '../core/answer-body.ts';
import type { Descriptor } from '../registry/manifest.ts';
import type { Repository } from '../registry/repository.ts';
import { bundleOfSignature } from './cosign-signature.ts';

/** What may prove who built an image. Nothing of it is verified yet. */
export interface Evidence {
  /** A Sigstore bundle in JSON (https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto). */
  readonly bundle: unknown;
  /** The bytes that were signed, where the bundle lacks them. */
  readonly payload?: Buffer;
}

/** Of an image with many signatures the last ones are left out: each one is a request or two. */
const MOST = 20;
const BUNDLE = /^application\/vnd\.dev\.sigstore\.bundle\b.*\+json\b/;
const SIMPLE_SIGNING = 'application/vnd.dev.cosign.simplesigning.v1+json';

/**
 * The evidence that a registry has for a digest: bundles that refer to it, as GitHub and cosign 3 push them, and signatures
 * under cosign's tag `sha256-<hex>.sig` (https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md). Throws RegistryFailure.
 */
export async function readEvidence(repository: Repository, digest: string): Promise<readonly Evidence[]> {
  const [referrers, signatures] = await Promise.all([
    repository.referrers(digest),
    repository.manifest(`${digest.replace(':', '-')}.sig`),
  ]);
  const bundles = referrers.filter(({ artifactType = '' }) => BUNDLE.test(artifactType)).slice(0, MOST);
  const layers = (signatures?.content.layers ?? []).slice(0, MOST);
  return Promise.all([
    ...bundles.map(async (referrer) => ({ bundle: await readBundle(repository, referrer) })),
    ...layers.map(async (layer) => {
      const payload = await repository.blob(layer.digest, [SIMPLE_SIGNING]);
      return { payload, bundle: bundleOfSignature(payload, layer.annotations ?? {}) };
    }),
  ]);
}

/** The one layer of a referrer; `undefined`, which is no bundle, where there is none. */
async function readBundle(repository: Repository, { digest }: Descriptor): Promise<unknown> {
  const manifest = await repository.manifest(digest);
  const layer = manifest?.content.layers?.find(({ mediaType = '' }) => BUNDLE.test(mediaType));
  return layer && jsonOf(await repository.blob(layer.digest, [layer.mediaType ?? '']));
}

const ATTESTATIONS = z.object({ attestations: z.array(z.object({ bundle: z.unknown() })) });

/**
 * The evidence in an answer of GitHub to `GET /repos/{owner}/{repo}/attestations/{digest}`
 * (https://docs.github.com/en/rest/repos/attestations); none where it has another form.
 */
export function evidenceOf(answer: unknown): readonly Evidence[] {
  const { data } = ATTESTATIONS.safeParse(answer);
  return data?.attestations.map(({ bundle }) => ({ bundle })) ?? [];
}
