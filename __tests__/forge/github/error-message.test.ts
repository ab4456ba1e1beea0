import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createHastyClient } from '../../../src/forge/github/client.ts';
import { restBy } from '../../../src/forge/github/rest.ts';
import { connectionFailure, reasonOf, settingFor } from '../../../src/forge/github/error-message.ts';
import { ServerToken } from '../../../src/forge/github/server-token.ts';

const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a client throws for a request to `apiUrl`. */
async function thrownBy(apiUrl: string): Promise<unknown> {
  try {
    const { meta } = await restBy(createHastyClient(ServerToken.restored({ apiUrl, token: '' }), 10_000));
    await meta.root();
  } catch (error) {
    return error;
  }
  throw new Error('the request succeeded');
}

test('a message without end is read in linear time', () => {
  expect(settingFor(reasonOf({ message: 'squash merg'.repeat(500_000) }))).toHaveLength(10_000);
});

describe('connectionFailure', () => {
  test('a server with a certificate of a private authority: names the variable to set', async () => {
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name)) as [string, string];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject];
    execFileSync('openssl', made, { stdio: 'ignore' });
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const told = connectionFailure('open a pull request', await thrownBy(`https://localhost:${port}`));
      expect(told).toMatchObject({ code: 'CA_UNTRUSTED', hint: expect.stringContaining('NODE_EXTRA_CA_CERTS') });
    } finally {
      server.close();
    }
  });

  test('a server that is not reached: is of the network', async () => {
    const told = connectionFailure('open a pull request', await thrownBy('http://127.0.0.1:9'));
    expect(told).toMatchObject({ code: 'NETWORK' });
  });
});
