/** What follows a release: its merge, and the verdict of agents in the cluster, as commit statuses tell it. */
import { describe, expect, test } from 'vitest';
import type { Result } from './execute.ts';
import { scenarios, type Scenario } from './harness.ts';

const FILES = { 'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n' };
const IMAGES = 'ghcr.io/acme/web:1.4.2';
const CONTEXT = 'kustomization/apps/1a2b3c4d';
const DEPLOYED = { images: IMAGES, wait: 'deployed', verdict: 'flux', 'wait-timeout': '1s' };
const LOOK = /^GET .*\/pulls\/1$/;
const STATUSES = /^GET .*\/commits\/[\da-f]{40}\/statuses/;

type Method = 'merge' | 'squash' | 'rebase';

/** Merges the first pull request as soon as it is looked at, and then does something with the new tip of the base. */
function whenLookedAt(
  { sandbox, repository }: Scenario,
  then: (commit: string) => unknown = () => undefined,
  method: Method = 'merge',
): void {
  const run = async (): Promise<void> => {
    await repository.pullRequests.merge(1, method);
    await then((await repository.tip('main')) ?? '');
  };
  sandbox.beforeNext({ match: LOOK, run });
}

const outputsOf = ({ outputs }: Result): (string | undefined)[] =>
  ['outcome', 'deployed', 'deployed-by'].map((name) => outputs[name]);

