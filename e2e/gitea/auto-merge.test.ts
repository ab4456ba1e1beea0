/** Auto-merge on a real Gitea: at once, or when the checks of the base have succeeded. */
import { expect, test } from 'vitest';
import { ask } from './people.ts';
import { eachWithRepository } from './scenario.ts';

const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const image = (version: string) => ({ images: `ghcr.io/acme/web:${version}` });
const POLL = { timeout: 30_000, interval: 300 };
const current = eachWithRepository({ 'web.yaml': manifest('1.4.1') });

test('merges at once where nothing is waited for', async () => {
  const { cli, git, listed } = current();
  const { outputs, log } = await cli('release', { ...image('1.4.2'), 'auto-merge': 'merge' });
  expect(outputs, log).toMatchObject({ outcome: 'merged', 'auto-merge': 'merged' });
  expect(await listed()).toEqual(['1 merged release/web Release web 1.4.1 → 1.4.2 (patch)']);
  const tip = (await git.tip('main')) ?? '';
  expect((await git.look(tip)).parents).toHaveLength(2);
  const again = await cli('release', { ...image('1.4.2'), 'auto-merge': 'merge' });
  expect(again.outputs, again.log).toMatchObject({ outcome: 'unchanged' });
});

test('waits for checks, also over a later version, and squashes when they succeed', async () => {
  const { cli, git, api, gitea, name, listed } = current();
  await ask(gitea, gitea.admin, 'POST', `/repos/${name}/branch_protections`, {
    rule_name: 'main',
    enable_push: true,
    enable_status_check: true,
    status_check_contexts: ['ci'],
  });
  const options = { 'auto-merge': 'squash' };
  const first = await cli('release', { ...image('1.4.2'), ...options });
  expect(first.log).not.toContain('refused');
  const events = async (): Promise<string[]> =>
    (await api('GET', '/issues/1/timeline')).map(({ type }: { type: string }) => type);
  expect(await events()).toContain('pull_scheduled_merge');
  expect((await cli('release', { ...image('1.4.2'), ...options })).outputs).toMatchObject({ outcome: 'unchanged' });
  const later = await cli('release', { ...image('1.4.3'), ...options });
  expect(later.outputs, later.log).toMatchObject({ outcome: 'updated' });
  expect(await git.read('main', 'web.yaml')).toBe(manifest('1.4.1'));
  expect((await events()).filter((type) => type === 'pull_scheduled_merge')).toHaveLength(1);

  const head = (await git.tip('release/web')) ?? '';
  await api('POST', `/statuses/${head}`, { context: 'ci', state: 'success' });
  await expect.poll(listed, POLL).toEqual(['1 merged release/web Release web 1.4.1 → 1.4.3 (patch)']);
  expect(await git.read('main', 'web.yaml')).toBe(manifest('1.4.3'));
  const merged = await git.look((await git.tip('main')) ?? '');
  expect(merged.parents).toHaveLength(1);
  expect(merged.message).toMatch(/\(#1\)\n/);
});

test('is refused with the setting where the way of merging is not allowed', async () => {
  const { cli, gitea, name, listed } = current();
  await ask(gitea, gitea.admin, 'PATCH', `/repos/${name}`, { has_pull_requests: true, allow_squash_merge: false });
  const { outputs, log } = await cli('release', { ...image('1.4.2'), 'auto-merge': 'squash' });
  expect(outputs, log).toMatchObject({ outcome: 'created' });
  expect(log).toContain('auto-merge was refused: this way of merging is not allowed in the settings of the repository');
  expect(await listed()).toEqual(['1 open release/web Release web 1.4.1 → 1.4.2 (patch)']);
});
