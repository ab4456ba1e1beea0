/** The inputs about registries and signers, and whose token a registry may get. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { detectCi } from '../../src/inputs/ci.ts';
import { readAccess } from '../../src/inputs/access.ts';
import { readInputs } from '../../src/inputs/inputs.ts';
import type { RawInputs } from '../../src/inputs/raw-inputs.ts';

const IMAGES = { repository: 'acme/manifests', images: 'ghcr.io/acme/web:1.4.2' };
const checksOf = (raw: RawInputs) => readInputs({ ...IMAGES, ...raw }, detectCi({})).checks;

const WORKFLOW = 'acme/ci/.github/workflows/build.yml';
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PEM = publicKey.export({ format: 'pem', type: 'spki' }).toString();

describe('the signer', () => {
  test.each<[verify: string, signer: string, expected: object]>([
    ['attestation', 'acme/web', { kind: 'workflow', repository: 'acme/web' }],
    ['attestation', WORKFLOW, { kind: 'workflow', repository: 'acme/ci', workflow: WORKFLOW }],
    ['attestation', `acme/web\n${WORKFLOW}`, { kind: 'workflow', repository: 'acme/web', workflow: WORKFLOW }],
    ['cosign', 'ada@example.com https://issuer.test', { kind: 'identity', identity: 'ada@example.com' }],
    ['cosign', PEM, { kind: 'key' }],
  ])('of %s: %s', (verify, signer, expected) => {
    expect(checksOf({ verify, signer }).signer).toMatchObject(expected);
  });

  test.each<[verify: string, signer: string]>([
    ['attestation', 'acme'],
    ['attestation', 'acme/web other/web'],
    ['attestation', 'https://github.com/acme/web'],
    ['attestation', 'acme/web/build.yml'],
    ['cosign', 'ada@example.com'],
    ['cosign', 'a b c'],
    ['cosign', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
  ])('of %s is not %s', (verify, signer) => {
    expect(() => checksOf({ verify, signer })).toThrow(/^Input "signer" is /);
  });

  test('is needed to verify, and nothing without', () => {
    expect(() => checksOf({ verify: 'cosign' })).toThrow('Input "signer"');
    expect(checksOf({ signer: 'acme/web' }).signer).toBeUndefined();
  });
});

test('what needs the registry is refused where it is not asked', () => {
  for (const raw of [{ pin: 'always' }, { platforms: 'linux/amd64' }, { verify: 'attestation', signer: 'acme/web' }]) {
    const [input = ''] = Object.keys(raw);
    expect(() => checksOf({ registry: 'off', ...raw })).toThrow(`"${input}"`);
  }
  expect(checksOf({ registry: 'off' })).toMatchObject({ registry: 'off', pin: 'keep' });
});

test('a platform has an operating system and an architecture', () => {
  expect(checksOf({ platforms: 'linux/amd64\nlinux/arm/v7' }).platforms).toEqual(['linux/amd64', 'linux/arm/v7']);
  expect(() => checksOf({ platforms: 'amd64' })).toThrow('"amd64"');
});

describe('the token for ghcr.io', () => {
  const tokenOf = (raw: RawInputs, variables: Record<string, string>) =>
    readAccess({ ...IMAGES, ...raw }, detectCi(variables)).packagesToken;
  const ACTIONS = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/web' };
  const MARKED = { token: 'given', 'source-token': 'workflow:ghs_1' };

  test('is that of the workflow on github.com', () => {
    expect(tokenOf(MARKED, ACTIONS)).toBe('ghs_1');
    expect(tokenOf({ token: 'workflow:ghs_2' }, ACTIONS)).toBe('ghs_2');
    expect(tokenOf({}, { ...ACTIONS, GITHUB_TOKEN: 'ghs_3' })).toBe('ghs_3');
    expect(readAccess({ ...IMAGES, ...MARKED }, detectCi(ACTIONS)).sourceToken).toBe('ghs_1');
  });

  test('is none that was given for something else, nor that of another server', () => {
    expect(tokenOf({ token: 'given', 'source-token': 'other' }, ACTIONS)).toBe('');
    const enterprise = { ...ACTIONS, GITHUB_SERVER_URL: 'https://github.acme.test' };
    expect(tokenOf(MARKED, enterprise)).toBe('');
    expect(tokenOf({}, { ...enterprise, GITHUB_TOKEN: 'ghs_3' })).toBe('');
    expect(tokenOf({}, { GITLAB_CI: 'true', CI_SERVER_URL: 'https://gitlab.test', CI_JOB_TOKEN: 'x' })).toBe('');
    expect(
      tokenOf({}, { GITEA_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://git.test', ...ACTIONS, GITHUB_TOKEN: 'x' }),
    ).toBe('');
  });
});
