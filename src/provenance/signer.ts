/** Who must have signed an image, and whether a certificate is theirs. */
import type { KeyObject } from 'node:crypto';
import type { CertificateSigner } from './sigstore.ts';

/** The wanted signer of an image. */
export type Signer =
  /**
   * A workflow on GitHub that built the image: `repository` is `owner/name`, of the source; `workflow` is
   * `owner/name/.github/workflows/file.yml`, which may be a reusable one of another repository. Without it, any of this repository.
   */
  | { readonly kind: 'workflow'; readonly repository: string; readonly workflow?: string }
  /** Cosign without a key: the certificate has exactly this identity (an e-mail address or URL) from exactly this issuer. */
  | { readonly kind: 'identity'; readonly identity: string; readonly issuer: string }
  /** Cosign with a key. */
  | { readonly kind: 'key'; readonly publicKey: KeyObject };

/** The types of in-toto statements that count: another one, as an SBOM, does not show who built or signed the image. */
export const PREDICATES: Readonly<Record<Signer['kind'], string>> = {
  workflow: 'https://slsa.dev/provenance/v1',
  identity: 'https://sigstore.dev/cosign/sign/v1',
  key: 'https://sigstore.dev/cosign/sign/v1',
};

const GITHUB = 'https://github.com';
const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
/** Source Repository URI, https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md. */
const SOURCE_REPOSITORY = '1.3.6.1.4.1.57264.1.12';

/**
 * Why a certificate that was verified is not the one of the wanted signer, as a clause; `undefined` where it is. A workflow is
 * checked as by `gh attestation verify --repo … --signer-workflow …`.
 */
export function mismatchOf({ identity = {} }: CertificateSigner, wanted: Exclude<Signer, { kind: 'key' }>) {
  const { subjectAlternativeName: name = '', extensions, oids = [] } = identity;
  const issuer = extensions?.issuer ?? '';
  if (wanted.kind === 'identity') {
    return name === wanted.identity && issuer === wanted.issuer ? undefined : `it is signed by ${name} of ${issuer}`;
  }
  if (issuer !== GITHUB_ISSUER) return `it is signed by ${name} of ${issuer}, not by a workflow on GitHub`;
  const source = textOf(oids.find(({ oid }) => oid?.id.join('.') === SOURCE_REPOSITORY)?.value);
  if (!isSame(source, `${GITHUB}/${wanted.repository}`)) return `it is built from ${source || 'no repository'}`;
  const workflow = wanted.workflow === undefined ? `${wanted.repository}/` : `${wanted.workflow}@`;
  const start = `${GITHUB}/${workflow}`;
  return isSame(name.slice(0, start.length), start) ? undefined : `it is signed by ${name}`;
}

/** Who signed, of a certificate that was verified: `acme/web, workflow .github/workflows/ci.yml`, or an identity and its issuer. */
export function signerName({ identity = {} }: CertificateSigner, wanted: Exclude<Signer, { kind: 'key' }>): string {
  const { subjectAlternativeName: name = '', extensions } = identity;
  if (wanted.kind === 'identity') return `${name} of ${extensions?.issuer ?? ''}`;
  const path = name.slice(`${GITHUB}/`.length).replace(/@.*$/s, '');
  const own = `${wanted.repository}/`;
  return `${wanted.repository}, workflow ${isSame(path.slice(0, own.length), own) ? path.slice(own.length) : path}`;
}

/** Names on GitHub have no case. */
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** A UTF8String in DER of less than 256 bytes (X.690, 8.1.3); empty for anything else. */
function textOf(value: Uint8Array | undefined): string {
  const bytes = Buffer.from(value ?? []);
  const header = bytes[1] === 0x81 ? 3 : 2;
  const isWhole = bytes[0] === 0x0c && bytes[header - 1] === bytes.length - header;
  return isWhole ? bytes.toString('utf8', header) : '';
}
