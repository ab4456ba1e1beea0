/** The client of Gitea on the sandbox, for machines without a real one (e2e/gitea). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gitea } from '../../../src/forge/gitea/gitea.ts';
import type { Attributes, Forge } from '../../../src/forge/forge.ts';
import { startSandbox, type Sandbox, type SandboxRepository, type TokenOptions } from '../../../sandbox/sandbox.ts';
import { readCommits } from '../../../sandbox/stored-commit.ts';
import { describeForge, type Seen } from '../contract.ts';

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
  await repository.commit('release/web', { 'web.yaml': 'image: web:1.4.2\n', 'apps/a.yaml': 'a: 1\n' });
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

function connect({ serverUrl, token }: Sandbox, own = token, log: (text: string) => void = () => undefined): Forge {
  return gitea({
    name: 'Gitea',
    address: { serverUrl, owner: 'acme', name: 'manifests' },
    token: own,
    source: { serverUrl, token },
    log,
    limits: { retry: 1, patience: [1, 1] },
  });
}

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

async function see(repository: SandboxRepository, number: number): Promise<Seen> {
  const { milestone, autoMerge, mergedAt, ...seen } = await repository.pullRequests.get(number);
  return {
    ...seen,
    state: mergedAt === null ? seen.state : 'merged',
    milestone: repository.milestones.find((one) => one.number === milestone)?.title,
    autoMerge: autoMerge?.method,
  };
}

describeForge(
  'Gitea in the sandbox',
  async () => {
    const { sandbox, repository } = await startRepository();
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
      close: (number) => repository.pullRequests.close(number),
      merge: (number, method) => repository.pullRequests.merge(number, method),
      addStatus: (commit, status) => Promise.resolve(repository.statuses.add(commit, status)),
      see: (number) => see(repository, number),
      set: (setting) => {
        if (setting === 'checks') repository.requireChecks('main');
        if (setting === 'public') repository.visibility = 'public';
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
      stop: () => sandbox.close(),
    };
  },
  { lacks: ['auto-merge setting', 'merge queue', 'commits by the API'] },
);

describe('Gitea’s own ways', () => {
  let sandbox: Sandbox;
  let repository: SandboxRepository;
  beforeEach(async () => {
    ({ sandbox, repository } = await startRepository());
  });
  afterEach(async () => {
    await sandbox.close();
  });

  const WANTED = { branch: 'release/web', base: 'main', title: 'Release web', body: 'By the pipeline.', draft: false };
  /** Requests below the repository, without queries. */
  const asked = (): string[] =>
    sandbox.requests.map(({ method, path, status }) => {
      const [below = ''] = path.replace(/^\/api\/v1(?:\/repos\/acme\/manifests)?/, '').split('?');
      return `${method} ${below} ${status}`;
    });
  const auto = async (forge: Forge, head?: string) => {
    const [pullRequest] = (await forge.find(['release/web'], 'main')).open;
    if (!pullRequest) throw new Error('none is open');
    const wanted = { ...NOTHING, 'auto-merge': 'squash' } as const;
    return forge.giveAttributes(pullRequest, NOTHING, wanted, head ?? pullRequest.headId);
  };

  test('commits are asked for where a pull request matters alone', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    await open(repository, 'release/web-admin', 'main', 'Admin', '');
    const found = await connect(sandbox).find(['release/web'], 'main', ({ branch }) => branch === 'release/web');
    expect(found.open.map(({ branch, commits }) => [branch, commits.length])).toEqual([
      ['release/web-admin', 0],
      ['release/web', 1],
    ]);
    expect(asked().filter((one) => one.includes('/commits'))).toEqual(['GET /pulls/1/commits 200']);
  });

  test('a past one has the head that it had, whatever its branch is at now', async () => {
    const number = await open(repository, 'release/web', 'main', 'Release web', '');
    const before = await repository.tip('release/web');
    await repository.pullRequests.merge(number);
    await repository.commit('release/web', { 'web.yaml': 'image: web:1.5.0\n' });
    const [past] = (await connect(sandbox).find(['release/web'], 'main')).past;
    expect(past).toMatchObject({ number, state: 'merged', headId: before, head: undefined });
    const [alone] = (await connect(sandbox).find(['release/web'], 'main', () => false)).past;
    expect(alone).toMatchObject({ number, headId: '', commits: [] });
  });

  test('an open one has the tip of its branch, also while Gitea lists the commits from before a push', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    const forge = connect(sandbox);
    const [before] = (await forge.find(['release/web'], 'main')).open;
    const listed = sandbox.requests.find(({ path }) => path.includes('/pulls/1/commits'))?.responseBody;
    const id = await repository.commit('release/web', { 'web.yaml': 'image: web:1.5.0\n' });
    sandbox.failNext({ match: /\/pulls\/1\/commits/, status: 200, body: listed });
    const [after] = (await forge.find(['release/web'], 'main')).open;
    expect(before?.commits).toHaveLength(1);
    expect(after).toMatchObject({ headId: id, head: { id }, commits: [{ id }], isWhole: false });
  });

  test('the tree of a commit is computed of its folder, and of a signed one read from what was signed', async () => {
    const forge = connect(sandbox);
    await open(repository, 'release/web', 'main', 'Release web', '');
    const [found] = (await forge.find(['release/web'], 'main')).open;
    const tip = (await repository.tip('release/web')) ?? '';
    expect(found?.head?.tree).toBe((await repository.text(['rev-parse', `${tip}^{tree}`])).trim());
    expect(asked()).toContain(`GET /git/trees/${tip} 200`);
  });

  test('a list of more pages than one is read to its end, without the address that the server has for itself', async () => {
    for (let number = 1; number <= 51; number += 1) {
      await repository.commit(`release/${number}`, { 'web.yaml': `image: web:${number}\n` });
      await open(repository, `release/${number}`, 'main', `Release ${number}`, '');
    }
    const found = await connect(sandbox).find([], 'main', () => false);
    expect(found.open.map(({ number }) => number)).toEqual(Array.from({ length: 51 }, (_, index) => 51 - index));
    expect(asked().filter((one) => one === 'GET /pulls 200')).toHaveLength(3);
  });

  test('an opening whose answer is lost was done, and is said to be there', async () => {
    sandbox.failNext({ match: /^POST/, status: 502, carryOut: true });
    expect(await connect(sandbox).open(WANTED)).toBeUndefined();
    expect(asked()).toEqual(['POST /pulls 502', 'POST /pulls 409']);
  });

  test('a title keeps the prefix of a draft, and loses it where it goes out', async () => {
    const forge = connect(sandbox);
    const opened = await forge.open({ ...WANTED, draft: true });
    expect(opened).toMatchObject({ title: 'Release web', draft: true });
    expect(await repository.pullRequests.get(1)).toMatchObject({ title: 'WIP: Release web' });
    expect(await forge.update(1, { title: 'Release web 2' })).toMatchObject({ title: 'Release web 2', draft: true });
    await repository.pullRequests.update(1, { title: '[wip] By hand' });
    expect((await forge.find([], 'main')).open[0]).toMatchObject({ title: 'By hand', draft: true });
    await forge.update(1, { title: 'Release web 3' });
    expect(await repository.pullRequests.get(1)).toMatchObject({ title: '[wip] Release web 3' });
  });

  test('a merge that is too early is asked for again', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    const forge = connect(sandbox);
    sandbox.failNext({ match: /^POST .*\/merge$/, status: 405, body: { message: 'Please try again later' } });
    expect(await auto(forge)).toMatchObject({ refused: [] });
    expect(await repository.pullRequests.get(1)).toMatchObject({ mergedAt: expect.stringMatching(/./) });
    expect(asked().slice(-2)).toEqual(['POST /pulls/1/merge 405', 'POST /pulls/1/merge 200']);
  });

  test('a merge that stays too early is refused with what that means', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    for (let tries = 0; tries < 3; tries += 1) {
      sandbox.failNext({ match: /^POST .*\/merge$/, status: 405, body: { message: 'Please try again later' } });
    }
    expect((await auto(connect(sandbox))).refused).toEqual([
      { what: 'auto-merge', reason: expect.stringContaining('has conflicts with its base') },
    ]);
  });

  test('a schedule is taken back where the branch moved meanwhile, since Gitea would merge what is there then', async () => {
    repository.requireChecks('main');
    await open(repository, 'release/web', 'main', 'Release web', '');
    const forge = connect(sandbox);
    sandbox.beforeNext({ match: /^POST .*\/merge$/, run: () => undefined });
    sandbox.beforeNext({
      match: /^POST .*\/merge$/,
      run: () => repository.commit('release/web', { 'web.yaml': 'image: evil:6.6.6\n' }),
    });
    expect((await auto(forge)).refused).toEqual([{ what: 'auto-merge', reason: expect.stringContaining('modified') }]);
    expect(await repository.pullRequests.get(1)).toMatchObject({ state: 'open', autoMerge: null });
    expect(asked().slice(-1)).toEqual(['DELETE /pulls/1/merge 204']);
  });

  test('one that is scheduled already is left so', async () => {
    repository.requireChecks('main');
    await open(repository, 'release/web', 'main', 'Release web', '');
    await repository.pullRequests.update(1, { autoMerge: { method: 'squash' } });
    expect((await auto(connect(sandbox))).refused).toEqual([]);
  });

  test.each([
    ['of a draft', 'WIP: Release web', ['squash'], 'a draft is not merged'],
    ['by a method that is not allowed', 'Release web', ['merge'], 'this way of merging is not allowed'],
  ] as const)('a merge %s is refused with the reason', async (_, title, methods, reason) => {
    await open(repository, 'release/web', 'main', title, '');
    repository.mergeMethods.clear();
    for (const method of methods) repository.mergeMethods.add(method);
    expect((await auto(connect(sandbox))).refused).toEqual([
      { what: 'auto-merge', reason: expect.stringContaining(reason) },
    ]);
  });

  test('a pull request that was closed by the deletion of its branch says so, as far as the token may know', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    await repository.deleteBranch('release/web');
    await repository.pullRequests.all();
    const scoped = sandbox.createToken({ issues: 'none' });
    for (const [token, closedByDeletion] of [
      [sandbox.token, true],
      [scoped, false],
    ] as const) {
      const { past } = await connect(sandbox, token).find(['release/web'], 'main');
      expect(past).toMatchObject([{ number: 1, state: 'closed', head: undefined, closedByDeletion }]);
    }
  });

  test.each<[what: string, rights: TokenOptions | undefined, reason: string]>([
    ['a wrong token', undefined, 'user does not exist'],
    ['a token without this repository', { repositories: [] }, 'not found'],
    ['a token without the scope', { pullRequests: 'none' }, 'token does not have at least one of required scope'],
  ])('%s is refused in the server’s words, with the scopes that are needed', async (_, rights, reason) => {
    const token = rights ? sandbox.createToken(rights) : 'unknown';
    await expect(connect(sandbox, token).find([], 'main')).rejects.toMatchObject({
      code: 'API_DENIED',
      message: expect.stringContaining(`Gitea refused to list pull requests in "acme/manifests": ${reason}`),
      hint: expect.stringContaining('write:repository'),
    });
  });

  test('labels that may not be made are refused alone', async () => {
    await open(repository, 'release/web', 'main', 'Release web', '');
    const forge = connect(sandbox, sandbox.createToken({ issues: 'none' }));
    const [pullRequest] = (await forge.find([], 'main')).open;
    const wanted = { ...NOTHING, labels: ['release'], reviewers: ['ada'] };
    const answer = pullRequest && (await forge.giveAttributes(pullRequest, NOTHING, wanted, ''));
    expect(answer).toEqual({
      given: { ...NOTHING, reviewers: ['ada'] },
      refused: [{ what: 'label release', reason: expect.stringContaining('write:issue') }],
    });
  });
});
