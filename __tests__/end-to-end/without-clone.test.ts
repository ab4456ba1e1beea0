/** The same releases through the API alone and in a clone: they end alike, and what the API cannot give is cloned. */
import { describe, expect, test } from 'vitest';
import { scenarios, type Result, type Scenario } from './harness.ts';

const manifest = (version: string): string => `image: ghcr.io/acme/web:${version}\n`;
const FILES = {
  'apps/web/web.yaml': manifest('1.4.1'),
  'apps/web/deep/er/and/deeper/than/asked/web.yaml': `# größe 🚀\r\nimage: ghcr.io/acme/web:1.4.1\r\n`,
  'apps/web/bom.yaml': '\ufeffimages:\n  - image: "ghcr.io/acme/web:1.4.1" # no newline behind',
  'apps/web/kustomization.yaml':
    'kind: Kustomization\nresources: [web.yaml]\nlabels:\n  - a: 1\nimages:\n  - name: ghcr.io/acme/web\n    newTag: 1.4.1\n',
  'apps/web/README.md': 'ghcr.io/acme/web:1.4.1\n',
  'apps/api/web.yaml': manifest('1.4.1'),
  'other.yaml': 'a: 1\n',
};
const PATHS = 'apps/web';
const image = (version: string): { images: string } => ({ images: `ghcr.io/acme/web:${version}` });

/** How a release is made; an author is a reason for a clone. */
const WAYS = { api: {}, clone: { author: 'Release bot <bot@example.com>' } } as const;
type Way = keyof typeof WAYS;

type Release = (version: string, more?: Readonly<Record<string, string>>) => Promise<Result>;

const graphql = ({ sandbox }: Scenario): string[] => sandbox.requests.flatMap(({ operation }) => operation ?? []);
const usesGit = ({ sandbox }: Scenario): boolean => sandbox.requests.some(({ path }) => path.includes('.git/'));

/** What a release leaves: each branch, its files and its messages, each pull request, and the outputs. */
async function ending(scenario: Scenario, { outputs, exitCode }: Result): Promise<unknown> {
  const { repository, sandbox, normalize } = scenario;
  const text = (value: string): string => normalize(value).replaceAll(/\b[0-9a-f]{7}\b/g, '<id>');
  const refs = Object.keys(await repository.refs());
  const branches: unknown[] = [];
  for (const ref of refs) {
    const paths = Object.entries(await repository.files(ref));
    const files = await Promise.all(paths.map(async ([path, mode]) => [path, mode, await repository.read(ref, path)]));
    const log = (await repository.log(ref)).map(({ subject, body }) => text(`${subject}\n${body}`)).toSorted();
    branches.push({ ref, files, log });
  }
  const pullRequests = (await sandbox.pullRequests()).map((one) => {
    const { number, state, title, body, head, base, draft, labels, reviewers, mergedAt } = one;
    return {
      number,
      state,
      title,
      body: text(body ?? ''),
      head,
      base,
      draft,
      labels,
      reviewers,
      merged: mergedAt !== null,
    };
  });
  const told = Object.entries(outputs).filter(([name]) => !['commit', 'verified', 'results'].includes(name));
  return { exitCode, branches, pullRequests, outputs: told.map(([name, value]) => [name, text(value)]) };
}

/** A story, told by releases and what others do; it gives the last release. */
type Story = (release: Release, scenario: Scenario, way: Way) => Promise<Result>;

/** Does something after a run has read, and before it moves the release branch. */
function whileMoving({ sandbox }: Scenario, way: Way, run: () => Promise<unknown>): void {
  sandbox.beforeNext({ match: way === 'api' ? /graphql UpdateRefs$/ : /git-receive-pack/, run });
}

