/** Verifies who built an image: the evidence of its registry and of GitHub, against the wanted signer. */
import { jsonOf } from '../core/answer-body.ts';
import type { Exchange } from '../registry/exchange.ts';
import { RegistryFailure, refusal } from '../registry/registry-failure.ts';
import type { Repository } from '../registry/repository.ts';
import { evidenceOf, readEvidence, type Evidence } from './evidence.ts';
import type { Signer } from './signer.ts';
import { readTrustedRoots, type TrustMaterial } from './trusted-root.ts';
import { verifyEvidence, type Verdict } from './verify-evidence.ts';

/** The REST API of GitHub; without a token its requests are anonymous. */
export interface GitHubApi {
  readonly apiUrl: string;
  readonly token: string;
}

export interface Verification {
  readonly exchange: Exchange;
  readonly signer: Signer;
  /** The trusted root as given; empty for the one of the public Sigstore. */
  readonly trustedRoot: string;
  /** Where attestations of a workflow are read beside the registry; absent where they are not. */
  readonly gitHub?: GitHubApi | undefined;
}

/** Verifies digests for one signer; the trusted root is read once. */
export function verifying(options: Verification): (repository: Repository, digest: string) => Promise<Verdict> {
  const { signer, gitHub } = options;
  let trusted: Promise<readonly TrustMaterial[]> | undefined;
  return async (repository, digest) => {
    if (signer.kind !== 'key') trusted ??= trustedRoots(options);
    const [roots, ...sources] = await Promise.allSettled([
      trusted ?? [],
      readEvidence(repository, digest),
      ...(signer.kind === 'workflow' && gitHub ? [readAttestations(options, gitHub, signer.repository, digest)] : []),
    ]);
    const unread = [roots, ...sources].flatMap((one) => (one.status === 'rejected' ? [reasonOf(one.reason)] : []));
    if (roots.status === 'rejected') return { kind: 'refused', reasons: unread };
    const evidence = sources.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    const verdict = verifyEvidence(evidence, digest, signer, roots.value);
    if (verdict.kind === 'verified' || unread.length === 0) return verdict;
    return { kind: 'refused', reasons: [...(verdict.kind === 'refused' ? verdict.reasons : []), ...unread] };
  };
}

async function trustedRoots({ exchange, trustedRoot }: Verification): Promise<readonly TrustMaterial[]> {
  if (trustedRoot === '') {
    const { fetchTrustedRoots } = await import('./sigstore-root.ts');
    return fetchTrustedRoots(exchange);
  }
  const roots = readTrustedRoots(trustedRoot);
  if (!roots) throw new RegistryFailure('the setting "trusted-root" is no trusted root of Sigstore');
  return roots;
}

/** https://docs.github.com/en/rest/repos/attestations#list-attestations. A repository without one has status 404, as one that is not seen. */
async function readAttestations(
  { exchange }: Verification,
  { apiUrl, token }: GitHubApi,
  repository: string,
  digest: string,
): Promise<readonly Evidence[]> {
  const answer = await exchange(`${apiUrl}/repos/${repository}/attestations/${digest}?per_page=30`, {
    headers: {
      accept: 'application/vnd.github+json',
      ...(token !== '' && { authorization: `Bearer ${token}` }),
    },
  });
  if (answer.status === 404) return [];
  if (answer.status !== 200) {
    throw refusal(new URL(apiUrl).host, answer, token === '' ? 'without a token' : 'with the input "source-token"');
  }
  return evidenceOf(jsonOf(answer.body));
}

function reasonOf(error: unknown): string {
  if (error instanceof RegistryFailure) return error.message;
  throw error;
}
