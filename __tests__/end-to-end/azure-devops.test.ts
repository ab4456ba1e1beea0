/** Azure Pipelines releases to another repository of its organization: a pull request's whole life, and what goes wrong. */
import { expect, test } from 'vitest';
import type { SandboxRepository } from '../../sandbox/sandbox.ts';
import type { Result } from './execute.ts';
import { COMMIT, scenarios, type Scenario } from './harness.ts';

const NAME = 'My Ops/the manifests';
const FULL_NAME = 'fabrikam/My Ops/_git/the manifests';
const PAT = 'y7x2q5wz4kfj3mp6nbvh2ctr7ld4gyx5qwz3kfj6mp2nbvhaq3dk';
const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const image = (version: string): string => `ghcr.io/acme/web:${version}`;

/** As Azure Pipelines sets them for a run of shop/web. */
function variables({ sandbox }: Scenario): Record<string, string> {
  return {
    TF_BUILD: 'True',
    SYSTEM_COLLECTIONURI: `${sandbox.serverUrl}/fabrikam/`,
    SYSTEM_TEAMPROJECT: 'shop',
    SYSTEM_DEFINITIONID: '3',
    BUILD_BUILDID: '9',
    BUILD_REPOSITORY_PROVIDER: 'TfsGit',
    BUILD_REPOSITORY_URI: `${sandbox.serverUrl}/fabrikam/shop/_git/web`,
    BUILD_SOURCEVERSION: COMMIT,
    BUILD_SOURCEBRANCH: 'refs/heads/main',
    BUILD_REQUESTEDFOR: 'Ada Lovelace',
  };
}

interface Started {
  readonly repository: SandboxRepository;
  /** Runs a release with these options; the result as JSON where it succeeded. */
  readonly release: (
    version: string,
    options?: Readonly<Record<string, string>>,
    token?: string,
  ) => Promise<Result & { readonly json: Readonly<Record<string, unknown>> }>;
}

async function start(scenario: Scenario): Promise<Started> {
  const { sandbox, cli } = scenario;
  const files = { 'web.yaml': manifest('1.4.1'), 'other.yaml': 'a: 1\n' };
  const people = { collaborators: ['ada', 'Grace'], teams: ['platform'] };
  const repository = await sandbox.createRepository(FULL_NAME, files, people);
  sandbox.createToken({ text: PAT, login: 'svc-release', kind: 'classic' });
  return {
    repository,
    release: async (version, options = {}, token = PAT) => {
      const flags = Object.entries({ repository: NAME, images: image(version), ...options });
      const args = flags.flatMap(([name, value]) => [`--${name}`, value]);
      const environment = { ...variables(scenario), MANIFEST_RELEASE_TOKEN: token };
      const result = await cli(['release', '--json', ...args], environment);
      return { ...result, json: result.stdout === '' ? {} : (JSON.parse(result.stdout) as Record<string, unknown>) };
    },
  };
}

/** Each pull request as `number state branch title`. */
async function listed({ repository }: Started): Promise<string[]> {
  const all = await repository.pullRequests.all();
  return all.map(({ number, state, mergedAt, head, title }) => {
    return `${number} ${mergedAt === null ? state : 'merged'} ${head} ${title}`;
  });
}

