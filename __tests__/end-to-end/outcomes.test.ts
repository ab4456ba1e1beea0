/** The built files under each runtime: one run of each outcome and each mode. */
import { expect, test } from 'vitest';
import { runnerEnvironment, scenarios, type Result } from './harness.ts';

const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const image = (version: string): { images: string } => ({ images: `ghcr.io/acme/web:${version}` });

const told = ({ exitCode, outputs }: Result): unknown[] => [exitCode, outputs['outcome']];

scenarios(
  'outcomes of a release',
  { 'web.yaml': manifest('1.4.1') },
  (current) => {
    test('dry-run, created, unchanged, updated, skipped-older, declined, closed, failed', async () => {
      const { action, repository } = current();
      expect(told(await action({ ...image('1.4.2'), 'dry-run': 'true' }))).toEqual([0, 'dry-run']);
      expect(told(await action(image('1.4.2')))).toEqual([0, 'created']);
      expect(told(await action(image('1.4.2')))).toEqual([0, 'unchanged']);
      expect(told(await action(image('1.4.4')))).toEqual([0, 'updated']);
      expect(told(await action(image('1.4.3')))).toEqual([0, 'skipped-older']);
      await repository.pullRequests.close(1);
      expect(told(await action(image('1.4.4')))).toEqual([0, 'declined']);
      expect(told(await action(image('1.5.0')))).toEqual([0, 'created']);
      await repository.commit('main', { 'web.yaml': manifest('1.5.0') });
      expect(told(await action(image('1.5.0')))).toEqual([0, 'closed']);
      const failed = await action({ images: 'ghcr.io/acme/wbe:1.5.0' });
      expect([failed.exitCode, failed.stdout]).toEqual([1, expect.stringContaining('::error title=SITE_NOT_FOUND')]);
      expect(failed.left).toEqual([]);
    });
  },
  { runs: 'processes' },
);

const CONFIG = `apps:
  web:
    images: [ghcr.io/acme/web]
    environments:
      development: { paths: [development], delivery: push }
      staging: { paths: [staging] }
      production: { paths: [production], after: staging }
`;

interface Row {
  readonly environment: string;
  readonly outcome: string;
  readonly version: string;
}

const rowsOf = ({ outputs }: Result): Row[] => JSON.parse(outputs['results'] ?? '[]') as Row[];

scenarios(
  'outcomes of environments',
  {
    '.github/manifest-release.yaml': CONFIG,
    'development/web.yaml': manifest('1.4.1'),
    'staging/web.yaml': manifest('1.4.1'),
    'production/web.yaml': manifest('1.4.1'),
  },
  (current) => {
    test('pushed, waiting, failed; promote, rollback, status, list-versions', async () => {
      const { action, cli, repository, sandbox } = current();
      const run = async (inputs: Readonly<Record<string, string>>): Promise<string[]> => {
        const result = await action({ app: 'web', ...inputs });
        return rowsOf(result).map(({ environment, outcome }) => `${result.exitCode} ${environment} ${outcome}`);
      };
      const all = { version: '1.4.2', environments: 'development\nstaging\nproduction' };
      expect(await run(all)).toEqual(['0 development pushed', '0 staging created', '0 production waiting']);
      await repository.pullRequests.merge(1);
      expect(await run({ mode: 'promote', from: 'staging', environments: 'production' })).toEqual([
        '0 production created',
      ]);
      await repository.pullRequests.merge(2);
      expect(await run({ mode: 'rollback', environments: 'production' })).toEqual(['0 production created']);
      await repository.commit('main', { 'development/web.yaml': 'image: [ghcr.io/acme/web:1.4.2\n' });
      expect(await run({ version: '1.4.3', environments: 'development' })).toEqual(['1 development failed']);
      await repository.commit('main', { 'development/web.yaml': manifest('1.4.2') });

      const status = await action({ mode: 'status' });
      expect(rowsOf(status).map(({ environment, version }) => `${environment} ${version}`)).toEqual([
        'development 1.4.2',
        'staging 1.4.2',
        'production 1.4.2',
      ]);
      const { GITHUB_SERVER_URL = '', GITHUB_API_URL = '' } = runnerEnvironment(sandbox);
      const flags = ['--repository', 'acme/manifests', '--app', 'web', '--environments', 'production', '--json'];
      const listed = await cli(['list-versions', ...flags], {
        GITHUB_SERVER_URL,
        GITHUB_API_URL,
        MANIFEST_RELEASE_TOKEN: sandbox.token,
      });
      const { results } = JSON.parse(listed.stdout) as { results: Row[] };
      expect([listed.exitCode, ...results.map(({ version }) => version)]).toEqual([0, '1.4.2', '1.4.1']);
    });
  },
  { runs: 'each-runtime' },
);
