import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { git } from '../../src/git/run-git.ts';
import type { CloneStore } from '../../src/git/clone-store.ts';
import { AUTHOR, eachWithClones, type Clones } from './clones.ts';

const LARGE = Array.from({ length: 50 }, (_, index) => [
  `apps/a${index}.yaml`,
  `a: ${randomBytes(6000).toString('hex')}\n`,
]);
const FILES = { 'web.yaml': 'image: acme/web:1.4.1\n', ...Object.fromEntries(LARGE) };
/** Bytes that a push of one changed file takes with its requests, far below those of the repository. */
const SMALL = 8000;

const clones = eachWithClones(FILES);

/** From now on a commit on the base comes before the answer to each request. */
function keepBaseBusy({ sandbox, origin }: Clones): void {
  let count = 0;
  const run = () => origin.commit('main', { 'busy.yaml': `count: ${(count += 1)}\n` });
  sandbox.beforeNext({ match: /./, times: Infinity, run });
}

async function commit(repository: CloneStore): Promise<string> {
  const files = [{ path: 'web.yaml', mode: '100644', bytes: Buffer.from('image: acme/web:1.4.2\n') }];
  const parent = repository.baseCommit;
  return (await repository.write({ parent, message: 'x\n', author: AUTHOR, time: 1, files })).id;
}

/** Pushes as a release does: again from the new tip of the base where the push came too late. Gives the attempts. */
async function release(repository: CloneStore, attempts = 1): Promise<number> {
  if (await repository.push(await commit(repository), 'release/web', '')) return attempts;
  if (attempts === 5) throw new Error('lost five races');
  await repository.refresh();
  return release(repository, attempts + 1);
}

describe.each([
  ['without paths', []],
  ['below paths', ['web.yaml']],
])('a push from a clone %s', (_, paths) => {
  test('sends what the commit adds', async () => {
    const { sandbox, clone } = clones();
    const repository = await clone({ paths });
    const id = await commit(repository);
    const { received } = sandbox.traffic;
    const requests = sandbox.requests.length;
    expect(await repository.push(id, 'release/web', '')).toBe(true);
    expect(sandbox.traffic.received - received).toBeLessThan(SMALL);
    expect(sandbox.requests.length - requests, 'the advertisement and the pack').toBe(2);
  });

  test('comes too late, and sends nothing, when the base has moved', async () => {
    const { sandbox, origin, clone } = clones();
    const repository = await clone({ paths });
    const id = await commit(repository);
    await origin.commit('main', { 'web.yaml': 'image: acme/web:1.4.1 # moved\n' });
    const { received } = sandbox.traffic;
    expect(await repository.push(id, 'release/web', '')).toBe(false);
    expect(sandbox.traffic.received - received).toBeLessThan(SMALL);
    expect(await origin.tip('release/web')).toBeUndefined();
    await repository.refresh();
    expect(await repository.push(await commit(repository), 'release/web', '')).toBe(true);
    expect((await origin.log('release/web')).map(({ sha }) => sha)).toContain(await origin.tip('main'));
  });

  test('succeeds beside a base that moves at each request, and sends no more than the commits add', async () => {
    const { sandbox, origin, clone } = clones();
    keepBaseBusy(clones());
    const repository = await clone({ paths });
    const { received } = sandbox.traffic;
    expect(await release(repository)).toBe(2);
    expect(sandbox.traffic.received - received).toBeLessThan(2 * SMALL);
    expect(await origin.read('release/web', 'web.yaml')).toBe('image: acme/web:1.4.2\n');
    expect(await origin.tip('main')).not.toBe(repository.baseCommit);
  });

  test('is no race for a moved base when the commit is on top of the branch', async () => {
    const { origin, clone } = clones();
    const repository = await clone({ paths });
    const first = await commit(repository);
    expect(await repository.push(first, 'release/web', '')).toBe(true);
    await origin.commit('main', { 'busy.yaml': 'count: 1\n' });
    await repository.refresh();
    expect(await repository.push(await commit(repository), 'release/web', first)).toBe(true);
  });

  test('does without atomic pushes where the server has none', async () => {
    const { sandbox, origin, clone } = clones();
    await git(['config', 'receive.advertiseAtomic', 'false'], { gitDir: origin.gitDir });
    const repository = await clone({ paths });
    const first = await commit(repository);
    const { received } = sandbox.traffic;
    expect(await repository.push(first, 'release/web', '')).toBe(true);
    expect(await origin.tip('release/web')).toBe(first);
    await origin.commit('main', { 'busy.yaml': 'count: 1\n' });
    const second = await commit(repository);
    expect(await repository.push(second, 'release/web-2', '')).toBe(false);
    expect(await repository.push(second, 'release/web-2', '')).toBe(true);
    expect(sandbox.traffic.received - received).toBeLessThan(2 * SMALL);
  });

  test('has no second push where the base is what is pushed to', async () => {
    const { origin, clone } = clones();
    const repository = await clone({ paths });
    const id = await commit(repository);
    const seen = repository.baseCommit;
    expect(await repository.push(id, 'main', seen)).toBe(true);
    expect(repository.baseCommit).toBe(id);
    expect(await repository.push(await commit(repository), 'main', seen)).toBe(false);
    expect(await origin.tip('main')).toBe(id);
  });
});

describe('what a push says to the server', () => {
  test('reaches it, and its answer is heard', async () => {
    const { clone, origin, sandbox } = clones();
    const repository = await clone();
    const heard: string[] = [];
    const talk = {
      options: ['merge_request.create', 'merge_request.target=main', 'merge_request.title=Ship it 🚀'],
      heard: (lines: readonly string[]) => void heard.push(...lines),
    };
    expect(await repository.push(await commit(repository), 'release/web', '', talk)).toBe(true);
    expect(await origin.pullRequests.all()).toMatchObject([{ head: 'release/web', base: 'main', title: 'Ship it 🚀' }]);
    const page = `${sandbox.serverUrl}/${origin.fullName}/-/merge_requests/1`;
    expect(heard).toEqual(['View merge request for release/web:', page]);
  });

  test('is left out where the server takes no options', async () => {
    const { clone, origin } = clones();
    const repository = await clone({ fullName: `file://${origin.gitDir}` });
    const talk = { options: ['merge_request.create'], heard: () => undefined };
    expect(await repository.push(await commit(repository), 'release/web', '', talk)).toBe(true);
    expect(await origin.tip('release/web')).toBeDefined();
  });
});
