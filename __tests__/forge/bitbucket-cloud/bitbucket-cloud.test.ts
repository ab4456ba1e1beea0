import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox, SandboxRepository, TokenOptions } from '../../../sandbox/sandbox.ts';
import { accountIdOf, uuidOf } from '../../../sandbox/bitbucket-cloud-objects.ts';
import { bitbucketCloud } from '../../../src/forge/bitbucket-cloud/bitbucket-cloud.ts';
import { give, LACKS, NOTHING, open, see, startForContract, startRepository, stop, WANTED } from '../bitbucket.ts';
import { describeForge } from '../contract.ts';

function connect(
  { serverUrl, token }: Sandbox,
  own = token,
  { email = '', log = (): void => undefined }: { email?: string; log?: (text: string) => void } = {},
) {
  return bitbucketCloud({
    place: { serverUrl, workspace: 'acme', slug: 'manifests' },
    credential: { token: own, email },
    source: { serverUrl, credential: { token: own, email } },
    limits: { patience: [1, 1], retry: 1 },
    log,
  });
}

describeForge('Bitbucket Cloud', () => startForContract((sandbox) => connect(sandbox)), {
  lacks: [...LACKS, 'auto-merge'],
});

describe('Bitbucket Cloud’s own ways', () => {
  let sandbox: Sandbox;
  let repository: SandboxRepository;
  beforeEach(async () => {
    ({ sandbox, repository } = await startRepository({ defaultReviewers: ['ada'] }));
  });
  afterEach(() => stop(sandbox));

  const refusal = (message: string): object => ({ type: 'error', error: { message } });
  const asked = (): string[] => sandbox.requests.map(({ method, status }) => `${method} ${status}`);
  const written = (): unknown[] =>
    sandbox.requests.filter(({ method }) => method !== 'GET').map(({ requestBody }) => requestBody);

  describe('what follows', () => {
    const page = (values: readonly object[]) => ({ status: 200, body: { values, pagelen: 100 }, foreign: true });

    test('is a status with its key, below its name where the key is a hash', async () => {
      const key = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
      const updated_on = '2026-01-02T03:04:05.678901+00:00';
      const written = [
        { key, name: 'kustomization/apps', state: 'SUCCESSFUL', description: 'reconciliation succeeded', updated_on },
        { key: 'deploy', name: 'Deploy to production', state: 'FAILED', url: 'https://ci.test/1' },
        { key: 'stopped', state: 'STOPPED' },
        { key: 'running', name: null, state: 'INPROGRESS' },
      ];
      sandbox.failNext({ match: /\/statuses\b/, ...page(written) });
      const nothing = { description: '', url: '', author: '', time: '' };
      expect(await connect(sandbox).merges?.statuses('a'.repeat(40))).toEqual([
        {
          ...nothing,
          context: `kustomization/apps/${key}`,
          state: 'success',
          description: 'reconciliation succeeded',
          time: '2026-01-02T03:04:05Z',
        },
        { ...nothing, context: 'deploy', state: 'failure', url: 'https://ci.test/1' },
        { ...nothing, context: 'stopped', state: 'failure' },
        { ...nothing, context: 'running', state: 'pending' },
      ]);
    });

    test('a fast-forward is the head itself, at a time that is not known', async () => {
      const number = await open(repository, 'release/web', 'main', 'x', '');
      const head = (await repository.tip('release/web')) ?? '';
      const merged = {
        id: number,
        title: 'x',
        state: 'MERGED',
        merge_commit: null,
        source: { branch: { name: 'release/web' }, commit: { hash: head.slice(0, 12) } },
        destination: { branch: { name: 'main' } },
        links: { html: { href: sandbox.serverUrl } },
      };
      sandbox.failNext({ match: /\/pullrequests\/1$/, status: 200, body: merged, foreign: true });
      const seen = await connect(sandbox).merges?.read(number);
      expect(seen).toEqual({ state: 'merged', base: 'main', commit: head, time: '' });
    });
  });

  describe('the default reviewers', () => {
    test('are asked with the opening, and others beside them later', async () => {
      const forge = connect(sandbox);
      expect(await forge.open(WANTED)).toMatchObject({ number: 1, reviewers: ['ada'] });
      expect(written()).toMatchObject([{ reviewers: [{ uuid: uuidOf('ada') }] }]);
      expect(await give(forge, { reviewers: ['Grace', 'ada'] })).toEqual({
        given: { ...NOTHING, reviewers: ['Grace', 'ada'] },
        refused: [],
      });
      expect(await see(repository, 1)).toMatchObject({ reviewers: ['ada', 'Grace'] });
    });

    test('are asked without the author, who is one of them', async () => {
      await stop(sandbox);
      ({ sandbox, repository } = await startRepository({ defaultReviewers: ['ada', 'Grace', 'gone'] }));
      const own = sandbox.createToken({ login: 'ada', kind: 'classic', text: 'ATCTT3x' });
      expect(await connect(sandbox, own).open(WANTED)).toMatchObject({ number: 1, reviewers: ['Grace'] });
      expect(await see(repository, 1)).toMatchObject({ reviewers: ['Grace'] });
    });

    test('keep no pull request back where they cannot be read', async () => {
      sandbox.failNext({ match: /default-reviewers/, status: 403, body: refusal('no scope') });
      const logged: string[] = [];
      const forge = connect(sandbox, undefined, { log: (text) => void logged.push(text) });
      expect(await forge.open(WANTED)).toMatchObject({ number: 1, reviewers: [] });
      expect(logged).toEqual(['the default reviewers are not asked, since they could not be read: no scope']);
    });
  });

  describe('reviewers', () => {
    test('are found by UUID, account id or nickname', async () => {
      await open(repository, 'release/web', 'main', 'x', '');
      const wanted = { reviewers: [uuidOf('ada'), accountIdOf('Grace')] };
      expect(await give(connect(sandbox), wanted)).toMatchObject({ refused: [] });
      expect(await see(repository, 1)).toMatchObject({ reviewers: ['ada', 'Grace'] });
    });

    test('by nickname are refused to a token that may not read the members, with what to give instead', async () => {
      await open(repository, 'release/web', 'main', 'x', '');
      const token = sandbox.createToken({ repositories: ['acme/manifests'], text: 'ATCTT3x' });
      const reason = expect.stringMatching(/members of the workspace.*give the UUID of the account, \{…\}/);
      expect(await give(connect(sandbox, token), { reviewers: ['ada', uuidOf('Grace')] })).toMatchObject({
        given: { reviewers: [uuidOf('Grace')] },
        refused: [{ what: 'reviewer ada', reason }],
      });
    });

    test('that one who wrote the pull request cannot be is refused with Bitbucket’s reason', async () => {
      await open(repository, 'release/web', 'main', 'x', '');
      await repository.pullRequests.update(1, { reviewers: ['Grace'] });
      expect(await give(connect(sandbox), { reviewers: [uuidOf('octocat'), 'ada'] })).toEqual({
        given: { ...NOTHING, reviewers: ['ada'] },
        refused: [
          {
            what: `reviewer ${uuidOf('octocat')}`,
            reason: 'reviewers: octocat is the author and cannot be included as a reviewer.',
          },
        ],
      });
      expect(await see(repository, 1)).toMatchObject({ reviewers: ['Grace', 'ada'] });
    });
  });

  test('a title alone is written alone, and all else stays', async () => {
    await open(repository, 'release/web', 'main', 'x', 'Text.');
    await repository.pullRequests.update(1, { reviewers: ['Grace'], draft: true });
    expect(await connect(sandbox).update(1, { title: 'y' })).toMatchObject({ title: 'y', body: 'Text.', draft: true });
    expect(written()).toEqual([{ title: 'y' }]);
    expect(await see(repository, 1)).toMatchObject({ body: 'Text.', reviewers: ['Grace'] });
  });

  test('one that is open already keeps its title, since Bitbucket is asked before', async () => {
    await open(repository, 'release/web', 'main', 'Ada’s', '');
    expect(await connect(sandbox).open(WANTED)).toBeUndefined();
    expect(written()).toEqual([]);
    expect(await see(repository, 1)).toMatchObject({ title: 'Ada’s' });
  });

  test('two that open at once open one', async () => {
    const opened = await Promise.all([connect(sandbox).open(WANTED), connect(sandbox).open(WANTED)]);
    expect(new Set(opened.map((one) => one?.number ?? 1))).toEqual(new Set([1]));
    expect(await repository.pullRequests.all()).toHaveLength(1);
  });

  test('one that a person declined meanwhile is closed, and is no error', async () => {
    await open(repository, 'release/web', 'main', 'x', '');
    await repository.pullRequests.close(1);
    expect(await connect(sandbox).update(1, { state: 'closed' })).toMatchObject({ state: 'closed' });
  });

  test('the text is written before one is declined, after which Bitbucket takes none', async () => {
    await open(repository, 'release/web', 'main', 'x', '');
    expect(await connect(sandbox).update(1, { body: 'Superseded.', state: 'closed' })).toMatchObject({
      state: 'closed',
      body: 'Superseded.',
    });
  });

  test('a branch without changes is told from a token that is refused', async () => {
    await repository.commit('release/none', {}, { parent: 'main' });
    await repository.deleteBranch('release/none');
    await repository.text(['update-ref', 'refs/heads/release/none', (await repository.tip('main')) ?? '']);
    await expect(connect(sandbox).open({ ...WANTED, branch: 'release/none' })).rejects.toMatchObject({
      code: 'NO_COMMITS',
    });
  });

  test('all of many that are open, by pages of fifty', async () => {
    for (let count = 0; count < 52; count += 1) {
      await repository.commit(`other/${count}`, { [`${count}.yaml`]: 'x' });
      await open(repository, `other/${count}`, 'main', `Other ${count}`, '');
    }
    expect((await connect(sandbox).find([], 'main', () => false)).open).toHaveLength(52);
    expect(asked()).toEqual(['GET 200', 'GET 200', 'GET 200']);
  });

  test('a branch with a quote in its name is found, and no query of its own', async () => {
    const branch = 'release/"web" OR state = "OPEN';
    await repository.text([
      'update-ref',
      `refs/heads/${branch.replaceAll(' ', '')}`,
      (await repository.tip('release/web')) ?? '',
    ]);
    await open(repository, branch.replaceAll(' ', ''), 'main', 'x', '');
    await repository.pullRequests.close(1);
    expect((await connect(sandbox).find([branch.replaceAll(' ', '')], 'main')).past).toMatchObject([{ number: 1 }]);
    expect((await connect(sandbox).find([branch], 'main')).past).toEqual([]);
  });

  test('commits are read once, and of those alone that matter', async () => {
    const forge = connect(sandbox);
    await open(repository, 'release/web', 'main', 'Web', '');
    await open(repository, 'release/web-admin', 'main', 'Admin', '');
    const find = () => forge.find([], 'main', ({ branch }) => branch === 'release/web');
    const head = await repository.tip('release/web');
    expect(await find()).toMatchObject({
      open: [{ commits: [] }, { headId: head, commits: [{ id: head, tree: '' }] }],
    });
    await find();
    const more = sandbox.requests.filter(({ path }) => /\/commits\?/.test(path));
    expect(more.map(({ path }) => path.replace(/^.*pullrequests|\?.*$/g, ''))).toEqual(['/1/commits']);
  });

  test('a branch that Bitbucket does not know yet, just after the push, is asked for again', async () => {
    const sha = (await repository.tip('release/web')) ?? '';
    await repository.deleteBranch('release/web');
    sandbox.beforeNext({ match: /^POST/, run: () => undefined });
    sandbox.beforeNext({ match: /^POST/, run: () => repository.commit('release/web', {}, { parent: sha }) });
    expect(await connect(sandbox).open(WANTED)).toMatchObject({ title: 'Release web' });
    expect(asked().filter((one) => one.startsWith('POST'))).toEqual(['POST 400', 'POST 201']);
  });

  test('a draft that the repository does not have is no draft', async () => {
    await stop(sandbox);
    ({ sandbox, repository } = await startRepository({ allowDrafts: false }));
    const forge = connect(sandbox);
    expect(await forge.open({ ...WANTED, draft: true })).toMatchObject({ draft: false });
    expect(await give(forge, { draft: true })).toEqual({
      given: NOTHING,
      refused: [{ what: 'draft', reason: 'Bitbucket did not take it' }],
    });
  });

  test.each([500, 0])('trouble that passes is waited out: %d', async (status) => {
    sandbox.failNext({ match: /pullrequests/, status, body: refusal('not now') });
    expect(await connect(sandbox).find(['release/web'], 'main')).toEqual({ open: [], past: [] });
  });

  test('a rate limit is waited for as long as Bitbucket asks', async () => {
    const body = refusal('Rate limit for this resource has been exceeded');
    sandbox.failNext({ match: /pullrequests/, status: 429, headers: { 'retry-after': '1' }, body });
    const logged: string[] = [];
    const forge = connect(sandbox, undefined, { log: (text) => void logged.push(text) });
    expect(await forge.find([], 'main')).toEqual({ open: [], past: [] });
    expect(logged).toEqual(['Bitbucket Cloud asked to wait 1 s (rate limit)']);
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
    ['a wrong token', undefined, 'Token is invalid, expired'],
    ['a token without this repository', { repositories: [] }, 'Repository acme/manifests not found'],
    ['a token without rights', { permission: 'none' }, 'lack one or more required privilege scopes'],
  ])('%s is refused in Bitbucket’s words', async (_, rights, reason) => {
    const token = rights ? sandbox.createToken({ ...rights, text: 'ATCTT3x' }) : 'ATCTT3y';
    await expect(connect(sandbox, token).find([], 'main')).rejects.toMatchObject({
      code: 'API_DENIED',
      message: expect.stringMatching(
        new RegExp(`^Bitbucket Cloud refused to list pull requests in "acme/manifests": .*${reason}`),
      ),
      hint: expect.stringContaining('Repositories: Write and Pull requests: Write'),
    });
  });

  test('a token that may only read may not open one', async () => {
    const token = sandbox.createToken({ text: 'ATCTT3x', pullRequests: 'read' });
    await expect(connect(sandbox, token).open(WANTED)).rejects.toMatchObject({
      code: 'API_DENIED',
      message: expect.stringContaining('Bitbucket Cloud refused to open a pull request'),
    });
  });

  test('an API token is shown with the e-mail address of its account', async () => {
    const token = sandbox.createToken({ text: 'ATATT3x', kind: 'classic', login: 'ada' });
    expect(await connect(sandbox, token, { email: 'ada@example.com' }).find([], 'main')).toEqual({
      open: [],
      past: [],
    });
    const basic = `Basic ${Buffer.from('ada@example.com:ATATT3x').toString('base64')}`;
    expect(new Set(sandbox.requests.map(({ authorization }) => authorization))).toEqual(new Set([basic]));
  });

  test('commits of the source are compared by their ids too, and a repository that is not there is no failure', async () => {
    const [base = '', head = ''] = [await repository.tip('main'), await repository.tip('staging')];
    const forge = connect(sandbox);
    const compare: typeof forge.compare = (...revisions) => forge.compare(...revisions);
    expect(await compare('acme/manifests', base.slice(0, 7), head)).toMatchObject({ status: 'ahead', total: 1 });
    await repository.commit('main', { b: '1' });
    const moved = (await repository.tip('main')) ?? '';
    expect(await compare('acme/manifests', moved, head)).toMatchObject({ status: 'diverged', total: 1 });
    expect(await compare('acme/none', base, head)).toMatchObject({
      status: 'unknown',
      reason: expect.stringMatching(/not found/),
    });
  });
});
