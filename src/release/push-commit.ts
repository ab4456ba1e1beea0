/** The release's commit: written, then taken to its branch by a push or by the forge's API. */
import { ReleaseError } from '../core/errors.ts';
import type { Commit } from '../core/objects.ts';
import { CloneNeeded } from '../core/repository-api.ts';
import type { Forge, ForgeCommit, MadeCommit } from '../forge/forge.ts';
import type { ReleaseState } from './observe.ts';
import { renderCommitMessage } from './pull-request/texts.ts';
import { planVariables, releaseVariables } from './pull-request/variables.ts';
import { withTrailers } from './commit-trailers.ts';
import type { ReleaseRequest } from './request.ts';
import type { Workspace } from './workspace.ts';

/** A commit on its branch, and the pull request that came with it. */
export type PushedCommit = MadeCommit;

/** What goes to the server with a commit: for its API a pull request, for a push its options. */
export type BesideCommit = Pick<ForgeCommit, 'opening' | 'rewriting'> & { readonly options?: readonly string[] };

/** Writes the plan into the store; the branch's own tip where that has all of it already. */
export async function writeCommit({ store }: Workspace, request: ReleaseRequest, state: ReleaseState): Promise<Commit> {
  const { inputs, build } = request;
  const { name, changes, planOnTop, checked } = state;
  const [onTop] = state.foreign;
  if (onTop && planOnTop.files.length === 0) return onTop;
  const variables = planVariables(releaseVariables(request, name, store.base), changes, checked);
  const message = renderCommitMessage(inputs.templates, variables);
  const { author, sign, signingKey } = inputs.commit;
  return store.write(
    {
      parent: onTop?.id ?? store.baseCommit,
      message: withTrailers(message, {
        name,
        identity: inputs.identity,
        base: onTop ? '' : store.baseCommit,
        into: inputs.access.base,
        build,
      }),
      author,
      time: Math.floor(Date.now() / 1000),
      files: planOnTop.files,
    },
    sign === 'ssh' || sign === 'gpg' ? { format: sign, key: signingKey } : undefined,
  );
}

/**
 * True when pushing `wanted` over `tip` would change nothing but the date and the run's address: a tip of the same files on
 * the same base, also by a merge of that base.
 */
export function isSameCommit(tip: Commit, wanted: Commit, isSigned: boolean): boolean {
  if (tip.id === wanted.id) return true;
  const isGood = tip.signed || !isSigned;
  return isGood && tip.tree === wanted.tree && wanted.parents.every((parent) => tip.parents.includes(parent));
}

/**
 * Pushes the commit, or makes it anew through the API, which signs it and may open or rewrite a pull request with it; `moved`
 * when the branch is not where it was seen.
 */
export async function pushCommit(
  { store, forge }: Workspace,
  { inputs }: ReleaseRequest,
  { branch, tip, foreign, planOnTop }: ReleaseState,
  commit: Commit,
  { options, ...beside }: BesideCommit,
): Promise<PushedCommit | 'moved'> {
  const { policy } = inputs;
  const { sign } = inputs.commit;
  const expected = policy.delivery === 'push' ? store.baseCommit : (tip?.id ?? '');
  const [onTop] = foreign;
  const push = async (): Promise<PushedCommit | undefined> => {
    if ((sign === 'api' || !store.canPush) && forge?.commit) {
      const parent = onTop ?? (await store.readCommit(store.baseCommit));
      const { tree, message } = commit;
      const place = { branch, expected, parent: parent.id, parentTree: parent.tree };
      const wanted = { ...place, tree, message, files: planOnTop.files, ...beside };
      const made = await (store.canPush ? forge.commit(wanted) : forge.commit(wanted).catch(tryByPush));
      if (made && branch === store.base) await store.follow(made.id, commit);
      return made;
    }
    const pushed = await store.push(commit.id, branch, expected, options);
    if (!pushed) return undefined;
    return { ...pushed, id: commit.id, verified: sign !== 'none' && (await isVerified(forge, commit.id)) };
  };
  return (await push()) ?? 'moved';
}

/** Whether the forge calls the signature of a commit good; false where it does not say. Throws API_DENIED and NETWORK. */
export async function isVerified(forge: Forge | undefined, commit: string): Promise<boolean> {
  return (await forge?.isVerified?.(commit)) ?? false;
}

/** A push may be allowed what the API refuses, or git gives the reason; nothing was written. */
function tryByPush(error: unknown): never {
  const isRefused = error instanceof ReleaseError && ['PUSH_REFUSED', 'API_DENIED'].includes(error.code);
  throw isRefused ? new CloneNeeded(error.message) : error;
}
