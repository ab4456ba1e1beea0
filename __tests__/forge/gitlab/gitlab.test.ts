import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox, type SandboxRepository, type TokenOptions } from '../../../sandbox/sandbox.ts';
import { readCommits } from '../../../sandbox/stored-commit.ts';
import type { Attributes } from '../../../src/core/objects.ts';
import { gitLab } from '../../../src/forge/gitlab/gitlab.ts';
import { violationsOf } from '../../sandbox/each-with-sandbox.ts';
import { describeForge, type Seen } from '../contract.ts';

const PROJECT = 'acme/ops/manifests';
const WANTED = { branch: 'release/web', base: 'main', title: 'Release web', body: 'By the pipeline.', draft: false };
const NOTHING: Attributes = {
  labels: [],
  reviewers: [],
  'team-reviewers': [],
  assignees: [],
  milestone: '',
  'auto-merge': '',
  draft: false,
};

async function startProject(): Promise<{ sandbox: Sandbox; project: SandboxRepository }> {
  const sandbox = await startSandbox();
  const project = await sandbox.createRepository(
    PROJECT,
    { 'web.yaml': 'image: web:1.4.1\n' },
    { collaborators: ['ada', 'Grace'] },
  );
  await project.commit('staging', { 'web.yaml': 'image: web:1.4.0\n' });
  await project.commit('release/web', { 'web.yaml': 'image: web:1.4.2\n' });
  await project.commit('release/web-admin', { 'web.yaml': 'image: web:1.4.3\n' });
  return { sandbox, project };
}

function connect({ serverUrl, token }: Sandbox, own = token, source = token, log?: (text: string) => void) {
  const server = { serverUrl, apiUrl: `${serverUrl}/api/v4` };
  return gitLab({
    place: { ...server, project: PROJECT },
    token: own,
    source: { ...server, token: source },
    limits: { patience: [1, 1], retry: 1 },
    ...(log && { log }),
  });
}

async function open(
  project: SandboxRepository,
  head: string,
  base: string,
  title: string,
  body: string | null,
  fork = false,
) {
  const [headSha = '', baseSha = ''] = [await project.tip(head), await project.tip(base)];
  const opened = project.pullRequests.open({ title, body, head, headSha, base, baseSha, draft: false, fork });
  if (!opened) throw new Error('one is open already');
  return opened.number;
}

/** What a person sees, but for the sign of a draft. */
async function see(project: SandboxRepository, number: number): Promise<Seen> {
  const { milestone, autoMerge, mergedAt, title, ...seen } = await project.pullRequests.get(number);
  return {
    ...seen,
    title: title.replace(/^Draft: /, ''),
    state: mergedAt === null ? seen.state : 'merged',
    milestone: project.milestones.find((one) => one.number === milestone)?.title,
    autoMerge: autoMerge?.method,
  };
}

/** Closes the sandbox; every exchange must be as GitLab describes it, and have the token in GitLab's header. */
async function stop(sandbox: Sandbox): Promise<void> {
  await sandbox.close();
  expect(violationsOf(sandbox.requests)).toEqual([]);
  expect(sandbox.requests.filter(({ authorization }) => !authorization?.startsWith('PRIVATE-TOKEN '))).toEqual([]);
}

