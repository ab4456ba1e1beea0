/** Auto-merge: Bitbucket Data Center merges once its merge checks pass; at once where there is nothing to wait for. */
import type { MergeMethod } from '../../core/objects.ts';
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
 * Asks for it in the version of the pull request that has the commit `head`. `undefined` when that was done, else the reason why not.
 * Throws what the client throws.
 */
export async function autoMerge(
  { client }: Repository,
  pullRequests: PullRequestReader,
  { number, head, method }: { readonly number: number; readonly head: string; readonly method: MergeMethod },
): Promise<string | undefined> {
  try {
    return await pullRequests.inVersion(number, async ({ version, fromRef }) => {
      if (fromRef.latestCommit !== head) return 'the head branch was modified meanwhile';
      const wanted = { version, autoMerge: true, strategyId: STRATEGIES[method] };
      await client.send(PULL_REQUEST, 'POST', `${pullRequests.at(number)}/merge`, wanted, { version });
      return undefined;
    });
  } catch (error) {
    const refused = finalRefusal(error);
    if (!refused) throw error;
    return refused.status === 403 ? `${refused.message} (Repository settings → Auto-merge allows it)` : refused.message;
  }
}
