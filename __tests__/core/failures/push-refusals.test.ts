import { expect, test } from 'vitest';
import { hintForPush } from '../../../src/core/failures/push-refusals.ts';

const GH013 =
  'GH013: Repository rule violations found for refs/heads/release/web. Review all repository rules at https://github.com/acme/manifests/rules?ref=refs%2Fheads%2Frelease%2Fweb';

/** What servers say, and a word of each hint that follows; several where several rules are named. */
const SAID: readonly (readonly [reason: string, hints: readonly string[]])[] = [
  // GitHub
  [
    'GH006: Protected branch update failed for refs/heads/main. Changes must be made through a pull request.',
    ['protects this branch'],
  ],
  [
    'GH006: Protected branch update failed for refs/heads/main. Required status check "ci" is expected.',
    ['protects this branch'],
  ],
  ['protected branch hook declined', ['protects this branch']],
  [
    'GH006: Protected branch update failed for refs/heads/release/web. A pull request for this branch has been added to a merge queue. Branches that are queued for merging cannot be updated. To modify this branch, dequeue the associated pull request.',
    ['in the merge queue'],
  ],
  [`${GH013} - Changes must be made through a pull request.`, ['protects this branch']],
  [`${GH013} - Cannot update this protected ref.`, ['protects this branch']],
  [`${GH013} - Cannot create ref due to creations being restricted.`, ['name of the branch']],
  [`${GH013} - Branch name must match a given regex pattern: ^deploy/`, ['name of the branch']],
  [`${GH013} - Commits must have verified signatures. Found 1 violation: 8f14e45`, ['"sign-commits"']],
  [`${GH013} - Commit message must match a given regex pattern: ^[A-Z]+-\\d+`, ['"commit-message"']],
  [`${GH013} - Committer email must end with a given pattern: @acme.example`, ['about the author']],
  [`${GH013} - Author email must match a given regex pattern`, ['about the author']],
  [
    `${GH013} - Commit message must contain: JIRA - Commits must have verified signatures.`,
    ['"sign-commits"', '"commit-message"'],
  ],
  [
    `${GH013} - GITHUB PUSH PROTECTION Resolve the following violations before pushing again - Push cannot contain secrets`,
    ['scan for secrets'],
  ],
  [`${GH013} - File path is restricted. Found 1 violation: clusters/prod.yaml`, ['protects a file']],
  [
    'GH007: Your push would publish a private email address. You can make your email public or disable this protection',
    ['noreply'],
  ],
  ['push declined due to email privacy restrictions', ['noreply']],
  [
    "File data.json is 122.92 MB; this exceeds GitHub's file size limit of 100.00 MB GH001: Large files detected.",
    ['larger than'],
  ],
  ['GH008: Your push referenced at least 3 unknown Git LFS objects:', ['Git LFS or locked']],
  [
    'refusing to allow a GitHub App to create or update workflow `.github/workflows/a.yml` without `workflows` permission',
    [':(exclude).github/workflows'],
  ],
  ['This repository was archived so it is read-only.', ['Unarchive']],
  // GitLab
  ['GitLab: You are not allowed to push code to protected branches on this project.', ['protects this branch']],
  ["GitLab: Commit message does not follow the pattern '^(feat|fix): '", ['"commit-message"']],
  ["GitLab: Commit message contains the forbidden pattern 'WIP'", ['"commit-message"']],
  ["GitLab: Committer's email 'bot@acme.example' does not follow the pattern '@corp.example$'", ['about the author']],
  ["GitLab: Author's email 'bot@acme.example' does not follow the pattern '@corp.example$'", ['about the author']],
  ["GitLab: Committer email 'bot@acme.example' is not verified.", ['about the author']],
  [
    "GitLab: You cannot push commits for 'bot@acme.example'. You can only push commits that were committed with one of your own verified emails.",
    ['about the author'],
  ],
  ["GitLab: Author 'bot@acme.example' is not a member of team", ['about the author']],
  ["GitLab: Branch name 'release/web' does not follow the pattern '^deploy-'", ['name of the branch']],
  ['GitLab: Commit must be signed with a GPG key', ['"sign-commits"']],
  ['GitLab: File "a.json" is larger than the allowed size of 5 MiB. Use Git LFS to manage this file.', ['larger than']],
  [
    'GitLab: Your push has been rejected, because this repository has exceeded its size limit of 1 GiB by 3 MiB.',
    ['no room'],
  ],
  ["GitLab: The path 'clusters/prod.yaml' is locked by Ada", ['Git LFS or locked']],
  ['GitLab: PUSH BLOCKED: Secrets detected in code changes', ['scan for secrets']],
  ["GitLab: You can't push code to a read-only GitLab instance.", ['Unarchive']],
  // Gitea, Forgejo, Bitbucket, Azure DevOps
  ['Gitea: branch main is protected from force push', ['protects this branch']],
  ['Gitea: Not allowed to push to protected branch main', ['protects this branch']],
  [
    'Gitea: branch main is protected from changing file clusters/prod.yaml',
    ['protects a file', 'protects this branch'],
  ],
  ['Gitea: new repo size is over limitation 10000', ['no room']],
  ['Forgejo: Quota exceeded', ['no room']],
  ['repository is in read only mode (over 2 GB size limit).', ['no room']],
  [
    "refs/heads/main: 3207cba: expected committer email 'ada@acme.example' but found 'bot@acme.example'",
    ['about the author'],
  ],
  [
    'TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.',
    ['protects this branch'],
  ],
  ['VS403654: The push was rejected because it contains one or more secrets.', ['scan for secrets']],
  // git, and hooks
  ['unable to create temporary object directory', ['no room']],
  [
    'write error: No space left on device remote unpack failed: index-pack abnormal exit',
    ['no room', 'stored the commit'],
  ],
  ['unpacker error', ['stored the commit']],
  ['pre-receive hook declined', ['a hook on it']],
  ['No pushes on Fridays.', ['a hook on it']],
];

test.each(SAID)('%s', (reason, words) => {
  const hint = hintForPush(reason);
  for (const word of words) expect(hint).toContain(word);
  const others = [...new Set(SAID.flatMap(([, hints]) => hints))].filter((word) => !words.includes(word));
  expect(others.filter((word) => hint.includes(word))).toEqual([]);
});
