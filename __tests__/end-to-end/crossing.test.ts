/**
 * Runs that other runs and people cross, between two of their requests or between two of them: nothing newer is closed, a
 * decision counts, and each says what it did.
 */
import { describe, expect, test } from 'vitest';
import { scenarios, type Result, type Scenario } from './harness.ts';

const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const FILES = { 'web.yaml': manifest('1.4.1'), 'other.yaml': 'a: 1\n' };

const release = ({ action }: Scenario, version: string, more: Record<string, string> = {}): Promise<Result> =>
  action({ images: `ghcr.io/acme/web:${version}`, ...more });

/** Each pull request as `number state title`. */
async function listed({ sandbox }: Scenario): Promise<string[]> {
  return (await sandbox.pullRequests()).map(({ number, state, title }) => `${number} ${state} ${title}`);
}

/** Ways of a release, with the request that closes an obsolete pull request. */
const WAYS = [
  ['in a clone', {}],
  ['without a clone', { paths: 'web.yaml' }],
] as const;

scenarios('an obsolete pull request', FILES, (current) => {
  /** Between what of the run that closes it. */
  const MOMENTS = [
    ['before it says why', /PATCH .*\/pulls\/1$/],
    ['before the branch goes', /POST .*(?:git-receive-pack|graphql \w*(?:Delete|UpdateRefs)\w*)$/],
  ] as const;
  test.each(WAYS.flatMap(([way, inputs]) => MOMENTS.map(([moment, match]) => ({ way, inputs, moment, match }))))(
    'gets a newer version $moment, $way: it stays open for that',
    async ({ inputs, match }) => {
      const scenario = current();
      const { repository, sandbox } = scenario;
      await release(scenario, '1.5.0', inputs);
      await repository.commit('main', { 'web.yaml': manifest('1.5.0') });
      let newer: Result | undefined;
      sandbox.beforeNext({ match, run: async () => (newer = await release(scenario, '1.6.0', inputs)) });
      const { outputs, stdout } = await release(scenario, '1.5.0', inputs);
      expect(newer?.outputs['outcome'], newer?.stdout).toBe('updated');
      expect(outputs['outcome'], stdout).toBe('skipped-older');
      expect(await listed(scenario)).toEqual(['1 open Release web 1.5.0 → 1.6.0 (minor)']);
      const { body } = await repository.pullRequests.get(1);
      expect(body).toContain('| ghcr.io/acme/web | 1.5.0 | **1.6.0** |');
      expect(body).not.toContain('Closed:');
      expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.6.0'));
    },
  );

  test('gets a commit of a person: it stays open as it was', async () => {
    const scenario = current();
    const { repository, sandbox } = scenario;
    await release(scenario, '1.5.0');
    const { body } = await repository.pullRequests.get(1);
    await repository.commit('main', { 'web.yaml': manifest('1.5.0') });
    const run = () => repository.commit('release/web', { 'other.yaml': 'a: 2\n' });
    sandbox.beforeNext({ match: /PATCH .*\/pulls\/1$/, run });
    const { outputs, stdout } = await release(scenario, '1.5.0');
    expect(outputs['outcome'], stdout).toBe('unchanged');
    expect(stdout).toContain('stays open: its branch has commits by others');
    expect(await repository.pullRequests.get(1)).toMatchObject({ state: 'open', body });
  });
});

scenarios('a version that was closed by hand and released again', FILES, (current) => {
  test.each(WAYS)('%s: an older one does not take its place', async (_, inputs) => {
    const scenario = current();
    const { repository } = scenario;
    await release(scenario, '1.6.0', inputs);
    await repository.pullRequests.close(1);
    await release(scenario, '1.6.0', { ...inputs, force: 'true' });
    const { outputs, stdout } = await release(scenario, '1.5.0', inputs);
    expect(outputs['outcome'], stdout).toBe('skipped-older');
    await repository.commit('main', { 'web.yaml': manifest('1.5.0') });
    expect((await release(scenario, '1.5.0', inputs)).outputs['outcome']).toBe('skipped-older');
    expect((await listed(scenario))[1]).toMatch(/^2 open Release web 1\.\d\.\d → 1\.6\.0/);
    expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.6.0'));
  });

  test('again, on top of the commit of a person: the next run changes nothing', async () => {
    const scenario = current();
    await release(scenario, '1.6.0');
    await scenario.repository.commit('release/web', { 'other.yaml': 'a: 2\n' });
    await scenario.repository.pullRequests.close(1);
    expect((await release(scenario, '1.6.0', { force: 'true' })).outputs['outcome']).toBe('created');
    expect((await release(scenario, '1.6.0', { force: 'true' })).outputs['outcome']).toBe('unchanged');
  });
});

