/** From the end of a build to the cluster: our built command line, a real Gitea, a real Kubernetes API server. */
import { afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import type { Answer } from '../gitea/people.ts';
import { createTeam, createUser } from '../gitea/people.ts';
import { eachWithRepository, type Run } from '../gitea/scenario.ts';
import type { User } from '../gitea/server.ts';
import { CONTEXT, startAgent, type Agent } from './agent.ts';
import { askCluster } from './server.ts';

const POLL = { timeout: 60_000, interval: 100 };
/** A tag may be this long; the value of a label, 63 characters. */
const LONG = `1.5.0-${'of-a-branch-with-a-long-name-'.repeat(2)}7`;

const DEPLOYMENT = (version: string): string => `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels:
    app.kubernetes.io/version: ${version} # manifest-release: ghcr.io/acme/web tag
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: ghcr.io/acme/web:${version}
`;

const CONFIG = `apps:
  web:
    images: [ghcr.io/acme/web]
    environments:
      staging:
        paths: [staging]
        wait: deployed
        verdict: kustomization/web by flux-bot
        on-failure: rollback
`;

const current = eachWithRepository({
  '.github/manifest-release.yaml': CONFIG,
  'staging/web.yaml': DEPLOYMENT('1.4.1'),
});

let user: User;
beforeAll(async () => {
  const gitea = inject('gitea');
  user = await createUser(gitea, 'flux-bot');
  await createTeam(gitea, 'acme', 'agents', ['flux-bot']);
});

let agent: Agent;
beforeEach(async () => {
  agent = await startAgent(inject('cluster'), current(), { user, path: 'staging' });
});
afterEach(() => agent.stop());

test('a release reaches the cluster, and what the cluster refuses is rolled back', async () => {
  const { cli, git, merge } = current();
  await expect.poll(deployed, POLL).toEqual(['ghcr.io/acme/web:1.4.1', '1.4.1']);
  const built = performance.now();
  const deploying = cli('release', { app: 'web', version: '1.4.2', 'wait-timeout': '120s' });
  await merge(await numberOf('release/web-staging'));
  await expect.poll(deployed, POLL).toEqual(['ghcr.io/acme/web:1.4.2', '1.4.2']);
  console.log(`from the build's end to the new image: ${((performance.now() - built) / 1000).toFixed(1)} s`);
  const good = await deploying;
  expect(good.outputs, good.log).toMatchObject({
    outcome: 'created',
    deployed: true,
    'deployed-by': CONTEXT,
    'merged-commit': await git.tip('main'),
  });

  const refusing = cli('release', { app: 'web', version: LONG, 'wait-timeout': '30s' });
  await merge(await numberOf('release/web-staging'));
  const bad = await refusing;
  const refused = await git.tip('main');
  expect([bad.exitCode, bad.outputs['deployed'], bad.outputs['merged-commit']], bad.log).toEqual([1, false, refused]);
  expect(bad.log).toContain('must be no more than 63');
  expect(await deployed()).toEqual(['ghcr.io/acme/web:1.4.2', '1.4.2']);

  const number = await numberOf('rollback/web-staging');
  expect(bad.log).toContain(`The rollback to 1.4.2 is pull request #${number}`);
  const verdict = cli('wait', {
    'wait-for': String(number),
    verdict: 'kustomization/web by flux-bot',
    'wait-timeout': '120s',
  });
  await merge(number);
  const rolledBack: Run = await verdict;
  expect([rolledBack.exitCode, rolledBack.outputs['deployed']], rolledBack.log).toEqual([0, true]);
  expect(await git.read('main', 'staging/web.yaml')).toBe(DEPLOYMENT('1.4.2'));
  expect(await deployed()).toEqual(['ghcr.io/acme/web:1.4.2', '1.4.2']);
});

/** The image that the cluster has, and the label of its version. */
async function deployed(): Promise<readonly string[]> {
  const path = '/apis/apps/v1/namespaces/shop/deployments/web';
  const { status, body } = await askCluster(inject('cluster'), 'GET', path);
  if (status !== 200) return [body.message];
  return [body.spec.template.spec.containers[0].image, body.metadata.labels['app.kubernetes.io/version']];
}

/** The number of the open pull request of a branch, when it is there. */
async function numberOf(branch: string): Promise<number> {
  const open = async (): Promise<Answer[]> =>
    (await current().api('GET', '/pulls?state=open')).filter(({ head }: Answer) => head.label === branch);
  await expect.poll(open, POLL).toHaveLength(1);
  const [{ number }] = (await open()) as [Answer];
  return number;
}
