/** Merges on Gitea and Forgejo: their commit statuses. */
import { utcTime } from '../../core/time.ts';
import { path } from '../http/address.ts';
import { newestFirst, type CommitStatus, type Merge, type Merges } from '../merges.ts';
import { commitsOnTop } from '../relation.ts';
import { PULL_REQUEST, STATUSES, type StatusFacts } from './answers.ts';
import { compare } from './commits.ts';
import type { GiteaRepository } from './repository.ts';

/** Pages of statuses that are read, the latest first. */
const MOST_PAGES = 2;

/** The merges of the repository. Each call throws what `GiteaRepository.call` throws. */
export function mergesOf(repository: GiteaRepository): Merges {
  return {
    read: (number) => read(repository, number),
    since: async (commit, branch) => commitsOnTop(await compare(repository, commit, branch)),
    statuses: (commit) => statuses(repository, commit),
    hasAuthors: true,
  };
}

function read(repository: GiteaRepository, number: number): Promise<Merge> {
  return repository.call('read the pull request', async () => {
    const facts = await repository.get(`/pulls/${number}`, PULL_REQUEST);
    const { merged, state, base } = facts;
    if (!merged) return { state: state === 'open' ? 'open' : 'closed', base: base.ref, commit: '', time: '' };
    const [commit, time] = [facts.merge_commit_sha ?? '', utcTime(facts.merged_at ?? '')];
    return { state: 'merged', base: base.ref, commit, time };
  });
}

/** `warning` and `skipped` are no verdict. */
const STATES: Readonly<Record<string, CommitStatus['state'] | undefined>> = {
  success: 'success',
  failure: 'failure',
  error: 'failure',
};

function statuses(repository: GiteaRepository, commit: string): Promise<readonly CommitStatus[]> {
  return repository.call('read the statuses', async () => {
    const read: StatusFacts[] = [];
    const query = { sort: 'recentupdate' };
    for await (const page of repository.pages(path`/commits/${commit}/statuses`, STATUSES, query, MOST_PAGES)) {
      read.push(...page);
    }
    return newestFirst(read).map(({ context, status, description, target_url: url, creator, updated_at: time }) => ({
      context,
      state: STATES[status] ?? 'pending',
      description,
      url,
      author: creator?.login ?? '',
      time: utcTime(time),
    }));
  });
}
