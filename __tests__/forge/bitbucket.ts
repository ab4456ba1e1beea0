/** A repository in the sandbox, whose server either Bitbucket is. */
import { expect } from 'vitest';
import { startSandbox, type RepositoryOptions, type Sandbox, type SandboxRepository } from '../../sandbox/sandbox.ts';
import { readCommits } from '../../sandbox/stored-commit.ts';
import type { Attributes } from '../../src/core/objects.ts';
import type { Forge } from '../../src/forge/forge.ts';
import { violationsOf } from '../sandbox/each-with-sandbox.ts';
import type { Lack, Seen, StartedForge } from './contract.ts';

export const REPOSITORY = 'acme/manifests';
export const WANTED = {
  branch: 'release/web',
  base: 'main',
  title: 'Release web',
  body: 'By the pipeline.',
  draft: false,
};
export const NOTHING: Attributes = {
  labels: [],
  reviewers: [],
  'team-reviewers': [],
  assignees: [],
  milestone: '',
  'auto-merge': '',
  draft: false,
};

/** What neither Bitbucket has. */
export const LACKS: readonly Lack[] = [
  'labels',
  'team reviewers',
  'assignees',
  'milestone',
  'auto-merge setting',
  'merge queue',
  'commits by the API',
  'status authors',
  'earlier statuses',
  'trees',
];

export interface StartedRepository {
  readonly sandbox: Sandbox;
  readonly repository: SandboxRepository;
}

export async function startRepository(options: RepositoryOptions = {}): Promise<StartedRepository> {
  const sandbox = await startSandbox();
  const repository = await sandbox.createRepository(
    REPOSITORY,
    { 'web.yaml': 'image: web:1.4.1\n' },
    { collaborators: ['ada', 'Grace'], staysOpenWithoutBranch: true, ...options },
  );
  await repository.commit('staging', { 'web.yaml': 'image: web:1.4.0\n' });
  await repository.commit('release/web', { 'web.yaml': 'image: web:1.4.2\n' });
  await repository.commit('release/web-admin', { 'web.yaml': 'image: web:1.4.3\n' });
  return { sandbox, repository };
}

export async function open(
  repository: SandboxRepository,
  head: string,
  base: string,
  title: string,
  body: string | null,
  fork = false,
): Promise<number> {
  const [headSha = '', baseSha = ''] = [await repository.tip(head), await repository.tip(base)];
  const opening = { title, body, head, headSha, base, baseSha, draft: false, fork, author: 'octocat' };
  const opened = repository.pullRequests.open(opening);
  if (!opened) throw new Error('one is open already');
  return opened.number;
}

export async function see(repository: SandboxRepository, number: number): Promise<Seen> {
  const { milestone, autoMerge, mergedAt, ...seen } = await repository.pullRequests.get(number);
  return {
    ...seen,
    state: mergedAt === null ? seen.state : 'merged',
    milestone: repository.milestones.find((one) => one.number === milestone)?.title,
    autoMerge: autoMerge?.method,
  };
}

/** Closes the sandbox; every exchange must be as Bitbucket describes it. */
export async function stop(sandbox: Sandbox): Promise<void> {
  await sandbox.close();
  expect(violationsOf(sandbox.requests)).toEqual([]);
}

/** Gives the only open pull request what is wanted, for its head. */
export async function give(forge: Forge, wanted: Partial<Attributes>, given = NOTHING) {
  const [found] = (await forge.find([], 'main')).open;
  if (!found) throw new Error('none is open');
  return forge.giveAttributes(found, given, { ...NOTHING, ...wanted }, found.headId);
}

/** For the suite of all forges. */
export async function startForContract(connect: (sandbox: Sandbox) => Forge): Promise<StartedForge> {
  const { sandbox, repository } = await startRepository();
  const web = await sandbox.createRepository('acme/web', { 'main.go': 'v1' });
  await web.tag('v1.4.1');
  await web.commit('main', { 'main.go': 'v2' }, { message: 'Fix a typo\n\nCloses #7\n' });
  await web.commit('main', { 'main.go': 'v3' }, { message: 'Add a cart\n' });
  await web.tag('v1.4.2');
  return {
    forge: connect(sandbox),
    open: (...wanted) => open(repository, ...wanted),
    openFromFork: (branch, base) => open(repository, branch, base, 'From afar', '', true),
    close: (number) => repository.pullRequests.close(number),
    merge: (number, method) => repository.pullRequests.merge(number, method),
    addStatus: (commit, status) => Promise.resolve(repository.statuses.add(commit, status)),
    see: (number) => see(repository, number),
    set: (setting) => {
      if (setting === 'checks') repository.requireChecks('main');
      if (setting === 'public') repository.visibility = 'public';
      if (setting === 'auto-merge') repository.allowAutoMerge = true;
    },
    push: (branch, files) =>
      repository.commit(
        branch,
        Object.fromEntries(files.map(({ path, mode, bytes }) => [path, { mode: mode as '100644', content: bytes }])),
      ),
    tip: (branch) => repository.tip(branch),
    look: async (id) => {
      const commit = (await readCommits(repository, [id])).get(id);
      if (!commit) throw new Error(`there is no commit ${id}`);
      const { tree, parents, message } = commit;
      return { tree, parents, message };
    },
    stop: () => stop(sandbox),
  };
}
