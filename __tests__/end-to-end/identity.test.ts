/** What a release is: two runs of one identity update one pull request, and two identities never meet. */
import { expect, test } from 'vitest';
import { scenarios, type Scenario } from './harness.ts';

const manifest = (name: string, version: string): string => `image: ghcr.io/acme/${name}:${version}\n`;

/** Each open pull request as `branch title`. */
async function open({ sandbox }: Scenario): Promise<string[]> {
  const all = await sandbox.pullRequests();
  return all.filter(({ state }) => state === 'open').map(({ head, title }) => `${head} ${title}`);
}

scenarios(
  'two applications whose images end in the same word',
  { 'shop.yaml': manifest('shop/api', '1.0.0'), 'blog.yaml': manifest('blog/api', '1.0.0') },
  (current) => {
    const shop = (version: string) => ({ images: `ghcr.io/acme/shop/api:${version}` });
    const blog = (version: string) => ({ images: `ghcr.io/acme/blog/api:${version}` });
    const BLOG = /^release\/acme-blog-api-[0-9a-f]{6} Release acme-blog-api-[0-9a-f]{6} 1\.0\.0 → /;

    test('have a branch and a pull request each, and keep them', async () => {
      const { action, repository } = current();
      expect((await action(shop('1.1.0'))).outputs['outcome']).toBe('created');
      const second = await action(blog('1.2.0'));
      expect(second.outputs['outcome'], second.stdout).toBe('created');
      expect(await open(current())).toEqual([
        'release/api Release api 1.0.0 → 1.1.0 (minor)',
        expect.stringMatching(BLOG),
      ]);
      for (const one of [shop('1.1.0'), blog('1.2.0')]) {
        expect((await action(one)).outputs['outcome']).toBe('unchanged');
      }
      expect((await action(blog('1.3.0'))).outputs['outcome']).toBe('updated');
      expect((await action(shop('1.1.1'))).outputs['outcome']).toBe('updated');
      expect(await repository.read('release/api', 'shop.yaml')).toBe(manifest('shop/api', '1.1.1'));
      expect(await repository.read('release/api', 'blog.yaml')).toBe(manifest('blog/api', '1.0.0'));
      expect(await open(current())).toHaveLength(2);
    });

    test('have a history each: what was declined of one is not declined of the other', async () => {
      const { action, repository } = current();
      await action(shop('1.1.0'));
      await action(blog('1.1.0'));
      await repository.pullRequests.close(2);
      expect((await action(blog('1.1.0'))).outputs['outcome']).toBe('declined');
      expect((await action(shop('1.1.0'))).outputs['outcome']).toBe('unchanged');
    });

    test('keep apart also when both start at once', async () => {
      const { action, repository, sandbox } = current();
      sandbox.beforeNext({
        match: /git-receive-pack$/,
        run: async () => {
          await action(shop('1.1.0'));
        },
      });
      const { outputs, stdout } = await action(blog('1.2.0'));
      expect(outputs['outcome'], stdout).toBe('created');
      expect(await open(current())).toHaveLength(2);
      expect(await repository.read('release/api', 'shop.yaml')).toBe(manifest('shop/api', '1.1.0'));
    });

    test.each([
      ['name', { name: 'api' }],
      ['branch', { branch: 'deploy' }],
    ])('that are given one %s end the second with an error that names both', async (input, given) => {
      const { action, repository } = current();
      await action({ ...shop('1.1.0'), ...given });
      const [branch = ''] = (await open(current())).map((line) => line.split(' ')[0] ?? '');
      const tip = await repository.tip(branch);
      const { exitCode, stdout } = await action({ ...blog('1.2.0'), ...given });
      expect(exitCode, stdout).toBe(1);
      expect(stdout).toContain(
        `Branch "${branch}" belongs to the release of ghcr.io/acme/shop/api, and this is the release of ghcr.io/acme/blog/api.`,
      );
      expect(stdout).toContain(`set the input "${input}" of one of them`);
      expect(await repository.tip(branch)).toBe(tip);
    });

    test('do not overwrite each other with on-foreign-commits: reset', async () => {
      const { action, repository } = current();
      await action(shop('1.1.0'));
      const tuned = await repository.commit('release/api', { 'other.yaml': 'a: 1\n' });
      const given = { ...blog('1.2.0'), name: 'api', 'on-foreign-commits': 'reset' };
      expect((await action(given)).stdout).toContain('title=BRANCH_TAKEN');
      await repository.pullRequests.update(1, { body: 'Mine' });
      expect((await action(given)).stdout).toContain('title=BRANCH_TAKEN');
      expect(await repository.tip('release/api')).toBe(tuned);
    });

    test('on a plain git server have a branch each too', async () => {
      const { action, repository } = current();
      await action({ ...shop('1.1.0'), token: '' });
      const second = await action({ ...blog('1.2.0'), token: '' });
      if (second.exitCode !== 0) return expect(second.stdout).toContain('No token was given');
      expect(second.outputs['branch']).toMatch(/^release\/acme-blog-api-/);
      expect(await repository.read('release/api', 'shop.yaml')).toBe(manifest('shop/api', '1.1.0'));
    });
  },
);

