/** The checks of a run: each question once, and no answer for another question. */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { detectCi } from '../../src/inputs/ci.ts';
import { readInputs } from '../../src/inputs/inputs.ts';
import type { RawInputs } from '../../src/inputs/raw-inputs.ts';
import { PREDICATES } from '../../src/provenance/signer.ts';
import { checkingImages } from '../../src/release/check-images.ts';
import { attestWithKey } from '../provenance/sigstore.ts';
import { startImageRegistry, type ImageRegistry } from '../registry/image-registry.ts';

const CI = detectCi({});
let registry: ImageRegistry;
beforeAll(async () => {
  registry = await startImageRegistry();
});
afterAll(() => registry.close());
beforeEach(() => void registry.requests.splice(0));

const inputsOf = (raw: RawInputs) => readInputs({ repository: 'acme/manifests', ...raw }, CI);

function startRun() {
  const end = new AbortController();
  const access = () => Promise.resolve(inputsOf({ images: 'web:1' }).access);
  return { end, check: checkingImages(access, CI, { debug: () => undefined, signal: end.signal }) };
}

test('an image is asked for once, and each signer has a verdict of its own', async () => {
  const digest = registry.push('acme/web', '1.4.2');
  const [own, other] = [0, 1].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  if (!own || !other) throw new Error('two keys are made');
  registry.attach('acme/web', digest, attestWithKey(own.privateKey, digest, PREDICATES.key));
  const { check } = startRun();
  const images = `${registry.host}/acme/web:1.4.2`;
  const verdictOf = async ({ publicKey }: typeof own): Promise<string | undefined> => {
    const signer = publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const [checked] = await check(inputsOf({ images, verify: 'cosign', signer }));
    return checked?.verdict?.kind;
  };
  expect(await verdictOf(own)).toBe('verified');
  expect(await verdictOf(other)).toBe('refused');
  const asked = registry.requests.length;
  expect(await verdictOf(own)).toBe('verified');
  expect(registry.requests).toHaveLength(asked);
});

test('questions end with the run', async () => {
  registry.answer = 'never';
  const { check, end } = startRun();
  const checking = check(inputsOf({ images: `${registry.host}/acme/web:1.4.2`, registry: 'require' }));
  while (registry.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  end.abort();
  registry.answer = 'all';
  const [checked] = await checking;
  expect(checked?.inspection.kind).toBe('unreadable');
});

test('a name that is no address is not checked', async () => {
  const { check } = startRun();
  const [checked] = await check(inputsOf({ images: 'web.example:99999/acme/web:1' }));
  const reason = 'web.example:99999 is not the address of a registry';
  expect(checked?.inspection).toEqual({ kind: 'unreadable', reason });
});
