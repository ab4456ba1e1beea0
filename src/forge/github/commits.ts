/** Commits through GitHub's API, which signs them, and the comparison of two. */
import { failure, ReleaseError } from '../../core/errors.ts';
import type { Comparison, ForgeCommit, MadeCommit } from '../forge.ts';
import { readAnswer } from '../http/unreadable.ts';
import { MADE_COMMIT, MOVED } from './graphql-answers.ts';
import { COMPARISON, GIT_COMMIT, TREE } from './rest-answers.ts';
import { deleteBranch, moveBranch, NO_COMMIT, readTip, refOf } from './branches.ts';
import { isAnswer } from './client.ts';
import { connectionFailure, reasonOf } from './error-message.ts';
import { commitMutation, moveMutation } from './graphql-documents.ts';
import { fromGraphql } from './pull-request.ts';
import { openingOf, updatePullRequest } from './pull-requests.ts';
import type { GitHubRepository } from './repository.ts';

/** As `Forge.commit`. Throws EDIT_NOT_VERIFIED, PUSH_REFUSED, API_DENIED and NETWORK. */
export async function makeCommit(repository: GitHubRepository, wanted: ForgeCommit): Promise<MadeCommit | undefined> {
  const { branch, expected, parent, files } = wanted;
  // On a branch GitHub makes a commit of plain files alone.
  if (files.some(({ mode }) => mode !== '100644')) return commitOfTree(repository, wanted);
  if (expected === '' || expected === parent) return commitOnBranch(repository, wanted, branch);
  return commitBeside(repository, wanted);
}

/**
 * Makes it on a branch that is at the parent, or is created there when nothing is expected. What is left of a branch after a
 * refusal is removed.
 */
async function commitOnBranch(
  repository: GitHubRepository,
  { expected, parent, tree, message, files, opening }: ForgeCommit,
  branch: string,
): Promise<MadeCommit | undefined> {
  const creates = expected !== parent;
  const id = creates || opening ? (await repository.facts()).id : '';
  const [headline = '', ...rest] = message.split('\n');
  const { data, refusals } = await repository.mutate(
    'make the commit',
    commitMutation(creates, opening !== undefined),
    MADE_COMMIT,
    {
      ...(creates && { creation: { repositoryId: id, name: refOf(branch), oid: parent } }),
      commit: {
        branch: { repositoryNameWithOwner: repository.fullName, branchName: branch },
        expectedHeadOid: parent,
        message: { headline, body: rest.join('\n').trim() },
        fileChanges: {
          additions: files.map(({ path, bytes }) => ({ path, contents: Buffer.from(bytes).toString('base64') })),
        },
      },
      ...(opening && { opening: openingOf(id, opening) }),
    },
  );
  const made = data.createCommitOnBranch?.commit;
  const takeBack = (from: string): Promise<unknown> =>
    creates ? deleteBranch(repository, branch, from) : moveBranch(repository, branch, from, parent);
  if (!made) {
    if (!data.createRef && refusals.get('createCommitOnBranch')?.isStale === true) return undefined;
    const refusal = refusals.get('createRef') ?? refusals.get('createCommitOnBranch');
    const tip = await readTip(repository, branch);
    if (creates && data.createRef && tip?.oid === parent) await takeBack(parent);
    else if ((tip?.oid ?? '') !== (creates ? '' : parent)) return undefined;
    if (refusal?.isForbidden === true) throw repository.refused('make the commit', refusal.reason);
    throw failure('PUSH_REFUSED', { branch, reason: refusal?.reason ?? 'no reason was given' });
  }
  if (made.tree.oid !== tree) {
    await takeBack(made.oid);
    throw failure('EDIT_NOT_VERIFIED', { file: files[0]?.path ?? '', reason: OTHER_TREE });
  }
  const opened = data.createPullRequest?.pullRequest;
  return {
    id: made.oid,
    verified: made.signature?.isValid ?? false,
    ...(opened && { opened: fromGraphql(opened)[0] }),
  };
}

const OTHER_TREE = 'GitHub made another tree of it';

/**
 * Makes it on a branch of its own and moves the branch there, since GitHub closes the pull request of a branch that is moved
 * to its base. The name is that of the parent and the tree: a run that was cut short in between is finished by the next one, and
 * never in the way of another.
 */
