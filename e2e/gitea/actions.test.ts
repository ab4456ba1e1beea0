/** The Action with the variables of Gitea Actions and Forgejo Actions, against the real server. */
import { expect, test } from 'vitest';
import { createToken } from './people.ts';
import { eachWithRepository } from './scenario.ts';

const current = eachWithRepository({ 'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n' });
const IMAGES = 'ghcr.io/acme/web:1.4.2';

test.each([
  ['Gitea', {}],
  ['Forgejo', { FORGEJO_ACTIONS: 'true' }],
])('in Actions of %s a repository by its name is on that server, and gets its pull request', async (kind, signs) => {
  const { action, gitea, name, api } = current();
  const { exitCode, outputs, stdout } = await action({ images: IMAGES, labels: 'release' }, signs);
  expect(exitCode, stdout).toBe(0);
  expect(outputs, stdout).toMatchObject({
    outcome: 'created',
    'pull-request-number': '1',
    'pull-request-url': `${gitea.url}/${name}/pulls/1`,
  });
  expect(stdout).not.toContain('GitHub');
  const { body, labels } = await api('GET', '/pulls/1');
  expect(labels).toMatchObject([{ name: 'release' }]);
  expect(body).toContain(`${gitea.url}/acme/web/actions/runs/7`);
  expect(kind).toMatch(/^(?:Gitea|Forgejo)$/);
});

test.each([
  ['a token that the server does not know', 'wrong', /refused|denied|invalid/i],
  ['a token without the scope for repositories', 'scope', /write:repository/],
])('%s is an error that says what to make', async (_, token, text) => {
  const { action, gitea } = current();

  const given = token === 'scope' ? await createToken(gitea, 'bot', ['read:user']) : { token: '0'.repeat(40) };
  const { exitCode, stdout } = await action({ images: IMAGES, token: given.token });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(text);
  expect(stdout.replaceAll(`::add-mask::${given.token}`, '')).not.toContain(given.token);
});

test('a token without the scope for issues opens the pull request, and its labels are refused with the reason', async () => {
  const { action, gitea, api } = current();

  const { token } = await createToken(gitea, 'bot', ['write:repository']);
  const { exitCode, outputs, stdout } = await action({ images: IMAGES, token, labels: 'release' });
  expect([exitCode, outputs['outcome']], stdout).toEqual([0, 'created']);
  expect(stdout).toMatch(/::warning::label release was refused: .*write:issue/);
  expect((await api('GET', '/pulls/1')).labels ?? []).toEqual([]);
});
