/** The base changes under a run, or was changed by a person before it: nothing newer is lost, and the sentence is true. */
import { expect, test } from 'vitest';
import { scenarios, type Result } from './harness.ts';

const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const image = (version: string): { images: string } => ({ images: `ghcr.io/acme/web:${version}` });
const buildOf = (number: number): Record<string, string> => ({
  GITHUB_RUN_NUMBER: String(number),
  GITHUB_SHA: String(number % 10).repeat(40),
});

scenarios(
  'a rollback',
  {
    '.github/manifest-release.yaml':
      'apps: { web: { images: ghcr.io/acme/web, environments: { production: { paths: production } } } }\n',
    'production/web.yaml': manifest('1.3.9'),
  },
  (current) => {
    const rollBack = (inputs: Readonly<Record<string, string>> = {}): Promise<Result> =>
      current().action({ app: 'web', mode: 'rollback', environments: 'production', ...inputs });
    const write = (version: string): Promise<string> =>
      current().repository.commit('main', { 'production/web.yaml': manifest(version) });

    test.each([{}, { version: '1.3.9' }, { delivery: 'push' }])(
      'with %j does not go back from a version that came meanwhile; again, it does',
      async (inputs) => {
        const { repository, sandbox } = current();
        await write('1.4.0');
        sandbox.beforeNext({ match: /git-receive-pack/, run: () => write('1.5.0') });
        const result = await rollBack(inputs);
        expect([result.exitCode, result.outputs['commit']], result.stdout).toEqual([1, '']);
        expect(result.stdout).toContain(
          '"web" in "production" has other versions by now than those to roll back: 1.5.0.',
        );
        expect(await sandbox.pullRequests()).toEqual([]);
        expect(await repository.read('main', 'production/web.yaml')).toBe(manifest('1.5.0'));

        const again = await rollBack(inputs);
        expect(again.exitCode, again.stdout).toBe(0);
        const [commit] = await repository.log(again.outputs['branch'] ?? '');
        expect(commit?.trailers).toContain('Release-Rolls-Back: ghcr.io/acme/web:1.5.0');
      },
    );

    test('that another one was faster than does not go further back', async () => {
      const { repository, sandbox } = current();
      await write('1.4.0');
      await write('1.4.1');
      sandbox.beforeNext({ match: /git-receive-pack/, run: () => write('1.4.0') });
      const result = await rollBack({ delivery: 'push' });
      expect([result.exitCode, result.outputs['outcome']], result.stdout).toEqual([0, 'unchanged']);
      expect(await repository.read('main', 'production/web.yaml')).toBe(manifest('1.4.0'));
    });
  },
);

scenarios('a base that a person took back to an earlier build', { 'web.yaml': manifest('main-1') }, (current) => {
  test.each([{}, { delivery: 'push' }, { paths: 'web.yaml' }])(
    'with %j is not overwritten by one before that',
    async (inputs) => {
      const { action, repository } = current();
      for (const number of [40, 41, 42]) {
        const { outputs, stdout } = await action({ ...image(`main-${number}`), ...inputs }, buildOf(number));
        expect(['created', 'pushed'], stdout).toContain(outputs['outcome']);
        if (outputs['outcome'] === 'pushed') continue;
        await repository.pullRequests.merge(Number(outputs['pull-request-number']));
        await repository.deleteBranch('release/web');
      }
      await repository.commit('main', { 'web.yaml': manifest('main-41') });
      const older = await action({ ...image('main-40'), ...inputs }, buildOf(40));
      expect(older.outputs['outcome'], older.stdout).toBe('skipped-older');
      expect(older.stdout).toContain('web.yaml on main has run 41 of acme/web/.github/workflows/ci.yml');
      const newer = await action({ ...image('main-43'), ...inputs }, buildOf(43));
      expect(['created', 'pushed'], newer.stdout).toContain(newer.outputs['outcome']);
    },
  );
});

scenarios(
  'a release branch on which a person removed the manifest',
  { 'web/web.yaml': manifest('1.4.1') },
  (current) => {
    test.each([{}, { paths: 'web' }])('with %j is named in the failure, and can be overwritten', async (inputs) => {
      const { action, repository } = current();
      await action({ ...image('1.4.2'), ...inputs });
      const persons = await repository.commit('release/web', { 'web/web.yaml': null, 'moved.yaml': 'a: 1\n' });
      const result = await action({ ...image('1.4.3'), ...inputs });
      expect(result.exitCode, result.stdout).toBe(1);
      expect(result.stdout).toMatch(
        /This is on the branch release\/web, which has commits by others or of other inputs \([\da-f]{7} Change by hand <ada@example\.com>\): delete it, or overwrite it with on-foreign-commits: reset\./,
      );
      expect(result.stdout).not.toContain('no file on "main"');
      expect(await repository.tip('release/web')).toBe(persons);
      const reset = await action({ ...image('1.4.3'), ...inputs, 'on-foreign-commits': 'reset' });
      expect(reset.outputs['outcome'], reset.stdout).toBe('updated');
      expect(await repository.read('release/web', 'web/web.yaml')).toBe(manifest('1.4.3'));
    });
  },
);

const CONFIG = '.github/manifest-release.yaml';
const configFor = (folder: string) => `apps:
  web:
    images: [ghcr.io/acme/web]
    environments:
      staging: { paths: [${folder}] }
`;

scenarios(
  'manifests that are moved, and the paths of the config file with them',
  { [CONFIG]: configFor('old'), 'old/web.yaml': manifest('1.4.1') },
  (current) => {
    test('are told with the branch that is still the old one, which can be overwritten', async () => {
      const { action, repository, sandbox } = current();
      await action({ app: 'web', version: '1.4.2' });
      const moved = { [CONFIG]: configFor('new'), 'old/web.yaml': null, 'new/web.yaml': manifest('1.4.1') };
      await repository.commit('main', moved);
      const refused = await action({ app: 'web', version: '1.4.3' });
      expect([refused.exitCode, refused.stdout]).toEqual([1, expect.stringContaining('PATHS_MATCH_NOTHING')]);
      expect(refused.stdout).toContain(
        'the branch release/web-staging, which has commits by others or of other inputs (',
      );
      await action({ app: 'web', version: '1.4.3', 'on-foreign-commits': 'reset' });
      expect(await repository.read('release/web-staging', 'new/web.yaml')).toBe(manifest('1.4.3'));
      expect(await sandbox.pullRequests()).toMatchObject([
        { state: 'open', title: 'Release web-staging 1.4.1 → 1.4.3 (patch)' },
      ]);
    });
  },
);
