import { readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { LineLog } from '../../src/core/log.ts';
import { readRemote } from '../../src/core/remote.ts';
import { detectCi } from '../../src/inputs/ci.ts';
import { withWorkspace, type Workspace } from '../../src/release/workspace.ts';
import { eachWithClones } from '../git/clones.ts';

const clones = eachWithClones({ 'web.yaml': 'image: acme/web:1.4.1\n' });

/** Works at a workspace of `acme/manifests`; `serverUrl` is that of the CI. */
async function at(
  work: (workspace: Workspace) => Promise<unknown>,
  { serverUrl = clones().sandbox.serverUrl, base = '', debug = false, lines = [] as string[] } = {},
): Promise<unknown> {
  const { sandbox } = clones();
  const ci = { ...detectCi({}), serverUrl, apiUrl: sandbox.apiUrl };
  const remote = readRemote(`${sandbox.serverUrl}/acme/manifests`, sandbox.serverUrl);
  const access = { remote, kind: 'github' as const, base, token: sandbox.token, sourceToken: '', packagesToken: '' };
  const log = new LineLog((line) => lines.push(line), { debug });
  return withWorkspace({ access, paths: [], withoutClone: '', ci, log }, work).catch((error: unknown) => error);
}

describe('withWorkspace leaves nothing on disk', () => {
  test('after the work', async () => {
    const seen = await at(async ({ store, forge }) => [store.base, forge !== undefined]);
    expect(seen).toEqual(['main', true]);
    expect(await readdir(clones().folder)).toEqual([]);
  });

  test('after a failure of the work, also of clones of other bases', async () => {
    await clones().origin.commit('staging', { 'web.yaml': 'image: acme/web:1.4.0\n' });
    const failed = await at(async (workspace) => {
      const staging = await workspace.at('staging');
      expect(await readdir(clones().folder)).toHaveLength(2);
      throw new Error(staging.store.base);
    });
    expect(failed).toMatchObject({ message: 'staging' });
    expect(await readdir(clones().folder)).toEqual([]);
  });

  test('after a clone that failed', async () => {
    expect(await at(async () => undefined, { base: 'none' })).toMatchObject({ code: 'BASE_NOT_FOUND' });
    expect(await readdir(clones().folder)).toEqual([]);
  });

  // A rejection that nothing waits for ends the process.
  test('after a forge that cannot be connected to while the clone is still on its way', async () => {
    const { sandbox, folder } = clones();
    sandbox.beforeNext({ match: /info\/refs/, run: () => wait(300) });
    expect(await at(async () => undefined, { serverUrl: 'no url' })).toMatchObject({ message: 'Invalid URL' });
    expect(await readdir(folder)).toEqual([]);
    expect(
      sandbox.requests.some(({ status }) => status === 200),
      'the clone was waited for',
    ).toBe(true);
  });

  test('after a forge that cannot be connected to and a clone that failed', async () => {
    expect(await at(async () => undefined, { serverUrl: 'no url', base: 'none' })).toMatchObject({
      message: expect.stringMatching(/no branch "none"|Invalid URL/),
    });
    expect(await readdir(clones().folder)).toEqual([]);
  });
});

test.each([true, false])('git commands are logged where debugging is on: %s', async (debug) => {
  const lines: string[] = [];
  await at(async ({ store }) => store.read({ words: ['acme/web'] }), { debug, lines });
  const logged = lines.filter((line) => line.startsWith('- debug: git grep ')).length;
  expect([logged, lines.includes('- debug: read 1 manifest: web.yaml')]).toEqual(debug ? [1, true] : [0, false]);
});
