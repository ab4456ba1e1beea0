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

const APPS = Array.from({ length: 30 }, (_, index) => `app-${index}`);
const STAGES = ['development', 'staging', 'production'];
const fileOf = (app: string, stage: string): string => `apps/${app}/${stage}/kustomization.yaml`;
const kustomization = (app: string, version: string): string =>
  `images:\n  - name: ghcr.io/acme/${app}\n    newTag: ${version}\n`;
const all = APPS.flatMap((app) =>
  STAGES.map((stage): [string, string] => [fileOf(app, stage), kustomization(app, '1.0.0')]),
);
const wildcard = `apps:
  "*":
    images: ['ghcr.io/acme/{{ app }}']
    environments:
${STAGES.map((stage) => `      ${stage}: { paths: ['apps/{{ app }}/${stage}'] }\n`).join('')}`;

scenarios(
  'ninety environments of thirty apps',
  { '.github/manifest-release.yaml': wildcard, ...Object.fromEntries(all) },
  (current) => {
    test('their status takes as many processes and requests as that of one, and so do the versions of three', async () => {
      const { repository, action, requests, forget } = current();
      // Each app has its latest version since a commit of its own, and a third of them one before that.
      for (const [index, app] of APPS.entries()) {
        const files = Object.fromEntries(
          STAGES.map((stage) => [fileOf(app, stage), kustomization(app, `1.0.${index}`)]),
        );
        if (index > 0) await repository.commit('main', files, { message: `${app}\n` });
        if (index % 3 === 0) {
          const latest = { [fileOf(app, 'development')]: kustomization(app, '2.0.0') };
          await repository.commit('main', latest, { message: `${app} in development\n` });
        }
      }
      const reportOf = async (inputs: Readonly<Record<string, string>>) => {
        forget();
        const { exitCode, stdout, outputs } = await action(inputs, { RUNNER_DEBUG: '1' });
        expect(exitCode, stdout.slice(-2000)).toBe(0);
        const rows = JSON.parse(outputs['results'] ?? '') as { app: string; environment: string; version: string }[];
        const processes = stdout.split('\n').filter((line) => line.startsWith('::debug::git ')).length;
        return { rows, processes, requests: requests().length };
      };
      const whole = await reportOf({ mode: 'status' });
      const one = await reportOf({ mode: 'status', app: 'app-3', environments: 'production' });
      const deployed = new Map(whole.rows.map((row) => [`${row.app} ${row.environment}`, row]));
      expect(deployed.size).toBe(APPS.length * STAGES.length);
      expect(deployed.get('app-3 development')?.version).toBe('2.0.0');
      expect(deployed.get('app-3 production')).toEqual(one.rows[0]);
      expect(deployed.get('app-4 development')?.version).toBe('1.0.4');
      expect(whole.processes).toBeLessThanOrEqual(one.processes);
      expect(whole.requests).toBeLessThanOrEqual(one.requests);

      const three = await reportOf({ mode: 'list-versions', app: 'app-3' });
      const last = await reportOf({ mode: 'list-versions', app: 'app-3', environments: 'production' });
      const versionsIn = (name: string): string[] =>
        three.rows.filter(({ environment }) => environment === name).map(({ version }) => version);
      expect(versionsIn('development')).toEqual(['2.0.0', '1.0.3', '1.0.0']);
      expect(three.rows.filter(({ environment }) => environment === 'production')).toEqual(last.rows);
      expect(three.processes).toBeLessThanOrEqual(last.processes);
      expect(three.requests).toBeLessThanOrEqual(last.requests);
    });
  },
);
