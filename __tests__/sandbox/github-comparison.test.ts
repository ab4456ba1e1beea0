import { beforeEach, describe, expect, test } from 'vitest';
import type { SandboxRepository } from '../../sandbox/sandbox.ts';
import { eachWithVisitor, type ApiAnswer } from './visitor.ts';

const visitor = eachWithVisitor();
let web: SandboxRepository;

beforeEach(async () => {
  web = await visitor().sandbox.createRepository('acme/web', { 'main.go': 'v1' });
  await web.tag('v1.4.1');
  for (const message of ['Fix a typo\n\nCloses #7\n', 'Add a cart\n'])
    await web.commit('main', { a: message }, { message });
  await web.tag('v1.4.2');
});

async function compare(base: string, head: string, query = ''): Promise<ApiAnswer> {
  const range = [base, head].map(encodeURIComponent).join('...');
  return await visitor().ask('GET', `/repos/acme/web/compare/${range}${query}`);
}

describe('two revisions', () => {
  test('are compared by their tags', async () => {
    const { sandbox } = visitor();
    const { status, body } = await compare('v1.4.1', 'v1.4.2');
    const [newest, older] = await web.log('main');
    expect([status, body]).toMatchObject([
      200,
      {
        html_url: `${sandbox.serverUrl}/acme/web/compare/v1.4.1...v1.4.2`,
        status: 'ahead',
        ahead_by: 2,
        behind_by: 0,
        total_commits: 2,
        base_commit: { sha: (await web.log('v1.4.1'))[0]?.sha },
        commits: [
          {
            sha: older?.sha,
            html_url: `${sandbox.serverUrl}/acme/web/commit/${older?.sha}`,
            commit: { message: 'Fix a typo\n\nCloses #7\n', author: { name: 'Ada Lovelace' } },
          },
          { sha: newest?.sha },
        ],
      },
    ]);
  });

  test.each([
    ['v1.4.2', 'v1.4.1', 'behind', 0, 2],
    ['v1.4.2', 'main', 'identical', 0, 0],
    ['feature/cart', 'main', 'diverged', 2, 1],
  ])('%s...%s', async (base, head, status, ahead, behind) => {
    await web.commit('feature/cart', { b: 'b' }, { parent: 'v1.4.1' });
    const { body } = await compare(base, head);
    expect(body).toMatchObject({ status, ahead_by: ahead, behind_by: behind });
  });

  test('may be commits, whole or shortened', async () => {
    const [newest, , oldest] = await web.log('main');
    expect((await compare(oldest?.sha ?? '', newest?.sha.slice(0, 7) ?? '')).body).toMatchObject({ ahead_by: 2 });
  });

  test.each([
    ['none', 'main'],
    ['main', 'none'],
    ['main', '1234567'],
    ['main', '--help'],
  ])('that are not there are not found: %s...%s', async (base, head) => {
    expect(await compare(base, head)).toMatchObject({ status: 404, body: { message: 'Not Found' } });
  });

  test('without a common past are not compared', async () => {
    const tree = (await web.text(['rev-parse', 'main^{tree}'])).trim();
    const environment = {
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a',
    };
    const orphan = (await web.text(['commit-tree', '-m', 'orphan', tree], { environment })).trim();
    expect(await compare('main', orphan)).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('No common ancestor') },
    });
  });
});

test('no more than 250 commits are told at once', async () => {
  const commit = (index: number) =>
    `commit refs/heads/main\ncommitter A <a@b> ${1_800_000_000 + index} +0000\ndata 3\n${String(index).padStart(3, '0')}\n`;
  const input = [
    `${commit(0)}from refs/heads/main^0\n`,
    ...Array.from({ length: 299 }, (_, index) => commit(index + 1)),
  ];
  await web.text(['fast-import', '--quiet', '--force'], { input: input.join('') });
  const messages = ({ body }: ApiAnswer) =>
    (body as { commits: { commit: { message: string } }[] }).commits.map(({ commit: { message } }) => message);
  const whole = await compare('v1.4.2', 'main');
  expect(whole.body).toMatchObject({ total_commits: 300 });
  expect([messages(whole).length, messages(whole)[0], messages(whole).at(-1)]).toEqual([250, '050', '299']);
  const page = messages(await compare('v1.4.2', 'main', '?per_page=100&page=2'));
  expect([page.length, page[0]]).toEqual([100, '100']);
});

test('a private repository is compared for those who may read it', async () => {
  const { ask, sandbox } = visitor();
  const other = sandbox.createToken({ repositories: ['acme/manifests'] });
  expect((await ask('GET', '/repos/acme/web/compare/v1.4.1...v1.4.2', undefined, other)).status).toBe(404);
  const none = sandbox.createToken({ contents: 'none' });
  const { status, headers } = await ask('GET', '/repos/acme/web/compare/v1.4.1...v1.4.2', undefined, none);
  expect([status, headers.get('x-accepted-github-permissions')]).toEqual([403, 'contents=read']);
});
