import { describe, expect, test } from 'vitest';
import { eachWithVisitor, type ApiAnswer } from './visitor.ts';

const visitor = eachWithVisitor();

async function merge(fields: object = {}): Promise<ApiAnswer> {
  return await visitor().ask('PUT', '/repos/acme/manifests/pulls/1/merge', fields);
}

describe('a pull request is merged', () => {
  test('by a merge commit', async () => {
    const { open, repository } = visitor();
    await open();
    const parents = [await repository.tip('main'), await repository.tip('release/web')];
    const { status, body } = await merge({ sha: parents[1] });
    const sha = await repository.tip('main');
    expect([status, body]).toEqual([200, { sha, merged: true, message: 'Pull Request successfully merged' }]);
    const [newest] = await repository.log('main');
    expect(newest).toMatchObject({
      subject: 'Merge pull request #1 from acme/release/web',
      body: 'Release web',
      parents,
      author: { name: 'github-actions[bot]' },
      committer: { name: 'GitHub', email: 'noreply@github.com' },
    });
    expect(await repository.pullRequests.get(1)).toMatchObject({ state: 'closed', mergeCommit: sha });
  });

  test('by squashing, with words of its own', async () => {
    const { open, repository } = visitor();
    await repository.commit('release/web', { 'web.yaml': 'image: web:1.4.3\n' });
    await open();
    await merge({ merge_method: 'squash', commit_title: 'Release', commit_message: 'All of it.' });
    const log = await repository.log('main');
    expect(log.map(({ subject, body }) => [subject, body])).toEqual([
      ['Release', 'All of it.'],
      ['First manifests', ''],
    ]);
    expect(await repository.read('main', 'web.yaml')).toBe('image: web:1.4.3\n');
  });

  test('by rebasing, which leaves authors and messages', async () => {
    const { open, repository } = visitor();
    const lovelace = { name: 'Grace Hopper', email: 'grace@example.com' };
    await repository.commit('release/web', { 'api.yaml': 'a: 1\n' }, { message: 'Second\n', author: lovelace });
    await repository.commit('main', { 'other.yaml': 'a: 1\n' }, { message: 'Meanwhile\n' });
    await open();
    await merge({ merge_method: 'rebase' });
    const log = await repository.log('main');
    expect(log.map(({ subject }) => subject)).toEqual(['Second', 'Change by hand', 'Meanwhile', 'First manifests']);
    expect(log[0]).toMatchObject({ author: lovelace, committer: { name: 'GitHub' } });
    expect(Object.keys(await repository.files('main'))).toEqual(['api.yaml', 'other.yaml', 'web.yaml']);
  });
});

describe('a pull request is not merged', () => {
  test('when its head is another', async () => {
    const { open } = visitor();
    await open();
    const { status, body } = await merge({ sha: '1'.repeat(40) });
    expect([status, body]).toMatchObject([
      409,
      { message: 'Head branch was modified. Review and try the merge again.' },
    ]);
  });

  test.each([
    ['when a check is missing', 'Required status check "ci" is expected.'],
    ['past a merge queue', 'Changes must be made through the merge queue'],
    ['by a method that is not allowed', 'Squash merges are not allowed on this repository.'],
    ['when it is a draft', 'Pull Request is still a draft'],
    ['when it is closed', 'Pull Request is not mergeable'],
    ['when it conflicts', 'Pull Request is not mergeable'],
  ])('%s', async (reason, message) => {
    const { open, repository } = visitor();
    const number = await open({ draft: reason === 'when it is a draft' });
    if (reason === 'when a check is missing') repository.requireChecks('main');
    if (reason === 'past a merge queue') repository.mergeQueue('main');
    if (reason === 'by a method that is not allowed') repository.mergeMethods.delete('squash');
    if (reason === 'when it is closed') await repository.pullRequests.close(number);
    if (reason === 'when it conflicts') await repository.commit('main', { 'web.yaml': 'image: web:1.5.0\n' });
    const before = await repository.tip('main');
    const { status, body } = await merge({ merge_method: 'squash' });
    expect([status, body]).toMatchObject([405, { message }]);
    expect(await repository.tip('main')).toBe(before);
  });
});

test('what a repository allows is told to whoever may push', async () => {
  const { ask, sandbox, repository } = visitor();
  repository.allowAutoMerge = true;
  repository.mergeMethods.delete('rebase');
  expect((await ask('GET', '/repos/acme/manifests')).body).toMatchObject({
    permissions: { push: true, pull: true },
    allow_auto_merge: true,
    allow_squash_merge: true,
    allow_rebase_merge: false,
  });
  const reader = sandbox.createToken({ permission: 'read' });
  const { body } = await ask('GET', '/repos/acme/manifests', undefined, reader);
  expect(body).toMatchObject({ permissions: { push: false, pull: true } });
  expect(body).not.toHaveProperty('allow_auto_merge');
});

test('a repository may be without drafts', async () => {
  const { ask, sandbox } = visitor();
  const small = await sandbox.createRepository('acme/small', { 'web.yaml': 'a: 1\n' }, { allowDrafts: false });
  await small.commit('release/web', { 'web.yaml': 'a: 2\n' });
  const opening = { title: 'Release web', head: 'release/web', base: 'main' };
  expect(await ask('POST', '/repos/acme/small/pulls', { ...opening, draft: true })).toMatchObject({
    status: 422,
    body: { message: 'Draft pull requests are not supported in this repository.' },
  });
  expect((await ask('POST', '/repos/acme/small/pulls', opening)).status).toBe(201);
});
