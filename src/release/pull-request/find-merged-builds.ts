/** The builds that merged pull requests brought: for commits in the history that lack trailers, as that of a squash may. */
import type { Build } from '../build.ts';
import type { Workspace } from '../workspace.ts';
import { hasMetadata } from './metadata.ts';
import { mergedBuilds } from './select.ts';

/** The builds of the release with that key, by the number of their pull request; none without a forge. Throws what `find` throws. */
export async function findMergedBuilds(
  { forge, store }: Pick<Workspace, 'forge' | 'store'>,
  branches: readonly string[],
  key: string,
): Promise<ReadonlyMap<string, Build>> {
  if (!forge) return new Map();
  return mergedBuilds(await forge.find(branches, store.base, ({ body }) => hasMetadata(body)), key);
}
