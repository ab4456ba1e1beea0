/** A commit object, as `git cat-file` prints it. */
import type { Commit } from '../core/objects.ts';
/** Reads a commit object's text. Headers that it does not know are passed over. */
export function readCommit(id: string, text: string): Commit {
  const end = text.indexOf('\n\n');
  const headers = text.slice(0, end < 0 ? text.length : end).split('\n');
  const values = (name: string): string[] =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return {
    id,
    tree: values('tree')[0] ?? '',
    parents: values('parent'),
    committerEmail: /<([^>]*)>/.exec(values('committer')[0] ?? '')?.[1] ?? '',
    message: end < 0 ? '' : text.slice(end + 2),
    signed: headers.some((line) => /^gpgsig(?:-sha256)? /.test(line)),
  };
}
