import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Attributes, ForgeCommit } from '../../../src/forge/forge.ts';
import { gitHub, type GitHub } from '../../../src/forge/github/github.ts';
import { ServerToken } from '../../../src/forge/github/server-token.ts';
import { startSandbox, type Sandbox, type SandboxRepository, type TokenOptions } from '../../../sandbox/sandbox.ts';
import { readCommits } from '../../../sandbox/stored-commit.ts';
import { describeForge, type Seen } from '../contract.ts';
import { violationsOf } from '../../sandbox/each-with-sandbox.ts';

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

async function startRepository(): Promise<{ sandbox: Sandbox; repository: SandboxRepository }> {
  const sandbox = await startSandbox();
  const people = { collaborators: ['ada', 'Grace'], teams: ['platform'] };
  const repository = await sandbox.createRepository('acme/manifests', { 'web.yaml': 'image: web:1.4.1\n' }, people);
  await repository.commit('staging', { 'web.yaml': 'image: web:1.4.0\n' });
  await repository.commit('release/web', { 'web.yaml': 'image: web:1.4.2\n' });
  await repository.commit('release/web-admin', { 'web.yaml': 'image: web:1.4.3\n' });
  return { sandbox, repository };
}

async function startSource(sandbox: Sandbox): Promise<void> {
  const web = await sandbox.createRepository('acme/web', { 'main.go': 'v1' });
  await web.tag('v1.4.1');
  await web.commit('main', { 'main.go': 'v2' }, { message: 'Fix a typo\n\nCloses #7\n' });
  await web.commit('main', { 'main.go': 'v3' }, { message: 'Add a cart\n' });
  await web.tag('v1.4.2');
}

function connect(
  { apiUrl, token }: Sandbox,
  own = token,
  source = token,
  log: (text: string) => void = () => undefined,
): GitHub {
  const repository = { owner: 'acme', repo: 'manifests' };
  const [manifests, sources] = [own, source].map((one) => ServerToken.restored({ apiUrl, token: one }));
  if (!manifests || !sources) throw new Error('there are two');
  return gitHub({ manifests, ...repository, source: sources, log, limits: { patience: [1, 1] } });
}

/** Opens a pull request without the API, whose writes Octokit keeps seconds apart. */
async function open(
  repository: SandboxRepository,
  head: string,
  base: string,
  title: string,
  body: string | null,
  fork = false,
) {
  const [headSha = '', baseSha = ''] = [await repository.tip(head), await repository.tip(base)];
  const opened = repository.pullRequests.open({ title, body, head, headSha, base, baseSha, draft: false, fork });
  if (!opened) throw new Error('one is open already');
  return opened.number;
}

/** Closes the sandbox; every exchange must be as GitHub describes it, and only the API may have seen the token. */
async function stop(sandbox: Sandbox): Promise<void> {
  await sandbox.close();
  expect(violationsOf(sandbox.requests)).toEqual([]);
  expect(sandbox.requests.filter(({ kind }) => kind !== 'api')).toEqual([]);
  expect(sandbox.requests.filter(({ authorization }) => !authorization?.startsWith('token '))).toEqual([]);
}

async function see(repository: SandboxRepository, number: number): Promise<Seen> {
  const { milestone, autoMerge, mergedAt, ...seen } = await repository.pullRequests.get(number);
  return {
    ...seen,
    state: mergedAt === null ? seen.state : 'merged',
    milestone: repository.milestones.find((one) => one.number === milestone)?.title,
    autoMerge: autoMerge?.method,
  };
}

describeForge('GitHub', async () => {
  const { sandbox, repository } = await startRepository();
  const { pullRequests } = repository;
  await startSource(sandbox);
  const milestoneNumbers = {
    'Sprint 11': repository.addMilestone('Sprint 11', 'closed'),
    'Sprint 12b': repository.addMilestone('Sprint 12b'),
    'Sprint 12': repository.addMilestone('Sprint 12'),
  };
  return {
    milestoneNumbers,
    forge: connect(sandbox),
    open: (...pullRequest) => open(repository, ...pullRequest),
    openFromFork: (branch, base) => open(repository, branch, base, 'From afar', '', true),
    close: (number) => pullRequests.close(number),
    merge: (number, method) => pullRequests.merge(number, method),
    addStatus: (commit, status) => Promise.resolve(repository.statuses.add(commit, status)),
    see: (number) => see(repository, number),
    set: (setting) => {
      if (setting === 'auto-merge') repository.allowAutoMerge = true;
      if (setting === 'checks') repository.requireChecks('main');
      if (setting === 'public') repository.visibility = 'public';
      if (setting === 'merge queue') repository.mergeQueue('main');
    },
    push: (branch, files) =>
      repository.commit(
        branch,
        Object.fromEntries(files.map(({ path, mode, bytes }) => [path, { mode: mode as '100644', content: bytes }])),
      ),
    tip: (branch) => repository.tip(branch),
    look: async (id) => {
      const commit = (await readCommits(repository, [id])).get(id);
      if (!commit) throw new Error(`there is no commit ${id}`);
      const { tree, parents, message } = commit;
      return { tree, parents, message };
    },
    stop: () => stop(sandbox),
  };
});