const LABELS = { labels: 'release\nbump/{{ bump }}', reviewers: 'ada', draft: 'true' };
const STORIES: Readonly<Record<string, Story>> = {
  created: (release) => release('1.4.2'),
  'created with labels, a reviewer, and as a draft': (release) => release('1.4.2', LABELS),
  unchanged: async (release) => {
    await release('1.4.2');
    return release('1.4.2');
  },
  updated: async (release) => {
    await release('1.4.2');
    return release('1.5.0');
  },
  'updated, with labels that change': async (release) => {
    await release('1.4.2', LABELS);
    return release('1.5.0', LABELS);
  },
  'updated after the base moved': async (release, { repository }) => {
    await release('1.4.2');
    await repository.commit('main', { 'other.yaml': 'a: 2\n' });
    return release('1.5.0');
  },
  'made anew after the base moved': async (release, { repository }) => {
    await release('1.4.2');
    await repository.commit('main', { 'apps/web/web.yaml': `# changed\n${manifest('1.4.1')}` });
    return release('1.4.2');
  },
  skipped: async (release) => {
    await release('1.5.0');
    return release('1.4.2');
  },
  'skipped, as the base is newer': async (release, { repository }) => {
    await repository.commit('main', { 'apps/web/web.yaml': manifest('1.6.0') });
    return release('1.5.0');
  },
  declined: async (release, { repository }) => {
    await release('1.4.2');
    await repository.pullRequests.close(1);
    return release('1.4.2');
  },
  'declined, and forced': async (release, { repository }) => {
    await release('1.4.2');
    await repository.pullRequests.close(1);
    return release('1.4.2', { force: 'true' });
  },
  'closed, as the base has it': async (release, { repository }) => {
    await release('1.4.2');
    await repository.pullRequests.merge(1);
    await release('1.5.0');
    await repository.commit('main', await filesOf(repository, 'release/web'));
    return release('1.5.0');
  },
  merged: async (release, { repository }) => {
    await release('1.4.2');
    await repository.pullRequests.merge(1, 'squash');
    return release('1.5.0');
  },
  'nothing to do': (release) => release('1.4.1'),
  'with commits by others': async (release, { repository }) => {
    const { outputs } = await release('1.4.2');
    await repository.commit(outputs['branch'] ?? '', { 'other.yaml': 'a: 3\n' });
    return release('1.5.0');
  },
  'a person’s title and notes': async (release, { repository }) => {
    await release('1.4.2');
    const { body } = await repository.pullRequests.get(1);
    await repository.pullRequests.update(1, { title: 'By hand', body: `Note\n\n${body ?? ''}\n\nBelow` });
    return release('1.5.0');
  },
  'a branch of each version': async (release) => {
    const branch = 'release/{{ name }}-{{ version }}';
    await release('1.4.2', { branch });
    return release('1.5.0', { branch });
  },
  'a branch without a pull request': async (release, { repository }) => {
    const { outputs } = await release('1.4.2');
    const branch = outputs['branch'] ?? '';
    await repository.commit(`${branch}-x`, { 'other.yaml': 'a: 4\n' });
    return release('1.4.2', { branch: `${branch}-x` });
  },
  'by a push': (release) => release('1.4.2', { delivery: 'push' }),
  'by a push, twice': async (release) => {
    await release('1.4.2', { delivery: 'push' });
    return release('1.4.2', { delivery: 'push' });
  },
  'a dry run': (release) => release('1.4.2', { 'dry-run': 'true' }),
  'a base that is not the default': async (release, { repository }) => {
    await repository.commit('staging', { 'apps/web/web.yaml': manifest('1.3.0') });
    await release('1.4.2');
    return release('1.4.2', { base: 'staging', branch: 'release/staging' });
  },
  'an image that is nowhere': (release) => release('1.4.2', { images: 'ghcr.io/acme/none:1' }),
  'a path that is nowhere': (release) => release('1.4.2', { paths: 'apps/none' }),
  'a base that is not there': (release) => release('1.4.2', { base: 'none' }),
  'a race for the branch': async (release, scenario, way) => {
    const { outputs } = await release('1.4.2');
    whileMoving(scenario, way, () => scenario.repository.commit(outputs['branch'] ?? '', { 'other.yaml': 'a: 5\n' }));
    return release('1.5.0');
  },
  'a race with the merge of its pull request': async (release, scenario, way) => {
    await release('1.4.2');
    whileMoving(scenario, way, () => scenario.repository.pullRequests.merge(1));
    return release('1.5.0');
  },
  'a race with the merge of its pull request, whose branch goes': async (release, scenario, way) => {
    const { outputs } = await release('1.4.2');
    whileMoving(scenario, way, async () => {
      await scenario.repository.pullRequests.merge(1, 'squash');
      await scenario.repository.deleteBranch(outputs['branch'] ?? '');
    });
    return release('1.5.0');
  },
  'a race with a person who closes its pull request': async (release, scenario, way) => {
    await release('1.4.2');
    whileMoving(scenario, way, () => scenario.repository.pullRequests.close(1));
    return release('1.5.0');
  },
  'a race for the base, by a push': async (release, { repository, sandbox }, way) => {
    const match = way === 'api' ? /graphql MakeCommit$/ : /git-receive-pack/;
    sandbox.beforeNext({ match, run: () => repository.commit('main', { 'other.yaml': 'a: 6\n' }) });
    return release('1.4.2', { delivery: 'push' });
  },
  'a race of two first releases': async (release, scenario, way) => {
    const match = way === 'api' ? /graphql MakeCommit$/ : /git-receive-pack/;
    let first: Promise<Result> | undefined;
    scenario.sandbox.beforeNext({ match, run: () => (first = release('1.5.0')) });
    const second = await release('1.4.2');
    await first;
    return second;
  },
};

