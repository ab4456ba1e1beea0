/** The comparison of two revisions on Bitbucket Data Center. */
import { utcTime } from '../../core/time.ts';
import type { Comparison, SourceCommit } from '../forge.ts';
import { relationOf } from '../relation.ts';
import { COMMIT, pageOf, partOf, REPOSITORY, type CommitFacts } from './answers.ts';
import type { Repository } from './repository.ts';

/** Commits that are read of one comparison. */
const MOST = 300;
const PAGE = 100;

/** As `Forge.compare`, of revisions of one repository. Throws NETWORK. */
export async function compare(repository: Repository, base: string, head: string): Promise<Comparison> {
  const { client, at, url } = repository;
  const read = (below: string, query: Readonly<Record<string, string>>, most: number): Promise<CommitFacts[]> =>
    client.listIn(pageOf(COMMIT), partOf, `${at}/${below}`, { ...query, limit: Math.min(most, PAGE) }, most);
  return repository.comparing(async () => {
    const [[start], ahead, behind] = await Promise.all([
      read('commits', { until: base }, 1),
      read('compare/commits', { from: head, to: base }, MOST),
      read('compare/commits', { from: base, to: head }, 1),
    ]);
    const query = new URLSearchParams({ sourceBranch: head, targetBranch: base });
    return {
      status: relationOf(ahead.length, behind.length),
      commits: ahead.toReversed().map((facts) => sourceCommitOf(url, facts)),
      total: ahead.length,
      url: `${url}/compare/commits?${query.toString()}`,
      pulls: '',
      baseTime: start ? timeOf(start) : '',
    };
  });
}

/** As `Forge.isPublic`: the one or its project. Throws NETWORK. */
export async function isPublic(repository: Repository): Promise<boolean | undefined> {
  return repository.isPublic(async () => {
    const facts = await repository.client.get(REPOSITORY, repository.at);
    return facts.public === true || facts.project?.public === true;
  });
}

function sourceCommitOf(page: string, facts: CommitFacts): SourceCommit {
  const { id, author, message } = facts;
  return {
    id,
    author: author?.displayName ?? author?.name ?? '',
    subject: message.split('\n')[0] ?? '',
    url: `${page}/commits/${id}`,
    time: timeOf(facts),
  };
}

const timeOf = ({ committerTimestamp: time }: CommitFacts): string => utcTime(new Date(time).toISOString());
