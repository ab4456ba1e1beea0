/** Commits of a private source repository in the pull request of a public manifest repository. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SandboxRepository } from '../../sandbox/sandbox.ts';
import { scenarios, type Result, type Scenario } from './harness.ts';

const FILES = { 'apps/web.yaml': 'image: ghcr.io/acme/web:1.4.1\n' };
const IMAGE = 'ghcr.io/acme/web:1.4.2';
const SECRET = 'Fix the login of big customer';

type Visibility = SandboxRepository['visibility'];

/** Makes the source repository; gives the commit that is released. */
async function sourceOf({ sandbox }: Scenario, visibility: Visibility): Promise<string> {
  const source = await sandbox.createRepository('acme/web', { 'a.txt': '1\n' }, { visibility });
  await source.tag('v1.4.1');
  return source.commit('main', { 'a.txt': '2\n' }, { message: `${SECRET}\n` });
}

/** The requests that ask who may read. */
const asked = ({ sandbox }: Scenario): string[] =>
  sandbox.requests
    .map(({ path, operation }) => operation ?? decodeURIComponent(path))
    .filter((what) => /^Repository$|\/(?:projects|repos)\/acme\/\w+$/.test(what));

async function release(scenario: Scenario, forge: keyof typeof RUNS, known: string, more = {}): Promise<Result> {
  const commit = await sourceOf(scenario, known === 'public' ? 'public' : 'private');
  return RUNS[forge](scenario, commit, known, more);
}

type Run = (
  scenario: Scenario,
  commit: string,
  known: string,
  more: Readonly<Record<string, string>>,
) => Promise<Result>;

const flagsOf = (inputs: Readonly<Record<string, string>>): string[] =>
  Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value]);

/** A run in the CI of each forge, which says who may read the source where `known` is not empty. */
const RUNS = {
  github: async ({ action, repository }, commit, known, more) => {
    const event = join(repository.gitDir, 'event.json');
    const facts = { full_name: 'acme/web', private: known !== 'public', visibility: known };
    await writeFile(event, JSON.stringify(known === '' ? {} : { repository: facts }));
    return action({ images: IMAGE, ...more }, { GITHUB_SHA: commit, GITHUB_EVENT_PATH: event });
  },
  gitlab: async ({ cli, sandbox }, commit, known, more) =>
    cli(['release', '--repository', 'acme/manifests', '--images', IMAGE, ...flagsOf(more)], {
      GITLAB_CI: 'true',
      CI_SERVER_URL: sandbox.serverUrl,
      CI_PROJECT_PATH: 'acme/web',
      CI_PROJECT_URL: `${sandbox.serverUrl}/acme/web`,
      CI_PROJECT_VISIBILITY: known,
      CI_COMMIT_SHA: commit,
      MANIFEST_RELEASE_TOKEN: sandbox.createToken({ text: 'glpat-ofThisProject', kind: 'classic' }),
    }),
  gitea: async ({ action, repository, sandbox }, commit, known, more) => {
    const event = join(repository.gitDir, 'event.json');
    const facts = { full_name: 'acme/web', private: known === 'private', internal: known === 'internal' };
    await writeFile(event, JSON.stringify(known === '' ? {} : { repository: facts }));
    const api = { GITEA_ACTIONS: 'true', GITHUB_API_URL: `${sandbox.serverUrl}/api/v1` };
    const token = sandbox.createToken({ text: '16c7e42f292c6912e7710c838347ae178b4a5d6e' });
    const inputs = { images: IMAGE, repository: 'acme/manifests', token: `workflow:${token}`, ...more };
    return action(inputs, { ...api, GITHUB_WORKFLOW_REF: '', GITHUB_SHA: commit, GITHUB_EVENT_PATH: event });
  },
} satisfies Record<string, Run>;

const FORGES = ['github', 'gitlab', 'gitea'] as const;

/** The one request for the manifests, where no other answer has that. */
const MANIFESTS = {
  github: [],
  gitlab: ['/api/v4/projects/acme/manifests'],
  gitea: ['/api/v1/repos/acme/manifests'],
};
const SOURCE = { github: ['Repository'], gitlab: ['/api/v4/projects/acme/web'], gitea: ['/api/v1/repos/acme/web'] };

scenarios('a source that is not public', FILES, (current) => {
  for (const forge of FORGES) {
    test.each([
      ['public', 'private', false, MANIFESTS[forge]],
      ['public', 'internal', false, MANIFESTS[forge]],
      ['public', '', false, [...MANIFESTS[forge], ...SOURCE[forge]]],
      ['public', 'public', true, []],
      ['private', 'private', true, MANIFESTS[forge]],
      ['private', '', true, MANIFESTS[forge]],
    ] as const)(`${forge}: manifests %s, source by the CI: %o`, async (manifests, known, isShown, requests) => {
      const scenario = current();
      scenario.repository.visibility = manifests;
      const result = await release(scenario, forge, known);
      expect(result.exitCode, result.stdout + result.stderr).toBe(0);
      const body = (await scenario.sandbox.pullRequests())[0]?.body ?? '';
      const hidden = '**What is in it:** not shown, because acme/web is not public, and this repository is';
      expect(body).toContain(isShown ? '1 commit of acme/web' : hidden);
      expect(body.includes(SECRET)).toBe(isShown);
      expect(body.includes('/compare/')).toBe(isShown);
      expect(asked(scenario).toSorted()).toEqual(requests.toSorted());
    });

    test(`${forge}: are shown where the input says so, and nothing is asked`, async () => {
      const scenario = current();
      scenario.repository.visibility = 'public';
      await release(scenario, forge, '', { 'source-commits': 'always' });
      expect((await scenario.sandbox.pullRequests())[0]?.body).toContain(SECRET);
      expect(asked(scenario)).toEqual([]);
    });
  }

  test('a server that fails to say who may read is no reason to show them, nor to end the run', async () => {
    const scenario = current();
    scenario.repository.visibility = 'public';
    const commit = await sourceOf(scenario, 'private');
    scenario.sandbox.failNext({
      match: /^GET \/api\/v4\/projects\/acme%2Fweb$/,
      status: 403,
      body: { message: '403 Forbidden' },
    });
    const result = await RUNS.gitlab(scenario, commit, '', {});
    expect(result.exitCode, result.stderr).toBe(0);
    const body = (await scenario.sandbox.pullRequests())[0]?.body;
    expect(body).toContain('not shown, because acme/web is not known to be public, and this repository is');
    expect(body).not.toContain(SECRET);
  });

  test('costs a release by GitHub’s API no request of its own', async () => {
    const scenario = current();
    scenario.repository.visibility = 'public';
    await release(scenario, 'github', 'private', { paths: 'apps' });
    const operations = scenario.sandbox.requests.map(
      ({ operation, path }) => operation ?? (path.includes('/compare/') ? 'compare' : path),
    );
    expect(operations.toSorted()).toEqual(['Base', 'MakeCommit', 'compare']);
  });
});
