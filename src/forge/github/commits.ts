/** Commits through GitHub's API, which signs them, and the comparison of two. */
import { failure } from '../../core/errors.ts';
import type { Comparison, ForgeCommit } from '../forge.ts';
import { isAnswer } from './client.ts';
import { connectionFailure, reasonOf } from './error-message.ts';
import { BRANCH, MOVE_BRANCH } from './graphql-documents.ts';
import type { GitHubRepository } from './repository.ts';

const NO_COMMIT = '0'.repeat(40);

interface BranchFacts {
  readonly repository: { readonly id: string; readonly ref: { readonly target: { readonly oid: string } } | null };
}

/** As `Forge.commit`. Throws EDIT_NOT_VERIFIED, PUSH_REFUSED, API_DENIED and NETWORK. */
export async function makeCommit(
  repository: GitHubRepository,
  { branch, expected, parent, parentTree, tree, message, files }: ForgeCommit,
): Promise<{ id: string; verified: boolean } | undefined> {
  const { parameters, rest } = repository;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const entries = files.map(({ path, mode, bytes }) => ({
    path,
    mode: mode as '100644' | '100755',
    type: 'blob' as const,
    content: decoder.decode(bytes),
  }));
  const made = await repository.call('write the files', () =>
    rest.git.createTree({ ...parameters, base_tree: parentTree, tree: entries }),
  );
  if (made.data.sha !== tree) {
    throw failure('EDIT_NOT_VERIFIED', { file: files[0]?.path ?? '', reason: 'GitHub made another tree of it' });
  }
  // Without an author, because GitHub signs only what an App or a bot commits in its own name.
  const { data } = await repository.call('make the commit', () =>
    rest.git.createCommit({ ...parameters, message, tree, parents: [parent] }),
  );
  const moved = await moveBranch(repository, branch, expected, data.sha);
  return moved ? { id: data.sha, verified: data.verification.verified } : undefined;
}

/** Compare-and-swap of a branch; `false` when it is not at `expected`. */
async function moveBranch(
  repository: GitHubRepository,
  branch: string,
  expected: string,
  commit: string,
): Promise<boolean> {
  const ref = `refs/heads/${branch}`;
  const look = async (): Promise<BranchFacts['repository']> =>
    (await repository.call('read the branch', () => repository.query<BranchFacts>(BRANCH, { ref }))).repository;
  const { id } = await look();
  try {
    await repository.graphql(MOVE_BRANCH, { repository: id, ref, before: expected || NO_COMMIT, after: commit });
    return true;
  } catch (error) {
    const reason = repository.refusalIn('move the branch', error);
    const tip = (await look()).ref?.target.oid ?? '';
    if (tip === commit) return true;
    if (tip !== expected) return false;
    throw failure('PUSH_REFUSED', { branch, reason }, error);
  }
}

/** As `Forge.isVerified`. Throws API_DENIED and NETWORK. */
export async function isVerified(repository: GitHubRepository, commit: string): Promise<boolean> {
  const { data } = await repository.call('read the commit', () =>
    repository.rest.git.getCommit({ ...repository.parameters, commit_sha: commit }),
  );
  return data.verification.verified;
}

/** GitHub answers 500 to a comparison that is too large for it, each time. */
const TOO_LARGE = /diff is taking too long|not_available/i;

/** As `Forge.compare`: two revisions of a source repository. Throws NETWORK. */
export async function compare(source: GitHubRepository, base: string, head: string): Promise<Comparison> {
  try {
    const basehead = `${base}...${head}`;
    const { data } = await source.rest.repos.compareCommitsWithBasehead({ ...source.parameters, basehead });
    return {
      status: data.status,
      total: data.total_commits,
      url: data.html_url,
      baseTime: data.base_commit.commit.committer?.date ?? '',
      commits: data.commits.map(({ sha, html_url, commit, author }) => ({
        id: sha,
        url: html_url,
        author: (author && 'login' in author && author.login) || (commit.author?.name ?? ''),
        subject: commit.message.split('\n')[0] ?? '',
        time: commit.committer?.date ?? '',
      })),
    };
  } catch (error) {
    const reason = reasonOf(error);
    if (isAnswer(error) || TOO_LARGE.test(reason)) return { status: 'unknown', reason };
    throw connectionFailure(`compare two commits of ${source.fullName}`, error);
  }
}