describe('GitHub’s own ways', () => {
  let sandbox: Sandbox;
  let repository: SandboxRepository;
  beforeEach(async () => {
    ({ sandbox, repository } = await startRepository());
  });
  afterEach(async () => {
    await stop(sandbox);
  });

  /** REST by its method, GraphQL by its operation. */
  const asked = (): string[] =>
    sandbox.requests.map(({ method, operation, status }) => `${operation ?? method} ${status}`);
  const refusal = async (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error);

  test('deployments of a commit are statuses, and what became inactive was a success', async () => {
    const commit = (await repository.tip('main')) ?? '';
    repository.deployments.add(commit, { context: 'staging', state: 'success', author: 'argocd[bot]' });
    repository.deployments.add(commit, { context: 'production', state: 'failure', description: 'Sync failed' });
    const found = await connect(sandbox).merges.beside?.['deployment']?.(commit);
    expect(found).toMatchObject([
      { context: 'deployment/production', state: 'failure', description: 'Sync failed', author: 'flux-bot' },
      { context: 'deployment/staging', state: 'success', author: 'argocd[bot]' },
    ]);
    expect(asked()).toEqual(['GET 200', 'GET 200', 'GET 200']);
  });

  test('check runs of a commit are statuses by their Apps, with those that another App has replaced', async () => {
    const commit = (await repository.tip('main')) ?? '';
    const context = 'continuous-delivery/web';
    const add = (state: 'success' | 'failure' | 'pending', author: string, description = '') =>
      repository.checkRuns.add(commit, { context, state, author, description, time: '2026-01-02T03:04:05.678Z' });
    add('failure', 'argocd', 'Sync failed');
    add('success', 'mallory');
    add('pending', 'argocd');
    const found = await connect(sandbox).merges.beside?.['check']?.(commit);
    const common = { context: 'check/continuous-delivery/web', time: '2026-01-02T03:04:05Z' };
    const page = `${sandbox.serverUrl}/acme/manifests/runs`;
    expect(found).toEqual([
      { ...common, state: 'pending', author: 'argocd[bot]', description: '', url: `${page}/3` },
      { ...common, state: 'success', author: 'mallory[bot]', description: '', url: `${page}/2` },
      { ...common, state: 'failure', author: 'argocd[bot]', description: 'Sync failed', url: `${page}/1` },
    ]);
  });

  test.each([
    ['success', 'success'],
    ['failure', 'failure'],
    ['timed_out', 'failure'],
    ['cancelled', 'failure'],
    ['action_required', 'failure'],
    ['neutral', 'pending'],
    ['skipped', 'pending'],
  ])('a check run with the conclusion %s is a %s', async (conclusion, state) => {
    const commit = (await repository.tip('main')) ?? '';
    const run = { id: 1, name: 'deploy', conclusion, output: {}, app: null };
    sandbox.failNext({ match: /check-runs/, status: 200, body: { check_runs: [run] }, foreign: true });
    const found = await connect(sandbox).merges.beside?.['check']?.(commit);
    expect(found).toEqual([{ context: 'check/deploy', state, description: '', url: '', author: '', time: '' }]);
  });

  test('statuses that the token may not read are refused with what it needs', async () => {
    const commit = (await repository.tip('main')) ?? '';
    const body = { message: 'Resource not accessible by integration', documentation_url: 'https://docs.github.com' };
    sandbox.failNext({ match: /statuses/, status: 403, body });
    expect(await refusal(connect(sandbox).merges.statuses(commit))).toMatchObject({
      code: 'API_DENIED',
      hint: expect.stringContaining('The token must be allowed to read commit statuses.'),
    });
  });

  test('a head that GitHub does not know yet, just after the push, is asked for again', async () => {
    const sha = await repository.tip('release/web');
    await repository.deleteBranch('release/web');
    sandbox.beforeNext({ match: /^POST/, run: () => undefined });
    sandbox.beforeNext({ match: /^POST/, run: () => repository.commit('release/web', {}, { parent: sha ?? '' }) });
    expect(await connect(sandbox).open(WANTED)).toMatchObject({ title: 'Release web' });
    expect(asked()).toEqual(['POST 422', 'POST 201']);
  });

  test('another reason of a 422 is logged, and not asked for again', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    expect(await refusal(connect(sandbox).update(1, { title: 'x'.repeat(257), body: '' }))).toMatchObject({
      code: 'API_DENIED',
      message: expect.stringContaining(': Validation Failed; title is too long (maximum is 256 characters).'),
    });
    expect(asked()).toEqual(['PATCH 422']);
  });

  test('an opening whose answer is lost was done, and is said to be there', async () => {
    sandbox.failNext({ match: /^POST/, status: 502, carryOut: true });
    expect(await connect(sandbox).open(WANTED)).toBeUndefined();
    expect(asked()).toEqual(['POST 502', 'POST 422']);
    expect(await sandbox.pullRequests()).toHaveLength(1);
  });

  test.each([500, 0])('trouble that passes is waited out: %d', async (status) => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    sandbox.failNext({ match: /PullRequests$/, status });
    expect(await connect(sandbox).find(['release/web'], 'main')).toMatchObject({ open: [{ number: 1 }] });
    expect(asked()).toEqual([`PullRequests ${status}`, 'PullRequests 200']);
  });

  test.each([
    ['a secondary rate limit', 403, { 'retry-after': '1' }, 'You have exceeded a secondary rate limit.'],
    [
      'a rate limit',
      429,
      { 'retry-after': '1', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
      'API rate limit exceeded',
    ],
  ])('%s is waited for as long as GitHub asks', async (_, status, headers, message) => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    sandbox.failNext({ match: /PullRequests$/, status, headers, body: { message } });
    expect(await connect(sandbox).find(['release/web'], 'main')).toMatchObject({ open: [{ number: 1 }] });
    expect(asked()).toEqual([`PullRequests ${status}`, 'PullRequests 200']);
  });

  test('a rate limit that asks for too long is said, to be tried again', async () => {
    const message = 'You have exceeded a secondary rate limit.';
    sandbox.failNext({ match: /PullRequests$/, status: 403, headers: { 'retry-after': '3600' }, body: { message } });
    expect(await refusal(connect(sandbox).find(['release/web'], 'main'))).toMatchObject({
      code: 'RATE_LIMITED',
      blame: 'again',
      retryAfter: 3600,
      message: expect.stringContaining(
        'list pull requests in acme/manifests: You have exceeded a secondary rate limit',
      ),
    });
    expect(asked()).toEqual(['PullRequests 403']);
  });

  test.each<[what: string, rights: TokenOptions | undefined, action: string, answer: string, reason: string]>([
    ['a wrong token', undefined, 'list pull requests', 'PullRequests 401', 'Bad credentials'],
    [
      'a token without this repository',
      { repositories: [] },
      'list pull requests',
      'PullRequests 200',
      "Could not resolve to a Repository with the name 'acme/manifests'",
    ],
    [
      'a token that may not read pull requests',
      { pullRequests: 'none' },
      'list pull requests',
      'PullRequests 200',
      'Resource not accessible by integration',
    ],
    [
      'a token that may not write pull requests',
      { pullRequests: 'read' },
      'update the pull request',
      'PATCH 403',
      'Resource not accessible by integration',
    ],
  ])('%s is refused with GitHub’s reason', async (_, rights, action, answer, reason) => {
    const token = rights ? sandbox.createToken(rights) : 'ghp_wrong';
    const forge = connect(sandbox, token);
    const call = action.startsWith('list') ? forge.find(['release/web'], 'main') : forge.update(1, { body: 'x' });
    const error = await refusal(call);
    expect(error).toMatchObject({
      code: 'API_DENIED',
      blame: 'yours',
      message: `GitHub refused to ${action} in "acme/manifests": ${reason}.`,
      hint: expect.stringContaining('Pull requests: write'),
    });
    expect(asked()).toEqual([answer]);
    expect(JSON.stringify([error, String((error as Error).cause)])).not.toContain(token);
  });

  test('a refusal that is a web page is not taken for GitHub’s', async () => {
    sandbox.failNext({ match: /PullRequests$/, status: 403, body: '<html>\n<h1>Blocked by the proxy</h1>' });
    expect(await refusal(connect(sandbox).find(['release/web'], 'main'))).toMatchObject({
      code: 'ANSWER_UNREADABLE',
      message:
        'Could not list pull requests in acme/manifests: the answer was not one of that server: it is a web page, with status 403.',
    });
  });

  test('a branch’s name is a name, whatever signs it has', async () => {
    const branch = 'release/größe&head=x#1+%2F';
    await repository.commit(branch, { 'web.yaml': 'image: web:2\n' });
    const number = await open(repository, branch, 'main', 'T', '');
    expect(await connect(sandbox).find([branch], 'main')).toMatchObject({ open: [{ number, branch }] });
  });

  test('more than a hundred are found, page by page', async () => {
    const number = await open(repository, 'release/web', 'main', 'The oldest', '');
    for (let index = 0; index < 100; index += 1) {
      await open(repository, 'release/web-admin', `base-${index}`, 'Admin', '');
      await repository.pullRequests.update(index + 2, { base: 'main' });
    }
    const { open: found } = await connect(sandbox).find(['release/web'], 'main');
    expect([found.length, found[0]?.number, found.at(-1)]).toMatchObject([101, 101, { number }]);
    expect(asked()).toEqual(['PullRequests 200', 'PullRequests 200']);
  });

  test('the reason of a wait is logged', async () => {
    const logged: string[] = [];
    sandbox.failNext({ match: /PullRequests$/, status: 502, times: 2 });
    await connect(sandbox, sandbox.token, '', (text) => logged.push(text)).find(['release/web'], 'main');
    expect(logged).toEqual(['GitHub answered 502; trying again']);
    expect(asked()).toEqual(['PullRequests 502', 'PullRequests 502', 'PullRequests 200']);
  });

  test('where there are no draft pull requests, one that is no draft is opened', async () => {
    const message = 'Draft pull requests are not supported in this repository.';
    const body = { message, documentation_url: 'https://docs.github.com/rest' };
    sandbox.failNext({ match: /^POST .*pulls$/, status: 422, body });
    expect(await connect(sandbox).open({ ...WANTED, draft: true })).toMatchObject({ draft: false });
    expect(asked()).toEqual(['POST 422', 'POST 201']);
  });

  test('a label that may not be removed stays, without a word', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    await repository.pullRequests.update(1, { labels: ['old'] });
    const token = sandbox.createToken({ permission: 'read' });
    const given = { ...NOTHING, labels: ['old'] };
    expect(await give(NOTHING, given, connect(sandbox, token))).toEqual({ given: NOTHING, refused: [] });
    expect(asked()).toEqual(['PullRequests 200', 'DELETE 403']);
    expect(await repository.pullRequests.get(1)).toMatchObject({ labels: ['old'] });
  });

  test('labels for which there is no room are refused without a request', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    const present = Array.from({ length: 98 }, (_, index) => `label ${index}`);
    await repository.pullRequests.update(1, { labels: present });
    const wanted = ['label 7', ...Array.from({ length: 10_000 }, (_, index) => `new ${index}`)];
    const { given, refused } = await give({ labels: wanted });
    expect(given.labels).toEqual(['label 7', 'new 0', 'new 1']);
    const reason = 'a pull request has at most 100 labels';
    expect([refused.length, refused[0]]).toEqual([9998, { what: 'label new 2', reason }]);
    expect(asked()).toEqual(['PullRequests 200', 'POST 200']);
  });

  test('attributes that are given already need no request', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    const all: Attributes = {
      labels: ['release'],
      reviewers: ['ada'],
      'team-reviewers': ['platform'],
      assignees: ['ada'],
      milestone: 'Sprint 12',
      'auto-merge': 'squash',
      draft: true,
    };
    expect(await give(all, all)).toEqual({ given: all, refused: [] });
    expect(await give(NOTHING, { ...all, labels: ['not there any more'] })).toEqual({
      given: { ...all, labels: [] },
      refused: [],
    });
    expect(asked()).toEqual(['PullRequests 200', 'PullRequests 200']);
  });

  test('a pull request that is a draft is not made one again', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    await repository.pullRequests.update(1, { draft: true });
    const wanted = { ...NOTHING, draft: true };
    expect(await give(wanted)).toEqual({ given: wanted, refused: [] });
    expect(asked()).toEqual(['PullRequests 200']);
  });

  test('a person is assigned whatever the case of the name', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    expect(await give({ assignees: ['ADA'] })).toEqual({ given: { ...NOTHING, assignees: ['ADA'] }, refused: [] });
    expect(await repository.pullRequests.get(1)).toMatchObject({ assignees: ['ada'] });
  });

  test('a draft that GitHub refuses is refused by name', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    const error = { type: 'UNPROCESSABLE', path: ['convertPullRequestToDraft'], message: 'Not here' };
    const body = { data: { convertPullRequestToDraft: null }, errors: [error] };
    sandbox.failNext({ match: / ConvertToDraft$/, status: 200, body });
    const refused = [{ what: 'draft', reason: 'Not here' }];
    expect(await give({ ...NOTHING, draft: true })).toEqual({ given: NOTHING, refused });
  });

  const give = async (wanted: Partial<Attributes>, given = NOTHING, forge = connect(sandbox)) => {
    const [pullRequest] = (await forge.find(['release/web'], 'main')).open;
    if (!pullRequest) throw new Error('none is open');
    return forge.giveAttributes(pullRequest, given, { ...NOTHING, ...wanted }, pullRequest.headId);
  };

  test.each<[what: string, match: RegExp, wanted: Partial<Attributes>, given?: Partial<Attributes>]>([
    ['a label', /^POST .*labels$/, { labels: ['release'] }],
    ['a reviewer', /requested_reviewers$/, { reviewers: ['ada', 'Grace'] }],
    ['an assignee', /assignees$/, { assignees: ['ada'] }],
    ['a label to remove', /^DELETE/, {}, { labels: ['old'] }],
    ['a milestone', / Milestone$/, { milestone: 'Sprint 12' }],
    ['a draft', / ConvertToDraft$/, { draft: true }],
    ['auto-merge', / EnableAutoMerge$/, { 'auto-merge': 'squash' }],
    ['a place in the queue', / Enqueue$/, { 'auto-merge': 'squash' }],
  ])('a rate limit that asks for too long on %s is thrown, to be tried again', async (_, match, wish, given) => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    await repository.pullRequests.update(1, { labels: ['old'] });
    const body = { message: 'You have exceeded a secondary rate limit.' };
    sandbox.failNext({ match, status: 403, headers: { 'retry-after': '3600' }, body });
    expect(await refusal(give(wish, { ...NOTHING, ...given }))).toMatchObject({ code: 'RATE_LIMITED', blame: 'again' });
  });

  test.each([
    ['a repository to look at', / Repository$/],
    ['a commit to make', / MakeCommit$/],
  ])('a rate limit that asks for too long on %s is thrown, to be tried again', async (_, match) => {
    const body = { message: 'You have exceeded a secondary rate limit.' };
    sandbox.failNext({ match, status: 403, headers: { 'retry-after': '3600' }, body });
    const commit = connect(sandbox).commit(await wanted('release/new'));
    expect(await refusal(commit)).toMatchObject({ code: 'RATE_LIMITED', blame: 'again' });
  });

  describe('auto-merge', () => {
    const autoMerge = (method: 'merge' | 'squash' | 'rebase' = 'squash') => give({ 'auto-merge': method });
    const refusedFor = (reason: string) => ({
      given: NOTHING,
      refused: [{ what: 'auto-merge', reason: expect.stringContaining(reason) }],
    });
    /** The branch has a queue, and GitHub says nevertheless that nothing is left to wait for. */
    const sayClean = (): void => {
      const message = 'Pull request Pull request is in clean status';
      const error = { type: 'UNPROCESSABLE', path: ['enablePullRequestAutoMerge'], message };
      const body = { data: { enablePullRequestAutoMerge: null }, errors: [error] };
      sandbox.failNext({ match: / EnableAutoMerge$/, status: 200, body });
    };
    beforeEach(async () => {
      await open(repository, 'release/web', 'main', 'Release web', '');
    });

    test.each([
      ['merge', 'Allow merge commits'],
      ['squash', 'Allow squash merging'],
      ['rebase', 'Allow rebase merging'],
    ] as const)('by %s is refused with the setting that would allow it', async (method, setting) => {
      repository.allowAutoMerge = true;
      repository.requireChecks('main');
      repository.mergeMethods.delete(method);
      expect(await autoMerge(method)).toEqual(refusedFor(`“${setting}”`));
      expect(await repository.pullRequests.get(1)).toMatchObject({ state: 'open', autoMerge: null });
    });

    test('merges nothing that has moved meanwhile', async () => {
      repository.allowAutoMerge = true;
      const push = () => repository.commit('release/web', { 'web.yaml': 'image: evil:6.6.6\n' });
      sandbox.beforeNext({ match: /^PUT/, run: push });
      expect(await autoMerge()).toEqual(refusedFor('Head branch was modified'));
      expect(asked()).toEqual(['PullRequests 200', 'EnableAutoMerge 200', 'PUT 409', 'PUT 409', 'PUT 409']);
      expect(await repository.pullRequests.get(1)).toMatchObject({ state: 'open' });
    });

    test('takes the queue where a merge is sent there', async () => {
      repository.mergeQueue('main');
      sayClean();
      expect(await autoMerge()).toMatchObject({ given: { 'auto-merge': 'squash' }, refused: [] });
      expect(asked()).toEqual(['PullRequests 200', 'EnableAutoMerge 200', 'PUT 405', 'Enqueue 200']);
      expect(await repository.pullRequests.get(1)).toMatchObject({ state: 'open', queued: true });
    });

    test('is an error, to be tried again, where the queue to which a merge is sent asks to wait too long', async () => {
      repository.mergeQueue('main');
      sayClean();
      const body = { message: 'You have exceeded a secondary rate limit.' };
      sandbox.failNext({ match: / Enqueue$/, status: 403, headers: { 'retry-after': '3600' }, body });
      expect(await refusal(autoMerge())).toMatchObject({ code: 'RATE_LIMITED', blame: 'again' });
    });
  });

  const wanted = async (branch: string): Promise<ForgeCommit> => {
    const parent = (await repository.tip('main')) ?? '';
    const [tree = '', parentTree = ''] = (
      await repository.text(['rev-parse', 'release/web^{tree}', `${parent}^{tree}`])
    ).split('\n');
    const files = [{ path: 'web.yaml', mode: '100644', bytes: Buffer.from('image: web:1.4.2\n') }];
    const expected = (await repository.tip(branch)) ?? '';
    return { branch, expected, parent, parentTree, tree, message: 'Release web\n', files };
  };

  test('a commit whose last answer is lost was made, and is said to be there', async () => {
    sandbox.failNext({ match: / MoveBranch$/, status: 502, carryOut: true });
    const made = await connect(sandbox).commit(await wanted('release/new'));
    expect(made).toEqual({ id: await repository.tip('release/new'), verified: true });
  });

  test('a commit to a branch that is protected is refused with GitHub’s reason', async () => {
    repository.protect('release/web');
    const before = await repository.tip('release/web');
    expect(await refusal(connect(sandbox).commit(await wanted('release/web')))).toMatchObject({
      code: 'PUSH_REFUSED',
      message: expect.stringContaining('Changes must be made through a pull request'),
    });
    expect(await repository.tip('release/web')).toBe(before);
  });

  test('a commit is verified whoever’s token makes it', async () => {
    const forge = connect(sandbox, sandbox.createToken({ kind: 'fine-grained' }));
    expect(await forge.commit(await wanted('release/new'))).toMatchObject({ verified: true });
  });

  test('a commit that the token may not make is refused with GitHub’s reason', async () => {
    const forge = connect(sandbox, sandbox.createToken({ contents: 'read' }));
    expect(await refusal(forge.commit(await wanted('release/new')))).toMatchObject({ code: 'API_DENIED' });
    expect(asked()).toEqual(['Repository 200', 'MakeCommit 200', 'Tip 200']);
    expect(await repository.tip('release/new')).toBeUndefined();
  });

  test('the source is asked with its own token', async () => {
    await startSource(sandbox);
    const [own, source] = ['acme/manifests', 'acme/web'].map((one) => sandbox.createToken({ repositories: [one] }));
    const forge = connect(sandbox, own, source);
    expect(await forge.compare('acme/web', 'v1.4.1', 'v1.4.2')).toMatchObject({ status: 'ahead' });
    expect(await forge.compare('acme/manifests', 'main', 'staging')).toEqual({
      status: 'unknown',
      reason: 'Not Found',
    });
    expect(await forge.find(['release/web'], 'main')).toEqual({ open: [], past: [] });
    const tokens = sandbox.requests.map(({ authorization }) => authorization?.replace('token ', ''));
    expect(tokens).toEqual([source, source, own]);
  });
});
