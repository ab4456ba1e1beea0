/** Environments of an app, by the config file: each has its own release, its own outcome and its own order. */
import { expect, test } from 'vitest';
import { runnerEnvironment, scenarios, type Result } from './harness.ts';

const ENVIRONMENTS = ['development', 'staging', 'production'];
const CONFIG = `defaults:
  labels: [release]
apps:
  web:
    images: [ghcr.io/acme/web, ghcr.io/acme/web-migrations]
    environments:
      development: { paths: [apps/web/development], delivery: push }
      staging: { paths: [apps/web/staging] }
      production: { paths: [apps/web/production], after: staging, reviewers: [acme/sre], allowed-versions: '>=1.0.0' }
  '*':
    images: ['ghcr.io/acme/{{ app }}']
    environments:
      staging: { paths: ['apps/{{ app }}/staging'], title: 'To {{ environment }}: {{ name }} {{ version }}' }
`;
const manifest = (version: string): string =>
  `image: ghcr.io/acme/web:${version}\ninit: {image: "ghcr.io/acme/web-migrations:${version}"} # first\n`;
const FILES = {
  '.github/manifest-release.yaml': CONFIG,
  ...Object.fromEntries(ENVIRONMENTS.map((name) => [`apps/web/${name}/web.yaml`, manifest('1.4.1')])),
  'apps/api/staging/api.yaml': 'image: ghcr.io/acme/api:2.0.0\n',
  'apps/shop/staging/shop.yaml': 'image: ghcr.io/acme/shop:3.0.0\n',
};

interface Told {
  readonly environment: string;
  readonly outcome: string;
  readonly reason: string;
  readonly sentence: string;
}

const resultsOf = ({ outputs }: Result): Told[] => JSON.parse(outputs['results'] ?? '[]') as Told[];
const outcomesOf = (result: Result): string[] =>
  resultsOf(result).map(({ environment, outcome }) => `${environment} ${outcome}`);

