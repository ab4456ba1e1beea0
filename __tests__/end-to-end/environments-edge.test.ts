/** Environments where something is unusual: what was rolled back before, what is not there, what is said by strangers. */
import { expect, test } from 'vitest';
import type { Files } from '../../sandbox/sandbox.ts';
import { COMMIT, scenarios, type Result } from './harness.ts';

const CONFIG = `apps:
  web:
    images: [ghcr.io/acme/web, ghcr.io/acme/web-migrations]
    environments:
      development: { paths: [apps/web/development], delivery: push }
      staging: { paths: [apps/web/staging] }
      production: { paths: [apps/web/production], after: staging }
`;
const manifest = (version: string): string =>
  `image: ghcr.io/acme/web:${version}\ninit: {image: "ghcr.io/acme/web-migrations:${version}"} # first\n`;
const file = (environment: string): string => `apps/web/${environment}/web.yaml`;
const ENVIRONMENTS = ['development', 'staging', 'production'];
const FILES = {
  '.github/manifest-release.yaml': CONFIG,
  ...Object.fromEntries(ENVIRONMENTS.map((name) => [file(name), manifest('1.4.1')])),
};

const METHODS = ['merge', 'squash', 'described', 'rebase'] as const;

interface Told {
  readonly environment: string;
  readonly outcome: string;
  readonly sentence: string;
}

const resultsOf = ({ outputs }: Result): Told[] => JSON.parse(outputs['results'] ?? '[]') as Told[];
const outcomesOf = (result: Result): string[] =>
  resultsOf(result).map(({ environment, outcome }) => `${environment} ${outcome}`);