scenarios('a pull request of Azure DevOps', { 'x.yaml': 'a: 1\n' }, (current) => {
  test('is created, unchanged, updated, skipped for an older build, merged; then nothing is left', async () => {
    const started = await start(current());
    const { release, repository } = started;
    const { sandbox } = current();
    const attributes = { labels: 'release', reviewers: 'ada@fabrikam.test, fabrikam/platform' };
    const first = await release('1.4.2', attributes);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.json).toMatchObject({
      outcome: 'created',
      'pull-request-number': 1,
      'pull-request-url': `${sandbox.serverUrl}/fabrikam/My%20Ops/_git/the%20manifests/pullrequest/1`,
    });
    expect(await listed(started)).toEqual(['1 open release/web Release web 1.4.1 → 1.4.2 (patch)']);
    const opened = await repository.pullRequests.get(1);
    expect(opened).toMatchObject({
      author: 'svc-release',
      labels: ['release'],
      reviewers: ['ada'],
      teamReviewers: ['platform'],
    });
    expect(opened.body).toMatch(
      /^\[manifest-release-pr\]: # \(\{.*\}\)\n\n[^]*\n\n\[\/manifest-release-pr\]: # \(end\)$/,
    );
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.4.2'));
    const [commit] = await repository.log('release/web');
    expect(commit?.trailers).toContain(`Release-Source: shop/_git/web@${COMMIT}`);

    expect((await release('1.4.2', attributes)).json).toMatchObject({ outcome: 'unchanged' });
    expect((await release('1.4.3', attributes)).json).toMatchObject({ outcome: 'updated', 'pull-request-number': 1 });
    expect(await listed(started)).toEqual(['1 open release/web Release web 1.4.1 → 1.4.3 (patch)']);
    expect((await repository.pullRequests.get(1)).body).toContain('skipped 1.4.2');
    expect((await release('1.4.2')).json).toMatchObject({ outcome: 'skipped-older' });

    await repository.pullRequests.merge(1);
    await repository.deleteBranch('release/web');
    expect((await release('1.4.3')).json).toMatchObject({ outcome: 'unchanged' });
    expect((await release('1.4.4')).json).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
    const basic = `Basic ${Buffer.from(`:${PAT}`).toString('base64')}`;
    expect(new Set(sandbox.requests.map(({ authorization }) => authorization))).toEqual(new Set([basic]));
  });

  test('that a person abandoned is declined; the next version is opened', async () => {
    const { release, repository } = await start(current());
    await release('1.4.2');
    await repository.pullRequests.close(1);
    expect((await release('1.4.2')).json).toMatchObject({ outcome: 'declined', 'pull-request-number': 1 });
    expect((await release('1.4.3')).json).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
  });

  test('whose branch was deleted stays open, and goes on with the branch that the next run pushes', async () => {
    const started = await start(current());
    const { release, repository } = started;
    await release('1.4.2');
    await repository.deleteBranch('release/web');
    const { json, stderr } = await release('1.4.3');
    expect(json, stderr).toMatchObject({ outcome: 'updated', 'pull-request-number': 1 });
    expect(await listed(started)).toEqual(['1 open release/web Release web 1.4.1 → 1.4.3 (patch)']);
  });

  test('is closed with the reason when the base has it all, and its branch goes', async () => {
    const { release, repository } = await start(current());
    await release('1.4.2');
    await repository.commit('main', { 'web.yaml': manifest('1.4.2') });
    expect((await release('1.4.2')).json).toMatchObject({ outcome: 'closed' });
    const closed = await repository.pullRequests.get(1);
    expect([closed.state, closed.body]).toEqual(['closed', expect.stringContaining('**Closed: main has these')]);
    expect(await repository.tip('release/web')).toBeUndefined();
    expect((await release('1.4.2')).json).toMatchObject({ outcome: 'unchanged' });
  });

  test('of another version is superseded, with Azure’s sign before the number', async () => {
    const started = await start(current());
    const { release, repository } = started;
    const branch = 'release/{{ name }}-{{ version }}';
    await release('1.4.2', { branch });
    expect((await release('1.4.3', { branch })).json).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
    expect(await listed(started)).toEqual([
      '1 closed release/web-1.4.2 Release web 1.4.1 → 1.4.2 (patch)',
      '2 open release/web-1.4.3 Release web 1.4.1 → 1.4.3 (patch)',
    ]);
    expect((await repository.pullRequests.get(1)).body).toContain('**Superseded by !2.**');
    expect(await repository.tip('release/web-1.4.2')).toBeUndefined();
  });

  test('keeps the text, the title and the labels that people gave, and their commits', async () => {
    const { release, repository } = await start(current());
    await release('1.4.2', { labels: 'release' });
    const { body } = await repository.pullRequests.get(1);
    await repository.pullRequests.update(1, {
      title: 'Web, please look',
      body: `Look at the logs first.\n\n${body}\n\nSigned: Ada`,
      labels: ['urgent'],
    });
    const commit = await repository.commit('release/web', { 'other.yaml': 'a: 2\n' });
    expect((await release('1.4.3', { labels: 'release' })).json).toMatchObject({ outcome: 'updated' });
    const changed = await repository.pullRequests.get(1);
    expect(changed).toMatchObject({ title: 'Web, please look', labels: ['urgent'] });
    expect(changed.body).toMatch(/^Look at the logs first\.\n[^]*1\.4\.3[^]*\n\nSigned: Ada$/);
    expect((await repository.log('release/web')).map(({ sha }) => sha)).toContain(commit);
  });

  test('has a text of 4,000 characters at most, of which the metadata is never cut', async () => {
    const { release, repository } = await start(current());
    const line = (index: number): string => `${'very-'.repeat(20)}${index}/kustomization.yaml`;
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [line(index), manifest('1.4.1')]));
    await repository.commit('main', files);
    const digest = (sign: string): string => `@sha256:${sign.repeat(64)}`;
    for (const patch of [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]) {
      const { json, stderr } = await release(`1.4.${patch}${digest((patch % 10).toString())}`);
      expect(json, stderr).toMatchObject({ 'pull-request-number': 1 });
    }
    const { body } = await repository.pullRequests.get(1);
    expect(body?.length).toBeLessThanOrEqual(4000);
    expect(body).toMatch(/^\[manifest-release-pr\]: # \(\{[^\n]*\}\)\n\n[^]*more, which the diff shows[^]*# \(end\)$/);
    // Older versions give way to the text.
    expect(body?.indexOf('\n')).toBeLessThan(4000 / 3);
    expect(body).toContain('1.4.12');
    expect((await release(`1.4.13${digest('3')}`)).json).toMatchObject({ outcome: 'unchanged' });
  });

  test('is a draft, and completed by Azure once its policies are met', async () => {
    const { release, repository } = await start(current());
    await release('1.4.2', { draft: 'true' });
    expect(await repository.pullRequests.get(1)).toMatchObject({ draft: true });
    await repository.pullRequests.update(1, { draft: false });
    repository.requireChecks('main');
    const { json, stderr } = await release('1.4.3', { draft: 'true', 'auto-merge': 'squash' });
    expect(json, stderr).toMatchObject({ outcome: 'updated' });
    expect(await repository.pullRequests.get(1)).toMatchObject({ draft: false, autoMerge: { method: 'squash' } });
  });

  test('what Azure does not have is told once, and what it refuses by name', async () => {
    const { release } = await start(current());
    const options = { reviewers: 'ada\nnobody', assignees: 'ada', milestone: 'Sprint 12' };
    const { exitCode, stderr } = await release('1.4.2', options);
    expect(exitCode, stderr).toBe(0);
    expect(stderr.match(/assignees, milestone: not there on Azure DevOps/g)).toHaveLength(1);
    expect(stderr).toContain('reviewer nobody was refused: there is no user of that name');
  });

  test('of a run that was cut short after the push is opened by the next one', async () => {
    const started = await start(current());
    const { release } = started;
    current().sandbox.failNext({ match: /^POST .*pullRequests/, status: 400, body: { message: 'cut short' } });
    expect((await release('1.4.2')).exitCode).toBe(1);
    expect((await release('1.4.2')).json).toMatchObject({ outcome: 'created' });
    expect(await listed(started)).toEqual(['1 open release/web Release web 1.4.1 → 1.4.2 (patch)']);
  });
});