scenarios('a run that has to try again', FILES, (current) => {
  const personCommits = ({ repository }: Scenario) => repository.commit('release/web', { 'other.yaml': 'a: 2\n' });

  test('says that it opened the pull request, though the second attempt finds it', async () => {
    const scenario = current();
    scenario.sandbox.beforeNext({ match: /POST .*\/pulls$/, run: () => personCommits(scenario) });
    const { outputs, stdout } = await release(scenario, '1.5.0');
    expect(outputs['outcome'], stdout).toBe('created');
    expect(stdout).toContain('Opened pull request #1');
    expect((await release(scenario, '1.5.0')).outputs['outcome']).toBe('unchanged');
  });

  test('says that it updated the pull request', async () => {
    const scenario = current();
    await release(scenario, '1.4.2');
    scenario.sandbox.beforeNext({ match: /PATCH .*\/pulls\/1$/, run: () => personCommits(scenario) });
    const { outputs, stdout } = await release(scenario, '1.5.0');
    expect(outputs['outcome'], stdout).toBe('updated');
  });
});

/** Forges with an address, and a token of theirs. */
const FORGES: readonly (readonly [forge: string, path: string, name: string, token: string])[] = [
  ['github', '/acme/there', 'acme/there', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
  ['gitlab', '/acme/there', 'acme/there', 'glpat-ofThisProject'],
  ['gitea', '/acme/there', 'acme/there', '16c7e42f292c6912e7710c838347ae178b4a5d6e'],
  ['bitbucket-cloud', '/acme/there.git', 'acme/there', 'ATCTT3xOfThisRepository'],
  ['bitbucket-data-center', '/scm/acme/there.git', 'acme/there', 'BBDC-OfThisRepository'],
  [
    'azure-devops',
    '/acme/ops/_git/there',
    'acme/ops/_git/there',
    'y7x2q5wz4kfj3mp6nbvh2ctr7ld4gyx5qwz3kfj6mp2nbvhaq3dk',
  ],
];

/** Runs a release of a version into a repository there; gives its outcome. */
async function startOn({ cli, sandbox }: Scenario, [forge, path, name, text]: (typeof FORGES)[number]) {
  const repository = await sandbox.createRepository(name, FILES);
  const token = sandbox.createToken({ text, kind: 'classic' });
  const run = async (version: string): Promise<unknown> => {
    const options = { repository: sandbox.serverUrl + path, forge, images: `ghcr.io/acme/web:${version}` };
    const args = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]);
    const { stdout, stderr } = await cli(['release', '--json', ...args], { MANIFEST_RELEASE_TOKEN: token });
    expect(stdout, stderr).not.toBe('');
    return (JSON.parse(stdout) as Record<string, unknown>)['outcome'];
  };
  return { repository, run };
}

describe.each(FORGES)('%s', (...forge) => {
  scenarios('a pull request with several commits above ours, closed by hand', FILES, (current) => {
    test('the version stays declined', async () => {
      const { repository, run } = await startOn(current(), forge);
      expect(await run('1.5.0')).toBe('created');
      for (const a of [2, 3, 4, 5]) await repository.commit('release/web', { 'other.yaml': `a: ${a}\n` });
      expect(await run('1.5.0')).toBe('unchanged');
      await repository.pullRequests.close(1);
      expect(await run('1.5.0')).toBe('declined');
      expect(await repository.pullRequests.all()).toHaveLength(1);
    });
  });

  scenarios('an obsolete pull request that gets a newer version while it is read', FILES, (current) => {
    test('keeps it, with its branch', async () => {
      const { repository, run } = await startOn(current(), forge);
      await run('1.5.0');
      await repository.commit('main', { 'web.yaml': manifest('1.5.0') });
      let newer: unknown;
      const match = /\/1\/commits\b|graphql (?:Base|PullRequests)$/;
      current().sandbox.beforeNext({ match, run: async () => (newer = await run('1.6.0')) });
      expect(await run('1.5.0')).toBe('skipped-older');
      expect(newer).toBe('updated');
      expect(await repository.read('release/web', 'web.yaml')).toBe(manifest('1.6.0'));
      expect(await repository.pullRequests.all()).toMatchObject([{ number: 1, state: 'open' }]);
    });
  });
});