scenarios('environments', FILES, (current) => {
  const file = (environment: string): string => `apps/web/${environment}/web.yaml`;

  test('development by push, staging by pull request, production after staging', async () => {
    const { action, repository, sandbox } = current();
    const released = await action({ app: 'web', version: '1.4.2' });
    expect(released.exitCode, released.stdout).toBe(0);
    expect(outcomesOf(released)).toEqual(['development pushed', 'staging created']);
    expect(JSON.parse(released.outputs['plan'] ?? '')).toEqual({
      include: [
        { app: 'web', environment: 'development' },
        { app: 'web', environment: 'staging' },
      ],
    });
    expect(await repository.read('main', file('development'))).toBe(manifest('1.4.2'));
    expect(await repository.read('main', file('staging'))).toBe(manifest('1.4.1'));
    const [pullRequest, ...more] = await sandbox.pullRequests();
    expect(more).toEqual([]);
    expect(pullRequest).toMatchObject({
      head: 'release/web-staging',
      title: 'Release web-staging 1.4.1 → 1.4.2 (patch)',
      labels: ['release'],
    });
    // On top of what this run pushed to development.
    expect(await repository.read('release/web-staging', file('development'))).toBe(manifest('1.4.2'));

    const production = { app: 'web', environments: 'production', version: '1.4.2' };
    const early = await action(production);
    expect([early.exitCode, ...outcomesOf(early)], early.stdout).toEqual([0, 'production waiting']);
    expect(resultsOf(early)[0]?.sentence).toBe(
      'web in production: Waiting with 1.4.2: staging does not have it yet. Run it again when it does.',
    );
    await repository.pullRequests.merge(1);
    const late = await action(production);
    expect(outcomesOf(late), late.stdout).toEqual(['production created']);
    const again = await action({ app: 'web', version: '1.4.2', environments: ENVIRONMENTS.join('\n') });
    expect(outcomesOf(again), again.stdout).toEqual([
      'development unchanged',
      'staging unchanged',
      'production unchanged',
    ]);
  });

  test('an image of the app that was pushed to a second registry too is released', async () => {
    const { action, repository } = current();
    const images = 'docker.io/acmeinc/web:1.4.2\nghcr.io/acme/web:1.4.2';
    const released = await action({ app: 'web', images, environments: 'development' });
    expect(outcomesOf(released), released.stdout).toEqual(['development pushed']);
    expect(await repository.read('main', file('development'))).toContain('ghcr.io/acme/web:1.4.2');
    const other = await action({ app: 'web', images: `${images}\nghcr.io/acme/api:1.4.2` });
    expect(resultsOf(other)[0]?.sentence).toContain('"ghcr.io/acme/api", which is no image of the app "web"');
  });

  test('one environment that fails does not stop the others, and fails the step', async () => {
    const { action, repository } = current();
    await repository.commit('main', { [file('development')]: 'image: [ghcr.io/acme/web:1.4.1\n' });
    const released = await action({ app: 'web', version: '1.4.2', environments: ENVIRONMENTS.join('\n') });
    expect(released.exitCode).toBe(1);
    expect(outcomesOf(released), released.stdout).toEqual([
      'development failed',
      'staging created',
      'production waiting',
    ]);
    expect(released.stdout).toContain('::error title=MANIFEST_UNREADABLE');
    expect(released.stdout).toContain(`::web in development: ${file('development')}:`);
  });

  test('two apps of many by one entry', async () => {
    const { action, repository, sandbox } = current();
    for (const [app, version] of [
      ['api', '2.1.0'],
      ['shop', '3.0.1'],
    ] as const) {
      const released = await action({ app, images: `ghcr.io/acme/${app}:${version}` });
      expect(outcomesOf(released), released.stdout).toEqual(['staging created']);
      expect(await repository.read(`release/${app}-staging`, `apps/${app}/staging/${app}.yaml`)).toContain(version);
    }
    const titles = (await sandbox.pullRequests()).map(({ title }) => title);
    expect(titles).toEqual(['To staging: api-staging 2.1.0', 'To staging: shop-staging 3.0.1']);
  });

  test('the step wins over the file, also with what is the default without one', async () => {
    const { action } = current();
    const released = await action({
      app: 'web',
      environments: 'development',
      version: '1.4.2',
      delivery: 'pull-request',
      labels: 'mine',
    });
    expect(outcomesOf(released), released.stdout).toEqual(['development created']);
    expect((await current().sandbox.pullRequests())[0]?.labels).toEqual(['mine']);
  });

  test('promotes the tag and the digest that another environment holds', async () => {
    const { action, repository, sandbox } = current();
    const pinned = manifest(`1.5.0@sha256:${'a'.repeat(64)}`);
    await repository.commit('main', { [file('staging')]: pinned }, { message: 'Stage web (#12)\n' });
    const promoted = await action({
      mode: 'promote',
      app: 'web',
      from: 'staging',
      environments: 'production',
      reason: 'Tested',
    });
    expect(outcomesOf(promoted), promoted.stdout).toEqual(['production created']);
    expect(await repository.read('release/web-production', file('production'))).toBe(pinned);
    const [pullRequest] = await sandbox.pullRequests();
    expect(pullRequest?.title).toBe('Promote web-production 1.4.1 → 1.5.0 (minor)');
    expect(pullRequest?.body).toMatch(/In staging since \S+ \(\[pull request 12\]\(http\S+\/pull\/12\)\)\./);
    expect(pullRequest?.body).toContain('**Why:** Tested');
  });

  test('promotes nothing where images differ', async () => {
    const { action, repository, sandbox } = current();
    await repository.commit('main', { 'apps/web/staging/other.yaml': 'image: ghcr.io/acme/web:1.3.9\n' });
    const promoted = await action({ mode: 'promote', app: 'web', from: 'staging', environments: 'production' });
    expect(outcomesOf(promoted)).toEqual(['production failed']);
    expect(promoted.stdout).toMatch(/::error title=IMAGES_DIFFER.*1\.3\.9.*apps\/web\/staging\/other\.yaml:1/);
    expect(await sandbox.pullRequests()).toEqual([]);
  });

  test('rolls back to the version before, keeps what came after, and holds the bad one off', async () => {
    const { action, repository, sandbox } = current();
    const production = { app: 'web', environments: 'production' };
    const release = (version: string) => action({ ...production, version });
    // One after the other, each merged.
    await repository.commit('main', { [file('staging')]: manifest('1.4.2') });
    await release('1.4.2');
    await repository.pullRequests.merge(1);
    await repository.commit('main', { [file('production')]: `${manifest('1.4.2')}replicas: 3\n` });

    const back = await action({ mode: 'rollback', ...production, reason: 'Errors at the checkout' });
    expect(outcomesOf(back), back.stdout).toEqual(['production created']);
    const rollback = (await sandbox.pullRequests()).at(-1);
    expect(rollback).toMatchObject({
      head: 'rollback/web-production',
      title: 'Roll back web-production 1.4.2 → 1.4.1',
    });
    expect(rollback?.body).toContain('**Why:** Errors at the checkout');
    expect(await repository.read('rollback/web-production', file('production'))).toBe(
      `${manifest('1.4.1')}replicas: 3\n`,
    );
    expect((await repository.log('rollback/web-production'))[0]?.trailers).toEqual(
      expect.arrayContaining([
        'Release-Image: ghcr.io/acme/web:1.4.1',
        'Release-Rolls-Back: ghcr.io/acme/web:1.4.2',
        'Release-Rolls-Back: ghcr.io/acme/web-migrations:1.4.2',
      ]),
    );
    await repository.pullRequests.merge(rollback?.number ?? 0);

    const same = await release('1.4.2');
    expect(outcomesOf(same), same.stdout).toEqual(['production declined']);
    expect(resultsOf(same)[0]?.sentence).toContain(`pull request #${rollback?.number} rolled it back`);
    await repository.commit('main', { [file('staging')]: manifest('1.4.3') });
    const newer = await release('1.4.3');
    expect(outcomesOf(newer), newer.stdout).toEqual(['production created']);
  });

  test('rolls back to a version by its name, and says which there were', async () => {
    const { action, repository } = current();
    for (const version of ['1.4.2', '1.4.3', '1.5.0']) {
      await repository.commit('main', { [file('staging')]: manifest(version) });
      await repository.commit('main', { 'README.md': version });
    }
    const staging = { mode: 'rollback', app: 'web', environments: 'staging' };
    const named = await action({ ...staging, version: '1.4.2' });
    expect(outcomesOf(named), named.stdout).toEqual(['staging created']);
    expect(await repository.read('rollback/web-staging', file('staging'))).toBe(manifest('1.4.2'));
    const unknown = await action({ ...staging, version: '9.9.9' });
    expect(unknown.stdout).toMatch(/::error title=NO_EARLIER_VERSION.*9\.9\.9.*1\.4\.3.*1\.4\.2.*1\.4\.1/);
  });

  test.each([
    [{ app: 'web', environments: 'prod' }, 'ENVIRONMENT_UNKNOWN', 'production'],
    [
      { mode: 'promote', app: 'web', environments: 'production', from: 'stagin' },
      'ENVIRONMENT_UNKNOWN',
      'Input "from" has "stagin"',
    ],
    [{ app: 'we b' }, 'APP_UNKNOWN', 'we b'],
    [{ app: 'web', config: 'nowhere.yaml' }, 'CONFIG_NOT_FOUND', 'nowhere.yaml'],
    [{ mode: 'promote' }, 'INPUT_MISSING', 'app'],
    [{ mode: 'promote', app: 'web', environments: 'staging' }, 'INPUT_MISSING', 'from'],
    [{ mode: 'rollback', app: 'web' }, 'INPUT_MISSING', 'environments'],
    [{ app: 'web', version: '' }, 'INPUT_MISSING', 'Input "version" is empty.%0AGive it or "images", under "with:"'],
    [{ app: 'web', version: 'latest' }, 'IMAGE_TAG_MOVES', 'Input "version" gives ghcr.io/acme/web only "latest"'],
    [{ mode: 'undo', app: 'web' }, 'INPUT_INVALID', 'undo'],
    [{ app: 'web', images: 'ghcr.io/acme/api:1.0.0' }, 'INPUT_INVALID', 'is no image of the app'],
  ])('%j is refused', async (inputs, code, said) => {
    const { exitCode, stdout } = await current().action({
      version: 'images' in inputs || 'mode' in inputs ? '' : '1.4.2',
      ...inputs,
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`::error title=${code}`);
    expect(stdout).toContain(said);
  });

  test('a path of the file that matches nothing is told with its place', async () => {
    const { action, repository } = current();
    const config = CONFIG.replaceAll('staging]', 'stagin]');
    expect(config).not.toBe(CONFIG);
    await repository.commit('main', { '.github/manifest-release.yaml': config });
    const { stdout } = await action({ app: 'web', version: '1.4.2', environments: 'staging' });
    expect(stdout).toContain('.github/manifest-release.yaml:8:25: Input "paths" has "apps/web/stagin"');
  });

  test('a flaw of the file is told with its place', async () => {
    const { action, repository } = current();
    await repository.commit('main', {
      '.github/manifest-release.yaml': CONFIG.replace('delivery: push', 'delivry: push'),
    });
    const { exitCode, stdout } = await action({ app: 'web', version: '1.4.2' });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/::\.github\/manifest-release\.yaml:7:\d+: .*delivry.*delivery/);
  });

  test.each([[[]], [['--json']]])('status %j: a title by others is no command of the CI', async (flags) => {
    const { action, cli, sandbox, repository } = current();
    await action({ app: 'web', version: '1.4.2', environments: 'staging' });
    const title = 'x ##vso[task.complete result=Failed]##[error] section_start:1:x';
    await repository.pullRequests.update(1, { title });
    const args = ['status', '--repository', 'acme/manifests', ...flags];
    const { exitCode, stdout, stderr } = await cli(args, {
      TF_BUILD: 'True',
      GITHUB_SERVER_URL: sandbox.serverUrl,
      GITHUB_API_URL: sandbox.apiUrl,
      MANIFEST_RELEASE_TOKEN: sandbox.token,
    });
    expect([exitCode, stdout], stderr).toEqual([0, expect.stringContaining('vso[task.complete')]);
    expect(stdout).not.toMatch(/##[[\w]|section_start:/);
    if (flags.length === 0) return;
    const { results } = JSON.parse(stdout) as { results: { open: string }[] };
    expect(results.map(({ open }) => open)).toContain(`#1 ${title}`);
  });

  test('status tells what each environment holds, since when, by what, and what is open', async () => {
    const { action, cli, repository, sandbox } = current();
    await action({ app: 'web', version: '1.4.2', environments: 'staging' });
    await repository.pullRequests.merge(1);
    await action({ app: 'web', version: '1.4.3', environments: 'staging' });
    const status = await action({ mode: 'status' });
    expect(status.exitCode, status.stdout).toBe(0);
    const rows = JSON.parse(status.outputs['results'] ?? '[]') as Record<string, string>[];
    expect(rows.map(({ app, environment, version }) => `${app} ${environment} ${version}`)).toEqual([
      'web development 1.4.1',
      'web staging 1.4.2',
      'web production 1.4.1',
      'api staging 2.0.0',
      'shop staging 3.0.0',
    ]);
    expect(rows[1]).toMatchObject({ 'pull-request': '1', open: '#2 Release web-staging 1.4.2 → 1.4.3 (patch)' });
    expect(rows[1]?.['since']).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(status.summary).toContain('| `web` | `staging` | `1.4.2` |');

    const { GITHUB_SERVER_URL, GITHUB_API_URL } = runnerEnvironment(sandbox);
    const servers = { GITHUB_SERVER_URL: GITHUB_SERVER_URL ?? '', GITHUB_API_URL: GITHUB_API_URL ?? '' };
    const listed = await cli(
      ['list-versions', '--repository', 'acme/manifests', '--app', 'web', '--environments', 'staging'],
      { ...servers, MANIFEST_RELEASE_TOKEN: sandbox.token },
    );
    expect(listed.exitCode, listed.stderr).toBe(0);
    expect(listed.stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 3).join(' '))).toEqual([
      'app environment version',
      'web staging 1.4.2',
      'web staging 1.4.1',
      '',
    ]);
  });
});
