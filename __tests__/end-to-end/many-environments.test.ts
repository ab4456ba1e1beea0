/** More environments in one run than an environment variable has room for. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scenarios } from './harness.ts';

const NAMES = Array.from({ length: 400 }, (_, index) => `customer-${index}`.padEnd(63, 'x'));
const config = `apps:
  web:
    images: [ghcr.io/acme/web]
    environments:
${NAMES.map((name) => `      ${name}: { paths: ['${name}'] }\n`).join('')}`;
const manifests = NAMES.map((name): [string, string] => [`${name}/web.yaml`, 'image: ghcr.io/acme/web:1.4.1\n']);

scenarios(
  'four hundred environments',
  { '.github/manifest-release.yaml': config, ...Object.fromEntries(manifests) },
  (current) => {
    test('are planned, and the results are in a file that has room for them', { timeout: 300_000 }, async () => {
      const temporary = await mkdtemp(join(tmpdir(), 'runner-temp-'));
      try {
        const inputs = { app: 'web', version: '1.4.2', 'dry-run': 'true' };
        const { exitCode, stdout, outputs } = await current().action(inputs, { RUNNER_TEMP: temporary });
        expect(exitCode, stdout.slice(-2000)).toBe(0);
        const results = await readFile(outputs['results-file'] ?? '', 'utf8');
        expect(results).toBe(outputs['results']);
        const rows = JSON.parse(results) as { environment: string; outcome: string }[];
        expect(rows.map(({ environment }) => environment)).toEqual(NAMES);
        expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['dry-run']));
      } finally {
        await rm(temporary, { recursive: true });
      }
    });
  },
);
