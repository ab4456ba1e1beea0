/** The inputs about the released images themselves: what is asked of their registries, and who must have built them. */
import { createPublicKey } from 'node:crypto';
import { failure } from '../core/errors.ts';
import type { Signer } from '../provenance/signer.ts';
import { missingInput } from './lookup.ts';
import type { ChoiceOf } from './table.ts';

export interface Checks {
  readonly registry: ChoiceOf<'registry'>;
  readonly pin: ChoiceOf<'pin'>;
  readonly platforms: readonly string[];
  /** Absent where no signature is needed. */
  readonly signer?: Signer;
  /** In JSON, one on each line; empty for the public Sigstore's. */
  readonly trustedRoot: string;
}

/** Throws INPUT_INVALID for a check that needs the registry, which is not asked. */
export function refuseWithoutRegistry({ registry, pin, platforms, signer }: Checks): void {
  if (registry !== 'off') return;
  const [input] = [
    ...(pin === 'always' ? ['pin' as const] : []),
    ...(platforms.length > 0 ? ['platforms' as const] : []),
    ...(signer ? ['verify' as const] : []),
  ];
  if (input === undefined) return;
  const reason = `leaves nothing to read for the input "${input}"`;
  throw failure('INPUT_INVALID', { input: 'registry', value: registry, reason });
}

/** The setting `platforms`. Throws INPUT_INVALID. */
export function readPlatforms(lines: readonly string[]): readonly string[] {
  const value = lines.find((line) => !/^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)?$/.test(line));
  if (value === undefined) return lines;
  throw failure('INPUT_INVALID', { input: 'platforms', value, reason: 'is not of the form linux/amd64' });
}

const REPOSITORY = /^[\w.-]+\/[\w.-]+$/;
const WORKFLOW = /^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml$/;

/** The settings `verify` and `signer`; `undefined` where nothing is verified. Throws INPUT_INVALID, INPUT_MISSING. */
export function readSigner(verify: ChoiceOf<'verify'>, value: string): Signer | undefined {
  if (verify === 'none') return undefined;
  if (value === '') throw missingInput('signer');
  const signer = (verify === 'attestation' ? readWorkflow : readCosign)(value);
  if (signer) return signer;
  const forms = {
    attestation: 'is not owner/repo, owner/repo/.github/workflows/file.yml, or these two',
    cosign: 'is neither an identity and its issuer nor a public key in PEM',
  };
  throw failure('INPUT_INVALID', { input: 'signer', value, reason: forms[verify] });
}

function readWorkflow(value: string): Signer | undefined {
  const words = value.split(/\s+/);
  const workflow = words.find((word) => WORKFLOW.test(word));
  const repository = words.find((word) => REPOSITORY.test(word)) ?? workflow?.split('/').slice(0, 2).join('/');
  const isRead = words.every((word) => word === workflow || word === repository);
  if (repository === undefined || !isRead) return undefined;
  return { kind: 'workflow', repository, ...(workflow !== undefined && { workflow }) };
}

function readCosign(value: string): Signer | undefined {
  const [identity, issuer, ...rest] = value.split(/\s+/);
  if (value.startsWith('-----BEGIN PUBLIC KEY-----')) return readKey(value);
  if (identity === undefined || issuer === undefined || rest.length > 0) return undefined;
  return { kind: 'identity', identity, issuer };
}

function readKey(pem: string): Signer | undefined {
  try {
    return { kind: 'key', publicKey: createPublicKey(pem) };
  } catch {
    return undefined;
  }
}
