/** The servers, refs and files that real repositories bring along. */
import { expect, test } from 'vitest';
import { scenarios } from './harness.ts';

const IMAGE = 'image: ghcr.io/acme/web:1.4.1\n';
const FILES = {
  'apps/web.yaml': IMAGE,
  'apps/run.yaml': { mode: '100755', content: IMAGE },
  'other/web.yaml': IMAGE,
  'link.yaml': { mode: '120000', content: 'apps/web.yaml' },
  module: { mode: '160000', content: '8f14e45fceea167a5a36dedd4bea2543f5a1b2c3' },
  'notes.md': IMAGE,
} as const;
const INPUTS = { images: 'ghcr.io/acme/web:1.4.2' };

for (const partialClone of [true, false]) {
  scenarios(
    partialClone ? 'a server with partial clone' : 'a server without partial clone',
    FILES,
    (current) => {
      test('modes, links and submodules survive', async () => {
        const { action, repository } = current();
        const { outputs } = await action(INPUTS);
        expect(JSON.parse(outputs['changed-files'] ?? '')).toEqual([
          'apps/run.yaml',
          'apps/web.yaml',
          'other/web.yaml',
        ]);
        expect(await repository.files('release/web')).toEqual(await repository.files('main'));
        expect(await repository.read('release/web', 'link.yaml')).toBe('apps/web.yaml');
        expect(await repository.read('release/web', 'notes.md')).toBe(IMAGE);
      });

      test('paths limit the search and the download', async () => {
        const { action, repository, requests } = current();
        const { outputs } = await action({ ...INPUTS, paths: 'apps\n:(exclude)apps/run.yaml' });
        expect(JSON.parse(outputs['changed-files'] ?? '')).toEqual(['apps/web.yaml']);
        expect(await repository.read('release/web', 'other/web.yaml')).toBe(IMAGE);
        const operations = requests().filter((request) => request.includes('/info/refs'));
        expect(operations.filter((request) => request.includes('upload-pack')).length).toBeLessThanOrEqual(2);
        expect(operations.filter((request) => request.includes('receive-pack'))).toHaveLength(1);
      });

      test('an unchanged run writes nothing, and counts', async () => {
        const { action, forget, requests } = current();
        await action(INPUTS);
        forget();
        expect((await action(INPUTS)).outputs['outcome']).toBe('unchanged');
        expect(requests().filter((request) => request.includes('receive-pack'))).toEqual([]);
        expect(requests().filter((request) => request.includes('/api/'))).toEqual(['POST /api/graphql 200']);
      });
    },
    { partialClone },
  );
}

