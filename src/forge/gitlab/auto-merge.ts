/** Auto-merge: GitLab merges once its checks pass, as the settings of the project say. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { MergeMethod } from '../../core/objects.ts';
import type { Merging } from '../forge.ts';
import { finalRefusal, type RefusedAnswer } from '../http/refused-answer.ts';
import type { MergeRequests } from './merge-requests.ts';
import type { Project } from './project.ts';

/** Words of GitLab for one that nothing keeps from being merged. */
const READY = 'mergeable';
/** Words for what passes by itself: it is not checked yet, or its pipeline is about to be made. */
const PASSES: ReadonlySet<string> = new Set([
  'unchecked',
  'checking',
  'preparing',
  'approvals_syncing',
  'cannot_be_merged_recheck',
  'ci_must_pass',
  'ci_still_running',
]);
/** GitLab's statuses for one that cannot be merged now: 406 until 16, 422 since. */
const NOT_NOW: ReadonlySet<number> = new Set([405, 406, 422]);
const OTHER_HEAD = 409;

/**
 * Has GitLab merge it for the commit `head` once its checks pass; where there is nothing to wait for GitLab refuses that, and it
 * is merged at once. `delays` are milliseconds before each further try of what passes by itself. What was done, or the reason
 * why nothing was. Throws what the client throws.
 */
export async function autoMerge(
  project: Project,
  mergeRequests: MergeRequests,
  { number, head, method }: { readonly number: number; readonly head: string; readonly method: MergeMethod },
  delays: readonly number[],
): Promise<Merging | { readonly reason: string }> {
  const merge = async (when: object): Promise<RefusedAnswer | undefined> => {
    const wanted = { sha: head, ...(method === 'squash' && { squash: true }), ...when };
    try {
      await project.client.send(z.unknown(), 'PUT', `${project.at}/merge_requests/${number}/merge`, wanted);
      return undefined;
    } catch (error) {
      const refused = finalRefusal(error);
      if (refused) return refused;
      throw error;
    }
  };
  for (const left = [...delays]; ;) {
    // The first is the name since 17.11, the second the one before.
    const waiting = await merge({ auto_merge: true, merge_when_pipeline_succeeds: true });
    if (!waiting) return 'enabled';
    const status = NOT_NOW.has(waiting.status) ? await statusOf(mergeRequests, number) : '';
    const refused = status === READY ? await merge({}) : waiting;
    if (!refused) return 'merged';
    const delay = left.shift();
    const mayPass = refused.status === OTHER_HEAD || status === READY || PASSES.has(status);
    if (!mayPass || delay === undefined) return { reason: reasonOf(refused, status) };
    await sleep(delay);
  }
}

async function statusOf(mergeRequests: MergeRequests, number: number): Promise<string> {
  return (await mergeRequests.get(number)).detailed_merge_status ?? '';
}

/** GitLab refuses with no more than the name of the status; the word beside it says why. */
function reasonOf({ status, message }: RefusedAnswer, word: string): string {
  if (status === 401) return `${message}: the token’s user may not merge into that branch`;
  return word === '' || word === READY ? message : `${message}: ${word.replaceAll('_', ' ')}`;
}
