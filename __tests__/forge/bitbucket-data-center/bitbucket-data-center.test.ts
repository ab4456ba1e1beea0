import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox, SandboxRepository, TokenOptions } from '../../../sandbox/sandbox.ts';
import { bitbucketDataCenter } from '../../../src/forge/bitbucket-data-center/bitbucket-data-center.ts';
import { give, LACKS, NOTHING, open, see, startForContract, startRepository, stop, WANTED } from '../bitbucket.ts';
import { describeForge } from '../contract.ts';

function connect(
  { serverUrl, token: all }: Sandbox,
  token = all,
  log: (text: string) => void = () => undefined,
  login: 'bearer' | { readonly user: string } = 'bearer',
) {
  return bitbucketDataCenter({
    place: { serverUrl, project: 'acme', slug: 'manifests' },
    token,
    login,
    source: { serverUrl, token, login },
    limits: { patience: [1, 1], retry: 1 },
    log,
  });
}

describeForge('Bitbucket Data Center', () => startForContract((sandbox) => connect(sandbox)), { lacks: LACKS });

describe('Bitbucket Data Center’s own ways', () => {
  let sandbox: Sandbox;
  let repository: SandboxRepository;
  beforeEach(async () => {
    ({ sandbox, repository } = await startRepository({ defaultReviewers: ['ada', 'gone'], allowAutoMerge: true }));
  });
  afterEach(() => stop(sandbox));

  const refusal = (message: string): object => ({ errors: [{ context: null, message, exceptionName: null }] });
  const asked = (): string[] => sandbox.requests.map(({ method, status }) => `${method} ${status}`);
  const change = (match: RegExp, title: string): void =>
    sandbox.beforeNext({ match, run: () => repository.pullRequests.update(1, { title }) });

  test('a status has its key, below its name where the key is a hash', async () => {
    const key = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
    const time = Date.parse('2026-01-02T03:04:05.678Z');
    const values = [
      { key, name: 'kustomization/apps [reconciliation succeeded]', state: 'SUCCESSFUL', updatedDate: time },
      { key: 'deploy', name: 'Deploy [1]', state: 'FAILED', description: 'not ready', createdDate: time },
      { key: 'cancelled', state: 'CANCELLED', url: 'https://ci.test/1', dateAdded: time },
      { key: 'running', state: 'INPROGRESS' },
      { key: 'unknown', state: 'UNKNOWN' },
    ];
    const body = { values, size: 5, limit: 100, start: 0, isLastPage: true, nextPageStart: null };
    sandbox.failNext({ match: /build-status/, status: 200, body, foreign: true });
    const common = { description: '', url: '', author: '', time: '2026-01-02T03:04:05Z' };
    expect(await connect(sandbox).merges?.statuses('a'.repeat(40))).toEqual([
      { ...common, context: `kustomization/apps/${key}`, state: 'success' },
      { ...common, context: 'deploy', state: 'failure', description: 'not ready' },
      { ...common, context: 'cancelled', state: 'failure', url: 'https://ci.test/1' },
      { ...common, context: 'running', state: 'pending', time: '' },
      { ...common, context: 'unknown', state: 'pending', time: '' },
    ]);
  });

  describe('the default reviewers', () => {
    test('are asked with the opening, but for one who has left', async () => {
      const logged: string[] = [];
      const forge = connect(sandbox, undefined, (text) => void logged.push(text));
      expect(await forge.open(WANTED)).toMatchObject({ number: 1, reviewers: ['ada'] });
      expect(logged).toEqual(['default reviewer gone is not asked: gone is not a user.']);
      expect(asked()).toEqual(['GET 200', 'GET 200', 'POST 409', 'POST 201']);
      const [, { path } = { path: '' }] = sandbox.requests;
      expect(Object.fromEntries(new URL(path, 'http://x').searchParams)).toMatchObject({
        sourceRefId: 'refs/heads/release/web',
        targetRefId: 'refs/heads/main',
      });
    });

    test('keep no pull request back where they cannot be read', async () => {
      sandbox.failNext({ match: /default-reviewers/, status: 404, body: refusal('no such resource') });
      expect(await connect(sandbox).open(WANTED)).toMatchObject({ number: 1, reviewers: [] });
    });
  });

  test('all that a change does not name stays: text, reviewers, draft', async () => {
    await open(repository, 'release/web', 'main', 'x', 'Text.');
    await repository.pullRequests.update(1, { reviewers: ['Grace'], draft: true });
    expect(await connect(sandbox).update(1, { title: 'y' })).toMatchObject({ title: 'y', body: 'Text.', draft: true });
    expect(await see(repository, 1)).toMatchObject({ body: 'Text.', reviewers: ['Grace'], draft: true });
    expect(await give(connect(sandbox), { reviewers: ['grace', 'ada'] })).toMatchObject({ refused: [] });
    expect(await see(repository, 1)).toMatchObject({ title: 'y', reviewers: ['Grace', 'ada'] });
  });

  test('a reviewer who has left is left out, so that the text can be written', async () => {
    await open(repository, 'release/web', 'main', 'x', '');
    await repository.pullRequests.update(1, { reviewers: ['gone', 'Grace'] });
    expect(await connect(sandbox).update(1, { body: 'Text.' })).toMatchObject({ body: 'Text.', reviewers: ['Grace'] });
  });

  describe('what a person changes in between', () => {
    test('is kept: the change is made again on it', async () => {
      await open(repository, 'release/web', 'main', 'x', '');
      change(/^PUT/, 'Ada’s title');
      expect(await connect(sandbox).update(1, { body: 'Text.' })).toMatchObject({
        title: 'Ada’s title',
        body: 'Text.',
      });
      expect(asked()).toEqual(['GET 200', 'PUT 409', 'GET 200', 'PUT 200']);
    });

    test('does not keep one open that is to be declined', async () => {
      await open(repository, 'release/web', 'main', 'x', '');
      change(/decline/, 'y');
      expect(await connect(sandbox).update(1, { state: 'closed' })).toMatchObject({ state: 'closed', title: 'y' });
    });

    test('is no end when it goes on and on', async () => {
      await open(repository, 'release/web', 'main', 'x', '');
      for (let count = 0; count < 9; count += 1) change(/^PUT/, `title ${count}`);
      await expect(connect(sandbox).update(1, { body: 'Text.' })).rejects.toMatchObject({
        code: 'API_DENIED',
        message: expect.stringContaining('out-of-date information'),
      });
    });
  });

  test('one that a person declined meanwhile is closed, and is no error', async () => {
    await open(repository, 'release/web', 'main', 'x', '');
    await repository.pullRequests.close(1);
    expect(await connect(sandbox).update(1, { state: 'closed' })).toMatchObject({ state: 'closed' });
    expect(asked()).toEqual(['GET 200']);
  });

  test('two that open at once: one is opened, and the other is told', async () => {
    const opened = await Promise.all([connect(sandbox).open(WANTED), connect(sandbox).open(WANTED)]);
    expect(opened.filter((one) => one === undefined)).toHaveLength(1);
    expect(await repository.pullRequests.all()).toHaveLength(1);
  });

  test('a branch without changes is told from a token that is refused', async () => {
    await repository.text(['update-ref', 'refs/heads/release/none', (await repository.tip('main')) ?? '']);
    await expect(connect(sandbox).open({ ...WANTED, branch: 'release/none' })).rejects.toMatchObject({
      code: 'NO_COMMITS',
    });
  });

  test('all of many that are open', async () => {
    for (let count = 0; count < 52; count += 1) {
      await repository.commit(`other/${count}`, { [`${count}.yaml`]: 'x' });
      await open(repository, `other/${count}`, 'main', `Other ${count}`, '');
    }
    expect((await connect(sandbox).find([], 'main', () => false)).open).toHaveLength(52);
    expect(asked()).toEqual(['GET 200', 'GET 200', 'GET 200']);
  });

  describe('auto-merge', () => {
    test('is refused where the repository does not allow it, with the setting', async () => {
      repository.allowAutoMerge = false;
      await open(repository, 'release/web', 'main', 'x', '');
      const reason = expect.stringMatching(/not enabled for this repository.*Repository settings → Auto-merge/);
      expect(await give(connect(sandbox), { 'auto-merge': 'squash' })).toMatchObject({
        refused: [{ what: 'auto-merge', reason }],
      });
    });

    test('is refused for a way of merging that the repository does not have', async () => {
      repository.mergeMethods.delete('squash');
      await open(repository, 'release/web', 'main', 'x', '');
      expect(await give(connect(sandbox), { 'auto-merge': 'squash' })).toMatchObject({
        refused: [{ what: 'auto-merge', reason: expect.stringContaining('is not enabled for this repository') }],
      });
    });

    test('that passes at once is the merge commit of Bitbucket', async () => {
      await open(repository, 'release/web', 'main', 'Release web', '');
      expect(await give(connect(sandbox), { 'auto-merge': 'merge' })).toMatchObject({ refused: [] });
      expect((await repository.log('main'))[0]).toMatchObject({ subject: 'Pull request #1: Release web' });
    });

    test('is asked for again where a person changed the pull request in between', async () => {
      repository.requireChecks('main');
      await open(repository, 'release/web', 'main', 'x', '');
      change(/merge/, 'y');
      expect(await give(connect(sandbox), { 'auto-merge': 'rebase' })).toMatchObject({ refused: [] });
      expect(await see(repository, 1)).toMatchObject({ state: 'open', autoMerge: 'rebase' });
    });
  });

  test('a draft that the server does not have is refused', async () => {
    await stop(sandbox);
    ({ sandbox, repository } = await startRepository({ allowDrafts: false }));
    const forge = connect(sandbox);
    expect(await forge.open({ ...WANTED, draft: true })).toMatchObject({ draft: false });
    expect(await give(forge, { draft: true, reviewers: ['ada'] })).toMatchObject({
      given: { ...NOTHING, reviewers: ['ada'] },
      refused: [{ what: 'draft', reason: expect.stringContaining('8.18') }],
    });
  });

  test.each([500, 0])('trouble that passes is waited out: %d', async (status) => {
    sandbox.failNext({ match: /pull-requests/, status, body: refusal('not now') });
    expect(await connect(sandbox).find(['release/web'], 'main')).toEqual({ open: [], past: [] });
  });

  test('a rate limit is waited for as long as Bitbucket asks', async () => {
    sandbox.failNext({
      match: /pull-requests/,
      status: 429,
      headers: { 'retry-after': '1' },
      body: refusal('slow down'),
    });
    const logged: string[] = [];
    expect(await connect(sandbox, undefined, (text) => void logged.push(text)).find([], 'main')).toMatchObject({
      open: [],
    });
    expect(logged).toEqual(['Bitbucket Data Center asked to wait 1 s (rate limit)']);
  });

  test.each<[status: number, code: string]>([
    [429, 'RATE_LIMITED'],
    [503, 'SERVER_FAILED'],
    [0, 'NETWORK'],
  ])('%d that stays ends the run, to be tried again', async (status, code) => {
    sandbox.failNext({ match: /./, status, body: refusal('not now'), times: 20 });
    await expect(connect(sandbox).find([], 'main')).rejects.toMatchObject({ code, blame: 'again' });
  });

  test.each([200, 404])('a web page with status %d is not taken for an answer', async (status) => {
    const headers = { 'content-type': 'text/html' };
    sandbox.failNext({
      match: /./,
      status,
      headers,
      body: '<!DOCTYPE html><title>x</title>',
      foreign: true,
      times: 20,
    });
    await expect(connect(sandbox).find([], 'main')).rejects.toMatchObject({
      code: 'ANSWER_UNREADABLE',
      message: expect.stringContaining('it is a web page'),
    });
  });

  test.each<[what: string, rights: TokenOptions | undefined, reason: string]>([
    ['a wrong token', undefined, 'Authentication failed'],
    ['a token without this repository', { repositories: [] }, 'Repository acme/manifests does not exist'],
    ['a token without rights', { permission: 'none' }, 'not permitted to access'],
  ])('%s is refused in Bitbucket’s words', async (_, rights, reason) => {
    const token = rights ? sandbox.createToken({ ...rights, text: 'BBDC-x' }) : 'BBDC-y';
    await expect(connect(sandbox, token).find([], 'main')).rejects.toMatchObject({
      code: 'API_DENIED',
      message: expect.stringMatching(
        new RegExp(`^Bitbucket Data Center refused to list pull requests in "acme/manifests": .*${reason}`),
      ),
      hint: expect.stringContaining('with the permission Repository write'),
    });
  });

  test('a title that is too long is refused with Bitbucket’s reason, and the token is not blamed', async () => {
    await open(repository, 'release/web', 'main', 'x', '');
    await expect(connect(sandbox).update(1, { title: 'x'.repeat(256) })).rejects.toMatchObject({
      message: expect.stringContaining('title is too long'),
      hint: expect.stringContaining('The token is not the cause'),
    });
  });

  test('the token is shown as git shows it: alone, or as the password of a user', async () => {
    const token = sandbox.createToken({ text: 'BBDC-x' });
    await connect(sandbox, token).find([], 'main');
    await connect(sandbox, token, undefined, { user: 'ada' }).find([], 'main');
    const basic = `Basic ${Buffer.from('ada:BBDC-x').toString('base64')}`;
    expect(new Set(sandbox.requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer BBDC-x', basic]),
    );
  });

  test('sources that have parted are told as such', async () => {
    await repository.commit('main', { b: '1' });
    expect(await connect(sandbox).compare('scm/acme/manifests', 'main', 'staging')).toMatchObject({
      status: 'diverged',
      total: 1,
      url: `${sandbox.serverUrl}/projects/acme/repos/manifests/compare/commits?sourceBranch=staging&targetBranch=main`,
    });
  });
});
