/** Jenkins releases to a repository of Bitbucket Cloud or Data Center: a pull request's whole life, and what goes wrong. */
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import type { SandboxRepository } from '../../sandbox/sandbox.ts';
import type { Result } from './execute.ts';
import { COMMIT, scenarios, type Scenario } from './harness.ts';

const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;

interface Kind {
  readonly forge: string;
  /** Of the sandbox, whose repositories are at `acme/…`. */
  readonly folder: string;
  readonly token: string;
  readonly page: string;
  /** How the API is shown the token. */
  readonly shown: string;
}

const KINDS: readonly Kind[] = [
  {
    forge: 'bitbucket-cloud',
    folder: '',
    token: 'ATCTT3xOfThisRepository',
    page: '/acme/manifests/pull-requests/',
    shown: 'Bearer ATCTT3xOfThisRepository',
  },
  {
    forge: 'bitbucket-data-center',
    folder: '/scm',
    token: 'BBDC-OfThisRepository',
    page: '/projects/acme/repos/manifests/pull-requests/',
    shown: 'Bearer BBDC-OfThisRepository',
  },
];

interface Started {
  readonly repository: SandboxRepository;
  readonly release: (
    version: string,
    options?: Readonly<Record<string, string>>,
  ) => Promise<Result & { readonly json: Readonly<Record<string, unknown>> }>;
}

async function start({ sandbox, cli }: Scenario, { forge, folder, token: text }: Kind): Promise<Started> {
  const repository = await sandbox.createRepository(
    'acme/manifests',
    { 'web.yaml': manifest('1.4.1'), 'other.yaml': 'a: 1\n' },
    { collaborators: ['ada', 'Grace', 'bob'], defaultReviewers: ['bob'], staysOpenWithoutBranch: true },
  );
  const token = sandbox.createToken({ text, login: 'release', kind: 'classic' });
  const address = (name: string): string => `${sandbox.serverUrl}${folder}/acme/${name}.git`;
  const environment = {
    JENKINS_URL: 'https://jenkins.example.com/',
    BUILD_URL: 'https://jenkins.example.com/job/web/9/',
    JOB_NAME: 'web',
    BUILD_NUMBER: '9',
    GIT_URL: address('web'),
    GIT_COMMIT: COMMIT,
    GIT_BRANCH: 'origin/main',
    MANIFEST_RELEASE_TOKEN: token,
  };
  return {
    repository,
    release: async (version, options = {}) => {
      const given = { repository: address('manifests'), forge, images: `ghcr.io/acme/web:${version}`, ...options };
      const args = Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
      const result = await cli(['release', '--json', ...args], environment);
      return { ...result, json: result.stdout === '' ? {} : (JSON.parse(result.stdout) as Record<string, unknown>) };
    },
  };
}

/** Each pull request as `number state branch title`. */
async function listed({ repository }: Started): Promise<string[]> {
  const all = await repository.pullRequests.all();
  return all.map(({ number, state, mergedAt, head, title }) => {
    return `${number} ${mergedAt === null ? state : 'merged'} ${head} ${title}`;
  });
}

/** What a reader sees of a text. */
const rendered = (body: string | null): string => new MarkdownIt({ html: false }).render(body ?? '');

