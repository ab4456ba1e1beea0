/** Merges on GitHub: its commit statuses, deployments and check runs. */
import { utcTime } from '../../core/time.ts';
import { readAnswer } from '../http/unreadable.ts';
import { newestFirst, type CommitStatus, type Merge, type Merges } from '../merges.ts';
import { commitsOnTop } from '../relation.ts';
import { CHECK_RUNS, DEPLOYMENT_STATUSES, DEPLOYMENTS, MERGE, STATUSES } from './rest-answers.ts';
import { compare } from './commits.ts';
import type { GitHubRepository } from './repository.ts';

/** Statuses or check runs of a commit, the newest first, of which GitHub gives no more at once. */
const STATUSES_READ = 100;
/** Deployments of a commit, each of which takes a request of its own. */
const DEPLOYMENTS_READ = 10;

/** The merges of the repository. Each call throws what `GitHubRepository.call` throws. */
export function mergesOf(repository: GitHubRepository): Merges {
  return {
    read: (number) => read(repository, number),
    since: async (commit, branch) => commitsOnTop(await compare(repository, commit, branch)),
    statuses: (commit) => statuses(repository, commit),
    hasAuthors: true,
    beside: {
      deployment: (commit) => deployments(repository, commit),
      check: (commit) => checkRuns(repository, commit),
    },
  };
}

/** GitHub has the commit of a merge, of a squash and the last one of a rebase in one field, which before is that of a test merge. */
function read(repository: GitHubRepository, number: number): Promise<Merge> {
  return repository.call('read the pull request', async () => {
    const { data } = await repository.rest(({ pulls }) => pulls.get({ ...repository.parameters, pull_number: number }));
    const { state, base, merged_at: time, merge_commit_sha: commit } = readAnswer(MERGE, data);
    if (!time) return { state: state === 'open' ? 'open' : 'closed', base: base.ref, commit: '', time: '' };
    return { state: 'merged', base: base.ref, commit: commit ?? '', time: utcTime(time) };
  });
}

const STATES: Readonly<Record<string, CommitStatus['state'] | undefined>> = {
  success: 'success',
  failure: 'failure',
  error: 'failure',
};

function statuses(repository: GitHubRepository, ref: string): Promise<readonly CommitStatus[]> {
  return repository.call('read the statuses', async () => {
    const { data } = await repository.rest(({ repos }) =>
      repos.listCommitStatusesForRef({
        ...repository.parameters,
        ref,
        per_page: STATUSES_READ,
      }),
    );
    return readAnswer(STATUSES, data).map(({ context, state, description, target_url, creator, created_at }) => ({
      context,
      state: STATES[state] ?? 'pending',
      description: description ?? '',
      url: target_url ?? '',
      author: creator?.login ?? '',
      time: utcTime(created_at),
    }));
  });
}

/** A deployment is inactive once a later one succeeded in its environment: what it was before counts. */
function deployments(repository: GitHubRepository, sha: string): Promise<readonly CommitStatus[]> {
  const { parameters } = repository;
  return repository.call('read the deployments', async () => {
    const { data } = await repository.rest(({ repos }) =>
      repos.listDeployments({ ...parameters, sha, per_page: DEPLOYMENTS_READ }),
    );
    const read = readAnswer(DEPLOYMENTS, data).map(async ({ id, environment }) => {
      const answer = await repository.rest(({ repos }) =>
        repos.listDeploymentStatuses({ ...parameters, deployment_id: id }),
      );
      const [latest] = readAnswer(DEPLOYMENT_STATUSES, answer.data).filter(({ state }) => state !== 'inactive');
      if (!latest) return [];
      const { state, description, creator, created_at: time } = latest;
      return {
        context: `deployment/${environment}`,
        state: STATES[state] ?? 'pending',
        description: description ?? '',
        url: latest.log_url || latest.target_url || '',
        author: creator?.login ?? '',
        time: utcTime(time),
      };
    });
    return (await Promise.all(read)).flat();
  });
}

/** Those that are not named here are pending: what is neutral, was skipped or is outdated is no verdict. */
const CONCLUSIONS: Readonly<Record<string, CommitStatus['state'] | undefined>> = {
  success: 'success',
  failure: 'failure',
  timed_out: 'failure',
  cancelled: 'failure',
  action_required: 'failure',
};

/** Each is written by an App, whose login has its name. */
function checkRuns(repository: GitHubRepository, ref: string): Promise<readonly CommitStatus[]> {
  return repository.call('read the check runs', async () => {
    // Without `all` only the latest of each name, which may be another App's.
    const asked = { ...repository.parameters, ref, filter: 'all', per_page: STATUSES_READ } as const;
    const { data } = await repository.rest(({ checks }) => checks.listForRef(asked));
    return newestFirst(readAnswer(CHECK_RUNS, data).check_runs).map(({ name, conclusion, output, app, ...run }) => ({
      context: `check/${name}`,
      state: CONCLUSIONS[conclusion ?? ''] ?? 'pending',
      description: output.title || output.summary || '',
      url: run.details_url || run.html_url || '',
      author: app?.slug ? `${app.slug}[bot]` : '',
      time: utcTime(run.completed_at ?? run.started_at ?? ''),
    }));
  });
}