scenarios('a release that waits', FILES, (current) => {
  test.each<Method>(['merge', 'squash', 'rebase'])('is deployed after a %s', async (method) => {
    const { action, repository } = current();
    whenLookedAt(
      current(),
      (commit) => repository.statuses.add(commit, { context: CONTEXT, state: 'success' }),
      method,
    );
    const result = await action(DEPLOYED);
    const tip = await repository.tip('main');
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([0, 'created', 'true', CONTEXT]);
    expect(result.outputs['merged-commit']).toBe(tip);
    expect(result.outputs['deploy-seconds']).toMatch(/^\d+$/);
    const sentence = new RegExp(`Merged as ${tip?.slice(0, 7)}; deployed by ${CONTEXT}, \\d s after the merge\\.`);
    expect(result.stdout).toMatch(sentence);
    expect(result.summary).toMatch(sentence);
    expect(JSON.parse(result.outputs['results'] ?? '')).toMatchObject([{ 'merged-commit': tip, deployed: true }]);
  });

  test('is deployed where a later commit is', async () => {
    const { action, repository } = current();
    let merged = '';
    whenLookedAt(current(), async (commit) => {
      merged = commit;
      const later = await repository.commit('main', { 'other.yaml': 'a: 1\n' });
      repository.statuses.add(later, { context: CONTEXT, state: 'success' });
    });
    const result = await action(DEPLOYED);
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([0, 'created', 'true', CONTEXT]);
    expect(result.outputs['merged-commit']).toBe(merged);
  });

  test('is deployed where a success follows a failure', async () => {
    const { action, repository, sandbox, requests } = current();
    whenLookedAt(current(), (commit) => {
      repository.statuses.add(commit, { context: CONTEXT, state: 'failure', description: 'timed out' });
      sandbox.beforeNext({ match: STATUSES, times: 2, run: () => undefined });
      sandbox.beforeNext({
        match: STATUSES,
        run: () => repository.statuses.add(commit, { context: CONTEXT, state: 'success' }),
      });
    });
    const result = await action({ ...DEPLOYED, 'wait-timeout': '60s' });
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([0, 'created', 'true', CONTEXT]);
    expect(result.stdout).toMatch(
      /::warning::kustomization\/apps\/1a2b3c4d reports a failure on [\da-f]{7}: timed out;/,
    );
    const answers = requests().filter((line) => /\/manifests\/(?:commits|compare)\b/.test(line));
    expect(answers.map((line) => /(compare|statuses)\b.* (\d+)$/.exec(line)?.slice(1).join(' '))).toEqual([
      'compare 200',
      'statuses 200',
      'compare 304',
      'statuses 304',
      'compare 304',
      'statuses 200',
    ]);
  });

  test('fails with the words of the agent that refuses it', async () => {
    const { action, repository } = current();
    const description = 'health check failed: Deployment/web\n::error::[click](https://evil.test)';
    whenLookedAt(current(), (commit) =>
      repository.statuses.add(commit, { context: CONTEXT, state: 'failure', description, url: 'https://flux.test/1' }),
    );
    const result = await action(DEPLOYED);
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([1, 'created', 'false', CONTEXT]);
    expect(result.stdout).toMatch(/^::error .*reports a failure on [\da-f]{7}: health check failed: Deployment\/web/m);
    expect(result.stdout).toContain('See https://flux.test/1');
    expect(result.stdout).not.toMatch(/^::error::\[click/m);
    expect(result.outputs['pull-request-number']).toBe('1');
  });

  test.each([
    ['is pending for ever', { context: CONTEXT, state: 'pending' }, 'a status is pending'],
    [
      'is of another app',
      { context: 'kustomization/api/1a2b', state: 'success' },
      'no status of "kustomization/apps by flux-bot"',
    ],
    [
      'is by another author',
      { context: CONTEXT, state: 'success', author: 'mallory' },
      'no status of "kustomization/apps by flux-bot"',
    ],
  ] as const)('fails where the status %s', async (_, status, reason) => {
    const { action, repository } = current();
    whenLookedAt(current(), (commit) => repository.statuses.add(commit, status));
    const result = await action({ ...DEPLOYED, verdict: 'kustomization/apps by flux-bot' });
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([1, 'created', '', '']);
    expect(result.stdout).toContain(reason);
    expect(result.stdout).toContain('[VERDICT_MISSING]');
  });

  test('fails where its pull request is closed without a merge', async () => {
    const { action, repository, sandbox } = current();
    sandbox.beforeNext({ match: LOOK, run: () => repository.pullRequests.close(1) });
    const result = await action(DEPLOYED);
    expect([result.exitCode, ...outputsOf(result), result.outputs['merged-commit']]).toEqual([
      1,
      'created',
      '',
      '',
      '',
    ]);
    expect(result.stdout).toContain('The pull request #1 was closed without merging.');
  });

  test('fails where its pull request is not merged in time', async () => {
    const { action, requests } = current();
    const result = await action({ ...DEPLOYED, wait: 'merge' });
    expect([result.exitCode, ...outputsOf(result)]).toEqual([1, 'created', '', '']);
    expect(result.stdout).toContain('The pull request #1 was not merged within 1s.');
    const looks = requests().filter((line) => line.includes('/pulls/1 '));
    expect(looks.map((line) => line.split(' ').at(-1))).toEqual(['200', '304']);
  });

  const inSeconds = (seconds: number): string => String(Math.ceil(Date.now() / 1000) + seconds);

  test.each([
    ['secondary', () => ({ 'retry-after': '1' })],
    ['primary', () => ({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(1) })],
  ] as const)('goes on after a %s rate limit', async (kind, headers) => {
    const { action, repository, sandbox } = current();
    whenLookedAt(current(), (commit) => {
      repository.statuses.add(commit, { context: CONTEXT, state: 'success' });
      const body = { message: `You have exceeded a ${kind} rate limit.` };
      sandbox.failNext({ match: STATUSES, status: 403, headers: headers(), body });
    });
    const result = await action(DEPLOYED);
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([0, 'created', 'true', CONTEXT]);
    expect(result.stdout).toMatch(new RegExp(`GitHub asked to wait \\d+ s \\(${kind} rate limit\\)`));
  });

  test('does not ask again where a rate limit ends after its time', async () => {
    const { action, sandbox, requests } = current();
    whenLookedAt(current(), () => {
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(3000) };
      sandbox.failNext({ match: STATUSES, status: 403, headers, body: { message: 'API rate limit exceeded.' } });
    });
    const result = await action({ ...DEPLOYED, 'wait-timeout': '30m' });
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([1, 'created', '', '']);
    expect(result.stdout).toContain('[RATE_LIMITED]');
    expect(requests().filter((line) => STATUSES.test(line))).toHaveLength(1);
  });

  test('to the base by a push waits for the verdict on that commit', async () => {
    const { action, repository, sandbox } = current();
    sandbox.beforeNext({
      match: STATUSES,
      run: async () =>
        repository.statuses.add((await repository.tip('main')) ?? '', { context: CONTEXT, state: 'success' }),
    });
    const result = await action({ ...DEPLOYED, delivery: 'push' });
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([0, 'pushed', 'true', CONTEXT]);
    expect(result.outputs['merged-commit']).toBe(await repository.tip('main'));
  });

  test('waits for a pull request that is as it should be', async () => {
    const { action, repository } = current();
    await action({ images: IMAGES });
    whenLookedAt(current(), (commit) => repository.statuses.add(commit, { context: CONTEXT, state: 'success' }));
    const result = await action(DEPLOYED);
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([0, 'unchanged', 'true', CONTEXT]);
  });

  test('is deployed after a queue, which merges others before it and after it', async () => {
    const { action, repository, sandbox } = current();
    repository.mergeQueue('main');
    const propose = async (head: string): Promise<void> => {
      const baseSha = (await repository.tip('main')) ?? '';
      const headSha = await repository.commit(head, { [`${head}.yaml`]: 'a: 1\n' });
      repository.pullRequests.open({ title: head, body: '', head, headSha, base: 'main', baseSha, draft: false });
    };
    const mergeAll = async (): Promise<void> => {
      const [{ queued } = { queued: false }] = await repository.pullRequests.all();
      expect(queued).toBe(true);
      await Promise.all([propose('before'), propose('after')]);
      for (const number of [2, 1, 3]) await repository.pullRequests.merge(number);
      repository.statuses.add((await repository.tip('main')) ?? '', { context: CONTEXT, state: 'success' });
    };
    sandbox.beforeNext({ match: LOOK, run: () => sandbox.beforeNext({ match: LOOK, run: mergeAll }) });
    const result = await action({ ...DEPLOYED, 'auto-merge': 'merge', 'wait-timeout': '60s' });
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([0, 'created', 'true', CONTEXT]);
    const { mergeCommit } = await repository.pullRequests.get(1);
    expect(result.outputs['merged-commit']).toBe(mergeCommit);
    expect(mergeCommit).not.toBe(await repository.tip('main'));
  });

  test('finds the commit of a merge that was made at once', async () => {
    const { action, repository } = current();
    repository.allowAutoMerge = true;
    const result = await action({ images: IMAGES, wait: 'merge', 'wait-timeout': '1s', 'auto-merge': 'squash' });
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([0, 'merged', '', '']);
    expect(result.outputs['merged-commit']).toBe(await repository.tip('main'));
  });

  test('does not wait after a dry run', async () => {
    const { action } = current();
    const result = await action({ ...DEPLOYED, 'dry-run': 'true' });
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([0, 'dry-run', '', '']);
  });

  test('has nothing to wait for where the base has the version already', async () => {
    const { action } = current();
    const result = await action({ ...DEPLOYED, images: 'ghcr.io/acme/web:1.4.1' });
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([0, 'unchanged', '', '']);
  });

  test('needs a verdict to wait for', async () => {
    const { action, sandbox } = current();
    const result = await action({ ...DEPLOYED, verdict: '' });
    expect([result.exitCode, await sandbox.pullRequests()]).toEqual([1, []]);
    expect(result.stdout).toContain('Input "verdict" is empty.');
  });

  test.each([
    ['a deployment of GitHub', 'deployments', 'production', 'deployment/production'],
    ['a check run of GitHub', 'checkRuns', 'continuous-delivery/web', 'check/continuous-delivery/web'],
  ] as const)('by %s', async (_, kind, context, verdict) => {
    const { action, repository } = current();
    whenLookedAt(current(), (commit) => repository[kind].add(commit, { context, state: 'success', author: 'argocd' }));
    const result = await action({ ...DEPLOYED, verdict });
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([0, 'created', 'true', verdict]);
  });

  test('fails with the words of a check run, and counts none of another App', async () => {
    const { action, repository } = current();
    const context = 'continuous-delivery/web';
    whenLookedAt(current(), (commit) => {
      const description = 'Sync failed';
      repository.checkRuns.add(commit, { context, state: 'failure', author: 'argocd', description });
      repository.checkRuns.add(commit, { context, state: 'success', author: 'mallory' });
    });
    const result = await action({ ...DEPLOYED, verdict: `check/${context} by argocd[bot]` });
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([1, 'created', 'false', `check/${context}`]);
    expect(result.stdout).toContain(`"check/${context}" (by argocd[bot]) reports a failure`);
    expect(result.stdout).toContain('Sync failed');
  });
});

