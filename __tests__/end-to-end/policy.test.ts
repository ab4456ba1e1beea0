/** What a run leaves alone: the pull request of a newer release, and everything while the order is not known. */
import { expect, test } from 'vitest';
import { scenarios, type Scenario } from './harness.ts';

const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const image = (version: string): { images: string } => ({ images: `ghcr.io/acme/web:${version}` });

/** Requests that write: pushes, and changes through the API. */
const writes = ({ requests }: Scenario): string[] =>
  requests().filter((request) => /^(?:PATCH|PUT|DELETE|POST (?!\S*(?:graphql|upload-pack)))/.test(request));

scenarios('a release that is not delivered', { 'web.yaml': manifest('1.4.1') }, (current) => {
  test('changes nothing of the newer pull request, whatever it would have given', async () => {
    const { action, repository, forget } = current();
    repository.collaborators.add('ada');
    repository.allowAutoMerge = true;
    repository.requireChecks('main');
    await action({ ...image('1.5.0'), labels: 'newer' });
    const before = await repository.pullRequests.get(1);
    forget();
    const older = await action({
      ...image('1.4.2'),
      labels: 'older',
      reviewers: 'ada',
      assignees: 'ada',
      draft: 'always-true',
      'auto-merge': 'squash',
      title: 'Older {{ version }}',
    });
    expect(older.outputs, older.stdout).toMatchObject({ outcome: 'skipped-older', 'pull-request-number': '1' });
    expect(writes(current())).toEqual([]);
    expect(await repository.pullRequests.get(1)).toEqual(before);
  });

  test('corrects a text that is wrong, by the build on the branch, and gives nothing', async () => {
    const { action, repository } = current();
    await action({ ...image('1.4.2'), branch: 'x/{{ name }}' });
    const { body: outdated } = await repository.pullRequests.get(1);
    await action({ ...image('1.5.0'), branch: 'x/{{ name }}' });
    await repository.pullRequests.update(1, { title: 'Release web 1.4.1 → 1.4.2 (patch)', body: outdated });
    const env = { GITHUB_RUN_ID: '77' };
    const skipped = await action({ ...image('1.4.3'), branch: 'x/{{ name }}', labels: 'older' }, env);
    expect(skipped.outputs['outcome'], skipped.stdout).toBe('skipped-older');
    const corrected = await repository.pullRequests.get(1);
    expect(corrected.title).toBe('Release web 1.4.1 → 1.5.0 (minor)');
    expect(corrected.body).toContain('| ghcr.io/acme/web | 1.4.1 | **1.5.0** |');
    expect(corrected.body, 'the run of the build on the branch').toContain('/actions/runs/42)');
    expect(corrected.body).not.toContain('/actions/runs/77');
    expect(corrected.labels).toEqual([]);
  });

  test('is skipped while a newer version is open on a branch of its own', async () => {
    const { action, sandbox } = current();
    const branch = 'release/{{ name }}-{{ version }}';
    await action({ ...image('1.5.0'), branch });
    const { outputs, stdout } = await action({ ...image('1.4.2'), branch });
    expect(outputs['outcome'], stdout).toBe('skipped-older');
    expect(stdout).toContain('pull request #1 has 1.5.0, which is newer than 1.4.2');
    expect(await sandbox.pullRequests()).toHaveLength(1);
  });

  test('is skipped where a person wrote a newer version on the release branch', async () => {
    const { action, repository } = current();
    await action({ ...image('1.4.2') });
    await repository.commit('release/web', { 'web.yaml': manifest('1.6.0') });
    const tip = await repository.tip('release/web');
    const { outputs, stdout } = await action({ ...image('1.5.0') });
    expect(outputs['outcome'], stdout).toBe('skipped-older');
    expect(stdout).toContain('web.yaml on release/web has 1.6.0, which is newer than 1.5.0');
    expect(await repository.tip('release/web')).toBe(tip);
  });

  test('does not write while the API cannot say which of two builds is older', async () => {
    const { action, repository, sandbox } = current();
    await repository.commit('main', { 'web.yaml': manifest('main-1') });
    await action({ ...image('main-3') });
    const tip = await repository.tip('release/web');
    sandbox.failNext({ match: /GET \S*\/compare\//, status: 502, body: { message: 'Bad Gateway' }, times: 20 });
    const older = await action({ ...image('main-2') }, { GITHUB_SHA: 'c9f0f895fb98ab9159f51fd0297e236d4b0d0c7e' });
    expect(older.exitCode, older.stdout).toBe(1);
    expect(older.stdout).toContain('title=SERVER_FAILED');
    expect(await repository.tip('release/web')).toBe(tip);
    expect((await repository.pullRequests.get(1)).title).toContain('main-3');
  });
});

scenarios('with `order: any`', { 'web.yaml': manifest('main-1') }, (current) => {
  test('builds are not compared, so an API that cannot compare stops nothing', async () => {
    const { action, requests, sandbox } = current();
    const options = { branch: 'release/{{ name }}-{{ version }}', force: 'true' };
    await action({ ...image('main-3'), ...options });
    sandbox.failNext({ match: /GET \S*\/compare\//, status: 502, body: { message: 'Bad Gateway' }, times: 20 });
    const other = { GITHUB_SHA: 'c9f0f895fb98ab9159f51fd0297e236d4b0d0c7e' };
    const { outputs, stdout } = await action({ ...image('main-2'), ...options }, other);
    expect(outputs['outcome'], stdout).toBe('created');
    expect(requests().filter((request) => request.includes('/compare/'))).toEqual([]);
    expect((await sandbox.pullRequests()).map(({ state }) => state)).toEqual(['closed', 'open']);
  });
});

scenarios('several pull requests of one release', { 'web.yaml': manifest('1.4.1') }, (current) => {
  test('are closed in one run when the base has it all', async () => {
    const { action, repository, sandbox } = current();
    const branch = 'release/{{ name }}-{{ version }}';
    await action({ ...image('1.4.2'), branch });
    const { body } = await repository.pullRequests.get(1);
    const [baseSha = '', headSha = ''] = await Promise.all(
      ['main', 'release/web-1.4.2'].map((name) => repository.tip(name)),
    );
    for (const head of ['release/web-1.4.3', 'release/web-1.4.4']) {
      await repository.text(['update-ref', `refs/heads/${head}`, headSha]);
      repository.pullRequests.open({ title: head, body, head, headSha, base: 'main', baseSha, draft: false });
    }
    await repository.commit('main', { 'web.yaml': manifest('1.4.4') });
    const { outputs, stdout } = await action({ ...image('1.4.4'), branch });
    expect(outputs['outcome'], stdout).toBe('closed');
    expect((await sandbox.pullRequests()).map(({ state }) => state)).toEqual(['closed', 'closed', 'closed']);
  });
});

const IMAGES = Array.from({ length: 500 }, (_, index) => `ghcr.io/acme/app-${index}`);
const digest = (index: number, release: number): string => `sha256:${String(release * 1000 + index).padStart(64, '0')}`;

scenarios(
  'five hundred pinned images',
  {
    'all.yaml': IMAGES.map((name, index) => `app${index}:\n  image: ${name}:1.0.0@${digest(index, 1)}\n`).join(''),
  },
  (current) => {
    test('have a pull request with shortened lists, which the next run leaves alone', async () => {
      const { action, repository, forget } = current();
      const images = IMAGES.map((name, index) => `${name}:1.1.0@${digest(index, 2)}`).join('\n');
      const first = await action({ images, name: 'all' });
      expect(first.outputs['outcome'], first.stdout.slice(-2000)).toBe('created');
      const { body } = await repository.pullRequests.get(1);
      expect(body).toContain('| ghcr.io/acme/app-49 | 1.0.0 | **1.1.0@');
      expect(body).toContain('and 450 more images');
      expect(body).toContain('About this pull request');
      forget();
      expect((await action({ images, name: 'all' })).outputs['outcome']).toBe('unchanged');
      expect(writes(current())).toEqual([]);
    });
  },
);

scenarios(
  'an image at the root of a document',
  {
    'values.yaml': 'repository: ghcr.io/acme/web\ntag: 1.4.1\n',
    'config.json': '{"image": "ghcr.io/acme/web", "tag": "1.4.1"}\n',
    'version.yaml': '1.4.1 # manifest-release: ghcr.io/acme/web tag\n',
  },
  (current) => {
    test('is released with the default texts', async () => {
      const { exitCode, outputs, stdout } = await current().action(image('1.4.2'));
      expect([exitCode, outputs['outcome']], stdout).toEqual([0, 'created']);
      expect(outputs['changed-files']).toBe('["config.json","values.yaml","version.yaml"]');
    });
  },
);
