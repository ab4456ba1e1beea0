/** Lines that keep another version of a released image: what a run tells of them, and where. */
import { expect, test } from 'vitest';
import { scenarios, type Result } from './harness.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const FILES = {
  'web.yaml': 'image: ghcr.io/acme/web:1.4.1 # ghcr.io/acme/web:1.4.0\n',
  'deploy.sh': `#!/bin/sh\n# docker pull ghcr.io/acme/web:1.0.0\ndocker pull "$REGISTRY/acme/web:1.4.0"\n`,
  'job.yaml': 'about: |\n  What we have seen:\n  We ran ghcr.io/acme/web:1.3.0 before.\n',
  '.github/workflows/ci.yml': `container: "x ghcr.io/acme/web:1.2.0@${DIGEST}!"\n`,
  'README.md': 'Run `ghcr.io/acme/web:1.1.0` & see @ada.\n',
  'logo.png': 'ghcr.io/acme/web:1.0.0',
  'terraform/main.tf': 'image = "ghcr.io/acme/infra:1.0.0"\n',
  'jobs/a.yaml': 'kind: Job\nspec: { run: "X=ghcr.io/acme/job:1.0.0!" }\n---\nkind: Job\n',
};
const IMAGES = { images: 'ghcr.io/acme/web:1.4.2' };
const OWN = { GITHUB_REPOSITORY: 'acme/manifests' };

const placesOf = ({ outputs }: Result): string[] =>
  (JSON.parse(outputs['left'] ?? '[]') as { file: string; line: number; version: string }[]).map(
    ({ file, line, version }) => `${file}:${line} ${version}`,
  );
const ALL = [
  'job.yaml:3 1.3.0',
  `.github/workflows/ci.yml:1 1.2.0@${DIGEST}`,
  'deploy.sh:3 1.4.0',
  'README.md:1 1.1.0',
];
const warningsOf = ({ stdout }: Result): string[] => stdout.split('\n').filter((line) => line.startsWith('::warning'));

