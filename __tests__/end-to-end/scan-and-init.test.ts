/** The first minutes with a repository: what it has (`scan`), and a config file for it (`init`) with which a release works. */
import { expect, test } from 'vitest';
import { LAYOUTS } from '../environments/init/layouts.ts';
import { scenarios, type Result, type Scenario } from './harness.ts';

const FILE = '.github/manifest-release.yaml';
const BRANCH = 'manifest-release/init';
const FILES = LAYOUTS['kustomize-overlays'] ?? {};

const servers = ({ sandbox }: Scenario): Record<string, string> => ({
  GITHUB_SERVER_URL: sandbox.serverUrl,
  GITHUB_API_URL: sandbox.apiUrl,
});

const resultsIn = (text: string): Record<string, unknown>[] =>
  (JSON.parse(text) as { results: Record<string, unknown>[] }).results;

scenarios('scan', LAYOUTS['helm-values'] ?? {}, (current) => {
  test('a public repository needs no token: places by image, and what no release would write', async () => {
    const { cli, repository, requests } = current();
    repository.visibility = 'public';
    const { exitCode, stdout, stderr, left } = await cli(
      ['scan', '--repository', 'acme/manifests'],
      servers(current()),
    );
    expect([exitCode, left], stderr).toEqual([0, []]);
    expect(stdout).toBe(`ghcr.io/acme/shop
  2.1.0  split-values  charts/shop/values-dev.yaml:2
  2.0.0  split-values  charts/shop/values-prod-eu.yaml:2
  2.0.0  split-values  charts/shop/values-prod-us.yaml:2
  2.0.1  split-values  charts/shop/values-stg.yaml:2
  2.0.0  helm-values   charts/shop/values.yaml:3

Seen, and written by no release:
  odd/tags.yaml:3 worker.image.tag 9.0.0: it is of an image that no file names
    tag: 9.0.0 # manifest-release: IMAGE tag

Paste the indented line in place of the one in the file to have it written; for IMAGE write the image's name.

1 image in 5 places of 5 files; 1 place that no release would write.
`);
    expect(
      requests().filter((request) => request.startsWith('POST')),
      'one clone',
    ).toHaveLength(2);
  });

  test('the marker line makes it a place', async () => {
    const { cli, repository, sandbox } = current();
    const line = 'tag: 9.0.0 # manifest-release: ghcr.io/acme/worker tag';
    await repository.commit('main', { 'odd/tags.yaml': `worker:\n  image:\n    ${line}\n` });
    const { stdout } = await cli(['scan', '--repository', 'acme/manifests', '--paths', 'odd', '--json'], {
      ...servers(current()),
      MANIFEST_RELEASE_TOKEN: sandbox.token,
    });
    expect(resultsIn(stdout)).toEqual([
      {
        image: 'ghcr.io/acme/worker',
        version: '9.0.0',
        file: 'odd/tags.yaml',
        line: 3,
        where: 'worker.image.tag',
        convention: 'marker',
      },
    ]);
  });

  test('as a mode of the Action: rows in results, a table in the summary', async () => {
    const { action } = current();
    const { exitCode, outputs, summary, stdout } = await action({ mode: 'scan' });
    expect(exitCode, stdout).toBe(0);
    const rows = JSON.parse(outputs['results'] ?? '') as Record<string, unknown>[];
    expect(rows.map(({ file, line, convention }) => `${String(file)}:${String(line)} ${String(convention)}`)).toContain(
      'charts/shop/values-dev.yaml:2 split-values',
    );
    expect(rows.at(-1)).toMatchObject({ reason: 'it is of an image that no file names', convention: '' });
    expect(summary).toContain('| `ghcr.io/acme/shop` | `2.1.0` | `split-values` | `charts/shop/values-dev.yaml:2` |');
    expect(summary).toContain('`tag: 9.0.0 # manifest-release: IMAGE tag`');
  });

  test('an input of a release is refused before anything is read', async () => {
    const { action, requests } = current();
    const { exitCode, stdout } = await action({ mode: 'scan', images: 'ghcr.io/acme/shop:3.0.0' });
    expect([exitCode, requests()]).toEqual([1, []]);
    expect(stdout).toContain('Input "images" is "ghcr.io/acme/shop:3.0.0", which is not for mode scan.');
  });
});

