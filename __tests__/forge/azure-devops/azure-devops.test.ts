import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox, type SandboxRepository, type TokenOptions } from '../../../sandbox/sandbox.ts';
import { readCommits } from '../../../sandbox/stored-commit.ts';
import type { Attributes } from '../../../src/core/objects.ts';
import { azureDevOps } from '../../../src/forge/azure-devops/azure-devops.ts';
import { violationsOf } from '../../sandbox/each-with-sandbox.ts';
import { describeForge, type Seen } from '../contract.ts';

const REPOSITORY = 'fabrikam/acme/_git/manifests';
const PAT = 'y7x2q5wz4kfj3mp6nbvh2ctr7ld4gyx5qwz3kfj6mp2nbvhaq3dk';
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

async function startRepository(name = REPOSITORY): Promise<{ sandbox: Sandbox; repository: SandboxRepository }> {
  const sandbox = await startSandbox();
  sandbox.createToken({ text: PAT, login: 'svc-release', kind: 'classic' });
  const people = { collaborators: ['ada', 'Grace'], teams: ['platform'] };
  const repository = await sandbox.createRepository(name, { 'web.yaml': 'image: web:1.4.1\n' }, people);
  await repository.commit('staging', { 'web.yaml': 'image: web:1.4.0\n' });
  await repository.commit('release/web', { 'web.yaml': 'image: web:1.4.2\n' });
  await repository.commit('release/web-admin', { 'web.yaml': 'image: web:1.4.3\n' });
  return { sandbox, repository };
}

function connect({ serverUrl }: Sandbox, token = PAT, log?: (text: string) => void) {
  const collection = `${serverUrl}/fabrikam`;
  return azureDevOps({
    place: { collection, project: 'acme', repository: 'manifests' },
    token,
    source: { collection, token },
    limits: { patience: [1, 1], retry: 1 },
    ...(log && { log }),
  });
}

async function open(
  repository: SandboxRepository,
  head: string,
  base: string,
  title: string,
  body: string | null,
  more: { readonly fork?: boolean; readonly draft?: boolean } = {},
): Promise<number> {
  const [headSha = '', baseSha = ''] = [await repository.tip(head), await repository.tip(base)];
  const opened = repository.pullRequests.open({ title, body, head, headSha, base, baseSha, draft: false, ...more });
  if (!opened) throw new Error('one is open already');
  return opened.number;
}

async function see(repository: SandboxRepository, number: number): Promise<Seen> {
  const { autoMerge, mergedAt, ...seen } = await repository.pullRequests.get(number);
  const state = mergedAt === null ? seen.state : 'merged';
  return { ...seen, state, milestone: undefined, autoMerge: autoMerge?.method };
}

/** Closes the sandbox; every exchange must be as Microsoft describes it. */
async function stop(sandbox: Sandbox): Promise<void> {
  await sandbox.close();
  expect(violationsOf(sandbox.requests)).toEqual([]);
}

