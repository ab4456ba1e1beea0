/** Auto-merge: Bitbucket Data Center merges once its merge checks pass; at once where there is nothing to wait for. */
import type { MergeMethod } from '../../core/objects.ts';
import type { Merging } from '../forge.ts';
import { finalRefusal } from '../http/refused-answer.ts';
import { PULL_REQUEST } from './answers.ts';
import type { PullRequestReader } from './pull-requests.ts';
import type { Repository } from './repository.ts';

/** Bitbucket's names of the ways of merging, each of which a repository may have or not. */
const STRATEGIES: Readonly<Record<MergeMethod, string>> = {
  merge: 'no-ff',
  squash: 'squash',
  rebase: 'rebase-ff-only',
};

/**
 * Asks for it in the version of the pull request that has the commit `head`. What was done, or the reason why nothing was. Throws
 * what the client throws.
 */
export async function autoMerge(
  { client }: Repository,
  pullRequests: PullRequestReader,
  { number, head, method }: { readonly number: number; readonly head: string; readonly method: MergeMethod },
): Promise<Merging | { readonly reason: string }> {
  try {
    return await pullRequests.inVersion(number, async ({ version, fromRef }) => {
      if (fromRef.latestCommit !== head) return { reason: 'the head branch was modified meanwhile' };
      const wanted = { version, autoMerge: true, strategyId: STRATEGIES[method] };
      const after = await client.send(PULL_REQUEST, 'POST', `${pullRequests.at(number)}/merge`, wanted, { version });
      return after.state === 'MERGED' ? 'merged' : 'enabled';
    });
  } catch (error) {
    const refused = finalRefusal(error);
    if (!refused) throw error;
    const hint = refused.status === 403 ? ' (Repository settings → Auto-merge allows it)' : '';
    return { reason: refused.message + hint };
  }
}
