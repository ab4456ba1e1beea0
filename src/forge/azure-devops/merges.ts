/** Merges on Azure DevOps: its commit statuses. */
import { utcTime } from '../../core/time.ts';
import { path } from '../http/address.ts';
import { newestFirst, type CommitStatus, type Merge, type Merges } from '../merges.ts';
import { commitsOnTop } from '../relation.ts';
import { PULL_REQUEST, STATUS_LIST } from './answers.ts';
import { compare } from './commits.ts';
import { branchOf, STATES } from './pull-request.ts';
import type { AzureRepository } from './repository.ts';

/** Statuses of a commit that are read. */
const MOST = 200;

/** The merges of the repository. Each call throws what `AzureRepository.call` throws. */
export function mergesOf(repository: AzureRepository): Merges {
  return {
    read: (number) => read(repository, number),
    since: async (commit, branch) => commitsOnTop(await compare(repository, commit, `refs/heads/${branch}`)),
    statuses: (commit) => statuses(repository, commit),
    hasAuthors: true,
  };
}

function read(repository: AzureRepository, number: number): Promise<Merge> {
  return repository.call('read the pull request', async () => {
    const facts = await repository.get(PULL_REQUEST, `/pullrequests/${number}`);
    const [state, base] = [STATES[facts.status], branchOf(facts.targetRefName)];
    if (state !== 'merged') return { state, base, commit: '', time: '' };
    return { state, base, commit: facts.lastMergeCommit?.commitId ?? '', time: utcTime(facts.closedDate ?? '') };
  });
}

const VERDICTS: Readonly<Record<string, CommitStatus['state'] | undefined>> = {
  succeeded: 'success',
  failed: 'failure',
  error: 'failure',
};

/** The context is its name alone: agents write the same name on each forge, and their own genre here. */
function statuses(repository: AzureRepository, commit: string): Promise<readonly CommitStatus[]> {
  return repository.call('read the statuses', async () => {
    const { value } = await repository.get(STATUS_LIST, path`/commits/${commit}/statuses`, { top: MOST });
    return newestFirst(value).map(({ context, state, description, targetUrl, createdBy, creationDate }) => ({
      context: context.name,
      state: VERDICTS[state ?? ''] ?? 'pending',
      description: description ?? '',
      url: targetUrl ?? '',
      author: createdBy?.uniqueName || createdBy?.displayName || '',
      time: utcTime(creationDate ?? ''),
    }));
  });
}
