/** Drafts of GitLab: a merge request is one by the beginning of its title, which a release does not see. */

/** What GitLab takes for the sign of a draft; it may be there several times. */
const SIGN = /^(?:\s*(?:\[draft\]|\(draft\)|draft:)\s*)+/i;

const PREFIX = 'Draft: ';

/** Characters that the sign takes of a title. */
export const PREFIX_LENGTH = PREFIX.length;

/** The title of a draft without the sign. */
export function withoutSign(title: string): string {
  return title.replace(SIGN, '');
}

/** The title with the sign, once. */
export function withSign(title: string): string {
  return PREFIX + withoutSign(title);
}
