/** What a real Gitea says where nothing is known of the server but its address: to a push, and to the question for its kind. */
import { expect, test } from 'vitest';
import { eachWithRepository } from './scenario.ts';

const current = eachWithRepository({ 'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n' });

test('the page where a pull request is opened is an output', async () => {
  const { cli, gitea, name, listed } = current();
  const { outputs, log } = await cli('release', { images: 'ghcr.io/acme/web:1.4.2', forge: 'git' });
  expect(outputs, log).toMatchObject({ outcome: 'pushed' });
  expect(outputs['new-pull-request-url']).toBe(`${gitea.url}/${name}/pulls/new/release/web`);
  expect(await listed()).toEqual([]);
});

test('the server is asked for its kind where nothing names it, and gets its pull request', async () => {
  const { cli, gitea, listed } = current();
  const { outputs, log } = await cli('release', { images: 'ghcr.io/acme/web:1.4.2', forge: 'auto' });
  expect(outputs, log).toMatchObject({ outcome: 'created' });
  expect(log).toContain(`${new URL(gitea.url).host} answers as a server of the kind gitea (setting "forge")`);
  expect(await listed()).toEqual(['1 open release/web Release web 1.4.1 → 1.4.2 (patch)']);
});