describeForge(
  'GitLab',
  async () => {
    const { sandbox, project } = await startProject();
    const web = await sandbox.createRepository('acme/web', { 'main.go': 'v1' });
    await web.tag('v1.4.1');
    await web.commit('main', { 'main.go': 'v2' }, { message: 'Fix a typo\n\nCloses #7\n' });
    await web.commit('main', { 'main.go': 'v3' }, { message: 'Add a cart\n' });
    await web.tag('v1.4.2');
    const milestoneNumbers = {
      'Sprint 11': project.addMilestone('Sprint 11', 'closed'),
      'Sprint 12b': project.addMilestone('Sprint 12b'),
      'Sprint 12': project.addMilestone('Sprint 12'),
    };
    return {
      milestoneNumbers,
      forge: connect(sandbox),
      open: (...wanted) => open(project, ...wanted),
      openFromFork: (branch, base) => open(project, branch, base, 'From afar', '', true),
      close: (number) => project.pullRequests.close(number),
      merge: (number, method) => project.pullRequests.merge(number, method),
      addStatus: (commit, status) => Promise.resolve(project.statuses.add(commit, status)),
      see: (number) => see(project, number),
      set: (setting) => {
        if (setting === 'checks') project.requireChecks('main');
        if (setting === 'public') project.visibility = 'public';
      },
      push: (branch, files) =>
        project.commit(
          branch,
          Object.fromEntries(files.map(({ path, mode, bytes }) => [path, { mode: mode as '100644', content: bytes }])),
        ),
      tip: (branch) => project.tip(branch),
      look: async (id) => {
        const commit = (await readCommits(project, [id])).get(id);
        if (!commit) throw new Error(`there is no commit ${id}`);
        const { tree, parents, message } = commit;
        return { tree, parents, message };
      },
      stop: () => stop(sandbox),
    };
  },
  {
    lacks: ['commits by the API', 'team reviewers', 'trees', 'merge queue', 'auto-merge setting'],
    moved: 'does not match',
  },
);

