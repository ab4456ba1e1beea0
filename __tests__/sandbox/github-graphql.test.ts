import { describe, expect, test } from 'vitest';
import {
  CONVERT_TO_DRAFT,
  ENABLE_AUTO_MERGE,
  ENQUEUE,
  MILESTONE,
  moveMutation,
  pullRequestsQuery,
  REPOSITORY,
  TIP,
} from '../../src/forge/github/graphql-documents.ts';
import { eachWithVisitor } from './visitor.ts';

const visitor = eachWithVisitor();
const OF = { owner: 'acme', name: 'manifests' };
const ZEROS = '0'.repeat(40);

interface Nodes {
  readonly nodes: readonly Record<string, unknown>[];
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function find(variables: object = {}): Promise<Record<'open' | 'past0' | 'merged', Nodes>> {
  const { body } = await visitor().query(pullRequestsQuery(1), {
    ...OF,
    branch0: 'release/web',
    base: 'main',
    ...variables,
  });
  return (body as { data: { repository: Record<'open' | 'past0' | 'merged', Nodes> } }).data.repository;
}

function numbers({ nodes }: Nodes): unknown[] {
  return nodes.map(({ number }) => number);
}

/** The message of the one error in an answer. */
function problemIn(body: unknown): unknown {
  expect(body).toMatchObject({ errors: [{ message: expect.any(String), path: [expect.any(String)] }] });
  return (body as { errors: { type: string; message: string }[] }).errors.map(
    ({ type, message }) => `${type}: ${message}`,
  )[0];
}

describe('the pull requests', () => {
  test('tell about themselves and their heads', async () => {
    const { sandbox, repository, open } = visitor();
    await open({ labels: ['release'], draft: true, body: 'By the pipeline.' });
    const { open: found } = await find();
    const tip = await repository.tip('release/web');
    expect(found.nodes).toEqual([
      {
        id: expect.any(String),
        number: 1,
        url: `${sandbox.serverUrl}/acme/manifests/pull/1`,
        title: 'Release web',
        body: 'By the pipeline.',
        state: 'OPEN',
        isDraft: true,
        isCrossRepository: false,
        headRefName: 'release/web',
        headRefOid: tip,
        baseRefName: 'main',
        closedAt: null,
        labels: { nodes: [{ name: 'release' }] },
        assignees: { nodes: [] },
        reviewRequests: { nodes: [] },
        headRef: { target: { oid: tip } },
        commits: {
          totalCount: 1,
          nodes: [
            {
              commit: {
                oid: tip,
                message: 'Change by hand\n',
                tree: { oid: expect.stringMatching(/^[0-9a-f]{40}$/) },
                parents: { nodes: [{ oid: await repository.tip('main') }] },
                committer: { email: 'ada@example.com' },
                signature: null,
              },
            },
          ],
        },
        earlier: { nodes: [{ commit: { oid: tip, message: 'Change by hand\n' } }] },
        timelineItems: { nodes: [] },
      },
    ]);
  });

  test('are open, of a branch, or merged, into one base, the newest first', async () => {
    const { repository, open } = visitor();
    await repository.pullRequests.close(await open());
    await repository.pullRequests.merge(await open());
    await repository.commit('release/web', { 'web.yaml': 'image: web:1.4.3\n' });
    await open();
    await repository.commit('release/api', { 'api.yaml': 'image: api:1.4.3\n' });
    await repository.pullRequests.merge(await open({ head: 'release/api' }), 'squash');
    await repository.commit('staging', {});
    await open({ base: 'staging' });
    const { open: found, past0, merged } = await find();
    expect([numbers(found), numbers(past0), numbers(merged)]).toEqual([[3], [2, 1], [4, 2]]);
    expect(past0.nodes.map(({ state }) => state)).toEqual(['MERGED', 'CLOSED']);
  });

  test('come without a head when the branch is gone', async () => {
    const { repository, open } = visitor();
    await open();
    await repository.deleteBranch('release/web');
    const { open: found, past0 } = await find();
    expect(found.nodes).toEqual([]);
    expect(past0.nodes).toMatchObject([{ state: 'CLOSED', headRef: null, headRefOid: expect.any(String) }]);
  });

  test('may be from a fork', async () => {
    const { ask, open } = visitor();
    await open({ fork: true, head: 'patch' });
    expect((await find()).open.nodes).toMatchObject([{ isCrossRepository: true, headRefName: 'patch' }]);
    const listed = await ask('GET', '/repos/acme/manifests/pulls');
    expect(listed.body).toMatchObject([{ head: { label: 'mallory:patch', repo: { fork: true } } }]);
    expect((await ask('GET', '/repos/acme/manifests/pulls?head=acme:patch')).body).toEqual([]);
  });

  test('come in pages of a hundred', async () => {
    const { open } = visitor();
    for (let index = 0; index < 102; index += 1) await open({ fork: true, head: `patch-${index}` });
    const { open: first } = await find();
    expect([numbers(first)[0], numbers(first).length, first.pageInfo?.hasNextPage]).toEqual([102, 100, true]);
    const { open: second } = await find({ after: first.pageInfo?.endCursor });
    expect([numbers(second), second.pageInfo?.hasNextPage]).toEqual([[2, 1], false]);
  });

  test('are not told of a repository that the token does not know', async () => {
    const { sandbox, query } = visitor();
    const token = sandbox.createToken({ repositories: ['acme/other'] });
    const { status, body } = await query(pullRequestsQuery(1), { ...OF, branch0: 'a', base: 'b' }, token);
    expect([status, problemIn(body)]).toEqual([
      200,
      "NOT_FOUND: Could not resolve to a Repository with the name 'acme/manifests'.",
    ]);
    expect(body).toMatchObject({ data: { repository: null } });
  });
});

describe('auto-merge', () => {
  async function enable(method = 'SQUASH', head?: string): Promise<unknown> {
    const { repository, query } = visitor();
    const [{ id } = {}] = (await find()).open.nodes;
    const { body } = await query(ENABLE_AUTO_MERGE, {
      id,
      head: head ?? (await repository.tip('release/web')),
      mergeMethod: method,
    });
    return body;
  }

  test('is enabled where something is waited for', async () => {
    const { repository, open } = visitor();
    repository.allowAutoMerge = true;
    repository.requireChecks('main');
    await open();
    expect(await enable()).toEqual({ data: { enablePullRequestAutoMerge: { pullRequest: { number: 1 } } } });
    expect(await repository.pullRequests.get(1)).toMatchObject({ autoMerge: { method: 'squash' }, state: 'open' });
  });

  test('is not allowed unless the repository says so', async () => {
    await visitor().open();
    const message = 'UNPROCESSABLE: Pull request Auto merge is not allowed for this repository';
    expect(problemIn(await enable())).toBe(message);
  });

  test('is not enabled where nothing is waited for', async () => {
    const { repository, open } = visitor();
    repository.allowAutoMerge = true;
    repository.requireChecks('main');
    repository.passChecks('main');
    await open();
    expect(problemIn(await enable())).toBe('UNPROCESSABLE: Pull request Pull request is in clean status');
  });

  test.each([
    ['for another head', 'MERGE', ZEROS, 'Head branch was modified. Review and try the merge again.'],
    [
      'by a method that is not allowed',
      'REBASE',
      undefined,
      'Pull request Merge method rebase merging is not allowed on this repository',
    ],
  ])('is not enabled %s', async (_, method, head, message) => {
    const { repository, open } = visitor();
    repository.allowAutoMerge = true;
    repository.requireChecks('main');
    repository.mergeMethods.delete('rebase');
    await open();
    expect(problemIn(await enable(method, head))).toBe(`UNPROCESSABLE: ${message}`);
    expect(await repository.pullRequests.get(1)).toMatchObject({ autoMerge: null });
  });

  test('is not enabled on a draft', async () => {
    const { repository, open } = visitor();
    repository.allowAutoMerge = true;
    await open({ draft: true });
    expect(problemIn(await enable())).toContain('draft');
  });

  test('is not enabled for what is no pull request', async () => {
    const body = (await visitor().query(ENABLE_AUTO_MERGE, { id: 'nobody', head: ZEROS, mergeMethod: 'MERGE' })).body;
    expect(problemIn(body)).toBe("NOT_FOUND: Could not resolve to a node with the global id of 'nobody'.");
  });
});

describe('a merge queue', () => {
  async function enqueue(head?: string): Promise<unknown> {
    const { repository, query } = visitor();
    const [{ id } = {}] = (await find()).open.nodes;
    return (await query(ENQUEUE, { id, head: head ?? (await repository.tip('release/web')) })).body;
  }

  test('takes a pull request, once', async () => {
    const { repository, open } = visitor();
    repository.mergeQueue('main');
    await open();
    expect(problemIn(await enqueue(ZEROS))).toContain('Head branch was modified');
    expect(await enqueue()).toMatchObject({
      data: { enqueuePullRequest: { mergeQueueEntry: { id: expect.any(String) } } },
    });
    expect(await repository.pullRequests.get(1)).toMatchObject({ queued: true });
    expect(problemIn(await enqueue())).toContain('already in the queue');
  });

  test('is not there unless somebody made it', async () => {
    await visitor().open();
    expect(problemIn(await enqueue())).toContain('Merge queue is not enabled');
  });
});

test('a pull request is turned into a draft', async () => {
  const { repository, open, query } = visitor();
  await open();
  const [{ id } = {}] = (await find()).open.nodes;
  const { body } = await query(CONVERT_TO_DRAFT, { id });
  expect(body).toEqual({ data: { convertPullRequestToDraft: { pullRequest: { isDraft: true } } } });
  expect(await repository.pullRequests.get(1)).toMatchObject({ draft: true });
});

test('open milestones are found by a part of their title, and any by its number', async () => {
  const { repository, query } = visitor();
  repository.addMilestone('Sprint 11', 'closed');
  const number = repository.addMilestone('Sprint 12');
  repository.addMilestone('Later');
  const milestones = { nodes: [{ number, title: 'Sprint 12' }] };
  const named = await query(MILESTONE, { ...OF, title: 'sprint 1', number: 0, isNumber: false });
  expect(named.body).toEqual({ data: { repository: { milestones } } });
  const numbered = await query(MILESTONE, { ...OF, title: 'sprint 1', number: 1, isNumber: true });
  expect(numbered.body).toEqual({ data: { repository: { milestones, milestone: { number: 1, state: 'CLOSED' } } } });
  const unknown = await query(MILESTONE, { ...OF, title: 'sprint 1', number: 99, isNumber: true });
  expect(unknown.body).toEqual({ data: { repository: { milestones, milestone: null } } });
});

describe('a branch', () => {
  async function idAndTip(ref: string) {
    const [repository, tip] = [await visitor().query(REPOSITORY, OF), await visitor().query(TIP, { ...OF, ref })];
    const { id } = (repository.body as { data: { repository: { id: string } } }).data.repository;
    const { ref: found } = (tip.body as { data: { repository: { ref: { target: { oid: string } } | null } } }).data
      .repository;
    return { id, tip: found?.target.oid };
  }

  async function move(ref: string, before: string, after: string): Promise<unknown> {
    const { id } = await idAndTip(ref);
    const refUpdates = [{ name: ref, beforeOid: before, afterOid: after, force: true }];
    return (await visitor().query(moveMutation(false), { updates: { repositoryId: id, refUpdates } })).body;
  }

  test('is told, and moved when it is where it was expected', async () => {
    const { repository } = visitor();
    const [main = '', release = ''] = [await repository.tip('main'), await repository.tip('release/web')];
    expect(await idAndTip('refs/heads/release/web')).toMatchObject({ tip: release });
    expect(await idAndTip('refs/heads/none')).toMatchObject({ tip: undefined });
    expect(await move('refs/heads/new', ZEROS, main)).toEqual({ data: { updateRefs: { clientMutationId: null } } });
    expect(await repository.tip('new')).toBe(main);
    await move('refs/heads/new', main, release);
    expect(await repository.tip('new')).toBe(release);
    // Backwards too, as by force.
    await move('refs/heads/new', release, main);
    expect(await repository.tip('new')).toBe(main);
  });

  test('is not moved when somebody was faster', async () => {
    const { repository } = visitor();
    const [main = '', release = ''] = [await repository.tip('main'), await repository.tip('release/web')];
    expect(problemIn(await move('refs/heads/release/web', main, main))).toMatch(/^STALE_DATA: Expected branch/);
    expect(problemIn(await move('refs/heads/release/web', ZEROS, main))).toMatch(/^STALE_DATA/);
    expect(problemIn(await move('refs/heads/none', main, main))).toMatch(/^STALE_DATA/);
    expect(await repository.tip('release/web')).toBe(release);
  });

  test('is not moved when it is protected, or to what is not there', async () => {
    const { repository } = visitor();
    const [main = '', release = ''] = [await repository.tip('main'), await repository.tip('release/web')];
    repository.protect('main');
    const message =
      'BRANCH_PROTECTION_RULE_VIOLATION: Branch protection rule violations found\n\nChanges must be made through a pull request.';
    expect(problemIn(await move('refs/heads/main', main, release))).toBe(message);
    const absent = '1'.repeat(40);
    expect(problemIn(await move('refs/heads/new', ZEROS, absent))).toContain('Object does not exist');
  });
});

describe('a visitor', () => {
  test.each([
    ['fine-grained', 'Resource not accessible by personal access token'],
    ['installation', 'Resource not accessible by integration'],
  ] as const)('whose %s token lacks a permission is told so in an answer 200', async (kind, message) => {
    const { sandbox, query } = visitor();
    const token = sandbox.createToken({ kind, permission: 'read', pullRequests: 'none' });
    const { status, body } = await query(pullRequestsQuery(1), { ...OF, branch0: 'a', base: 'b' }, token);
    expect([status, problemIn(body)]).toEqual([200, `FORBIDDEN: ${message}`]);
  });

  test('who has not signed on is told where to', async () => {
    const { sandbox, query } = visitor();
    const token = sandbox.createToken({ kind: 'classic', sso: true });
    const { status, headers, body } = await query(pullRequestsQuery(1), { ...OF, branch0: 'a', base: 'b' }, token);
    expect([status, headers.get('x-github-sso')]).toEqual([200, expect.stringMatching(/^required; url=http/)]);
    expect(body).toMatchObject({ errors: [{ type: 'FORBIDDEN', extensions: { saml_failure: true } }] });
  });

  test('with a wrong token is turned away', async () => {
    const { status, body } = await visitor().query(TIP, { ...OF, ref: 'refs/heads/main' }, 'wrong');
    expect([status, body]).toMatchObject([401, { message: 'Bad credentials' }]);
  });
});

test('operations are recorded, and fail on demand, by their names', async () => {
  const { sandbox, query, open } = visitor();
  await open();
  sandbox.failNext({ match: /graphql Tip$/, status: 502 });
  const ran: string[] = [];
  sandbox.beforeNext({ match: /^POST \/api\/graphql PullRequests$/, run: () => ran.push('PullRequests') });
  await find();
  expect(ran).toEqual(['PullRequests']);
  expect((await query(TIP, { ...OF, ref: 'refs/heads/main' })).status).toBe(502);
  expect(sandbox.requests.map(({ path, operation, status }) => [path, operation, status])).toEqual([
    ['/api/graphql', 'PullRequests', 200],
    ['/api/graphql', 'Tip', 502],
  ]);
});
