/** Commits through GitHub's API, which signs them, and the comparison of two. */
import { failure } from '../../core/errors.ts';
import type { Comparison, ForgeCommit } from '../forge.ts';
import { BRANCH_FACTS, COMPARISON, GIT_COMMIT, readAnswer, TREE } from './answers.ts';
import { isAnswer } from './client.ts';
import { connectionFailure, reasonOf } from './error-message.ts';
import { BRANCH, MOVE_BRANCH } from './graphql-documents.ts';
import type { GitHubRepository } from './repository.ts';

const NO_COMMIT = '0'.repeat(40);

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
  const made = await repository.call('write the files', async () => {
    const { data } = await rest.git.createTree({ ...parameters, base_tree: parentTree, tree: entries });
    return readAnswer(TREE, data);
  });
  if (made.sha !== tree) {
    throw failure('EDIT_NOT_VERIFIED', { file: files[0]?.path ?? '', reason: 'GitHub made another tree of it' });
  }
  // Without an author, because GitHub signs only what an App or a bot commits in its own name.
  const { sha, verification } = await repository.call('make the commit', async () => {
    const { data } = await rest.git.createCommit({ ...parameters, message, tree, parents: [parent] });
    return readAnswer(GIT_COMMIT, data);
  });
  const moved = await moveBranch(repository, branch, expected, sha);
  return moved ? { id: sha, verified: verification.verified } : undefined;
}

/** Compare-and-swap of a branch; `false` when it is not at `expected`. */
async function moveBranch(
  repository: GitHubRepository,
  branch: string,
  expected: string,
  commit: string,
): Promise<boolean> {
  const ref = `refs/heads/${branch}`;
  const look = async () =>
    (await repository.call('read the branch', () => repository.query(BRANCH, BRANCH_FACTS, { ref }))).repository;
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
  const { verification } = await repository.call('read the commit', async () => {
    const { data } = await repository.rest.git.getCommit({ ...repository.parameters, commit_sha: commit });
    return readAnswer(GIT_COMMIT, data);
  });
  return verification.verified;
}

/** GitHub answers 500 to a comparison that is too large for it, each time. */
const TOO_LARGE = /diff is taking too long|not_available/i;

/** As `Forge.compare`: two revisions of a source repository. Throws NETWORK. */
export async function compare(source: GitHubRepository, base: string, head: string): Promise<Comparison> {
  try {
    const basehead = `${base}...${head}`;
    const answer = await source.rest.repos.compareCommitsWithBasehead({ ...source.parameters, basehead });
    const data = readAnswer(COMPARISON, answer.data);
    return {
      status: data.status,
      total: data.total_commits,
      url: data.html_url,
      baseTime: data.base_commit.commit.committer?.date ?? '',
      commits: data.commits.map(({ sha, html_url, commit, author }) => ({
        id: sha,
        url: html_url,
        author: author?.login ?? commit.author?.name ?? '',
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
