import { describe, expect, test } from 'vitest';
import { eachWithVisitor } from './visitor.ts';

const visitor = eachWithVisitor({ collaborators: ['ada', 'Grace'], teams: ['platform'] });
const ISSUE = '/repos/acme/manifests/issues/1';
const REVIEWERS = '/repos/acme/manifests/pulls/1/requested_reviewers';

describe('labels', () => {
  test('are added to those that are there, and made where nobody had them', async () => {
    const { ask, open, repository } = visitor();
    await open({ labels: [repository.label('kept')] });
    const first = await ask('POST', `${ISSUE}/labels`, { labels: ['release', 'env: staging'] });
    expect([first.status, first.body]).toMatchObject([
      200,
      [{ name: 'kept' }, { name: 'release' }, { name: 'env: staging' }],
    ]);
    const again = await ask('POST', `${ISSUE}/labels`, { labels: ['Release'] });
    expect(again.body).toHaveLength(3);
    expect(await repository.pullRequests.get(1)).toMatchObject({ labels: ['kept', 'release', 'env: staging'] });
  });

  test('are removed by name', async () => {
    const { ask, open, repository } = visitor();
    await open({ labels: ['env: staging/eu', 'kept'] });
    const removed = await ask('DELETE', `${ISSUE}/labels/${encodeURIComponent('env: staging/eu')}`);
    expect([removed.status, removed.body]).toMatchObject([200, [{ name: 'kept' }]]);
    expect((await ask('DELETE', `${ISSUE}/labels/none`)).body).toMatchObject({ message: 'Label does not exist' });
    expect(sandboxStatus()).toBe(404);
    expect(await repository.pullRequests.get(1)).toMatchObject({ labels: ['kept'] });
  });

  test('are no longer than fifty characters', async () => {
    const { ask, open } = visitor();
    await open();
    const { status, body } = await ask('POST', `${ISSUE}/labels`, { labels: ['ä'.repeat(51)] });
    const message = 'name is too long (maximum is 50 characters)';
    expect([status, body]).toMatchObject([422, { errors: [{ resource: 'Label', message }] }]);
  });
});

test('assignees are those who may push; others are left out without a word', async () => {
  const { ask, open, repository } = visitor();
  await open();
  const { status, body } = await ask('POST', `${ISSUE}/assignees`, { assignees: ['grace', 'mallory'] });
  expect([status, body]).toMatchObject([201, { number: 1, assignees: [{ login: 'Grace' }] }]);
  expect(await repository.pullRequests.get(1)).toMatchObject({ assignees: ['Grace'] });
});

describe('a milestone', () => {
  test('is set by its number, and taken off', async () => {
    const { ask, open, repository } = visitor();
    await open();
    const milestone = repository.addMilestone('Sprint 12');
    expect((await ask('PATCH', ISSUE, { milestone })).body).toMatchObject({ milestone: { title: 'Sprint 12' } });
    expect((await ask('GET', '/repos/acme/manifests/pulls')).body).toMatchObject([
      { milestone: { number: milestone } },
    ]);
    expect((await ask('PATCH', ISSUE, { milestone: null })).body).toMatchObject({ milestone: null });
  });

  test('that is not there is refused', async () => {
    const { ask, open } = visitor();
    await open();
    const { status, body } = await ask('PATCH', ISSUE, { milestone: 7 });
    expect([status, body]).toMatchObject([422, { errors: [{ field: 'milestone', code: 'invalid', value: '7' }] }]);
  });
});

test('a pull request is written and closed as the issue that it is too', async () => {
  const { ask, open } = visitor();
  await open();
  const { body } = await ask('PATCH', ISSUE, { title: 'New', body: 'Text', state: 'closed' });
  expect(body).toMatchObject({ title: 'New', body: 'Text', state: 'closed', pull_request: { merged_at: null } });
  expect((await ask('PATCH', ISSUE, { title: 'x'.repeat(257) })).status).toBe(422);
});

describe('reviewers', () => {
  test('are people and teams who may push', async () => {
    const { ask, open, repository } = visitor();
    await open({ reviewers: ['ada'] });
    const { status, body } = await ask('POST', REVIEWERS, { reviewers: ['grace'], team_reviewers: ['platform'] });
    expect([status, body]).toMatchObject([
      201,
      { requested_reviewers: [{ login: 'ada' }, { login: 'grace' }], requested_teams: [{ slug: 'platform' }] },
    ]);
    expect(await repository.pullRequests.get(1)).toMatchObject({ teamReviewers: ['platform'] });
  });

  test('are asked all or none', async () => {
    const { ask, open, repository } = visitor();
    await open();
    const { status, body } = await ask('POST', REVIEWERS, { reviewers: ['ada', 'mallory'] });
    const message =
      'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a ' +
      'collaborator of the acme/manifests repository.';
    expect([status, body]).toMatchObject([422, { message }]);
    expect((await ask('POST', REVIEWERS, { team_reviewers: ['none'] })).status).toBe(422);
    expect(await repository.pullRequests.get(1)).toMatchObject({ reviewers: [] });
  });

  test('do not review their own', async () => {
    const { ask, sandbox } = visitor();
    const token = sandbox.createToken({ kind: 'classic', login: 'ada' });
    const opening = { title: 'Release web', head: 'release/web', base: 'main' };
    expect((await ask('POST', '/repos/acme/manifests/pulls', opening, token)).body).toMatchObject({
      user: { login: 'ada', type: 'User' },
    });
    const { status, body } = await ask('POST', REVIEWERS, { reviewers: ['Ada'] });
    expect([status, body]).toMatchObject([422, { message: 'Review cannot be requested from pull request author.' }]);
  });
});

test('what is no pull request is not found', async () => {
  const { ask } = visitor();
  const statuses = [
    await ask('PATCH', ISSUE, { title: 'a' }),
    await ask('POST', `${ISSUE}/labels`, { labels: ['a'] }),
    await ask('DELETE', `${ISSUE}/labels/a`),
    await ask('POST', `${ISSUE}/assignees`, { assignees: ['ada'] }),
    await ask('POST', REVIEWERS, { reviewers: ['ada'] }),
    await ask('PUT', '/repos/acme/manifests/pulls/1/merge', {}),
  ].map(({ status }) => status);
  expect(statuses).toEqual([404, 404, 404, 404, 404, 404]);
});

function sandboxStatus(): number | undefined {
  return visitor().sandbox.requests.at(-1)?.status;
}
