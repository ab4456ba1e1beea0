/** The tree of a commit, for which Gitea gives the id of the commit: computed of the entries that it has. */
import { idOf, writeTree, type TreeNode } from '../../core/tree-objects.ts';
import { TREE, type CommitFacts } from './answers.ts';
import type { GiteaRepository } from './repository.ts';

/** Pages of a root folder, of a thousand entries each. */
const MAX_PAGES = 20;

/**
 * The id of the tree of a commit: of a signed one as it was signed, else of its root folder, in one request for a thousand
 * entries. Empty where there are more than we read. Throws what the client throws.
 */
export async function treeOf(repository: GiteaRepository, { sha, commit }: CommitFacts): Promise<string> {
  const signed = /^tree ([\da-f]+)$/m.exec(commit.verification?.payload ?? '')?.[1];
  if (signed !== undefined) return signed;
  const nodes = new Map<string, TreeNode>();
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { tree, truncated = false } = await repository.get(`/git/trees/${sha}`, TREE, { page, per_page: 1000 });
    for (const { path, mode, sha: id } of tree ?? []) nodes.set(asLatin1(path), { mode: mode.replace(/^0+/, ''), id });
    if (!truncated) return idOf('tree', writeTree(nodes), sha.length);
  }
  return '';
}

/** As writeTree has names: a character for each byte. */
const asLatin1 = (name: string): string => Buffer.from(name).toString('latin1');
