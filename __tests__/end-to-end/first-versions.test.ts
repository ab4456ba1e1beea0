/** Places that have no version yet, places that a comment names, and versions that are only written in another way. */
import { expect, test } from 'vitest';
import { scenarios } from './harness.ts';

const MARKER = '# manifest-release: ghcr.io/acme/web tag';
const FILES = {
  'marked/values.yaml': `web:\n  tag: "" ${MARKER}\n`,
  'marked/Chart.yaml': 'name: web\nappVersion: ""\n',
  'marked/env.yaml': `literals:\n  - WEB_VERSION=1.4.1 ${MARKER}\n  - API=\n`,
  'unclear/env.yaml': `literals:\n  - from 1.4.0 to 1.4.1 ${MARKER}\n`,
  'unclear/web.yaml': 'image: ghcr.io/acme/web:1.4.1\n',
  'fresh/values.yaml': 'image:\n  repository: ghcr.io/acme/web\n  tag: ""\n',
  'fresh/kustomization.yaml': 'kind: Kustomization\nimages:\n  - name: ghcr.io/acme/web\n',
  'fresh/pod.yaml': 'kind: Pod\nspec: { containers: [{ image: ghcr.io/acme/web }] }\n',
  'other/api.yaml': 'image: ghcr.io/acme/api:1.9.0\n',
  'number/values.yaml': 'image:\n  repository: ghcr.io/acme/web\n  tag: 0362525\n',
};

scenarios('first versions', FILES, (current) => {
  test('a marked place that is empty is filled, with all texts by default', async () => {
    const { action, repository, sandbox } = current();
    const { exitCode, stdout, outputs } = await action({
      images: 'ghcr.io/acme/web:1.4.2',
      paths: 'marked/values.yaml',
    });
    expect(exitCode, stdout).toBe(0);
    expect(await repository.read('release/web', 'marked/values.yaml')).toBe(`web:\n  tag: "1.4.2" ${MARKER}\n`);
    expect(JSON.parse(outputs['changes'] ?? '')).toMatchObject([{ image: 'ghcr.io/acme/web', from: '', to: '1.4.2' }]);
    const [pull] = await sandbox.pullRequests();
    expect(pull?.title).toBe('Release web 1.4.2');
    expect(pull?.body).toContain('- marked/values.yaml:2 web.tag: ghcr.io/acme/web 1.4.2');
    const again = await action({ images: 'ghcr.io/acme/web:1.4.2', paths: 'marked/values.yaml' });
    expect(again.outputs['outcome']).toBe('unchanged');
  });

  test('also beside an image that has a version, as a dry run, by push, and on the command line', async () => {
    const { action, cli, sandbox, repository } = current();
    const inputs = {
      images: 'ghcr.io/acme/web:1.4.2\nghcr.io/acme/api:2.0.0',
      paths: 'marked/values.yaml\nother',
      targets: 'marked/Chart.yaml#appVersion=ghcr.io/acme/web',
    };
    const dry = await action({ ...inputs, 'dry-run': 'true' });
    expect([dry.exitCode, dry.outputs['outcome']], dry.stdout).toEqual([0, 'dry-run']);
    const flags = Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value]);
    const json = await cli(['release', '--repository', 'acme/manifests', ...flags, '--json', '--dry-run'], {
      GITHUB_SERVER_URL: sandbox.serverUrl,
      GITHUB_API_URL: sandbox.apiUrl,
      MANIFEST_RELEASE_TOKEN: sandbox.token,
    });
    expect([json.exitCode, JSON.parse(json.stdout)], json.stderr).toMatchObject([
      0,
      { changes: [{ from: '' }, { from: '' }, { from: '1.9.0', to: '2.0.0' }] },
    ]);
    const pushed = await action({ ...inputs, delivery: 'push' });
    expect([pushed.exitCode, pushed.outputs['outcome']], pushed.stdout).toEqual([0, 'pushed']);
    expect(await repository.read('main', 'marked/Chart.yaml')).toBe('name: web\nappVersion: "1.4.2"\n');
    expect((await action({ ...inputs, delivery: 'push' })).outputs['outcome']).toBe('unchanged');
  });

  test('of a marked text only the version is changed; a text without one version stops the release', async () => {
    const { action, repository } = current();
    const { exitCode, stdout } = await action({ images: 'ghcr.io/acme/web:1.4.2', paths: 'marked/env.yaml' });
    expect(exitCode, stdout).toBe(0);
    expect(await repository.read('release/web', 'marked/env.yaml')).toBe(
      `literals:\n  - WEB_VERSION=1.4.2 ${MARKER}\n  - API=\n`,
    );
    const refused = await action({ images: 'ghcr.io/acme/web:1.4.2', paths: 'unclear', name: 'unclear' });
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toContain('unclear/env.yaml:2 literals[0] is named for');
    expect(refused.stdout).toContain('its value "from 1.4.0 to 1.4.1" has 2 versions');
    expect(await repository.refs()).not.toHaveProperty(['refs/heads/release/unclear']);
  });

  test('the first deploy: without insert the error says what to write, with insert it is written', async () => {
    const { action, repository } = current();
    const inputs = { images: 'ghcr.io/acme/web:1.4.2', paths: 'fresh' };
    const refused = await action(inputs);
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toContain('fresh/values.yaml:3 image has no version of it');
    expect(refused.stdout).toContain('set the setting "insert" to true');
    expect(refused.stdout).toContain(`tag: "" ${MARKER}`);
    expect(refused.stdout).toContain('fresh/values.yaml#image.tag=ghcr.io/acme/web');
    const { exitCode, stdout } = await action({ ...inputs, insert: 'true' });
    expect(exitCode, stdout).toBe(0);
    expect(await repository.read('release/web', 'fresh/values.yaml')).toContain('tag: "1.4.2"\n');
    expect(await repository.read('release/web', 'fresh/kustomization.yaml')).toContain(
      '  - name: ghcr.io/acme/web\n    newTag: 1.4.2\n',
    );
    expect(await repository.read('release/web', 'fresh/pod.yaml')).toContain('image: ghcr.io/acme/web:1.4.2 }');
    expect((await action({ ...inputs, insert: 'true' })).outputs['outcome']).toBe('unchanged');
  });

  test('a released tag that stands there as a number gets its quotes', async () => {
    const { action, repository, sandbox } = current();
    const inputs = { images: 'ghcr.io/acme/web:0362525', paths: 'number' };
    const { exitCode, stdout, outputs } = await action(inputs);
    expect([exitCode, outputs['outcome']], stdout).toEqual([0, 'created']);
    expect(await repository.read('release/web', 'number/values.yaml')).toContain('tag: "0362525"\n');
    const [pull] = await sandbox.pullRequests();
    expect(pull?.title).toBe('Release web 0362525');
    expect(pull?.body).toContain('0362525 → 0362525 (quoted)');
    expect((await action(inputs)).outputs['outcome']).toBe('unchanged');
    const pushed = await action({ ...inputs, delivery: 'push' });
    expect([pushed.exitCode, pushed.outputs['outcome']], pushed.stdout).toEqual([0, 'pushed']);
    expect((await action({ ...inputs, delivery: 'push' })).outputs['outcome']).toBe('unchanged');
  });
});
