/** What a release is asked for that needs a clone of the manifest repository. */
import type { Inputs } from '../inputs/inputs.ts';
import { isPlainPath } from '../git/pathspecs.ts';

/** The reason, as a clause; `undefined` where the API of a forge may be enough. */
export function whyCloned({ search, commit }: Pick<Inputs, 'search' | 'commit'>): string | undefined {
  const pattern = search.paths.find((path) => !isPlainPath(path));
  if (search.paths.length === 0) return 'no paths were given';
  if (pattern !== undefined) return `${pattern} is a pattern`;
  if (commit.sign === 'ssh' || commit.sign === 'gpg') return 'the commit is signed with a key';
  return commit.isAuthorGiven ? 'author was given' : undefined;
}
