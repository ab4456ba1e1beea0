/** Sigstore's packages that verify: one file in dist/, which is read when something is verified. */
export { bundleFromJSON, type Bundle } from '@sigstore/bundle';
export { TrustedRoot } from '@sigstore/protobuf-specs';
export {
  toSignedEntity,
  toTrustMaterial,
  Verifier,
  type SignedEntity,
  type Signer as CertificateSigner,
  type TrustMaterial,
} from '@sigstore/verify';
