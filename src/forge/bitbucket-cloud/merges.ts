/** Merges on Bitbucket Cloud: its build statuses. */
import { utcTime } from '../../core/time.ts';
import { path } from '../http/address.ts';
import { buildContext, type CommitStatus, type Merge, type Merges } from '../merges.ts';
import { BUILD_STATUS, COMMIT, pageOf, partOf, PULL_REQUEST } from './answers.ts';
import { onTop } from './commits.ts';
import { STATES } from './pull-request.ts';
import type { Repository } from './repository.ts';

/** Statuses of a commit that are read. */
const MOST = 300;
const PAGE = 100;

/** The merges of the repository. Each call throws what `Repository.call` throws. */
export function mergesOf(repository: Repository): Merges {
  return {
    read: (number) => read(repository, number),
    since: (commit, branch) => onTop(repository, commit, branch),
    statuses: (commit) => statuses(repository, commit),
    hasAuthors: false,
  };
}

/**
 * The merge has the time of its commit. A fast-forward has no commit of its own: the base has the head itself, and when it got it
 * is not known.
 */
function read(repository: Repository, number: number): Promise<Merge> {
  const { client, at } = repository;
  return repository.call('read the pull request', async () => {
    const facts = await client.get(PULL_REQUEST, at + path`/pullrequests/${number}`);
    const [state, base] = [STATES[facts.state], facts.destination.branch.name];
    const head = facts.source.commit?.hash ?? '';
    const merged = facts.merge_commit?.hash || head;
    if (state !== 'merged' || merged === '') return { state, base, commit: '', time: '' };
    // The pull request has the beginning of the id alone.
    const { hash, date } = await client.get(COMMIT, at + path`/commit/${merged}`);
    return { state, base, commit: hash, time: merged === head ? '' : utcTime(date) };
  });
}

const VERDICTS: Readonly<Record<string, CommitStatus['state'] | undefined>> = {
  SUCCESSFUL: 'success',
  FAILED: 'failure',
  STOPPED: 'failure',
};

/** Of each key there is only the latest status, without an author. */
function statuses(repository: Repository, commit: string): Promise<readonly CommitStatus[]> {
  const { client, at } = repository;
  return repository.call('read the statuses', async () => {
    const below = at + path`/commit/${commit}/statuses`;
    const query = { sort: '-updated_on', pagelen: PAGE };
    const read = await client.listIn(pageOf(BUILD_STATUS), partOf, below, query, MOST);
    return read.map(({ key, name, state, description, url, updated_on: time }) => ({
      context: buildContext(key, name ?? ''),
      state: VERDICTS[state] ?? 'pending',
      description: description ?? '',
      url: url ?? '',
      author: '',
      time: utcTime(time ?? ''),
    }));
  });
}
