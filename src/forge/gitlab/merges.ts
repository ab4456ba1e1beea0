/** Merges on GitLab: the external statuses and the jobs of a commit. */
import { utcTime } from '../../core/time.ts';
import { path } from '../http/address.ts';
import { newestFirst, type CommitStatus, type Merge, type Merges } from '../merges.ts';
import { commitsOnTop } from '../relation.ts';
import { MERGE_REQUEST, STATUSES } from './answers.ts';
import { compare } from './commits.ts';
import type { Project } from './project.ts';

/** Statuses of a commit that are read, those of its jobs among them. */
const MOST = 300;
const PAGE = 100;

/** The merges of the project. Each call throws what `Project.call` throws. */
export function mergesOf(project: Project): Merges {
  return {
    read: (number) => read(project, number),
    since: async (commit, branch) => commitsOnTop(await compare(project, commit, branch)),
    statuses: (commit) => statuses(project, commit),
    hasAuthors: true,
  };
}

/** After a fast-forward there is no merge commit: the base has the squashed commit, or else the head itself. */
function read(project: Project, number: number): Promise<Merge> {
  return project.call('read the pull request', async () => {
    const facts = await project.client.get(MERGE_REQUEST, project.at + path`/merge_requests/${number}`);
    const { state, target_branch: base } = facts;
    if (state !== 'merged') return { state: state === 'closed' ? 'closed' : 'open', base, commit: '', time: '' };
    const commit = facts.merge_commit_sha || facts.squash_commit_sha || facts.sha || '';
    return { state, base, commit, time: utcTime(facts.merged_at ?? '') };
  });
}

/** Those that are not named here are pending: a job that was skipped or waits for a person is no verdict. */
const STATES: Readonly<Record<string, CommitStatus['state'] | undefined>> = {
  success: 'success',
  failed: 'failure',
  canceled: 'failure',
};

function statuses(project: Project, commit: string): Promise<readonly CommitStatus[]> {
  return project.call('read the statuses', async () => {
    const below = project.at + path`/repository/commits/${commit}/statuses`;
    // Without `all` only the latest of each name, which may be another author's.
    const read = await project.client.list(STATUSES, below, { all: true, per_page: PAGE }, MOST);
    return newestFirst(read).map(({ name, status, description, target_url: url, author, created_at, finished_at }) => ({
      context: name,
      state: STATES[status] ?? 'pending',
      description: description ?? '',
      url: url ?? '',
      author: author?.username ?? '',
      time: utcTime(finished_at ?? created_at),
    }));
  });
}
