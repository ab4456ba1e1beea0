/** Other forges and their CI systems, as far as git goes: which server a name is on, and how the token is shown to it. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { COMMIT, scenarios, type Scenario } from './harness.ts';
import { nameServers, type NamedServers } from './named-servers.ts';

const FILES = { 'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n' };
const IMAGES = 'ghcr.io/acme/web:1.4.2';
const HEXADECIMAL = '16c7e42f292c6912e7710c838347ae178b4a5d6e';

/** What the server was shown, each header once. */
const shown = ({ requests }: Sandbox): (string | undefined)[] => [
  ...new Set(requests.map(({ authorization }) => authorization)),
];
const basic = (user: string, token: string): string => `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
const isApi = ({ kind }: { kind: string }): boolean => kind !== 'git';

/** What a server is asked that nothing names. */
const QUESTION: unknown = expect.objectContaining({ path: '/api/v1/version', authorization: undefined });

/** Who made the commit on the release branch, and its message, without what breaks commands in it. */
async function released({ repository }: Scenario): Promise<string> {
  const text = await repository.text(['log', '-1', '--format=%an <%ae>%n%B', 'release/web']);
  return text.replaceAll('\u200b', '');
}

scenarios('a server without a client here', FILES, (current) => {
  test.each([
    ['its own page', (url: string) => `${url}/acme/manifests/compare/release/web`, true],
    ['a page elsewhere', () => 'https://evil.test/login', false],
  ])('prints on the push %s, where a pull request is opened', async (_, pageOf, isShown) => {
    const { action, repository, sandbox } = current();
    const page = pageOf(sandbox.serverUrl);
    const hook = join(repository.gitDir, 'hooks/post-receive');
    await mkdir(dirname(hook), { recursive: true });
    await writeFile(hook, `#!/bin/sh\necho 'Create a pull request by visiting:' >&2\necho '  ${page}' >&2\n`, {
      mode: 0o755,
    });
    const { outputs, stdout } = await action({ images: IMAGES, forge: 'git' });
    expect(outputs['outcome'], stdout).toBe('pushed');
    expect(outputs['new-pull-request-url']).toBe(isShown ? page : '');
    expect(stdout).toContain(isShown ? `for its pull request see ${page}.` : 'open its pull request there.');
  });
});