describeForge(
  'Azure DevOps',
  async () => {
    const { sandbox, repository } = await startRepository();
    const web = await sandbox.createRepository('fabrikam/acme/_git/web', { 'main.go': 'v1' });
    await web.tag('v1.4.1');
    await web.commit('main', { 'main.go': 'v2' }, { message: 'Fix a typo\n\nCloses #7\n' });
    await web.commit('main', { 'main.go': 'v3' }, { message: 'Add a cart\n' });
    await web.tag('v1.4.2');
    return {
      forge: connect(sandbox),
      open: (...wanted) => open(repository, ...wanted),
      openFromFork: (branch, base) => open(repository, branch, base, 'From afar', '', { fork: true }),
      close: (number) => repository.pullRequests.close(number),
      merge: (number, method) => repository.pullRequests.merge(number, method),
      addStatus: (commit, status) => Promise.resolve(repository.statuses.add(commit, status)),
      see: (number) => see(repository, number),
      set: (setting) => {
        if (setting === 'checks') repository.requireChecks('main');
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
  },
  {
    lacks: ['visibility', 'commits by the API', 'assignees', 'milestone', 'trees', 'merge queue', 'auto-merge setting'],
  },
);

describe('Azure DevOps’ own ways', () => {
  let sandbox: Sandbox;
  let repository: SandboxRepository;
  beforeEach(async () => {
    ({ sandbox, repository } = await startRepository());
  });
  afterEach(() => stop(sandbox));

  const asked = (): string[] => sandbox.requests.map(({ method, status }) => `${method} ${status}`);
  const paths = (): string[] =>
    sandbox.requests.map(
      ({ method, path }) => `${method} ${path.replace(/^.*\/_apis\/(?:git\/repositories\/manifests\/)?|\?.*$/g, '')}`,
    );
  const give = async (wanted: Partial<Attributes>, given = NOTHING, token = PAT) => {
    const forge = connect(sandbox, token);
    const [found] = (await forge.find([], 'main')).open;
    if (!found) throw new Error('none is open');
    return forge.giveAttributes(found, given, { ...NOTHING, ...wanted }, found.headId);
  };

  test('a personal token is the password of no user, a JSON Web Token is sent alone', async () => {
    const jwt = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"iss":"app.vstoken.visualstudio.com"}').toString('base64url')}.x-_`;
    sandbox.createToken({ text: jwt });
    await connect(sandbox).find([], 'main');
    await connect(sandbox, jwt).find([], 'main');
    const basic = `Basic ${Buffer.from(`:${PAT}`).toString('base64')}`;
    expect(new Set(sandbox.requests.map(({ authorization }) => authorization))).toEqual(
      new Set([basic, `Bearer ${jwt}`]),
    );
  });

  test('names with spaces', async () => {
    await stop(sandbox);
    ({ sandbox, repository } = await startRepository('fabrikam/My Ops/_git/the manifests'));
    const collection = `${sandbox.serverUrl}/fabrikam`;
    const place = { collection, project: 'My Ops', repository: 'the manifests' };
    const forge = azureDevOps({ place, token: PAT, source: { collection, token: PAT } });
    expect(await forge.open(WANTED)).toMatchObject({
      url: `${collection}/My%20Ops/_git/the%20manifests/pullrequest/1`,
    });
    expect(
      await forge.compare('My%20Ops/_git/the%20manifests', (await repository.tip('main')) ?? '', 'none'),
    ).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('TF401175'),
    });
  });

  describe('finds', () => {
    test('texts as a whole, which a list cuts, and past ones of these once', async () => {
      const forge = connect(sandbox);
      const body = 'x'.repeat(3999);
      await open(repository, 'release/web', 'main', 'Past', `${body}1`);
      await repository.pullRequests.close(1);
      await open(repository, 'release/web', 'main', 'Open', `${body}2`);
      await open(repository, 'release/web-admin', 'main', 'Short', 'x'.repeat(389));
      const find = () => forge.find(['release/web'], 'main', () => false);
      expect(await find()).toMatchObject({
        open: [{ body: 'x'.repeat(389) }, { body: `${body}2` }],
        past: [{ body: `${body}1` }],
      });
      await find();
      expect(
        paths()
          .filter((path) => /pullRequests\/\d+$/.test(path))
          .toSorted(),
      ).toEqual(['GET pullRequests/1', 'GET pullRequests/2', 'GET pullRequests/2']);
    });

    test('of those that were merged the whole text where its beginning does not matter', async () => {
      const forge = connect(sandbox);
      for (const [branch, text] of [
        ['one', `mark ${'x'.repeat(500)}`],
        ['two', `${'x'.repeat(500)} mark`],
      ] as const) {
        await repository.commit(branch, { [`${branch}.yaml`]: 'a: 1\n' });
        await repository.pullRequests.merge(await open(repository, branch, 'main', branch, text));
      }
      const { past } = await forge.find([], 'main', ({ body }) => body.includes('mark'));
      expect(past.map(({ commits }) => commits.length)).toEqual([1, 1]);
      expect(paths().filter((path) => /pullRequests\/\d+$/.test(path))).toEqual(['GET pullRequests/2']);
    });

    test('whole messages of commits, which a list cuts, of those alone that matter', async () => {
      const message = 'Release web\n\nText\n\nRelease-Name: web\n';
      const tip = await repository.commit('release/web', { 'web.yaml': 'image: web:1.5.0\n' }, { message });
      await open(repository, 'release/web', 'main', 'Web', '');
      await open(repository, 'release/web-admin', 'main', 'Admin', '');
      const { open: found } = await connect(sandbox).find([], 'main', ({ branch }) => branch === 'release/web');
      expect(found).toMatchObject([
        { commits: [] },
        { commits: [{ id: tip, message }, { message: expect.any(String) }] },
      ]);
      expect(found[1]?.commits[0]?.parents).toEqual([found[1]?.commits[1]?.id]);
      expect(paths().filter((path) => path.includes('/commits'))).toEqual(['GET pullRequests/1/commits']);
    });

    test('all of many that are open', async () => {
      const tip = (await repository.tip('release/web')) ?? '';
      const branches = Array.from({ length: 102 }, (_, index) => `other/${index}`);
      const input = branches.map((branch) => `create refs/heads/${branch} ${tip}\n`).join('');
      await repository.text(['update-ref', '--stdin'], { input });
      for (const branch of branches) await open(repository, branch, 'main', branch, '');
      expect((await connect(sandbox).find([], 'main', () => false)).open).toHaveLength(102);
      expect(asked()).toEqual(['GET 200', 'GET 200', 'GET 200']);
    });

    test('one as open whose branch was deleted', async () => {
      await open(repository, 'release/web', 'main', 'Web', '');
      await repository.deleteBranch('release/web');
      const forge = connect(sandbox);
      expect(forge.staysOpenWithoutBranch).toBe(true);
      expect(await forge.find(['release/web'], 'main')).toMatchObject({ open: [{ branch: 'release/web' }], past: [] });
    });
  });

  test('one that is over already comes back as it is', async () => {
    await open(repository, 'release/web', 'main', 'Web', 'kept');
    const forge = connect(sandbox);
    await forge.update(1, { state: 'closed' });
    expect(await forge.update(1, { state: 'closed' })).toMatchObject({ state: 'closed', body: 'kept' });
    expect(await forge.update(1, { body: 'new' })).toMatchObject({ state: 'closed', body: 'kept' });
  });

  describe('reviewers', () => {
    test('are found by account, e-mail address and display name, teams with and without their project', async () => {
      await open(repository, 'release/web', 'main', 'x', '');
      const wanted = {
        reviewers: ['ADA@fabrikam.test', 'grace (fabrikam)'],
        'team-reviewers': ['[acme]\\Platform', 'acme/platform', 'platform'],
      };
      expect(await give(wanted)).toEqual({ given: { ...NOTHING, ...wanted }, refused: [] });
      expect(await see(repository, 1)).toMatchObject({ reviewers: ['ada', 'Grace'], teamReviewers: ['platform'] });
      const [found] = (await connect(sandbox).find([], 'main')).open;
      expect(found).toMatchObject({ reviewers: ['ada', 'Grace'], 'team-reviewers': ['acme/platform'] });
    });

    test('that a search finds by a part of their name are others', async () => {
      await open(repository, 'release/web', 'main', 'x', '');
      expect(await give({ reviewers: ['ad', 'platform'], 'team-reviewers': ['plat', 'other/platform'] })).toEqual({
        given: NOTHING,
        refused: [
          { what: 'reviewer ad', reason: 'there is no user of that name' },
          { what: 'reviewer platform', reason: 'there is no user of that name' },
          { what: 'team reviewer plat', reason: 'there is no team [acme]\\plat' },
          { what: 'team reviewer other/platform', reason: 'there is no team [other]\\platform' },
        ],
      });
    });

    test('are refused with the scope that is missing, and the rest is given', async () => {
      await open(repository, 'release/web', 'main', 'x', '');
      sandbox.createToken({ text: 'without-identities', issues: 'none' });
      const reason = expect.stringContaining('Identity (Read)');
      expect(await give({ reviewers: ['ada'], labels: ['release'] }, NOTHING, 'without-identities')).toEqual({
        given: { ...NOTHING, labels: ['release'] },
        refused: [{ what: 'reviewer ada', reason }],
      });
    });
  });

  test('a label that Azure does not take is refused with its words', async () => {
    await open(repository, 'release/web', 'main', 'x', '');
    expect(await give({ labels: ['a,b', 'release'] })).toEqual({
      given: { ...NOTHING, labels: ['release'] },
      refused: [{ what: 'label a,b', reason: expect.stringContaining('VS402320') }],
    });
  });

  describe('auto-merge', () => {
    test.each([
      ['merge', 'noFastForward', 2],
      ['squash', 'squash', 1],
      ['rebase', 'rebase', 1],
    ] as const)('%s is the strategy %s', async (method, strategy, parents) => {
      await open(repository, 'release/web', 'main', 'Release web', '');
      expect(await give({ 'auto-merge': method })).toMatchObject({ refused: [] });
      const [merged] = await repository.log('main');
      expect(merged?.parents).toHaveLength(parents);
      const [change] = sandbox.requests.filter(({ method: verb }) => verb === 'PATCH');
      expect(change?.requestBody).toEqual({
        status: 'completed',
        lastMergeSourceCommit: { commitId: expect.stringMatching(/^[0-9a-f]{40}$/) },
        completionOptions: { mergeStrategy: strategy },
      });
    });

    test('waits until Azure has tried the merge', async () => {
      const forge = connect(sandbox);
      const opened = await forge.open(WANTED);
      if (!opened) throw new Error('none was opened');
      const { headId } = opened;
      expect(await forge.giveAttributes(opened, NOTHING, { ...NOTHING, 'auto-merge': 'squash' }, headId)).toMatchObject(
        {
          refused: [],
        },
      );
      // Queued, then tried; and queued once more by the completion.
      expect(asked().slice(1)).toEqual(['GET 200', 'GET 200', 'PATCH 200', 'GET 200']);
      expect(await see(repository, 1)).toMatchObject({ state: 'merged' });
    });

    test('is set by the owner of the token where a policy waits', async () => {
      repository.requireChecks('main');
      await open(repository, 'release/web', 'main', 'x', '');
      expect(await give({ 'auto-merge': 'merge' })).toMatchObject({ refused: [] });
      expect(paths().slice(-5)).toEqual([
        'GET pullRequests/1',
        'PATCH pullRequests/1',
        'GET connectionData',
        'PATCH pullRequests/1',
        'GET pullRequests/1',
      ]);
      expect(await see(repository, 1)).toMatchObject({ state: 'open', autoMerge: 'merge' });
    });

    test('is of no other commit, also where the branch moves in between', async () => {
      repository.requireChecks('main');
      await open(repository, 'release/web', 'main', 'x', '');
      const push = () => repository.commit('release/web', { 'web.yaml': 'image: evil:6.6.6\n' });
      sandbox.beforeNext({ match: /connectionData/, run: push });
      const refused = [{ what: 'auto-merge', reason: 'the source branch was modified meanwhile' }];
      expect(await give({ 'auto-merge': 'merge' })).toMatchObject({ refused });
      expect(await see(repository, 1)).toMatchObject({ state: 'open', autoMerge: undefined });
      repository.passChecks('main');
      sandbox.beforeNext({ match: /^PATCH/, run: push });
      expect(await give({ 'auto-merge': 'merge' })).toMatchObject({ refused });
      expect(await see(repository, 1)).toMatchObject({ state: 'open' });
    });

    test('is refused for a draft, and for what has conflicts', async () => {
      await open(repository, 'release/web', 'main', 'x', '', { draft: true });
      expect(await give({ 'auto-merge': 'squash' })).toMatchObject({
        refused: [{ what: 'auto-merge', reason: 'a draft is not completed' }],
      });
      await repository.pullRequests.update(1, { draft: false });
      const facts = sandbox.requests.findLast(({ method }) => method === 'GET')?.responseBody as object;
      const body = { ...facts, isDraft: false, mergeStatus: 'conflicts' };
      sandbox.failNext({ match: /^GET .*pullRequests\/1\?/, status: 200, body });
      expect(await give({ 'auto-merge': 'squash' })).toMatchObject({
        refused: [{ what: 'auto-merge', reason: 'the branch has conflicts with its base' }],
      });
      expect(asked()).not.toContain('PATCH 200');
    });

    test('is refused with Azure’s words to a user without the right', async () => {
      await open(repository, 'release/web', 'main', 'x', '');
      sandbox.createToken({ text: 'reader', pullRequests: 'read' });
      expect(await give({ 'auto-merge': 'squash' }, NOTHING, 'reader')).toMatchObject({
        refused: [{ what: 'auto-merge', reason: expect.stringContaining('PullRequestContribute') }],
      });
      expect(asked().filter((one) => one.startsWith('PATCH'))).toEqual(['PATCH 403']);
    });
  });

  test('a branch that Azure does not know yet, just after the push, is asked for again', async () => {
    const sha = (await repository.tip('release/web')) ?? '';
    await repository.deleteBranch('release/web');
    sandbox.beforeNext({ match: /^POST/, run: () => undefined });
    sandbox.beforeNext({ match: /^POST/, run: () => repository.commit('release/web', {}, { parent: sha }) });
    expect(await connect(sandbox).open(WANTED)).toMatchObject({ title: 'Release web' });
    expect(asked()).toEqual(['POST 400', 'POST 201']);
  });

  test('an opening whose answer is lost was done, and is said to be there', async () => {
    sandbox.failNext({ match: /^POST/, status: 502, carryOut: true });
    expect(await connect(sandbox).open(WANTED)).toBeUndefined();
    expect(asked()).toEqual(['POST 502', 'POST 409']);
  });

  test('two that open at once: one is opened, and the other is told', async () => {
    const opened = await Promise.all([connect(sandbox).open(WANTED), connect(sandbox).open(WANTED)]);
    expect(opened.filter((one) => one === undefined)).toHaveLength(1);
    expect(await repository.pullRequests.all()).toHaveLength(1);
  });

  test.each([500, 0])('trouble that passes is waited out: %d', async (status) => {
    sandbox.failNext({ match: /status=active/, status });
    expect(await connect(sandbox).find(['release/web'], 'main')).toEqual({ open: [], past: [] });
  });

  test('a rate limit is waited for as long as Azure asks', async () => {
    const body = { message: 'TF400733: The request has been canceled: Request was blocked due to exceeding usage.' };
    sandbox.failNext({ match: /status=active/, status: 429, headers: { 'retry-after': '1' }, body });
    const logged: string[] = [];
    const forge = connect(sandbox, PAT, (text) => logged.push(text));
    expect(await forge.find([], 'main')).toEqual({ open: [], past: [] });
    expect(logged).toEqual(['Azure DevOps asked to wait 1 s (rate limit)']);
  });

  test.each<[what: string, rights: TokenOptions | undefined, reason: string]>([
    ['a wrong token', undefined, 'status 401 without a message'],
    ['a token without this repository', { repositories: [] }, 'TF401019'],
    ['a token without rights', { permission: 'none' }, 'status 401 without a message'],
  ])('%s is refused in Azure’s words', async (_, rights, reason) => {
    const token = rights ? sandbox.createToken({ ...rights, text: 'azure-x' }) : 'azure-y';
    await expect(connect(sandbox, token).find([], 'main')).rejects.toMatchObject({
      code: 'API_DENIED',
      message: expect.stringMatching(
        new RegExp(`^Azure DevOps refused to list pull requests in "acme/manifests": .*${reason}`),
      ),
      hint: expect.stringContaining('Code (Read & write)'),
    });
  });

  test.each([
    [203, { 'content-type': 'text/html' }, 'it answered with its page to sign in \\(status 203\\)'],
    [302, { location: 'https://spsprodeus21.vssps.visualstudio.com/_signin?realm=x' }, 'status 302'],
    [302, { location: 'https://login.microsoftonline.com/common/oauth2' }, 'status 302'],
    [
      401,
      { 'content-type': 'text/html', 'x-tfs-serviceerror': 'Access+Denied%3a+The+token+has+expired.' },
      'Access Denied: The token has expired',
    ],
  ])('a page to sign in is a refusal of the token: %d %j', async (status, headers, reason) => {
    const page = '<!DOCTYPE html><title>Sign in to your account</title>';
    sandbox.failNext({ match: /status=active/, status, headers, body: page, foreign: true });
    await expect(connect(sandbox).find([], 'main')).rejects.toMatchObject({
      code: 'API_DENIED',
      message: expect.stringMatching(new RegExp(reason)),
      hint: expect.stringContaining('Make a personal access token'),
    });
    expect(asked().filter((one) => one === `GET ${status}`)).toHaveLength(1);
  });

  test('a page of another server is none of Azure', async () => {
    const headers = { 'content-type': 'text/html' };
    sandbox.failNext({ match: /status=active/, status: 403, headers, body: '<html>', foreign: true });
    await expect(connect(sandbox).find([], 'main')).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' });
  });

  test('an answer behind a byte order mark is read', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const body = Buffer.from('\uFEFF{"message":"TF400813: The user is not authorized to access this resource."}');
    sandbox.failNext({ match: /status=active/, status: 401, headers, body, foreign: true });
    await expect(connect(sandbox).find([], 'main')).rejects.toMatchObject({
      code: 'API_DENIED',
      message: expect.stringContaining('TF400813'),
    });
  });

  test('a text that is too long is refused with Azure’s reason, and the token is not blamed', async () => {
    await open(repository, 'release/web', 'main', 'x', '');
    await expect(connect(sandbox).update(1, { body: 'x'.repeat(4001) })).rejects.toMatchObject({
      message: expect.stringContaining('must not be longer than 4000 characters'),
      hint: expect.stringContaining('The token is not the cause'),
    });
  });

  test('sources that have parted are told as such', async () => {
    await repository.commit('main', { b: '1' });
    await repository.commit('other', { c: '1' }, { parent: 'main~1' });
    const [main = '', other = ''] = [await repository.tip('main'), await repository.tip('other')];
    expect(await connect(sandbox).compare('acme/manifests', main, other)).toMatchObject({
      status: 'diverged',
      total: 1,
    });
  });
});
