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
        expect(pullRequest?.body).toContain(`| ghcr.io/acme/web | 1.4.1 | ${NEWEST} |`);
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
