/** Revisions of a repository, and the commits between two of them. */
import type { SandboxRepository } from './repository.ts';
import type { PullRequest } from './pull-requests.ts';
import { readCommits, type StoredCommit } from './stored-commit.ts';

/** The commit that a branch, a tag, the whole name of either, or an id names. */
export async function resolved(repository: SandboxRepository, name: string): Promise<string | undefined> {
  const isWhole = /^(?:refs\/.+|[0-9a-f]{7,40})$/.test(name);
  const names = [`refs/heads/${name}`, `refs/tags/${name}`, ...(isWhole ? [name] : [])];
  for (const candidate of names) {
    const id = await repository.commitId(candidate).catch(() => undefined);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Those that `include` has and `exclude` lacks, the newest first. */
export async function commitsAbove(
  repository: SandboxRepository,
  include: string,
  exclude: string | undefined,
): Promise<StoredCommit[]> {
  const range = exclude === undefined ? [include] : [include, `^${exclude}`];
  const ids = (await repository.text(['rev-list', '--topo-order', ...range])).split('\n').filter(Boolean);
  const known = await readCommits(repository, ids);
  return ids.flatMap((id) => known.get(id) ?? []);
}

/** Those that a pull request proposes, or proposed when it was merged, the newest first. */
export async function commitsOf(repository: SandboxRepository, one: PullRequest): Promise<StoredCommit[]> {
  return commitsAbove(repository, one.headSha, one.mergedAt === null ? `refs/heads/${one.base}` : one.baseSha);
}
