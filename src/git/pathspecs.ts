/** Pathspecs (gitglossary(7)): those that are plain paths, and the files that the others match. */
import { failure } from '../core/errors.ts';
import type { Clone } from './clone.ts';
import { lastLine } from './explain-stderr.ts';
import { readListing, type TreeEntry } from './git-objects.ts';
import { GitError } from './run-git.ts';

/** The files of a commit that pathspecs match. Throws PATHS_INVALID. */
export type ListPathspecs = (pathspecs: readonly string[], commit: string) => Promise<readonly TreeEntry[]>;

/** The tree without entries, which git knows without having it. */
const NOTHING = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};
/** Without a wildcard, magic, and steps that git would resolve. */
const PLAIN = /^(?!:)(?!(?:.*\/)?(?:\.{0,2}\/|\.{1,2}$))[^*?[\\]+$/;

/** Whether a pathspec is a file or a folder. */
export const isPlainPath = (pathspec: string): boolean => PLAIN.test(pathspec);

/** The difference of a tree to nothing is the tree, and diff-tree, unlike ls-tree, takes every pathspec. Throws PATHS_INVALID. */
export async function listByGit(
  clone: Clone,
  pathspecs: readonly string[],
  commit: string,
): Promise<readonly TreeEntry[]> {
  const nothing = commit.length === 64 ? NOTHING.sha256 : NOTHING.sha1;
  try {
    const listing = ['diff-tree', '-r', '-z', '--no-renames', nothing, commit, '--', ...pathspecs];
    return readListing((await clone.run(listing)).stdout);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    // The clone's own folder says nothing to anybody.
    const reason = lastLine(error.stderr).replace(/ at '[^']*'$/, '');
    throw failure('PATHS_INVALID', { input: 'paths', reason }, error);
  }
}
