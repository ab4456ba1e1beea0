/** Names of branches, as git takes them. */

/**
 * What no name has: `..`, `@{`, `//`, a part that begins with a dot or ends with `.lock`, a character that revisions,
 * pathspecs or shells use, a control character; a slash, dot or hyphen where it would be at an end.
 */
const REFUSED = /\.\.|@\{|\/\/|(?:^|\/)\.|\.lock(?:\/|$)|[\0-\x20\x7f~^:?*[\\]|^[-/]|[./]$|^$/;
/** Whether git takes a text as the name of a branch (git-check-ref-format(1), with `--branch`). */
export function isBranchName(text: string): boolean {
  return !REFUSED.test(text) && text !== 'HEAD';
}
