import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { isUserName } from '../../src/core/user-name.ts';

test.each([
  'ada',
  'Ada_Lovelace',
  'ada.lovelace-1815',
  'mary.o-neil',
  'ada@example.com',
  'ada-at-123456789012',
  'Li_Juan+1-at-111122223333',
  'ada@example.com-at-123456789012',
  `${'a'.repeat(32)}-${'e'.repeat(31)}-at-123456789012`,
  'fabrikam',
  'Contoso-Engineering',
  'ContosoEngineeringDept01',
  'contosoengineeringdepartment',
  'IBMCloudUK',
  'svc_azure_devops_prod01',
  'team1-dev2-app3-x',
  'org-123',
  '123456789012',
  '4chan',
  'w3c',
  'k8s-gitops-bot-v2',
  'web2py3-dev',
  'Schwarzschild-gmbh',
  'DEADBEEF',
  'glenn-miller',
  'ghost_writer',
  'Atticus',
  'eye-of-ra',
  'x-access-token',
  'oauth2',
  'gitlab-ci-token',
  'gitlab+deploy-token-1234567',
  'x-token-auth',
  'x-bitbucket-api-token-auth',
  'APKAEIBAERJR2EXAMPLE',
])('%s is a user name', (name) => {
  expect(isUserName(name)).toBe(true);
});

test.each([
  '',
  '-ada',
  'ada:secret',
  'ada/secret',
  'ada secret',
  'ada\nsecret',
  'ada%3Asecret',
  'ada@',
  'ada@host@example.com',
  'ada@example',
  'ädä',
  `${'a'.repeat(32)}-${'e'.repeat(32)}`,
])('%j has not the form of one', (name) => {
  expect(isUserName(name)).toBe(false);
});

test.each([
  'ghp_a',
  'gho_a',
  'ghu_a',
  'ghs_a',
  'ghr_a',
  'github_pat_a',
  'glpat-a',
  'glcbt-a',
  'gldt-a',
  'acme-glpat-a',
  'ATATTa',
  'ATCTTa',
  'ATBBa',
  'BBDC-a',
  'eyJhbGci',
  'ada-ghp_a',
  '8f14e45fceea167a',
  '8f14e45f-ceea-167a',
  '0f8fad5b-d9cb-469f-a165-70867728950e',
  'project_12_bot_4ffca233d8298ea1',
  'wJalrXUtnFEMIK7MDENG',
  'xK3-9dQ_zT7bLmN2pR5v',
  'a1b2c3d4e5',
  'qmcooghewzxeqnmwhqafofcam',
  'a'.repeat(41),
])('%s may be a secret', (name) => {
  expect(isUserName(name)).toBe(false);
});

const [SMALL, DIGITS] = ['abcdefghijklmnopqrstuvwxyz', '0123456789'];
const LETTERS = SMALL + SMALL.toUpperCase();

/** A text of `alphabet` that is as random as a hash, and the same in each run. */
function randomText(alphabet: string, length: number, seed: number): string {
  const bytes = createHash('shake256', { outputLength: length * 4 })
    .update(String(seed))
    .digest();
  return Array.from({ length }, (_, index) => alphabet[bytes.readUInt32LE(index * 4) % alphabet.length]).join('');
}

// What is taken is made of letters almost alone.
test.each([
  ['20 hexadecimal digits', `${DIGITS}abcdef`, 20, 0],
  ['40 hexadecimal digits', `${DIGITS}abcdef`, 40, 0],
  ['52 of Azure', `${SMALL}234567`, 52, 1],
  ['20 letters and digits', LETTERS + DIGITS, 20, 5],
  ['36 letters and digits', LETTERS + DIGITS, 36, 1],
  ['40 letters and digits', LETTERS + DIGITS, 40, 1],
  ['25 small letters and digits', SMALL + DIGITS, 25, 5],
  ['32 capitals and digits', SMALL.toUpperCase() + DIGITS, 32, 1],
  ['20 of base64url', `${LETTERS}${DIGITS}-_`, 20, 25],
  ['43 of base64url', `${LETTERS}${DIGITS}-_`, 43, 2],
])('of a thousand random secrets of %s hardly any is taken for a user name', (_, alphabet, length, most) => {
  const secrets = Array.from({ length: 1000 }, (__, seed) => randomText(alphabet, length, seed));
  const taken = secrets.filter(isUserName);
  expect(taken.length, taken.join(' ')).toBeLessThanOrEqual(most);
});