const CONFIG = `apps:
  web:
    images: [ghcr.io/acme/web]
    environments:
      staging: { paths: [staging], wait: deployed, verdict: kustomization/staging, wait-timeout: 1s }
      production: { paths: [production] }
`;
const ENVIRONMENTS = {
  '.github/manifest-release.yaml': CONFIG,
  'staging/web.yaml': 'image: ghcr.io/acme/web:1.4.1\n',
  'production/web.yaml': 'image: ghcr.io/acme/web:1.4.1\n',
};

scenarios('environments that wait', ENVIRONMENTS, (current) => {
  test('wait each as the config file says', async () => {
    const { action, repository, sandbox } = current();
    const run = async (): Promise<void> => {
      const staging = (await repository.pullRequests.all()).find(({ head }) => head === 'release/web-staging');
      const { mergeCommit } = await repository.pullRequests.merge(staging?.number ?? 0);
      repository.statuses.add(mergeCommit ?? '', { context: 'kustomization/staging/1a2b', state: 'failure' });
    };
    sandbox.beforeNext({ match: /^GET .*\/pulls\/\d$/, run });
    const result = await action({ app: 'web', version: '1.4.2' });
    expect(result.exitCode).toBe(1);
    expect(JSON.parse(result.outputs['results'] ?? '')).toMatchObject([
      { environment: 'staging', outcome: 'created', deployed: false, reason: 'DEPLOYMENT_REFUSED' },
      { environment: 'production', outcome: 'created', deployed: '', reason: '' },
    ]);
    expect(result.stdout).toContain('::web in staging: "kustomization/staging/1a2b" (by flux-bot) reports a failure');
  });
});