scenarios('repositories', FILES, (current) => {
  test('another default branch, and a base of one’s own', async () => {
    const { action, sandbox } = current();
    const trunk = await sandbox.createRepository('acme/trunk', { 'a.yaml': IMAGE }, { defaultBranch: 'trunk/v2' });
    await trunk.commit('staging', { 'b.yaml': IMAGE });
    const first = await action({ ...INPUTS, repository: 'acme/trunk' });
    expect(first.outputs).toMatchObject({ outcome: 'created', base: 'trunk/v2' });
    const second = await action({
      ...INPUTS,
      repository: 'acme/trunk',
      base: 'staging',
      branch: 'to-{{ base }}/{{ name }}-{{ version }}',
    });
    expect(second.outputs).toMatchObject({ outcome: 'created', base: 'staging', branch: 'to-staging/web-1.4.2' });
    expect(JSON.parse(second.outputs['changed-files'] ?? '')).toEqual(['a.yaml', 'b.yaml']);
  });

  test('a branch that another branch’s name stands in the way of', async () => {
    const { action, repository } = current();
    await repository.commit('release', {});
    const { exitCode, stdout } = await action(INPUTS);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('title=BRANCH_BLOCKED')]);
  });

  test('a URL in place of owner/name', async () => {
    const { action, sandbox } = current();
    const { outputs } = await action({ ...INPUTS, repository: `${sandbox.serverUrl}/acme/manifests` });
    expect(outputs['outcome']).toBe('created');
  });

  test('a server that is no GitHub: the branch is pushed and the text printed', async () => {
    const { action, sandbox, requests } = current();
    const elsewhere = {
      GITHUB_SERVER_URL: 'https://github.example.com',
      GITHUB_API_URL: 'https://github.example.com/api/v3',
    };
    const { outputs, stdout } = await action(
      { ...INPUTS, repository: `${sandbox.serverUrl}/acme/manifests` },
      elsewhere,
    );
    expect(outputs).toMatchObject({ outcome: 'pushed', 'pull-request-number': '' });
    expect(stdout).toContain('::group::Text for a pull request\nRelease web 1.4.1 → 1.4.2 (patch)');
    expect(requests().filter((request) => request.includes('/api/'))).toEqual(['GET /api/v1/version 404']);
  });

  test('an empty repository', async () => {
    const { action, sandbox } = current();
    await sandbox.createRepository('acme/empty', {});
    const { exitCode, stdout } = await action({ ...INPUTS, repository: 'acme/empty' });
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('has no commit on its default branch')]);
  });

  test('a dry run shows everything and writes nothing', async () => {
    const { action, sandbox, repository, requests } = current();
    const { exitCode, outputs, stdout, summary } = await action({ ...INPUTS, 'dry-run': 'true' });
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({ outcome: 'dry-run', commit: '', branch: 'release/web' });
    expect(JSON.parse(outputs['changes'] ?? '')).toHaveLength(3);
    expect(outputs['diff']).toContain('+image: ghcr.io/acme/web:1.4.2');
    expect(stdout).toContain(
      'Dry run: 3 places in 3 files would change; 1 line keeps another version; nothing was written.',
    );
    expect(stdout).toContain('Release **web** 1.4.1 → 1.4.2 (patch): ');
    expect(summary).toContain('```diff');
    expect(Object.keys(await repository.refs())).toEqual(['refs/heads/main']);
    expect(await sandbox.pullRequests()).toEqual([]);
    expect(requests().filter((request) => /^(?:POST|PATCH) \/api\/v3|receive-pack/.test(request))).toEqual([]);
  });

  test('what docker’s actions put out is taken as it is', async () => {
    const { action } = current();
    const digest = `sha256:${'1'.repeat(64)}`;
    const forms = {
      'metadata-action tags':
        'ghcr.io/acme/web:main\nghcr.io/acme/web:1\nghcr.io/acme/web:1.5\nghcr.io/acme/web:sha-8f14e45\nghcr.io/acme/web:1.5.0',
      'metadata-action json': JSON.stringify({
        tags: ['ghcr.io/acme/web:1.5', 'ghcr.io/acme/web:1.5.0'],
        labels: { a: 'b' },
      }),
      'bake-action metadata': JSON.stringify({
        'buildx.build.warnings': [],
        web: { 'image.name': 'ghcr.io/acme/web:latest,ghcr.io/acme/web:1.5.0', 'containerimage.digest': digest },
      }),
    };
    for (const [form, images] of Object.entries(forms)) {
      const { outputs, stdout } = await action({ images, 'dry-run': 'true' });
      const [change] = JSON.parse(outputs['changes'] ?? '[]') as { to: string }[];
      expect([form, change?.to]).toEqual([form, form.startsWith('bake') ? `1.5.0@${digest}` : '1.5.0']);
      expect(stdout).toContain('of the tags of ghcr.io/acme/web, 1.5.0 is released; left aside: ');
    }
  });

  test('an image moves to another repository', async () => {
    const { action, repository } = current();
    const { outputs } = await action({ images: 'ghcr.io/acme/web=registry.example.com/shop/web:2.0.0' });
    expect(await repository.read('release/web', 'apps/web.yaml')).toBe('image: registry.example.com/shop/web:2.0.0\n');
    const [change] = JSON.parse(outputs['changes'] ?? '[]') as object[];
    expect(change).toMatchObject({ from: 'ghcr.io/acme/web:1.4.1', to: 'registry.example.com/shop/web:2.0.0' });
  });
});
