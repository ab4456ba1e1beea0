/** Trusted roots of Sigstore: whose certificates, logs and timestamps are believed. */
import { jsonOf } from '../core/answer-body.ts';
import { toTrustMaterial, TrustedRoot, type TrustMaterial } from './sigstore.ts';

export type { TrustMaterial };

/**
 * The roots in a text, as `cosign trusted-root create` prints one and `gh attestation trusted-root` prints several, each on a line.
 * `undefined` where a part of it is none.
 */
export function readTrustedRoots(text: string): readonly TrustMaterial[] | undefined {
  const whole = jsonOf(Buffer.from(text));
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const roots = whole === undefined ? lines.map((line) => jsonOf(Buffer.from(line))) : [whole];
  try {
    const materials = roots.map((json) => toTrustMaterial(TrustedRoot.fromJSON(json)));
    return materials.length > 0 && materials.every(hasAuthority) ? materials : undefined;
  } catch {
    return undefined;
  }
}

/** The library reads any object as a root without authorities. */
const hasAuthority = ({ certificateAuthorities }: TrustMaterial): boolean => certificateAuthorities.length > 0;
