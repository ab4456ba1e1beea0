/** The workflow that people start by hand, in the manifest repository. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eachWithRunner } from './scenario.ts';
import type { Ran } from './runner.ts';

const current = eachWithRunner();
const WORKFLOW = '.github/workflows/manual-release.yml';

/** Starts it as a person does on the page, which fills in the defaults. */
async function start(inputs: Readonly<Record<string, string>>): Promise<Ran> {
  const manifests = await current().checkOut('acme/manifests', { [WORKFLOW]: readFileSync(WORKFLOW, 'utf8') });
  return await manifests.run({ workflow: WORKFLOW, event: 'workflow_dispatch', inputs });
}

test('releases, promotes and rolls back', async () => {
  const { repository, listed, read } = current();

  const released = await start({ mode: 'release', app: 'shop', version: '1.4.2', reason: 'A fix' });
  expect(released.succeeded, released.log).toBe(true);
  expect(await read('release/shop-staging', 'staging/web.yaml')).toBe('image: ghcr.io/acme/web:1.4.2\n');
  await repository.pullRequests.merge(1);

  const promoted = await start({ mode: 'promote', app: 'shop', from: 'staging', environment: 'production' });
  expect(promoted.succeeded, promoted.log).toBe(true);
  expect(await read('release/shop-production', 'production/api.yaml')).toBe('image: ghcr.io/acme/api:1.4.2\n');
  await repository.pullRequests.merge(2);

  const back = await start({ mode: 'rollback', app: 'shop', environment: 'production', reason: 'errors since noon' });
  expect(back.succeeded, back.log).toBe(true);
  const requests = await listed();
  expect(requests).toHaveLength(3);
  expect(requests[2]).toMatch(/^3 open \S+ .*1\.4\.2 → 1\.4\.1/);
  const { body, head } = await repository.pullRequests.get(3);
  expect(body).toContain('errors since noon');
  expect(await read(head, 'production/web.yaml')).toBe('image: ghcr.io/acme/web:1.4.1\n');
});

test('a dry run shows the plan and writes nothing', async () => {
  const { listed } = current();
  const ran = await start({ mode: 'release', app: 'shop', version: '1.4.2', 'dry-run': 'true' });
  expect(ran.succeeded, ran.log).toBe(true);
  expect(ran.summary).toContain('staging/web.yaml');
  expect(await listed()).toEqual([]);
});

test.each([
  ['a rollback without an environment', { mode: 'rollback', app: 'shop' }, 'environment'],
  [
    'a promotion to where it comes from',
    { mode: 'promote', app: 'shop', from: 'staging', environment: 'staging' },
    'environment',
  ],
  ['a version with a command in it', { mode: 'release', app: 'shop', version: '$(id)' }, 'version'],
])('%s is an error that names the input', async (_, inputs, name) => {
  const ran = await start(inputs);
  expect(ran.succeeded, ran.log).toBe(false);
  expect(ran.log).toMatch(new RegExp(`::error.*${name}`));
  expect(current().sandbox.requests.filter(({ method, kind }) => kind === 'api' && method !== 'GET')).toEqual([]);
});