async function filesOf(repository: Scenario['repository'], branch: string): Promise<Record<string, string>> {
  const paths = Object.keys(await repository.files(branch));
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await repository.read(branch, path)])));
}

/** Stories that the API does not tell to their end. */
const CLONED: ReadonlySet<string> = new Set([
  'with commits by others',
  'a branch without a pull request',
  'a base that is not there',
  'a race for the branch',
  'a race with the merge of its pull request',
]);

const endings = new Map<string, unknown>();

describe.each(Object.keys(WAYS) as Way[])('by the %s', (way) => {
  scenarios(`the ${way} way`, FILES, (current) => {
    test.each(Object.entries(STORIES))('%s', async (name, story) => {
      const scenario = current();
      scenario.repository.collaborators.add('ada');
      const release: Release = (version, more = {}) => {
        return scenario.action({ ...image(version), paths: PATHS, ...WAYS[way], ...more });
      };
      const result = await story(release, scenario, way);
      expect(usesGit(scenario), result.stdout).toBe(way === 'clone' || CLONED.has(name));
      const seen = await ending(scenario, result);
      if (way === 'api') endings.set(name, seen);
      else expect(endings.get(name), `${name} without a clone: ${result.stdout}`).toEqual(seen);
    });
  });
});

scenarios('requests', { 'apps/web/web.yaml': manifest('1.4.1'), 'other.yaml': 'a: 1\n' }, (current) => {
  const release = (version: string, more = {}): Promise<Result> =>
    current().action({ ...image(version), paths: PATHS, ...more });

  test('two for a release, one for nothing to do, and no git', async () => {
    const { forget, requests } = current();
    const created = await release('1.4.2');
    expect(created.outputs, created.stdout).toMatchObject({ outcome: 'created', verified: 'true' });
    expect(graphql(current())).toEqual(['Base', 'MakeCommit']);
    forget();
    expect((await release('1.4.2')).outputs['outcome']).toBe('unchanged');
    expect(requests()).toEqual(['POST /api/graphql 200']);
    expect(usesGit(current())).toBe(false);
  });

  test('a lost race is one query and one mutation again', async () => {
    const { sandbox, repository } = current();
    const run = () => repository.commit('main', { 'other.yaml': 'a: 7\n' });
    sandbox.beforeNext({ match: /graphql MakeCommit$/, run });
    const { outputs } = await release('1.4.2', { delivery: 'push' });
    expect(outputs['outcome']).toBe('pushed');
    expect(graphql(current())).toEqual(['Base', 'MakeCommit', 'Base', 'MakeCommit']);
  });

  test('a pull request is never closed in between', async () => {
    const { sandbox, repository } = current();
    await release('1.4.2');
    const states: string[] = [];
    sandbox.watch({ after: async () => states.push((await repository.pullRequests.get(1)).state) });
    await release('1.5.0');
    sandbox.watch({});
    expect(new Set(states)).toEqual(new Set(['open']));
    expect(Object.keys(await repository.refs()).toSorted()).toEqual(['refs/heads/main', 'refs/heads/release/web']);
  });
});