scenarios('the CI of another forge', FILES, (current) => {
  test.each([
    ['Gitea', { GITEA_ACTIONS: 'true' }],
    ['Forgejo', { GITEA_ACTIONS: 'true', FORGEJO_ACTIONS: 'true' }],
  ])('Actions of %s: its server is no GitHub, and gets the token of its own workflow', async (_, signs) => {
    const { action, sandbox } = current();
    const token = sandbox.createToken({ text: HEXADECIMAL });
    const { exitCode, outputs, stdout } = await action(
      { images: IMAGES, repository: 'acme/manifests', token: `workflow:${token}` },
      {
        ...signs,
        GITHUB_SERVER_URL: `${sandbox.serverUrl}/`,
        GITHUB_API_URL: `${sandbox.serverUrl}/api/v1`,
        GITHUB_WORKFLOW_REF: '',
      },
    );
    expect([exitCode, outputs['outcome']], stdout).toEqual([0, 'created']);
    expect(outputs['pull-request-url']).toBe(`${sandbox.serverUrl}/acme/manifests/pulls/1`);
    expect(new Set(shown(sandbox))).toEqual(new Set([basic('x-access-token', token), `token ${token}`]));
    expect(sandbox.requests.filter(isApi).map(({ path }) => path)).toEqual(
      expect.toSatisfy((paths: string[]) => paths.every((path) => path.startsWith('/api/v1/'))),
    );
    const message = await released(current());
    expect(message).toContain('manifest-release-pr <manifest-release-pr@noreply.invalid>\n');
    expect(message).toContain(`Release-Source: acme/web@${COMMIT}\nRelease-Build: acme/web#7\n`);
    expect(message).toContain(`Release-Run: ${sandbox.serverUrl}/acme/web/actions/runs/7\n`);
  });

  test('Gitea Actions: the command line writes the summary of the job', async () => {
    const { cli, sandbox } = current();
    const { exitCode, stderr, summary } = await cli(['release', '--images', IMAGES], {
      GITHUB_ACTIONS: 'true',
      GITEA_ACTIONS: 'true',
      GITHUB_SERVER_URL: sandbox.serverUrl,
      GITHUB_REPOSITORY: 'acme/manifests',
      MANIFEST_RELEASE_TOKEN: sandbox.createToken({ text: HEXADECIMAL }),
    });
    expect([exitCode, summary], stderr).toEqual([0, expect.stringMatching(/^### Opened pull request /)]);
  });

  const gitlab = ({ sandbox }: Scenario): Record<string, string> => ({
    GITLAB_CI: 'true',
    CI_SERVER_URL: sandbox.serverUrl,
    CI_PROJECT_PATH: 'acme/web',
    CI_PROJECT_URL: `${sandbox.serverUrl}/acme/web`,
    CI_PIPELINE_URL: `${sandbox.serverUrl}/acme/web/-/pipelines/1009`,
    CI_PIPELINE_IID: '9',
    CI_COMMIT_SHA: COMMIT,
    CI_COMMIT_REF_NAME: 'main',
    GITLAB_USER_LOGIN: 'ada',
  });

  test('GitLab CI: a name is on that GitLab, and the token of the job has its own user', async () => {
    const { cli, sandbox } = current();
    const token = sandbox.createToken({ text: 'glcbt-64_ofThisJobAlone' });
    const args = ['release', '--repository', 'acme/manifests', '--images', IMAGES, '--token-env', 'CI_JOB_TOKEN'];
    const { exitCode, stdout, stderr } = await cli(args, { ...gitlab(current()), CI_JOB_TOKEN: token });
    expect([exitCode, stdout], stderr).toEqual([0, expect.stringContaining('Pushed branch release/web')]);
    expect(shown(sandbox)).toEqual([basic('gitlab-ci-token', token)]);
    expect(sandbox.requests.filter(isApi)).toEqual([]);
    const sections = [...stderr.matchAll(/^\u001b\[0Ksection_(start|end):\d+:(\w+)\r\u001b\[0K(.*)$/gm)];
    expect(sections.map(([, mark, name, title]) => `${mark} ${name} ${title}`.trim())).toEqual([
      'start manifest_release_1 Plan the release of ghcr.io/acme/web',
      'end manifest_release_1',
      'start manifest_release_2 Diff',
      'end manifest_release_2',
      'start manifest_release_3 Text for a pull request',
      'end manifest_release_3',
      'start manifest_release_4 Deliver',
      'end manifest_release_4',
    ]);
    const message = await released(current());
    expect(message).toContain(`Release-Source: acme/web@${COMMIT}\nRelease-Build: acme/web#9\n`);
    expect(message).toContain(`Release-Run: ${sandbox.serverUrl}/acme/web/-/pipelines/1009\n`);
  });

  test('GitLab CI without a token: that of the job pushes, which the log says, and another server does not get it', async () => {
    const { cli, sandbox } = current();
    const job = sandbox.createToken({ text: 'glcbt-64_ofThisJobAlone' });
    const args = ['release', '--images', IMAGES, '--repository'];
    const env = { ...gitlab(current()), CI_JOB_TOKEN: job };
    const { exitCode, stdout, stderr } = await cli([...args, 'acme/manifests'], env);
    expect([exitCode, stdout], stderr).toEqual([0, expect.stringContaining('Pushed branch release/web')]);
    const { host } = new URL(sandbox.serverUrl);
    expect(stderr).toContain(`- no token was given: ${host} gets the one that GitLab CI made for this job\n`);
    expect(stderr).toContain('CI_JOB_TOKEN may not open merge requests. Make a project access token');
    expect(stdout + stderr).not.toContain(job);
    expect(shown(sandbox)).toEqual([basic('gitlab-ci-token', job)]);

    const before = sandbox.requests.length;
    const elsewhere = { ...env, CI_SERVER_URL: 'https://gitlab.example.com' };
    const other = await cli([...args, `${sandbox.serverUrl}/acme/manifests`], elsewhere);
    expect([other.exitCode, other.stderr]).toEqual([1, expect.stringContaining('error: No token was given')]);
    expect(other.stderr).not.toContain('made for this job');
    const later = sandbox.requests.slice(before).map(({ authorization }) => authorization);
    expect(new Set(later)).toEqual(new Set([undefined]));
  });

  test('GitLab CI: where the token of the job may not do it, the error says what to tick and which token to make', async () => {
    const { cli, sandbox } = current();
    const job = sandbox.createToken({ text: 'glcbt-64_ofThisJobAlone', contents: 'read' });
    const args = ['release', '--images', IMAGES, '--repository', 'acme/manifests'];
    const { exitCode, stderr } = await cli(args, { ...gitlab(current()), CI_JOB_TOKEN: job });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('"Allow Git push requests to the repository" is ticked there');
    expect(stderr).toContain('Make a project access token');
  });

  test('Gitea Actions without a token: that of the job opens the pull request of its own server', async () => {
    const { cli, sandbox } = current();
    const job = sandbox.createToken({ text: HEXADECIMAL });
    const { exitCode, stdout, stderr } = await cli(['release', '--images', IMAGES], {
      GITHUB_ACTIONS: 'true',
      GITEA_ACTIONS: 'true',
      GITHUB_SERVER_URL: sandbox.serverUrl,
      GITHUB_REPOSITORY: 'acme/manifests',
      GITHUB_TOKEN: job,
    });
    expect([exitCode, stdout], stderr).toEqual([0, expect.stringContaining('Opened pull request #1')]);
    expect(new Set(shown(sandbox))).toEqual(new Set([basic('x-access-token', job), `token ${job}`]));
  });

  test('GitLab CI: the token of a job is in nothing that comes out, although it is given in no input', async () => {
    const { cli, sandbox } = current();
    const job = 'glcbt-64_ofThisJobAlone';
    const args = ['release', '--repository', 'acme/manifests', '--images', IMAGES, '--title', `Release ${job}`];
    const { stdout, stderr } = await cli(args, {
      ...gitlab(current()),
      CI_JOB_TOKEN: job,
      MANIFEST_RELEASE_TOKEN: sandbox.createToken({ text: 'glpat-ofThisProject' }),
    });
    const [{ title, body } = { title: '', body: '' }] = await sandbox.pullRequests();
    expect(title).toBe('Release ***');
    expect(`${stdout}${stderr}${body}`).not.toContain(job);
    const own = [basic('oauth2', 'glpat-ofThisProject'), 'PRIVATE-TOKEN glpat-ofThisProject'];
    expect(shown(sandbox).toSorted()).toEqual(own.toSorted());
  });

  test('GitLab CI: a token of GitHub is not sent to that GitLab for a name', async () => {
    const { cli, sandbox } = current();
    const args = ['release', '--repository', 'acme/manifests', '--images', IMAGES];
    const { exitCode, stderr } = await cli(args, { ...gitlab(current()), MANIFEST_RELEASE_TOKEN: sandbox.token });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('write the whole address, as https://github.com/')]);
    expect(sandbox.requests).toEqual([]);
  });

  test('Azure Pipelines: groups of its log, a summary that is there after the run, and errors', async () => {
    const { cli, sandbox } = current();
    const folder = await mkdtemp(join(tmpdir(), 'agent-'));
    const azure = {
      TF_BUILD: 'True',
      AGENT_TEMPDIRECTORY: folder,
      MANIFEST_RELEASE_TOKEN: sandbox.createToken({ text: 'y7x2q5wz4kfj3mp6nbvh2ctr7ld4gyx5qwz3kfj6mp2nbvhaq3dk' }),
    };
    const args = ['release', '--repository', `${sandbox.serverUrl}/acme/manifests`, '--forge', 'azure-devops'];
    const { exitCode, stdout, stderr } = await cli([...args, '--images', IMAGES], azure);
    expect(exitCode, stderr).toBe(0);
    const [, file = ''] = /^##vso\[task\.uploadsummary\](.*)$/m.exec(stderr) ?? [];
    const summary = await readFile(file, 'utf8');
    expect(dirname(file)).toBe(folder);
    expect(summary).toContain('| Image | From | To | Step | Places |');
    expect(summary).toContain(stdout.slice(0, 'Pushed branch release/web'.length));
    const failed = await cli([...args, '--images', 'ghcr.io/acme/none:1.0.0'], azure);
    expect([failed.exitCode, failed.stderr]).toEqual([
      1,
      expect.stringMatching(
        /^##vso\[task\.logissue type=error\]Image "ghcr\.io\/acme\/none" was not found.*%0A.* \[SITE_NOT_FOUND\]$/m,
      ),
    ]);
    const [, failure = ''] = /^##vso\[task\.uploadsummary\](.*)$/m.exec(failed.stderr) ?? [];
    expect(await readFile(failure, 'utf8')).toContain('### Failed: SITE_NOT_FOUND');
    await rm(folder, { recursive: true });
    const unwritten = await cli([...args, '--images', 'ghcr.io/acme/none:1.0.0'], azure);
    expect([unwritten.exitCode, unwritten.stderr]).toEqual([1, expect.stringContaining('[SITE_NOT_FOUND]')]);
    expect(unwritten.stderr).toContain('##vso[task.logissue type=warning]');
    expect(stderr.match(/^##\[.*$/gm)).toEqual([
      '##[group]Plan the release of ghcr.io/acme/web',
      '##[endgroup]',
      '##[group]Diff',
      '##[endgroup]',
      '##[group]Text for a pull request',
      '##[endgroup]',
      '##[group]Deliver',
      '##[endgroup]',
    ]);
  });
});

scenarios('the input forge', FILES, (current) => {
  test.each([
    ['git', 'a-token', basic('x-access-token', 'a-token')],
    ['gitlab', 'glcbt-token', basic('gitlab-ci-token', 'glcbt-token')],
    ['bitbucket-cloud', 'ATATT3xtoken', basic('x-bitbucket-api-token-auth', 'ATATT3xtoken')],
    ['bitbucket-data-center', 'BBDC-token', 'Bearer BBDC-token'],
    ['azure-devops', 'azure-token', basic('', 'azure-token')],
  ])('%s: clone, fetch and push show %s as that server wants it, and no API is asked', async (forge, text, header) => {
    const { action, sandbox } = current();
    const token = sandbox.createToken({ text });
    const repository = `${sandbox.serverUrl}/acme/manifests`;
    // The server of the sandbox is one that the runner knows as GitHub: the input settles it.
    const { exitCode, outputs, stdout } = await action({ images: IMAGES, repository, token, forge });
    expect([exitCode, outputs['outcome']], stdout).toEqual([0, 'pushed']);
    expect(shown(sandbox)).toEqual([header]);
    expect(sandbox.requests.filter(isApi)).toEqual([]);
    expect(sandbox.requests.map(({ path }) => path).join('\n')).toMatch(/upload-pack[^]*receive-pack/);
  });

  test('github: an Enterprise Server that neither the address nor the CI tells gets its pull request', async () => {
    const { cli, sandbox } = current();
    const args = ['release', '--repository', `${sandbox.serverUrl}/acme/manifests`, '--images', IMAGES];
    const env = {
      GITLAB_CI: 'true',
      CI_SERVER_URL: 'https://gitlab.example.com',
      MANIFEST_RELEASE_TOKEN: sandbox.token,
    };
    expect((await cli([...args, '--dry-run'], env)).stderr).toContain('Text for a pull request');
    expect(sandbox.requests.filter(isApi)).toEqual([QUESTION]);
    const { exitCode, stdout, stderr } = await cli([...args, '--forge', 'github'], env);
    expect([exitCode, stdout], stderr).toEqual([0, expect.stringContaining('Opened pull request #1')]);
  });
});

scenarios('a server that nothing names', FILES, (current) => {
  interface Answered {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: unknown;
  }

  const TOKEN = 'y7x2q5wz4kfj3mp6nbvh2ctr7ld4gyx5qwz3kfj6mp2nbvhaq3dk';
  const run = ({ cli, sandbox }: Scenario, answer: Answered, options: readonly string[] = [], text = TOKEN) => {
    sandbox.failNext({ match: /^GET \/api\/v1\/version$/, foreign: true, ...answer });
    const args = ['release', '--repository', `${sandbox.serverUrl}/acme/manifests`, '--images', IMAGES, ...options];
    return cli(args, { MANIFEST_RELEASE_TOKEN: sandbox.createToken({ text, kind: 'classic' }) });
  };

  test.each<[string, Answered, string, string, string]>([
    [
      'GitLab',
      { status: 404, headers: { 'x-gitlab-meta': '{}' }, body: '<html>' },
      '/api/v4/',
      `PRIVATE-TOKEN ${TOKEN}`,
      basic('x-access-token', TOKEN),
    ],
    [
      'GitHub Enterprise Server',
      { status: 404, headers: { 'x-github-request-id': 'A:1' }, body: '<html>' },
      '/api/',
      `token ${TOKEN}`,
      basic('x-access-token', TOKEN),
    ],
    [
      'Gitea',
      { status: 200, body: { version: '1.26.0' } },
      '/api/v1/',
      `token ${TOKEN}`,
      basic('x-access-token', TOKEN),
    ],
    [
      'Forgejo',
      { status: 200, body: { version: '11.0.1+gitea-1.22.0' } },
      '/api/v1/',
      `token ${TOKEN}`,
      basic('x-access-token', TOKEN),
    ],
  ])('is asked once, and as %s it opens the pull request', async (_, answer, root, api, git) => {
    const { exitCode, stdout, stderr } = await run(current(), answer);
    expect([exitCode, stdout], stderr).toEqual([0, expect.stringMatching(/^Opened pull request [#!]1 /)]);
    expect(stderr.match(/answers as a server of the kind/g)).toHaveLength(1);
    const { requests } = current().sandbox;
    expect(requests.filter(({ authorization }) => authorization === undefined)).toEqual([QUESTION]);
    const others = requests.filter(({ authorization }) => authorization !== undefined);
    expect(new Set(others.map(({ authorization }) => authorization))).toEqual(new Set([api, git]));
    expect(others.filter(isApi).filter(({ path }) => !path.startsWith(root))).toEqual([]);
  });

  test('does not take the token as most do: it is cloned once more as its kind wants it', async () => {
    const { sandbox } = current();
    const answer = { status: 404, headers: { 'x-arequestid': '@1A2B' }, body: '<html>' };
    sandbox.failNext({ match: /info\/refs/, status: 401, body: 'Authentication failed' });
    const { exitCode, stderr } = await run(current(), answer);
    expect(exitCode, stderr).toBe(0);
    const git = sandbox.requests.filter(({ kind }) => kind === 'git').map(({ authorization }) => authorization);
    expect(git[0]).toBe(basic('x-access-token', TOKEN));
    expect(new Set(git.slice(1))).toEqual(new Set([`Bearer ${TOKEN}`]));
  });

  test('is not waited for by git', async () => {
    const { sandbox } = current();
    let cloned = (): void => undefined;
    const clone = new Promise<void>((resolve) => {
      cloned = resolve;
    });
    sandbox.beforeNext({ match: /^POST .*upload-pack/, run: cloned });
    sandbox.beforeNext({ match: /^GET \/api\/v1\/version$/, run: () => clone });
    const { exitCode, stdout, stderr } = await run(current(), { status: 200, body: { version: '1.26.0' } });
    expect([exitCode, stdout], stderr).toEqual([0, expect.stringContaining('Opened pull request #1')]);
  });

  test.each<[string, Answered]>([
    ['a web page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html>' }],
    ['an error', { status: 500, body: { message: 'x' } }],
    ['nothing', { status: 0, body: undefined }],
  ])('and answers %s: the branch is pushed', async (_, answer) => {
    const { exitCode, stdout, stderr } = await run(current(), answer);
    expect([exitCode, stdout], stderr).toEqual([0, expect.stringContaining('Pushed branch release/web')]);
    expect(new Set(shown(current().sandbox))).toEqual(new Set([undefined, basic('x-access-token', TOKEN)]));
  });

  test('is asked once for all environments', async () => {
    const { repository, sandbox } = current();
    const config = 'apps: {web: {images: [ghcr.io/acme/web], environments: {production: {}}}}\n';
    await repository.commit('main', { '.github/manifest-release.yaml': config });
    const answer = { status: 200, body: { version: '1.26.0' } };
    const options = ['--app', 'web', '--environments', 'production'];
    const { exitCode, stdout, stderr } = await run(current(), answer, options);
    expect([exitCode, stdout], stderr).toEqual([0, expect.stringContaining('Opened pull request #1')]);
    expect(sandbox.requests.filter(({ path }) => path === '/api/v1/version')).toHaveLength(1);
  });

  test.each([
    ['a kind', ['--forge', 'git'], TOKEN],
    ['no token', [], ''],
  ])('is not asked where the inputs have %s', async (_, options, text) => {
    const { cli, sandbox } = current();
    const args = ['release', '--repository', `${sandbox.serverUrl}/acme/manifests`, '--images', IMAGES, '--dry-run'];
    await cli([...args, ...options], { MANIFEST_RELEASE_TOKEN: text && sandbox.createToken({ text }) });
    expect(sandbox.requests.filter(isApi)).toEqual([]);
  });
});

scenarios(
  'the user of an address',
  FILES,
  (current) => {
    const USER = 'lovelace-at-123456789012';

    /** The address with a user before its host. */
    const addressOf = ({ sandbox }: Scenario, user: string): string =>
      `${sandbox.serverUrl.replace('//', `//${user}@`)}/acme/manifests.git`;

    test('is whom git names with the token, and is nowhere else', async () => {
      const { cli, action, sandbox, repository } = current();
      const token = sandbox.createToken({ text: 'p4ss+word/of=CodeCommitForLovelace' });
      const args = ['release', '--json', '--repository', addressOf(current(), USER), '--images', IMAGES];
      const env = { MANIFEST_RELEASE_TOKEN: token, RUNNER_DEBUG: '1' };
      const first = await cli(args, env);
      expect(first.exitCode, first.stderr).toBe(0);
      expect(JSON.parse(first.stdout)).toMatchObject({ outcome: 'pushed' });
      const inputs = { images: 'ghcr.io/acme/web:1.4.3', repository: addressOf(current(), USER), token, forge: 'git' };
      const second = await action(inputs, { RUNNER_DEBUG: '1' });
      expect(second.exitCode, second.stdout).toBe(0);
      const third = await action({ ...inputs, base: 'none' }, { RUNNER_DEBUG: '1' });
      expect(third.exitCode, third.stdout).toBe(1);

      expect(sandbox.requests.filter(isApi)).toEqual([QUESTION]);
      expect(new Set(shown(sandbox))).toEqual(new Set([undefined, basic(USER, token)]));
      const history = await repository.text(['log', '--all', '--format=%an %ae %B', '-p']);
      const texts = [first, second, third].flatMap(({ stdout, stderr, outputs, summary, left, commands }) => [
        stdout,
        stderr,
        summary,
        JSON.stringify([outputs, left]),
        ...commands.map(({ args: given }) => given.join(' ')),
      ]);
      expect([history, ...texts].filter((text) => /lovelace-at/i.test(text))).toEqual([]);
      const encoded = Buffer.from(`${USER}:`).toString('base64').slice(0, 24);
      expect([history, ...texts].filter((text) => text.includes(encoded))).toEqual([]);
    });

    test.each([
      ['a token of GitHub', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
      ['a token of Gitea', HEXADECIMAL],
      ['a token of GitLab', 'glpat-16C7e42F292c6912E771'],
      ['a password behind it', 'ada:16C7e42F292c6912E771'],
      ['a password behind it, encoded', 'ada%3A16C7e42F292c6912E771'],
    ])('is refused where it may be %s, which is shown nowhere', async (_, user) => {
      const { cli, action, sandbox } = current();
      const repository = addressOf(current(), user);
      const runs = [
        await cli(['release', '--repository', repository, '--images', IMAGES], { RUNNER_DEBUG: '1' }),
        await action({ images: IMAGES, repository }, { RUNNER_DEBUG: '1' }),
      ];
      for (const { exitCode, stdout, stderr, summary } of runs) {
        expect(exitCode).toBe(1);
        expect(stdout + stderr).toContain('contains what may be a credential');
        expect(stdout + stderr + summary).not.toContain(user.slice(-16));
      }
      expect(sandbox.requests).toEqual([]);
    });
  },
  { runs: 'processes' },
);

scenarios(
  'a well-known host',
  FILES,
  (current) => {
    let servers: NamedServers | undefined;
    afterEach(() => servers?.close());

    test('the API of gitlab.com is asked through the proxy, over TLS, with the token in its own header', async () => {
      const { cli, sandbox } = current();
      servers = await nameServers({ 'gitlab.com': sandbox });
      const args = ['release', '--repository', 'https://gitlab.com/acme/manifests.git', '--images', IMAGES];
      const { exitCode, stdout, stderr } = await cli(args, {
        ...servers.environment,
        MANIFEST_RELEASE_TOKEN: sandbox.createToken({ text: 'glpat-token' }),
      });
      expect([exitCode, stdout], stderr).toEqual([0, expect.stringContaining('Opened pull request !1')]);
      expect(shown(sandbox).toSorted()).toEqual([basic('oauth2', 'glpat-token'), 'PRIVATE-TOKEN glpat-token']);
    });

    test('the API of codeberg.org is asked through the proxy, over TLS, with the token of git', async () => {
      const { cli, sandbox } = current();
      servers = await nameServers({ 'codeberg.org': sandbox });
      const args = ['release', '--repository', 'https://codeberg.org/acme/manifests', '--images', IMAGES];
      const { exitCode, stdout, stderr } = await cli(args, {
        ...servers.environment,
        MANIFEST_RELEASE_TOKEN: sandbox.createToken({ text: HEXADECIMAL }),
      });
      expect([exitCode, stdout], stderr).toEqual([0, expect.stringContaining('Opened pull request #1')]);
      expect(shown(sandbox).toSorted()).toEqual([basic('x-access-token', HEXADECIMAL), `token ${HEXADECIMAL}`]);
    });

    test('https://gitlab.com/acme/manifests.git is known by its address, and a push asks it for the merge request', async () => {
      const { cli, sandbox } = current();
      servers = await nameServers({ 'gitlab.com': sandbox });
      const args = ['release', '--repository', 'https://gitlab.com/acme/manifests.git', '--images', IMAGES];
      const { exitCode, stdout, stderr } = await cli(args, {
        ...servers.environment,
        MANIFEST_RELEASE_TOKEN: sandbox.createToken({ text: 'gldt-token' }),
      });
      // The page that the sandbox prints is not on the server of this address.
      expect([exitCode, stdout], stderr).toEqual([
        0,
        expect.stringMatching(/^Pushed branch .*; open its pull request there/),
      ]);
      expect(await sandbox.pullRequests()).toHaveLength(1);
      expect(shown(sandbox)).toEqual([basic('oauth2', 'gldt-token')]);
      expect(sandbox.requests.filter(isApi)).toEqual([]);
    });

    const ofApi = basic('x-bitbucket-api-token-auth', 'ATATT3xtoken');

    test.each([
      [
        'https://bitbucket.org/acme/manifests.git',
        'ATCTT3xtoken',
        [basic('x-token-auth', 'ATCTT3xtoken'), 'Bearer ATCTT3xtoken'],
      ],
      [
        'https://ada%40example.com@bitbucket.org/acme/manifests.git',
        'ATATT3xtoken',
        [ofApi, basic('ada@example.com', 'ATATT3xtoken')],
      ],
      ['https://bitbucket.acme.test/scm/acme/manifests.git', 'BBDC-token', ['Bearer BBDC-token']],
    ])('the API of %s is asked through the proxy, over TLS, with %s', async (address, text, headers) => {
      const { cli, sandbox } = current();
      servers = await nameServers({ [new URL(address).host]: sandbox, 'api.bitbucket.org': sandbox });
      const { exitCode, stdout, stderr } = await cli(['release', '--repository', address, '--images', IMAGES], {
        ...servers.environment,
        MANIFEST_RELEASE_TOKEN: sandbox.createToken({ text }),
      });
      expect([exitCode, stdout], stderr).toEqual([0, expect.stringContaining('Opened pull request #1')]);
      expect(shown(sandbox).toSorted()).toEqual(headers.toSorted());
    });

    test('an API token of bitbucket.org without its account pushes, and the log says where the account is written', async () => {
      const { cli, sandbox } = current();
      servers = await nameServers({ 'bitbucket.org': sandbox });
      const args = ['release', '--repository', 'https://bitbucket.org/acme/manifests.git', '--images', IMAGES];
      const { exitCode, stdout, stderr } = await cli(args, {
        ...servers.environment,
        MANIFEST_RELEASE_TOKEN: sandbox.createToken({ text: 'ATATT3xtoken' }),
      });
      expect([exitCode, stdout], stderr).toEqual([
        0,
        'Pushed branch release/web to acme/manifests: 1 place in 1 file; open its pull request there.\n',
      ]);
      expect(stderr).toContain('write the e-mail address of its Atlassian account before the host');
      expect(shown(sandbox)).toEqual([ofApi]);
    });
  },
  { runs: 'processes' },
);

describe.each(['GITHUB_ACTIONS', 'GITEA_ACTIONS', 'GITLAB_CI', 'TF_BUILD'])('the command line in %s', (sign) => {
  scenarios('with groups', FILES, (current) => {
    test('has nothing but its result on stdout, and ends each group before a failure', async () => {
      const { cli, sandbox } = current();
      const args = [
        'release',
        '--repository',
        `${sandbox.serverUrl}/acme/manifests`,
        '--images',
        'ghcr.io/acme/none:1.0.0',
      ];
      const { exitCode, stdout, stderr } = await cli(args, { [sign]: 'true', MANIFEST_RELEASE_TOKEN: sandbox.token });
      expect([exitCode, stdout]).toEqual([1, '']);
      const [begun, ended] = [/::group::|##\[group\]|section_start:/g, /::endgroup::|##\[endgroup\]|section_end:/g].map(
        (mark) => [...stderr.matchAll(mark)].map(({ index }) => index),
      );
      expect(begun?.length).toBeGreaterThan(0);
      expect(ended?.length).toBe(begun?.length);
      expect(ended?.at(-1)).toBeLessThan(stderr.search(/^(?:error: |::error::|##vso\[task\.logissue type=error\])/m));
    });
  });
});
