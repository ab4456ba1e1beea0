/** A run that is cut off at any moment: the next one ends where an undisturbed one does. */
import { expect, test } from 'vitest';
import { scenarios, type Scenario } from './harness.ts';

const FILES = { 'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n' };
const INPUTS = { images: 'ghcr.io/acme/web:1.4.2', labels: 'release\nbump/{{ bump }}', reviewers: 'ada' };

/** What is left in the end, without ids and dates. */
async function state({ repository, sandbox, normalize }: Scenario): Promise<unknown> {
  const pullRequests = await sandbox.pullRequests();
  return {
    branches: Object.keys(await repository.refs()),
    commits: (await repository.log('release/web')).map(({ subject }) => subject),
    file: await repository.read('release/web', 'web.yaml'),
    pullRequests: pullRequests.map(({ state: open, title, body, labels, reviewers }) => {
      return { open, title, body: normalize(body ?? ''), labels, reviewers };
    }),
  };
}

scenarios(
  'a crash',
  FILES,
  (current) => {
    test('after each request of a release: the next run ends in the same state', async () => {
      const { action, repository, sandbox, requests, forget } = current();
      repository.collaborators.add('ada');
      await action(INPUTS);
      const wanted = await state(current());
      const count = requests().length;
      expect(count).toBeGreaterThan(10);

      for (let cut = 1; cut < count; cut += 1) {
        const before = (await sandbox.pullRequests()).length;
        // Which closes its pull request, and is no decision.
        if (await repository.tip('release/web')) await repository.deleteBranch('release/web');
        const killer = new AbortController();
        sandbox.watch({ before: (n) => n === cut && killer.abort() });
        await action(INPUTS, {}, killer.signal);
        sandbox.watch({});
        forget();
        const { exitCode, stdout, left } = await action(INPUTS);
        expect(exitCode, `cut at ${cut}: ${stdout}`).toBe(0);
        expect(left, `cut at ${cut}`).toEqual([]);
        const { pullRequests, ...rest } = (await state(current())) as { pullRequests: unknown[] };
        expect({ ...rest, pullRequests: pullRequests.slice(before) }, `cut at ${cut}`).toEqual(wanted);
      }
    }, 300_000);
  },
  { runs: 'processes' },
);
