/** Merges on Bitbucket Data Center: its build statuses. */
import { utcTime } from '../../core/time.ts';
import { path } from '../http/address.ts';
import { buildContext, type CommitStatus, type Merge, type Merges } from '../merges.ts';
import { commitsOnTop } from '../relation.ts';
import { BUILD_STATUS, pageOf, partOf, PULL_REQUEST } from './answers.ts';
import { compare } from './commits.ts';
import { STATES } from './pull-request.ts';
import type { Repository } from './repository.ts';

/** The latest statuses of a commit; Bitbucket gives no more. */
const MOST = 100;

/** The merges of the repository. Each call throws what `Repository.call` throws. */
export function mergesOf(repository: Repository): Merges {
  return {
    read: (number) => read(repository, number),
    since: async (commit, branch) => commitsOnTop(await compare(repository, commit, `refs/heads/${branch}`)),
    statuses: (commit) => statuses(repository, commit),
    hasAuthors: false,
  };
}

/** A pull request that git merged, or a fast-forward, may have no commit of its own: the base has the head itself. */
function read(repository: Repository, number: number): Promise<Merge> {
  return repository.call('read the pull request', async () => {
    const facts = await repository.client.get(PULL_REQUEST, repository.at + path`/pull-requests/${number}`);
    const [state, base] = [STATES[facts.state], facts.toRef.displayId];
    if (state !== 'merged') return { state, base, commit: '', time: '' };
    const commit = facts.properties?.mergeCommit?.id || facts.fromRef.latestCommit || '';
    return { state, base, commit, time: timeOf(facts.closedDate) };
  });
}

const VERDICTS: Readonly<Record<string, CommitStatus['state'] | undefined>> = {
  SUCCESSFUL: 'success',
  FAILED: 'failure',
  CANCELLED: 'failure',
};

/** Of each key there is only the latest status, without an author. */
function statuses(repository: Repository, commit: string): Promise<readonly CommitStatus[]> {
  return repository.call('read the statuses', async () => {
    // The builds of the repository are given by their keys alone; this list has them too.
    const below = path`/build-status/latest/commits/${commit}`;
    const query = { orderBy: 'NEWEST', limit: MOST };
    const read = await repository.client.listIn(pageOf(BUILD_STATUS), partOf, below, query, MOST);
    return read.map(({ key, name, state, description, url, updatedDate, createdDate, dateAdded }) => ({
      // Flux has the description in the name too: `kustomization/apps [reconciliation succeeded]`.
      context: buildContext(key, (name ?? '').replace(/\s+\[.*\]$/s, '')),
      state: VERDICTS[state] ?? 'pending',
      description: description ?? '',
      url: url ?? '',
      author: '',
      time: timeOf(updatedDate ?? createdDate ?? dateAdded),
    }));
  });
}

const timeOf = (milliseconds: number | null | undefined): string =>
  milliseconds == null ? '' : utcTime(new Date(milliseconds).toISOString());
