/** The life of a release on a real Gitea, by the built command line: its API, its git, its rules. */
import { describe, expect, test } from 'vitest';
import { eachWithRepository, giteaActions } from './scenario.ts';

const manifest = (version: string): string =>
  `spec:\n  image: ghcr.io/acme/web:${version}\n  # tuned by hand\n  replicas: 2\n`;
const FILES = { 'web.yaml': manifest('1.4.1'), 'other.yaml': 'a: 1\n' };
const POLL = { timeout: 20_000, interval: 200 };
const image = (version: string) => ({ images: `ghcr.io/acme/web:${version}` });

describe('a release', () => {
  const current = eachWithRepository(FILES);

  test('is created, unchanged, updated, and merged by a person; an older one is skipped', async () => {
    const { cli, git, gitea, name, listed, merge } = current();
    const created = await cli('release', image('1.4.2'));
    expect(created.outputs, created.log).toMatchObject({
      outcome: 'created',
      branch: 'release/web',
      'pull-request-number': 1,
      'pull-request-url': `${gitea.url}/${name}/pulls/1`,
    });
    expect(await git.read('release/web', 'web.yaml')).toBe(manifest('1.4.2'));
    expect(await git.read('main', 'web.yaml')).toBe(manifest('1.4.1'));
    expect((await cli('release', image('1.4.2'))).outputs).toMatchObject({ outcome: 'unchanged' });
    expect((await cli('release', image('1.5.0'))).outputs).toMatchObject({ outcome: 'updated' });
    expect(await listed()).toEqual(['1 open release/web Release web 1.4.1 → 1.5.0 (minor)']);
    const older = await cli('release', image('1.4.9'));
    expect(older.outputs, older.log).toMatchObject({ outcome: 'skipped-older' });
    await merge(1);
    expect(await git.read('main', 'web.yaml')).toBe(manifest('1.5.0'));
    expect((await cli('release', image('1.5.0'))).outputs).toMatchObject({ outcome: 'unchanged' });
    const next = await cli('release', image('1.5.1'));
    expect(next.outputs, next.log).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
    expect((await listed())[1]).toBe('2 open release/web Release web 1.5.0 → 1.5.1 (patch)');
  });

  test('is written anew on a base that moved', async () => {
    const { cli, git } = current();
    await cli('release', image('1.4.2'));
    const moved = await git.commit('main', { 'web.yaml': manifest('1.4.1').replace('replicas: 2', 'replicas: 3') });
    const again = await cli('release', image('1.4.2'));
    expect(again.outputs, again.log).toMatchObject({ outcome: 'updated' });
    const tip = (await git.tip('release/web')) ?? '';
    expect((await git.look(tip)).parents).toEqual([moved]);
    expect(await git.read('release/web', 'web.yaml')).toBe(manifest('1.4.2').replace('replicas: 2', 'replicas: 3'));
  });

  test('is not opened again after a person closed it; force opens it, and the next one is opened', async () => {
    const { cli, api, listed } = current();
    await cli('release', image('1.4.2'));
    await api('PATCH', '/pulls/1', { state: 'closed' });
    const declined = await cli('release', image('1.4.2'));
    expect(declined.outputs, declined.log).toMatchObject({ outcome: 'declined', 'pull-request-number': 1 });
    const forced = await cli('release', { ...image('1.4.2'), force: true });
    expect(forced.outputs, forced.log).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
    await api('PATCH', '/pulls/2', { state: 'closed' });
    expect((await cli('release', image('1.4.3'))).outputs).toMatchObject({ outcome: 'created' });
    expect(await listed()).toHaveLength(3);
  });

  test('is opened again where its branch was deleted, which is no decision', async () => {
    const { cli, api, listed } = current();
    await cli('release', image('1.4.2'));
    await api('DELETE', '/branches/release/web');
    // Gitea closes it a moment later.
    await expect.poll(async () => (await listed())[0], POLL).toMatch(/^1 closed release\/web /);
    const again = await cli('release', image('1.4.2'));
    expect(again.outputs, again.log).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
  });

  test('is closed with the reason when the base has it all, and its branch goes', async () => {
    const { cli, api, git } = current();
    await cli('release', image('1.4.2'));
    await git.commit('main', { 'web.yaml': manifest('1.4.2') });
    const closed = await cli('release', image('1.4.2'));
    expect(closed.outputs, closed.log).toMatchObject({ outcome: 'closed' });
    await expect
      .poll(() => api('GET', '/pulls/1'), POLL)
      .toMatchObject({
        state: 'closed',
        body: expect.stringContaining('**Closed: main has these versions already.**'),
      });
    expect(await git.tip('release/web')).toBeUndefined();
    expect((await cli('release', image('1.4.2'))).outputs).toMatchObject({ outcome: 'unchanged' });
  });

  test('leaves commits by others below its own, and the title and the text of people', async () => {
    const { cli, git, api } = current();
    await cli('release', image('1.4.2'));
    const persons = await git.commit('release/web', {
      'web.yaml': manifest('1.4.2').replace('replicas: 2', 'replicas: 5'),
    });
    const { body } = await api('GET', '/pulls/1');
    const changed = `Please wait for the migration.\n\n${body}\n\n- [x] migration done`;
    await api('PATCH', '/pulls/1', { title: 'Release with migration', body: changed });
    const updated = await cli('release', image('1.5.0'));
    expect(updated.outputs, updated.log).toMatchObject({ outcome: 'updated' });
    expect(await git.read('release/web', 'web.yaml')).toBe(manifest('1.5.0').replace('replicas: 2', 'replicas: 5'));
    expect((await git.look((await git.tip('release/web')) ?? '')).parents).toEqual([persons]);
    const after = await api('GET', '/pulls/1');
    expect(after.title).toBe('Release with migration');
    expect(after.body).toMatch(/^Please wait for the migration\.\n\n<!-- manifest-release-pr: /);
    expect(after.body).toMatch(/<!-- \/manifest-release-pr -->\n\n- \[x\] migration done$/);
    expect(after.body).toContain('| ghcr.io/acme/web | 1.4.1 | **1.5.0** |');
  });

  test('keeps a commit by others on a branch that was merged, or declined, and is still there', async () => {
    const { cli, git, merge, api } = current();
    await cli('release', image('1.4.2'));
    await merge(1);
    const persons = await git.commit('release/web', { 'other.yaml': 'a: 2\n' });
    const next = await cli('release', image('1.4.3'));
    expect(next.outputs, next.log).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
    expect((await git.look((await git.tip('release/web')) ?? '')).parents).toEqual([persons]);
    await api('PATCH', '/pulls/2', { state: 'closed' });
    const later = await git.commit('release/web', { 'other.yaml': 'a: 3\n' });
    const last = await cli('release', image('1.4.4'));
    expect(last.outputs, last.log).toMatchObject({ outcome: 'created', 'pull-request-number': 3 });
    expect((await git.look((await git.tip('release/web')) ?? '')).parents).toEqual([later]);
  });

  test('has one branch for each version where that is wanted: the new one closes the old one', async () => {
    const { cli, api, git, listed } = current();
    const branch = 'release/{{ name }}-{{ version }}';
    await cli('release', { ...image('1.4.2'), branch });
    const next = await cli('release', { ...image('1.4.3'), branch });
    expect(next.outputs, next.log).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
    await expect
      .poll(listed, POLL)
      .toEqual([
        '1 closed release/web-1.4.2 Release web 1.4.1 → 1.4.2 (patch)',
        '2 open release/web-1.4.3 Release web 1.4.1 → 1.4.3 (patch)',
      ]);
    expect((await api('GET', '/pulls/1')).body).toContain('**Superseded by #2.**');
    expect(await git.tip('release/web-1.4.2')).toBeUndefined();
  });

  test('is a draft that stays one, with its own title behind the prefix', async () => {
    const { cli, api, listed } = current();
    const draft = { draft: 'true' };
    await cli('release', { ...image('1.4.2'), ...draft });
    expect(await listed()).toEqual(['1 open release/web WIP: Release web 1.4.1 → 1.4.2 (patch)']);
    expect((await cli('release', { ...image('1.4.2'), ...draft })).outputs).toMatchObject({ outcome: 'unchanged' });
    await cli('release', { ...image('1.5.0'), ...draft });
    expect(await listed()).toEqual(['1 open release/web WIP: Release web 1.4.1 → 1.5.0 (minor)']);
    await api('PATCH', '/pulls/1', { title: 'Release web 1.4.1 → 1.5.0 (minor)' });
    await cli('release', { ...image('1.5.1'), ...draft });
    expect(await listed()).toEqual(['1 open release/web Release web 1.4.1 → 1.5.1 (minor)']);
  });

  test('gets labels, reviewers and the rest once; what Gitea refuses is told', async () => {
    const { cli, api } = current();
    await api('POST', '/milestones', { title: 'July' });
    const given = {
      labels: ['release', 'bump/{{ bump }}'],
      reviewers: ['ada', 'nobody', 'acme/platform'],
      assignees: ['ada', 'stranger'],
      milestone: 'July',
    };
    const first = await cli('release', { ...image('1.4.2'), ...given });
    expect(first.log).toContain('reviewer nobody was refused: ');
    expect(first.log).toContain('assignee stranger was refused: cannot be assigned in this repository');
    const names = async () => {
      const pull = await api('GET', '/pulls/1');
      return {
        labels: pull.labels.map(({ name }: { name: string }) => name).toSorted(),
        reviewers: pull.requested_reviewers.map(({ login }: { login: string }) => login),
        teams: pull.requested_reviewers_teams.map(({ name }: { name: string }) => name),
        assignees: pull.assignees.map(({ login }: { login: string }) => login),
        milestone: pull.milestone?.title,
      };
    };
    const all = { reviewers: ['ada'], teams: ['platform'], assignees: ['ada'], milestone: 'July' };
    expect(await names()).toEqual({ labels: ['bump/patch', 'release'], ...all });
    await api('DELETE', '/pulls/1/requested_reviewers', { reviewers: ['ada'] });
    const second = await cli('release', { ...image('1.5.0'), ...given, reviewers: ['ada'] });
    expect(second.outputs, second.log).toMatchObject({ outcome: 'updated' });
    expect(await names()).toEqual({ labels: ['bump/minor', 'release'], ...all, reviewers: [] });
  });

  test('says what is in it: the commits between the deployed version and the new one', async () => {
    const { cli, api, gitea } = current();
    const tag = await api('GET', '/../web/git/refs/tags/v1.4.2');
    const source = { ...giteaActions(gitea), GITHUB_SHA: tag[0].object.sha };
    const { log } = await cli('release', image('1.4.2'), source);
    const { body } = await api('GET', '/pulls/1');
    expect(body, log).toContain('**What is in it:** 2 commits of acme/web ([compare](');
    expect(body).toContain('- Fix a typo – Ada Lovelace');
  });
});