scenarios('a commit left beside', { 'web.yaml': manifest('1.4.1'), 'other.yaml': 'a: 1\n' }, (current) => {
  test('is not in the way of the same files on another commit', async () => {
    const { action, repository, sandbox } = current();
    const release = (version: string): Promise<Result> =>
      action({ ...image(version), paths: 'web.yaml', force: 'true' });
    await release('1.4.2');
    const errors = [{ type: 'INTERNAL', path: ['updateRefs'], message: 'Something went wrong' }];
    // The move, and the removal of what it leaves.
    for (const data of [{ updateRefs: null, updatePullRequest: null }, { updateRefs: null }]) {
      sandbox.failNext({ match: /graphql UpdateRefs$/, status: 200, body: { data, errors } });
    }
    await release('1.5.0');
    expect(Object.keys(await repository.refs())).toHaveLength(3);
    await release('1.4.2');
    for (const other of ['a: 2\n', 'a: 1\n']) await repository.commit('main', { 'other.yaml': other });
    const { outputs, stdout } = await release('1.5.0');
    expect(outputs['outcome'], stdout).toBe('updated');
  });
});

/** What the API cannot give, or is not to do, and the reason that the log has. */
const REASONS: Readonly<
  Record<string, { inputs?: Record<string, string>; prepare?: (scenario: Scenario) => unknown; reason: string }>
> = {
  'no paths': { inputs: { paths: '' }, reason: 'no paths were given' },
  'a wildcard': { inputs: { paths: 'apps/*/web.yaml' }, reason: 'apps/*/web.yaml is a pattern' },
  'an exclusion': { inputs: { paths: 'apps\n:!apps/api' }, reason: ':!apps/api is a pattern' },
  'an author': { inputs: { author: 'Ada <ada@example.com>' }, reason: 'author was given' },
  'a manifest that is not UTF-8': {
    prepare: ({ repository }) =>
      repository.commit('main', {
        'apps/web/latin1.yaml': Buffer.from('# gr\xf6\xdfe\nimage: ghcr.io/acme/web:1.4.1\n', 'latin1'),
      }),
    reason: 'apps/web/latin1.yaml is not UTF-8',
  },
  'a manifest that the API cuts': {
    prepare: ({ repository }) =>
      repository.commit('main', { 'apps/web/large.yaml': `${'# x\n'.repeat(150_000)}${manifest('1.4.1')}` }),
    reason: 'apps/web/large.yaml is cut short by the API',
  },
  'an executable manifest': {
    prepare: ({ repository }) =>
      repository.commit('main', { 'apps/web/web.yaml': { content: manifest('1.4.1'), mode: '100755' } }),
    reason: 'apps/web/web.yaml is executable',
  },
  'more files than the API gives in time': {
    prepare: ({ repository }) =>
      repository.commit(
        'main',
        Object.fromEntries([...Array(3001).keys()].map((n) => [`apps/web/many/${n}.yaml`, `a: ${n}\n`])),
      ),
    reason: 'the paths have more than 3000 files and folders',
  },
  'commits by others': {
    prepare: async ({ repository, action }) => {
      await action({ ...image('1.4.2'), paths: PATHS });
      await repository.commit('release/web', { 'other.yaml': 'a: 8\n' });
    },
    reason: 'the release branch has commits by others',
  },
  'an Enterprise Server that is too old': {
    prepare: ({ sandbox }) =>
      sandbox.failNext({ match: /graphql Base$/, status: 200, body: { data: { movingRefs: null, repository: null } } }),
    reason: 'this Enterprise Server cannot move branches by its API',
  },
  'an API that has no answer': {
    prepare: ({ sandbox }) =>
      sandbox.failNext({
        match: /graphql Base$/,
        status: 200,
        body: {
          data: { movingRefs: null, repository: null },
          errors: [{ type: 'INTERNAL', path: ['repository'], message: 'Something went wrong' }],
        },
      }),
    reason: 'GitHub refused to read the files in "acme/manifests": Something went wrong.',
  },
};

