/** Manifests on one server, the CI run and its source on another: which token goes where. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { scenarios } from './harness.ts';
import { nameServers, type NamedServers } from './named-servers.ts';

/** Each request's kind with its token, if any; each once. */
function asked(sandbox: Sandbox): string[] {
  const all = sandbox.requests.map(({ kind, operation, path, authorization = 'no token' }) => {
    const what = kind === 'git' ? 'git' : (operation ?? path.replace('/api/v3', '').replace(/[0-9a-f]{7,}/g, '<id>'));
    return `${what}: ${authorization}`;
  });
  return [...new Set(all)];
}

const MANIFESTS = { 'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n' };

scenarios(
  'the source on another server',
  MANIFESTS,
  (current) => {
    let other: Sandbox;
    let servers: NamedServers | undefined;
    let commits: readonly [deployed: string, next: string];

    beforeEach(async () => {
      other = await startSandbox();
      const web = await other.createRepository('acme/web', { 'main.go': 'v1' }, { visibility: 'public' });
      const deployed = await web.commitId('main');
      commits = [deployed, await web.commit('main', { 'main.go': 'v2' }, { message: 'Add a cart\n' })];
      const version = `sha-${deployed.slice(0, 20)}`;
      await current().repository.commit('main', { 'web.yaml': `image: ghcr.io/acme/web:${version}\n` });
    });
    afterEach(async () => {
      await Promise.all([servers?.close(), other.close()]);
      servers = undefined;
    });

    const images = (): string => `ghcr.io/acme/web:sha-${commits[1].slice(0, 20)}`;
    /** What the sandbox of the manifests was asked with a token. */
    const TOKENS = (token: string): string[] => [
      `git: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
      // Beside the clone.
      `Base: token ${token}`,
      `/repos/acme/manifests/pulls: token ${token}`,
    ];

    async function fromCircleCi(env: Readonly<Record<string, string>>): Promise<string> {
      const { cli, sandbox } = current();
      servers = await nameServers({
        'acme.ghe.com': sandbox,
        'api.acme.ghe.com': sandbox,
        'github.com': other,
        'api.github.com': other,
      });
      const run = ['release', '--repository', 'https://acme.ghe.com/acme/manifests', '--images', images()];
      const { exitCode, stdout, stderr } = await cli(run, {
        ...servers.environment,
        CIRCLECI: 'true',
        CIRCLE_PROJECT_USERNAME: 'acme',
        CIRCLE_PROJECT_REPONAME: 'web',
        CIRCLE_REPOSITORY_URL: 'git@github.com:acme/web.git',
        CIRCLE_SHA1: commits[1],
        MANIFEST_RELEASE_TOKEN: sandbox.token,
        // Of a job of GitHub; the API's own address tells where GraphQL is.
        GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
        ...env,
      });
      expect(exitCode, stdout + stderr).toBe(0);
      return (await sandbox.pullRequests())[0]?.body ?? '';
    }

    test('manifests on a ghe.com host, CI of github.com: the comparison there is anonymous', async () => {
      expect(await fromCircleCi({})).toContain('1 commit of acme/web');
      expect(asked(current().sandbox).toSorted()).toEqual(TOKENS(current().sandbox.token).toSorted());
      expect(asked(other)).toEqual(['/repos/acme/web/compare/<id>...<id>: no token']);
    });

    test('and with a token for the source, with that one', async () => {
      expect(await fromCircleCi({ MANIFEST_RELEASE_SOURCE_TOKEN: other.token })).toContain('1 commit of acme/web');
      expect(asked(current().sandbox).toSorted()).toEqual(TOKENS(current().sandbox.token).toSorted());
      expect(asked(other)).toEqual([`/repos/acme/web/compare/<id>...<id>: token ${other.token}`]);
    });

    async function fromEnterprise(inputs: Readonly<Record<string, string>>): Promise<string> {
      const { action, sandbox } = current();
      servers = await nameServers({ 'github.com': sandbox, 'api.github.com': sandbox, 'git.acme.test': other });
      const { exitCode, stdout } = await action(
        { repository: 'https://github.com/acme/manifests', images: images(), ...inputs },
        {
          ...servers.environment,
          GITHUB_SERVER_URL: 'https://git.acme.test',
          GITHUB_API_URL: 'https://git.acme.test/api/v3',
          GITHUB_GRAPHQL_URL: 'https://git.acme.test/api/graphql',
          GITHUB_SHA: commits[1],
        },
      );
      expect(exitCode, stdout).toBe(0);
      return (await sandbox.pullRequests())[0]?.body ?? '';
    }

    test('manifests on github.com, CI of an Enterprise Server: without a token for that one it is not asked', async () => {
      expect(await fromEnterprise({})).toContain('no token was given for git.acme.test');
      expect(asked(current().sandbox).toSorted()).toEqual(TOKENS(current().sandbox.token).toSorted());
      expect(asked(other)).toEqual([]);
    });

    test('and with a token for the source, with that one', async () => {
      expect(await fromEnterprise({ 'source-token': other.token })).toContain('1 commit of acme/web');
      expect(asked(current().sandbox).toSorted()).toEqual(TOKENS(current().sandbox.token).toSorted());
      expect(asked(other)).toEqual([`/repos/acme/web/compare/<id>...<id>: token ${other.token}`]);
    });

    test('an App’s key, its token and the question what a token lacks go to the server of the manifests', async () => {
      const { sandbox } = current();
      const app = sandbox.createApp({ repositories: ['acme/manifests'] });
      await fromEnterprise({ token: '', 'app-client-id': app.clientId, 'app-private-key': app.privateKey });
      expect(asked(sandbox).length).toBeGreaterThan(2);
      expect(asked(other)).toEqual([]);
      const token = sandbox.createToken({ kind: 'fine-grained', repositories: [] });
      const { action } = current();
      const refused = await action(
        { repository: 'https://github.com/acme/manifests', images: images(), token },
        { ...servers?.environment, GITHUB_SERVER_URL: 'https://git.acme.test' },
      );
      expect([refused.exitCode, refused.stdout]).toEqual([1, expect.stringContaining('title=REPOSITORY_NOT_FOUND')]);
      expect(asked(sandbox)).toContain(`/repos/acme/manifests: token ${token}`);
      expect(asked(other)).toEqual([]);
    });
  },
  { runs: 'processes' },
);
