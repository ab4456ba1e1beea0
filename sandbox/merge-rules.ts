/** Why GitHub does not merge a pull request, or not by itself, in its own words. */
import type { MergeMethod } from './merging.ts';
import type { PullRequest } from './pull-requests.ts';
import type { SandboxRepository } from './repository.ts';

const HEAD_MODIFIED = 'Head branch was modified. Review and try the merge again.';

/** By REST and by GraphQL, which names the method in another way. */
const NOT_ALLOWED: Readonly<Record<MergeMethod, readonly [rest: string, graphQl: string]>> = {
  merge: ['Merge commits are not allowed on this repository.', 'merge commits are'],
  squash: ['Squash merges are not allowed on this repository.', 'squash merging is'],
  rebase: ['Rebase merges are not allowed on this repository.', 'rebase merging is'],
};

export interface MergeRefusal {
  readonly status: 405 | 409;
  readonly message: string;
}

/** Why REST refuses to merge now; undefined when nothing but a conflict stands against it. */
export function mergeRefusal(
  repository: SandboxRepository,
  { base, headSha, state, draft }: PullRequest,
  method: MergeMethod,
  expectedHead: string | null,
): MergeRefusal | undefined {
  const not = (message: string): MergeRefusal => ({ status: 405, message });
  if (state !== 'open') return not('Pull Request is not mergeable');
  if (draft) return not('Pull Request is still a draft');
  if (expectedHead !== null && expectedHead !== headSha) return { status: 409, message: HEAD_MODIFIED };
  if (!repository.mergeMethods.has(method)) return not(NOT_ALLOWED[method][0]);
  if (repository.hasMergeQueue(base)) return not('Changes must be made through the merge queue');
  if (repository.waitsForChecks(base)) return not('Required status check "ci" is expected.');
  return undefined;
}

/** Why auto-merge is not enabled; undefined when it is. */
export function autoMergeRefusal(
  repository: SandboxRepository,
  { base, headSha, state, draft }: PullRequest,
  method: MergeMethod,
  expectedHead: string,
): string | undefined {
  if (!repository.allowAutoMerge) return 'Pull request Auto merge is not allowed for this repository';
  if (state !== 'open') return 'Pull request Pull request is closed';
  if (draft) return 'Pull request Pull request is in draft state';
  if (expectedHead !== headSha) return HEAD_MODIFIED;
  if (!repository.mergeMethods.has(method)) {
    return `Pull request Merge method ${NOT_ALLOWED[method][1]} not allowed on this repository`;
  }
  const blocked = repository.waitsForChecks(base) || repository.hasMergeQueue(base);
  return blocked ? undefined : 'Pull request Pull request is in clean status';
}

/** Why a pull request is not put into the merge queue; undefined when it is. */
export function queueRefusal(
  repository: SandboxRepository,
  { base, headSha, state, draft, queued }: PullRequest,
  expectedHead: string,
): string | undefined {
  if (!repository.hasMergeQueue(base)) return `Pull request Merge queue is not enabled for the branch ${base}`;
  if (state !== 'open') return 'Pull request Pull request is closed';
  if (draft) return 'Pull request Pull request is in draft state';
  if (expectedHead !== headSha) return HEAD_MODIFIED;
  return queued ? 'Pull request is already in the queue' : undefined;
}

export function isMergeMethod(value: unknown): value is MergeMethod {
  return value === 'merge' || value === 'squash' || value === 'rebase';
}
