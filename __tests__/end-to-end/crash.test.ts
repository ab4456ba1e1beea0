/** A run that is cut off at any moment, by any signal: the next one ends where an undisturbed one does, and nothing is left. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scenarios, type Scenario } from './harness.ts';

const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const FILES = {
  '.github/manifest-release.yaml':
    'apps: { web: { images: ghcr.io/acme/web, environments: { staging: { paths: s }, production: { paths: p } } } }\n',
  's/web.yaml': manifest('1.4.1'),
  'p/web.yaml': manifest('1.3.9'),
};
const EXTRAS = { labels: 'release\nbump/{{ bump }}', reviewers: 'ada' };

const OPERATIONS = [
  ['release', { app: 'web', version: '1.4.2', environments: 'staging', ...EXTRAS }, 'release/web-staging'],
  [
    'promote',
    { app: 'web', mode: 'promote', from: 'staging', environments: 'production', ...EXTRAS },
    'release/web-production',
  ],
  ['rollback', { app: 'web', mode: 'rollback', environments: 'production', reason: 'x' }, 'rollback/web-production'],
] as const;
const SIGNALS = ['SIGKILL', 'SIGTERM', 'SIGINT'] as const;
/** One signal for each moment; all of them with CRASH_ALL=1, which takes three times as long. */
const EACH = process.env['CRASH_ALL'] === '1';

/** What is left in the end, without ids and dates. */
async function state({ repository, sandbox, normalize }: Scenario, branch: string): Promise<Record<string, unknown>> {
  const pullRequests = await sandbox.pullRequests();
  return {
    branches: Object.keys(await repository.refs()),
    commits: (await repository.log(branch)).map(({ subject }) => subject),
    files: await Promise.all(['s/web.yaml', 'p/web.yaml'].map((path) => repository.read(branch, path))),
    open: pullRequests
      .filter((one) => one.state === 'open')
      .map(({ title, body, labels, reviewers }) => {
        const text = normalize(body ?? '').replaceAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g, '<time>');
        return { title, body: text, labels, reviewers };
      }),
  };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crash-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

scenarios(
  'a crash',
  FILES,
  (current) => {
    test.for(OPERATIONS)('after each request of a %s', { timeout: 600_000 }, async ([, inputs, branch]) => {
      const { action, repository, sandbox, requests, forget } = current();
      repository.collaborators.add('ada');
      await repository.commit('main', { 'p/web.yaml': manifest('1.4.0') });
      forget();
      await action(inputs);
      const wanted = await state(current(), branch);
      const count = requests().length;
      expect(count).toBeGreaterThan(7);

      for (let cut = 1; cut < count; cut += 1) {
        for (const signal of EACH ? SIGNALS : [SIGNALS[cut % SIGNALS.length] ?? 'SIGKILL']) {
          // Which closes its pull request, and is no decision.
          if (await repository.tip(branch)) await repository.deleteBranch(branch);
          await sandbox.pullRequests();
          const killer = new AbortController();
          sandbox.watch({ before: (n) => n === cut && killer.abort(signal) });
          const killed = await action(inputs, { TMPDIR: folder }, killer.signal);
          sandbox.watch({});
          const where = `${signal} at request ${cut} of ${count}`;
          if (signal !== 'SIGKILL' && killed.exitCode !== 0) {
            expect(killed.exitCode, where).toBe(128 + constants.signals[signal]);
            expect(await readdir(folder), where).toEqual([]);
          }
          const { exitCode, stdout } = await action(inputs, { TMPDIR: folder });
          expect(exitCode, `${where}: ${stdout}`).toBe(0);
          expect(await readdir(folder), `${where}, after the next run`).toEqual([]);
          expect(await state(current(), branch), where).toEqual(wanted);
        }
      }
    });
  },
  { runs: 'processes' },
);