scenarios('what is left', FILES, (current) => {
  test('is told by warnings, outputs, summary and the pull request; again the same, and nothing is written', async () => {
    const { action, sandbox, requests, forget } = current();
    const released = await action(IMAGES, OWN);
    expect(released.outputs['outcome'], released.stdout).toBe('created');
    expect(placesOf(released)).toEqual(ALL);
    expect(JSON.parse(released.outputs['results'] ?? '[]')).toMatchObject([
      { left: [{}, {}, { image: 'acme/web', reason: 'has a variable in place of its registry' }, {}] },
    ]);
    expect(warningsOf(released)).toEqual([
      '::warning::4 lines have another version of a released image: job.yaml:3, .github/workflows/ci.yml:1, deploy.sh:3 and 1 more',
      expect.stringContaining('::warning file=job.yaml,line=3::'),
      expect.stringContaining('::warning file=.github/workflows/ci.yml,line=1::'),
      expect.stringContaining('::warning file=deploy.sh,line=3::'),
      expect.stringContaining('::warning file=README.md,line=1::'),
    ]);
    expect(released.summary).toContain('| `deploy.sh:3` | `acme/web` | `1.4.0` |');
    const [pullRequest] = await sandbox.pullRequests();
    expect(pullRequest?.body).toContain('**Left as it is:** 4 lines with another version.\n');
    expect(pullRequest?.body).toContain('- job.yaml:3 has ghcr.io/acme/web 1.3.0: it is in a sentence\n');
    forget();
    const again = await action(IMAGES, OWN);
    expect([again.outputs['outcome'], placesOf(again)]).toEqual(['unchanged', ALL]);
    expect(warningsOf(again)).toEqual(warningsOf(released));
    expect(requests().filter((request) => /^(?:PATCH|PUT|POST .*(?:pulls|receive-pack))/.test(request))).toEqual([]);
  });

  test('is told by a dry run, a push, and where the base has the version already', async () => {
    const { action } = current();
    const dry = await action({ ...IMAGES, 'dry-run': 'true' });
    expect([dry.outputs['outcome'], placesOf(dry)]).toEqual(['dry-run', ALL]);
    const pushed = await action({ ...IMAGES, delivery: 'push' });
    expect([pushed.outputs['outcome'], placesOf(pushed)]).toEqual(['pushed', ALL]);
    const later = await action(IMAGES);
    expect([later.outputs['outcome'], placesOf(later)]).toEqual(['unchanged', ALL]);
    const older = await action({ images: 'ghcr.io/acme/web:1.4.1' });
    expect([older.outputs['outcome'], placesOf(older), warningsOf(older)]).toEqual(['skipped-older', [], []]);
  });

  test('is what is below the paths', async () => {
    const { action } = current();
    expect(placesOf(await action({ ...IMAGES, paths: 'web.yaml\ndeploy.sh\nlogo.png' }))).toEqual([
      'deploy.sh:3 1.4.0',
    ]);
  });

  test('is told of the branch, where a person mended it', async () => {
    const { action, repository, sandbox } = current();
    await action(IMAGES);
    await repository.commit('release/web', {
      'deploy.sh': 'docker pull "$REGISTRY/acme/web:1.4.3"\n',
      'README.md': 'x\n',
    });
    const next = await action({ images: 'ghcr.io/acme/web:1.4.3' });
    expect([next.outputs['outcome'], placesOf(next)]).toEqual(['updated', ALL.slice(0, 2)]);
    expect((await sandbox.pullRequests())[0]?.body).toContain('**Left as it is:** 2 lines with another version.\n');
  });

  test.each([{}, { paths: '.' }, { paths: '*.yaml' }])(
    'is what came to the base after a person committed on the branch, with %j, until the branch has it too',
    async (paths) => {
      const { action, repository, sandbox } = current();
      const images = (version: string) => ({ images: `ghcr.io/acme/new:${version}`, ...paths });
      const manifest = (version: string) => `image: ghcr.io/acme/new:${version}\n`;
      await repository.commit('main', { 'new.yaml': manifest('1.4.1') });
      await action(images('1.4.2'));
      await repository.commit('release/new', { 'fix.yaml': 'a: 1\n' });
      await repository.commit('main', { 'later.yaml': manifest('1.4.1'), 'other.yaml': 'a: 1\n' });
      const kept = await action(images('1.4.2'));
      expect([kept.outputs['outcome'], placesOf(kept)]).toEqual(['unchanged', ['later.yaml:1 1.4.1']]);
      const next = await action(images('1.4.3'));
      expect([next.outputs['outcome'], placesOf(next)]).toEqual(['updated', ['later.yaml:1 1.4.1']]);
      expect(JSON.parse(next.outputs['changes'] ?? '')).toEqual([expect.objectContaining({ file: 'new.yaml' })]);
      expect(next.outputs['left']).toContain('is on main and not on release/new, which has commits by others');
      const { body } = await repository.pullRequests.get(1);
      expect(body).toContain('1 place in 1 file');
      expect(body).toContain('later.yaml:1');
      await repository.commit('release/new', { 'later.yaml': manifest('1.4.1') });
      const merged = await action(images('1.4.3'));
      expect([merged.outputs['outcome'], placesOf(merged)]).toEqual(['updated', []]);
      expect(JSON.parse(merged.outputs['changes'] ?? '')).toHaveLength(2);
      expect((await sandbox.pullRequests()).filter(({ state }) => state === 'open')).toHaveLength(1);
    },
  );

  test('is not a place that a person moved on the branch, or that was moved on the base', async () => {
    const { action, repository } = current();
    const containers = (...names: readonly string[]) =>
      `kind: Pod\nspec:\n  containers:\n${names.map((name) => `    - image: ghcr.io/acme/${name}\n`).join('')}`;
    await repository.commit('main', { 'new.yaml': containers('new:1.4.1') });
    await action({ images: 'ghcr.io/acme/new:1.4.2' });
    await repository.commit('release/new', { 'new.yaml': containers('proxy:1', 'new:1.4.2') });
    const within = await action({ images: 'ghcr.io/acme/new:1.4.3' });
    expect([within.outputs['outcome'], placesOf(within)]).toEqual(['updated', []]);
    await repository.commit('main', { 'new.yaml': null, 'moved.yaml': containers('new:1.4.1') });
    const moved = await action({ images: 'ghcr.io/acme/new:1.4.4' });
    expect([moved.outputs['outcome'], placesOf(moved)]).toEqual(['updated', []]);
  });

  test('is bounded where there is much', async () => {
    const { action, repository, sandbox } = current();
    const lines = Array.from({ length: 700 }, (_, index) => `docker pull ghcr.io/acme/web:0.${index}\n`);
    await repository.commit('main', { 'many.sh': lines.join('') });
    const released = await action(IMAGES, OWN);
    expect(warningsOf(released)).toHaveLength(10);
    expect(warningsOf(released)[0]).toContain('704 lines have another version');
    expect(released.stdout).toContain('- and 504 more');
    expect(placesOf(released)).toHaveLength(500);
    const body = (await sandbox.pullRequests())[0]?.body ?? '';
    expect(body.match(/^- many\.sh/gm)).toHaveLength(47);
    expect(body).toContain('704 lines with another version');
  });

  test('is the error where nothing can be changed, with the entry to paste', async () => {
    const { action } = current();
    const terraform = await action({ images: 'ghcr.io/acme/infra:1.1.0' }, OWN);
    expect(terraform.stdout).toContain('::error title=SITE_NOT_FOUND,file=terraform/main.tf,line=1::');
    expect(terraform.stdout).toContain('terraform/main.tf:1 has ghcr.io/acme/infra 1.0.0, but it is in a file that is');
    const job = { images: 'ghcr.io/acme/job:1.1.0' };
    const refused = await action(job);
    expect(refused.stdout).toContain('jobs/a.yaml:2 has ghcr.io/acme/job 1.0.0, but it is part of a longer text');
    const [, targets = ''] = /add to the setting "targets":%0A +(.*?) \[SITE_NOT_FOUND\]/.exec(refused.stdout) ?? [];
    expect(targets).toBe('jobs/a.yaml#0#spec.run=ghcr.io/acme/job');
    expect((await action({ ...job, targets })).outputs['outcome']).toBe('created');
  });
});

