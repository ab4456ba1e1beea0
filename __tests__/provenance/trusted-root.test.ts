import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTrustedRoots } from '../../src/provenance/trusted-root.ts';
import { startSigstore, type Sigstore } from './sigstore.ts';

let sigstore: Sigstore;
beforeAll(async () => {
  sigstore = await startSigstore();
});
afterAll(() => sigstore.close());

test('roots are read on lines, or one on several', () => {
  const { rootText } = sigstore;
  expect(readTrustedRoots(`${rootText}\n${rootText}\n`)).toHaveLength(2);
  expect(readTrustedRoots(JSON.stringify(JSON.parse(rootText), undefined, 2))).toHaveLength(1);
});

test.each(['', 'x', '{}', 'null', '[]', '{"certificateAuthorities":[{}]}'])('no root is %j', (text) => {
  expect(readTrustedRoots(text)).toBeUndefined();
});

test('a line that is none is not left out', () => {
  expect(readTrustedRoots(`${sigstore.rootText}\nx`)).toBeUndefined();
});
