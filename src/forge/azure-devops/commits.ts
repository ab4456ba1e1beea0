/** The comparison of two revisions of a repository of Azure DevOps. */
import { utcTime } from '../../core/time.ts';
import type { Comparison } from '../forge.ts';
import { path } from '../http/address.ts';
import { relationBy } from '../relation.ts';
import { COMMIT, COMPARISON, type CommitFacts } from './answers.ts';
import type { AzureRepository } from './repository.ts';

/** Commits that are read of one comparison. */
const MOST = 300;
const BRANCHES = 'refs/heads/';

/** As `Forge.compare`, of tags, whole ids of commits, and branches as `refs/heads/<name>`. Throws NETWORK. */
export async function compare(repository: AzureRepository, base: string, head: string): Promise<Comparison> {
  const [from, to] = [versionOf(base), versionOf(head)];
  return repository.comparing(async () => {
    const { baseCommit, targetCommit, commonCommit, aheadCount } = await repository.get(COMPARISON, '/diffs/commits', {
      baseVersion: from.version,
      baseVersionType: from.type,
      targetVersion: to.version,
      targetVersionType: to.type,
      // The changes of files are not read.
      $top: 1,
    });
    const status = relationBy(baseCommit, targetCommit, commonCommit ?? undefined);
    const isAhead = status === 'ahead' || status === 'diverged';
    const [found, start] = await Promise.all([
      isAhead ? commitsBetween(repository, baseCommit, targetCommit) : [],
      repository.get(COMMIT, path`/commits/${baseCommit}`),
    ]);
    return {
      status,
      commits: found.toReversed().map((facts) => ({
        id: facts.commitId,
        author: facts.author?.name ?? '',
        subject: facts.comment?.split('\n')[0] ?? '',
        url: `${repository.page}/commit/${facts.commitId}`,
        time: timeOf(facts),
      })),
      total: isAhead ? aheadCount : 0,
      url: `${repository.page}/branchCompare?baseVersion=GC${baseCommit}&targetVersion=GC${targetCommit}`,
      // `#1` is a work item there.
      pulls: '',
      baseTime: timeOf(start),
    };
  });
}

/** Those that `head` has and `base` lacks, the newest first: the walk begins at the version to compare with. */
function commitsBetween(repository: AzureRepository, base: string, head: string): Promise<CommitFacts[]> {
  const query = {
    'searchCriteria.itemVersion.version': base,
    'searchCriteria.itemVersion.versionType': 'commit',
    'searchCriteria.compareVersion.version': head,
    'searchCriteria.compareVersion.versionType': 'commit',
  };
  return repository.list(COMMIT, '/commits', query, MOST, 'searchCriteria.');
}

/** Azure wants the kind of a revision; it knows a commit by its whole id alone. */
function versionOf(revision: string): { readonly version: string; readonly type: 'branch' | 'commit' | 'tag' } {
  if (revision.startsWith(BRANCHES)) return { version: revision.slice(BRANCHES.length), type: 'branch' };
  return { version: revision, type: /^[\da-f]{40}$/.test(revision) ? 'commit' : 'tag' };
}

const timeOf = ({ committer }: CommitFacts): string => utcTime(committer?.date ?? '');
