/** What a real Gitea says to a push, where nothing is known of the server but git. */
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