scenarios('a later job', FILES, (current) => {
  test('waits for the pull request of an earlier one', async () => {
    const { action, repository, forget, requests } = current();
    const { outputs } = await action({ images: IMAGES });
    whenLookedAt(current(), (commit) => repository.statuses.add(commit, { context: CONTEXT, state: 'success' }));
    forget();
    const waiting = { ...DEPLOYED, images: '', mode: 'wait', 'wait-for': outputs['pull-request-number'] ?? '' };
    const result = await action(waiting);
    expect([result.exitCode, ...outputsOf(result)], result.stdout).toEqual([0, '', 'true', CONTEXT]);
    expect(requests().map((line) => line.replace(/[\da-f]{40}/, '<id>'))).toEqual([
      'GET /api/v3/repos/acme/manifests/pulls/1 200',
      'GET /api/v3/repos/acme/manifests/compare/<id>...main 200',
      'GET /api/v3/repos/acme/manifests/commits/<id>/statuses?per_page=100 200',
    ]);
    expect(result.summary).toContain('deployed by');
  });

  test.each([
    ['a success', 'success', 0, 'true'],
    ['a failure', 'failure', 1, 'false'],
  ] as const)('finds %s of a commit', async (_, state, exitCode, deployed) => {
    const { cli, repository, sandbox } = current();
    const commit = (await repository.tip('main')) ?? '';
    repository.statuses.add(commit, { context: CONTEXT, state });
    const args = [
      'wait',
      '--wait-for',
      commit,
      '--base',
      'main',
      '--verdict',
      'flux',
      '--wait-timeout',
      '1s',
      '--json',
    ];
    const result = await cli([...args, '--repository', 'acme/manifests'], {
      MANIFEST_RELEASE_TOKEN: sandbox.token,
      GITHUB_SERVER_URL: sandbox.serverUrl,
      GITHUB_API_URL: sandbox.apiUrl,
      GITHUB_ACTIONS: 'true',
    });
    expect(result.exitCode, result.stderr).toBe(exitCode);
    expect(JSON.parse(result.stdout)).toMatchObject({ deployed: deployed === 'true', 'merged-commit': commit });
  });

  test.each([
    [{ 'wait-for': '' }, 'Input "wait-for" is empty.'],
    [{ 'wait-for': 'release/web' }, 'Input "wait-for" is "release/web", which is neither the number of a pull request'],
    [{ 'wait-for': '8f14e45' }, 'Input "wait-for" is "8f14e45", which is neither'],
    [{ 'wait-for': '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3' }, 'Input "base" is empty.'],
    [{ 'wait-for': '1', verdict: '' }, 'or set "wait" to merge, which needs none.'],
    [{ 'wait-for': '1', wait: 'merged' }, 'Input "wait" is "merged", which is none of none, merge and deployed.'],
    [{ 'wait-for': '1', app: 'web' }, 'Input "app" is "web", which is not for mode wait.'],
    [{ 'wait-for': '9' }, 'GitHub refused to read the pull request in "acme/manifests": Not Found.'],
  ])('refuses %o', async (inputs, message) => {
    const { action } = current();
    const result = await action({ mode: 'wait', verdict: 'flux', 'wait-timeout': '1s', ...inputs });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain(message);
  });

  const OTHERS: readonly (readonly [forge: string, name: string, folder: string, token: string])[] = [
    ['gitea', 'acme/manifests', '', '16c7e42f292c6912e7710c838347ae178b4a5d6e'],
    ['gitlab', 'acme/manifests', '', 'glpat-ofThisProject'],
    ['bitbucket-cloud', 'acme/manifests', '', 'ATCTT3xOfThisRepository'],
    ['bitbucket-data-center', 'acme/manifests', '/scm', 'BBDC-OfThisRepository'],
    ['azure-devops', 'fabrikam/ops/_git/manifests', '', 'y7x2q5wz4kfj3mp6nbvh2ctr7ld4gyx5qwz3kfj6mp2nbvhaq3dk'],
  ];

  /** Waits with the command line for a pull request that was merged on another forge, and whose commit has a success. */
  async function waitOn([forge, name, folder, text]: (typeof OTHERS)[number], method: Method, verdict: string) {
    const { cli, sandbox } = current();
    const token = sandbox.createToken({ text, kind: 'classic' });
    const repository = await sandbox.createRepository(name, FILES);
    const baseSha = (await repository.tip('main')) ?? '';
    const headSha = await repository.commit('release/web', { 'web.yaml': 'image: ghcr.io/acme/web:1.4.2\n' });
    await repository.commit('main', { 'other.yaml': 'a: 1\n' });
    const opening = {
      title: 'Release web',
      body: '',
      head: 'release/web',
      headSha,
      base: 'main',
      baseSha,
      draft: false,
    };
    repository.pullRequests.open(opening);
    await repository.pullRequests.merge(1, method);
    const commit = (await repository.tip('main')) ?? '';
    const later = await repository.commit('main', { 'other.yaml': 'a: 2\n' });
    repository.statuses.add(later, { context: CONTEXT, state: 'success' });
    const address = `${sandbox.serverUrl}${folder}/${name}`;
    const args = ['--repository', address, '--forge', forge, '--wait-for', '1', '--verdict', verdict, '--json'];
    const result = await cli(['wait', ...args], { MANIFEST_RELEASE_TOKEN: token });
    return { ...result, commit };
  }

  describe.each(OTHERS)('on %s', (...other) => {
    const [forge] = other;
    const isBitbucket = forge.startsWith('bitbucket');

    test.each<Method>(['merge', 'squash', 'rebase'])('sees a %s, and a success on a later commit', async (method) => {
      const result = await waitOn(other, method, isBitbucket ? 'flux' : 'flux by flux-bot');
      expect(result.exitCode, result.stderr).toBe(0);
      const seen = { deployed: true, 'merged-commit': result.commit, 'deployed-by': CONTEXT };
      expect(JSON.parse(result.stdout)).toMatchObject(seen);
    });

    test.runIf(isBitbucket)('refuses an author, whom a build status does not have', async () => {
      const result = await waitOn(other, 'merge', 'flux by flux-bot');
      expect(result.exitCode).toBe(1);
      expect(result.stderr).toMatch(
        /Input "verdict" is "flux by flux-bot", which names an author, and Bitbucket .* does not tell who wrote a status: leave out "by flux-bot"/,
      );
    });
  });
});

