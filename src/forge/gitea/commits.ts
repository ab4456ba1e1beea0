/** The comparison of two commits, who may read them, and what Gitea says of a signature. */
import { utcTime } from '../../core/time.ts';
import type { Comparison, SourceCommit } from '../forge.ts';
import { relationOf } from '../relation.ts';
import { COMMIT, COMPARISON, REPOSITORY, type CommitFacts } from './answers.ts';
import type { GiteaRepository } from './repository.ts';

/**
 * As `Forge.compare`. Gitea says only which commits one revision has and the other lacks, the newest first: it is asked both ways.
 * Throws NETWORK.
 */
export async function compare(source: GiteaRepository, base: string, head: string): Promise<Comparison> {
  const between = async (from: string, to: string) => {
    const path = `/compare/${encodeURIComponent(from)}...${encodeURIComponent(to)}`;
    return source.get(path, COMPARISON, { files: false, verification: false, stat: false });
  };
  return source.comparing(async () => {
    const [ahead, behind, start] = await Promise.all([
      between(base, head),
      between(head, base),
      source.get(`/git/commits/${encodeURIComponent(base)}`, COMMIT, {
        files: false,
        verification: false,
        stat: false,
      }),
    ]);
    return {
      status: relationOf(ahead.total_commits, behind.total_commits),
      total: ahead.total_commits,
      commits: (ahead.commits ?? []).map(sourceCommitOf).toReversed(),
      url: `${source.page}/compare/${encodeURIComponent(base)}...${encodeURIComponent(head)}`,
      pulls: `${source.page}/pulls/`,
      baseTime: timeOf(start),
    };
  });
}

function sourceCommitOf(facts: CommitFacts): SourceCommit {
  const { sha, html_url: url, author, commit } = facts;
  return {
    id: sha,
    url,
    author: author?.login || commit.author?.name || '',
    subject: commit.message.split('\n')[0] ?? '',
    time: timeOf(facts),
  };
}

const timeOf = ({ commit }: CommitFacts): string => utcTime(commit.committer?.date ?? '');

/** As `Forge.isPublic`; `internal` is for those who have a login there. Throws NETWORK. */
export async function isPublic(repository: GiteaRepository): Promise<boolean | undefined> {
  return repository.isPublic(async () => {
    const { private: isPrivate, internal = false } = await repository.get('', REPOSITORY);
    return !isPrivate && !internal;
  });
}

/** As `Forge.isVerified`. Throws API_DENIED and NETWORK. */
export async function isVerified(repository: GiteaRepository, commit: string): Promise<boolean> {
  return repository.call('read the commit', async () => {
    const query = { files: false, stat: false, verification: true };
    const { verification } = (await repository.get(`/git/commits/${commit}`, COMMIT, query)).commit;
    return verification?.verified ?? false;
  });
}