const CONFIG = `apps:
  web:
    images: [ghcr.io/acme/web, ghcr.io/acme/jobs]
    environments:
      staging: { paths: [staging], delivery: push }
      production: { paths: [production] }
`;
const place = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const ENVIRONMENTS = {
  '.github/manifest-release.yaml': CONFIG,
  'staging/web.yaml': place('1.4.1'),
  'staging/run.sh': 'docker run ghcr.io/acme/web:1.3.0\n',
  'production/web.yaml': place('1.4.1'),
  'production/run.sh': 'docker run ghcr.io/acme/web:1.2.0\ndocker run ghcr.io/acme/jobs:0.9.0\n',
};

scenarios('what is left in environments', ENVIRONMENTS, (current) => {
  test('is told of each, of a promotion and of a rollback', async () => {
    const { action, repository } = current();
    const leftIn = ({ outputs }: Result): unknown[] =>
      (
        JSON.parse(outputs['results'] ?? '[]') as { environment: string; left: { file: string; version: string }[] }[]
      ).map(({ environment, left }) => [environment, left.map(({ file, version }) => `${file} ${version}`)]);
    const staging = ['staging', ['staging/run.sh 1.3.0']];
    const production = ['production', ['production/run.sh 1.2.0', 'production/run.sh 0.9.0']];
    const released = await action({ app: 'web', version: '1.4.2' });
    expect(leftIn(released), released.stdout).toEqual([staging, production]);
    expect(warningsOf(released)[0]).toBe(
      '::warning::3 lines have another version of a released image: staging/run.sh:1, production/run.sh:1, production/run.sh:2',
    );
    await repository.commit('main', { 'production/web.yaml': place('1.4.1') });
    const promoted = await action({ mode: 'promote', app: 'web', from: 'staging', environments: 'production' });
    // Staging has no place of jobs, so no version of it is promoted.
    expect(leftIn(promoted), promoted.stdout).toEqual([['production', ['production/run.sh 1.2.0']]]);
    const back = await action({ mode: 'rollback', app: 'web', environments: 'staging' });
    expect(leftIn(back), back.stdout).toEqual([staging]);
    expect((await action({ mode: 'status', app: 'web' })).stdout).not.toContain('another version');
  });
});
