/** What a server refuses a push for, by its own words, and what to do about that. */

interface PushRefusal {
  /** Words of GitHub, GitLab, Gitea, Forgejo, Bitbucket, Azure DevOps or git. */
  readonly reason: RegExp;
  readonly hint: string;
}

export const TAKES_NO_CHANGES =
  'Unarchive or unlock it, or run it again after the maintenance; or write the repository that took its place in the input ' +
  '"repository".';

/** The hint has each that applies: a server may name several rules at once. */
const REFUSALS: readonly PushRefusal[] = [
  {
    reason:
      /cannot contain secrets|secrets? (?:was |were )?detected|contains (?:one or more )?secrets|\bGH009\b|PUSH BLOCKED/i,
    hint:
      'The scan for secrets stopped it. A release writes versions only: see in the message which line was taken for a secret, ' +
      'and allow it there, or exclude its file with the input "paths".',
  },
  {
    reason: /refusing to allow .* workflow\b/i,
    hint: 'Exclude workflows with the input "paths" (:(exclude).github/workflows), or give a token that may change them.',
  },
  {
    reason:
      /(?:verified|valid) signatures?|must be signed|(?:is|are) not signed|unsigned commit|not (?:have|has) a valid signature/i,
    hint: 'A rule requires signed commits: set the input "sign-commits" to true, and outside of GitHub give a signing key; see docs/signatures.md.',
  },
  {
    reason: /\bGH007\b|private e-?mail|e-?mail privacy/i,
    hint:
      'The address of the commit is a private one: give one that may be public in the setting "author", such as ' +
      'Name <id+login@users.noreply.github.com>.',
  },
  {
    reason:
      /(?:committer|author)['’]?s? e-?mail|e-?mail address (?:of|for) the (?:committer|author)|(?:committer|author) \S+ is not a|you can(?:not| only) push commits|is not a (?:GitLab user|member of (?:the )?team)|unverified (?:user|e-?mail)/i,
    hint: 'A rule is about the author of the commit: set the setting "author" to a name and an address that it allows.',
  },
  {
    reason: /commit messages?\b|message of commit|commit title|commit subject|conventional commit/i,
    hint: 'A rule is about the message of the commit: set the input "commit-message", a template, to a text that it allows.',
  },
  {
    reason: /branch names?\b|\bref names?\b|creations being restricted|name of the branch/i,
    hint: 'A rule is about the name of the branch: set the input "branch", a template, to a name that it allows.',
  },
  {
    reason:
      /no space left|disk (?:is )?full|disk quota|\bquota\b|unable to create temporary object directory|repository (?:has )?exceed\w* its size|size limit\)|over limitation|repository size/i,
    hint: 'The server has no room for the commit: have its operator free some or raise the quota, then run it again.',
  },
  {
    reason:
      /\bGH001\b|exceeds .*file size limit|larger than the (?:allowed|maximum)|exceeding the (?:file )?size limit|max(?:imum)? object size/i,
    hint: 'A file of the release is larger than the server allows: exclude it with the input "paths", or raise the limit.',
  },
  {
    reason: /\bGH008\b|unknown Git LFS object|\bLFS lock|locked by\b/i,
    hint: 'A file is in Git LFS or locked by a user: exclude it with the input "paths", or have it unlocked.',
  },
  {
    reason:
      /file (?:path|extension)s? .*restricted|restricted file|file name .*prohibited|protected file|changing file|path length/i,
    hint: 'A rule protects a file that the release changes: exclude it with the input "paths", or change the rule.',
  },
  {
    reason:
      /\barchived\b|read-?only|\bmaintenance\b|has been locked|is locked(?! by)|(?:access|repository) (?:is |has been )?(?:disabled|suspended)/i,
    hint: TAKES_NO_CHANGES,
  },
  {
    reason: /corrupt|unpacker error|unpack-objects|index-pack|internal (?:server )?error/i,
    hint: 'The server failed while it stored the commit: run it again; if that does not help, have its operator see its log.',
  },
  {
    reason: /queued for merging/i,
    hint: 'Its pull request is in the merge queue: run it again when it is merged, or take it out of the queue first.',
  },
  {
    reason:
      /^(?!.*queued for merging).*(?:pull request|merge request|protected (?:branch|ref|tag)|protected from|\bGH006\b|TF402455|status checks? .*(?:expected|required)|not allowed to (?:force )?push|update this protected)/is,
    hint:
      'A rule of the repository protects this branch: allow this user or App in the rule, or change the input "branch"; ' +
      'a base that takes no pushes needs delivery: pull-request.',
  },
];

const ANY_RULE =
  'The words are those of the server or of a hook on it. Change what they name, or the rule; with a rule for this branch ' +
  'alone, the input "branch".';

/** What to do about a push that was refused for a reason. */
export function hintForPush(reason: string): string {
  const hints = REFUSALS.filter((refusal) => refusal.reason.test(reason)).map(({ hint }) => hint);
  return hints.length > 0 ? hints.join(' ') : ANY_RULE;
}