scenarios(
  'one image released to two folders',
  { 's/web.yaml': manifest('web', '1.4.1'), 'p/web.yaml': manifest('web', '1.4.1') },
  (current) => {
    const to = (paths: string, version: string) => ({ images: `ghcr.io/acme/web:${version}`, paths });

    test('is two releases, of which neither holds the other back', async () => {
      const { action, repository } = current();
      expect((await action(to('s', '1.5.0'))).outputs['outcome']).toBe('created');
      const hotfix = await action(to('p', '1.4.2'));
      expect(hotfix.outputs['outcome'], hotfix.stdout).toBe('created');
      const branches = (await open(current())).map((line) => line.split(' ')[0] ?? '');
      expect(branches).toEqual(['release/web', expect.stringMatching(/^release\/acme-web-p-[0-9a-f]{6}$/)]);
      expect(await repository.read(branches[0] ?? '', 's/web.yaml')).toBe(manifest('web', '1.5.0'));
      expect(await repository.read(branches[0] ?? '', 'p/web.yaml')).toBe(manifest('web', '1.4.1'));
      expect(await repository.read(branches[1] ?? '', 'p/web.yaml')).toBe(manifest('web', '1.4.2'));
      expect((await action(to('s', '1.5.0'))).outputs['outcome']).toBe('unchanged');
    });
  },
);

scenarios(
  'the images of one release',
  { 'web.yaml': manifest('web', '1.0.0'), 'api.yaml': manifest('api', '1.0.0') },
  (current) => {
    const lines = ['ghcr.io/acme/web:1.1.0', 'ghcr.io/acme/api:1.1.0'];

    test('are a set: their order does not make another release', async () => {
      const { action, repository } = current();
      await action({ images: lines.join('\n') });
      const again = await action({ images: lines.toReversed().join('\n') });
      expect(again.outputs, again.stdout).toMatchObject({ outcome: 'unchanged', 'pull-request-number': '1' });
      await repository.pullRequests.close(1);
      expect((await action({ images: lines.toReversed().join('\n') })).outputs['outcome']).toBe('declined');
      expect(await current().sandbox.pullRequests()).toHaveLength(1);
    });
  },
);

const CONFIG = `apps:
  web:
    images: ghcr.io/acme/web
    environments: { a-b: { paths: one } }
  web-a:
    images: ghcr.io/acme/web-a
    environments: { b: { paths: two } }
`;

scenarios(
  'two apps whose names and environments join to one text',
  {
    '.github/manifest-release.yaml': CONFIG,
    'one/web.yaml': manifest('web', '1.0.0'),
    'two/web.yaml': manifest('web-a', '1.0.0'),
  },
  (current) => {
    test('have a pull request each', async () => {
      const { action } = current();
      await action({ app: 'web', version: '1.1.0' });
      const second = await action({ app: 'web-a', version: '1.2.0' });
      expect(second.outputs['outcome'], second.stdout).toBe('created');
      expect(await open(current())).toEqual([
        'release/web-a-b Release web-a-b 1.0.0 → 1.1.0 (minor)',
        expect.stringMatching(/^release\/web-a-b-[0-9a-f]{6} Release web-a-b-[0-9a-f]{6} 1\.0\.0 → 1\.2\.0/),
      ]);
      expect((await action({ app: 'web', version: '1.1.0' })).outputs['outcome']).toBe('unchanged');
    });
  },
);