scenarios('init', FILES, (current) => {
  const init = (inputs: Readonly<Record<string, string>> = {}): Promise<Result> =>
    current().action({ mode: 'init', ...inputs });

  test('opens one pull request, however often it runs; after its merge the file is never overwritten', async () => {
    const { repository, sandbox } = current();
    const first = await init();
    expect([first.exitCode, first.outputs['outcome']], first.stdout).toEqual([0, 'created']);
    expect(first.stdout).toContain(
      `Opened pull request #1 (${sandbox.serverUrl}/acme/manifests/pull/1): it adds ${FILE}.`,
    );
    const [pullRequest, ...more] = await sandbox.pullRequests();
    expect([pullRequest?.head, pullRequest?.base, more]).toEqual([BRANCH, 'main', []]);
    const proposed = await repository.read(BRANCH, FILE);
    await expect(proposed).toMatchFileSnapshot('../fixtures/init/kustomize-overlays.yaml');
    expect(first.summary).toContain('production: { paths: [apps/web/overlays/production], delivery: pull-request }');

    const refs = await repository.refs();
    const again = await init();
    expect([again.exitCode, again.outputs['outcome'], again.outputs['pull-request-number']]).toEqual([
      0,
      'unchanged',
      '1',
    ]);
    expect(await repository.refs()).toEqual(refs);
    await repository.pullRequests.merge(1);
    const merged = await init();
    expect([merged.exitCode, merged.stdout]).toEqual([
      1,
      expect.stringContaining(
        '::error title=CONFIG_EXISTS::Config file ".github/manifest-release.yaml" is on "main" already',
      ),
    ]);
    expect(await repository.read('main', FILE)).toBe(proposed);
  });

  test('proposes none beside one with the other extension', async () => {
    const { repository, sandbox } = current();
    await repository.commit('main', { '.github/manifest-release.yml': 'apps: {}\n' });
    const { exitCode, stdout } = await init();
    expect(exitCode).toBe(1);
    expect(stdout).toContain('CONFIG_EXISTS::Config file ".github/manifest-release.yml" is on "main" already');
    expect(await sandbox.pullRequests()).toEqual([]);
  });

  test('finishes a run that was cut short after its push', async () => {
    const { repository, sandbox } = current();
    await repository.commit(BRANCH, { [FILE]: 'apps: {}\n' });
    const { outputs, stdout } = await init();
    expect([outputs['outcome'], (await sandbox.pullRequests()).length], stdout).toEqual(['created', 1]);
    expect(await repository.read(BRANCH, FILE), 'never overwritten').toBe('apps: {}\n');
  });

  test('a proposal that a person closed is not opened again', async () => {
    const { repository, sandbox } = current();
    await init();
    await repository.pullRequests.close(1);
    const { exitCode, outputs, stdout } = await init();
    expect([exitCode, outputs['outcome']], stdout).toEqual([0, 'declined']);
    expect(stdout).toContain(`Delete the branch ${BRANCH} for a new proposal.`);
    expect((await sandbox.pullRequests()).map(({ state }) => state)).toEqual(['closed']);
  });

  test('--dry-run prints the file alone on stdout, and writes nothing', async () => {
    const { cli, repository, sandbox } = current();
    const token = { MANIFEST_RELEASE_TOKEN: sandbox.token };
    const { exitCode, stdout } = await cli(['init', '--repository', 'acme/manifests', '--dry-run'], {
      ...servers(current()),
      ...token,
    });
    expect(exitCode).toBe(0);
    await expect(stdout).toMatchFileSnapshot('../fixtures/init/kustomize-overlays.yaml');
    expect(Object.keys(await repository.refs())).toEqual(['refs/heads/main']);
  });

  test('no environment: an error that says what to do', async () => {
    const { repository, action } = current();
    const paths = 'apps/mail';
    const { exitCode, stdout } = await action({ mode: 'init', paths });
    expect([exitCode, Object.keys(await repository.refs())]).toEqual([1, ['refs/heads/main']]);
    expect(stdout).toContain('title=CONFIG_NOT_PROPOSED');
    expect(stdout).toContain('ghcr.io/acme/mail is in no environment by its path: apps/mail/deployment.yaml:10');
  });
});

/** An app of each layout, its environments without a push, and a new version. */
const RELEASES: Readonly<Record<string, readonly [app: string, byPush: string, byPullRequest: readonly string[]]>> = {
  'kustomize-overlays': ['web', 'development', ['staging', 'production']],
  'helm-values': ['shop', 'dev', ['stg', 'prod-eu', 'prod-us']],
  monorepo: ['orders', '', ['staging', 'production']],
};

for (const [layout, files] of Object.entries(LAYOUTS)) {
  scenarios(`a release with the proposed file of ${layout}`, files, (current) => {
    test('goes to each environment, and to no place of another one', async () => {
      const { action, repository, sandbox } = current();
      await action({ mode: 'init' });
      await repository.pullRequests.merge(1);
      const [app = '', byPush = '', byPullRequest = []] = RELEASES[layout] ?? [];
      const environments = [byPush, ...byPullRequest].filter(Boolean);
      const { exitCode, outputs, stdout } = await action({
        app,
        version: '7.0.0',
        environments: environments.join('\n'),
      });
      expect(exitCode, stdout).toBe(0);
      const results = JSON.parse(outputs['results'] ?? '') as { environment: string; outcome: string }[];
      expect(results.map(({ environment, outcome }) => `${environment} ${outcome}`)).toEqual(
        environments.map((name) => `${name} ${name === byPush ? 'pushed' : 'created'}`),
      );
      for (const name of byPullRequest) {
        const branch = `release/${app}-${name}`;
        const changed = new Set<string>();
        for (const path of Object.keys(files)) {
          if ((await repository.read(branch, path)) !== (await repository.read('main', path))) changed.add(path);
        }
        expect([...changed].every((path) => path.includes(name)) && changed.size, branch).toBe(1);
      }
      expect((await sandbox.pullRequests()).filter(({ state }) => state === 'open')).toHaveLength(byPullRequest.length);
    });
  });
}
