/** Secrets: the check that every scenario has finds one, and the texts that once had one have none. */
import { describe, expect, test } from 'vitest';
import { scenarios, type Result } from './harness.ts';
import { leaksIn, seenIn } from './leaks.ts';

const SECRET = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a';
const CLEAN: Result = {
  exitCode: 0,
  stdout: `::add-mask::${SECRET}\nfine\n`,
  stderr: '',
  outputs: {},
  summary: '',
  state: { 'app-token': SECRET },
  left: [],
  commands: [{ args: ['fetch'], environment: [`GIT_CONFIG_VALUE_1=Authorization: Basic ${basic(SECRET)}`] }],
};

function basic(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64');
}

describe('the check of every scenario', () => {
  const leaks = (change: Partial<Result>): string[] => leaksIn(seenIn({ ...CLEAN, ...change }), [SECRET]);

  test('finds nothing where there is nothing', () => {
    expect(leaks({})).toEqual([]);
  });

  test.each<[string, Partial<Result>]>([
    ['stdout', { stdout: `a ${SECRET}` }],
    ['stderr', { stderr: basic(SECRET) }],
    ['half of it', { stderr: SECRET.slice(0, 30) }],
    ['an output', { outputs: { results: JSON.stringify({ sentence: SECRET }) } }],
    ['the summary', { summary: Buffer.from(`oauth2:${SECRET}`).toString('base64') }],
    ['a name of a file', { left: [SECRET] }],
    ['an argument', { commands: [{ args: ['push', `https://x:${SECRET}@git.test`], environment: [] }] }],
    ['the environment of another command', { commands: [{ args: ['grep'], environment: [`X=${basic(SECRET)}`] }] }],
    ['a user of GitLab’s with it', { stdout: Buffer.from(`gitlab-ci-token:${SECRET}`).toString('base64') }],
    ['another variable', { commands: [{ args: ['fetch'], environment: [`TOKEN=${SECRET}`] }] }],
  ])('finds %s', (_, change) => {
    expect(leaks(change)).not.toEqual([]);
  });
});

scenarios('a token in what a server or a person says', { 'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n' }, (current) => {
  const IMAGES = 'ghcr.io/acme/web:1.4.2';

  test('a token with a line break at its end works, and is nowhere to be seen', async () => {
    const { action, cli, sandbox } = current();
    const { exitCode, stdout } = await action({ images: IMAGES, token: `${sandbox.token}\n` });
    expect(exitCode, stdout).toBe(0);
    for (const token of [`${sandbox.token}\n`, `${sandbox.token}x\n`]) {
      const args = ['release', '--json', '--repository', 'acme/manifests', '--images', IMAGES];
      const servers = { GITHUB_SERVER_URL: sandbox.serverUrl, GITHUB_API_URL: sandbox.apiUrl };
      await cli(args, { ...servers, MANIFEST_RELEASE_TOKEN: token, RUNNER_DEBUG: '1' });
    }
  });

  test.each([0, 300, 480, 490, 495, 499, 505])(
    'a refusal that echoes the token behind %d characters',
    async (before) => {
      const { action, sandbox } = current();
      const message = `${'x'.repeat(before)} bad credentials ${sandbox.token}, ${'y'.repeat(600)}`;
      sandbox.failNext({ match: /POST .*\/pulls$/, status: 403, body: { message }, times: 9 });
      const { exitCode, stdout } = await action({ images: IMAGES });
      expect([exitCode, stdout.includes('title=API_DENIED')], stdout).toEqual([1, true]);
    },
  );

  test('a reason, a title and a message that have the token', async () => {
    const { action, repository, sandbox } = current();
    const texts = {
      reason: `because ${sandbox.token}`,
      title: `Release ${sandbox.token}`,
      'commit-message': sandbox.token,
    };
    const { outputs, stdout } = await action({ images: IMAGES, ...texts });
    expect(outputs['outcome'], stdout).toBe('created');
    expect((await repository.pullRequests.get(1)).title).toBe('Release ***');
  });
});

scenarios(
  'a token in the results of environments',
  {
    'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n',
    '.github/manifest-release.yaml': 'apps: { web: { images: ghcr.io/acme/web, environments: { staging: {} } } }\n',
  },
  (current) => {
    test.each(['action', 'cli'] as const)('is in no sentence, for the %s', async (entry) => {
      const { action, cli, sandbox } = current();
      const body = { message: `bad credentials ${sandbox.token}` };
      sandbox.failNext({ match: /POST .*\/pulls$/, status: 403, body, times: 9 });
      if (entry === 'action') {
        const { outputs } = await action({ app: 'web', version: '1.4.2' });
        expect(outputs['results']).toContain('***');
        return;
      }
      const args = ['release', '--json', '--repository', 'acme/manifests', '--app', 'web', '--version', '1.4.2'];
      const servers = { GITHUB_SERVER_URL: sandbox.serverUrl, GITHUB_API_URL: sandbox.apiUrl };
      const { stdout } = await cli(args, { ...servers, MANIFEST_RELEASE_TOKEN: sandbox.token });
      expect(stdout).toContain('***');
    });
  },
);
