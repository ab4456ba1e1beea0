/** GitLab CI releases to a project of that GitLab, in a group of a group: a merge request's whole life, and what goes wrong. */
import { expect, test } from 'vitest';
import type { SandboxRepository } from '../../sandbox/sandbox.ts';
import type { Result } from './execute.ts';
import { COMMIT, scenarios, type Scenario } from './harness.ts';

const PROJECT = 'acme/ops/manifests';
const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const image = (version: string): string => `ghcr.io/acme/web:${version}`;

/** As GitLab CI sets them for a pipeline of acme/shop/web. */
function variables({ sandbox }: Scenario): Record<string, string> {
  return {
    CI: 'true',
    GITLAB_CI: 'true',
    CI_SERVER_URL: sandbox.serverUrl,
    CI_API_V4_URL: `${sandbox.serverUrl}/api/v4`,
    CI_PROJECT_PATH: 'acme/shop/web',
    CI_PROJECT_URL: `${sandbox.serverUrl}/acme/shop/web`,
    CI_PIPELINE_URL: `${sandbox.serverUrl}/acme/shop/web/-/pipelines/1009`,
    CI_PIPELINE_IID: '9',
    CI_JOB_TOKEN: 'glcbt-64_ofThisJobAlone',
    CI_COMMIT_SHA: COMMIT,
    CI_COMMIT_TIMESTAMP: '2026-01-02T03:04:05+00:00',
    CI_COMMIT_REF_NAME: 'main',
    GITLAB_USER_LOGIN: 'ada',
  };
}

interface Started {
  readonly project: SandboxRepository;
  readonly token: string;
  /** Runs a release with these options; the result as JSON where it succeeded. */
  readonly release: (
    version: string,
    options?: Readonly<Record<string, string>>,
    given?: string,
  ) => Promise<Result & { readonly json: Readonly<Record<string, unknown>> }>;
}

async function start(scenario: Scenario): Promise<Started> {
  const { sandbox, cli } = scenario;
  const project = await sandbox.createRepository(
    PROJECT,
    { 'web.yaml': manifest('1.4.1'), 'other.yaml': 'a: 1\n' },
    { collaborators: ['ada', 'Grace'] },
  );
  const token = sandbox.createToken({ text: 'glpat-ofThisProject', login: 'project_1_bot', kind: 'classic' });
  return {
    project,
    token,
    release: async (version, options = {}, given = token) => {
      const flags = Object.entries({ repository: PROJECT, images: image(version), ...options });
      const args = flags.flatMap(([name, value]) => [`--${name}`, value]);
      const environment = { ...variables(scenario), MANIFEST_RELEASE_TOKEN: given };
      const result = await cli(['release', '--json', ...args], environment);
      return { ...result, json: result.stdout === '' ? {} : (JSON.parse(result.stdout) as Record<string, unknown>) };
    },
  };
}

/** Each merge request as `number state branch title`. */
async function listed({ project }: Started): Promise<string[]> {
  const all = await project.pullRequests.all();
  return all.map(({ number, state, mergedAt, head, title }) => {
    return `${number} ${mergedAt === null ? state : 'merged'} ${head} ${title}`;
  });
}

const isApi = ({ path }: { path: string }): boolean => path.startsWith('/api/');

