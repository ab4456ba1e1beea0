/** The Action as a step of a job. */
import { expect, test } from 'vitest';
import { PROJECT } from './runner.ts';
import { eachWithRunner } from './scenario.ts';

const current = eachWithRunner();
const BUILD = '.github/workflows/build.yml';

/** A workflow of one job with the Action as its step `release`, and with a further step that reads its outputs. */
const workflowWith = (inputs: string): string => `on: push
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - uses: ${PROJECT}@v1
        id: release
        with: ${inputs}
      - if: always()
        id: after
        run: echo "outcome=$OUTCOME" >> "$GITHUB_OUTPUT"
        env:
          OUTCOME: \${{ steps.release.outputs.outcome }}
`;

test('opens a pull request; run again, it changes nothing', async () => {
  const { sandbox, checkOut, listed, read } = current();
  const token = sandbox.createToken({ kind: 'fine-grained', repositories: ['acme/manifests'] });
  const inputs =
    '{ repository: acme/manifests, images: ghcr.io/acme/web:1.4.2, paths: staging, token: "${{ secrets.MANIFEST_TOKEN }}" }';
  const web = await checkOut('acme/web', { [BUILD]: workflowWith(inputs) });

  const first = await web.run({ workflow: BUILD, secrets: { MANIFEST_TOKEN: token } });
  expect(first.succeeded, first.log).toBe(true);
  expect(first.outputs).toMatchObject({
    release: {
      outcome: 'created',
      'pull-request-number': '1',
      'pull-request-url': `${sandbox.serverUrl}/acme/manifests/pull/1`,
      branch: 'release/web',
      'changed-files': '["staging/web.yaml"]',
    },
    after: { outcome: 'created' },
  });
  expect(first.log).toContain('Opened pull request #1');
  expect(first.summary).toContain('[Pull request #1]');
  expect(await listed()).toEqual(['1 open release/web Release web 1.4.1 → 1.4.2 (patch)']);
  expect(await read('release/web', 'staging/web.yaml')).toBe('image: ghcr.io/acme/web:1.4.2\n');
  expect(await read('release/web', 'production/web.yaml')).toBe('image: ghcr.io/acme/web:1.4.1\n');

  const again = await web.run({ workflow: BUILD, secrets: { MANIFEST_TOKEN: token } });
  expect([again.succeeded, again.outputs['release']?.['outcome']], again.log).toEqual([true, 'unchanged']);
  expect(await listed()).toHaveLength(1);
});

test('a GitHub App releases, and its token is revoked when the job has ended', async () => {
  const { app, checkOut, listed } = current();
  const inputs =
    '{ repository: acme/manifests, images: ghcr.io/acme/web:1.4.2, paths: staging, app-client-id: "${{ vars.CLIENT }}", app-private-key: "${{ secrets.KEY }}" }';
  const web = await checkOut('acme/web', { [BUILD]: workflowWith(inputs) });

  const ran = await web.run({ workflow: BUILD, vars: { CLIENT: app.clientId }, secrets: { KEY: app.privateKey } });
  expect([ran.succeeded, ran.outputs['release']?.['outcome']], ran.log).toEqual([true, 'created']);
  expect(app.tokens.map(({ repositories, revoked }) => ({ repositories, revoked }))).toEqual([
    { repositories: ['acme/manifests'], revoked: true },
  ]);
  expect(await listed()).toHaveLength(1);
});

test('an image that no manifest has fails the job, and says so as an annotation', async () => {
  const { checkOut, listed } = current();
  const web = await checkOut('acme/manifests', {
    [BUILD]: workflowWith('{ images: ghcr.io/acme/wep:1.4.2, registry: off }'),
  });

  const ran = await web.run({ workflow: BUILD });
  expect([ran.succeeded, ran.results], ran.log).toEqual([false, { release: 'failure' }]);
  expect(ran.log).toMatch(/::error.*acme\/wep" was not found/);
  expect(ran.outputs['after']).toEqual({ outcome: '' });
  expect(await listed()).toEqual([]);
});
