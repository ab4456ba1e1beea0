/** Ends pull requests of a release that are obsolete: closes them with the reason, and deletes their branches. */
import type { Commit } from '../../core/objects.ts';
import type { PullRequest } from '../../forge/forge.ts';
import { decideSuperseded } from '../decide.ts';
import { findPullRequests, presentIn, withComparison, withHeads, type ReleaseState } from '../observe.ts';
import { isPerVersion, isLongLived } from '../release-branches.ts';
import type { ReleaseRequest } from '../request.ts';
import { hasMoved, type Moved } from '../retry-on-moved.ts';
import type { Workspace } from '../workspace.ts';
import { pullRequestName } from './name.ts';
import { selectPullRequests, type ReleasePullRequest } from './select.ts';
import { closePullRequest, type Upserted } from './upsert.ts';

/** Closes each of them. Returns the first as it is then; `moved` when the branch of one changed meanwhile. */
export async function closeObsolete(
  workspace: Workspace,
  request: ReleaseRequest,
  state: Pick<ReleaseState, 'own'>,
  obsolete: readonly ReleasePullRequest[],
  reason: string,
): Promise<PullRequest | Moved | undefined> {
  const ended: PullRequest[] = [];
  for (const one of obsolete) {
    const now = await end(workspace, request, state, one, reason);
    if ('moved' in now) return now;
    ended.push(now);
  }
  return ended[0];
}

/**
 * Closes the pull requests of other versions with a link to the published one. Where each version has its own, another
 * run may have opened one at the same time; when that is the newer one, ours is closed. `moved` as for closeObsolete.
 */
export async function supersede(
  workspace: Workspace,
  request: ReleaseRequest,
  state: Pick<ReleaseState, 'own' | 'branch' | 'pullRequests'>,
  { pullRequest, outcome }: Upserted,
): Promise<{ readonly pullRequest: PullRequest; readonly reason: string } | Moved | undefined> {
  const { branches, build, inputs } = request;
  const linkTo = ({ number }: PullRequest): string => `${workspace.forge?.numberSign ?? '#'}${number}`;
  const isNew = isPerVersion(branches) && outcome === 'created';
  const pullRequests = isNew
    ? selectPullRequests(await withHeads(workspace, request, await findPullRequests(workspace, request)), {
        ...request,
        branch: state.branch,
      })
    : state.pullRequests;
  const others = await Promise.all(
    pullRequests.others.map(async (known) => {
      const present = presentIn(workspace, known, build);
      const isOrdered = inputs.policy.order === 'newest';
      return { known, present: isOrdered ? await withComparison(workspace, present, build) : present };
    }),
  );
  const decision = decideSuperseded(request, others);
  if ('superseded' in decision) {
    const reason = `Superseded by ${linkTo(pullRequest)}.`;
    const closed = await closeObsolete(workspace, request, state, decision.superseded, reason);
    return closed && 'moved' in closed ? closed : undefined;
  }
  const { newer, reason } = decision;
  const ours = pullRequests.present;
  const link = `Superseded by ${linkTo(newer.pullRequest)}.`;
  const ended = ours && (await end(workspace, request, state, ours, link));
  return ended && 'moved' in ended ? ended : { pullRequest: newer.pullRequest, reason };
}

/**
 * Ends one pull request. The reason is written before the branch is deleted, which closes it: a run that was cut in between
 * leaves it open, and the next one ends it; where it may stay open without its branch, it is closed first. A branch with commits
 * by others stays. `moved` when the branch got another commit meanwhile, of a person or of another run: that is not obsolete.
 */
async function end(
  { forge, log, store }: Workspace,
  { key, inputs: { policy } }: ReleaseRequest,
  { own }: Pick<ReleaseState, 'own'>,
  one: ReleasePullRequest,
  reason: string,
): Promise<PullRequest | Moved> {
  const { number, body, branch, head, url } = one.pullRequest;
  if (!forge) return one.pullRequest;
  const isFree = head && !isLongLived(branch, [store.base, ...policy.bases]) && (await mayGo(head));
  const isFirst = !isFree || forge.staysOpenWithoutBranch === true;
  if (isFree && isFirst && (await hasMoved(store, branch, head.id))) return { moved: branch };
  const ended = await closePullRequest(forge, one, key, reason, isFirst);
  const { deleted, refused } = await store.deleteBranches(isFree ? [{ branch, expected: head.id }] : []);
  const isDeleted = deleted.length > 0;
  if (isFree && !isFirst && !isDeleted && refused.length === 0 && (await hasMoved(store, branch, head.id))) {
    await forge.update(number, { body });
    return { moved: branch };
  }
  log.step(`closed ${pullRequestName(forge, number)}: ${reason}`);
  return isFirst || isDeleted ? { ...ended, url } : forge.update(number, { state: 'closed' });

  async function mayGo(tip: Commit): Promise<boolean> {
    return policy.onForeignCommits === 'reset' || (await own.on(tip)).areOurs;
  }
}