describe.each(KINDS)('$forge', (kind) => {
  scenarios('a pull request of Bitbucket', { 'x.yaml': 'a: 1\n' }, (current) => {
    test('is created, unchanged, updated, skipped for an older build, merged; then nothing is left', async () => {
      const started = await start(current(), kind);
      const { release, repository } = started;
      const { sandbox } = current();
      const first = await release('1.4.2', { labels: 'release', reviewers: 'ada', assignees: 'Grace' });
      expect(first.exitCode, first.stderr).toBe(0);
      expect(first.json).toMatchObject({
        outcome: 'created',
        'pull-request-number': 1,
        'pull-request-url': `${sandbox.serverUrl}${kind.page}1`,
      });
      expect(first.stderr).toMatch(/labels: not given on Bitbucket/);
      expect(first.stderr).toMatch(/assignees: not given on Bitbucket/);
      expect(await listed(started)).toEqual(['1 open release/web Release web 1.4.1 → 1.4.2 (patch)']);
      const { author, reviewers, body } = await repository.pullRequests.get(1);
      expect([author, reviewers]).toEqual(['release', ['bob', 'ada']]);
      expect(body).toContain('[manifest-release-pr]: # ({"key"');
      expect(rendered(body)).toContain('1.4.2');
      expect(rendered(body)).not.toMatch(/manifest-release-pr\]|"key"|&lt;!--/);

      expect((await release('1.4.2', { reviewers: 'ada' })).json).toMatchObject({ outcome: 'unchanged' });
      expect((await release('1.4.3', { reviewers: 'ada' })).json).toMatchObject({
        outcome: 'updated',
        'pull-request-number': 1,
      });
      expect(await listed(started)).toEqual(['1 open release/web Release web 1.4.1 → 1.4.3 (patch)']);
      expect((await repository.pullRequests.get(1)).body).toContain('skipped 1.4.2');
      expect((await release('1.4.2')).json).toMatchObject({ outcome: 'skipped-older' });

      await repository.pullRequests.merge(1, 'squash', { title: 'Merged in release/web (pull request #1)' });
      await repository.deleteBranch('release/web');
      expect((await release('1.4.3')).json).toMatchObject({ outcome: 'unchanged' });
      expect((await release('1.4.4')).json).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
      const shown = sandbox.requests.filter(({ kind: by }) => by === 'api').map(({ authorization }) => authorization);
      expect(new Set(shown)).toEqual(new Set([kind.shown]));
    });

    test('that a person closes during a run: another one before the push, and a decision after it', async () => {
      const started = await start(current(), kind);
      const { release, repository } = started;
      const { sandbox } = current();
      await release('1.4.2');
      sandbox.beforeNext({ match: /git-receive-pack/, run: () => repository.pullRequests.close(1) });
      const other = await release('1.4.3');
      expect(other.json, other.stderr).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
      expect(await listed(started)).toEqual([
        '1 closed release/web Release web 1.4.1 → 1.4.2 (patch)',
        '2 open release/web Release web 1.4.1 → 1.4.3 (patch)',
      ]);
      sandbox.beforeNext({ match: /^PUT /, run: () => repository.pullRequests.close(2) });
      const declined = await release('1.4.4');
      expect(declined.json, declined.stderr).toMatchObject({ outcome: 'declined', 'pull-request-number': 2 });
    });

    test('is the same one when a person took our text away, and keeps that person’s title and reviewers', async () => {
      const started = await start(current(), kind);
      const { release, repository } = started;
      await release('1.4.2', { reviewers: 'ada' });
      await repository.pullRequests.update(1, { body: 'By Ada.', title: 'Web, please look', reviewers: ['Grace'] });
      expect((await release('1.4.2', { reviewers: 'ada' })).json).toMatchObject({ outcome: 'updated' });
      const lost = await repository.pullRequests.get(1);
      expect(lost.body).toMatch(/^By Ada\.\n\n\[manifest-release-pr\]: # /);
      expect([lost.title, lost.reviewers]).toEqual(['Web, please look', ['Grace']]);
      expect((await release('1.4.2', { reviewers: 'ada' })).json).toMatchObject({ outcome: 'unchanged' });
      await repository.pullRequests.update(1, { body: null });
      expect((await release('1.4.3')).json).toMatchObject({ outcome: 'updated', 'pull-request-number': 1 });
      expect((await release('1.4.2')).json).toMatchObject({ outcome: 'skipped-older' });
      expect(await listed(started)).toEqual(['1 open release/web Web, please look']);
    });

    test('that a person declined is declined; the next version is opened, as a draft', async () => {
      const { release, repository } = await start(current(), kind);
      await release('1.4.2');
      await repository.pullRequests.close(1);
      expect((await release('1.4.2')).json).toMatchObject({ outcome: 'declined', 'pull-request-number': 1 });
      expect((await release('1.4.3', { draft: 'true' })).json).toMatchObject({ outcome: 'created' });
      expect(await repository.pullRequests.get(2)).toMatchObject({ draft: true });
    });

    test('of each version is declined when a newer one is there, and its branch goes', async () => {
      const started = await start(current(), kind);
      const { release, repository } = started;
      const branch = 'release/web-{{ version }}';
      await release('1.4.2', { branch });
      const newer = await release('1.4.3', { branch });
      expect(newer.json, newer.stderr).toMatchObject({ outcome: 'created', 'pull-request-number': 2 });
      expect(await listed(started)).toEqual([
        '1 closed release/web-1.4.2 Release web 1.4.1 → 1.4.2 (patch)',
        '2 open release/web-1.4.3 Release web 1.4.1 → 1.4.3 (patch)',
      ]);
      expect((await repository.pullRequests.get(1)).body).toContain('**Superseded by #2.**');
      expect(await repository.tip('release/web-1.4.2')).toBeUndefined();
      expect((await release('1.4.3', { branch })).json).toMatchObject({ outcome: 'unchanged' });
    });

    test('is not opened for a token without that right, and the error says which one to make', async () => {
      const { sandbox } = current();
      const started = await start(current(), kind);
      sandbox.createToken({ text: kind.token, login: 'release', pullRequests: 'read' });
      const { exitCode, stderr } = await started.release('1.4.2');
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/error: Bitbucket (?:Cloud|Data Center) refused to open a pull request/);
      expect(stderr).toMatch(/Make an (?:access token|HTTP access token) of the manifest repository/);
      expect(await started.repository.tip('release/web')).toBeDefined();
    });
  });
});