scenarios('an Azure DevOps that does not do it', { 'x.yaml': 'a: 1\n' }, (current) => {
  const page = { headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html>', foreign: true };
  test.each([
    ['401', { status: 401 }, 'API_DENIED', 'is expired, was revoked, lacks a scope'],
    ['a page to sign in', { status: 203, ...page }, 'API_DENIED', 'is expired, was revoked, lacks a scope'],
    [
      '404',
      { status: 404, body: { message: 'TF401019: x' } },
      'API_DENIED',
      'There is no repository "fabrikam/My%AZP2520Ops',
    ],
    ['HTML', { status: 200, ...page, times: 4 }, 'ANSWER_UNREADABLE', 'login page'],
    ['429', { status: 429, headers: { 'retry-after': '900' }, foreign: true }, 'RATE_LIMITED', 'Run it again later'],
    ['503', { status: 503, body: { message: 'x' }, times: 4 }, 'SERVER_FAILED', 'in maintenance'],
  ])('answers %s: the run ends, and nothing is pushed', async (_, answer, code, hint) => {
    const { release, repository } = await start(current());
    current().sandbox.failNext({ match: /^GET .*status=active/, ...answer });
    const { exitCode, stderr } = await release('1.4.2');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`[${code}]`)]);
    expect(stderr).toContain(hint);
    expect(await repository.tip('release/web')).toBeUndefined();
  });

  test('for want of a right: the branch is there, and the error says which right to allow to the build service', async () => {
    const { release, repository } = await start(current());
    const claims = Buffer.from('{"iss":"app.vstoken.visualstudio.com"}').toString('base64url');
    const token = current().sandbox.createToken({ text: `eyJhbGciOiJSUzI1NiJ9.${claims}.c2ln`, pullRequests: 'read' });
    const { exitCode, stderr } = await release('1.4.2', {}, token);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('[API_DENIED]')]);
    expect(stderr).toContain('Allow "Contribute to pull requests" to the build service of the project');
    expect(await repository.tip('release/web')).toBeDefined();
    const shown = new Set(current().sandbox.requests.map(({ authorization }) => authorization));
    expect(shown).toEqual(new Set([`Bearer ${token}`]));
  });
});