scenarios('a merge request of GitLab', { 'x.yaml': 'a: 1\n' }, (current) => {
  test('is created, unchanged, updated, skipped for an older build, merged; then nothing is left', async () => {
    const started = await start(current());
    const { release, project } = started;
    const { sandbox } = current();
    const first = await release('1.4.2', { labels: 'release', reviewers: 'ada', assignees: 'Grace' });
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.json).toMatchObject({
      outcome: 'created',
      'pull-request-number': 1,
      'pull-request-url': `${sandbox.serverUrl}/${PROJECT}/-/merge_requests/1`,
      results: [expect.objectContaining({ sentence: expect.stringMatching(/^Opened pull request !1 /) as unknown })],
    });
    expect(await listed(started)).toEqual(['1 open release/web Release web 1.4.1 → 1.4.2 (patch)']);
    expect(await project.pullRequests.get(1)).toMatchObject({
      author: 'project_1_bot',
      labels: ['release'],
      reviewers: ['ada'],
      assignees: ['Grace'],
    });
    expect(await project.read('release/web', 'web.yaml')).toBe(manifest('1.4.2'));
    const [commit] = await project.log('release/web');
    expect(commit?.trailers).toContain(`Release-Source: acme/shop/web@${COMMIT}`);

    expect((await release('1.4.2', { labels: 'release', reviewers: 'ada', assignees: 'Grace' })).json).toMatchObject({
      outcome: 'unchanged',
    });
    expect((await release('1.4.3', { labels: 'release' })).json).toMatchObject({
      outcome: 'updated',
      'pull-request-number': 1,
    });
    expect(await listed(started)).toEqual(['1 open release/web Release web 1.4.1 → 1.4.3 (patch)']);
    expect((await project.pullRequests.get(1)).body).toContain('skipped 1.4.2');
    expect((await release('1.4.2')).json).toMatchObject({ outcome: 'skipped-older' });

    await project.pullRequests.merge(1);
    await project.deleteBranch('release/web');
    expect((await release('1.4.3')).json).toMatchObject({ outcome: 'unchanged' });
    expect((await release('1.4.4')).json).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
    const shown = new Set(sandbox.requests.filter(isApi).map(({ authorization }) => authorization));
    expect(shown).toEqual(new Set([`PRIVATE-TOKEN glpat-ofThisProject`]));
  });

  test('that a person closed is declined; the next version is opened, and one closed by deletion is no decision', async () => {
    const { release, project } = await start(current());
    await release('1.4.2');
    await project.pullRequests.close(1);
    expect((await release('1.4.2')).json).toMatchObject({ outcome: 'declined', 'pull-request-number': 1 });
    expect((await release('1.4.3')).json).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
    await project.deleteBranch('release/web');
    const again = await release('1.4.3');
    expect(again.stderr).toContain('pull request !2 was closed by the deletion of its branch, which is no decision');
    expect(again.json).toMatchObject({ outcome: 'created', 'pull-request-number': 3 });
  });

  test('is closed with the reason when the base has it all, and its branch goes', async () => {
    const { release, project } = await start(current());
    await release('1.4.2');
    await project.commit('main', { 'web.yaml': manifest('1.4.2') });
    expect((await release('1.4.2')).json).toMatchObject({ outcome: 'closed' });
    const closed = await project.pullRequests.get(1);
    expect([closed.state, closed.body]).toEqual(['closed', expect.stringContaining('**Closed: main has these')]);
    expect(await project.tip('release/web')).toBeUndefined();
    expect((await release('1.4.2')).json).toMatchObject({ outcome: 'unchanged' });
  });

  test('of another version is superseded, with GitLab’s sign before the number', async () => {
    const started = await start(current());
    const { release, project } = started;
    const branch = 'release/{{ name }}-{{ version }}';
    await release('1.4.2', { branch });
    const second = await release('1.4.3', { branch });
    expect(second.json).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
    expect(second.stderr).toContain('- pull request !2 created\n- closed pull request !1: Superseded by !2.');
    expect(await listed(started)).toEqual([
      '1 closed release/web-1.4.2 Release web 1.4.1 → 1.4.2 (patch)',
      '2 open release/web-1.4.3 Release web 1.4.1 → 1.4.3 (patch)',
    ]);
    expect((await project.pullRequests.get(1)).body).toContain('**Superseded by !2.**');
    expect(await project.tip('release/web-1.4.2')).toBeUndefined();
  });

  test('keeps the text, the title and the labels that people gave, and their commits', async () => {
    const { release, project } = await start(current());
    await release('1.4.2', { labels: 'release' });
    const { body } = await project.pullRequests.get(1);
    await project.pullRequests.update(1, {
      title: 'Web, please look',
      body: `Look at the logs first.\n\n${body}\n\nSigned: Ada`,
      labels: ['urgent'],
    });
    const commit = await project.commit('release/web', { 'other.yaml': 'a: 2\n' });
    expect((await release('1.4.3', { labels: 'release' })).json).toMatchObject({ outcome: 'updated' });
    const changed = await project.pullRequests.get(1);
    expect(changed).toMatchObject({ title: 'Web, please look', labels: ['urgent'] });
    expect(changed.body).toMatch(/^Look at the logs first\.\n[^]*1\.4\.3[^]*\n\nSigned: Ada$/);
    const log = await project.log('release/web');
    expect(log.map(({ sha }) => sha)).toContain(commit);
    expect(await project.read('release/web', 'web.yaml')).toBe(manifest('1.4.3'));
  });

  test('is a draft by its title, which stays through an update and is no change by a person', async () => {
    const started = await start(current());
    const { release, project } = started;
    await release('1.4.2', { draft: 'true' });
    expect(await listed(started)).toEqual(['1 open release/web Draft: Release web 1.4.1 → 1.4.2 (patch)']);
    expect((await release('1.4.2', { draft: 'true' })).json).toMatchObject({ outcome: 'unchanged' });
    await release('1.4.3', { draft: 'true' });
    expect(await listed(started)).toEqual(['1 open release/web Draft: Release web 1.4.1 → 1.4.3 (patch)']);
    await project.pullRequests.update(1, { title: 'Release web 1.4.1 → 1.4.3 (patch)' });
    await release('1.4.4', { draft: 'true' });
    expect(await listed(started)).toEqual(['1 open release/web Release web 1.4.1 → 1.4.4 (patch)']);
  });

  test('is merged by GitLab once its checks pass', async () => {
    const { release, project } = await start(current());
    project.requireChecks('main');
    expect((await release('1.4.2', { 'auto-merge': 'squash' })).exitCode).toBe(0);
    expect(await project.pullRequests.get(1)).toMatchObject({ state: 'open', autoMerge: { method: 'squash' } });
  });

  test('with auto-merge, which a push ends, has it again for the next version, but not after a person ended it', async () => {
    const { release, project } = await start(current());
    const autoMerge = { 'auto-merge': 'squash' };
    project.requireChecks('main');
    await release('1.4.2', autoMerge);
    const next = await release('1.4.3', autoMerge);
    expect(next.json, next.stderr).toMatchObject({ outcome: 'updated', 'auto-merge': 'enabled' });
    expect(await project.pullRequests.get(1)).toMatchObject({
      autoMerge: { method: 'squash', head: await project.tip('release/web') },
    });
    await project.pullRequests.update(1, { autoMerge: null });
    expect((await release('1.4.4', autoMerge)).exitCode).toBe(0);
    expect(await project.pullRequests.get(1)).toMatchObject({ autoMerge: null });
  });

  test('what GitLab does not have is told once, and what it refuses by name', async () => {
    const { release } = await start(current());
    const { exitCode, stderr } = await release('1.4.2', { reviewers: 'ada\nnobody\nacme/platform' });
    expect(exitCode, stderr).toBe(0);
    expect(stderr.match(/team reviewers: not given on GitLab/g)).toHaveLength(1);
    expect(stderr).toContain('reviewer nobody was refused: there is no user of that name');
  });

  test('of a run that was cut short after the push is opened by the next one', async () => {
    const started = await start(current());
    const { release } = started;
    current().sandbox.failNext({ match: /^POST .*merge_requests/, status: 422, body: { message: ['cut short'] } });
    expect((await release('1.4.2')).exitCode).toBe(1);
    expect((await release('1.4.2')).json).toMatchObject({ outcome: 'created' });
    expect(await listed(started)).toEqual(['1 open release/web Release web 1.4.1 → 1.4.2 (patch)']);
  });

  test('two runs at once open one', async () => {
    const started = await start(current());
    const { sandbox } = current();
    let others = 0;
    sandbox.beforeNext({
      match: /^POST .*merge_requests/,
      run: async () => {
        others += 1;
        const tip = (await started.project.tip('release/web')) ?? '';
        const base = (await started.project.tip('main')) ?? '';
        const ends = { head: 'release/web', headSha: tip, base: 'main', baseSha: base };
        started.project.pullRequests.open({ title: 'By another run', body: '', ...ends, draft: false });
      },
    });
    const { json, stderr } = await started.release('1.4.2');
    expect([others, json['pull-request-number']], stderr).toEqual([1, 1]);
    expect(await started.project.pullRequests.all()).toHaveLength(1);
  });
});

