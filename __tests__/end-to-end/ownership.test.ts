/** Whose branch it is: what others can write is a hint, and never a right to overwrite, close or delete anything. */
import { expect, test } from 'vitest';
import { merge } from '../../sandbox/merging.ts';
import { identityKey, identityOf } from '../../src/inputs/identity.ts';
import { scenarios, type Scenario } from './harness.ts';

const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const FILES = { 'web.yaml': manifest('1.4.1'), 'other.yaml': 'a: 1\n' };
const image = (version: string): { images: string } => ({ images: `ghcr.io/acme/web:${version}` });
const PER_VERSION = { branch: 'release/{{ name }}-{{ version }}' };

/** Opens a pull request as a person does. */
async function open({ repository }: Scenario, head: string, body: string, title = 'Mine', base = 'main') {
  const [headSha = '', baseSha = ''] = [await repository.tip(head), await repository.tip(base)];
  return repository.pullRequests.open({ title, body, head, headSha, base, baseSha, draft: false });
}

/** The text of the pull request that our first run opens. */
async function textOf({ repository }: Scenario, number = 1): Promise<string> {
  return (await repository.pullRequests.get(number)).body ?? '';
}

const BOT = { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' };

/** Puts another commit in the place of the branch's tip, as a workflow does that amends. */
async function amend(
  { repository }: Scenario,
  branch: string,
  files: Record<string, string>,
  message?: (text: string) => string,
) {
  const text = await repository.text(['log', '-1', '--format=%B', branch]);
  await repository.text(['update-ref', `refs/heads/${branch}`, `${branch}~1`]);
  return repository.commit(branch, files, { message: message?.(text) ?? text, author: BOT });
}

scenarios('a pull request that quotes ours', FILES, (current) => {
  test.each(['append', 'reset'])('from develop is left alone with on-foreign-commits: %s', async (policy) => {
    const scenario = current();
    const { action, repository, sandbox } = scenario;
    await action(image('1.4.2'));
    const body = await textOf(scenario);
    await repository.pullRequests.close(1);
    await repository.deleteBranch('release/web');
    const develop = await repository.commit('develop', { 'other.yaml': 'a: 2\n' });
    await open(scenario, 'develop', body);
    const { exitCode, outputs, stdout } = await action({ ...image('1.5.0'), 'on-foreign-commits': policy });
    expect([exitCode, outputs['outcome'], outputs['branch']], stdout).toEqual([0, 'created', 'release/web']);
    expect(await repository.tip('develop')).toBe(develop);
    expect((await sandbox.pullRequests()).map(({ state, head }) => `${state} ${head}`)).toEqual([
      'closed release/web',
      'open develop',
      'open release/web',
    ]);
    await repository.pullRequests.merge(2, 'squash');
    await action({ ...image('1.5.1'), 'on-foreign-commits': policy });
    expect(await repository.tip('develop')).toBe(develop);
  });

  test.each([{}, { 'on-foreign-commits': 'reset' }])(
    'is not closed as superseded, nor when the base has it all: %j',
    async (more) => {
      const scenario = current();
      const { action, repository } = scenario;
      await action({ ...image('1.4.2'), ...PER_VERSION, ...more });
      const persons = await repository.commit('release/web-fix', { 'other.yaml': 'a: 2\n' });
      const elsewhere = await repository.commit('fix/web', { 'other.yaml': 'a: 3\n' });
      await open(scenario, 'release/web-fix', await textOf(scenario));
      await open(scenario, 'fix/web', await textOf(scenario));
      await action({ ...image('1.4.3'), ...PER_VERSION, ...more });
      await repository.commit('main', { 'web.yaml': manifest('1.4.3') });
      await action({ ...image('1.4.3'), ...PER_VERSION, ...more });
      const states = await Promise.all([1, 2, 3, 4].map((number) => repository.pullRequests.get(number)));
      expect(states.map(({ state }) => state)).toEqual(['closed', 'open', 'open', 'closed']);
      expect([await repository.tip('release/web-fix'), await repository.tip('fix/web')]).toEqual([persons, elsewhere]);
    },
  );

  test('from main to production moves and deletes neither of them', async () => {
    const scenario = current();
    const { action, repository } = scenario;
    await repository.commit('production', {});
    const given = { base: 'production', 'on-foreign-commits': 'reset' };
    await action({ ...image('1.4.2'), ...given });
    const main = await repository.commit('main', { 'web.yaml': manifest('1.4.2'), 'other.yaml': 'a: 2\n' });
    await open(scenario, 'main', await textOf(scenario), 'Promote', 'production');
    for (const version of ['1.5.0', '1.5.1']) await action({ ...image(version), ...given });
    const production = await repository.tip('production');
    await repository.pullRequests.merge(1);
    await action({ ...image('1.5.1'), ...given });
    expect(await repository.tip('main')).toBe(main);
    expect(await repository.tip('production')).not.toBe(production);
    expect((await repository.pullRequests.get(2)).state).toBe('open');
  });

  test.each([
    ['main', 'production'],
    ['develop', 'main'],
  ])('a template that gives %s is refused', async (branch, base) => {
    const { action, repository } = current();
    await repository.commit('production', {});
    const { exitCode, stdout } = await action({ ...image('1.4.2'), branch, base });
    expect([exitCode, stdout.includes('title=BRANCH_LONG_LIVED')], stdout).toEqual([1, true]);
  });
});

scenarios('a commit that looks like ours', FILES, (current) => {
  test('and has a file more stays below the next release', async () => {
    const scenario = current();
    const { action, repository } = scenario;
    await action(image('1.4.2'));
    const files = { 'web.yaml': manifest('1.4.2'), 'rendered/web.yaml': 'rendered: 1.4.2\n' };
    const amended = await amend(scenario, 'release/web', files);
    const { outputs, stdout } = await action(image('1.5.0'));
    expect(outputs['outcome'], stdout).toBe('updated');
    expect(stdout).toContain('release/web has commits by others');
    const [ours] = await repository.log('release/web');
    expect(ours?.parents).toEqual([amended]);
    expect(await repository.read('release/web', 'rendered/web.yaml')).toBe('rendered: 1.4.2\n');
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.5.0'));
  });

  test.each(['', '*.yaml'])('is ours where it is unchanged, on a base that moved, with paths "%s"', async (paths) => {
    const { action, repository } = current();
    await action({ ...image('1.4.2'), paths });
    const moved = await repository.commit('main', { 'other.yaml': 'a: 5\n' });
    const { outputs, stdout } = await action({ ...image('1.5.0'), paths, 'on-foreign-commits': 'stop' });
    expect(outputs['outcome'], stdout).toBe('updated');
    expect((await repository.log('release/web'))[0]?.parents).toEqual([moved]);
  });

  test('and lacks a place, or has it otherwise, stays too', async () => {
    const scenario = current();
    const { action, repository } = scenario;
    await repository.commit('main', { 'two.yaml': manifest('1.4.1') });
    await action(image('1.4.2'));
    const amended = await amend(scenario, 'release/web', { 'web.yaml': manifest('1.4.2') });
    await action(image('1.5.0'));
    expect((await repository.log('release/web'))[0]?.parents).toEqual([amended]);
  });

  test('and was moved to another base by a person stays', async () => {
    const { action, repository } = current();
    await action(image('1.4.2'));
    const message = await repository.text(['log', '-1', '--format=%B', 'release/web']);
    const moved = await repository.commit('main', { 'other.yaml': 'a: 2\n' });
    await repository.text(['update-ref', 'refs/heads/release/web', moved]);
    const rebased = await repository.commit('release/web', { 'web.yaml': manifest('1.4.2') }, { message, author: BOT });
    await action(image('1.5.0'));
    expect((await repository.log('release/web'))[0]?.parents).toEqual([rebased]);
  });

  test('and is refused with on-foreign-commits: stop', async () => {
    const scenario = current();
    await scenario.action(image('1.4.2'));
    await amend(scenario, 'release/web', { 'web.yaml': manifest('1.4.2'), 'x.yaml': 'a: 1\n' });
    const { stdout } = await scenario.action({ ...image('1.5.0'), 'on-foreign-commits': 'stop' });
    expect(stdout).toContain('title=FOREIGN_COMMITS');
  });

  test('and hides commits of a person below it loses none of them', async () => {
    const scenario = current();
    const { action, repository } = scenario;
    await action(image('1.4.2'));
    const base = (await repository.tip('main')) ?? '';
    await repository.text(['update-ref', 'refs/heads/release/web', base]);
    const persons = await repository.commit('release/web', { 'other.yaml': 'a: 2\n' });
    const template = `Release web 1.4.2\n\nRelease-Name: web\nRelease-Image: ghcr.io/acme/web:1.4.2\nRelease-Base: ${persons}\n`;
    await repository.commit('release/web', { 'web.yaml': manifest('1.4.2') }, { message: template, author: BOT });
    await action(image('1.5.0'));
    expect(await repository.read('release/web', 'other.yaml')).toBe('a: 2\n');
    expect((await repository.log('release/web')).map(({ sha }) => sha)).toContain(persons);
  });

  test('forged versions make no title, table or outcome', async () => {
    const scenario = current();
    const { action, repository } = scenario;
    await action(image('1.4.2'));
    await amend(scenario, 'release/web', { 'web.yaml': manifest('1.4.2') }, (text) =>
      text.replaceAll('1.4.2', '999.0.0'),
    );
    const { outputs, stdout } = await action(image('1.5.0'));
    expect(outputs['outcome'], stdout).toBe('updated');
    expect(stdout).toContain('says that it releases ghcr.io/acme/web:999.0.0, which the files there do not have');
    const { title, body } = await repository.pullRequests.get(1);
    expect(title).toBe('Release web 1.4.1 → 1.5.0 (minor)');
    expect(body).not.toContain('999.0');
  });

  test('forged versions do not change the text in a run that is skipped either', async () => {
    const scenario = current();
    const { action, repository } = scenario;
    await action(image('1.5.0'));
    await amend(scenario, 'release/web', { 'web.yaml': manifest('1.4.5') }, (text) =>
      text.replaceAll('1.5.0', '999.0.0'),
    );
    const { outputs, stdout } = await action(image('1.4.2'));
    expect(outputs['outcome'], stdout).toBe('skipped-older');
    const { title, body } = await repository.pullRequests.get(1);
    expect(title).toBe('Release web 1.4.1 → 1.4.5 (patch)');
    expect(body).toContain('| ghcr.io/acme/web | 1.4.1 | **1.4.5** |');
    expect(body).not.toContain('999.0');
  });

  test('trailers with an image that is nowhere are ignored with a warning', async () => {
    const scenario = current();
    const { action, repository } = scenario;
    await action(image('1.4.2'));
    await amend(scenario, 'release/web', { 'web.yaml': manifest('1.4.2') }, (text) =>
      text.replace('Release-Image: ', 'Release-Image: ghcr.io/acme/nowhere:9\nRelease-Image: '),
    );
    for (const version of ['1.4.1', '1.5.0', '1.5.0']) {
      const { exitCode, stdout } = await action(image(version));
      expect(exitCode, stdout).toBe(0);
    }
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.5.0'));
    expect(await current().sandbox.pullRequests()).toHaveLength(1);
  });
});

const APP = {
  ...FILES,
  '.github/manifest-release.yaml': 'apps: { web: { images: ghcr.io/acme/web, environments: { staging: {} } } }\n',
};

scenarios('trailers with an image that is nowhere, of an app', APP, (current) => {
  test('are ignored with a warning, also in a run that is skipped', async () => {
    const scenario = current();
    const { action, repository } = scenario;
    await action({ ...image('1.5.0'), app: 'web' });
    await amend(scenario, 'release/web-staging', { 'web.yaml': manifest('1.5.0') }, (text) =>
      text.replace('Release-Image: ghcr.io/acme/web:1.5.0', 'Release-Image: ghcr.io/acme/nowhere:9'),
    );
    for (const [version, outcome] of [
      ['1.4.2', 'skipped-older'],
      ['1.5.1', 'updated'],
    ] as const) {
      const { exitCode, outputs, stdout } = await action({ ...image(version), app: 'web' });
      expect([exitCode, outputs['outcome']], stdout).toEqual([0, outcome]);
      expect(stdout).toContain('its trailers are ignored');
    }
    expect((await repository.pullRequests.get(1)).title).toBe('Release web-staging 1.4.1 → 1.5.1 (minor)');
  });
});

scenarios('the text of a pull request', FILES, (current) => {
  test.each([
    ['is gone', () => ''],
    ['is damaged', (body: string) => body.replace('{"key"', '{key')],
    ['says another commit', (body: string) => body.replace(/"commit":"\w+"/, '"commit":"0"')],
    ['says another title', (body: string) => body.replace(/"title":"[^"]*"/, '"title":"x"')],
  ])('%s: the title is never left at an old version, and nothing is written twice', async (_, change) => {
    const { action, repository, forget, requests } = current();
    const given = { labels: 'deploy' };
    await action({ ...image('1.4.2'), ...given });
    const body = change((await repository.pullRequests.get(1)).body ?? '');
    await repository.pullRequests.update(1, { body, labels: ['hold'] });
    await action({ ...image('1.5.0'), ...given });
    const updated = await repository.pullRequests.get(1);
    expect(updated.title).toBe('Release web 1.4.1 → 1.5.0 (minor)');
    expect(updated.body).toContain('| ghcr.io/acme/web | 1.4.1 | **1.5.0** |');
    expect(updated.labels).toEqual(['hold']);
    for (const version of ['1.5.0', '1.4.3']) {
      forget();
      await action({ ...image(version), ...given });
      expect(requests().filter((line) => /^(?:PATCH|PUT|DELETE) |labels|receive-pack/.test(line))).toEqual([]);
    }
    expect(await repository.pullRequests.get(1)).toEqual(updated);
  });

  test('cannot take away a label that a person set', async () => {
    const { action, repository } = current();
    const given = { labels: 'deploy' };
    await action({ ...image('1.4.2'), ...given });
    const { body } = await repository.pullRequests.get(1);
    await repository.pullRequests.update(1, {
      body: (body ?? '').replace('"labels":["deploy"]', '"labels":["deploy","hold"]'),
      labels: ['deploy', 'hold'],
    });
    await action({ ...image('1.5.0'), ...given });
    expect((await repository.pullRequests.get(1)).labels).toEqual(['deploy', 'hold']);
  });

  test('of a person keeps no title of an older version', async () => {
    const { action, repository } = current();
    await action(image('1.4.2'));
    await repository.pullRequests.update(1, { title: 'Web 1.4.2, please review' });
    await action(image('1.5.0'));
    expect((await repository.pullRequests.get(1)).title).toBe('Release web 1.4.1 → 1.5.0 (minor)');
  });
});

const CONFIG = `apps:
  web:
    images: ghcr.io/acme/web
    environments:
      staging: { paths: staging, delivery: push }
      production: { paths: production, delivery: push }
`;

const LATE = 'acme/web/.github/workflows/ci.yml#999';

scenarios(
  'a reason that is written like ours',
  {
    '.github/manifest-release.yaml': CONFIG,
    'staging/web.yaml': manifest('build-a'),
    'production/web.yaml': manifest('build-a'),
  },
  (current) => {
    test('is never read as a mark or a trailer: production is released', async () => {
      const { action, repository } = current();
      const production = { app: 'web', environments: 'production', images: 'ghcr.io/acme/web:build-b' };
      await action(production, { GITHUB_RUN_NUMBER: '7' });
      const [ours] = await repository.log('main');
      const build = { images: ['ghcr.io/acme/web:build-b'], source: { build: LATE } };
      const marks = ['staging', 'production'].map((environment) => {
        const key = identityKey(identityOf({ app: 'web', environment }, [], []));
        return `<!-- manifest-release-pr: ${JSON.stringify({ key, imageSet: '', build })} -->x<!-- /manifest-release-pr -->`;
      });
      const trailers = (ours?.trailers ?? []).map((line) =>
        line.replace(/^Release-Build: .*/, `Release-Build: ${LATE}`),
      );
      const reason = [...marks, '', ...trailers].join('\n');
      await action(
        { app: 'web', environments: 'staging', images: 'ghcr.io/acme/web:build-z', reason },
        { GITHUB_RUN_NUMBER: '8' },
      );
      const next = await action(
        { ...production, images: 'ghcr.io/acme/web:build-c' },
        { GITHUB_RUN_NUMBER: '9', GITHUB_SHA: 'c'.repeat(40) },
      );
      expect(next.outputs['outcome'], next.stdout).toBe('pushed');
    });
  },
);

const AS_ADA = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];

scenarios('a merge of the base into the release branch', FILES, (current) => {
  /** As the button «Update branch» does. */
  async function updateBranch({ repository }: Scenario, extra: Record<string, string> = {}): Promise<string> {
    const base = (await repository.tip('main')) ?? '';
    await merge(repository, {
      base: 'release/web',
      head: base,
      method: 'merge',
      message: 'Merge branch main',
      author: BOT,
    });
    return Object.keys(extra).length > 0 ? amendMerge() : ((await repository.tip('release/web')) ?? '');

    async function amendMerge(): Promise<string> {
      const [merged] = await repository.log('release/web');
      const commit = await repository.commit('release/web', extra);
      const tree = (await repository.text(['rev-parse', `${commit}^{tree}`])).trim();
      const parents = (merged?.parents ?? []).flatMap((parent) => ['-p', parent]);
      const made = (
        await repository.text([...AS_ADA, 'commit-tree', tree, ...parents, '-m', 'Merge branch main'])
      ).trim();
      await repository.text(['update-ref', 'refs/heads/release/web', made]);
      return made;
    }
  }

  test('is nobody’s work: the next release takes its place, also with stop; the same one leaves it', async () => {
    const scenario = current();
    const { action, repository, forget, requests } = scenario;
    const stop = { 'on-foreign-commits': 'stop' };
    await action(image('1.4.2'));
    await repository.commit('main', { 'other.yaml': 'a: 2\n' });
    const merged = await updateBranch(scenario);
    forget();
    const same = await action({ ...image('1.4.2'), ...stop });
    expect([same.outputs['outcome'], await repository.tip('release/web')], same.stdout).toEqual(['unchanged', merged]);
    expect(requests().filter((line) => /^PATCH|receive-pack/.test(line))).toEqual([]);
    await repository.commit('main', { 'other.yaml': 'a: 3\n' });
    await updateBranch(scenario);
    await repository.commit('main', { 'other.yaml': 'a: 4\n' });
    const next = await action({ ...image('1.5.0'), ...stop });
    expect(next.outputs['outcome'], next.stdout).toBe('updated');
    expect((await repository.log('release/web')).length).toBe((await repository.log('main')).length + 1);
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.5.0'));
  });

  test('that adds something of its own is somebody’s', async () => {
    const scenario = current();
    const { action, repository } = scenario;
    await action(image('1.4.2'));
    await repository.commit('main', { 'other.yaml': 'a: 2\n' });
    const merged = await updateBranch(scenario, { 'other.yaml': 'a: 9\n' });
    await action(image('1.5.0'));
    expect((await repository.log('release/web'))[0]?.parents).toEqual([merged]);
    expect(await repository.read('release/web', 'other.yaml')).toBe('a: 9\n');
  });
});

scenarios('what ended without a merge', FILES, (current) => {
  test('by the deletion of its branch is no decision', async () => {
    const { action, repository } = current();
    await action(image('1.4.2'));
    await repository.deleteBranch('release/web');
    expect((await repository.pullRequests.get(1)).state).toBe('closed');
    const again = await action(image('1.4.2'));
    expect(again.outputs, again.stdout).toMatchObject({ outcome: 'created', 'pull-request-number': '2' });
    expect(again.stdout).toContain('pull request #1 was closed by the deletion of its branch, which is no decision');
  });

  test('by hand is one, also where the branch was deleted later', async () => {
    const { action, repository } = current();
    await action(image('1.4.2'));
    await repository.pullRequests.close(1);
    const { stdout } = await action(image('1.4.2'));
    expect(stdout).toContain('was closed by hand without merging');
    await repository.pullRequests.update(1, {});
    const closed = await repository.pullRequests.get(1);
    Object.assign(closed, { closedAt: new Date(Date.parse(closed.closedAt ?? '') - 60_000).toISOString() });
    await repository.deleteBranch('release/web');
    expect((await action(image('1.4.2'))).outputs['outcome']).toBe('declined');
  });
});

scenarios('a superseded pull request', FILES, (current) => {
  test('hands what people gave and wrote to the new one', async () => {
    const { action, repository } = current();
    repository.collaborators.add('ada').add('grace');
    const given = { ...PER_VERSION, labels: 'deploy\nbump/{{ bump }}', reviewers: 'ada' };
    await action({ ...image('1.4.2'), ...given });
    const { body } = await repository.pullRequests.get(1);
    await repository.pullRequests.update(1, {
      body: `Wait for the migration.\n\n${body}\n\n- [x] tested`,
      labels: ['bump/patch', 'hold'],
      reviewers: ['ada', 'grace'],
    });
    await action({ ...image('1.5.0'), ...given });
    const present = await repository.pullRequests.get(2);
    expect(present).toMatchObject({ labels: ['bump/minor', 'hold'], reviewers: ['ada', 'grace'] });
    expect(present.body).toMatch(/^Wait for the migration\.\n\n<!--[\s\S]*-->\n\n- \[x\] tested$/);
    await action({ ...image('1.5.1'), ...given });
    expect(await repository.pullRequests.get(3)).toMatchObject({
      labels: ['bump/minor', 'hold'],
      reviewers: ['ada', 'grace'],
      body: expect.stringMatching(/^Wait for the migration\./),
    });
    expect((await repository.pullRequests.get(2)).state).toBe('closed');
  });
});
