/** A commit made through the API, which GitHub signs, and the branch moved to it. */
import { failure } from '../../core/errors.ts';
import type { ForgeCommit } from '../forge.ts';
import { reasonOf } from './error-message.ts';
import { BRANCH, MOVE_BRANCH } from './graphql-documents.ts';
import type { Requests } from './requests.ts';

const NO_COMMIT = '0'.repeat(40);

interface BranchFacts {
  readonly repository: { readonly id: string; readonly ref: { readonly target: { readonly oid: string } } | null };
}

/** As `Forge.commit`. */
export async function makeCommit(
  requests: Requests,
  { branch, expected, parent, parentTree, tree, message, files }: ForgeCommit,
): Promise<{ id: string; verified: boolean } | undefined> {
  const { git } = requests.client.rest;
  const { repository } = requests;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const entries = files.map(({ path, mode, bytes }) => ({
    path,
    mode: mode as '100644' | '100755',
    type: 'blob' as const,
    content: decoder.decode(bytes),
  }));
  const made = await requests.call('write the files', () =>
    git.createTree({ ...repository, base_tree: parentTree, tree: entries }),
  );
  if (made.data.sha !== tree) {
    throw failure('EDIT_NOT_VERIFIED', { file: files[0]?.path ?? '', reason: 'GitHub made another tree of it' });
  }
  // Without an author, because GitHub signs only what an App or a bot commits in its own name.
  const { data } = await requests.call('make the commit', () =>
    git.createCommit({ ...repository, message, tree, parents: [parent] }),
  );
  const moved = await moveBranch(requests, branch, expected, data.sha);
  return moved ? { id: data.sha, verified: data.verification.verified } : undefined;
}

/** Compare-and-swap of a branch; `false` when it is not at `expected`. */
async function moveBranch(requests: Requests, branch: string, expected: string, commit: string): Promise<boolean> {
  const ref = `refs/heads/${branch}`;
  const look = (): Promise<BranchFacts> =>
    requests.call('read the branch', () => requests.client.graphql<BranchFacts>(BRANCH, { ...requests.names, ref }));
  const { id } = (await look()).repository;
  try {
    const variables = { repository: id, ref, before: expected || NO_COMMIT, after: commit };
    await requests.client.graphql(MOVE_BRANCH, variables);
    return true;
  } catch (error) {
    requests.throwFailure('move the branch', error);
    const tip = (await look()).repository.ref?.target.oid ?? '';
    if (tip === commit) return true;
    if (tip !== expected) return false;
    throw failure('PUSH_REFUSED', { branch, reason: reasonOf(error) }, error);
  }
}
