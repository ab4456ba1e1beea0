/** Auto-merge: GitHub merges once all its requirements are met. */
import type { MergeMethod } from '../../core/objects.ts';
import { CHANGING } from '../attributes.ts';
import type { Merging, PullRequest } from '../forge.ts';
import { settingFor } from './error-message.ts';
import { ENABLE_AUTO_MERGE, ENQUEUE } from './graphql-documents.ts';
import type { GitHubRepository } from './repository.ts';

/**
 * Enables auto-merge for the commit `head`; where nothing is left to wait for GitHub wants a merge instead, and where
 * the base has a merge queue a place in it. What was done, or the reason why nothing was. Throws NETWORK.
 */
export async function autoMerge(
  repository: GitHubRepository,
  { id, number }: Pick<PullRequest, 'id' | 'number'>,
  head: string,
  method: MergeMethod,
): Promise<Merging | { readonly reason: string }> {
  const attempt = async (request: () => Promise<unknown>): Promise<string | undefined> => {
    try {
      await request();
      return undefined;
    } catch (error) {
      return settingFor(repository.refusalIn(CHANGING, error));
    }
  };
  const enqueue = (): Promise<string | undefined> => attempt(() => repository.graphql(ENQUEUE, { id, head }));
  const enabling = await attempt(() =>
    repository.graphql(ENABLE_AUTO_MERGE, { id, head, mergeMethod: method.toUpperCase() }),
  );
  if (enabling === undefined) return 'enabled';
  const isReady = /\b(?:clean|unstable|has_hooks) status\b/i.test(enabling);
  if (!isReady) return (await enqueue()) === undefined ? 'queued' : { reason: enabling };
  const merge = { ...repository.parameters, pull_number: number, sha: head, merge_method: method };
  const merging = await attempt(() => repository.rest(({ pulls }) => pulls.merge(merge)));
  if (merging === undefined) return 'merged';
  const reason = /merge queue/i.test(merging) ? await enqueue() : merging;
  return reason === undefined ? 'queued' : { reason };
}
