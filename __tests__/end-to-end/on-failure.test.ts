/** What follows a release that the agents refuse, where the config file says `on-failure: rollback`. */
import { expect, test } from 'vitest';
import type { CommitStatus } from '../../sandbox/commit-statuses.ts';
import type { Result } from './execute.ts';
import { scenarios } from './harness.ts';

const CONTEXT = 'kustomization/staging/1a2b';

const filesWith = (settings: string) => ({
  '.github/manifest-release.yaml': `apps:
  web:
    images: [ghcr.io/acme/web]
    environments:
      staging: { paths: [staging], wait: deployed, verdict: kustomization/staging by flux-bot, wait-timeout: 1s${settings} }
`,
  'staging/web.yaml': 'image: ghcr.io/acme/web:1.4.0\n',
});

const ROLLBACK = filesWith(', on-failure: rollback');

scenarios('a release that the agent refuses', ROLLBACK, (current) => {
  const say = (commit: string, state: CommitStatus['state'], description = 'Deployment/web is not ready'): unknown =>
    current().repository.statuses.add(commit, { context: CONTEXT, state, description });

  /** Merges the open pull request with the highest number when it is looked at, and has the agent say something. */
  function whenLookedAt(then: (commit: string) => unknown): void {
    const { repository, sandbox } = current();
    const run = async (): Promise<void> => {
      const numbers = (await sandbox.pullRequests()).filter(({ state }) => state === 'open').map((one) => one.number);
      const { mergeCommit } = await repository.pullRequests.merge(Math.max(...numbers));
      await then(mergeCommit ?? '');
    };
    sandbox.beforeNext({ match: /^GET .*\/pulls\/\d+$/, run });
  }

  async function release(
    version: string,
    verdict: CommitStatus['state'] | ((commit: string) => unknown),
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<Result> {
    whenLookedAt(typeof verdict === 'function' ? verdict : (commit) => say(commit, verdict));
    return current().action({ app: 'web', version, ...inputs });
  }

  /** Writes a version by hand, with what the agent says of it. */
  async function write(version: string, verdict?: CommitStatus['state']): Promise<void> {
    const files = { 'staging/web.yaml': `image: ghcr.io/acme/web:${version}\n` };
    const commit = await current().repository.commit('main', files);
    if (verdict) say(commit, verdict);
  }

  const rollbacks = async () =>
    (await current().sandbox.pullRequests()).filter(({ head }) => head === 'rollback/web-staging');

  test('has the pull request of its rollback, with the words of the agent', async () => {
    const result = await release('1.4.2', (commit) =>
      say(commit, 'failure', 'not ready\n\nRelease-Image: evil @ada ![x](https://evil.test/x)'),
    );
    expect([result.exitCode, result.outputs['deployed']], result.stdout).toEqual([1, 'false']);
    const [rollback, ...others] = await rollbacks();
    expect(others).toEqual([]);
    expect(rollback?.title).toBe('Roll back web-staging 1.4.2 → 1.4.0');
    expect(result.stdout).toContain(
      `The rollback to 1.4.0 is pull request #${rollback?.number} (${current().sandbox.serverUrl}/acme/manifests/pull/${rollback?.number}).`,
    );
    expect(JSON.parse(result.outputs['results'] ?? '')).toMatchObject([
      { outcome: 'created', 'pull-request-number': 1, reason: 'DEPLOYMENT_REFUSED' },
    ]);
    expect(rollback?.body).toMatch(
      /\*\*Why:\*\* "kustomization\/staging\/1a2b" \\\(by flux-bot\\\) reports a failure on/,
    );
    expect(rollback?.body).not.toMatch(/[^\\]\[x|@ada/);
    const [commit] = await current().repository.log('rollback/web-staging');
    expect(commit?.trailers.filter((one) => /^Release-(?:Image|Reason)/.test(one))).toEqual([
      'Release-Image: ghcr.io/acme/web:1.4.0',
      expect.stringMatching(/^Release-Reason: .*reports a failure on/),
    ]);
  });

  test('goes by a pull request also where the release was pushed', async () => {
    const { sandbox, repository, action } = current();
    sandbox.beforeNext({
      match: /\/commits\/[\da-f]{40}\/statuses/,
      run: async () => say((await repository.tip('main')) ?? '', 'failure'),
    });
    const result = await action({ app: 'web', version: '1.4.2', delivery: 'push' });
    expect([result.exitCode, result.outputs['outcome']], result.stdout).toEqual([1, 'pushed']);
    expect(await rollbacks()).toMatchObject([{ state: 'open', title: 'Roll back web-staging 1.4.2 → 1.4.0' }]);
  });

  test('has one rollback, however many runs wait for it', async () => {
    const { action, repository, sandbox } = current();
    await action({ app: 'web', version: '1.4.2', wait: 'none' });
    let waiting = 0;
    const looked = async (): Promise<void> => {
      waiting += 1;
      if (waiting < 2) return;
      const { mergeCommit } = await repository.pullRequests.merge(1);
      say(mergeCommit ?? '', 'failure');
    };
    for (const _ of [1, 2]) sandbox.beforeNext({ match: /^GET .*\/pulls\/1$/, run: looked });
    const inputs = { app: 'web', version: '1.4.2', 'wait-timeout': '5s' };
    const results = await Promise.all([action(inputs), action(inputs)]);
    const [rollback, ...others] = await rollbacks();
    expect(others).toEqual([]);
    for (const { exitCode, stdout } of results) {
      expect(exitCode, stdout).toBe(1);
      expect(stdout).toContain(`The rollback to 1.4.0 is pull request #${rollback?.number}`);
    }
  });

  test('has no other rollback after a person closed the first', async () => {
    const { action, repository, sandbox } = current();
    await release('1.4.2', 'failure');
    await repository.pullRequests.close(2);
    sandbox.beforeNext({
      match: /\/commits\/[\da-f]{40}\/statuses/,
      run: async () => say((await repository.tip('main')) ?? '', 'failure'),
    });
    await repository.commit('main', { 'staging/web.yaml': '# by hand\nimage: ghcr.io/acme/web:1.4.0\n' });
    const result = await action({ app: 'web', version: '1.4.2', delivery: 'push', force: 'true' });
    expect(result.exitCode, result.stdout).toBe(1);
    expect(result.stdout).toContain('No rollback was opened: pull request #2 was closed without merging.');
    expect(await rollbacks()).toMatchObject([{ state: 'closed' }]);
  });

  test('goes back over versions that were refused before to the latest that was deployed', async () => {
    const { repository } = current();
    say((await repository.tip('main')) ?? '', 'success');
    await write('1.4.1', 'failure');
    await repository.commit('main', { 'other.yaml': 'a: 1\n' });
    const result = await release('1.4.2', 'failure');
    expect(result.exitCode, result.stdout).toBe(1);
    expect(await rollbacks()).toMatchObject([{ title: 'Roll back web-staging 1.4.2 → 1.4.0' }]);
  });

  test('goes back to the latest without a verdict where none was deployed', async () => {
    await write('1.4.1');
    await write('1.4.2', 'failure');
    await release('1.4.3', 'failure');
    expect(await rollbacks()).toMatchObject([{ title: 'Roll back web-staging 1.4.3 → 1.4.1' }]);
  });

  test('has no rollback where each earlier version was refused', async () => {
    const { repository } = current();
    say((await repository.tip('main')) ?? '', 'failure');
    await write('1.4.1', 'failure');
    const result = await release('1.4.2', 'failure');
    expect(result.exitCode, result.stdout).toBe(1);
    expect(result.stdout).toContain(
      'No rollback was opened: There is no version to roll "web" in "staging" back to: its agent refused each earlier one (1.4.1; 1.4.0).',
    );
    expect(await rollbacks()).toEqual([]);
    const byHand = await current().action({ app: 'web', mode: 'rollback', environments: 'staging', wait: 'none' });
    expect([byHand.exitCode, byHand.stdout.includes('[EARLIER_REFUSED]')], byHand.stdout).toEqual([1, true]);
  });

  test('has no rollback where another version is there by now', async () => {
    const result = await release('1.4.2', async (commit) => {
      say(commit, 'failure');
      await write('1.4.3');
    });
    expect(result.exitCode, result.stdout).toBe(1);
    expect(result.stdout).toContain(
      'No rollback was opened: "web" in "staging" has other versions by now than those to roll back: 1.4.3.',
    );
    expect(await rollbacks()).toEqual([]);
  });

  test('has its rollback where a container was added in front of it meanwhile', async () => {
    await release('1.4.2', async (commit) => {
      say(commit, 'failure');
      const more = 'containers:\n- image: nginx\n- image: ghcr.io/acme/web:1.4.2\n';
      await current().repository.commit('main', { 'staging/web.yaml': more });
    });
    expect(await rollbacks()).toMatchObject([{ state: 'open', title: 'Roll back web-staging 1.4.2 → 1.4.0' }]);
  });

  test('that is a rollback itself has no rollback', async () => {
    await write('1.4.1');
    await write('1.4.2');
    const inputs = { mode: 'rollback', environments: 'staging' };
    whenLookedAt((commit) => say(commit, 'failure'));
    const result = await current().action({ app: 'web', ...inputs });
    expect([result.exitCode, result.outputs['deployed']], result.stdout).toEqual([1, 'false']);
    expect(result.stdout).not.toContain('No rollback was opened');
    expect(await rollbacks()).toMatchObject([{ state: 'closed' }]);
  });

  test('has no rollback while a success may still follow', async () => {
    const result = await release('1.4.2', 'pending');
    expect(result.stdout).toContain('[VERDICT_MISSING]');
    expect(await rollbacks()).toEqual([]);
  });
});

scenarios('a config file without on-failure', filesWith(''), (current) => {
  test('has no rollback', async () => {
    const { action, repository, sandbox } = current();
    const run = async (): Promise<void> => {
      const { mergeCommit } = await repository.pullRequests.merge(1);
      repository.statuses.add(mergeCommit ?? '', { context: CONTEXT, state: 'failure' });
    };
    sandbox.beforeNext({ match: /^GET .*\/pulls\/1$/, run });
    const result = await action({ app: 'web', version: '1.4.2' });
    expect([result.exitCode, result.outputs['deployed']], result.stdout).toEqual([1, 'false']);
    expect(await sandbox.pullRequests()).toHaveLength(1);
  });
});

const image = (name: string, version: string): string => `- image: ghcr.io/acme/${name}:${version}\n`;

const TWO_IMAGES = {
  '.github/manifest-release.yaml': ROLLBACK['.github/manifest-release.yaml'].replace(
    'ghcr.io/acme/web]',
    'ghcr.io/acme/web, ghcr.io/acme/worker]',
  ),
  'staging/apps.yaml': image('web', '1.4.0') + image('worker', '1.4.0'),
};

scenarios('a file with two images', TWO_IMAGES, (current) => {
  test('has no rollback where the refused version is that of the other image by now', async () => {
    const { action, repository, sandbox } = current();
    const run = async (): Promise<void> => {
      const { mergeCommit } = await repository.pullRequests.merge(1);
      repository.statuses.add(mergeCommit ?? '', { context: CONTEXT, state: 'failure' });
      await repository.commit('main', { 'staging/apps.yaml': image('web', '1.4.3') + image('worker', '1.4.2') });
    };
    sandbox.beforeNext({ match: /^GET .*\/pulls\/1$/, run });
    const result = await action({ app: 'web', images: 'ghcr.io/acme/web:1.4.2' });
    expect([result.exitCode, result.outputs['deployed']], result.stdout).toEqual([1, 'false']);
    expect(result.stdout).toContain(
      '"web" in "staging" has other versions by now than those to roll back: 1.4.3, 1.4.2.',
    );
    expect(await sandbox.pullRequests()).toHaveLength(1);
  });

  test('has no rollback where another image got a newer version since, which would go back with it', async () => {
    const { action, repository, sandbox } = current();
    const run = async (): Promise<void> => {
      const { mergeCommit } = await repository.pullRequests.merge(1);
      repository.statuses.add(mergeCommit ?? '', { context: CONTEXT, state: 'failure' });
      await repository.commit('main', { 'staging/apps.yaml': image('web', '1.4.2') + image('worker', '1.5.0') });
    };
    sandbox.beforeNext({ match: /^GET .*\/pulls\/1$/, run });
    const result = await action({ app: 'web', images: 'ghcr.io/acme/web:1.4.2' });
    expect([result.exitCode, result.outputs['deployed']], result.stdout).toEqual([1, 'false']);
    expect(await sandbox.pullRequests(), result.stdout).toHaveLength(1);
    expect(result.stdout).toContain(
      '"web" in "staging" has other versions by now than those to roll back: 1.4.2, 1.5.0.',
    );
  });
});
