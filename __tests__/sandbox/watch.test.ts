import { expect, test } from 'vitest';
import { git } from '../../src/git/run-git.ts';
import { eachWithVisitor } from './visitor.ts';

const visitor = eachWithVisitor();
const PULLS = '/repos/acme/manifests/pulls';

test('requests are counted from when the watch begins, before and after their answers', async () => {
  const { ask, sandbox } = visitor();
  await ask('GET', PULLS);
  const seen: string[] = [];
  sandbox.watch({ before: (n) => seen.push(`before ${n}`), after: (n) => seen.push(`after ${n}`) });
  await ask('GET', PULLS);
  sandbox.watch({ before: (n) => seen.push(`other ${n}`) });
  await ask('GET', PULLS);
  await sandbox.close();
  expect(seen).toEqual(['before 1', 'after 1', 'before 2', 'other 1', 'after 2']);
});

test('a request is carried out before it is answered', async () => {
  const { ask, sandbox } = visitor();
  const found: number[] = [];
  sandbox.watch({ before: async () => found.push((await sandbox.pullRequests()).length) });
  await ask('POST', PULLS, { title: 'Release web', head: 'release/web', base: 'main' });
  expect(found).toEqual([1]);
});

test('a push is taken before it is answered', async () => {
  const { sandbox, repository } = visitor();
  const tips: (string | undefined)[] = [];
  sandbox.watch({ before: async () => tips.push(await repository.tip('new')) });
  const header = `Authorization: Basic ${Buffer.from(`x:${sandbox.token}`).toString('base64')}`;
  const config = { 'protocol.http.allow': 'always', 'http.extraHeader': header };
  const url = `${sandbox.serverUrl}/acme/manifests.git`;
  await git(['push', '--quiet', url, 'main:refs/heads/new'], { gitDir: repository.gitDir, config });
  expect(tips).toEqual([undefined, await repository.tip('main')]);
});

test('a client that hangs up before its answer has had its request carried out', async () => {
  const { sandbox } = visitor();
  const client = new AbortController();
  sandbox.watch({ before: () => client.abort() });
  const body = JSON.stringify({ title: 'Release web', head: 'release/web', base: 'main' });
  const headers = { authorization: `Bearer ${sandbox.token}` };
  const asked = fetch(`${sandbox.apiUrl}${PULLS}`, { method: 'POST', headers, body, signal: client.signal });
  await expect(asked).rejects.toThrow('aborted');
  expect(await sandbox.pullRequests()).toHaveLength(1);
});