const STAGED = {
  '.github/manifest-release.yaml': `apps:
  web:
    images: [ghcr.io/acme/web]
    environments:
      staging: { paths: [staging], verdict: kustomization/staging by flux-bot }
      production: { paths: [production], after: staging }
`,
  'staging/web.yaml': 'image: ghcr.io/acme/web:1.4.1\n',
  'production/web.yaml': 'image: ghcr.io/acme/web:1.4.1\n',
};

scenarios('an environment whose agent has a verdict', STAGED, (current) => {
  const context = 'kustomization/staging/1a2b';

  /** Brings a version to staging. */
  async function stage(): Promise<string> {
    const { action, repository } = current();
    const { outputs, stdout } = await action({ app: 'web', version: '1.4.2', environments: 'staging' });
    expect(outputs['outcome'], stdout).toBe('created');
    await repository.pullRequests.merge(1);
    return (await repository.tip('main')) ?? '';
  }

  const say = (commit: string, state: 'success' | 'failure' | 'pending', author = 'flux-bot'): void => {
    current().repository.statuses.add(commit, { context, state, author, description: 'Deployment/web is not ready' });
  };
  const toProduction = () => current().action({ app: 'web', version: '1.4.2', environments: 'production' });
  const status = async (): Promise<string[]> => {
    const { outputs } = await current().action({ app: 'web', mode: 'status' });
    const rows = JSON.parse(outputs['results'] ?? '') as { environment: string; verdict?: string }[];
    return rows.map(({ environment, verdict = '-' }) => `${environment} ${verdict}`);
  };

  test('lets the next one go once it is a success, also on a later commit', async () => {
    await stage();
    const later = await current().repository.commit('main', { 'other.yaml': 'a: 1\n' });
    expect(await status()).toEqual(['staging pending', 'production -']);
    const waiting = await toProduction();
    expect(waiting.outputs['outcome'], waiting.stdout).toBe('waiting');
    expect(waiting.stdout).toContain('staging has it, but no agent says yet that it is deployed there.');
    say(later, 'success', 'mallory');
    expect((await toProduction()).outputs['outcome']).toBe('waiting');
    say(later, 'success');
    const released = await toProduction();
    expect(released.outputs['outcome'], released.stdout).toBe('created');
    expect(await status()).toEqual(['staging deployed', 'production -']);
  });

  test('keeps the next one waiting while it is a failure, and a promotion is refused', async () => {
    say(await stage(), 'failure');
    expect(await status()).toEqual(['staging refused', 'production -']);
    const waiting = await toProduction();
    expect([waiting.exitCode, waiting.outputs['outcome']], waiting.stdout).toEqual([0, 'waiting']);
    expect(waiting.stdout).toContain(
      `staging has it, but ${context} reports no success there (Deployment/web is not ready).`,
    );
    const promoted = await current().action({
      app: 'web',
      mode: 'promote',
      from: 'staging',
      environments: 'production',
    });
    expect([promoted.exitCode, promoted.outputs['outcome']], promoted.stdout).toEqual([1, '']);
    expect(promoted.stdout).toContain(`"${context}" reports a failure of the versions of "web" in "staging"`);
    expect(await current().sandbox.pullRequests()).toHaveLength(1);
  });
});