scenarios('one build in two registries', { 'web.yaml': manifest('web', '1.4.1') }, (current) => {
  const build = (version: string) => ({ images: `docker.io/acmeinc/web:${version}\nghcr.io/acme/web:${version}` });

  test('the registry that the manifests have is released, and the release keeps its branch when that is the other', async () => {
    const { action, repository } = current();
    const first = await action(build('1.4.2'));
    expect(first.outputs['outcome'], first.stdout).toBe('created');
    expect(first.stdout).toContain(
      'docker.io/acmeinc/web is in no manifest; skipped: ghcr.io/acme/web is the same build',
    );
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('web', '1.4.2'));
    expect((await action(build('1.4.2'))).outputs['outcome']).toBe('unchanged');

    await repository.commit('main', { 'web.yaml': 'image: acmeinc/web:1.4.1\n' });
    const moved = await action(build('1.4.3'));
    expect(moved.outputs['outcome'], moved.stdout).toBe('updated');
    expect(await repository.read('release/web', 'web.yaml')).toBe('image: acmeinc/web:1.4.3\n');

    await repository.commit('main', { 'api.yaml': manifest('web', '1.4.1') });
    const both = await action(build('1.4.4'));
    expect(both.stdout).not.toContain('the same build');
    expect(await repository.read('release/web', 'web.yaml')).toBe('image: acmeinc/web:1.4.4\n');
    expect(await repository.read('release/web', 'api.yaml')).toBe(manifest('web', '1.4.4'));
    expect(await open(current())).toEqual(['release/web Release web 1.4.1 → 1.4.4 (patch)']);
  });

  test.each([
    'docker.io/acme/web:1.4.3\nghcr.io/acme/web:1.4.2',
    'docker.io/acme/api:1.4.2\nghcr.io/acme/web:1.4.2',
    'ghcr.io/acme/web:1.4.2\nghcr.io/shop/web:1.4.2',
    'docker.io/acme/api:1.4.2\nghcr.io/acme/api:1.4.2',
  ])('another image that is missing is an error: %j', async (images) => {
    const { exitCode, stdout } = await current().action({ images });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('was not found in any manifest');
  });
});

scenarios(
  'one release into three bases',
  { 'web.yaml': 'image: ghcr.io/acme/web:1.4.1\n', 'other.yaml': 'a: 1\n' },
  (current) => {
    test.each([{}, { paths: 'web.yaml' }])(
      'with %j has a branch for each, with nothing of the other base',
      async (inputs) => {
        const { action, repository, sandbox } = current();
        for (const branch of ['dev', 'qa']) await repository.commit(branch, { 'other.yaml': `a: ${branch}\n` });
        const release = (version: string, base?: string) =>
          action({ images: `ghcr.io/acme/web:${version}`, ...inputs, ...(base && { base }) });
        for (const version of ['1.5.0', '1.6.0']) {
          for (const base of ['dev', undefined, 'qa']) {
            const { exitCode, stdout } = await release(version, base);
            expect(exitCode, stdout).toBe(0);
          }
          const open = await sandbox.pullRequests();
          expect(open.map(({ base, title }) => `${base}: ${title}`)).toEqual([
            `dev: Release web 1.4.1 → ${version} (minor)`,
            expect.stringMatching(`^main: Release [\\w.-]+ 1.4.1 → ${version} \\(minor\\)$`),
            expect.stringMatching(`^qa: Release [\\w.-]+-qa-[\\da-f]{6} 1.4.1 → ${version} \\(minor\\)$`),
          ]);
          for (const { base, head } of open) expect(await repository.countAbove(base, head)).toBe(1);
          expect(await repository.read(open[1]?.head ?? '', 'other.yaml')).toBe('a: 1\n');
        }
        for (const base of ['dev', undefined, 'qa']) {
          expect((await release('1.6.0', base)).outputs['outcome']).toBe('unchanged');
        }
      },
    );

    test('with a branch that was given for both is refused', async () => {
      const { action } = current();
      const branch = { images: 'ghcr.io/acme/web:1.5.0', branch: 'deploy/web' };
      await current().repository.commit('dev', { 'other.yaml': 'a: 2\n' });
      await action({ ...branch, base: 'dev' });
      const { exitCode, stdout } = await action(branch);
      expect([exitCode, stdout.includes('title=BRANCH_TAKEN')], stdout).toEqual([1, true]);
      expect(stdout).toContain('belongs to the release of ghcr.io/acme/web into dev');
    });
  },
);
