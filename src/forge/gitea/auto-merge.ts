/** Auto-merge: a merge where nothing is left to wait for, else the schedule of one. */
import type { MergeMethod } from '../../core/objects.ts';
import { CHANGING } from '../attributes.ts';
import type { Merging } from '../forge.ts';
import { finalRefusal, type RefusedAnswer } from '../http/refused-answer.ts';
import { readPullRequest } from './pull-requests.ts';
import type { GiteaRepository } from './repository.ts';

const MOVED = 'the head branch was modified meanwhile';

/** Refusals of a merge that stay, and the reason for the log; with any other the rules of the base are not met yet. */
const REFUSALS: readonly (readonly [answer: RegExp, reason: string])[] = [
  [/head out of date/i, MOVED],
  [
    /try again later/i,
    'it cannot be merged: the branch has conflicts with its base, or the check for conflicts takes long',
  ],
  [/allowed merge style/i, 'this way of merging is not allowed in the settings of the repository'],
  [/not allowed to merge/i, 'the user of the token may not merge into this branch'],
  [/work in progress/i, 'a draft is not merged'],
];

/**
 * Merges the pull request if it is at the commit `head`; where the rules of its base are not met yet, Gitea is asked to merge it
 * once they are. What was done, or the reason why nothing was. Throws NETWORK.
 */
export async function autoMerge(
  repository: GiteaRepository,
  number: number,
  head: string,
  method: MergeMethod,
): Promise<Merging | { readonly reason: string }> {
  const merge = { Do: method, head_commit_id: head };
  const refusal = await request(repository, number, merge);
  if (refusal === undefined) return 'merged';
  const [, reason] = REFUSALS.find(([answer]) => answer.test(refusal.message)) ?? [];
  if (reason !== undefined || refusal.status !== 405) return { reason: reason ?? refusal.message };
  const whyNot = await schedule(repository, number, head, merge);
  return whyNot === undefined ? 'enabled' : { reason: whyNot };
}

/** Gitea schedules a merge of whatever the branch has then: the head is read before and after. */
async function schedule(
  repository: GiteaRepository,
  number: number,
  head: string,
  merge: object,
): Promise<string | undefined> {
  const isAt = async (): Promise<boolean> => (await readPullRequest(repository, number)).head.sha === head;
  return repository.call(CHANGING, async () => {
    if (!(await isAt())) return MOVED;
    const refusal = await request(repository, number, { ...merge, merge_when_checks_succeed: true });
    // 409: it is scheduled already.
    if (refusal !== undefined && refusal.status !== 409) return refusal.message;
    if (await isAt()) return undefined;
    await repository.send('DELETE', `/pulls/${number}/merge`);
    return MOVED;
  });
}

async function request(repository: GiteaRepository, number: number, merge: object): Promise<RefusedAnswer | undefined> {
  try {
    await repository.send('POST', `/pulls/${number}/merge`, merge);
    return undefined;
  } catch (error) {
    const refusal = finalRefusal(error);
    if (refusal === undefined) throw repository.explain(CHANGING, error);
    return refusal;
  }
}
