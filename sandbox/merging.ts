/** How GitHub brings the commits of a pull request to its base: the three methods of its merge button. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BareRepository } from './bare-repository.ts';
import type { Person } from './commit-stream.ts';
import { dated, GITHUB, readCommits, writeCommit } from './stored-commit.ts';

export type MergeMethod = 'merge' | 'squash' | 'rebase';

export interface Merge {
  /** The branch to merge into. */
  readonly base: string;
  /** The commit to merge. */
  readonly head: string;
  readonly method: MergeMethod;
  /** Of the new commit; a rebase keeps the messages that are there. */
  readonly message: string;
  readonly author: Person;
}

/** Merges and moves the branch; gives its new tip. Throws GitError on conflicts. */
export async function merge(repository: BareRepository, wanted: Merge): Promise<string> {
  const { base, head, method } = wanted;
  const before = await repository.commitId(`refs/heads/${base}`);
  const after =
    method === 'rebase' ? await rebased(repository, before, head) : await merged(repository, before, wanted);
  await repository.updateRefs({ ref: `refs/heads/${base}`, before, after });
  return after;
}

async function merged(repository: BareRepository, before: string, { head, method, message, author }: Merge) {
  const tree = await mergedTree(repository, before, head);
  const parents = method === 'squash' ? [before] : [before, head];
  const people = { author: dated(author), committer: dated(GITHUB) };
  return await writeCommit(repository, { tree, parents, ...people, message: `${message.trimEnd()}\n`, signed: false });
}

async function rebased(repository: BareRepository, before: string, head: string): Promise<string> {
  const list = await repository.text(['rev-list', '--reverse', '--no-merges', `${before}..${head}`]);
  const ids = list.split('\n').filter(Boolean);
  const commits = await readCommits(repository, ids);
  let tip = before;
  for (const id of ids) {
    const commit = commits.get(id);
    if (commit === undefined) throw new Error(`There is no commit ${id}`);
    const tree = await mergedTree(repository, tip, id);
    const { author, message } = commit;
    tip = await writeCommit(repository, {
      tree,
      parents: [tip],
      author,
      committer: dated(GITHUB),
      message,
      signed: false,
    });
  }
  return tip;
}

/** The id of the tree of a merge. Throws GitError on conflicts. */
export async function mergedTree(repository: BareRepository, one: string, other: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-merge-'));
  // With a work tree that has only what the merge writes: git merges without one from 2.38 on.
  const environment = { GIT_WORK_TREE: folder, GIT_INDEX_FILE: join(folder, '.git-index') };
  const run = (...args: string[]): Promise<string> => repository.text(args, { environment });
  try {
    const bases = (await run('merge-base', '--all', one, other)).split('\n').filter(Boolean);
    await run('read-tree', one);
    await run('merge-recursive', ...bases, '--', one, other);
    return (await run('write-tree')).trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}
