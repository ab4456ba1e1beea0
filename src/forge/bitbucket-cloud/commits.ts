/** The comparison of two revisions on Bitbucket Cloud. */
import { utcTime } from '../../core/time.ts';
import type { Comparison, SourceCommit } from '../forge.ts';
import { relationOf } from '../relation.ts';
import { COMMIT, pageOf, partOf, REPOSITORY, TAG, type CommitFacts } from './answers.ts';
import type { Repository } from './repository.ts';

/** Commits that are read of one comparison. */
const MOST = 300;
const PAGE = 100;

interface Revision {
  readonly id: string;
  readonly date: string;
}

/** As `Forge.compare`, of commits or tags of one repository. Throws NETWORK. */
export async function compare(repository: Repository, base: string, head: string): Promise<Comparison> {
  return repository.comparing(async () => {
    const [one, other] = await Promise.all([find(repository, base), find(repository, head)]);
    const [ahead, behind] = await Promise.all([
      commitsOf(repository, other.id, one.id, MOST),
      commitsOf(repository, one.id, other.id, 1),
    ]);
    return {
      status: relationOf(ahead.length, behind.length),
      commits: ahead.toReversed().map(sourceCommitOf),
      total: ahead.length,
      url: `${repository.url}/branches/compare/${encodeURIComponent(`${head}\r${base}`)}`,
      pulls: '',
      baseTime: utcTime(one.date),
    };
  });
}

/** As `Merges.since`. Throws NETWORK. */
export async function onTop(
  repository: Repository,
  commit: string,
  branch: string,
): Promise<readonly string[] | undefined> {
  return repository.unlessRefused(`compare two commits of ${repository.fullName}`, async () => {
    const [missing, later] = await Promise.all([
      commitsOf(repository, commit, branch, 1),
      commitsOf(repository, branch, commit, MOST),
    ]);
    return missing.length > 0 ? undefined : later.toReversed().map(({ hash }) => hash);
  });
}

/** As `Forge.isPublic`. Throws NETWORK. */
export async function isPublic(repository: Repository): Promise<boolean | undefined> {
  return repository.isPublic(async () => !(await repository.client.get(REPOSITORY, repository.at)).is_private);
}

/** A commit by its id, or one that has a tag. A name of a branch is no revision that stays. */
async function find({ client, at }: Repository, revision: string): Promise<Revision> {
  if (/^[0-9a-f]{7,64}$/.test(revision)) {
    const { hash, date } = await client.get(COMMIT, `${at}/commit/${revision}`);
    return { id: hash, date };
  }
  // Bitbucket has the slashes of a tag as they are.
  const name = revision.split('/').map(encodeURIComponent).join('/');
  const { target } = await client.get(TAG, `${at}/refs/tags/${name}`);
  return { id: target.hash, date: target.date };
}

/** Those that one revision has and another lacks, the newest first. */
async function commitsOf({ client, at }: Repository, include: string, exclude: string, most: number) {
  const query = { include, exclude, pagelen: Math.min(most, PAGE) };
  return client.listIn(pageOf(COMMIT), partOf, `${at}/commits`, query, most);
}

function sourceCommitOf({ hash, message, author, date, links }: CommitFacts): SourceCommit {
  return {
    id: hash,
    author: author?.user?.display_name ?? (author?.raw ?? '').replace(/(?<!\s)\s*<[^<>]*>\s*$/, ''),
    subject: message.split('\n')[0] ?? '',
    url: links.html.href,
    time: utcTime(date),
  };
}
