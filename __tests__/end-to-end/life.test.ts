/** A release over weeks: one pull request, kept in order, closed when its time has come, and people's word counts. */
import { expect, test } from 'vitest';
import { scenarios, type Scenario } from './harness.ts';

const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const FILES = { 'web.yaml': manifest('1.4.1'), 'other.yaml': 'a: 1\n' };
const image = (version: string): { images: string } => ({ images: `ghcr.io/acme/web:${version}` });

const api = ({ requests }: Scenario): string[] => requests().filter((request) => request.includes('/api/'));

/** Each pull request as `number state branch title`. */
async function listed({ sandbox }: Scenario): Promise<string[]> {
  const all = await sandbox.pullRequests();
  return all.map(({ number, state, head, title }) => `${number} ${state} ${head} ${title}`);
}

scenarios('the pull request over time', FILES, (current) => {
  test('is one of the branch that the template gives now; one from another branch is left alone, and told', async () => {
    const { action } = current();
    await action({ ...image('1.4.2'), branch: 'deploy-{{ name }}' });
    const { outputs, stdout } = await action(image('1.4.3'));
    expect(outputs).toMatchObject({ outcome: 'created', branch: 'release/web', 'pull-request-number': '2' });
    expect(await listed(current())).toEqual([
      '1 open deploy-web Release web 1.4.1 → 1.4.2 (patch)',
      '2 open release/web Release web 1.4.1 → 1.4.3 (patch)',
    ]);
    expect(stdout).toContain(
      'pull request #1 has the text of this release, but not a branch of it (deploy-web); left alone',
    );
  });

  test('with the version in the branch: the new one closes the old one, links to it, and its branch goes', async () => {
    const { action, repository, sandbox } = current();
    const branch = 'release/{{ name }}-{{ version }}';
    await action({ ...image('1.4.2'), branch });
    const { outputs } = await action({ ...image('1.4.3'), branch });
    expect(outputs).toMatchObject({ outcome: 'created', 'pull-request-number': '2' });
    expect(await listed(current())).toEqual([
      '1 closed release/web-1.4.2 Release web 1.4.1 → 1.4.2 (patch)',
      '2 open release/web-1.4.3 Release web 1.4.1 → 1.4.3 (patch)',
    ]);
    const [old, present] = await sandbox.pullRequests();
    expect(old?.body).toContain('**Superseded by #2.**');
    expect(present?.body).toContain('skipped 1.4.2');
    expect(await repository.tip('release/web-1.4.2')).toBeUndefined();
  });

  test('a superseded branch with a person’s commit stays', async () => {
    const { action, repository } = current();
    const branch = 'release/{{ name }}-{{ version }}';
    await action({ ...image('1.4.2'), branch });
    const persons = await repository.commit('release/web-1.4.2', { 'other.yaml': 'a: 2\n' });
    await action({ ...image('1.4.3'), branch });
    expect((await listed(current()))[0]).toMatch(/^1 closed/);
    expect(await repository.tip('release/web-1.4.2')).toBe(persons);
  });

  test('a version that a person turned down is not opened again; the next one is, and force opens it', async () => {
    const { action, repository } = current();
    await action(image('1.4.2'));
    await repository.pullRequests.close(1);
    const again = await action(image('1.4.2'));
    expect(again.outputs).toMatchObject({ outcome: 'declined', 'pull-request-number': '1' });
    expect(again.stdout).toContain('Reopen it, or set force: true.');
    expect((await action({ ...image('1.4.2'), force: 'true' })).outputs).toMatchObject({ outcome: 'created' });
    await repository.pullRequests.close(2);
    expect((await action(image('1.4.3'))).outputs).toMatchObject({ outcome: 'created', 'pull-request-number': '3' });
  });

  test('a turned-down version does not stand in the way of an older fix', async () => {
    const { action, repository } = current();
    await action(image('1.5.0'));
    await repository.pullRequests.close(1);
    expect((await action(image('1.4.2'))).outputs).toMatchObject({ outcome: 'created' });
  });

  test('is closed with the reason when the base has it all, and its branch goes', async () => {
    const { action, repository, sandbox } = current();
    await action(image('1.4.2'));
    await repository.commit('main', { 'web.yaml': manifest('1.4.2') });
    const { exitCode, outputs } = await action(image('1.4.2'));
    expect([exitCode, outputs['outcome']]).toEqual([0, 'closed']);
    const [pullRequest] = await sandbox.pullRequests();
    expect(pullRequest?.state).toBe('closed');
    expect(pullRequest?.body).toContain('**Closed: main has these versions already.**');
    expect(await repository.tip('release/web')).toBeUndefined();
    expect((await action(image('1.4.2'))).outputs['outcome']).toBe('unchanged');
  });

  test('gets labels, reviewers and the rest once; what people change stays, what GitHub refuses is told', async () => {
    const { action, repository, sandbox } = current();
    repository.collaborators.add('ada');
    repository.addMilestone('July');
    const given = {
      labels: 'release\nbump/{{ bump }}',
      reviewers: 'ada\nnobody',
      assignees: 'ada',
      milestone: 'July',
      draft: 'true',
    };
    const first = await action({ ...image('1.4.2'), ...given });
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toContain('::warning::reviewer nobody was refused: ');
    expect(await repository.pullRequests.get(1)).toMatchObject({
      labels: ['release', 'bump/patch'],
      reviewers: ['ada'],
      assignees: ['ada'],
      milestone: 1,
      draft: true,
    });
    await repository.pullRequests.update(1, { labels: ['bump/patch', 'urgent'], reviewers: [] });
    await action({ ...image('1.5.0'), ...given, reviewers: 'ada' });
    expect(await repository.pullRequests.get(1)).toMatchObject({ labels: ['urgent', 'bump/minor'], reviewers: [] });
    expect(await sandbox.pullRequests()).toHaveLength(1);
  });

  test('asks the API no more often than the README says', async () => {
    const { action, repository, forget } = current();
    repository.collaborators.add('ada');
    await action({ ...image('1.4.2'), labels: 'release', reviewers: 'ada' });
    expect(api(current())).toHaveLength(6);
    await repository.pullRequests.merge(1);
    forget();
    await action(image('1.4.3'));
    expect(api(current())).toHaveLength(3);
    forget();
    await action(image('1.4.3'));
    expect(api(current())).toHaveLength(1);
    forget();
    await action(image('1.4.4'));
    expect(api(current())).toHaveLength(3);
  });

  test('is merged by GitHub: at once where nothing is waited for, later where checks are', async () => {
    const { action, repository } = current();
    await action({ ...image('1.4.2'), 'auto-merge': 'squash' });
    expect((await repository.pullRequests.get(1)).autoMerge).toBeNull();
    repository.allowAutoMerge = true;
    const { stdout, outputs } = await action({ ...image('1.4.3'), 'auto-merge': 'squash' });
    expect(await repository.read('main', 'web.yaml'), stdout).toBe(manifest('1.4.3'));
    expect([outputs['outcome'], outputs['auto-merge']]).toEqual(['merged', 'merged']);
    expect(stdout).toMatch(/^Merged pull request #1 .* at once, because nothing was left to wait for/m);
    repository.requireChecks('main');
    const later = await action({ ...image('1.4.4'), 'auto-merge': 'squash' });
    expect([later.outputs['outcome'], later.outputs['auto-merge']]).toEqual(['created', 'enabled']);
    expect((await repository.pullRequests.get(2)).autoMerge).toEqual({ method: 'squash' });
  });

  test('on-foreign-commits: stop names them, reset overwrites them', async () => {
    const { action, repository } = current();
    await action(image('1.4.2'));
    await repository.commit('release/web', { 'other.yaml': 'a: 2\n' }, { message: 'Tune by hand\n' });
    const stopped = await action({ ...image('1.4.3'), 'on-foreign-commits': 'stop' });
    expect(stopped.exitCode).toBe(1);
    expect(stopped.stdout).toContain('title=FOREIGN_COMMITS');
    expect(stopped.stdout).toContain('Tune by hand <ada@example.com>');
    await action({ ...image('1.4.3'), 'on-foreign-commits': 'reset' });
    expect(await repository.read('release/web', 'other.yaml')).toBe('a: 1\n');
    expect(await repository.log('release/web')).toHaveLength(2);
  });

  test('says what is in it: the commits between the deployed version and the new one', async () => {
    const { action, sandbox } = current();
    const source = await sandbox.createRepository('acme/web', { 'a.txt': '1\n' });
    await source.tag('v1.4.1');
    await source.commit('main', { 'a.txt': '2\n' }, { message: 'Fix the login (#12)\n' });
    const head = await source.commit('main', { 'a.txt': '3\n' }, { message: 'Speed @ada <b>up</b>\n' });
    await action(image('1.4.2'), { GITHUB_SHA: head });
    const [pullRequest] = await sandbox.pullRequests();
    expect(pullRequest?.body).toContain('**What is in it:** 2 commits of acme/web ([compare](');
    expect(pullRequest?.body).toContain('- Fix the login – Ada Lovelace');
    expect(pullRequest?.body).toMatch(/\[pull request 12\]\(\S+\/acme\/web\/pull\/12\)/);
    expect(pullRequest?.body).not.toContain('<b>');
  });

  test('says which commits go away with a step back, and marks what breaks', async () => {
    const { action, sandbox } = current();
    const source = await sandbox.createRepository('acme/web', { 'a.txt': '1\n' });
    const old = (await source.tip('main')) ?? '';
    await source.commit('main', { 'a.txt': '2\n' }, { message: 'feat(cart)!: No more guests\n' });
    await source.commit('main', { 'a.txt': '3\n' }, { message: 'Revert "Fix the login"\n' });
    await source.commit('main', { 'a.txt': '4\n' }, { message: 'Fix a typo\n' });
    await source.tag('v1.4.1');
    await action({ ...image('1.4.0'), force: 'true' }, { GITHUB_SHA: old });
    const [pullRequest] = await sandbox.pullRequests();
    expect(pullRequest?.title).toBe('Release web 1.4.1 → 1.4.0 (down)');
    expect(pullRequest?.body).toContain('**What is in it:** it takes back 3 commits of acme/web ([compare](');
    const listed = pullRequest?.body?.match(/^- .* – Ada Lovelace/gm);
    expect(listed).toEqual([
      '- **Revert:** Revert "Fix the login" – Ada Lovelace',
      expect.stringMatching(/^- \*\*Breaking change:\*\* feat\\\(cart\\\)\\!: No more guests – /),
      '- Fix a typo – Ada Lovelace',
    ]);
  });
});

scenarios('order', FILES, (current) => {
  test('an older version is skipped, on the base and on the branch; order: any goes back', async () => {
    const { action, repository } = current();
    const older = await action(image('1.4.0'));
    expect([older.exitCode, older.outputs['outcome']]).toEqual([0, 'skipped-older']);
    expect(older.stdout).toContain('Skipped 1.4.0: web.yaml on main has 1.4.1, which is newer than 1.4.0.');
    await action(image('1.5.0'));
    const late = await action(image('1.4.9'));
    expect(late.outputs['outcome']).toBe('skipped-older');
    expect(late.stdout).toContain('pull request #1 has 1.5.0, which is newer than 1.4.9');
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.5.0'));
    await action({ ...image('1.4.0'), force: 'true' });
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.4.0'));
  });

  test('tags that tell no order: the commits that they were built from do', async () => {
    const { action, sandbox } = current();
    const source = await sandbox.createRepository('acme/web', { 'a.txt': '1\n' });
    const first = await source.commit('main', { 'a.txt': '2\n' });
    const second = await source.commit('main', { 'a.txt': '3\n' });
    await action(image('build-b'), { GITHUB_SHA: second, GITHUB_RUN_NUMBER: '8' });
    const late = await action(image('build-a'), { GITHUB_SHA: first, GITHUB_RUN_NUMBER: '9' });
    expect(late.outputs['outcome'], late.stdout).toBe('skipped-older');
    expect(late.stdout).toContain(`${first.slice(0, 7)} is behind it`);
  });

  test('without commits to compare, the run number of the same workflow decides', async () => {
    const { action } = current();
    await action(image('build-b'), { GITHUB_SHA: 'b'.repeat(40), GITHUB_RUN_NUMBER: '8' });
    const late = await action(image('build-a'), { GITHUB_SHA: 'a'.repeat(40), GITHUB_RUN_NUMBER: '7' });
    expect(late.outputs['outcome'], late.stdout).toBe('skipped-older');
  });

  test('allowed-versions refuses before anything is asked', async () => {
    const { action, requests } = current();
    const { exitCode, stdout } = await action({ ...image('1.5.0-rc.1'), 'allowed-versions': '>=1.0.0' });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('title=VERSION_NOT_ALLOWED');
    expect(requests()).toEqual([]);
  });
});

scenarios('delivery by push', FILES, (current) => {
  test('the commit goes to the base; again, nothing; an older build is skipped by the base’s own history', async () => {
    const { action, repository } = current();
    const push = { delivery: 'push' };
    const { outputs, stdout } = await action({ ...image('build-b'), ...push }, { GITHUB_RUN_NUMBER: '8' });
    expect(outputs).toMatchObject({ outcome: 'pushed', branch: 'main', 'pull-request-number': '' });
    expect(stdout).toContain('Pushed to main of acme/manifests: 1 place in 1 file.');
    expect(await repository.read('main', 'web.yaml')).toBe(manifest('build-b'));
    expect((await action({ ...image('build-b'), ...push })).outputs['outcome']).toBe('unchanged');
    const other = { GITHUB_RUN_NUMBER: '7', GITHUB_SHA: 'a'.repeat(40) };
    expect((await action({ ...image('build-a'), ...push }, other)).outputs['outcome']).toBe('skipped-older');
    expect(Object.keys(await repository.refs())).toEqual(['refs/heads/main']);
  });

  test('a protected base is an error that says what to change', async () => {
    const { action, repository } = current();
    repository.protect('main');
    const { exitCode, stdout } = await action({ ...image('1.4.2'), delivery: 'push' });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('title=PUSH_REFUSED');
  });
});

scenarios(
  'a GitHub App',
  FILES,
  (current) => {
    test('its token is for this repository alone, masked, and given back by the post step', async () => {
      const { action, sandbox, requests } = current();
      const app = sandbox.createApp({ repositories: ['acme/manifests', 'acme/other'] });
      const given = { 'app-client-id': app.clientId, 'app-private-key': app.privateKey ?? '', token: '' };
      const { exitCode, stdout, outputs, state } = await action({ ...image('1.4.2'), ...given });
      expect([exitCode, outputs['outcome']], stdout).toEqual([0, 'created']);
      const token = state['app-token'] ?? '';
      expect(token).toMatch(/^ghs_/);
      expect(stdout.replaceAll(`::add-mask::${token}`, '')).not.toContain(token);
      const asked = sandbox.requests.find(({ path }) => path.endsWith('/access_tokens'));
      expect(asked?.requestBody).toEqual({
        repositories: ['manifests'],
        permissions: { contents: 'write', pull_requests: 'write' },
      });
      const post = await action(
        {},
        Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
      );
      expect(post.exitCode).toBe(0);
      expect(requests().at(-1)).toBe('DELETE /api/v3/installation/token 204');
    });
  },
  { runs: 'processes' },
);

scenarios('signatures', FILES, (current) => {
  test('sign: api makes a verified commit with the planned tree, by compare-and-swap', async () => {
    const { action, repository, sandbox } = current();
    const first = await action({ ...image('1.4.2'), 'sign-commits': 'true' });
    expect(first.outputs, first.stdout).toMatchObject({ outcome: 'created', verified: 'true' });
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.4.2'));
    expect((await action({ ...image('1.4.2'), 'sign-commits': 'true' })).outputs['outcome']).toBe('unchanged');
    sandbox.beforeNext({
      match: /graphql UpdateRefs$/,
      run: () => repository.commit('release/web', { 'other.yaml': 'a: 3\n' }),
    });
    const raced = await action({ ...image('1.4.3'), 'sign-commits': 'true' });
    expect(raced.outputs, raced.stdout).toMatchObject({ outcome: 'updated', verified: 'true' });
    expect(await repository.read('release/web', 'other.yaml')).toBe('a: 3\n');
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.4.3'));
  });
});