scenarios('environments at the edge', FILES, (current) => {
  const commit = (files: Files, message = 'By hand\n') => current().repository.commit('main', files, { message });
  const rollBack = (environments: string, inputs: Readonly<Record<string, string>> = {}) =>
    current().action({ mode: 'rollback', app: 'web', environments, ...inputs });
  /** With `described`, GitHub is set to take the text of the pull request for that of a squash. */
  const mergeLatest = async (method: (typeof METHODS)[number] = 'merge') => {
    const { repository, sandbox } = current();
    const { number = 0, body } = (await sandbox.pullRequests()).at(-1) ?? {};
    const message = method === 'described' ? { text: body ?? '' } : {};
    await repository.pullRequests.merge(number, method === 'described' ? 'squash' : method, message);
    return number;
  };

  test.each(METHODS)(
    'a rollback after a rollback goes further back, never to what was taken away (%s)',
    async (method) => {
      const { repository, sandbox } = current();
      for (const version of ['1.4.2', '1.4.3']) await commit({ [file('staging')]: manifest(version) });
      const first = await rollBack('staging');
      expect(outcomesOf(first), first.stdout).toEqual(['staging created']);
      expect(outcomesOf(await rollBack('staging'))).toEqual(['staging unchanged']);
      const firstNumber = await mergeLatest(method);
      expect(await repository.read('main', file('staging'))).toBe(manifest('1.4.2'));

      const second = await rollBack('staging');
      expect(outcomesOf(second), second.stdout).toEqual(['staging created']);
      expect((await sandbox.pullRequests()).at(-1)?.title).toBe('Roll back web-staging 1.4.2 → 1.4.1');
      await mergeLatest(method);
      const third = await rollBack('staging');
      expect(third.stdout).toContain('::error title=NO_EARLIER_VERSION');
      expect(third.stdout).toMatch(/no earlier version that was not rolled back.*%0A  1\.4\.2%0A  1\.4\.3 \[/);

      const again = await current().action({ app: 'web', environments: 'staging', version: '1.4.3' });
      expect(outcomesOf(again), again.stdout).toEqual(['staging declined']);
      expect(resultsOf(again)[0]?.sentence).toContain(`pull request #${firstNumber} rolled it back`);
      const named = await rollBack('staging', { version: '1.4.3' });
      expect(outcomesOf(named), named.stdout).toEqual(['staging created']);
    },
  );

  test.each(METHODS)(
    'what was rolled back where deliveries are pushed is held off until something newer comes (%s)',
    async (method) => {
      const { action, repository } = current();
      const release = (version: string) => action({ app: 'web', environments: 'development', version });
      expect(outcomesOf(await release('1.4.2'))).toEqual(['development pushed']);
      expect(outcomesOf(await rollBack('development'))).toEqual(['development created']);
      await mergeLatest(method);
      expect(await repository.read('main', file('development'))).toBe(manifest('1.4.1'));
      for (let count = 0; count < 60; count += 1) await commit({ 'README.md': `${count}` });

      const same = await release('1.4.2');
      expect(outcomesOf(same), same.stdout).toEqual(['development declined']);
      expect(resultsOf(same)[0]?.sentence).toMatch(/(?:pull request #1|commit [0-9a-f]{7}) rolled it back/);
      expect(outcomesOf(await release('1.4.3'))).toEqual(['development pushed']);
      expect(outcomesOf(await release('1.4.2'))).toEqual(['development skipped-older']);
    },
  );

  test.each([
    ['an unclosed section', 'title', '{{#changes}} x', 'is not a valid template: Unclosed section "changes"'],
    ['an unknown variable', 'labels', 'bump/{{ bmup }}', 'uses the unknown template variable "bmup"'],
    [
      'a variable without a value',
      'branch',
      'release/{{ reason }}',
      'uses {{ reason }}, which has no value in this run',
    ],
    [
      'too many levels',
      'body',
      '{{#changes}}'.repeat(22) + '{{/changes}}'.repeat(22),
      'is not a valid template: has sections',
    ],
  ])('%s of a template in the config file is told with its line', async (_, input, template, reason) => {
    const line = `      staging:\n        paths: [apps/web/staging]\n        ${input}: '${template}'`;
    await commit({ '.github/manifest-release.yaml': CONFIG.replace(/^ +staging: .*$/m, () => line) });
    const release = { app: 'web', environments: 'staging', version: '1.4.2' };
    const failed = await current().action(release);
    const place = `.github/manifest-release.yaml:8:${input.length + 11}: Input "${input}" `;
    expect(resultsOf(failed)[0]?.sentence, failed.stdout).toContain(`${place}${reason}`);
    const given = await current().action({ ...release, [input]: '{{ oops }}' });
    expect(resultsOf(given)[0]?.sentence).toContain(`: Input "${input}" uses the unknown template variable "oops"`);
    expect(resultsOf(given)[0]?.sentence).not.toContain('manifest-release.yaml');
  });

  test('a rollback is not forgotten where many others were merged after it', async () => {
    const { action, repository } = current();
    const release = () => action({ app: 'web', environments: 'staging', version: '1.4.2' });
    await release();
    await mergeLatest();
    await rollBack('staging');
    await mergeLatest();
    for (let count = 0; count < 21; count += 1) {
      await repository.commit(`topic-${count}`, { 'README.md': `${count}` }, { parent: 'main' });
      const pull = repository.pullRequests.open({
        author: 'ada',
        title: 'Other',
        body: '',
        head: `topic-${count}`,
        base: 'main',
        draft: false,
      } as never);
      await repository.pullRequests.merge(pull?.number ?? 0, 'squash');
    }
    expect(outcomesOf(await release())).toEqual(['staging declined']);
  });

  test('a rollback passes over what another image changed, and over images that came or went', async () => {
    const { repository } = current();
    const web = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
    await commit({ [file('staging')]: `${web('1.4.2')}init: {image: "ghcr.io/acme/web-migrations:1.4.2"}\n` });
    await commit({ [file('staging')]: web('1.4.3') });
    await commit({ [file('staging')]: `${web('1.4.3')}# a note\n` });
    const back = await rollBack('staging');
    expect(outcomesOf(back), back.stdout).toEqual(['staging created']);
    expect(await repository.read('rollback/web-staging', file('staging'))).toBe(`${web('1.4.2')}# a note\n`);

    await commit({ [file('production')]: web('1.4.1') });
    await commit({ [file('production')]: manifest('1.4.1') });
    const none = await rollBack('production');
    expect(none.stdout).toContain('::error title=NO_EARLIER_VERSION');
  });

  test('a version that was only pinned is no other version', async () => {
    const { repository } = current();
    const digest = (letter: string): string => `@sha256:${letter.repeat(64)}`;
    await commit({ [file('staging')]: manifest(`1.4.1${digest('a')}`) });
    await commit({ [file('staging')]: manifest('1.4.2') });
    await commit({
      [file('staging')]: manifest(`1.4.2${digest('b')}`),
      'apps/web/staging/kustomization.yaml': 'images:\n  - name: ghcr.io/acme/web\n    newTag: 1.4.2\n',
    });
    const back = await rollBack('staging');
    expect(outcomesOf(back), back.stdout).toEqual(['staging created']);
    expect(await repository.read('rollback/web-staging', file('staging'))).toBe(manifest(`1.4.1${digest('a')}`));
    const { number = 0 } = (await current().sandbox.pullRequests()).at(-1) ?? {};
    await repository.pullRequests.merge(number);
    const { action } = current();
    const same = await action({ app: 'web', environments: 'staging', version: `1.4.2${digest('b')}` });
    expect(outcomesOf(same), same.stdout).toEqual(['staging declined']);
  });

  test('going back to what is there already does nothing', async () => {
    const same = await rollBack('staging', { version: '1.4.1' });
    expect([same.exitCode, ...outcomesOf(same)], same.stdout).toEqual([0, 'staging unchanged']);
  });

  test('a release and a rollback of one environment stand beside each other', async () => {
    const { action, sandbox } = current();
    await commit({ [file('staging')]: manifest('1.4.2') });
    const release = (version: string) =>
      action({ app: 'web', environments: 'staging', version, branch: 'go/{{ name }}-{{ version }}' });
    await release('1.4.3');
    await rollBack('staging');
    await release('1.4.4');
    const open = (await sandbox.pullRequests()).map(({ head, state }) => `${head} ${state}`);
    expect(open).toEqual(['go/web-staging-1.4.3 closed', 'rollback/web-staging open', 'go/web-staging-1.4.4 open']);
    const { number = 0 } = (await sandbox.pullRequests())[1] ?? {};
    await current().repository.pullRequests.close(number);
    expect(outcomesOf(await rollBack('staging')), 'a person asks for it').toEqual(['staging created']);
  });

  test('images that an environment has not are left out, and waited for nowhere', async () => {
    const { action, repository } = current();
    const web = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
    await commit({
      [file('staging')]: web('1.4.1'),
      [file('production')]: web('1.4.1'),
      [file('development')]: manifest('1.4.2'),
    });
    const released = await action({ app: 'web', environments: 'staging', version: '1.4.2' });
    expect(outcomesOf(released), released.stdout).toEqual(['staging created']);
    await mergeLatest();
    const production = await action({ app: 'web', environments: 'production', version: '1.4.2' });
    expect(outcomesOf(production), production.stdout).toEqual(['production created']);
    const promoted = await action({ mode: 'promote', app: 'web', from: 'development', environments: 'production' });
    expect(outcomesOf(promoted), promoted.stdout).toEqual(['production unchanged']);
    expect(await repository.read('release/web-production', file('production'))).toBe(web('1.4.2'));
  });

  test('an image is there by a reference, not by a name or an address that begins with its name', async () => {
    const { action, repository } = current();
    const jobs = (version: string): string =>
      `image: ghcr.io/acme/web-migrations:${version}\nrunbook: https://ghcr.io/acme/web\nowner: acme/web\n`;
    await commit({
      [file('staging')]: jobs('1.4.1'),
      [file('production')]: jobs('1.4.1'),
      [file('development')]: manifest('1.4.3'),
    });
    const released = await action({ app: 'web', environments: 'staging', version: '1.4.2' });
    expect(outcomesOf(released), released.stdout).toEqual(['staging created']);
    expect(released.stdout).toContain('ghcr.io/acme/web is not used in this environment; skipped');
    await mergeLatest();
    const production = await action({ app: 'web', environments: 'production', version: '1.4.2' });
    expect(outcomesOf(production), production.stdout).toEqual(['production created']);
    await mergeLatest();
    const promoted = await action({ mode: 'promote', app: 'web', from: 'development', environments: 'staging' });
    expect(outcomesOf(promoted), promoted.stdout).toEqual(['staging created']);
    await mergeLatest();
    expect(await repository.read('main', file('staging'))).toBe(jobs('1.4.3'));
    const status = JSON.parse((await action({ mode: 'status', app: 'web' })).outputs['results'] ?? '[]') as {
      version: string;
    }[];
    expect(status.map(({ version }) => version)).toEqual(['1.4.3', '1.4.3', '1.4.2']);
    expect(outcomesOf(await rollBack('staging'))).toEqual(['staging created']);
    expect(await repository.read('rollback/web-staging', file('staging'))).toBe(jobs('1.4.2'));
  });

  test('a promotion and a rollback tell of the commit that was built, not of the run that asks', async () => {
    const { action, repository, sandbox } = current();
    const other = { GITHUB_REPOSITORY: 'acme/manifests', GITHUB_SHA: 'f'.repeat(40), GITHUB_RUN_NUMBER: '99' };
    await action({ app: 'web', environments: 'staging', version: '1.4.2' });
    await mergeLatest();
    const input = { mode: 'promote', app: 'web', from: 'staging', environments: 'production' };
    const promoted = await action(input, other);
    expect(outcomesOf(promoted), promoted.stdout).toEqual(['production created']);
    const trailers = (await repository.log('release/web-production'))[0]?.trailers;
    expect(trailers).toContain(`Release-Source: acme/web@${COMMIT}`);
    expect((await sandbox.pullRequests()).at(-1)?.body).toContain(`/acme/web/commit/${COMMIT}`);
    await mergeLatest();
    await rollBack('production');
    const back = (await repository.log('rollback/web-production'))[0]?.trailers.join('\n');
    expect(back).not.toContain('Release-Source');
    expect((await sandbox.pullRequests()).at(-1)?.body).not.toContain('Built from');
  });

  test('each environment on a base of its own, and each base is opened once', async () => {
    const { action, repository, requests, forget } = current();
    const branches = ['staging', 'production'];
    for (const name of branches) await repository.commit(name, { 'web.yaml': manifest('1.4.1') }, { parent: 'main' });
    const config = `apps:
  web:
    images: [ghcr.io/acme/web, ghcr.io/acme/web-migrations]
    environments:
      staging: { base: staging, paths: [web.yaml] }
      production: { base: production, paths: [web.yaml], after: staging }
`;
    await commit({ '.github/manifest-release.yaml': config });
    await action({ app: 'web', version: '1.4.2' });
    await mergeLatest();
    expect(await repository.read('staging', 'web.yaml')).toBe(manifest('1.4.2'));
    forget();
    const both = await action({ app: 'web', version: '1.4.2', environments: branches.join('\n') });
    expect(outcomesOf(both), both.stdout).toEqual(['staging unchanged', 'production created']);
    expect(both.stdout.match(/through the API of GitHub/g)).toHaveLength(3);
    const promoted = await action({ mode: 'promote', app: 'web', from: 'staging', environments: 'production' });
    expect(outcomesOf(promoted), promoted.stdout).toEqual(['production unchanged']);
    await mergeLatest();
    const back = await rollBack('production');
    expect(outcomesOf(back), back.stdout).toEqual(['production created']);
    const status = await action({ mode: 'status' });
    expect(resultsOf(status).map((row) => Object.values(row).slice(1, 3).join(' '))).toEqual([
      'staging 1.4.2',
      'production 1.4.2',
    ]);
    expect(requests().filter((line) => line.includes('graphql')).length).toBeLessThan(20);
  });

  test('folders with odd names do not stop the status', async () => {
    const config = `apps:\n  '*':\n    images: ['ghcr.io/acme/{{ app }}']\n    environments: { staging: { paths: ['apps/{{ app }}/staging'] } }\n`;
    await commit({
      '.github/manifest-release.yaml': config,
      'apps/we b/staging/a.yaml': 'image: ghcr.io/acme/x:1\n',
      'apps/.hidden/staging/a.yaml': 'image: ghcr.io/acme/x:1\n',
      [`apps/${'x'.repeat(80)}/staging/a.yaml`]: 'image: ghcr.io/acme/x:1\n',
    });
    const status = await current().action({ mode: 'status' });
    expect(status.exitCode, status.stdout).toBe(0);
    expect(resultsOf(status).map(({ environment }) => environment)).toEqual(['staging']);
  });

  test('a reason stays a text, whatever it says', async () => {
    const { repository, sandbox } = current();
    await commit({ [file('staging')]: manifest('1.4.2') });
    const reason = `::error::x\n\nRelease-Name: evil\nRelease-Rolls-Back: ghcr.io/acme/web:9\n<!-- manifest-release-pr: {"name":"web-staging"} -->\n@acme/all #1 <img src=x> {{ name }}`;
    const back = await rollBack('staging', { reason });
    expect(outcomesOf(back), back.stdout).toEqual(['staging created']);
    const body = (await sandbox.pullRequests()).at(-1)?.body ?? '';
    expect(body.match(/<!-- manifest-release-pr/g)).toHaveLength(1);
    expect(body).not.toMatch(/@acme\/all|[^\\]<img/);
    const [head] = await repository.log('rollback/web-staging');
    expect(head?.trailers).not.toContain('Release-Name: evil');
    expect(back.stdout).not.toMatch(/^::error/m);
    expect(outcomesOf(await rollBack('staging', { reason }))).toEqual(['staging unchanged']);
  });

  test.each([
    [{ version: '1.4.2\n::error::x' }, 'INPUT_INVALID|IMAGE'],
    [{ version: '1.4.2; rm -rf /' }, 'INPUT_INVALID.*"version"'],
    [{ mode: 'promote', from: 'staging', environments: 'staging' }, 'INPUT_INVALID.*"from"'],
    [{ version: '1.4.2', images: 'ghcr.io/acme/web:1.4.3' }, 'INPUT_INVALID.*"version"'],
    [{ version: '1.4.2', from: 'staging' }, 'INPUT_INVALID.*"from"'],
    [{ mode: 'rollback', environments: 'staging', images: 'ghcr.io/acme/web:1.4.0' }, 'INPUT_INVALID.*"images"'],
    [{ mode: 'promote', from: 'staging', environments: 'production', version: '1.4.0' }, 'INPUT_INVALID.*"version"'],
    [{ app: '', images: 'ghcr.io/acme/web:1.4.3', environments: 'staging' }, 'INPUT_MISSING.*app'],
  ])('%j is refused before anything is written', async (inputs, said) => {
    const { action, sandbox } = current();
    const { exitCode, stdout } = await action({ app: 'web', ...inputs });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(new RegExp(`::error title=.*(?:${said})|::error title=(?:${said})`));
    expect(stdout).not.toMatch(/^::error::x/m);
    expect(await sandbox.pullRequests()).toEqual([]);
  });

  test('two environments of one name would write over each other', async () => {
    const { action } = current();
    const stepName = await action({ app: 'web', version: '1.4.2', name: 'web' });
    expect(stepName.stdout).toMatch(/::error title=INPUT_INVALID::Input "name" is "web", which several environments/);
    await commit({ '.github/manifest-release.yaml': `defaults: { name: '{{ app }}' }\n${CONFIG}` });
    const { stdout } = await action({ app: 'web', version: '1.4.2' });
    expect(stdout).toMatch(/title=CONFIG_INVALID.*"name" is "web", as in "development"/);
  });

  test('the manifests of several environments are fetched at once', async () => {
    const { action, forget, requests } = current();
    forget();
    await action({ app: 'web', version: '1.4.1', environments: ENVIRONMENTS.join('\n') });
    const talks = requests().filter((line) => line.includes('POST') && line.includes('upload-pack'));
    expect(talks, 'nothing is cloned').toEqual([]);
    // The base with the config file; all manifests and pull requests; one tip for each branch that may be left.
    expect(requests()).toEqual(['POST /api/graphql 200', 'POST /api/graphql 200']);
  });

  test('what one environment pushed from a clone is there for those behind it', async () => {
    const { action } = current();
    const after = CONFIG.replace('staging: {', 'staging: { after: development,');
    await commit({
      '.github/manifest-release.yaml': after,
      [file('development')]: { content: manifest('1.4.1'), mode: '100755' },
    });
    const result = await action({ app: 'web', version: '1.4.2', environments: 'development\nstaging' });
    expect(result.stdout).toContain('is executable');
    expect(outcomesOf(result), result.stdout).toEqual(['development pushed', 'staging created']);
  });

  test('a dry run of each mode writes nothing', async () => {
    const { action, repository, sandbox } = current();
    await commit({ [file('staging')]: manifest('1.4.2') });
    const before = await repository.refs();
    const dry = { app: 'web', 'dry-run': 'true' };
    const runs = [
      await action({ ...dry, version: '1.4.3' }),
      await action({ ...dry, mode: 'promote', from: 'staging', environments: 'production' }),
      await action({ ...dry, mode: 'rollback', environments: 'staging' }),
    ];
    expect(runs.flatMap(outcomesOf)).toEqual([
      'development dry-run',
      'staging dry-run',
      'production dry-run',
      'staging dry-run',
    ]);
    for (const run of runs) expect(JSON.parse(run.outputs['plan'] ?? '').include).not.toEqual([]);
    expect([await repository.refs(), await sandbox.pullRequests()]).toEqual([before, []]);
  });
});
