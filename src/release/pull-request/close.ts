/** Ends pull requests of a release that are obsolete: closes them with the reason, and deletes their branches. */
import type { PullRequest } from '../../forge/forge.ts';
import { decideSuperseded, isDisposable } from '../decide.ts';
import { findPullRequests, presentIn, withComparison } from '../observe.ts';
import type { ReleaseRequest } from '../request.ts';
import type { Workspace } from '../workspace.ts';
import { selectPullRequests, type KnownPullRequest, type ReleasePullRequests } from './select.ts';
import { closePullRequest, type Upserted } from './upsert.ts';

/** Closes each of them. Returns the first as it is then. */
export async function closeObsolete(
  workspace: Workspace,
  request: ReleaseRequest,
  pullRequests: ReleasePullRequests,
  obsolete: readonly KnownPullRequest[],
  reason: string,
): Promise<PullRequest | undefined> {
  const ended: PullRequest[] = [];
  for (const one of obsolete) ended.push(await end(workspace, request, pullRequests, one, reason));
  return ended[0];
}

/**
 * Closes the pull requests of other versions with a link to the published one. Where each version has its own, another
 * run may have opened one at the same time; when that is the newer one, ours is closed.
 */
export async function supersede(
  workspace: Workspace,
  request: ReleaseRequest,
  branch: string,
  before: ReleasePullRequests,
  { pullRequest, outcome }: Upserted,
): Promise<{ readonly pullRequest: PullRequest; readonly reason: string } | undefined> {
  const { key, perVersion, build, inputs } = request;
  const isNew = perVersion && outcome === 'created';
  const pullRequests = isNew
    ? selectPullRequests(await findPullRequests(workspace, request), { key, branch, perVersion, build })
    : before;
  const others = await Promise.all(
    pullRequests.others.map(async (known) => {
      const present = presentIn(known, build);
      const isOrdered = inputs.policy.order === 'newest';
      return { known, present: isOrdered ? await withComparison(workspace, present, build) : present };
    }),
  );
  const decision = decideSuperseded(request, others);
  if ('superseded' in decision) {
    const reason = `Superseded by #${pullRequest.number}.`;
    await closeObsolete(workspace, request, pullRequests, decision.superseded, reason);
    return undefined;
  }
  const { newer, reason } = decision;
  const ours = pullRequests.present;
  if (ours?.metadata) {
    const link = `Superseded by #${newer.pullRequest.number}.`;
    await end(workspace, request, pullRequests, { ...ours, metadata: ours.metadata }, link);
  }
  return { pullRequest: newer.pullRequest, reason };
}

/**
 * Ends one pull request. The reason is written before the branch is deleted, which closes it: a run that was cut in between
 * leaves it open, and the next one ends it. A branch with commits by others stays.
 */
async function end(
  { forge, log, store }: Workspace,
  request: ReleaseRequest,
  pullRequests: ReleasePullRequests,
  one: KnownPullRequest,
  reason: string,
): Promise<PullRequest> {
  const { number, branch, head, url } = one.pullRequest;
  if (!forge) return one.pullRequest;
  const ours = head && isDisposable(request, pullRequests, head) ? [{ branch, expected: head.id }] : [];
  const ended = await closePullRequest(forge, one, reason, ours.length === 0);
  const { deleted } = await store.deleteBranches(ours);
  log.step(`closed pull request #${number}: ${reason}`);
  if (ours.length === 0 || deleted.length > 0) return { ...ended, url };
  return forge.update(number, { state: 'closed' });
}