async function commitBeside(repository: GitHubRepository, wanted: ForgeCommit): Promise<MadeCommit | undefined> {
  const { branch, expected, parent, tree } = wanted;
  const beside = `${branch}.${parent.slice(0, 7)}.${tree.slice(0, 7)}`;
  const made =
    (await commitOnBranch(repository, { ...wanted, expected: '', opening: undefined }, beside)) ??
    (await leftBeside(repository, beside, parent, tree));
  if (!made) return undefined;
  const refUpdates = [
    { name: refOf(branch), beforeOid: expected, afterOid: made.id, force: true },
    { name: refOf(beside), beforeOid: made.id, afterOid: NO_COMMIT },
  ];
  const { id: pullRequestId, before, ...text } = wanted.rewriting ?? {};
  const { data, refusals } = await repository.mutate(
    'move the branch',
    moveMutation(pullRequestId !== undefined),
    MOVED,
    {
      updates: { repositoryId: (await repository.facts()).id, refUpdates },
      ...(pullRequestId !== undefined && { text: { pullRequestId, ...text } }),
    },
  );
  const refusal = refusals.get('updateRefs');
  const written = data.updatePullRequest?.pullRequest;
  if (!refusal) return { ...made, ...(written && { rewritten: fromGraphql(written)[0] }) };
  const tip = (await readTip(repository, branch))?.oid;
  await deleteBranch(repository, beside, made.id);
  if (tip === made.id) return made;
  const isRace = tip !== expected;
  // GitHub wrote the text of a commit that is on no branch. After a race the next attempt writes that of an open one.
  const isRight = isRace && written?.state === 'OPEN';
  if (written && before && !isRight) await updatePullRequest(repository, written.number, before);
  if (isRace) return undefined;
  throw failure('PUSH_REFUSED', { branch, reason: refusal.reason });
}

/** What an earlier run made there, where it is the same. */
async function leftBeside(
  repository: GitHubRepository,
  branch: string,
  parent: string,
  tree: string,
): Promise<MadeCommit | undefined> {
  const tip = await readTip(repository, branch);
  const isSame = tip?.tree.oid === tree && tip.parents.nodes.length === 1 && tip.parents.nodes[0]?.oid === parent;
  return isSame ? { id: tip.oid, verified: tip.signature?.isValid ?? false } : undefined;
}

/** Makes it of a tree and moves the branch; GitHub signs it for an App or a bot alone. */
async function commitOfTree(
  repository: GitHubRepository,
  { branch, expected, parent, parentTree, tree, message, files }: ForgeCommit,
): Promise<MadeCommit | undefined> {
  const { parameters } = repository;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const entries = files.map(({ path, mode, bytes }) => ({
    path,
    mode: mode as '100644' | '100755',
    type: 'blob' as const,
    content: decoder.decode(bytes),
  }));
  const made = await repository.call('write the files', async () => {
    const { data } = await repository.rest(({ git }) =>
      git.createTree({ ...parameters, base_tree: parentTree, tree: entries }),
    );
    return readAnswer(TREE, data);
  });
  if (made.sha !== tree) {
    throw failure('EDIT_NOT_VERIFIED', { file: files[0]?.path ?? '', reason: OTHER_TREE });
  }
  // Without an author, because GitHub signs only what an App or a bot commits in its own name.
  const { sha, verification } = await repository.call('make the commit', async () => {
    const { data } = await repository.rest(({ git }) =>
      git.createCommit({ ...parameters, message, tree, parents: [parent] }),
    );
    return readAnswer(GIT_COMMIT, data);
  });
  const moved = await moveBranch(repository, branch, expected, sha);
  return moved ? { id: sha, verified: verification.verified } : undefined;
}

/** As `Forge.isVerified`. Throws API_DENIED and NETWORK. */
export async function isVerified(repository: GitHubRepository, commit: string): Promise<boolean> {
  const { verification } = await repository.call('read the commit', async () => {
    const { data } = await repository.rest(({ git }) =>
      git.getCommit({ ...repository.parameters, commit_sha: commit }),
    );
    return readAnswer(GIT_COMMIT, data);
  });
  return verification.verified;
}

/** As `Forge.isPublic`. Throws NETWORK. */
export async function isPublic(repository: GitHubRepository): Promise<boolean | undefined> {
  try {
    return !(await repository.facts()).isPrivate;
  } catch (error) {
    if (error instanceof ReleaseError && error.blame === 'yours') return undefined;
    throw error;
  }
}

/** GitHub answers 500 to a comparison that is too large for it, each time. */
const TOO_LARGE = /diff is taking too long|not_available/i;

/** By its route, as nearly each release asks for it: the table of all operations takes 10 ms to load. */
const COMPARE = 'GET /repos/{owner}/{repo}/compare/{basehead}';

/** As `Forge.compare`: two revisions of a source repository. Throws NETWORK. */
export async function compare(source: GitHubRepository, base: string, head: string): Promise<Comparison> {
  try {
    const basehead = `${base}...${head}`;
    const answer = await source.request(COMPARE, { ...source.parameters, basehead });
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
