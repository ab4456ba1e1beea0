/** Many runs at once: one pull request, the newest version, nothing of a person lost, and no run says what is not true. */
import { expect, test } from 'vitest';
import { scenarios, type Result } from './harness.ts';

const RUNS = 20;
const FILES = { 'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n', 'other.yaml': 'a: 1\n' };
const versions = Array.from({ length: RUNS }, (_, index) => `1.5.${index}`);
const NEWEST = versions.at(-1);

const failures = (results: readonly Result[]): string[] =>
  results.flatMap(({ exitCode, stdout }) => (exitCode === 0 ? [] : [stdout]));

scenarios(
  'races',
  FILES,
  (current) => {
    const bystanders = [{ person: false }, { person: true }];
    test.for(bystanders)(
      'twenty versions at once; a person commits meanwhile: $person',
      { timeout: 300_000 },
      async ({ person }) => {
        const { action, repository, sandbox } = current();
        if (person) {
          sandbox.beforeNext({
            match: /POST .*\/pulls$/,
            run: () => repository.commit('release/web', { 'other.yaml': 'a: 2\n' }),
          });
        }
        const results = await Promise.all(versions.map((version) => action({ images: `ghcr.io/acme/web:${version}` })));
        expect(failures(results)).toEqual([]);
        const [pullRequest, ...more] = await sandbox.pullRequests();
        expect(more).toEqual([]);
        expect(pullRequest?.title).toBe(`Release web 1.4.1 → ${NEWEST} (minor)`);
        expect(pullRequest?.body).toContain(`| ghcr.io/acme/web | 1.4.1 | **${NEWEST}** |`);
        expect(await repository.read('release/web', 'web.yaml')).toBe(`image: ghcr.io/acme/web:${NEWEST}\n`);
        expect(await repository.read('release/web', 'other.yaml')).toBe(person ? 'a: 2\n' : 'a: 1\n');
        const outcomes = results.map(({ outputs }) => outputs['outcome']);
        expect(outcomes.filter((outcome) => outcome === 'created').length).toBeLessThanOrEqual(1);
        expect(['created', 'updated', 'unchanged']).toContain(outcomes.at(-1));
        expect(new Set(outcomes)).not.toContain('declined');
      },
    );

    test('ten applications delivered by push to one branch: all land, none is lost', async () => {
      const { action, repository } = current();
      const apps = Array.from({ length: 10 }, (_, index) => `app${index}`);
      const files = apps.map((app): [string, string] => [`${app}.yaml`, `image: ghcr.io/acme/${app}:1.0.0\n`]);
      await repository.commit('main', Object.fromEntries(files));
      const results = await Promise.all(
        apps.map((app) => action({ images: `ghcr.io/acme/${app}:1.0.1`, delivery: 'push' })),
      );
      expect(failures(results)).toEqual([]);
      expect(results.map(({ outputs }) => outputs['outcome'])).toEqual(apps.map(() => 'pushed'));
      for (const app of apps) expect(await repository.read('main', `${app}.yaml`)).toContain(':1.0.1');
      expect(await repository.log('main')).toHaveLength(12);
    }, 300_000);
  },
  { runs: 'processes' },
);

const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const CONFIG = `apps:
  web:
    images: ghcr.io/acme/web
    environments:
      staging: { paths: staging }
      production: { paths: production }
`;

scenarios(
  'releases, promotions, rollbacks and a person at once',
  {
    '.github/manifest-release.yaml': CONFIG,
    'staging/web.yaml': manifest('1.4.1'),
    'production/web.yaml': manifest('1.3.9'),
    'other.yaml': 'a: 1\n',
  },
  (current) => {
    test('twenty processes end in one pull request each, the newest version, and nothing of the person lost', async () => {
      const { action, repository, sandbox } = current();
      await repository.commit('main', { 'production/web.yaml': manifest('1.4.0') });
      const persons: string[] = [];
      const push = (branch: string, path: string) => async (): Promise<void> => {
        if (await repository.tip(branch)) persons.push(await repository.commit(branch, { [path]: 'a: 2\n' }));
      };
      const moments: readonly [RegExp, string, string][] = [
        [/git-upload-pack$/, 'main', 'main-1.yaml'],
        [/POST .*\/pulls$/, 'release/web-staging', 'staging-1.yaml'],
        [/POST .*\/pulls$/, 'release/web-production', 'production-1.yaml'],
        [/PATCH .*\/pulls\/\d+$/, 'release/web-staging', 'staging-2.yaml'],
        [/PATCH .*\/pulls\/\d+$/, 'rollback/web-production', 'rollback-1.yaml'],
        [/git-receive-pack$/, 'main', 'main-2.yaml'],
      ];
      for (const [match, branch, path] of moments) sandbox.beforeNext({ match, run: push(branch, path) });

      const app = { app: 'web' };
      const releases = versions.slice(0, 12).map((version) => ({ ...app, version, environments: 'staging' }));
      const promotions = Array.from({ length: 4 }, () => ({
        ...app,
        mode: 'promote',
        from: 'staging',
        environments: 'production',
      }));
      const rollbacks = Array.from({ length: 4 }, () => ({ ...app, mode: 'rollback', environments: 'production' }));
      const results = await Promise.all([...releases, ...promotions, ...rollbacks].map((inputs) => action(inputs)));
      expect(failures(results)).toEqual([]);

      const open = (await sandbox.pullRequests()).map(({ head, title }) => `${head}: ${title}`).toSorted();
      expect(open).toEqual([
        'release/web-production: Promote web-production 1.4.0 → 1.4.1 (patch)',
        'release/web-staging: Release web-staging 1.4.1 → 1.5.11 (minor)',
        'rollback/web-production: Roll back web-production 1.4.0 → 1.3.9',
      ]);
      expect(await repository.read('release/web-staging', 'staging/web.yaml')).toBe(manifest('1.5.11'));
      expect(await repository.read('release/web-production', 'production/web.yaml')).toBe(manifest('1.4.1'));
      expect(await repository.read('rollback/web-production', 'production/web.yaml')).toBe(manifest('1.3.9'));
      expect(persons.length).toBeGreaterThanOrEqual(3);
      const branches = ['main', 'release/web-staging', 'release/web-production', 'rollback/web-production'];
      const kept = (await Promise.all(branches.map((branch) => repository.log(branch)))).flat().map(({ sha }) => sha);
      for (const commit of persons) expect(kept).toContain(commit);
    }, 300_000);
  },
  { runs: 'processes' },
);