scenarios('a GitLab that does not do it', { 'x.yaml': 'a: 1\n' }, (current) => {
  test.each([
    ['401', { status: 401, body: { message: '401 Unauthorized' } }, 'API_DENIED', 'is expired, was revoked'],
    ['404', { status: 404, body: { message: '404 Project Not Found' } }, 'API_DENIED', `does not see "${PROJECT}"`],
    ['HTML', { status: 200, body: '<!doctype html>', foreign: true, times: 4 }, 'ANSWER_UNREADABLE', 'login page'],
    ['HTML with 404', { status: 404, body: '<html>', foreign: true }, 'ANSWER_UNREADABLE', 'login page'],
    ['429', { status: 429, headers: { 'retry-after': '900' }, foreign: true }, 'RATE_LIMITED', 'Run it again later'],
    ['503', { status: 503, body: { message: 'x' }, times: 4 }, 'SERVER_FAILED', 'in maintenance'],
  ])('answers %s: the run ends, and nothing is pushed', async (_, answer, code, hint) => {
    const { release, project } = await start(current());
    current().sandbox.failNext({ match: /^GET .*state=opened/, ...answer });
    const { exitCode, stderr } = await release('1.4.2');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`[${code}]`)]);
    expect(stderr).toContain(hint);
    expect(await project.tip('release/web')).toBeUndefined();
  });

  test('for want of the scope api: the branch is there, and the error says which rights to tick', async () => {
    const { release, project } = await start(current());
    const token = current().sandbox.createToken({ text: 'glpat-reader', pullRequests: 'read' });
    const { exitCode, stderr } = await release('1.4.2', {}, token);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('[API_DENIED]')]);
    expect(stderr).toContain('lacks the scope api. Make a project access token');
    expect(await project.tip('release/web')).toBeDefined();
  });

  test('for the token of a job: the push asks for the merge request, and the log says which token does the rest', async () => {
    const started = await start(current());
    const { release, project } = started;
    const { sandbox } = current();
    const job = sandbox.createToken({ text: 'glcbt-64_ofThisJobAlone', login: 'ada', kind: 'classic' });
    project.addMilestone('Sprint 12');
    const options = {
      labels: 'release\nbump/{{ bump }}',
      assignees: 'Grace',
      reviewers: 'ada',
      milestone: 'Sprint 12',
      draft: 'true',
    };
    const { json, stderr } = await release('1.4.2', options, job);
    expect(json, stderr).toMatchObject({ outcome: 'pushed' });
    expect(stderr).toContain('CI_JOB_TOKEN may not open merge requests. Make a project access token');
    expect(stderr).toContain('reviewers: not given, because there is no token for the API of this server');
    const page = `${sandbox.serverUrl}/${PROJECT}/-/merge_requests/1`;
    expect(json).toMatchObject({ 'new-pull-request-url': page });
    expect(sandbox.requests.filter(isApi)).toEqual([]);
    expect(await listed(started)).toEqual(['1 open release/web Draft: Release web 1.4.1 → 1.4.2 (patch)']);
    expect(await project.pullRequests.get(1)).toMatchObject({
      author: 'ada',
      labels: ['release', 'bump/patch'],
      assignees: ['Grace'],
      milestone: 1,
    });

    await project.pullRequests.update(1, { title: 'Web, please look', labels: [] });
    expect((await release('1.4.3', options, job)).json).toMatchObject({ outcome: 'pushed' });
    expect(await listed(started)).toEqual(['1 open release/web Web, please look']);
    expect(await project.pullRequests.get(1)).toMatchObject({ labels: [] });
    expect((await release('1.4.3', options, job)).json).toMatchObject({ outcome: 'unchanged' });
  });
});
