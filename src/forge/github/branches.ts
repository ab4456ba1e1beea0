/** Branches of a GitHub repository: where they are, moved and deleted, each only from the commit that it was seen at. */
import { failure } from '../../core/errors.ts';
import { TIP_FACTS, type CommitFacts } from './graphql-answers.ts';
import { moveMutation, TIP } from './graphql-documents.ts';
import type { GitHubRepository } from './repository.ts';

/** In place of a commit: the branch is not there. */
export const NO_COMMIT = '0'.repeat(40);

/** Compare-and-swap of a branch; `false` when it is not at `expected`. */
export async function moveBranch(
  repository: GitHubRepository,
  branch: string,
  expected: string,
  commit: string,
): Promise<boolean> {
  try {
    const update = { name: refOf(branch), beforeOid: expected || NO_COMMIT, afterOid: commit, force: true };
    await updateRefs(repository, [update]);
    return true;
  } catch (error) {
    const reason = repository.refusalIn('move the branch', error);
    const tip = (await readTip(repository, branch))?.oid ?? '';
    if (tip === commit) return true;
    if (tip !== expected) return false;
    throw failure('PUSH_REFUSED', { branch, reason }, error);
  }
}

/** As `RepositoryApi.deleteBranch`. Throws API_DENIED and NETWORK. */
export async function deleteBranch(
  repository: GitHubRepository,
  branch: string,
  expected: string,
): Promise<'deleted' | 'moved' | { readonly refused: string }> {
  try {
    await updateRefs(repository, [{ name: refOf(branch), beforeOid: expected, afterOid: NO_COMMIT }]);
    return 'deleted';
  } catch (error) {
    const refused = repository.refusalIn('move the branch', error);
    return (await readTip(repository, branch))?.oid === expected ? { refused } : 'moved';
  }
}

interface RefUpdate {
  readonly name: string;
  readonly beforeOid: string;
  readonly afterOid: string;
  readonly force?: boolean;
}

/** All of them or none. Throws what Octokit throws. */
async function updateRefs(repository: GitHubRepository, refUpdates: readonly RefUpdate[]): Promise<void> {
  await repository.graphql(moveMutation(false), {
    updates: { repositoryId: (await repository.facts()).id, refUpdates },
  });
}

/** The commit that a branch is at. Throws API_DENIED and NETWORK. */
export async function readTip(repository: GitHubRepository, branch: string): Promise<CommitFacts | undefined> {
  const found = await repository.call('read the branch', () =>
    repository.query(TIP, TIP_FACTS, { ref: refOf(branch) }),
  );
  return found.repository.ref?.target ?? undefined;
}

/** The full name of a branch. */
export const refOf = (branch: string): string => `refs/heads/${branch}`;
