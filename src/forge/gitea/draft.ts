/** Drafts are titles with a prefix: a release writes and compares its titles without one. */

/** The prefixes of a server that has its own configuration; Gitea and Forgejo read them in any case of the letters. */
const PREFIX = /^\s*(?:WIP:|\[WIP\])\s*/i;
const WRITTEN = 'WIP: ';

/** Characters of a title that the prefix needs. */
export const PREFIX_LENGTH = WRITTEN.length;

/** The title of a draft. */
export function asDraft(title: string): string {
  return WRITTEN + title;
}

/** A title of the server without what makes it a draft. */
export function withoutDraft(title: string, isDraft: boolean): string {
  return isDraft ? title.replace(PREFIX, '') : title;
}

/** The title as the server is to have it, where it had `before`: a draft stays one, with the prefix that it has. */
export function likeBefore(title: string, before: { readonly title: string; readonly isDraft: boolean }): string {
  const [prefix = ''] = (before.isDraft && PREFIX.exec(before.title)) || [];
  return prefix + title;
}
