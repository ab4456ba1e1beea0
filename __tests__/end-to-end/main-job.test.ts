import { expect, test } from 'vitest';
import { demoRepository } from '../../sandbox/demo-repository.ts';
import { scenarios, type Result, type Scenario } from './harness.ts';

scenarios(
  'the main job',
  demoRepository,
  (current) => {
    test('opens, leaves, updates and finds merged', async () => {
      const { action, repository, sandbox } = current();
      const transcript = [
        await told(current(), 'a new version', await action({ images: 'ghcr.io/acme/web:1.4.2' })),
        await told(current(), 'the same once more', await action({ images: 'ghcr.io/acme/web:1.4.2' })),
        await told(current(), 'a newer version', await action({ images: 'ghcr.io/acme/web:1.5.0' })),
      ];
      await repository.pullRequests.merge(1);
      transcript.push(await told(current(), 'after the merge', await action({ images: 'ghcr.io/acme/web:1.5.0' })));
      await expect(transcript.join('\n')).toMatchFileSnapshot('transcripts/main-job.txt');
      expect(await sandbox.pullRequests()).toHaveLength(1);
    });

    test('only the lines with the image change', async () => {
      const { action, repository } = current();
      await action({ images: 'ghcr.io/acme/web:1.4.2' });
      for (const path of Object.keys(demoRepository)) {
        const [before, after] = await Promise.all([
          repository.read('main', path),
          repository.read('release/web', path),
        ]);
        expect(after).toBe(path.startsWith('kustomize/base') || path === 'README.md' ? before : after);
        expect(after.replaceAll('1.4.2', '1.4.1')).toBe(before);
      }
    });
  },
  { runs: 'each-runtime' },
);

/** One run as a reader of the log, the network and the repository sees it. */
async function told(scenario: Scenario, title: string, result: Result): Promise<string> {
  const { repository, sandbox, requests, forget, normalize } = scenario;
  const commits = (await repository.log('release/web').catch(() => [])).slice(0, 1);
  const sections: [string, string][] = [
    ['log', result.stdout + result.stderr],
    [
      'outputs',
      Object.entries(result.outputs)
        .map(([name, value]) => `${name}: ${value}`)
        .join('\n'),
    ],
    ['summary', result.summary],
    // Some are sent side by side.
    ['requests', requests().toSorted().join('\n')],
    [
      'commit',
      commits
        .map(
          ({ subject, body, author, parents }) =>
            `${author.name} <${author.email}> on ${parents.join()}\n${subject}\n\n${body}`,
        )
        .join(),
    ],
    [
      'pull requests',
      (await sandbox.pullRequests())
        .map(
          ({ number, state, head, base, title, body }) => `#${number} ${state} ${head} -> ${base}\n${title}\n${body}`,
        )
        .join('\n'),
    ],
  ];
  forget();
  expect(result.exitCode, result.stdout).toBe(0);
  expect(result.left).toEqual([]);
  const text = sections.map(([name, content]) => `--- ${name}\n${content.trimEnd()}\n`).join('');
  return normalize(`=== ${title}\n${text}`);
}