scenarios('what needs a clone', FILES, (current) => {
  test.each(Object.entries(REASONS))('%s', async (_, { inputs = {}, prepare, reason }) => {
    const { action, forget } = current();
    await prepare?.(current());
    forget();
    const { outputs, stdout } = await action({ ...image('1.5.0'), paths: PATHS, ...inputs });
    expect(['created', 'updated'], stdout).toContain(outputs['outcome']);
    expect(stdout.match(/- cloned .*/g)).toEqual([expect.stringContaining(`(${reason})`)]);
  });

  test('a branch that may not be made is refused in the words of a push', async () => {
    const { action, repository } = current();
    repository.protect('release/web', 'not here');
    const { exitCode, stdout } = await action({ ...image('1.5.0'), paths: PATHS });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('title=PUSH_REFUSED');
    expect(await repository.tip('release/web')).toBeUndefined();
  });

  test('the text of a commit that is refused is taken back', async () => {
    const { action, repository } = current();
    await action({ ...image('1.4.2'), paths: PATHS });
    const { title, body } = await repository.pullRequests.get(1);
    repository.protect('release/web', 'not here');
    const { exitCode, stdout } = await action({ ...image('1.5.0'), paths: PATHS });
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('title=PUSH_REFUSED')]);
    expect(await repository.pullRequests.get(1)).toMatchObject({ state: 'open', title, body });
    expect(Object.keys(await repository.refs())).toEqual(['refs/heads/main', 'refs/heads/release/web']);
  });

  test('a token that may not write leaves nothing behind', async () => {
    const { action, repository, sandbox } = current();
    const token = sandbox.createToken({ contents: 'read' });
    const { exitCode, stdout } = await action({ ...image('1.5.0'), paths: PATHS, token });
    expect([exitCode, stdout]).toEqual([1, expect.stringMatching(/title=ACCESS_DENIED.*Contents: write/)]);
    expect(Object.keys(await repository.refs())).toEqual(['refs/heads/main']);
    expect(await sandbox.pullRequests()).toEqual([]);
  });

  test('a token that may not open pull requests: the branch is as it should be', async () => {
    const { action, repository, sandbox } = current();
    const token = sandbox.createToken({ pullRequests: 'read' });
    const { exitCode, stdout } = await action({ ...image('1.5.0'), paths: PATHS, token });
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('title=API_DENIED')]);
    expect(await repository.read('release/web', 'apps/web/web.yaml')).toBe(manifest('1.5.0'));
    const again = await action({ ...image('1.5.0'), paths: PATHS });
    expect(again.outputs['outcome'], again.stdout).toBe('created');
  });

  test('drafts that the repository has not are opened as others', async () => {
    const { action, sandbox } = current();
    await sandbox.createRepository('acme/free', FILES, { allowDrafts: false });
    const inputs = { ...image('1.5.0'), paths: PATHS, repository: 'acme/free', draft: 'true' };
    const { outputs, stdout } = await action(inputs);
    expect([outputs['outcome'], stdout]).toEqual(['created', expect.stringContaining('draft was refused')]);
  });
});

scenarios(
  'a crash without a clone',
  { 'apps/web/web.yaml': manifest('1.4.1'), 'other.yaml': 'a: 1\n' },
  (current) => {
    test(
      'after each request of an update: the next run ends it, and no branch is left',
      { timeout: 120_000 },
      async () => {
        const { action, repository, sandbox } = current();
        const first = { ...image('1.4.2'), paths: PATHS };
        const second = { ...image('1.5.0'), paths: PATHS };
        await action(first);
        await action(second);
        const { body } = await repository.pullRequests.get(1);
        for (const cut of [1, 2, 3, 4]) {
          await action({ ...first, force: 'true' });
          const killer = new AbortController();
          sandbox.watch({ after: (n) => n === cut && killer.abort('SIGKILL') });
          await action(second, {}, killer.signal);
          sandbox.watch({});
          const { exitCode, stdout } = await action(second);
          expect(exitCode, `${cut}: ${stdout}`).toBe(0);
          expect(Object.keys(await repository.refs()), `${cut}: ${stdout}`).toEqual([
            'refs/heads/main',
            'refs/heads/release/web',
          ]);
          expect(await repository.read('release/web', 'apps/web/web.yaml')).toBe(manifest('1.5.0'));
          const present = await repository.pullRequests.get(1);
          const { normalize } = current();
          expect([present.state, normalize(present.body ?? '')], `${cut}: ${stdout}`).toEqual([
            'open',
            normalize(body ?? ''),
          ]);
        }
      },
    );
  },
  { runs: 'processes' },
);
