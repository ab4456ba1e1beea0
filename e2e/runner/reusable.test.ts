/** The reusable workflow, called by a build. */
import { expect, test } from 'vitest';
import { PROJECT } from './runner.ts';
import { eachWithRunner } from './scenario.ts';

const current = eachWithRunner();
const WORKFLOW = '.github/workflows/build.yml';

/** Calls the workflow, and reads its outputs in a job after it. */
const callWith = (inputs: string): string => `on: push
jobs:
  call:
    permissions:
      contents: write
      pull-requests: write
    uses: ${PROJECT}/.github/workflows/release-pr.yml@v1
    with: ${inputs}
    secrets:
      token: \${{ secrets.MANIFEST_TOKEN }}
  after:
    needs: call
    if: always()
    runs-on: ubuntu-24.04
    steps:
      - id: read
        run: |
          printf 'results<<end\\n%s\\nend\\nurls<<end\\n%s\\nend\\n' "$RESULTS" "$URLS" >> "$GITHUB_OUTPUT"
        env:
          RESULTS: \${{ needs.call.outputs.results }}
          URLS: \${{ needs.call.outputs.pull-request-urls }}
`;

interface Result {
  readonly environment: string;
  readonly outcome: string;
}

/** What the job after the call was given. */
const resultsIn = (outputs: Readonly<Record<string, Readonly<Record<string, string>>>>): string[] =>
  (JSON.parse(outputs['read']?.['results'] || '[]') as Result[]).map(
    ({ environment, outcome }) => `${environment}: ${outcome}`,
  );

test('opens a pull request for each environment, and has the results of all', async () => {
  const { sandbox, checkOut, listed, read } = current();
  const inputs = '{ repository: acme/manifests, app: shop, version: 1.4.2, environments: "staging\\nproduction" }';
  const web = await checkOut('acme/web', { [WORKFLOW]: callWith(inputs) });

  const ran = await web.run({ workflow: WORKFLOW, secrets: { MANIFEST_TOKEN: sandbox.token } });
  expect(ran.succeeded, ran.log).toBe(true);
  expect(resultsIn(ran.outputs)).toEqual(['staging: created', 'production: waiting']);
  expect(ran.outputs['read']?.['urls']?.trim()).toBe(`${sandbox.serverUrl}/acme/manifests/pull/1`);
  expect(await listed()).toEqual([expect.stringMatching(/^1 open release\/shop-staging /)]);
  expect(await read('release/shop-staging', 'staging/api.yaml')).toBe('image: ghcr.io/acme/api:1.4.2\n');
  expect(ran.summary).toMatch(/staging/);
});

test('a dry run writes nothing', async () => {
  const { sandbox, checkOut, listed } = current();
  const inputs = '{ repository: acme/manifests, app: shop, version: 1.4.2, dry-run: true }';
  const web = await checkOut('acme/web', { [WORKFLOW]: callWith(inputs) });

  const ran = await web.run({ workflow: WORKFLOW, secrets: { MANIFEST_TOKEN: sandbox.token } });
  expect(ran.succeeded, ran.log).toBe(true);
  expect(resultsIn(ran.outputs)).toEqual(['staging: dry-run']);
  expect(await listed()).toEqual([]);
});

test('an environment that fails stops no other, and fails the call', async () => {
  const { sandbox, repository, checkOut, listed, registry } = current();
  await repository.commit('main', {
    '.github/manifest-release.yaml': `apps:
  shop:
    images: [${registry.host}/acme/web]
    environments:
      staging: { paths: [staging] }
      broken: { paths: [broken] }
`,
    'broken/web.yaml': 'no: image\n',
  });
  const inputs = '{ repository: acme/manifests, app: shop, version: 1.4.2 }';
  const web = await checkOut('acme/web', { [WORKFLOW]: callWith(inputs) });

  const ran = await web.run({ workflow: WORKFLOW, secrets: { MANIFEST_TOKEN: sandbox.token } });
  expect(ran.succeeded, ran.log).toBe(false);
  // act has no outputs of a called workflow that failed, as GitHub has.
  expect(ran.summary).toMatch(/broken.*failed/);
  expect(ran.summary).toMatch(/staging.*created/);
  expect(await listed()).toEqual([expect.stringMatching(/^1 open release\/shop-staging /)]);
});

test('without an app it releases the images into the whole repository', async () => {
  const { sandbox, checkOut, listed, read } = current();
  const inputs = '{ repository: acme/manifests, images: "ghcr.io/acme/web:1.4.2", paths: staging }';
  const web = await checkOut('acme/web', { [WORKFLOW]: callWith(inputs) });

  const ran = await web.run({ workflow: WORKFLOW, secrets: { MANIFEST_TOKEN: sandbox.token } });
  expect(ran.succeeded, ran.log).toBe(true);
  expect(await listed()).toEqual(['1 open release/web Release web 1.4.1 → 1.4.2 (patch)']);
  expect(await read('release/web', 'production/web.yaml')).toBe('image: ghcr.io/acme/web:1.4.1\n');
});
