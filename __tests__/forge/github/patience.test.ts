/** GitHub is not up to date at once: each form in which it says so is asked again before it is believed. */
import { afterEach, describe, expect, test } from 'vitest';
import { LAG_OF_A_MERGE, LAG_OF_A_PUSH, LAG_OF_AN_OPENING, LAG_OF_AUTO_MERGE } from '../../../sandbox/lag.ts';
import type { Attributes, Forge, PullRequest } from '../../../src/forge/forge.ts';
import { gitHub } from '../../../src/forge/github/github.ts';
import { ServerToken } from '../../../src/forge/github/server-token.ts';
import { startStubApi, type Answer, type StubApi } from '../stub-api.ts';

let api: StubApi;
const logged: string[] = [];
afterEach(async () => {
  logged.length = 0;
  await api.close();
});

const PULL_REQUEST = {
  node_id: 'PR_1',
  number: 1,
  html_url: 'https://github.com/acme/manifests/pull/1',
  title: 'Release web',
  body: '',
  state: 'open',
  labels: [],
  head: { ref: 'release/web', sha: 'a'.repeat(40) },
};
const WANTED = { branch: 'release/web', base: 'main', title: 'Release web', body: '', draft: false };
const NOTHING: Attributes = {
  labels: [],
  reviewers: [],
  'team-reviewers': [],
  assignees: [],
  milestone: '',
  'auto-merge': '',
  draft: false,
};
const TRIES = 4;

/** Answers requests that match so, `times` times; all others well. */
async function start(match: RegExp, answer: Answer | undefined, times: number): Promise<Forge> {
  let left = times;
  api = await startStubApi(({ request, body }) => {
    const text = `${request} ${(body as { query?: string } | undefined)?.query ?? ''}`;
    if (match.test(text) && left > 0) {
      left -= 1;
      return answer;
    }
    if (text.includes('enablePullRequestAutoMerge') && match.source !== 'AutoMerge') {
      const errors = [{ type: 'UNPROCESSABLE', message: 'Pull request Pull request is in clean status' }];
      return { status: 200, body: { data: { enablePullRequestAutoMerge: null }, errors } };
    }
    return { status: 200, body: request.includes('graphql') ? { data: {} } : { ...PULL_REQUEST, merged: true } };
  });
  const server = ServerToken.restored({ apiUrl: api.apiUrl, token: 'ghs_x' });
  const limits = { retry: 1, patience: [1, 1, 1] };
  const log = (text: string): number => logged.push(text);
  return gitHub({ manifests: server, source: server, owner: 'acme', repo: 'manifests', limits, log });
}

const asked = (match: RegExp): number =>
  api.asked.filter(({ request, body }) => match.test(`${request} ${JSON.stringify(body)}`)).length;

const give = (forge: Forge, wanted: Partial<Attributes>) =>
  forge.giveAttributes(
    { ...PULL_REQUEST, id: 'PR_1', draft: false } as unknown as PullRequest,
    NOTHING,
    { ...NOTHING, ...wanted },
    'a',
  );

describe.each(Object.entries(LAG_OF_A_PUSH))('opening, answered with %s', (what, answer) => {
  test('is tried again', async () => {
    const forge = await start(/POST .*\/pulls /, answer, TRIES - 1);
    expect(await forge.open(WANTED)).toMatchObject({ number: 1 });
    expect(asked(/POST .*\/pulls /)).toBe(TRIES);
    expect(logged).toEqual([expect.stringMatching(/^GitHub is not up to date yet \(.+\); trying again$/)]);
  });

  test('is believed in the end', async () => {
    const forge = await start(/POST .*\/pulls /, answer, 99);
    const isEmpty = JSON.stringify(answer).includes('No commits');
    await expect(forge.open(WANTED), what).rejects.toMatchObject({ code: isEmpty ? 'NO_COMMITS' : 'API_DENIED' });
    expect(asked(/POST .*\/pulls /)).toBe(TRIES);
  });
});

describe.each(Object.entries(LAG_OF_AN_OPENING))('right after the opening, %s', (_, answer) => {
  test.each<[what: string, match: RegExp, change: (forge: Forge) => Promise<unknown>]>([
    ['labels', /POST .*\/issues\/1\/labels/, (forge) => give(forge, { labels: ['urgent', 'release'] })],
    ['reviewers', /POST .*requested_reviewers/, (forge) => give(forge, { reviewers: ['ada'] })],
    ['an update', /PATCH .*\/pulls\/1/, (forge) => forge.update(1, { title: 'x' })],
  ])('of %s is tried again, and believed in the end', async (__, match, change) => {
    await change(await start(match, answer, TRIES - 1));
    expect(asked(match)).toBe(TRIES);
    await api.close();
    const result = change(await start(match, answer, 99));
    // What is given one by one after a refusal is not waited for again.
    const expected = match.source.includes('labels') ? TRIES + 2 : TRIES;
    if (match.source.includes('PATCH')) await expect(result).rejects.toMatchObject({ code: 'API_DENIED' });
    else
      expect(await result).toMatchObject({
        refused: [expect.any(Object), ...(expected > TRIES ? [expect.any(Object)] : [])],
      });
    expect(asked(match)).toBe(expected);
  });
});

test.each(Object.entries(LAG_OF_A_MERGE))('a merge, answered with %s, is tried again', async (_, answer) => {
  const forge = await start(/PUT .*\/merge/, answer, TRIES - 1);
  expect(await give(forge, { 'auto-merge': 'squash' })).toMatchObject({ refused: [] });
  expect(asked(/PUT .*\/merge/)).toBe(TRIES);
});

test.each(Object.entries(LAG_OF_AUTO_MERGE))('auto-merge, answered with %s, is tried again', async (_, answer) => {
  const forge = await start(/AutoMerge/, answer, TRIES - 1);
  expect(await give(forge, { 'auto-merge': 'squash' })).toMatchObject({ refused: [] });
  expect(asked(/AutoMerge/)).toBe(TRIES);
});

test.each<[what: string, answer: Answer]>([
  ['a title that is too long', { status: 422, body: { message: 'Validation Failed', errors: ['title is too long'] } }],
  [
    'a base that is not there',
    { status: 422, body: { message: 'Validation Failed', errors: [{ field: 'base', code: 'invalid' }] } },
  ],
  ['no permission', { status: 403, body: { message: 'Resource not accessible by integration' } }],
  ['no repository', { status: 404, body: { message: 'Not Found' } }],
])('%s is believed at once', async (_, answer) => {
  const forge = await start(/POST .*\/pulls /, answer, 99);
  await expect(forge.open(WANTED)).rejects.toMatchObject({ code: 'API_DENIED' });
  expect(asked(/POST .*\/pulls /)).toBe(1);
});
