/** Auto-merge: a completion where no policy is left to wait for, else what Azure DevOps calls auto-complete. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MergeMethod } from '../../core/objects.ts';
import type { Merging } from '../forge.ts';
import { finalRefusal, type RefusedAnswer } from '../http/refused-answer.ts';
import type { PullRequestFacts } from './answers.ts';
import { ownId } from './identities.ts';
import { headOf } from './pull-request.ts';
import type { PullRequests } from './pull-requests.ts';
import type { AzureRepository } from './repository.ts';

/** What the completion makes of the commits. */
const STRATEGIES = { merge: 'noFastForward', squash: 'squash', rebase: 'rebase' } as const;
/** Sets auto-complete back. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
/** Words of `mergeStatus` while Azure tries the merge. */
const PASSES: ReadonlySet<string> = new Set(['queued', 'notSet']);
const MOVED = 'the source branch was modified meanwhile';

interface Wanted {
  readonly number: number;
  readonly head: string;
  readonly method: MergeMethod;
}

/**
 * Completes the pull request for the commit `head`; where a policy of its base is not met yet, auto-complete is set, by which
 * Azure completes it once all are. Policies are never bypassed. `delays` are milliseconds before each further look at what
 * passes by itself. What was done, or the reason why nothing was. Throws what the client throws.
 */
export async function autoMerge(
  repository: AzureRepository,
  pullRequests: PullRequests,
  { number, head, method }: Wanted,
  delays: readonly number[],
): Promise<Merging | { readonly reason: string }> {
  const completionOptions = { mergeStrategy: STRATEGIES[method] };
  // Azure reads the branch, and tries the merge, a moment after a push.
  const isSettled = (facts: PullRequestFacts): boolean => headOf(facts) === head && !isPassing(facts);
  const reason = whyNot(await readUntil(isSettled), head);
  if (reason !== undefined) return { reason };
  const refused = await complete();
  if (refused && !isByPolicy(refused)) return { reason: reasonOf(refused) };
  const failed = refused ? await waitForPolicies() : whyNotCompleted(await readUntil((facts) => !isPassing(facts)));
  if (failed !== undefined) return { reason: failed };
  return refused ? 'enabled' : 'merged';

  /** The pull request when it is as wanted, or at the end of the delays. */
  async function readUntil(isRight: (facts: PullRequestFacts) => boolean): Promise<PullRequestFacts> {
    for (const left = [...delays]; ;) {
      const facts = await pullRequests.get(number);
      const delay = left.shift();
      if (facts.status !== 'active' || isRight(facts) || delay === undefined) return facts;
      await sleep(delay);
    }
  }

  async function complete(): Promise<RefusedAnswer | undefined> {
    try {
      await pullRequests.change(number, {
        status: 'completed',
        lastMergeSourceCommit: { commitId: head },
        completionOptions,
      });
      return undefined;
    } catch (error) {
      const refusal = finalRefusal(error);
      if (refusal === undefined) throw error;
      return refusal;
    }
  }

  /** Auto-complete is of no commit: the head is read after it too. */
  async function waitForPolicies(): Promise<string | undefined> {
    await pullRequests.change(number, { autoCompleteSetBy: { id: await ownId(repository) }, completionOptions });
    const after = await pullRequests.get(number);
    if (headOf(after) === head || after.status !== 'active') return undefined;
    await pullRequests.change(number, { autoCompleteSetBy: { id: NOBODY } });
    return MOVED;
  }
}

const isPassing = ({ status, mergeStatus }: PullRequestFacts): boolean =>
  status === 'active' && PASSES.has(mergeStatus ?? 'notSet');

/** Why it is not to be completed; a merge that Azure still tries is left to it. */
function whyNot(facts: PullRequestFacts, head: string): string | undefined {
  if (facts.status !== 'active') return `the pull request is ${facts.status}`;
  if (headOf(facts) !== head) return MOVED;
  return facts.isDraft === true ? 'a draft is not completed' : whyNotMerged(facts);
}

/** Why a completion that Azure took has failed. */
const whyNotCompleted = (facts: PullRequestFacts): string | undefined =>
  facts.status === 'active' && !isPassing(facts) ? (whyNotMerged(facts) ?? undefined) : undefined;

function whyNotMerged({ mergeStatus, mergeFailureMessage }: PullRequestFacts): string | undefined {
  if (mergeStatus === 'conflicts') return 'the branch has conflicts with its base';
  if (mergeStatus !== 'failure' && mergeStatus !== 'rejectedByPolicy') return undefined;
  return mergeFailureMessage || 'Azure DevOps could not merge it';
}

/** https://learn.microsoft.com/azure/devops/repos/git/branch-policies; the status is 403, as for a right that is missing. */
function isByPolicy({ data, message }: RefusedAnswer): boolean {
  const { typeKey } = (data ?? {}) as { typeKey?: unknown };
  return typeKey === 'GitPullRequestUpdateRejectedByPolicyException' || /polic(?:y|ies)/i.test(message);
}

const reasonOf = ({ message }: RefusedAnswer): string => (/\bTF401192\b/.test(message) ? MOVED : message);