describe('GitLab’s own ways', () => {
  let sandbox: Sandbox;
  let project: SandboxRepository;
  beforeEach(async () => {
    ({ sandbox, project } = await startProject());
  });
  afterEach(() => stop(sandbox));

  const asked = (): string[] => sandbox.requests.map(({ method, status }) => `${method} ${status}`);
  const give = async (wanted: Partial<Attributes>, given = NOTHING) => {
    const forge = connect(sandbox);
    const [found] = (await forge.find([], 'main')).open;
    if (!found) throw new Error('none is open');
    return forge.giveAttributes(found, given, { ...NOTHING, ...wanted }, found.headId);
  };

  describe('a draft', () => {
    test.each([
      ['a merge commit', { merge_commit_sha: 'c3', squash_commit_sha: 'b2' }, 'c3'],
      ['a squash and a fast-forward', { merge_commit_sha: null, squash_commit_sha: 'b2' }, 'b2'],
      ['a fast-forward', { merge_commit_sha: null, squash_commit_sha: null }, 'a1'],
    ])('after %s the base has that commit', async (_, commits, expected) => {
      const ids = { source_project_id: 1, target_project_id: 1 };
      const branches = { source_branch: 'release/web', target_branch: 'main', sha: 'a1' };
      const text = { web_url: '', title: 'T', description: null, draft: false, labels: [] };
      const time = '2026-01-02T04:04:05.123+01:00';
      const facts = { id: 1001, iid: 1, state: 'merged', merged_at: time, ...ids, ...branches, ...text, ...commits };
      sandbox.failNext({ match: /merge_requests\/1$/, status: 200, body: facts, foreign: true });
      const merge = { state: 'merged', base: 'main', commit: expected, time: '2026-01-02T03:04:05Z' };
      expect(await connect(sandbox).merges?.read(1)).toEqual(merge);
    });

    test('a job that was skipped, waits for a person or is new is pending', async () => {
      const statuses = ['canceled', 'skipped', 'manual', 'running', 'of_tomorrow'].map((status, id) => {
        return { id, status, name: status, created_at: '2026-01-02T03:04:05Z' };
      });
      sandbox.failNext({ match: /statuses/, status: 200, body: statuses, foreign: true });
      const found = await connect(sandbox).merges?.statuses('a1');
      expect(found?.map(({ context, state }) => `${context} ${state}`)).toEqual([
        'of_tomorrow pending',
        'running pending',
        'manual pending',
        'skipped pending',
        'canceled failure',
      ]);
    });

    test('keeps its sign under another title, and is seen without it', async () => {
      const forge = connect(sandbox);
      const opened = await forge.open({ ...WANTED, draft: true });
      expect(opened).toMatchObject({ title: 'Release web', draft: true });
      expect(await forge.update(opened?.number ?? 0, { title: 'Release web 1.5' })).toMatchObject({
        title: 'Release web 1.5',
        draft: true,
      });
      expect(await project.pullRequests.get(1)).toMatchObject({ title: 'Draft: Release web 1.5' });
    });

    test.each(['Draft: x', '[Draft] x', '(draft) x', 'draft:draft: x'])(
      'is ready under the new title once a person took the sign away: %s',
      async (title) => {
        const forge = connect(sandbox);
        await open(project, 'release/web', 'main', title, '');
        expect((await forge.find([], 'main')).open).toMatchObject([{ title: 'x', draft: true }]);
        await project.pullRequests.update(1, { title: 'x' });
        expect(await forge.update(1, { title: 'y' })).toMatchObject({ title: 'y', draft: false });
        expect(await project.pullRequests.get(1)).toMatchObject({ title: 'y' });
      },
    );
  });

  test('labels, people and a milestone take one change', async () => {
    project.addMilestone('Sprint 12');
    await open(project, 'release/web', 'main', 'x', '');
    await project.pullRequests.update(1, { reviewers: ['Grace'], labels: ['old', 'theirs'] });
    const before = { ...NOTHING, labels: ['old'] };
    const wanted = {
      labels: ['release', 'web'],
      reviewers: ['ada', 'grace'],
      assignees: ['ada'],
      milestone: 'Sprint 12',
    };
    expect(await give(wanted, before)).toEqual({ given: { ...NOTHING, ...wanted }, refused: [] });
    expect(sandbox.requests.filter(({ method }) => method === 'PUT').map(({ requestBody }) => requestBody)).toEqual([
      {
        add_labels: 'release,web',
        remove_labels: 'old',
        reviewer_ids: [expect.any(Number), expect.any(Number)],
        assignee_ids: [expect.any(Number)],
        milestone_id: expect.any(Number),
      },
    ]);
    expect(await see(project, 1)).toMatchObject({
      labels: ['theirs', 'release', 'web'],
      reviewers: ['Grace', 'ada'],
      assignees: ['ada'],
    });
  });

  test('a second reviewer is refused where the licence has one, and a label with a comma', async () => {
    await sandbox.close();
    sandbox = await startSandbox();
    project = await sandbox.createRepository(PROJECT, { a: '1' }, { collaborators: ['ada', 'Grace'], peopleAtMost: 1 });
    await project.commit('release/web', { a: '2' });
    await open(project, 'release/web', 'main', 'x', '');
    expect(await give({ reviewers: ['ada', 'Grace'], labels: ['a,b'] })).toEqual({
      given: { ...NOTHING, reviewers: ['ada'] },
      refused: [
        { what: 'label a,b', reason: 'has a comma, which GitLab takes for the end of a label' },
        { what: 'reviewer Grace', reason: expect.stringContaining('GitLab Free has one reviewer') },
      ],
    });
  });

  test('where the change is refused as a whole, each part is asked for alone', async () => {
    await open(project, 'release/web', 'main', 'x', '');
    const body = { message: '403 Forbidden' };
    sandbox.failNext({ match: /^PUT/, status: 403, body, times: 2 });
    expect(await give({ labels: ['release'], assignees: ['ada'] })).toEqual({
      given: { ...NOTHING, assignees: ['ada'] },
      refused: [{ what: 'label release', reason: '403 Forbidden' }],
    });
  });

  describe('auto-merge', () => {
    test('waits until GitLab has checked it', async () => {
      project.requireChecks('main');
      await open(project, 'release/web', 'main', 'x', '');
      const unchecked = { status: 405, body: { message: '405 Method Not Allowed' } };
      sandbox.failNext({ match: /^PUT .*merge$/, ...unchecked });
      expect(await give({ 'auto-merge': 'merge' })).toMatchObject({ refused: [] });
      expect(asked().filter((one) => one.startsWith('PUT'))).toEqual(['PUT 405', 'PUT 200']);
      expect(await see(project, 1)).toMatchObject({ state: 'open', autoMerge: 'merge' });
    });

    test('is refused for a draft, with GitLab’s word for it', async () => {
      await open(project, 'release/web', 'main', 'Draft: x', '');
      expect(await give({ 'auto-merge': 'squash' })).toMatchObject({
        refused: [{ what: 'auto-merge', reason: '405 Method Not Allowed: draft status' }],
      });
    });

    test('is refused to a user who may not merge', async () => {
      await open(project, 'release/web', 'main', 'x', '');
      sandbox.failNext({ match: /^PUT .*merge$/, status: 401, body: { message: '401 Unauthorized' } });
      expect(await give({ 'auto-merge': 'squash' })).toMatchObject({
        refused: [{ what: 'auto-merge', reason: '401 Unauthorized: the token’s user may not merge into that branch' }],
      });
    });

    test('that passes at once is the merge commit of GitLab', async () => {
      await open(project, 'release/web', 'main', 'Release web', '');
      expect(await give({ 'auto-merge': 'merge' })).toMatchObject({ refused: [] });
      const [merged] = await project.log('main');
      expect(merged).toMatchObject({ subject: "Merge branch 'release/web' into 'main'" });
      expect(merged?.body).toContain(`See merge request ${PROJECT}!1`);
    });
  });

  describe('of those that were closed', () => {
    test('one whose branch was deleted is told from one that a person closed', async () => {
      const forge = connect(sandbox);
      await open(project, 'release/web', 'main', 'By hand', '');
      await project.pullRequests.close(1);
      await open(project, 'release/web-admin', 'main', 'By deletion', '');
      await project.deleteBranch('release/web-admin');
      expect((await forge.find(['release/web', 'release/web-admin'], 'main')).past).toMatchObject([
        { number: 2, state: 'closed', closedByDeletion: true },
        { number: 1, state: 'closed', closedByDeletion: false },
      ]);
    });

    test('commits and events are read once, and of those alone that matter', async () => {
      const forge = connect(sandbox);
      await open(project, 'release/web', 'main', 'Web', '');
      await project.pullRequests.close(1);
      await open(project, 'release/web-admin', 'main', 'Admin', '');
      const find = () => forge.find(['release/web'], 'main', ({ branch }) => branch === 'release/web');
      expect(await find()).toMatchObject({ open: [{ commits: [] }], past: [{ commits: [{ tree: '' }] }] });
      await find();
      const more = sandbox.requests.filter(({ path }) => /\/(?:commits|notes)\?/.test(path));
      expect(more.map(({ path }) => path.replace(/^.*merge_requests|\?.*$/g, '')).toSorted()).toEqual([
        '/1/commits',
        '/1/notes',
      ]);
    });
  });

  test('all of many that are open', async () => {
    const forge = connect(sandbox);
    for (let count = 0; count < 52; count += 1) {
      await project.commit(`other/${count}`, { [`${count}.yaml`]: 'x' });
      await open(project, `other/${count}`, 'main', `Other ${count}`, '');
    }
    expect((await forge.find([], 'main', () => false)).open).toHaveLength(52);
    expect(asked()).toEqual(['GET 200', 'GET 200', 'GET 200']);
  });

  test('a signature is good where GitLab says so, and none is not', async () => {
    const forge = connect(sandbox);
    expect(await forge.isVerified((await project.tip('main')) ?? '')).toBe(false);
    expect(asked()).toEqual(['GET 404']);
  });

  test('a branch that GitLab does not know yet, just after the push, is asked for again', async () => {
    const sha = (await project.tip('release/web')) ?? '';
    await project.deleteBranch('release/web');
    sandbox.beforeNext({ match: /^POST/, run: () => undefined });
    sandbox.beforeNext({ match: /^POST/, run: () => project.commit('release/web', {}, { parent: sha }) });
    expect(await connect(sandbox).open(WANTED)).toMatchObject({ title: 'Release web' });
    expect(asked()).toEqual(['POST 400', 'POST 201']);
  });

  test('an opening whose answer is lost was done, and is said to be there', async () => {
    sandbox.failNext({ match: /^POST/, status: 502, carryOut: true });
    expect(await connect(sandbox).open(WANTED)).toBeUndefined();
    expect(asked()).toEqual(['POST 502', 'POST 409']);
  });

  test.each([500, 0])('trouble that passes is waited out: %d', async (status) => {
    sandbox.failNext({ match: /state=opened/, status });
    expect(await connect(sandbox).find(['release/web'], 'main')).toEqual({ open: [], past: [] });
  });

  test('a rate limit is waited for as long as GitLab asks', async () => {
    const headers = { 'ratelimit-remaining': '0', 'retry-after': '1' };
    // GitLab says this in plain text.
    sandbox.failNext({ match: /state=opened/, status: 429, headers, body: 'Retry later\n', foreign: true });
    const logged: string[] = [];
    const forge = connect(sandbox, undefined, undefined, (text) => logged.push(text));
    expect(await forge.find([], 'main')).toEqual({ open: [], past: [] });
    expect(logged).toEqual(['GitLab asked to wait 1 s (rate limit)']);
    expect(asked().toSorted()).toEqual(['GET 200', 'GET 200', 'GET 429']);
  });

  test.each<[what: string, rights: TokenOptions | undefined, reason: string]>([
    ['a wrong token', undefined, '401 Unauthorized'],
    ['a token without this project', { repositories: [] }, '404 Project Not Found'],
    ['a token without rights', { permission: 'none' }, 'higher privileges'],
  ])('%s is refused in GitLab’s words', async (_, rights, reason) => {
    const token = rights ? sandbox.createToken({ ...rights, text: 'glpat-x' }) : 'glpat-y';
    await expect(connect(sandbox, token).find([], 'main')).rejects.toMatchObject({
      code: 'API_DENIED',
      message: expect.stringMatching(new RegExp(`^GitLab refused to list pull requests in "${PROJECT}": .*${reason}`)),
      hint: expect.stringContaining('scopes api and write_repository'),
    });
  });

  test('a token that may only read may not open one', async () => {
    const token = sandbox.createToken({ text: 'glpat-x', pullRequests: 'read' });
    await expect(connect(sandbox, token).open(WANTED)).rejects.toMatchObject({
      code: 'API_DENIED',
      message: expect.stringContaining('GitLab refused to open a pull request'),
    });
  });

  test('a title that is too long is refused with GitLab’s reason, and the token is not blamed', async () => {
    await open(project, 'release/web', 'main', 'x', '');
    await expect(connect(sandbox).update(1, { title: 'x'.repeat(256) })).rejects.toMatchObject({
      message: expect.stringContaining('title is too long'),
      hint: expect.stringContaining('The token is not the cause'),
    });
  });

  test('two that open at once: one is opened, and the other is told', async () => {
    const opened = await Promise.all([connect(sandbox).open(WANTED), connect(sandbox).open(WANTED)]);
    expect(opened.filter((one) => one === undefined)).toHaveLength(1);
    expect(await project.pullRequests.all()).toHaveLength(1);
  });

  test('sources that have parted are told as such', async () => {
    await project.commit('main', { b: '1' });
    await project.commit('other', { c: '1' }, { parent: 'main~1' });
    expect(await connect(sandbox).compare(PROJECT, 'main', 'other')).toMatchObject({ status: 'diverged', total: 1 });
  });

  test('a source is asked with its own token', async () => {
    const token = sandbox.createToken({ text: 'glpat-source' });
    await connect(sandbox, sandbox.token, token).compare(PROJECT, 'main', 'staging');
    expect(new Set(sandbox.requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['PRIVATE-TOKEN glpat-source']),
    );
  });
});
