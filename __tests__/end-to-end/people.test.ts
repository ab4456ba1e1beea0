/** Beside people and other runs: nobody's commit or text is lost, and a run that was cut short is finished by the next. */
import { expect, test } from 'vitest';
import { scenarios, type Result } from './harness.ts';

const manifest = (version: string): string =>
  `spec:\n  image: ghcr.io/acme/web:${version}\n  # tuned by hand\n  replicas: 2\n`;
const FILES = { 'web.yaml': manifest('1.4.1'), 'other.yaml': 'a: 1\n' };
const image = (version: string): { images: string } => ({ images: `ghcr.io/acme/web:${version}` });

scenarios('people and other runs', FILES, (current) => {
  test('a person’s commit on the release branch stays below ours', async () => {
    const { action, repository } = current();
    await action(image('1.4.2'));
    await repository.commit('release/web', { 'web.yaml': manifest('1.4.2').replace('replicas: 2', 'replicas: 5') });
    const persons = await repository.tip('release/web');

    const { exitCode, outputs } = await action(image('1.5.0'));
    expect([exitCode, outputs['outcome']]).toEqual([0, 'updated']);
    expect(await repository.read('release/web', 'web.yaml')).toBe(
      manifest('1.5.0').replace('replicas: 2', 'replicas: 5'),
    );
    const [ours, theirs] = await repository.log('release/web');
    expect(ours?.parents).toEqual([persons]);
    expect(theirs?.sha).toBe(persons);

    current().forget();
    const again = await action(image('1.5.0'));
    expect(again.outputs['outcome']).toBe('unchanged');
    expect(
      current()
        .requests()
        .filter((request) => /^(?:POST|PATCH) \S+(?:receive-pack|pulls)/.test(request)),
    ).toEqual([]);
  });

  test('the same where only some paths are searched', async () => {
    const { action, repository } = current();
    await action({ ...image('1.4.2'), paths: '*.yaml' });
    await repository.commit('release/web', { 'other.yaml': 'a: 2\n' });
    await action({ ...image('1.5.0'), paths: '*.yaml' });
    expect(await repository.read('release/web', 'other.yaml')).toBe('a: 2\n');
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.5.0'));
    expect(await repository.log('release/web')).toHaveLength(4);
  });

  test('the same where a person’s file was not even fetched', async () => {
    const { action, repository } = current();
    await action({ ...image('1.4.2'), paths: 'web.yaml' });
    await repository.commit('release/web', { 'README.md': 'Read me\n' });
    const { exitCode, stdout, outputs } = await action({ ...image('1.5.0'), paths: 'web.yaml' });
    expect(exitCode, stdout).toBe(0);
    expect(await repository.read('release/web', 'README.md')).toBe('Read me\n');
    expect(outputs['diff']).toContain('-  image: ghcr.io/acme/web:1.4.2\n+  image: ghcr.io/acme/web:1.5.0');
  });

  test('our own commit is written anew on a base that moved', async () => {
    const { action, repository } = current();
    await action(image('1.4.2'));
    const moved = await repository.commit('main', {
      'web.yaml': manifest('1.4.1').replace('replicas: 2', 'replicas: 3'),
    });
    const { outputs } = await action(image('1.4.2'));
    expect(outputs['outcome']).toBe('updated');
    const [commit] = await repository.log('release/web');
    expect(commit?.parents).toEqual([moved]);
    expect(await repository.read('release/web', 'web.yaml')).toContain('replicas: 3');
  });

  test('a title and text that people wrote stay', async () => {
    const { action, repository, sandbox } = current();
    await action(image('1.4.2'));
    const [opened] = await sandbox.pullRequests();
    const body = `Please wait for the migration.\r\n\r\n${opened?.body}\r\n\r\n- [x] migration done`;
    await repository.pullRequests.update(1, { title: 'Release with migration', body });
    await action(image('1.5.0'));
    const [updated] = await sandbox.pullRequests();
    expect(updated?.title).toBe('Release with migration');
    expect(updated?.body).toMatch(/^Please wait for the migration\.\r\n\r\n<!-- manifest-release-pr: /);
    expect(updated?.body).toMatch(/<!-- \/manifest-release-pr -->\r\n\r\n- \[x\] migration done$/);
    expect(updated?.body).toContain('| ghcr.io/acme/web | 1.4.1 | **1.5.0** |');
    expect(updated?.body).toContain(': 1 place in 1 file, skipped 1.4.2.');
  });

  test('a branch that moves between reading and pushing is planned again', async () => {
    const { action, repository, sandbox } = current();
    sandbox.beforeNext({
      match: /git-receive-pack$/,
      run: () => repository.commit('release/web', { 'other.yaml': 'a: 3\n' }, { parent: 'main' }),
    });
    const { exitCode, outputs, stdout } = await action(image('1.4.2'));
    expect([exitCode, outputs['outcome']], stdout).toEqual([0, 'created']);
    expect(await repository.read('release/web', 'other.yaml')).toBe('a: 3\n');
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.4.2'));
    expect(stdout).toContain('release/web or its base changed during the run; retrying on the new tip');
  });

  test.for(['', 'web.yaml'])(
    'a base that moves at every request does not stop a release, with paths "%s"',
    async (paths) => {
      const { action, repository, sandbox } = current();
      let count = 0;
      const run = () => repository.commit('main', { 'busy.yaml': `count: ${(count += 1)}\n` });
      sandbox.beforeNext({ match: /./, times: Infinity, run });
      const { exitCode, outputs, stdout } = await action({ ...image('1.4.2'), paths });
      expect([exitCode, outputs['outcome']], stdout).toEqual([0, 'created']);
      expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.4.2'));
    },
  );

  test('a run that was cut between push and pull request is finished by the next', async () => {
    const { action, repository, sandbox } = current();
    sandbox.failNext({
      match: /POST .*\/pulls$/,
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    });
    const cut = await action(image('1.4.2'));
    expect(cut.exitCode).toBe(1);
    expect(cut.stdout).toContain('title=API_DENIED');
    const pushed = await repository.tip('release/web');

    const { outputs } = await action(image('1.4.2'));
    expect(outputs).toMatchObject({ outcome: 'created', commit: pushed });
    expect(await repository.tip('release/web')).toBe(pushed);
  });

  test('a pull request that another run opened in between is taken over', async () => {
    const { action, repository, sandbox } = current();
    sandbox.beforeNext({
      match: /POST .*\/pulls$/,
      run: async () => {
        const [headSha = '', baseSha = ''] = await Promise.all(
          ['release/web', 'main'].map((branch) => repository.tip(branch)),
        );
        repository.pullRequests.open({
          title: 'First',
          body: '',
          head: 'release/web',
          headSha,
          base: 'main',
          baseSha,
          draft: false,
        });
      },
    });
    const { outputs } = await action(image('1.4.2'));
    expect(outputs).toMatchObject({ outcome: 'updated', 'pull-request-number': '1' });
    const [pullRequest, ...more] = await sandbox.pullRequests();
    expect(more).toEqual([]);
    expect(pullRequest?.body).toContain('| ghcr.io/acme/web | 1.4.1 | **1.4.2** |');
  });

  test('two runs of the same release at once end as one', async () => {
    const { action, repository, sandbox } = current();
    const results = await Promise.all([action(image('1.4.2')), action(image('1.4.2'))]);
    expect(results.map(({ exitCode, stdout }) => (exitCode === 0 ? '' : stdout))).toEqual(['', '']);
    expect(await sandbox.pullRequests()).toHaveLength(1);
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.4.2'));
    expect(await repository.log('release/web')).toHaveLength(2);
  });

  test('a text that is written after a newer run wrote its own is corrected by the run that wrote it', async () => {
    const { action, repository, sandbox } = current();
    await action(image('1.4.2'));
    let newer: Result | undefined;
    sandbox.beforeNext({
      match: /PATCH .*\/pulls\/1$/,
      run: async () => {
        newer = await action(image('1.5.0'));
      },
    });
    const late = await action(image('1.4.3'));
    expect([newer?.exitCode, newer?.outputs['outcome']], newer?.stdout).toEqual([0, 'updated']);
    expect([late.exitCode, late.outputs['outcome']], late.stdout).toEqual([0, 'skipped-older']);
    const wrote = sandbox.requests.filter(({ method, path }) => method === 'PATCH' && path.endsWith('/pulls/1'));
    const titles = wrote.map(({ requestBody }) => (requestBody as { title?: string }).title);
    expect(titles, 'the newer run was faster').toEqual([
      'Release web 1.4.1 → 1.5.0 (minor)',
      'Release web 1.4.1 → 1.4.3 (patch)',
      'Release web 1.4.1 → 1.5.0 (minor)',
    ]);
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.5.0'));
    const pullRequest = await repository.pullRequests.get(1);
    expect(pullRequest.title).toBe('Release web 1.4.1 → 1.5.0 (minor)');
    expect(pullRequest.body).toContain('| ghcr.io/acme/web | 1.4.1 | **1.5.0** |');
    expect(pullRequest.body).not.toContain('| ghcr.io/acme/web | 1.4.1 | **1.4.3** |');
  });

  test('a skipped run corrects a text that names another version than the branch has', async () => {
    const { action, repository } = current();
    await action(image('1.4.2'));
    const { title, body } = await repository.pullRequests.get(1);
    await action(image('1.5.0'), { GITHUB_RUN_ID: '43' });
    // What a run leaves that wrote its text last and ended before it looked again.
    await repository.pullRequests.update(1, { title, body: body ?? '' });
    const skipped = await action(image('1.4.3'), { GITHUB_RUN_ID: '44' });
    expect([skipped.exitCode, skipped.outputs['outcome']], skipped.stdout).toEqual([0, 'skipped-older']);
    const corrected = await repository.pullRequests.get(1);
    expect(corrected.title).toBe('Release web 1.4.1 → 1.5.0 (minor)');
    expect(corrected.body).toContain('| ghcr.io/acme/web | 1.4.1 | **1.5.0** |');
    expect(corrected.body, 'the run that made the commit').toContain('/acme/web/actions/runs/43');
    expect(corrected.body).not.toMatch(/actions\/runs\/4[24]\b/);

    const again = await action(image('1.4.3'), { GITHUB_RUN_ID: '45' });
    expect(again.outputs['outcome']).toBe('skipped-older');
    expect(await repository.pullRequests.get(1)).toEqual(corrected);
  });

  test('a protected release branch is an error that says so', async () => {
    const { action, repository } = current();
    repository.protect('release/web');
    const { exitCode, stdout } = await action(image('1.4.2'));
    expect(exitCode).toBe(1);
    expect(stdout).toContain('title=PUSH_REFUSED');
    expect(stdout).toContain('GH006: Protected branch update failed');
    expect(stdout).toContain('A rule of the repository protects this branch');
  });

  test.each([
    ['- Commit message must match a given regex pattern: ^[A-Z]+-\\d+', 'set the input "commit-message"'],
    ['- Committer email must end with a given pattern: @acme.example', 'set the setting "author"'],
    ['- Commits must have verified signatures.', 'Set the input "sign-commits" to true'],
    ['- Cannot create ref due to creations being restricted.', 'set the input "branch", a template'],
    ['\u001b[31mWrite an issue into the commit message.\u001b[0m\u0000', 'set the input "commit-message"'],
  ])('a rule of the server %j has the hint for it', async (rule, hint) => {
    const { action, repository } = current();
    const advice = `error: GH013: Repository rule violations found for refs/heads/release/web.\n\n${rule}\n`;
    repository.protect('release/web', 'push declined due to repository rule violations', advice);
    const { exitCode, stdout } = await action(image('1.4.2'));
    expect(exitCode).toBe(1);
    expect(stdout).toContain('title=PUSH_REFUSED');
    expect(stdout).toContain(hint);
    expect(stdout).not.toContain('protects this branch');
    expect(stdout).not.toContain('\\u{');
  });

  test.each([
    [503, 'SERVER_FAILED', 'overloaded or in maintenance'],
    [429, 'RATE_LIMITED', 'with a token of its own'],
  ])('a server that answers %s is not a network that failed', async (status, code, hint) => {
    const { action, sandbox } = current();
    sandbox.failNext({ match: /upload-pack/, status, times: 9 });
    const { exitCode, stdout } = await action(image('1.4.2'));
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`title=${code}`);
    expect(stdout).toContain(hint);
  });
});
