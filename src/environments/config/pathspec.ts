/** Git's pathspecs, as far as it can be seen without a repository. */

/** `:(exclude,glob)`, `:!`, `:^`, `:/`: the magic of a pathspec before its path. */
const MAGIC = /^:(?:\([^)]*\)|[!^/]*:?)/;

/** Whether it could mean a file that is not below the root of the repository. */
export function leadsOutside(pathspec: string): boolean {
  const path = pathspec.replace(MAGIC, '');
  if (/^(?:\/|[A-Za-z]:)|\\/.test(path)) return true;
  let depth = 0;
  return path.split('/').some((part) => {
    depth += STEPS.get(part) ?? 1;
    return depth < 0;
  });
}

const STEPS = new Map([
  ['..', -1],
  ['.', 0],
  ['', 0],
]);
